import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test as base, type Page } from '@playwright/test'
import type { Action } from '../../../src/action/action.ts'
import type { CloudDefinition } from '../../../src/cloud/definition.ts'
import type { ResourceManager } from '../../../src/cloud/resource-manager.ts'
import { tellingPutAway, type Driver } from '../../../src/execution/portal/driver.ts'
import { StepFailure } from '../../../src/execution/step-failure.ts'
import type { Outcome } from '../../../src/execution/surface.ts'
import type { PlannedAction, PlannedStep } from '../../../src/plan/plan.ts'
import { planOf } from '../../plan/plan-of.ts'

/** The folder of small pages and what Chromium says of them. */
export const screens = fileURLToPath(new URL('../../../fixtures/screens/', import.meta.url))

export const place = {
  path: 'article.md',
  start: { line: 7, column: 5, offset: 90 },
  end: { line: 7, column: 20, offset: 105 },
}

/** A page of the portal's host, and what drives it. */
export interface World {
  page: Page
  driver: Driver
  /** Shows a page, by its HTML or by the name of a stored one. */
  show(html: string): Promise<void>
  /** Carries an action out. */
  perform(
    handler: (planned: PlannedAction, driver: Driver) => Promise<Outcome>,
    action: Wanted,
    more?: Partial<PlannedAction>,
  ): Promise<Outcome>
  /** Carries an action out that fails. */
  fail: (...words: Parameters<World['perform']>) => Promise<StepFailure>
}

/** An action without what every test would say. */
type Wanted = { do: Action['do']; target?: string; value?: string; when?: string; where?: string[] }

export const test = base.extend<{ limit: number; title: string; world: World }>({
  /** How long an action may take, in milliseconds. */
  limit: [2_000, { option: true }],
  /** The text of the step. */
  title: ['Do it.', { option: true }],
  viewport: { width: 1600, height: 1200 },
  world: async ({ page, limit, title }, use) => {
    const pages = new Map<string, string>()
    await page.context().route(/^https:\/\/(?:portal|frame)\.example\//, async route => {
      const { pathname } = new URL(route.request().url())
      const html = pages.get(pathname) ?? readFileSync(`${screens}${pathname.slice(1)}`, 'utf8')
      await route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
    })
    const driver = driverOf(page, limit, title)
    const perform: World['perform'] = (handler, { where = [], ...action }, more = {}) => {
      const said = { ...action, where, place } as Action
      return tellingPutAway(driver, () => handler({ action: said, said, ...more }, driver))
    }
    await use({
      page,
      driver,
      async show(html) {
        if (html.includes('<')) pages.set('/page.html', `<!doctype html><title>Try it</title>${html}`)
        await page.goto(`https://portal.example/${html.includes('<') ? 'page.html' : html}`)
      },
      perform,
      async fail(...words) {
        const error = await perform(...words).then(
          () => undefined,
          (reason: unknown) => reason,
        )
        expect(error).toBeInstanceOf(StepFailure)
        return error as StepFailure
      },
    })
  },
})

export { expect } from '@playwright/test'

function driverOf(page: Page, limit: number, title: string): Driver {
  const plan = planOf('# Empty\n', { runbook: { limits: { action: limit / 1000, step: 10 } } })
  const step: PlannedStep = { id: 's1', number: '1', procedure: 'Do', title, place, actions: [], images: [] }
  return {
    page,
    surroundings: {
      plan,
      cloud: {
        rehearsal: true,
        portal: 'https://portal.example',
        entra: 'https://login.example',
        portalHosts: ['portal.example', 'frame.example', 'login.example'],
      } as CloudDefinition,
      manager: {} as ResourceManager,
      locations: async () => [],
      whenNeeded: () => Promise.resolve(),
      secrets: { password: 'canary-7431' },
      output: '',
    },
    step,
    lastBox: undefined,
    lastSearch: undefined,
    remarkedPlaces: new Set(),
    setFields: [],
    putAway: [],
  }
}
