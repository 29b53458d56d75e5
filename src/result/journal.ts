import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type {
  ArticleResult,
  CleanupItem,
  Comparison,
  RequestResult,
  ResourceResult,
  RunResult,
  StepResult,
} from './result.ts'
import { articleStatus } from './status.ts'

/** One thing that happened, in the order in which its writer saw it. */
export type RunEvent =
  | { type: 'run'; result: RunResult }
  | { type: 'article-started'; article: string; at: string }
  | { type: 'step-started'; article: string; step: string; at: string }
  | { type: 'step-finished'; article: string; step: StepResult }
  | { type: 'resource'; article: string; resource: ResourceResult }
  | { type: 'request'; article: string; request: RequestResult }
  | { type: 'article-finished'; article: string; duration: number; trace?: string; video?: string }
  | { type: 'comparison'; comparison: Comparison }
  | { type: 'cleanup'; item: CleanupItem }
  | { type: 'run-problem'; problem: RunResult['problems'][number] }
  | { type: 'run-finished'; at: string; interrupted: boolean; exitCode: number }

/** Appends to a file of JSON lines; each line is on disk when `append` returns. Only one process may write a file. */
export interface LineWriter<Line> {
  append(line: Line): void
  close(): void
}

export function openLines<Line>(path: string): LineWriter<Line> {
  mkdirSync(dirname(path), { recursive: true })
  // What a killed writer left unfinished must not swallow the first new line.
  const torn = existsSync(path) && !/(?:^|\n)$/.test(readFileSync(path, 'utf8'))
  const descriptor = openSync(path, 'a')
  if (torn) writeSync(descriptor, '\n')
  return {
    append(line) {
      writeSync(descriptor, `${JSON.stringify(line)}\n`)
      fsyncSync(descriptor)
    },
    close: () => closeSync(descriptor),
  }
}

/** The whole lines of a file; a last line that its writer could not finish is left out. */
export function readLines<Line>(path: string): Line[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap(line => parseLine<Line>(line))
}

/**
 * Every event under a run's folder: how the command began the run, what each article's worker wrote, and what the command
 * then had to say, which corrects what a worker that was stopped could not know.
 */
export function readJournal(folder: string): RunEvent[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter(name => name.endsWith('.jsonl') && name !== runFile)
  const own = readLines<RunEvent>(join(folder, runFile))
  return [
    ...own.filter(event => event.type === 'run'),
    ...names.sort().flatMap(name => readLines<RunEvent>(join(folder, name))),
    ...own.filter(event => event.type !== 'run'),
  ]
}

/** The file of the journal that the command itself writes. */
export const runFile = 'run.jsonl'

/** The result that a journal tells. A run that was killed is told as far as it came. */
export function foldJournal(events: Iterable<RunEvent>): RunResult | undefined {
  let result: RunResult | undefined
  for (const event of events) {
    if (event.type === 'run') result = structuredClone(event.result)
    else if (result) applyEvent(result, event)
  }
  return result
}

/** Brings a result up to date with one more event. */
export function applyEvent(result: RunResult, event: RunEvent): void {
  if (event.type === 'run') return
  if (event.type === 'cleanup') return void result.cleanup.push(event.item)
  if (event.type === 'comparison') return void (result.comparisons ??= []).push(event.comparison)
  if (event.type === 'run-problem') return void result.problems.push(event.problem)
  if (event.type === 'run-finished') {
    Object.assign(result, {
      state: 'finished',
      finishedAt: event.at,
      interrupted: event.interrupted,
      exitCode: event.exitCode,
    })
    return
  }
  const article = result.articles.find(each => each.id === event.article)
  if (article) applyToArticle(article, event)
}

type ArticleEvent = Extract<RunEvent, { article: string }>

function applyToArticle(article: ArticleResult, event: ArticleEvent): void {
  if (event.type === 'article-started') article.startedAt = event.at
  if (event.type === 'step-started') {
    const step = article.steps.find(each => each.id === event.step)
    if (step) step.startedAt = event.at
  }
  if (event.type === 'step-finished') {
    const at = article.steps.findIndex(each => each.id === event.step.id)
    if (at >= 0) article.steps[at] = event.step
    Object.assign(article, articleStatus(article))
  }
  if (event.type === 'request') article.requests.push(event.request)
  if (event.type === 'resource') {
    const { resource } = event
    const others = article.resources.filter(each => each.id !== resource.id)
    // What was deleted since can still be compared as it was.
    const snapshot = resource.snapshot ?? article.resources.find(each => each.id === resource.id)?.snapshot
    article.resources = [...others, { ...resource, ...(snapshot ? { snapshot } : {}) }]
  }
  if (event.type === 'article-finished') {
    article.duration = event.duration
    if (event.trace) article.trace = event.trace
    if (event.video) article.video = event.video
    Object.assign(article, articleStatus(article))
  }
}

function parseLine<Line>(line: string): Line[] {
  try {
    return [JSON.parse(line) as Line]
  } catch {
    return []
  }
}
