import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import { findBrowser, type Browser } from '../../../src/execution/portal/browser.ts'

// > <cache>/ms-playwright/chromium-1234/chrome-linux64/chrome
const revision = /[\\/]chromium-(\d+)[\\/]/.exec(chromium.executablePath())?.[1] ?? '0'
const full = `chromium-${revision}`
const shell = `chromium_headless_shell-${revision}`

const cases: [what: string, there: string[], headed: boolean, found: Browser | undefined][] = [
  ['nothing that is not there', [], false, undefined],
  ['Playwright’s headless shell, without a window', [full, shell], false, { name: 'Playwright’s Chromium' }],
  ['Playwright’s headless shell where only that is there', [shell], false, { name: 'Playwright’s Chromium' }],
  [
    'Playwright’s whole browser without a window where it has no shell',
    [full],
    false,
    { name: 'Playwright’s Chromium', channel: 'chromium' },
  ],
  ['Playwright’s whole browser for a window', [full, shell], true, { name: 'Playwright’s Chromium' }],
  ['no shell for a window', [shell], true, undefined],
  ['no browser of another revision', [`${full}0`, `${shell}0`], false, undefined],
]

for (const [what, there, headed, found] of cases)
  test(`finds ${what}, where Playwright itself looks and without loading it`, async () => {
    const cache = mkdtempSync(join(tmpdir(), 'verbatim-browsers-'))
    try {
      for (const name of there) touch(join(cache, name, 'INSTALLATION_COMPLETE'))
      const choice = { env: { PLAYWRIGHT_BROWSERS_PATH: cache, PATH: '' }, platform: 'linux' as const, headed }
      expect(await findBrowser({ ...choice, wanted: 'chromium' })).toEqual(found)
      if (found) expect(await findBrowser(choice)).toEqual(found)
    } finally {
      rmSync(cache, { recursive: true, force: true })
    }
  })

for (const [headed, name] of [
  [false, 'chromium-headless-shell'],
  [true, 'chromium'],
] as const)
  test(`takes ${name} of those on the path ${headed ? 'for' : 'without'} a window`, async () => {
    const bin = mkdtempSync(join(tmpdir(), 'verbatim-browsers-'))
    try {
      for (const each of ['chromium', 'chromium-headless-shell']) touch(join(bin, each))
      const env = { PLAYWRIGHT_BROWSERS_PATH: join(bin, 'none'), PATH: bin }
      const path = join(bin, name)
      const found = await findBrowser({ wanted: 'chromium', env, platform: 'linux', headed })
      expect(found).toEqual({ name: `Chromium (${path})`, executablePath: path })
    } finally {
      rmSync(bin, { recursive: true, force: true })
    }
  })

function touch(path: string) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '')
  chmodSync(path, 0o755)
}
