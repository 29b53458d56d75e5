import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

/** The browser that the portal surface drives. */
export interface Browser {
  /** For messages: `Playwright's Chromium`, `Google Chrome`, a path. */
  name: string
  /** `chromium`: Playwright's own without a window, where its headless shell is not there. */
  channel?: 'chrome' | 'msedge' | 'chromium'
  executablePath?: string
}

/** What the choice depends on. */
export interface BrowserChoice {
  /** The configuration's `browser`: `chrome`, `msedge`, `chromium` or a path. */
  wanted?: string | undefined
  /** In a window. Without one, Chromium's headless shell does the same work in less time. */
  headed: boolean
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
}

/**
 * The browser to use: the one that the configuration names, else Playwright's own, else installed Chrome, Edge or
 * Chromium. @returns undefined where there is none, or not the one that was named.
 */
export async function findBrowser(choice: BrowserChoice): Promise<Browser | undefined> {
  const { wanted } = choice
  if (wanted !== undefined && !isKind(wanted))
    return existsSync(wanted) ? { name: wanted, executablePath: wanted } : undefined
  const playwrights = playwrightsChromium(choice)
  const found = [...(playwrights ? [playwrights] : []), ...installed(choice)]
  return wanted === undefined ? found[0] : found.find(browser => kindOf(browser) === wanted)
}

/** The names that the configuration's `browser` takes beside a path. */
export const browserKinds = ['chromium', 'chrome', 'msedge'] as const

function isKind(name: string): boolean {
  return (browserKinds as readonly string[]).includes(name)
}

function kindOf({ channel }: Browser): string {
  return channel ?? 'chromium'
}

/** Playwright itself takes most of half a second to load; where it keeps its browsers is told by a file of its own. */
function playwrightsChromium({ headed, env, platform }: BrowserChoice): Browser | undefined {
  const folder = dirname(playwrightCore())
  const { browsers } = JSON.parse(readFileSync(join(folder, 'browsers.json'), 'utf8')) as {
    browsers: { name: string; revision: string }[]
  }
  const isThere = (wanted: string) => {
    const revision = browsers.find(({ name }) => name === wanted)?.revision
    // > chromium_headless_shell-1255
    const place = `${wanted.replaceAll('-', '_')}-${revision}`
    return existsSync(join(browsersFolder(folder, { env, platform }), place, 'INSTALLATION_COMPLETE'))
  }
  const name = 'Playwright’s Chromium'
  if (!headed && isThere('chromium-headless-shell')) return { name }
  if (!isThere('chromium')) return undefined
  return headed ? { name } : { name, channel: 'chromium' }
}

function playwrightCore(): string {
  const require = createRequire(import.meta.url)
  const test = createRequire(require.resolve('@playwright/test/package.json'))
  const playwright = createRequire(test.resolve('playwright/package.json'))
  return playwright.resolve('playwright-core/package.json')
}

/** Playwright's documented places, and its variable PLAYWRIGHT_BROWSERS_PATH. */
function browsersFolder(core: string, { env, platform }: Pick<BrowserChoice, 'env' | 'platform'>): string {
  const wanted = env.PLAYWRIGHT_BROWSERS_PATH
  if (wanted === '0') return join(core, '.local-browsers')
  if (wanted) return resolve(wanted)
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'ms-playwright')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ms-playwright')
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ms-playwright')
}

/** Where installers put these browsers; on Linux also wherever PATH leads. */
function installed({ headed, env, platform }: BrowserChoice): Browser[] {
  const roots = [env.LOCALAPPDATA, env.PROGRAMFILES, env['PROGRAMFILES(X86)']].filter(root => root !== undefined)
  const places: Partial<Record<NodeJS.Platform, Record<'chrome' | 'msedge' | 'chromium', string[]>>> = {
    darwin: {
      chrome: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
      msedge: ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
      chromium: ['/Applications/Chromium.app/Contents/MacOS/Chromium'],
    },
    win32: {
      chrome: roots.map(root => join(root, 'Google', 'Chrome', 'Application', 'chrome.exe')),
      msedge: roots.map(root => join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe')),
      chromium: [],
    },
  }
  const onPath = (...names: string[]) =>
    (env.PATH ?? '').split(delimiter).flatMap(folder => names.map(name => join(folder, name)))
  const here = places[platform] ?? {
    chrome: ['/opt/google/chrome/chrome', ...onPath('google-chrome', 'google-chrome-stable')],
    msedge: ['/opt/microsoft/msedge/msedge', ...onPath('microsoft-edge', 'microsoft-edge-stable')],
    // Debian has the headless shell, too (packages.debian.org, chromium-headless-shell).
    chromium: onPath(...(headed ? [] : ['chromium-headless-shell']), 'chromium', 'chromium-browser'),
  }
  const first = (paths: string[]) => paths.find(path => existsSync(path))
  const [chrome, msedge, chromium] = [first(here.chrome), first(here.msedge), first(here.chromium)]
  return [
    ...(chrome ? [{ name: 'Google Chrome', channel: 'chrome' as const, executablePath: chrome }] : []),
    ...(msedge ? [{ name: 'Microsoft Edge', channel: 'msedge' as const, executablePath: msedge }] : []),
    ...(chromium ? [{ name: `Chromium (${chromium})`, executablePath: chromium }] : []),
  ]
}
