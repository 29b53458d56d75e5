import type { Page } from '@playwright/test'
import type { CloudDefinition } from '../../../src/cloud/definition.ts'
import { signIn } from '../../../src/execution/portal/sign-in.ts'
import { expect, test, type World } from './world.ts'

const ours = '8f4f2f3e-6f0f-4d39-9d2c-0c9f3d6b7a11'
const theirs = '11111111-2222-4333-8444-555555555555'

interface Portal {
  tenant?: string
  language?: string
  /** What Resource Manager answers for the run's subscription: the first answers in order, then the last for ever. */
  answers?: number[]
}

/** A portal that reads the subscriptions when it opens, as its person. */
async function openPortal({ driver }: World, page: Page, { tenant = ours, language = 'en', answers = [200] }: Portal) {
  const claims = Buffer.from(JSON.stringify({ tid: tenant })).toString('base64url')
  const token = `${Buffer.from('{}').toString('base64url')}.${claims}.x`
  await page.route('https://portal.example/?l=en.en-us', route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="${language}"><title>Home</title>
        <input type="search" aria-label="Search resources, services, and docs (G+/)">
        <button aria-label="Account menu Currently signed in as avery@contoso.example">A</button>
        <script>fetch('https://management.example/subscriptions', { headers: { authorization: 'Bearer ${token}' } })</script>`,
    }),
  )
  const left = [...answers]
  await page.route('https://management.example/**', route => {
    const status = route.request().method() === 'OPTIONS' ? 204 : left.length > 1 ? left.shift() : left[0]
    const allowed = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization' }
    return route.fulfill({ status: status ?? 200, headers: allowed, body: '{}' })
  })
  const cloud = { resourceManager: 'https://management.example', tenant: ours, subscription: 'subscription-1' }
  Object.assign(driver.surroundings.cloud as CloudDefinition, cloud)
}

test('signs in where the portal is the run’s', async ({ world, page }) => {
  await openPortal(world, page, {})
  const { effect } = await world.perform(signIn, { do: 'signIn' })
  expect(effect).toContain('avery@contoso.example')
})

test('waits for a token that the portal renews', async ({ world, page }) => {
  await openPortal(world, page, { answers: [401, 401, 200] })
  await world.perform(signIn, { do: 'signIn' })
})

const wrong: [what: string, portal: Portal, rule: string, says: string][] = [
  ['in another directory', { tenant: theirs }, 'wrong-directory', theirs],
  ['in another language', { language: 'de' }, 'portal-language', 'de'],
  ['without a language', { language: '' }, 'portal-language', 'no language'],
  ['without the run’s subscription', { answers: [200, 404] }, 'subscription-not-visible', 'subscription-1'],
  ['that may not see the subscription', { answers: [200, 403] }, 'subscription-not-visible', 'subscription-1'],
  ['whose session was ended', { answers: [401] }, 'not-signed-in', 'session was ended'],
]

for (const [what, portal, rule, says] of wrong)
  test(`blames the surroundings for a portal ${what}`, async ({ world, page }) => {
    await openPortal(world, page, portal)
    const failure = await world.fail(signIn, { do: 'signIn' })
    expect({ rule: failure.problem.rule, verdict: failure.verdict }).toEqual({ rule, verdict: 'environment' })
    expect(failure.message).toContain(says)
    expect(failure.problem.remedy).not.toBe('')
  })

test.describe('in a window that is too small', () => {
  test.use({ viewport: { width: 1000, height: 800 } })

  test('nothing is begun', async ({ world, page }) => {
    await openPortal(world, page, {})
    const failure = await world.fail(signIn, { do: 'signIn' })
    expect(failure.problem.rule).toBe('window-too-small')
  })
})
