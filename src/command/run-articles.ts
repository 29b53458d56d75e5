import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { ArmError, isEnvironmental } from '../cloud/arm-error.ts'
import { secretsOf } from '../cloud/definition.ts'
import { openResourceManager, resourceGroupType, type ResourceManager } from '../cloud/resource-manager.ts'
import { cleanUp, timingFor } from '../execution/clean-up.ts'
import { crossCheck } from '../execution/cross-check.ts'
import { readEngineReport, startEngine, type Engine } from '../execution/engine.ts'
import type { PreparedEngine } from '../execution/prepared-engine.ts'
import type { EngineReport } from '../execution/engine-report.ts'
import { firstResult } from '../execution/first-result.ts'
import { followJournal } from '../execution/follow-journal.ts'
import { journalFolder } from '../execution/journal-files.ts'
import { existedBefore, openLedger, readLedger } from '../execution/ledger.ts'
import { maskTexts, maskTrace } from '../execution/mask-trace.ts'
import { maskWith } from '../execution/mask.ts'
import { runTagName, writeRunTag } from '../execution/run-tag.ts'
import { isRunFolder, isSpecOf, writePlans, writeSpecs, type Trace } from '../execution/spec.ts'
import type { Browser } from '../execution/portal/browser.ts'
import type { Plan } from '../plan/plan.ts'
import type { ResourceType } from '../plan/resource-type.ts'
import { applyEvent, openLines, runFile, type RunEvent } from '../result/journal.ts'
import type { ArticleResult, Drift, ResourceResult, RunResult, StepResult } from '../result/result.ts'
import { articleStatus, exitCodeOf } from '../result/status.ts'
import type { OpenCloud } from './clouds.ts'
import { guardTenant } from './guards.ts'
import { markDarkPictures } from './dark-pictures.ts'
import type { Environment } from './environment.ts'
import { shownPath } from './shown-path.ts'
import { UserError } from './user-error.ts'
import { version } from './version.ts'

/** What a run is told to do, with everything decided. */
export interface RunOrders {
  run: string
  plans: readonly Plan[]
  resourceTypes: readonly ResourceType[]
  /** Path -> text and SHA-256 of every file that was read. */
  sources: Record<string, { hash: string; text: string }>
  secrets: Record<string, string>
  cloud: OpenCloud
  browser: Browser | undefined
  output: string
  headed: boolean
  debug: boolean
  ui: boolean
  workers: number
  trace: Trace
  /** The browser window in CSS pixels. */
  window: { width: number; height: number }
  /** Playwright's own reporters, printing to this process's output. */
  engineReporters: readonly string[]
  failOn: Drift
  /** Playwright, started already: its specs wait for their plans. */
  engine: Engine | undefined
  /** A Playwright that has loaded already. */
  prepared?: PreparedEngine | undefined
}

/** Hears of a run as it goes on. */
export interface Listener {
  started?(result: RunResult): void
  event?(event: RunEvent, result: RunResult): void
  cleaning?(result: RunResult): void
}

/**
 * Runs plans: specs are written, Playwright carries them out, this process follows their journal, cleans up after
 * Playwright has ended, whatever happened, and writes `result.json`. Ctrl+C and SIGTERM stop the steps and clean up; a
 * second one leaves the ledger to `verbatim sweep`.
 */
export async function runArticles(orders: RunOrders, environment: Environment, listener: Listener): Promise<RunResult> {
  const { cloud, output, plans } = orders
  mkdirSync(output, { recursive: true })
  writeSources(orders)
  const runJournal = join(journalFolder(output), runFile)
  // What an earlier run in this folder told is not this one's; a folder without its journal may be somebody else's.
  if (existsSync(runJournal)) rmSync(journalFolder(output), { recursive: true })
  const journal = openLines<RunEvent>(runJournal)
  const result = beginResult(orders, environment)
  const note = (event: RunEvent) => {
    journal.append(event)
    applyEvent(result, event)
    listener.event?.(event, result)
  }
  journal.append({ type: 'run', result: structuredClone(result) })
  writeResult(output, result)
  listener.started?.(result)

  const ledger = openLedger(output, 'run')
  const { name, resourceManager, subscription = '' } = cloud.definition
  ledger.append({
    type: 'run',
    run: orders.run,
    at: result.startedAt,
    pid: process.pid,
    cloud: { name, resourceManager, subscription, private: cloud.private },
  })

  const interruption = watchInterruption(environment)
  try {
    const runnable = plans
      .filter(plan => plan.refusals.length === 0)
      .map(plan => markDarkPictures(plan, result, environment.cwd))
    if (runnable.length > 0) {
      const printed = await carryOut({ ...orders, plans: runnable }, { environment, result, listener, interruption })
      await closeSteps(result, {
        output,
        note,
        mask: maskWith(allSecrets(orders)),
        printed,
        interrupted: interruption.interrupted,
      })
      for (const comparison of crossCheck(result.articles, runnable, orders.resourceTypes))
        note({ type: 'comparison', comparison })
    }
    listener.cleaning?.(result)
    const manager = await openResourceManager(cloud.definition)
    await cleanUp(readLedger(output), {
      manager,
      ledger,
      timing: timingFor(cloud.definition),
      onItem: item => note({ type: 'cleanup', item }),
    })
  } catch (error) {
    note({ type: 'run-problem', problem: problemOf(error) })
  } finally {
    interruption.stop()
    ledger.close()
  }
  result.interrupted = interruption.interrupted
  note({
    type: 'run-finished',
    at: environment.now().toISOString(),
    interrupted: interruption.interrupted,
    exitCode: exitCodeOf(result, orders.failOn),
  })
  journal.close()
  writeResult(output, result)
  return result
}

/** The display name of the cloud's subscription: what the article leaves to the reader when it says "your subscription". */
export async function nameSubscription(cloud: OpenCloud): Promise<string> {
  const manager: ResourceManager = await openResourceManager(cloud.definition)
  const { name, tenant } = await manager.subscription().catch((error: unknown) => {
    const told = error as ArmError
    throw new UserError(
      `The cloud '${cloud.definition.name}' can't be used: ${told.code}: ${told.message.split('\n')[0]}`,
      'Check the address, the credential and the subscription of the cloud; `verbatim doctor` looks at each.',
      { exitCode: isEnvironmental(told) ? 3 : 2, cause: error },
    )
  })
  guardTenant(cloud.definition, tenant)
  return name
}

interface Going {
  environment: Environment
  result: RunResult
  listener: Listener
  interruption: Interruption
}

/**
 * Starts Playwright on the specs of plans that are complete but for values that only the cloud tells: it takes as long to
 * start as the cloud takes to answer. Nothing is carried out before `runArticles` writes the plans down.
 *
 * @returns undefined where no plan can be run.
 */
export function startEarly(
  {
    output,
    plans,
    cloud,
    browser,
    headed,
    debug,
    ui,
    workers,
    trace,
    window,
    engineReporters,
    secrets,
    prepared,
  }: Omit<RunOrders, 'engine'>,
  { cwd, env }: Environment,
): Engine | undefined {
  const runnable = plans.filter(plan => plan.refusals.length === 0)
  if (runnable.length === 0) return undefined
  const config = writeSpecs({
    output,
    plans: runnable,
    cloud: cloud.definition,
    browser,
    headed: headed || debug,
    workers: debug ? 1 : workers,
    trace,
    window,
    reporters: engineReporters,
  })
  return startEngine({
    config,
    orders: { cloud: cloud.definition, secrets, output },
    cwd,
    env,
    debug,
    ui,
    printing: engineReporters.length > 0 || ui,
    prepared,
  })
}

async function carryOut(orders: RunOrders, { environment, result, listener, interruption }: Going): Promise<string> {
  const { output, plans } = orders
  const engine = orders.engine ?? startEarly(orders, environment)
  if (!engine) return ''
  interruption.of(engine)
  const tagger = startTagging(orders, result)
  const stopFollowing = followJournal(journalFolder(output), event => {
    if (!('article' in event) || brokenByInterruption(event, interruption.interrupted)) return
    applyEvent(result, event)
    if (event.type === 'step-finished' || event.type === 'article-finished') writeResult(output, result)
    if (event.type === 'resource') tagger.see(event.resource)
    listener.event?.(event, result)
  })
  try {
    writePlans(output, plans)
    const { printed } = await engine.ended
    return printed
  } finally {
    stopFollowing()
    await tagger.settled()
  }
}

/**
 * Puts the run's tag on the groups that it made, beside the steps: it only helps, so that nothing waits for it and no refusal
 * matters. A private sandbox ends with the run.
 */
function startTagging({ cloud, output, run }: RunOrders, { startedAt }: RunResult) {
  const tagging: Promise<unknown>[] = []
  const tagged = new Set<string>()
  return {
    see({ type, id, name, status }: ResourceResult): void {
      const made = status === 'as-described' || status === 'differs'
      if (cloud.private || !made || type.toLowerCase() !== resourceGroupType.toLowerCase() || tagged.has(id)) return
      if (existedBefore(readLedger(output), id)) return
      tagged.add(id)
      const tags = { [runTagName]: writeRunTag({ run, at: Date.parse(startedAt) }, name) }
      tagging.push(
        openResourceManager(cloud.definition)
          .then(manager => manager.tag(id, tags))
          .catch(() => undefined),
      )
    },
    settled: () => Promise.all(tagging),
  }
}

interface Closing {
  output: string
  note: (event: RunEvent) => void
  mask: (text: string) => string
  printed: string
  interrupted: boolean
}

/** Gives an end to what Playwright ended in the middle of, and keeps its traces without secrets. */
async function closeSteps(result: RunResult, { output, note, mask, printed, interrupted }: Closing): Promise<void> {
  const report = readEngineReport(output)
  const leftovers = join(output, 'playwright')
  if (existsSync(leftovers)) maskTexts(leftovers, mask)
  for (const article of result.articles.filter(each => each.status !== 'refused')) {
    const test = report?.tests.find(each => isSpecOf(each.spec, article.id))
    if (test?.trace && (await maskTrace(test.trace, mask))) article.trace = relative(output, test.trace)
    if (test?.video) article.video = relative(output, test.video)
    const open = article.steps.find(step => step.status === 'not-run' && step.startedAt !== undefined)
    if (open && interrupted) note({ type: 'step-finished', article: article.id, step: leftByInterruption(open) })
    if (open && !interrupted) note({ type: 'step-finished', article: article.id, step: brokenOff(open, test, mask) })
    Object.assign(article, articleStatus(article))
    const cause = test?.errors[0] ?? report?.errors[0]
    if (article.steps.every(step => step.status === 'not-run') && !interrupted)
      note({ type: 'run-problem', problem: notStarted(article, mask(cause ?? printed.trim())) })
  }
  for (const error of report?.errors ?? [])
    if (result.problems.length === 0) note({ type: 'run-problem', problem: engineProblem(mask(error)) })
}

/** A step that fails after Ctrl+C fails of it: its browser was taken away. */
function brokenByInterruption(event: RunEvent, interrupted: boolean): boolean {
  return interrupted && event.type === 'step-finished' && event.step.status === 'failed' && event.step.verdict !== 'doc'
}

function leftByInterruption(step: StepResult): StepResult {
  return { ...step, status: 'not-run', reason: 'The run was interrupted in the middle of this step.' }
}

/** A step whose end nobody wrote: its article's time was over, or its worker died. */
function brokenOff(
  step: StepResult,
  test: EngineReport['tests'][number] | undefined,
  mask: (text: string) => string,
): StepResult {
  const timedOut = test?.status === 'timedOut'
  return {
    ...step,
    status: 'failed',
    verdict: timedOut ? 'environment' : 'driver',
    timedOut,
    error: {
      rule: timedOut ? 'article-timed-out' : 'worker-died',
      message: timedOut
        ? 'The article’s time limit ended in the middle of this step.'
        : 'The worker that carried this step out ended unexpectedly.',
      remedy: timedOut
        ? 'Raise `limits: { article: … }` in the runbook if the article needs longer.'
        : 'Run it again; if it happens again, please report it with the output folder.',
      place: step.place,
      ...(test?.errors[0] ? { detail: mask(test.errors[0]) } : {}),
    },
  }
}

function notStarted(article: ArticleResult, cause: string): RunResult['problems'][number] {
  return {
    rule: 'article-not-started',
    message: `“${article.title}” could not be started: ${cause.split('\n')[0] ?? ''}`,
    remedy:
      article.surface === 'portal'
        ? 'Check that the browser starts: `verbatim setup` looks for one.'
        : 'Check the cloud and its credentials.',
    detail: cause,
  }
}

function engineProblem(error: string): RunResult['problems'][number] {
  return {
    rule: 'engine',
    message: error.split('\n')[0] ?? error,
    remedy: 'Playwright could not run; its words are in the details.',
    detail: error,
  }
}

function problemOf(error: unknown): RunResult['problems'][number] {
  const { message } = error instanceof Error ? error : new Error(String(error))
  return {
    rule: 'run-broken-off',
    message: message.split('\n')[0] ?? message,
    remedy: 'Run `verbatim sweep` if something may be left behind.',
    detail: message,
  }
}

interface Interruption {
  readonly interrupted: boolean
  of(engine: Engine): void
  stop(): void
}

/** The first Ctrl+C or SIGTERM stops the steps; the second ends everything at once. */
function watchInterruption({ stderr }: Environment): Interruption {
  let interrupted = false
  let engine: Engine | undefined
  const onSignal = () => {
    if (interrupted) {
      engine?.kill()
      stderr.write('\nInterrupted again: what was made may be left behind. Run `verbatim sweep` to remove it.\n')
      process.exit(130)
    }
    interrupted = true
    stderr.write(
      '\nInterrupted: stopping the steps and cleaning up. Press Ctrl+C again to leave that to `verbatim sweep`.\n',
    )
    engine?.stop()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    get interrupted() {
      return interrupted
    },
    of(started) {
      engine = started
      if (interrupted) engine.stop()
    },
    stop() {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}

function beginResult({ run, plans, cloud, sources, browser }: RunOrders, { now, cwd }: Environment): RunResult {
  const { name, rehearsal, portal, facts } = cloud.definition
  const commit = commitOf(cwd)
  return {
    schemaVersion: 1,
    run,
    state: 'running',
    startedAt: now().toISOString(),
    verbatim: version,
    cloud: { name, rehearsal, portal, facts },
    ...(browser ? { browser: browser.name } : {}),
    ...(commit ? { commit } : {}),
    articles: plans.map(firstResult),
    cleanup: [],
    problems: [],
    interrupted: false,
    sources: Object.fromEntries(Object.entries(sources).map(([path, { hash }]) => [path, hash])),
  }
}

function commitOf(cwd: string): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}

function writeSources({ output, sources }: RunOrders): void {
  const folder = join(output, 'sources')
  mkdirSync(folder, { recursive: true })
  for (const { hash, text } of Object.values(sources)) writeFileSync(join(folder, `${hash}.md`), text)
}

/** Written whole, then moved into place: a reader never sees half of it. */
export function writeResult(output: string, result: RunResult): void {
  const path = join(output, 'result.json')
  writeFileSync(`${path}.tmp`, `${JSON.stringify(result)}\n`)
  renameSync(`${path}.tmp`, path)
}

function allSecrets({ secrets, cloud }: RunOrders): string[] {
  return [...Object.values(secrets), ...secretsOf(cloud.definition)]
}

/**
 * A new output folder's name, so that runs of one minute stay apart, or the one that was named.
 *
 * @throws UserError for a file, or a folder of other things.
 */
export function outputFolder(wanted: string | undefined, run: string, { cwd, now }: Environment): string {
  if (wanted !== undefined) return guardOutput(resolve(cwd, wanted), wanted)
  const stamp = now().toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')
  return resolve(cwd, 'reports', `${stamp}-${run}`)
}

/** A run writes many files, and clears those of an earlier one: a folder of other things is not the place. */
function guardOutput(folder: string, named: string): string {
  const stats = statSync(folder, { throwIfNoEntry: false })
  const remedy = 'Name a folder that is new, empty, or an earlier run’s: --output <folder>.'
  if (stats && !stats.isDirectory()) throw new UserError(`'${named}' is a file, and results go into a folder.`, remedy)
  const others = stats ? readdirSync(folder) : []
  if (others.length === 0 || isRunFolder(folder)) return folder
  throw new UserError(
    `The folder '${named}' holds other things than the results of a run: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}.`,
    remedy,
  )
}

/** For messages: where a run's report lies. */
export function reportPath(output: string, cwd: string): string {
  return shownPath(join(output, 'index.html'), cwd)
}
