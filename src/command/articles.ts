import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { glob } from 'tinyglobby'
import { readSteps, type ProcedureReading } from '../action/read-step.ts'
import type { Article, Point } from '../article/article.ts'
import { mayHoldProcedure, readArticle } from '../article/read-article.ts'
import { readRunbook, type Runbook } from '../plan/runbook.ts'
import { withTemplates } from './set-up-template.ts'
import { shownPath } from './shown-path.ts'
import { UserError } from './user-error.ts'

/** An article to be run or looked at, with its runbook. */
export interface Job {
  /** As one would type it from the working directory, with forward slashes. */
  path: string
  text: string
  runbook: Runbook
  runbookPath: string | undefined
  /** The folder that was named, when the article was found in one: absolute. */
  folder?: string
}

/** An article, read and understood. */
export interface Understood {
  job: Job
  article: Article
  procedures: ProcedureReading[]
  /** What it needs first, without their clean-up: their procedures are among its own. */
  needs?: Understood[]
  /** Path -> SHA-256 and text of each file that was read. */
  sources: Record<string, { hash: string; text: string }>
}

/**
 * The articles that the arguments name: a Markdown file, a runbook, or a folder with all the articles in it that hold a
 * procedure (and runbooks beside them).
 *
 * @throws UserError for what doesn't exist, isn't one of these, or holds nothing to run.
 */
export async function findArticles(
  names: readonly string[],
  cwd: string,
): Promise<{ jobs: Job[]; withoutProcedure: number }> {
  const jobs: Job[] = []
  let withoutProcedure = 0
  for (const name of names) {
    const path = resolve(cwd, name)
    if (!existsSync(path))
      throw new UserError(
        `There is no file or folder '${name}'.`,
        'Name a Markdown article, a runbook (.yaml) or a folder of articles.',
      )
    if (!statSync(path).isDirectory()) {
      jobs.push(jobOf(path, cwd))
      continue
    }
    const files = await glob(['**/*.md', '**/*.runbook.{yaml,yml}'], {
      cwd: path,
      ignore: ['**/node_modules/**', '**/includes/**', '**/.*/**'],
      absolute: true,
    })
    const runbooks = files
      .filter(file => !file.endsWith('.md'))
      .sort()
      .map(file => runbookJob(file, cwd))
    const taken = new Set(runbooks.map(job => job.path))
    const articles = files
      .filter(file => file.endsWith('.md'))
      .sort()
      .map(file => articleJob(file, cwd))
    const runnable = articles.filter(job => !taken.has(job.path) && mayHoldProcedure(job.text))
    withoutProcedure += articles.filter(job => !taken.has(job.path)).length - runnable.length
    if (articles.length + runbooks.length === 0)
      throw new UserError(`The folder '${name}' holds no article.`, 'Name a folder with Markdown files (.md).')
    jobs.push(...[...runbooks, ...runnable].map(job => ({ ...job, folder: path })))
  }
  return { jobs, withoutProcedure }
}

/** The job of a single file: an article with the runbook beside it, or a runbook with its article. */
export function jobOf(path: string, cwd: string): Job {
  return /\.ya?ml$/i.test(path) ? runbookJob(path, cwd) : articleJob(path, cwd)
}

/** Reads an article and works out what its steps ask for. */
export function understand(job: Job, { cwd, docsRoot }: { cwd: string; docsRoot: string }): Understood {
  const sources: Understood['sources'] = { [job.path]: { hash: sha256(job.text), text: job.text } }
  const readFile = (path: string) => {
    const absolute = resolve(cwd, path)
    if (!existsSync(absolute) || !statSync(absolute).isFile()) return undefined
    const text = readFileSync(absolute, 'utf8')
    sources[path] = { hash: sha256(text), text }
    return text
  }
  const article = readArticle({ path: job.path, text: job.text }, { docsRoot, readFile })
  return { job, article, procedures: readSteps(article), sources }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function articleJob(path: string, cwd: string): Job {
  if (!/\.(?:md|markdown)$/i.test(path))
    throw new UserError(
      `'${shownPath(path, cwd)}' is neither Markdown nor a runbook.`,
      'Name a Markdown article (.md), a runbook (.yaml) or a folder of articles.',
    )
  const beside = [path.replace(/\.\w+$/, '.runbook.yaml'), path.replace(/\.\w+$/, '.runbook.yml')].find(each =>
    existsSync(each),
  )
  const runbook = beside === undefined ? {} : loadRunbook(beside, cwd)
  return {
    path: shownPath(path, cwd),
    text: readText(path, cwd),
    runbook,
    runbookPath: beside && shownPath(beside, cwd),
  }
}

function runbookJob(path: string, cwd: string): Job {
  const runbook = loadRunbook(path, cwd)
  const named = runbook.article ?? `${basename(path).replace(/(?:\.runbook)?\.ya?ml$/i, '')}.md`
  const article = resolve(dirname(path), named)
  if (!existsSync(article))
    throw new UserError(
      `The runbook's article '${shownPath(article, cwd)}' does not exist.`,
      'Say `article: <path from the runbook>`.',
      { place: shownPath(path, cwd) },
    )
  return { path: shownPath(article, cwd), text: readText(article, cwd), runbook, runbookPath: shownPath(path, cwd) }
}

function loadRunbook(path: string, cwd: string): Runbook {
  const { runbook, problems, placeOf } = readRunbook(readText(path, cwd))
  const place = ({ line, column }: Point) => `${shownPath(path, cwd)}:${line}:${column}`
  const [problem] = problems
  if (problem) throw new UserError(problem.message, problem.remedy, { place: place(problem.point) })
  return withTemplates(runbook, { folder: dirname(path), placeOf: key => place(placeOf(key)) })
}

function readText(path: string, cwd: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UserError(
      `'${shownPath(path, cwd)}' can't be read: ${error instanceof Error ? error.message : String(error)}`,
      'Check the permissions of the file.',
      { cause: error },
    )
  }
}
