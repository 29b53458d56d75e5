import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { glob } from 'tinyglobby'
import { secretsOf, type CloudDefinition } from '../cloud/definition.ts'
import { readSession } from '../cloud/portal-session.ts'
import { isRunning, ledgerFolder, openItems, readLedger } from '../execution/ledger.ts'
import { maskWith } from '../execution/mask.ts'
import { findBrowser, type Browser } from '../execution/portal/browser.ts'
import { isAtEntra, isPortalUp, standingOf, watchTokens } from '../execution/portal/sign-in.ts'
import { launchOptions, viewport } from '../execution/spec.ts'
import { findArticles } from './articles.ts'
import { checkPerson, openCloud, tellTime, type OpenCloud } from './clouds.ts'
import { readConfiguration, type Configuration } from './configuration.ts'
import { missing, ok, unknown, warning, type Check } from './doctor-check.ts'
import { checkEntra, checkResourceManager } from './doctor-cloud.ts'
import type { DoctorOptions } from './doctor.ts'
import { coloursFor, type Environment } from './environment.ts'
import { guardCloud, guardsOf } from './guards.ts'
import { understandWithNeeds } from './needs.ts'
import { packageRoot } from './package-root.ts'
import { knownResourceTypes, newRunId, planFor } from './run-command.ts'
import { noBrowser } from './setup.ts'
import { docsRootFor } from './shown-path.ts'
import { UserError } from './user-error.ts'

/** Runs `verbatim doctor`. @returns 0 when all that a run needs is there, else 2 or 3. */
export async function doctorCommand(
  articles: readonly string[],
  options: DoctorOptions,
  environment: Environment,
): Promise<number> {
  const { cwd, stdout } = environment
  const { configuration, folder } = await readConfiguration(cwd, options.config && resolve(cwd, options.config))
  const types = await typesOf(articles, { configuration, folder, environment })
  const name = options.cloud ?? configuration.cloud ?? 'sandbox'
  const checks: Check[] = [checkNode(), checkDisk(cwd)]
  const { browser, check } = await checkBrowser(configuration, environment)
  checks.push(check)
  const cloud = await openedCloud(name, environment)
  let mask = (text: string) => text
  if ('status' in cloud) checks.push(cloud)
  else
    try {
      const { definition } = cloud
      mask = maskWith(secretsOf(definition))
      checks.push(ok('cloud', `${definition.name}: ${definition.portal}`), checkGuards(definition, configuration))
      checks.push(...(await checkEntra(definition)))
      const allow = [configuration.allow?.regions, definition.allow?.regions].find(each => each !== undefined)
      checks.push(
        ...(await checkResourceManager(
          allow ? { ...definition, allow: { ...definition.allow, regions: allow } } : definition,
          { types, needed: articles.length > 0 },
          environment.now().getTime(),
        )),
      )
      checks.push(...(await checkPortal(definition, name, browser)))
      checks.push(await checkLedgers(definition, name, cwd))
    } finally {
      await cloud.close()
    }
  const told = checks.map(each => ({ ...each, message: mask(each.message) }))
  const code = exitCodeOf(told)
  if (options.json) stdout.write(`${JSON.stringify({ cloud: name, ready: code === 0, checks: told }, null, 2)}\n`)
  else stdout.write(describe(told, environment))
  return code
}

function exitCodeOf(checks: readonly Check[]): number {
  const lacking = checks.filter(check => check.status === 'missing')
  if (lacking.length === 0) return 0
  return lacking.some(check => check.exitCode === 2) ? 2 : 3
}

const marks: Record<Check['status'], string> = { ok: '✓', missing: '✘', warning: '!', unknown: '?' }

function describe(checks: readonly Check[], environment: Environment): string {
  const colours = coloursFor(environment)
  const paint = { ok: colours.green, missing: colours.red, warning: colours.yellow, unknown: colours.dim }
  const lines = checks.flatMap(({ name, status, message, remedy }) => [
    `${paint[status](marks[status])} ${name}: ${message}`,
    ...(remedy ? [`    ${remedy}`] : []),
  ])
  const lacking = checks.filter(check => check.status === 'missing').length
  const end =
    lacking === 0
      ? 'All that a run needs is there.'
      : lacking === 1
        ? '1 thing is missing.'
        : `${lacking} things are missing.`
  return `${[...lines, '', end].join('\n')}\n`
}

/** The types of what the articles make; without articles, all that are known. */
async function typesOf(
  names: readonly string[],
  { configuration, folder, environment }: { configuration: Configuration; folder: string; environment: Environment },
): Promise<string[]> {
  const { cwd, env } = environment
  const resourceTypes = knownResourceTypes(configuration, folder)
  if (names.length === 0) return resourceTypes.map(each => each.type)
  const { jobs } = await findArticles(names, cwd)
  const plans = jobs.map(job => {
    const docsRoot = docsRootFor(
      job.path,
      configuration.docsRoot && resolve(folder, configuration.docsRoot),
      cwd,
      job.folder,
    )
    return planFor(understandWithNeeds(job, { cwd, docsRoot }), {
      surface: 'arm',
      run: newRunId(),
      names: 'own',
      allowShell: true,
      resourceTypes,
      subscription: '',
      env,
      secrets: {},
    })
  })
  return [...new Set(plans.flatMap(plan => plan.resources.map(resource => resource.type)))]
}

function checkNode(): Check {
  const { engines } = JSON.parse(readFileSync(new URL('package.json', packageRoot()), 'utf8')) as {
    engines: { node: string }
  }
  const [major = 0, minor = 0] = engines.node
    .replace(/[^\d.]/g, '')
    .split('.')
    .map(Number)
  const [here = 0, under = 0] = process.versions.node.split('.').map(Number)
  if (here > major || (here === major && under >= minor)) return ok('Node', process.versions.node)
  return missing('Node', `This is ${process.versions.node}.`, `Install Node ${major}.${minor} or newer.`)
}

function checkDisk(cwd: string): Check {
  const wanted = resolve(cwd, 'reports')
  let folder = wanted
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
  try {
    accessSync(folder, constants.W_OK)
    return ok('disk', `${folder} can be written`)
  } catch {
    return missing('disk', `${folder} can't be written.`, 'Run in another folder, or with --output <folder>.')
  }
}

async function checkBrowser(
  { browser: wanted }: Configuration,
  { env }: Environment,
): Promise<{ browser: Browser | undefined; check: Check }> {
  const browser = await findBrowser({ wanted, headed: false, env, platform: process.platform })
  if (!browser) {
    const { message, remedy } = noBrowser(wanted)
    return { browser, check: missing('browser', message, remedy) }
  }
  try {
    const { chromium } = await import('@playwright/test')
    const started = await chromium.launch({ ...pathOf(browser), timeout: 60_000 })
    const version = started.version()
    await started.close()
    return { browser, check: ok('browser', `${browser.name} ${version}`) }
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n')
    const check = missing(
      'browser',
      `${browser.name} does not start: ${first}`,
      'Type: npx playwright install --with-deps chromium',
    )
    return { browser: undefined, check }
  }
}

function pathOf({ executablePath, channel }: Browser) {
  return { ...(executablePath ? { executablePath } : {}), ...(channel ? { channel } : {}) }
}

async function openedCloud(name: string, { env, cwd }: Environment): Promise<OpenCloud | Check> {
  try {
    return await openCloud(name, { env, cwd, portal: false, sandbox: {} })
  } catch (error) {
    if (!(error instanceof Error) || !('remedy' in error)) throw error
    return missing('cloud', error.message, String(error.remedy), 2)
  }
}

function checkGuards(definition: CloudDefinition, configuration: Configuration): Check {
  const guards = guardsOf(definition, configuration)
  try {
    guardCloud(definition, guards)
    const limits = [
      ...(guards.allow.length > 0 ? ['allow-lists hold'] : []),
      `costs up to ${guards.maxCost ?? 'any class'}`,
    ]
    return ok('limits', limits.join(', '))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return missing('limits', error.message, error.remedy, 2)
  }
}

/** Who is to sign in to the portal, and whether a stored session still opens it. A code or a password is not spent on it. */
async function checkPortal(definition: CloudDefinition, name: string, browser: Browser | undefined): Promise<Check[]> {
  const { person, entra } = definition
  try {
    checkPerson(definition, name)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return [missing('portal', error.message, error.remedy, error.exitCode === 3 ? 3 : 2)]
  }
  if (!person || !('storageState' in person))
    return [unknown('portal', `${person?.userName ?? 'nobody'} signs in when a run begins: that is not tried here`)]
  const session = readSession(person.storageState, entra)
  const expires = session.status === 'present' ? session.expires : undefined
  const told = ok(
    'portal session',
    expires === undefined ? 'is stored; its cookies tell no end' : `is stored, and expires ${tellTime(expires)}`,
  )
  const soon = expires !== undefined && expires < Date.now() + 86_400_000
  const remedy = `verbatim login --cloud ${name}`
  return [
    soon ? warning('portal session', `It expires ${tellTime(expires)}.`, remedy) : told,
    browser
      ? await tryPortal(definition, person.storageState, { browser, remedy })
      : unknown('portal', 'there is no browser to try it'),
  ]
}

async function tryPortal(
  cloud: CloudDefinition,
  storageState: string,
  { browser, remedy }: { browser: Browser; remedy: string },
): Promise<Check> {
  const { chromium } = await import('@playwright/test')
  const started = await chromium.launch({ ...pathOf(browser), ...launchOptions(cloud, browser) })
  try {
    const signedOut = missing('portal', 'The stored session is not signed in any more.', remedy)
    const page = await started.newPage({ storageState, locale: 'en-US', viewport })
    const tokens = watchTokens(page, cloud)
    await page.goto(`${cloud.portal}/?l=en.en-us`, { waitUntil: 'domcontentloaded' })
    const deadline = Date.now() + 120_000
    while (Date.now() < deadline) {
      const asks =
        isAtEntra(page, cloud) && (await page.locator('input[name=loginfmt], input[name=passwd]').first().isVisible())
      if (asks) return signedOut
      if (!isAtEntra(page, cloud) && (await isPortalUp(page))) {
        const { status } = await standingOf(page, cloud, tokens)
        if (status === 'signed-out') return signedOut
        if (status === 'elsewhere')
          return missing('portal', 'The session is in another directory than the run.', remedy)
        if (status === 'blind')
          return missing('portal', 'Who is signed in can’t see the subscription.', 'Give them a role in it.')
        const language = await page.evaluate(() => document.documentElement.lang)
        if (/^en\b/i.test(language)) return ok('portal', 'opens with the stored session, in English')
        return missing('portal', `It is in “${language}”.`, 'Set the account’s portal language to English.')
      }
      await sleep(200)
    }
    return missing('portal', 'It did not open in two minutes.', 'Open it by hand, and see what it asks.')
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n')
    return missing('portal', `${cloud.portal} can't be opened: ${first}`, 'Check the network and the cloud definition.')
  } finally {
    await started.close()
  }
}

/** What ledgers under `reports/` say is left in this cloud. */
async function checkLedgers(
  { resourceManager, subscription }: CloudDefinition,
  name: string,
  cwd: string,
): Promise<Check> {
  const root = resolve(cwd, 'reports')
  const files = existsSync(root) ? await glob([`**/${ledgerFolder}/*.jsonl`], { cwd: root, absolute: true }) : []
  const open = [...new Set(files.map(file => resolve(file, '..', '..')))].flatMap(output => {
    const entries = readLedger(output)
    const here = entries.some(
      entry =>
        entry.type === 'run' &&
        entry.cloud.resourceManager === resourceManager &&
        entry.cloud.subscription === subscription,
    )
    return here && !isRunning(entries) ? openItems(entries) : []
  })
  if (open.length === 0) return ok('ledgers', 'nothing of earlier runs is open')
  return warning('ledgers', `Earlier runs may have left ${open.length}.`, `verbatim sweep --cloud ${name}`)
}
