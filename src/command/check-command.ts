import { once } from 'node:events'
import { resolve } from 'node:path'
import { configured } from '../check/check-article.ts'
import type { CheckedFile } from '../check/checked-file.ts'
import { sum, sumCoverage } from '../check/coverage.ts'
import { isRuleName } from '../check/explain.ts'
import type { Format, Total } from '../check/format/format.ts'
import { githubFormat } from '../check/format/github.ts'
import { jsonFormat } from '../check/format/json.ts'
import { sarifFormat } from '../check/format/sarif.ts'
import { textFormat } from '../check/format/text.ts'
import { rules } from '../check/rules/index.ts'
import { CheckCache, cacheFolder } from './check-cache.ts'
import {
  buildOf,
  checkedFileOf,
  FileChecker,
  shippedResources,
  type CheckJob,
  type CheckSettings,
  type Finding,
} from './check-file.ts'
import { findCheckJobs } from './check-files.ts'
import { openPool, type CheckPool } from './check-pool.ts'
import { CheckSurroundings } from './check-surroundings.ts'
import type { CheckOptions } from './check.ts'
import type { Configuration } from './configuration.ts'
import { coloursFor, type Environment } from './environment.ts'
import { findConfiguration } from './find-configuration.ts'
import { UserError } from './user-error.ts'
import { version } from './version.ts'

/** Runs `verbatim check`. @returns 0; 1 where an article has an error; 3 where Verbatim itself failed on one. */
export async function checkCommand(
  names: readonly string[],
  options: CheckOptions,
  environment: Environment,
): Promise<number> {
  const { cwd, env, stdout } = environment
  const { configuration, folder } = await configurationFor(options, environment)
  const severities = severitiesOf(configuration)
  const jobs = await findCheckJobs(names, {
    cwd,
    docsRoot: configuration.docsRoot === undefined ? undefined : resolve(folder, configuration.docsRoot),
  })
  const resources = [shippedResources(), ...(configuration.resources ?? []).map(each => resolve(folder, each))]
  const build = options.cache === false ? undefined : buildOf(resources)
  const cache = build === undefined ? undefined : cacheFolder(env, build)
  const format = formatFor(options, environment)
  const counts = emptyTotal()
  await write(stdout, format.start())
  for await (const checked of checkAll(jobs, { cwd, resources }, cache)) {
    const file = { ...checked, messages: configured(checked.messages, severities) }
    addTo(counts, file)
    await write(stdout, format.file(file))
  }
  await write(stdout, format.end(counts))
  return counts.errors > counts.failed ? 1 : counts.failed > 0 ? 3 : 0
}

async function configurationFor({ config }: CheckOptions, { cwd }: Environment) {
  if (config === undefined && findConfiguration(cwd) === undefined)
    return { configuration: {} as Configuration, folder: cwd }
  const { readConfiguration } = await import('./configuration.ts')
  return readConfiguration(cwd, config === undefined ? undefined : resolve(cwd, config))
}

function severitiesOf({ rules: severities = {} }: Configuration) {
  for (const name of Object.keys(severities))
    if (!isRuleName(name))
      throw new UserError(
        `The configuration gives a severity to '${name}', and there is no such rule.`,
        `The rules are ${Object.keys(rules).join(', ')}.`,
      )
  return severities
}

function formatFor({ format = 'text', actions = false }: CheckOptions, environment: Environment): Format {
  const formats: Record<NonNullable<CheckOptions['format']>, () => Format> = {
    text: () => textFormat({ colours: coloursFor(environment), actions }),
    json: jsonFormat,
    sarif: () => sarifFormat({ version }),
    github: githubFormat,
  }
  return formats[format]()
}

/** This many files are checked without starting threads: that would take longer. */
const fewFiles = 4
/** This many results may wait for an earlier one. */
const mostWaiting = 256

/** What is found in each file, in their order. */
async function* checkAll(
  jobs: readonly CheckJob[],
  settings: CheckSettings,
  folder: string | undefined,
): AsyncGenerator<CheckedFile> {
  const surroundings = new CheckSurroundings(settings.cwd)
  const cache = folder === undefined ? undefined : new CheckCache(folder, settings.cwd, surroundings)
  const checker = new FileChecker(settings, surroundings)
  let pool: CheckPool | undefined
  let missed = 0
  const find = (job: CheckJob): Promise<Finding> => {
    if (jobs.length <= fewFiles || missed++ === 0) return checker.check(job)
    pool ??= openPool(settings) ?? { check: each => checker.check(each), close: async () => undefined }
    return pool.check(job)
  }
  const check = async (job: CheckJob) => {
    const finding = await find(job)
    cache?.write(job, finding)
    return checkedFileOf(finding)
  }
  const waiting: (CheckedFile | Promise<CheckedFile>)[] = []
  try {
    for (const job of jobs) {
      waiting.push(cache?.read(job) ?? check(job))
      while (waiting.length > mostWaiting || (waiting.length > 0 && !(waiting[0] instanceof Promise))) {
        const first = waiting.shift()
        if (first) yield await first
      }
    }
    for (const each of waiting) yield await each
  } finally {
    cache?.close()
    await pool?.close()
  }
}

interface Counts extends Total {
  failed: number
}

function emptyTotal(): Counts {
  const coverage = { ...sum([]), surfaces: { portal: sum([]), arm: sum([]), shell: sum([]) } }
  return { files: 0, withoutProcedure: 0, errors: 0, warnings: 0, infos: 0, failed: 0, coverage }
}

function addTo(counts: Counts, { messages, procedures, coverage }: CheckedFile): void {
  counts.files++
  if (procedures === 0) counts.withoutProcedure++
  for (const { severity, rule } of messages) {
    counts[`${severity}s`]++
    if (rule === 'check-failed' && severity === 'error') counts.failed++
  }
  counts.coverage = sumCoverage([counts.coverage, coverage])
}

async function write(stdout: Environment['stdout'], text: string): Promise<void> {
  if (text !== '' && !stdout.write(text)) await once(stdout, 'drain')
}
