import { createHash, randomUUID } from 'node:crypto'
import { test as base, expect } from '@playwright/test'
import type { APIRequestContext, Page } from '@playwright/test'
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose'
import { createCertificateAuthority } from '../../../src/sandbox/certificate-authority.ts'
import type { Person } from '../../../src/sandbox/entra/directory.ts'
import { createEntraApp } from '../../../src/sandbox/entra/entra.ts'
import { createTokenSigner } from '../../../src/sandbox/entra/token.ts'
import { createTotpSecret, totp } from '../../../src/sandbox/entra/totp.ts'
import { listen } from '../../../src/sandbox/listener.ts'
import { browserOptions } from '../browser.ts'

const person = { userName: 'ada@example.test', password: 'a pass phrase', objectId: randomUUID(), name: 'Ada' }
const careful = {
  userName: 'grace@example.test',
  password: 'another pass phrase',
  totpSecret: createTotpSecret(),
  objectId: randomUUID(),
  name: 'Grace',
}

const leaver = { userName: 'lea@example.test', password: 'old pass phrase', objectId: randomUUID(), name: 'Lea' }

interface Relying {
  origin: string
  clientId: string
  clientSecret: string
  tenant: string
  redirectUri: string
  /** What the last sign-in posted back. */
  posted: URLSearchParams[]
  /** Moves Entra's clock. */
  wait(minutes: number): void
  /** Blocks `leaver` from signing in. */
  disable(): void
}

/** An Entra with one person, and an application that shows "welcome" and keeps what is posted to it. */
const test = base.extend<{ entra: Relying }>({
  browserName: 'chromium',
  ignoreHTTPSErrors: true,
  launchOptions: browserOptions(),
  entra: async ({}, use) => {
    const authority = createCertificateAuthority()
    const [entra, application] = await Promise.all([listen(authority.server), listen(authority.server)])
    const redirectUri = `https://localhost:${application.port}/signin/index/`
    const client = { clientId: randomUUID(), clientSecret: 'hush', objectId: randomUUID(), name: 'Shop' }
    const tenant = randomUUID()
    const posted: URLSearchParams[] = []
    const left: Person = { ...leaver }
    let now = 0
    const directory = {
      tenant,
      tenantName: 'Example',
      tenantDomain: 'example.test',
      applications: [{ ...client, redirectUris: [redirectUri] }],
      people: [person, careful, left],
      resources: ['https://api.example.test'],
    }
    const app = createEntraApp(directory, createTokenSigner(), () => now)
    entra.serve((request, env) => app.fetch(request, env))
    application.serve(async request => {
      if (request.method === 'POST') posted.push(new URLSearchParams(await request.text()))
      return new Response('welcome')
    })
    await use({
      origin: `https://localhost:${entra.port}`,
      ...client,
      tenant,
      redirectUri,
      posted,
      wait: minutes => void (now += minutes * 60_000),
      disable: () => void (left.disabled = true),
    })
    await Promise.all([entra.close(), application.close()])
  },
})

function authorizeUrl(entra: Relying, changes: Record<string, string> = {}) {
  const query = new URLSearchParams({
    client_id: entra.clientId,
    redirect_uri: entra.redirectUri,
    response_type: 'code id_token',
    response_mode: 'form_post',
    scope: 'openid profile offline_access https://api.example.test/.default',
    state: 'the state',
    nonce: 'the nonce',
    ...changes,
  })
  return `${entra.origin}/organizations/oauth2/v2.0/authorize?${query.toString()}`
}

async function signIn(page: Page, stay: 'Yes' | 'No', who: Pick<Person, 'userName' | 'password'> = person) {
  await page.getByPlaceholder('Email, phone, or Skype').fill(who.userName)
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=passwd]').fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Stay signed in?' })).toBeVisible()
  await page.getByRole('button', { name: stay, exact: true }).click()
  await expect(page.getByText('welcome')).toBeVisible()
}

test('signs a person in and posts a code and an id token back', async ({ page, entra, request }) => {
  await page.goto(authorizeUrl(entra))
  await expect(page.getByText('This is the Verbatim sandbox')).toBeVisible()
  await signIn(page, 'No')
  const answer = entra.posted[0]
  expect(answer?.get('state')).toBe('the state')
  const keys = createRemoteJWKSet(new URL(`${entra.origin}/${entra.tenant}/discovery/v2.0/keys`), {
    [customFetch]: async (url: string) => {
      const response = await request.get(url)
      return new Response(await response.text(), { status: response.status() })
    },
  })
  const { payload } = await jwtVerify(answer?.get('id_token') ?? '', keys, { audience: entra.clientId })
  expect(payload).toMatchObject({ nonce: 'the nonce', preferred_username: person.userName, tid: entra.tenant })
})

test('redeems a code once, for tokens of the person, and only with the right verifier', async ({
  page,
  entra,
  request,
}) => {
  const verifier = 'v'.repeat(43)
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const url = authorizeUrl(entra, { response_type: 'code', code_challenge: challenge, code_challenge_method: 'S256' })
  await page.goto(url)
  await signIn(page, 'No')
  const redeem = async (changes: Record<string, string>) => {
    const form = {
      grant_type: 'authorization_code',
      client_id: entra.clientId,
      client_secret: entra.clientSecret,
      code: entra.posted.at(-1)?.get('code') ?? '',
      redirect_uri: entra.redirectUri,
      ...changes,
    }
    const response = await request.post(`${entra.origin}/${entra.tenant}/oauth2/v2.0/token`, { form })
    return { status: response.status(), body: (await response.json()) as Record<string, string> }
  }
  const good = await redeem({ code_verifier: verifier })
  expect(decodeJwt(good.body['access_token'] ?? '')).toMatchObject({
    aud: 'https://api.example.test',
    upn: person.userName,
    oid: person.objectId,
  })
  expect((await redeem({ code_verifier: verifier })).body['error_description']).toContain('AADSTS54005')
  const refreshed = await redeem({ grant_type: 'refresh_token', refresh_token: good.body['refresh_token'] ?? '' })
  expect(refreshed.status).toBe(200)

  await page.goto(url)
  await expect(page.getByText('welcome')).toBeVisible()
  expect((await redeem({ code_verifier: 'another' })).body['error_description']).toContain('AADSTS501481')
})

test('says which of user name and password is wrong', async ({ page, entra }) => {
  await page.goto(authorizeUrl(entra))
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('alert')).toHaveText('Enter a valid email address, phone number, or Skype name.')
  await page.locator('input[name=loginfmt]').fill('eve@example.test')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('alert')).toContainText('This username may be incorrect.')
  await page.locator('input[name=loginfmt]').fill(person.userName)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.locator('input[name=passwd]').fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('Your account or password is incorrect.')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.locator('input[name=loginfmt]')).toHaveValue(person.userName)
  expect(entra.posted).toHaveLength(0)
})

test('signs in with the Enter key alone', async ({ page, entra }) => {
  await page.goto(authorizeUrl(entra))
  await page.locator('input[name=loginfmt]').fill(person.userName)
  await page.locator('input[name=loginfmt]').press('Enter')
  await page.locator('input[name=passwd]').fill(person.password)
  await page.locator('input[name=passwd]').press('Enter')
  await expect(page.getByRole('heading', { name: 'Stay signed in?' })).toBeVisible()
})

test('asks a person who has an authenticator app for its code', async ({ page, entra }) => {
  await page.goto(authorizeUrl(entra))
  await enterPassword(page)
  await expect(page.getByRole('heading', { name: 'Enter code' })).toBeVisible()
  await expect(page.locator('meta[name=PageID]')).toHaveAttribute('content', 'ConvergedTFA')
  await page.locator('input[name=otc]').fill(totp(careful.totpSecret))
  await page.locator('#idSubmit_SAOTCC_Continue').click()
  await page.getByRole('button', { name: 'No', exact: true }).click()
  await expect(page.getByText('welcome')).toBeVisible()
  expect(decodeJwt(entra.posted[0]?.get('id_token') ?? '')).toMatchObject({ preferred_username: careful.userName })
})

test('says that a code is wrong, and lets the person choose another way, which is the same', async ({
  page,
  entra,
}) => {
  await page.goto(authorizeUrl(entra))
  await enterPassword(page)
  await page.getByLabel('Code').fill('12')
  await page.getByLabel('Code').press('Enter')
  await expect(page.getByRole('alert')).toHaveText("You didn't enter the expected verification code. Please try again.")
  await page.locator('#signInAnotherWay').click()
  await page.locator('[data-value="PhoneAppOTP"]').click()
  await page.getByLabel('Code').fill(totp(careful.totpSecret))
  await page.getByLabel('Code').press('Enter')
  await expect(page.getByRole('heading', { name: 'Stay signed in?' })).toBeVisible()
})

test('takes a code once', async ({ page, entra }) => {
  const code = totp(careful.totpSecret)
  for (const outcome of ['Stay signed in?', 'Enter code']) {
    await page.goto(authorizeUrl(entra, { prompt: 'login' }))
    await enterPassword(page)
    await page.getByLabel('Code').fill(code)
    await page.getByRole('button', { name: 'Verify' }).click()
    await expect(page.getByRole('heading', { name: outcome })).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(outcome === 'Enter code' ? 1 : 0)
  }
})

test('does not let a person past the code who has only the password', async ({ page, entra, request }) => {
  await page.goto(authorizeUrl(entra))
  await enterPassword(page)
  const flow = await page.locator('input[name=flow]').first().inputValue()
  const skipped = await request.post(`${entra.origin}/kmsi`, { form: { flow, stay: 'Yes' } })
  expect(skipped.status()).toBe(400)
  expect(((await skipped.json()) as { error_codes: number[] }).error_codes).toEqual([165000])
})

async function enterPassword(page: Page) {
  await page.locator('input[name=loginfmt]').fill(careful.userName)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.locator('input[name=passwd]').fill(careful.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('remembers a person who stays signed in, and lets them pick their account', async ({ page, context, entra }) => {
  await page.goto(authorizeUrl(entra))
  await signIn(page, 'Yes')
  const cookies = await context.cookies(entra.origin)
  expect(cookies.find(({ name }) => name === 'ESTSAUTHPERSISTENT')?.expires).toBeGreaterThan(Date.now() / 1000)
  await page.goto(authorizeUrl(entra, { prompt: 'select_account' }))
  await expect(page.getByRole('heading', { name: 'Pick an account' })).toBeVisible()
  await page.getByRole('button', { name: `Sign in with ${person.userName} work or school account.` }).click()
  await expect(page.getByText('welcome')).toBeVisible()
  expect(entra.posted).toHaveLength(2)
})

test('forgets everybody at sign-out', async ({ page, context, entra }) => {
  await page.goto(authorizeUrl(entra))
  await signIn(page, 'No')
  expect((await context.cookies(entra.origin)).map(({ name, expires }) => ({ name, expires }))).toEqual([
    { name: 'ESTSAUTH', expires: -1 },
  ])
  await page.goto(`${entra.origin}/organizations/oauth2/v2.0/logout`)
  await expect(page.getByText('You signed out of your account')).toBeVisible()
  await page.goto(authorizeUrl(entra))
  await expect(page.getByPlaceholder('Email, phone, or Skype')).toBeVisible()
})

test('never sends a code to an address that the application did not register', async ({ page, entra }) => {
  const response = await page.goto(authorizeUrl(entra, { redirect_uri: 'https://elsewhere.example.test/' }))
  expect(response?.status()).toBe(400)
  await expect(page.getByText('AADSTS50011')).toBeVisible()
})

test('refuses a code after ten minutes, one that was used and one that never was', async ({ page, entra, request }) => {
  const url = authorizeUrl(entra)
  await page.goto(url)
  await signIn(page, 'No')
  const code = entra.posted.at(-1)?.get('code') ?? ''
  entra.wait(9)
  expect(await redeemCode(entra, request, code)).toMatchObject({ status: 200 })
  expect(await redeemCode(entra, request, code)).toEqual({ status: 400, error: 'invalid_grant', error_codes: [54005] })
  await page.goto(url)
  await expect.poll(() => entra.posted.length).toBe(2)
  entra.wait(10)
  const late = entra.posted.at(-1)?.get('code') ?? ''
  expect(await redeemCode(entra, request, late)).toEqual({ status: 400, error: 'invalid_grant', error_codes: [70008] })
  expect(await redeemCode(entra, request, 'a guess')).toMatchObject({ status: 400, error_codes: [70000] })
})

test('refuses a disabled person on the page, and what is left of their sessions', async ({ page, entra, request }) => {
  await page.goto(authorizeUrl(entra))
  await signIn(page, 'Yes', leaver)
  const { refresh_token: refreshToken = '' } = await redeemCode(entra, request, entra.posted[0]?.get('code') ?? '')
  await page.goto(authorizeUrl(entra))
  await expect.poll(() => entra.posted.length).toBe(2)

  entra.disable()
  const disabled = { status: 400, error: 'invalid_grant', error_codes: [50057] }
  expect(await redeemCode(entra, request, entra.posted[1]?.get('code') ?? '')).toEqual(disabled)
  const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken }
  expect(await redeemCode(entra, request, '', refresh)).toEqual(disabled)
  await page.goto(authorizeUrl(entra))
  await page.getByPlaceholder('Email, phone, or Skype').fill(leaver.userName)
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=passwd]').fill('wrong')
  await page.locator('#idSIButton9').click()
  await expect(page.getByRole('alert')).toContainText('Your account or password is incorrect.')
  await page.locator('input[name=passwd]').fill(leaver.password)
  await page.locator('#idSIButton9').click()
  await expect(page.getByRole('alert')).toContainText('Your account has been locked.')
  expect(entra.posted).toHaveLength(2)
})

interface Redeemed {
  status: number
  error?: string
  error_codes?: number[]
  refresh_token?: string
}

async function redeemCode(
  entra: Relying,
  request: APIRequestContext,
  code: string,
  changes: Record<string, string> = {},
) {
  const form = {
    grant_type: 'authorization_code',
    client_id: entra.clientId,
    client_secret: entra.clientSecret,
    redirect_uri: entra.redirectUri,
    code,
    ...changes,
  }
  const response = await request.post(`${entra.origin}/${entra.tenant}/oauth2/v2.0/token`, { form })
  const { error, error_codes, refresh_token } = (await response.json()) as Omit<Redeemed, 'status'>
  const read: Redeemed = { status: response.status() }
  if (error && error_codes) return { ...read, error, error_codes }
  return { ...read, ...(refresh_token ? { refresh_token } : {}) }
}
