import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSteps } from '../action/read-step.ts'
import type { Message } from '../article/article.ts'
import { readArticle } from '../article/read-article.ts'
import { checkArticle } from '../check/check-article.ts'
import type { CheckedFile, ShownMessage } from '../check/checked-file.ts'
import { coverageOf } from '../check/coverage.ts'
import { excerptOf } from '../check/excerpt.ts'
import { mayHoldProcedure } from '../check/may-hold-procedure.ts'
import type { Files, KnownRunbook } from '../check/rule.ts'
import { rules, type RuleName } from '../check/rules/index.ts'
import { noProcedureMessage } from '../check/rules/no-procedure.ts'
import { understoodSteps } from '../check/understood-steps.ts'
import type { ResourceType } from '../plan/resource-type.ts'
import { CheckSurroundings, type Asked } from './check-surroundings.ts'
import { packageRoot } from './package-root.ts'
import { version } from './version.ts'

/** A file to be checked. Paths as one would type them from the working directory. */
export interface CheckJob {
  path: string
  runbook?: string
  /** The folder that its includes must stay inside of. */
  docsRoot: string
}

/** What every file of a run is checked with. Plain data: it is handed to worker threads. */
export interface CheckSettings {
  cwd: string
  /** Folders of resource types, Verbatim's own first. */
  resources: string[]
}

/** What is found in a file, as texts of JSON: it goes from thread to thread, and into the cache. */
export interface Finding {
  /** An `Asked`. Undefined where the finding isn't to be kept. */
  asked?: string
  /** A `CheckedFile` without its steps. */
  found: string
  /** The steps of the `CheckedFile`. */
  steps: string
}

export function checkedFileOf({ found, steps }: Finding): CheckedFile {
  return { ...(JSON.parse(found) as Omit<CheckedFile, 'steps'>), steps }
}

/** Checks files one by one, in this thread. */
export class FileChecker {
  private types: Promise<ResourceType[]> | undefined

  constructor(
    private readonly settings: CheckSettings,
    private readonly surroundings = new CheckSurroundings(settings.cwd),
  ) {}

  /** Never throws: a failure is one of the file's messages. */
  async check(job: CheckJob): Promise<Finding> {
    try {
      const asked: Asked = { read: {}, exists: {} }
      const checked = await this.look(job, asked)
      return { asked: JSON.stringify(asked), ...findingOf(checked) }
    } catch (error) {
      return failedCheck(job, error)
    }
  }

  private async look(job: CheckJob, asked: Asked): Promise<CheckedFile> {
    const files = this.filesFor(job, asked)
    const text = readable(files, job.path)
    if (text === undefined)
      return onlyMessage(job.path, 'unreadable-file', 'The file can’t be read: check its permissions.')
    if (!mayHoldProcedure({ path: job.path, text }, files)) return withoutProcedure(job.path, text)
    const article = readArticle(
      { path: job.path, text },
      { docsRoot: job.docsRoot, readFile: path => files.text(path) },
    )
    const procedures = readSteps(article)
    const { messages, coverage } = checkArticle({
      article,
      procedures,
      runbook: await this.runbookOf(job, files),
      resourceTypes: procedures.length > 0 ? await this.resourceTypes() : [],
      files,
    })
    return {
      path: job.path,
      title: article.title,
      procedures: procedures.length,
      messages: messages.map(message => shown(message, files)),
      coverage,
      steps: JSON.stringify(understoodSteps(procedures.flatMap(({ readings }) => readings))),
    }
  }

  private filesFor({ docsRoot }: CheckJob, asked: Asked): Files {
    return {
      docsRoot,
      text: path => {
        const found = this.surroundings.read(path)
        asked.read[path] = found?.hash ?? null
        return found?.text
      },
      exists: path => (asked.exists[path] = this.surroundings.exists(path)),
    }
  }

  private async runbookOf({ runbook: path }: CheckJob, files: Files): Promise<KnownRunbook | undefined> {
    const text = path === undefined ? undefined : files.text(path)
    if (path === undefined || text === undefined) return undefined
    const { readRunbook } = await import('../plan/runbook.ts')
    return { ...readRunbook(text), path }
  }

  private resourceTypes(): Promise<ResourceType[]> {
    this.types ??= import('../plan/resource-type.ts').then(({ readResourceTypes }) =>
      readResourceTypes(this.settings.resources),
    )
    return this.types
  }
}

/** The folder of the resource types that ship with Verbatim. */
export function shippedResources(): string {
  const built = new URL('dist/resources/', packageRoot())
  return fileURLToPath(existsSync(built) ? built : new URL('src/plan/resources/', packageRoot()))
}

/**
 * What a stored result depends on beside the article: Verbatim's version, this very build of it (its bundle is named
 * by the hash of what is in it) and the resource types. Undefined for a program that isn't built: its code may change.
 */
export function buildOf(resources: readonly string[]): string | undefined {
  const bundle = basename(new URL(import.meta.url).pathname)
  if (!/-[A-Z0-9]{8}\.js$/.test(bundle)) return undefined
  const hash = createHash('sha256').update(`${version}\n${bundle}`)
  for (const folder of resources)
    for (const name of readdirSync(folder).sort())
      if (name.endsWith('.yaml')) hash.update(`\n${name}\n`).update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

/** What stands for a file that could not be checked because of a fault of Verbatim's own. */
export function failedCheck({ path }: CheckJob, error: unknown): Finding {
  const said = error instanceof Error ? error.message : String(error)
  const message = `Verbatim itself failed on this file, please report it: ${said}`
  return findingOf(onlyMessage(path, 'check-failed', message))
}

function findingOf({ steps, ...found }: CheckedFile): Finding {
  return { found: JSON.stringify(found), steps }
}

function onlyMessage(path: string, rule: RuleName, message: string): CheckedFile {
  const start = { line: 1, column: 1, offset: 0 }
  const messages = [{ rule, severity: rules[rule].severity, message, place: { path, start, end: start } }]
  return { path, title: '', procedures: 0, messages, coverage: coverageOf([], []), steps: '[]' }
}

function readable(files: Files, path: string): string | undefined {
  try {
    return files.text(path)
  } catch {
    return undefined
  }
}

function withoutProcedure(path: string, text: string): CheckedFile {
  return { ...onlyMessage(path, 'no-procedure', noProcedureMessage), title: titleIn(text) }
}

/** The title as parsing the whole would find it, near enough for a file that isn't parsed. */
function titleIn(text: string): string {
  const heading = /^# +(.+?)[ #]*$/m.exec(text.replace(/^---\r?\n[\s\S]*?\n---\r?\n/, ''))?.[1]
  return heading ?? /^title:[ \t]*["']?(.+?)["']?[ \t]*$/m.exec(text)?.[1] ?? ''
}

function shown(message: Message, files: Files): ShownMessage {
  const excerpt = excerptOf(files.text(message.place.path), message.place)
  return excerpt ? { ...message, excerpt } : message
}
