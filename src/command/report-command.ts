import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { mergeRuns } from '../report/merge.ts'
import { readOutputFolder, staysInside, storedFiles } from '../report/output-folder.ts'
import { articleLine, closing, failureBlock, stepLine } from '../report/terminal.ts'
import type { RunResult } from '../result/result.ts'
import { exitCodeOf } from '../result/status.ts'
import { readConfiguration } from './configuration.ts'
import { coloursFor, type Environment } from './environment.ts'
import { reportRun } from './report-run.ts'
import type { ReportOptions } from './report.ts'
import { chooseReporters } from './reporters.ts'
import { reportPath } from './run-articles.ts'
import { UserError } from './user-error.ts'

/** Runs `verbatim report`. @returns the exit code. */
export async function reportCommand(
  names: readonly string[],
  options: ReportOptions,
  environment: Environment,
): Promise<number> {
  const { cwd, stdout } = environment
  const configured = await readConfiguration(cwd, options.config && resolve(cwd, options.config))
  const { reporters } = chooseReporters(options.reporter ?? ['html', 'junit'])
  const failOn = options.failOn ?? configured.configuration.failOn ?? 'misleading'
  const folders = names.map(name => resolve(cwd, name))
  const [only, ...others] = folders
  const output = options.output === undefined ? only : resolve(cwd, options.output)
  if (output === undefined || (options.output === undefined && others.length > 0))
    throw new UserError('Reports of several runs need a folder of their own.', 'Say --output <folder>.')
  const runs = folders.map((folder, index) => readRun(folder, names[index] ?? folder))
  const merged = mergeAll(runs)
  const stored = folders.map((folder, index) => ({ folder, run: runs[index] ?? merged }))
  // As in the merged result, the latest of several wins.
  for (const { folder, run } of stored.toSorted((a, b) => Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt)))
    if (folder !== output) copyFiles(run, folder, output)
  const { codeOwners } = options
  const result = reportRun(
    merged,
    {
      output,
      reporters,
      failOn,
      configured,
      recording: options.record ?? false,
      codeOwners: typeof codeOwners === 'string' ? resolve(cwd, codeOwners) : codeOwners === false ? false : undefined,
      printing: true,
    },
    environment,
  )
  if (reporters.includes('terminal')) tell(result, output, environment)
  else stdout.write(`Report: ${reporters.includes('html') ? reportPath(output, cwd) : output}\n`)
  return options.exitCode ? (result.exitCode ?? exitCodeOf(result, failOn)) : 0
}

function readRun(folder: string, name: string): RunResult {
  try {
    return readOutputFolder(folder)
  } catch (error) {
    throw new UserError(
      `'${name}' is not the output folder of a run: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      'Name a folder that `verbatim run` wrote, such as reports/<run>.',
      { cause: error },
    )
  }
}

function mergeAll(runs: RunResult[]): RunResult {
  const [only, ...others] = runs
  if (only && others.length === 0) return only
  try {
    return mergeRuns(runs)
  } catch (error) {
    throw new UserError(
      error instanceof Error ? error.message : String(error),
      'Name the output folders of runs that belong together.',
      { cause: error },
    )
  }
}

/** The texts and pictures that a result speaks of. A result may come from elsewhere: nothing outside of its folder is copied. */
function copyFiles(run: RunResult, from: string, to: string): void {
  const files = new Set([
    ...Object.values(run.sources).map(hash => `sources/${hash}.md`),
    ...Object.values(run.images ?? {}),
    ...run.articles.flatMap(({ trace, video, steps }) => [trace, video, ...steps.map(step => step.screenshot?.path)]),
  ])
  for (const file of files) {
    if (file === undefined || !staysInside(file) || !existsSync(join(from, file))) continue
    mkdirSync(dirname(join(to, file)), { recursive: true })
    copyFileSync(join(from, file), join(to, file))
  }
}

function tell(run: RunResult, output: string, environment: Environment): void {
  const { stdout, cwd } = environment
  const options = { colours: coloursFor(environment), width: stdout.columns ?? 100 }
  const { sources } = storedFiles(output, run)
  const textOf = (path: string) => sources(run.sources[path] ?? '')
  for (const article of run.articles) {
    stdout.write(`\n${articleLine(article, run.cloud, options)}\n`)
    for (const step of article.steps)
      for (const line of [stepLine(step, options), failureBlock(article, step, textOf, options)])
        if (line) stdout.write(`${line}\n`)
  }
  stdout.write(`\n${closing(run, { ...options, report: reportPath(output, cwd) })}`)
}
