import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext } from '@playwright/test'
import { readSession, sessionFile } from '../cloud/portal-session.ts'
import { findBrowser } from '../execution/portal/browser.ts'
import { isAtEntra, isPortalUp } from '../execution/portal/sign-in.ts'
import { launchOptions, viewport } from '../execution/spec.ts'
import { findCloud, tellTime } from './clouds.ts'
import { readConfiguration } from './configuration.ts'
import type { Environment } from './environment.ts'
import type { LoginOptions } from './login.ts'
import { noBrowser } from './setup.ts'
import { shownPath } from './shown-path.ts'
import { UserError } from './user-error.ts'

/** Runs `verbatim login`. @returns 0 when a session is stored. */
export async function loginCommand(options: LoginOptions, environment: Environment): Promise<number> {
  const { cwd, env, stdout } = environment
  const { configuration } = await readConfiguration(cwd, options.config && resolve(cwd, options.config))
  const named = options.cloud ?? configuration.cloud ?? 'azure'
  if (named === 'sandbox')
    throw new UserError(
      'A run’s private sandbox ends with the run: nobody can sign in to it beforehand.',
      'Name a cloud that is there: --cloud <name or file>.',
    )
  const minutes = Number(options.wait ?? 10)
  if (!(minutes > 0))
    throw new UserError(`--wait takes a number of minutes, not '${options.wait}'.`, 'Say for example --wait 5.')
  const cloud = findCloud(named, { env, cwd, portal: false })
  const headless = options.headless ?? false
  const wanted = configuration.browser
  const browser = await findBrowser({ wanted, headed: !headless, env, platform: process.platform })
  if (!browser) throw noBrowser(wanted)

  const { chromium } = await import('@playwright/test')
  // A profile of its own that goes with the browser: nobody's other sessions are in it.
  const context = await chromium.launchPersistentContext('', {
    ...launchOptions(cloud, browser),
    ...(browser.channel ? { channel: browser.channel } : {}),
    headless,
    locale: 'en-US',
    viewport: headless ? viewport : null,
  })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(`${cloud.portal}/?l=en.en-us`, { waitUntil: 'domcontentloaded' }).catch((error: unknown) => {
      throw unreachable(cloud.portal, error)
    })
    stdout.write(`Sign in to ${cloud.portal} in the browser. “Stay signed in?” Yes makes the session last longer.\n`)
    await untilSignedIn(context, cloud, Date.now() + minutes * 60_000)
    const path = options.output === undefined ? sessionFile(cloud, env) : resolve(cwd, options.output)
    storeSession(path, await context.storageState())
    const session = readSession(path, cloud.entra)
    if (session.status !== 'present')
      throw new UserError('The browser kept no session of the sign-in.', 'Sign in again.', { exitCode: 3 })
    stdout.write(`The session is stored in ${shownPath(path, cwd)}: keep it as you keep a password.\n`)
    stdout.write(
      session.expires === undefined
        ? 'Its cookies tell no end: it ends when your organisation’s policy says so (Entra’s default is 24 hours).\n'
        : `It expires ${tellTime(session.expires)}, or when your organisation’s policy says so.\n`,
    )
    if (options.output !== undefined)
      stdout.write(
        `Runs take it from VERBATIM_STORAGE_STATE, or from \`person: { storageState: … }\` of a definition.\n`,
      )
    return 0
  } finally {
    await context.close().catch(() => undefined)
  }
}

/** @throws UserError when the window is closed or the time is over. */
async function untilSignedIn(
  context: BrowserContext,
  cloud: Parameters<typeof isAtEntra>[1],
  deadline: number,
): Promise<void> {
  for (;;) {
    const pages = context.pages()
    if (pages.length === 0)
      throw new UserError('The browser was closed before anybody had signed in.', 'Run `verbatim login` again.', {
        exitCode: 3,
      })
    for (const page of pages)
      if (page.url().startsWith(cloud.portal) && !isAtEntra(page, cloud) && (await isPortalUp(page))) return
    if (Date.now() > deadline)
      throw new UserError('Nobody signed in in time.', 'Run `verbatim login` again, with a longer --wait if needed.', {
        exitCode: 3,
      })
    await sleep(300)
  }
}

/** Only who made the file may read it; it is never there half written. */
function storeSession(path: string, state: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.tmp`, `${JSON.stringify(state)}\n`, { mode: 0o600 })
  chmodSync(`${path}.tmp`, 0o600)
  renameSync(`${path}.tmp`, path)
}

function unreachable(portal: string, error: unknown): UserError {
  const [first] = (error instanceof Error ? error.message : String(error)).split('\n')
  return new UserError(
    `The portal ${portal} can't be opened: ${first}`,
    'Check the network and the cloud definition.',
    {
      exitCode: 3,
      cause: error,
    },
  )
}
