import type { StepReading } from '../action/action.ts'
import type { Article, Message, Place } from '../article/article.ts'
import type { Plan } from '../plan/plan.ts'
import type { RunbookReading } from '../plan/runbook.ts'

export type Severity = Message['severity']

/** One thing that `verbatim check` looks for. */
export interface Rule {
  /** What it is unless the configuration says otherwise. */
  severity: Severity
  /** What the rule finds, in a sentence. */
  summary: string
  /** Why that matters to readers or to a run, in a few sentences of Markdown. */
  why: string
  /** They are the rule's tests, and what its page shows. The first is the page's. */
  examples: readonly Example[]
  /** What is wrong with an article that has at least one procedure. */
  check(subject: Subject): Problem[]
}

/** An article as the rule complains of it, and as it doesn't. */
export interface Example {
  wrong: string
  right: string
  /** The runbook beside both, or beside each. */
  runbook?: string | { wrong: string; right: string }
  /** Path, from the article -> text of the files around both. */
  files?: Record<string, string>
}

/** What was found, what would be right, and where. */
export interface Problem {
  message: string
  place: Place
}

/** What a rule may look at. */
export interface Subject {
  article: Article
  /** Every step, in the article's order. */
  readings: readonly StepReading[]
  /** Those that no runbook skips. */
  kept: readonly StepReading[]
  /** What runs would do: one plan per surface, each with the variant that suits it. */
  plans: readonly Plan[]
  runbook: KnownRunbook | undefined
  files: Files
}

export interface KnownRunbook extends RunbookReading {
  path: string
}

/** The files around an article. Paths are written like the article's. */
export interface Files {
  /** Undefined when there is no such file. */
  text(path: string): string | undefined
  exists(path: string): boolean
  /** Includes are read, and links followed, inside this folder only. */
  docsRoot: string
}
