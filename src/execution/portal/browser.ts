import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The browser that the portal surface drives. */
export interface Browser {
  /** For messages: `Playwright's Chromium`, `Google Chrome`, a path. */
  name: string
  channel?: 'chrome' | 'msedge'
  executablePath?: string
}

/** What the choice depends on. */
export interface BrowserChoice {
  /** The configuration's `browser`: `chrome`, `msedge`, `chromium` or a path. */
  wanted?: string | undefined
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
}

/**
 * The browser to use: the one that the configuration names, else Playwright's own, else installed Chrome, Edge or
 * Chromium. @returns undefined where there is none, or not the one that was named.
 */
export async function findBrowser({ wanted, env, platform }: BrowserChoice): Promise<Browser | undefined> {
  if (wanted !== undefined && !isKind(wanted))
    return existsSync(wanted) ? { name: wanted, executablePath: wanted } : undefined
  const playwrights = await playwrightsChromium()
  const found = [...(playwrights ? [playwrights] : []), ...installed(platform, env)]
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

async function playwrightsChromium(): Promise<Browser | undefined> {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return path && existsSync(path) ? { name: 'Playwright’s Chromium' } : undefined
}

/** Where installers put these browsers; on Linux also wherever PATH leads. */
function installed(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Browser[] {
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
    chromium: onPath('chromium', 'chromium-browser'),
  }
  const first = (paths: string[]) => paths.find(path => existsSync(path))
  const [chrome, msedge, chromium] = [first(here.chrome), first(here.msedge), first(here.chromium)]
  return [
    ...(chrome ? [{ name: 'Google Chrome', channel: 'chrome' as const, executablePath: chrome }] : []),
    ...(msedge ? [{ name: 'Microsoft Edge', channel: 'msedge' as const, executablePath: msedge }] : []),
    ...(chromium ? [{ name: `Chromium (${chromium})`, executablePath: chromium }] : []),
  ]
}
