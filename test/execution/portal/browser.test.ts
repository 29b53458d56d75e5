import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import { findBrowser } from '../../../src/execution/portal/browser.ts'

test('Playwright’s own Chromium is found where Playwright itself looks for it, without loading Playwright', async () => {
  // > <cache>/ms-playwright/chromium-1234/chrome-linux64/chrome
  const name = /[\\/](chromium-\d+)[\\/]/.exec(chromium.executablePath())?.[1] ?? 'chromium'
  const cache = mkdtempSync(join(tmpdir(), 'verbatim-browsers-'))
  try {
    const choice = { env: { PLAYWRIGHT_BROWSERS_PATH: cache }, platform: 'linux' as const }
    expect((await findBrowser(choice))?.name).not.toBe('Playwright’s Chromium')
    const marker = join(cache, name, 'INSTALLATION_COMPLETE')
    mkdirSync(dirname(marker))
    writeFileSync(marker, '')
    expect(await findBrowser(choice)).toEqual({ name: 'Playwright’s Chromium' })
    expect(await findBrowser({ ...choice, wanted: 'chromium' })).toEqual({ name: 'Playwright’s Chromium' })
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
})
