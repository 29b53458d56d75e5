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

/** Entra's pages in the order in which they come, each with a control that leads on; after the last, the portal. */
async function openThroughEntra(world: World, page: Page, pages: string[], person: CloudDefinition['person']) {
  await openPortal(world, page, {})
  let at = 0
  await page.route('https://portal.example/?l=en.en-us', async (route, request) => {
    const signedIn = at >= pages.length
    if (signedIn) await route.fallback()
    else await route.fulfill(leadTo('https://login.example/'))
    expect(request.method()).toBe('GET')
  })
  await page.route('https://login.example/**', async route => {
    if (new URL(route.request().url()).pathname === '/next') at++
    const html = pages[at]
    if (html === undefined) await route.fulfill(leadTo('https://portal.example/?l=en.en-us'))
    else await route.fulfill({ contentType: 'text/html', body: `<!doctype html><form action="/next">${html}</form>` })
  })
  Object.assign(world.driver.surroundings.cloud, { person })
}

/** As a page, because redirects of pages that are made up here reach the network. */
const leadTo = (address: string) => ({
  contentType: 'text/html',
  body: `<!doctype html><script>location.replace('${address}')</script>`,
})

const userNamePage = '<input name="loginfmt"><input type="submit" id="idSIButton9" value="Next">'

test('chooses the certificate on the password page', async ({ world, page }) => {
  const pages = [
    userNamePage,
    '<input type="password" name="passwd"><input type="submit" id="idSIButton9"><a href="/next">Use a certificate or smart card</a>',
    '<input type="submit" id="idBtn_Back" value="No"><input type="submit" id="idSIButton9" value="Yes">',
  ]
  await openThroughEntra(world, page, pages, { userName: 'avery', clientCertificate: { pfx: 'avery.pfx' } })
  const { effect } = await world.perform(signIn, { do: 'signIn' })
  expect(effect).toContain('signed in')
})

test('asks for a code where Entra proposes another second factor', async ({ world, page }) => {
  const pages = [
    userNamePage,
    '<input type="password" name="passwd"><input type="submit" id="idSIButton9" value="Sign in">',
    'Approve sign in request <a id="signInAnotherWay" href="/next">Sign in another way</a>',
    '<a data-value="PhoneAppOTP" href="/next">Use a verification code</a>',
    '<input name="otc"><input type="submit" id="idSubmit_SAOTCC_Continue" value="Verify">',
  ]
  const person = { userName: 'avery', password: 'canary-7431', totpSecret: 'GEZDGNBVGY3TQOJQ' }
  await openThroughEntra(world, page, pages, person)
  const { effect } = await world.perform(signIn, { do: 'signIn' })
  expect(effect).toContain('signed in')
})

test('says what Entra says to a wrong password', async ({ world, page }) => {
  const pages = [
    userNamePage,
    '<input type="password" name="passwd"><input type="submit" id="idSIButton9" value="Sign in">',
    '<div id="passwordError" role="alert">Your account or password is incorrect.</div><input type="password" name="passwd">',
  ]
  await openThroughEntra(world, page, pages, { userName: 'avery', password: 'canary-7431' })
  const failure = await world.fail(signIn, { do: 'signIn' })
  expect(failure.message).toContain('Your account or password is incorrect')
  expect(failure.message).not.toContain('canary')
})

test.describe('in a window that is too small', () => {
  test.use({ viewport: { width: 1000, height: 800 } })

  test('nothing is begun', async ({ world, page }) => {
    await openPortal(world, page, {})
    const failure = await world.fail(signIn, { do: 'signIn' })
    expect(failure.problem.rule).toBe('window-too-small')
  })
})
