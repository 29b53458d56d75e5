import { existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { makePlan } from '../plan/make-plan.ts'
import type { Plan, SurfaceName } from '../plan/plan.ts'
import { readResourceTypes, type ResourceType } from '../plan/resource-type.ts'
import { articleLine, closing, failureBlock, findingBlock, stepLine } from '../report/terminal.ts'
import { findings } from '../report/finding.ts'
import type { PreparedEngine } from '../execution/prepared-engine.ts'
import type { Engine } from '../execution/engine.ts'
import { viewport } from '../execution/spec.ts'
import { findBrowser } from '../execution/portal/browser.ts'
import { findArticles, type Understood } from './articles.ts'
import { openCloud } from './clouds.ts'
import { readConfiguration, type Configuration } from './configuration.ts'
import { coloursFor, type Environment } from './environment.ts'
import { guardCloud, guardPlan, guardsOf } from './guards.ts'
import { understandWithNeeds } from './needs.ts'
import { packageRoot } from './package-root.ts'
import { planAll } from './plan-all.ts'
import { portalChoice } from './portal-choice.ts'
import { reportRun } from './report-run.ts'
import { chooseReporters, engineReporterNames } from './reporters.ts'
import { nameSubscription, outputFolder, reportPath, runArticles, startEarly, type Listener } from './run-articles.ts'
import type { RunOptions } from './run.ts'
import { noBrowser } from './setup.ts'
import { docsRootFor } from './shown-path.ts'
import { UserError } from './user-error.ts'

const surfaces: readonly SurfaceName[] = ['portal', 'arm', 'shell']

/** Runs `verbatim run`; `prepared` may have loaded Playwright meanwhile. @returns the exit code. */
export async function runCommand(
  names: readonly string[],
  options: RunOptions,
  environment: Environment,
  prepared?: PreparedEngine,
): Promise<number> {
  const { cwd, env, stdout } = environment
  const configured = await readConfiguration(
    cwd,
    options.config === undefined ? undefined : resolve(cwd, options.config),
  )
  const { configuration, folder } = configured
  const { reporters, others } = chooseReporters(
    options.reporter ?? configuration.reporters ?? ['terminal', 'html', 'junit'],
    engineReporterNames,
  )
  const workers = wholeNumber('--workers', options.workers) ?? configuration.workers ?? 2
  const seed = wholeNumber('--seed', options.seed)
  checkSurfaces(options.surface ?? [])
  const { jobs, withoutProcedure } = await findArticles(names, cwd)
  const understood = jobs.map(job =>
    understandWithNeeds(job, {
      cwd,
      docsRoot: docsRootFor(
        job.path,
        configuration.docsRoot && resolve(folder, configuration.docsRoot),
        cwd,
        job.folder,
      ),
    }),
  )
  const surfacesOf = ({ job }: Understood) =>
    (options.surface as SurfaceName[] | undefined) ?? job.runbook.surfaces ?? configuration.surfaces ?? ['portal']
  const headed = options.headed || options.debug || false
  const portal = understood.some(each => surfacesOf(each).includes('portal'))
  const browser = portal
    ? await findBrowser({ wanted: configuration.browser, headed, env, platform: process.platform })
    : undefined
  if (portal && !browser) throw noBrowser(configuration.browser)

  const cloud = await openCloud(options.cloud ?? configuration.cloud ?? 'sandbox', {
    env,
    cwd,
    portal,
    sandbox: {
      ...portalChoice(options),
      seed,
      faults: options.faults === undefined ? undefined : (await import('./faults.ts')).readFaults(options.faults, cwd),
    },
  })
  try {
    const guards = guardsOf(cloud.definition, {
      ...configuration,
      ...(options.maxCost ? { maxCost: options.maxCost } : {}),
    })
    guardCloud(cloud.definition, guards)
    const run = newRunId()
    const secrets: Record<string, string> = {}
    const resourceTypes = knownResourceTypes(configuration, folder)
    const makePlans = (subscription: string) =>
      uniquePlans(
        planAll(
          understood.flatMap(each => surfacesOf(each).map(surface => ({ understood: each, surface }))),
          ({ understood: each, surface }, index, provided) =>
            guardPlan(
              planFor(each, {
                surface,
                // Articles that run side by side may call what they make by the same name.
                run: run + index.toString(36),
                names: options.names ?? each.job.runbook.names ?? configuration.names ?? 'own',
                allowShell: options.allowShell ?? each.job.runbook.shell ?? false,
                resourceTypes,
                subscription,
                env,
                secrets,
                provided,
              }),
              guards,
              resourceTypes,
            ),
        ),
      )
    const output = outputFolder(options.output, run, environment)
    const json = options.format === 'json'
    const listener =
      json || !reporters.includes('terminal')
        ? {}
        : terminalListener(environment, { withoutProcedure, sources: understood })
    const failOn = options.failOn ?? configuration.failOn ?? 'misleading'
    const orders = {
      run,
      resourceTypes,
      sources: Object.assign({}, ...understood.map(each => each.sources)) as Understood['sources'],
      secrets,
      cloud,
      browser,
      output,
      headed: options.headed ?? false,
      debug: options.debug ?? false,
      ui: options.ui ?? false,
      workers,
      trace: options.trace ?? 'retain-on-failure',
      window: configuration.window ?? viewport,
      engineReporters: json ? [] : others,
      failOn,
      prepared,
    }
    const fresh = !existsSync(output)
    const engine = startEarly({ ...orders, plans: makePlans('your subscription') }, environment)
    const subscription = await nameSubscription(cloud).catch(async (error: unknown) => {
      await stopAgain(engine)
      if (fresh) rmSync(output, { recursive: true, force: true })
      throw error
    })
    const ended = await runArticles({ ...orders, plans: makePlans(subscription), engine }, environment, listener)
    const result = reportRun(
      ended,
      {
        output,
        reporters,
        failOn,
        configured,
        recording: options.record ?? true,
        printing: !json,
        refreshImages: options.refreshImages ?? false,
      },
      environment,
    )
    if (options.refreshImages && result.cloud.rehearsal)
      environment.stderr.write('The new pictures show a replica of the portal: don’t publish them.\n')
    if (json) stdout.write(`${JSON.stringify(result, null, 2)}\n`)
    else
      stdout.write(
        `\n${closing(result, { colours: coloursFor(environment), width: stdout.columns ?? 100, report: reportPath(output, cwd) })}`,
      )
    return result.exitCode ?? 3
  } finally {
    await cloud.close()
  }
}

/** Without an answer of the cloud there is nothing to run, and nothing to report. */
async function stopAgain(engine: Engine | undefined): Promise<void> {
  engine?.kill()
  await engine?.ended.catch(() => undefined)
}

/** Makes the plan of one article on one surface. */
export function planFor(
  understood: Understood,
  orders: Pick<
    Parameters<typeof makePlan>[0],
    'surface' | 'run' | 'names' | 'allowShell' | 'resourceTypes' | 'subscription' | 'env' | 'secrets' | 'provided'
  >,
): Plan {
  const { article, procedures, sources, job } = understood
  const hashes = Object.fromEntries(Object.entries(sources).map(([path, { hash }]) => [path, hash]))
  return makePlan({
    article,
    procedures,
    sources: hashes,
    runbook: job.runbook,
    text: job.text,
    runbookPath: job.runbookPath,
    ...orders,
  })
}

/** The resource types that ship with Verbatim, and those of the configuration's folders. */
export function knownResourceTypes(configuration: Configuration, folder: string): ResourceType[] {
  const built = new URL('dist/resources/', packageRoot())
  const shipped = existsSync(built) ? built : new URL('src/plan/resources/', packageRoot())
  const own = (configuration.resources ?? []).map(each => resolve(folder, each))
  for (const each of own)
    if (!existsSync(each))
      throw new UserError(
        `The configuration's folder of resource types '${each}' does not exist.`,
        'Correct `resources` in the configuration.',
      )
  return readResourceTypes([decodeURIComponent(shipped.pathname), ...own])
}

function terminalListener(
  environment: Environment,
  { withoutProcedure, sources }: { withoutProcedure: number; sources: readonly Understood[] },
): Listener {
  const { stdout } = environment
  const options = { colours: coloursFor(environment), width: stdout.columns ?? 100 }
  const textOf = (path: string) => sources.map(each => each.sources[path]?.text).find(text => text !== undefined)
  const say = (text: string) => stdout.write(`${text}\n`)
  const opened = new Set<string>()
  const procedures = new Map<string, string>()
  return {
    started(result) {
      if (withoutProcedure > 0)
        say(options.colours.dim(`${withoutProcedure} Markdown files without a procedure were left aside.`))
      for (const article of result.articles.filter(each => each.status === 'refused')) {
        say(`\n${articleLine(article, result.cloud, options)}`)
        for (const finding of findings(article))
          say(findingBlock(finding, finding.place && textOf(finding.place.path), options))
      }
    },
    event(event, result) {
      if (event.type !== 'step-finished') return
      const article = result.articles.find(each => each.id === event.article)
      if (!article) return
      // Articles that run side by side take turns: the title stands above each stretch of steps.
      if (!opened.has(article.id) || [...opened].at(-1) !== article.id) {
        opened.delete(article.id)
        opened.add(article.id)
        say(`\n${articleLine(article, result.cloud, options)}`)
      }
      if (procedures.get(article.id) !== event.step.procedure) say(`  ${options.colours.dim(event.step.procedure)}`)
      procedures.set(article.id, event.step.procedure)
      say(stepLine(event.step, options))
      const block = failureBlock(article, event.step, textOf, options)
      if (block) say(block)
    },
    cleaning() {
      say(options.colours.dim('\nCleaning up'))
    },
  }
}

export function checkSurfaces(wanted: readonly string[]): void {
  const unknown = wanted.find(name => !(surfaces as readonly string[]).includes(name))
  if (unknown !== undefined)
    throw new UserError(`There is no surface '${unknown}'.`, `Use one or more of ${surfaces.join(', ')}.`)
}

function wholeNumber(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value)
  throw new UserError(`${option} takes a whole number, not '${value}'.`, `Say for example ${option} 2.`)
}

/** Two articles of one name, or one article twice: each plan needs a name of its own. */
function uniquePlans(plans: Plan[]): Plan[] {
  const seen = new Map<string, number>()
  return plans.map(plan => {
    const count = (seen.get(plan.id) ?? 0) + 1
    seen.set(plan.id, count)
    return count === 1 ? plan : { ...plan, id: `${plan.id}-${count}` }
  })
}

/** A letter and five letters or digits: fit for every Azure name. */
export function newRunId(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz'
  const all = `${letters}23456789`
  const [first = 0, ...rest] = crypto.getRandomValues(new Uint8Array(6))
  return [letters[first % letters.length], ...rest.map(byte => all[byte % all.length])].join('')
}
