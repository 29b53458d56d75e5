import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { CheckJob } from './check-file.ts'
import { readText } from './check-surroundings.ts'
import { docsRootFor, shownPath } from './shown-path.ts'
import { UserError } from './user-error.ts'

/**
 * What the arguments name: Markdown files, runbooks (for their articles), and folders with every Markdown file in them,
 * except below `node_modules` and `.git`. In the order of the arguments, folders sorted, each file once.
 *
 * @throws UserError for what doesn't exist or is neither, and for a folder without articles.
 */
export async function findCheckJobs(
  names: readonly string[],
  { cwd, docsRoot }: { cwd: string; docsRoot: string | undefined },
): Promise<CheckJob[]> {
  const roots = new Map<string, string>()
  const jobs = new Map<string, CheckJob>()
  const add = (article: string, runbook: string | undefined, given?: string) => {
    const folder = dirname(article)
    const root = roots.get(folder) ?? docsRootFor(article, docsRoot, cwd, given)
    roots.set(folder, root)
    const job: CheckJob = { path: shownPath(article, cwd), docsRoot: root }
    if (runbook !== undefined) job.runbook = shownPath(runbook, cwd)
    jobs.set(`${article}\n${runbook}`, job)
  }
  for (const name of names) {
    const path = resolve(cwd, name)
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found)
      throw new UserError(
        `There is no file or folder '${name}'.`,
        'Name a Markdown article, a runbook (.yaml) or a folder of articles.',
      )
    if (!found.isDirectory()) {
      if (isRunbook(name)) add(await articleOf(path, cwd), path)
      else if (isArticle(name)) add(path, runbookBeside(path))
      else
        throw new UserError(
          `'${shownPath(path, cwd)}' is neither Markdown nor a runbook.`,
          'Name a Markdown article (.md), a runbook (.yaml) or a folder of articles.',
        )
      continue
    }
    const files = walk(path).sort()
    const articles = files.filter(isArticle)
    const apart = files.filter(file => /\.runbook\.ya?ml$/i.test(file) && !existsSync(besideOf(file)))
    if (articles.length + apart.length === 0)
      throw new UserError(`The folder '${name}' holds no article.`, 'Name a folder with Markdown files (.md).')
    const taken = new Map<string, string[]>()
    for (const runbook of apart) {
      const article = await articleOf(runbook, cwd)
      taken.set(article, [...(taken.get(article) ?? []), runbook])
    }
    for (const article of articles) {
      const runbooks = [runbookBeside(article), ...(taken.get(article) ?? [])].filter(each => each !== undefined)
      if (runbooks.length === 0) add(article, undefined, path)
      for (const runbook of runbooks) add(article, runbook, path)
      taken.delete(article)
    }
    for (const [article, runbooks] of taken) for (const runbook of runbooks) add(article, runbook, path)
  }
  return [...jobs.values()]
}

const isArticle = (path: string) => /\.(?:md|markdown)$/i.test(path)
const isRunbook = (path: string) => /\.ya?ml$/i.test(path)
const besideOf = (runbook: string) => runbook.replace(/(?:\.runbook)?\.ya?ml$/i, '.md')

function walk(folder: string): string[] {
  return entriesOf(folder).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === '.git' ? [] : walk(path)
    return entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile())
      ? [path]
      : []
  })
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    throw new UserError(
      `The folder '${folder}' can't be read: ${error instanceof Error ? error.message : String(error)}`,
      'Check its permissions, or name the folders beside it.',
      { cause: error },
    )
  }
}

function runbookBeside(article: string): string | undefined {
  return ['.runbook.yaml', '.runbook.yml'].map(end => article.replace(/\.\w+$/, end)).find(path => existsSync(path))
}

/** @throws UserError where a runbook's article is not there. */
async function articleOf(runbook: string, cwd: string): Promise<string> {
  const { readRunbook } = await import('../plan/runbook.ts')
  const named = readRunbook(readText(runbook)?.text ?? '').runbook.article ?? basename(besideOf(runbook))
  const article = resolve(dirname(runbook), named)
  if (existsSync(article)) return article
  throw new UserError(
    `The runbook's article '${shownPath(article, cwd)}' does not exist.`,
    'Say `article: <path from the runbook>`.',
    { place: shownPath(runbook, cwd) },
  )
}
