import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameLocator, Locator, Page } from '@playwright/test'
import { test as base } from '@playwright/test'
import { globSync } from 'tinyglobby'
import type { PortalPace } from '../../../src/sandbox/portal/app/settings.ts'
import type { DriftName, Era } from '../../../src/sandbox/portal/traits.ts'
import { traitsOf } from '../../../src/sandbox/portal/traits.ts'
import type { Sandbox } from '../../../src/sandbox/sandbox.ts'
import { startSandbox } from '../../../src/sandbox/sandbox.ts'

const root = join(import.meta.dirname, '../../..')

/** A sandbox of one era, and somebody signed in to its portal. */
export interface World {
  sandbox: Sandbox
  page: Page
  /** What the pages' scripts complained about. */
  problems: string[]
  /** Where the content of the blade on show is, when that is a frame. */
  frame(name: string): FrameLocator
  /** Where the overview of a resource is: in a frame since 2026. */
  overview(): Locator
}

export interface PortalOptions {
  era: Era
  drifts: readonly DriftName[]
  seed: number
  pace: PortalPace
}

/** Tests of the sandbox's portal: `test.use({ era, seed })` chooses it, `signIn` opens it. */
export const test = base.extend<PortalOptions & { world: World }, { bundle: void }>({
  era: ['2026', { option: true }],
  drifts: [[], { option: true }],
  seed: [1, { option: true }],
  pace: ['brisk', { option: true }],
  viewport: { width: 1600, height: 1000 },
  bundle: [
    async ({}, use) => {
      checkBundle()
      await use()
    },
    { scope: 'worker', auto: true },
  ],
  world: async ({ browser, era, drifts, seed, pace, viewport }, use, testInfo) => {
    const sandbox = await startSandbox({ portalEra: era, portalDrifts: drifts, seed, portalPace: pace })
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport, locale: 'en-US' })
    const page = await context.newPage()
    const problems: string[] = []
    const frame = (name: string) =>
      page.frameLocator(`.fxs-blade-active iframe.fxs-reactview-frame-active[name="${name}.ReactView"]`)
    page.on('pageerror', error => problems.push(error.stack ?? error.message))
    page.on('console', message => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await use({
      sandbox,
      page,
      problems,
      frame,
      overview: () =>
        traitsOf(era, drifts).overviewInFrame
          ? frame('ResourceOverview').locator('body')
          : page.locator('.fxs-blade-active'),
    })
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('page', { body: await page.screenshot(), contentType: 'image/png' })
      await testInfo.attach('console', { body: problems.join('\n'), contentType: 'text/plain' })
    }
    await context.close()
    await sandbox.stop()
  },
})

export { expect } from '@playwright/test'

/** Signs in with user name and password, and waits for the shell. */
export async function signIn({ page, sandbox }: World, hash = '') {
  const { portal, person } = sandbox.definition
  await page.goto(`${portal}/${hash}`, { waitUntil: 'domcontentloaded' })
  await page.locator('input[name=loginfmt]').fill(person.userName)
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=passwd]').fill(person.password)
  await page.locator('#idSIButton9').click()
  await page.locator('#idBtn_Back').click()
  await searchBox(page).waitFor()
}

export function searchBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Search resources, services, and docs (G+/)' })
}

/** What a person does who sees no reaction: types again until the popup answers with the wanted option in that section. */
export async function search(page: Page, text: string, section: string, option: string): Promise<Locator> {
  const found = page
    .getByRole('listbox', { name: 'List of search results' })
    .getByRole('group', { name: section, exact: true })
    .getByRole('option')
    .filter({ has: page.getByText(option, { exact: true }) })
  await base
    .expect(async () => {
      await searchBox(page).fill('')
      await searchBox(page).pressSequentially(text)
      await found.waitFor({ timeout: 700 })
    })
    .toPass({ timeout: 15_000 })
  return found
}

/** The portal is tested as it is built, so a stale bundle would pass for the sources. */
function checkBundle() {
  const bundle = join(root, 'dist/portal/shell.js')
  const sources = globSync('src/sandbox/portal/app/**/*', { cwd: root, absolute: true })
  const newest = Math.max(...sources.map(path => statSync(path).mtimeMs))
  if (existsSync(bundle) && statSync(bundle).mtimeMs >= newest) return
  throw new Error('dist/portal is missing or older than its sources: run "npm run build:portal" first.')
}
