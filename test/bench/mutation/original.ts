import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readSteps } from '../../../src/action/read-step.ts'
import type { Step } from '../../../src/article/article.ts'
import { jobOf, understand, type Job } from '../../../src/command/articles.ts'
import { understandWithNeeds } from '../../../src/command/needs.ts'
import { makePlan } from '../../../src/plan/make-plan.ts'
import type { PlannedAction, PlannedStep } from '../../../src/plan/plan.ts'
import { readResourceTypes, type ResourceType } from '../../../src/plan/resource-type.ts'
import type { Runbook } from '../../../src/plan/runbook.ts'
import { wordsOf, type Words } from './words.ts'

/** A step of an article as it is planned, with the words that it writes in bold, in italics, as code or in a table. */
export interface OriginalStep extends PlannedStep {
  depth: number
  content: Step['content']
  words: Words[]
}

/** An article that is true: what mutants are made of. */
export interface Original {
  /** File name. */
  name: string
  text: string
  runbook: Runbook
  /** The steps of the article's own file that the runbook doesn't leave out. */
  steps: OriginalStep[]
  types: readonly ResourceType[]
}

/** Every article with a procedure of a folder, by name. */
export function readOriginals(folder: string, types: readonly ResourceType[]): Original[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => readOriginal(jobOf(join(folder, name), folder), folder, types))
    .filter(({ steps }) => steps.length > 0)
}

/** The resource types in a folder of YAML files. */
export function readTypes(folder: string): ResourceType[] {
  return readResourceTypes([folder])
}

/** An article of a folder with its plan on the portal surface. Positions count in `text`. */
export function readOriginal(job: Job, folder: string, types: readonly ResourceType[]): Original {
  const understood = understandWithNeeds(job, { cwd: folder, docsRoot: folder })
  const plan = makePlan({
    article: understood.article,
    procedures: understood.procedures,
    sources: {},
    surface: 'portal',
    runbook: job.runbook,
    run: 'k3x9q2',
    names: 'own',
    allowShell: job.runbook.shell ?? false,
    resourceTypes: types,
    subscription: 'Contoso Test',
    env: process.env,
    secrets: {},
  })
  const read = new Map(
    understood.procedures.flatMap(({ procedure }) =>
      procedure.steps.map(step => [`${step.place.path}:${step.place.start.offset}`, step] as const),
    ),
  )
  const steps = plan.steps.flatMap((step): OriginalStep[] => {
    const article = read.get(`${step.place.path}:${step.place.start.offset}`)
    if (!article || step.place.path !== job.path || step.skip !== undefined) return []
    return [{ ...step, depth: article.depth, content: article.content, words: wordsOf(article) }]
  })
  return { name: basename(job.path), text: job.text, runbook: byFingerprint(job.runbook, plan.steps), steps, types }
}

/** Steps that a runbook names by number move when others are taken out; their fingerprints stay. */
function byFingerprint(runbook: Runbook, steps: readonly PlannedStep[]): Runbook {
  const idOf = (name: string) => steps.find(step => named(name, step))?.id ?? name
  return {
    ...runbook,
    ...(runbook.skip ? { skip: runbook.skip.map(each => ({ ...each, step: idOf(each.step) })) } : {}),
    ...(runbook.expect ? { expect: runbook.expect.map(each => ({ ...each, after: idOf(each.after) })) } : {}),
  }
}

function named(name: string, step: PlannedStep): boolean {
  const [, heading = '', number = ''] = /^(.*?)\s*#\s*([\d.]+)$/.exec(name) ?? []
  return number === step.number && heading.toLowerCase() === step.procedure.toLowerCase()
}

/** All actions of an article with their steps, in order; those that the run leaves out (alternatives) not. */
export function actionsOf({ steps }: Original): { step: OriginalStep; planned: PlannedAction }[] {
  return steps.flatMap(step => step.actions.map(planned => ({ step, planned })))
}

/** How a text reads as steps: for tests, that a mutant is still an article. */
export function stepsIn(text: string): Step[] {
  const job: Job = { path: 'mutant.md', text, runbook: {}, runbookPath: undefined }
  const { article } = understand(job, { cwd: '.', docsRoot: '.' })
  return readSteps(article).flatMap(({ readings }) => readings.map(({ step }) => step))
}

/** A file's text. */
export function readText(path: string): string {
  return readFileSync(path, 'utf8')
}
