import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import { totp } from '../../src/sandbox/entra/totp.ts'
import type { SandboxDefinition, SandboxPerson } from '../../src/sandbox/sandbox.ts'
import { browserOptions } from '../sandbox/browser.ts'
import { test, type World } from './verbatim-fixture.ts'

const article = `# Look around

## Open the portal

1. Sign in to the [Azure portal](https://portal.azure.com).
`

/** A browser that listens to the test, too: the test is the person in front of it. */
function watchedBrowser({ folder, write }: World): { said: () => string } {
  const path = browserOptions().executablePath ?? chromium.executablePath()
  write({
    'browser.sh': `#!/bin/sh\nexec '${path}' --remote-debugging-port=0 "$@" 2>'${join(folder, 'browser.log')}'\n`,
    'verbatim.config.yaml': 'browser: ./browser.sh\n',
  })
  chmodSync(join(folder, 'browser.sh'), 0o755)
  const log = join(folder, 'browser.log')
  return { said: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') }
}

/** Signs in as people do, in a page that another program has opened. */
async function play(page: Page, { userName, password, totpSecret }: SandboxPerson, stay: 'Yes' | 'No'): Promise<void> {
  await page.locator('input[name=loginfmt]').fill(userName)
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=passwd]').fill(password)
  await page.locator('#idSIButton9').click()
  if (totpSecret) {
    await page.locator('input[name=otc]').fill(totp(totpSecret))
    await page.locator('#idSubmit_SAOTCC_Continue').click()
  }
  await page.locator(stay === 'Yes' ? '#idSIButton9' : '#idBtn_Back').click()
}

async function logIn(world: World, person: SandboxPerson, stay: 'Yes' | 'No', ...more: string[]) {
  const browser = watchedBrowser(world)
  const login = world.start(['login', '--cloud', 'cloud.json', '--headless', ...more], { env: own(world) })
  await login.said('Sign in to https://')
  const address = await expect
    .poll(() => /DevTools listening on (ws:\S+)/.exec(browser.said())?.[1])
    .toBeTruthy()
    .then(() => /DevTools listening on (ws:\S+)/.exec(browser.said())?.[1] ?? '')
  const remote = await chromium.connectOverCDP(address)
  const page = remote.contexts()[0]?.pages()[0]
  if (!page) throw new Error('The browser shows no page.')
  await play(page, person, stay)
  await login.ended
  await remote.close()
  return login.ended
}

const own = ({ folder }: World) => ({ XDG_CONFIG_HOME: join(folder, 'config') })

function withoutPerson({ person, ...definition }: SandboxDefinition): SandboxDefinition {
  expect(person.userName).not.toBe('')
  return definition as SandboxDefinition
}

/** Ends everybody's sign-in, as an administrator can. */
async function signEverybodyOut({ resourceManager, certificateAuthority }: SandboxDefinition): Promise<void> {
  const send = (method: string, path: string, body: unknown) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'x-verbatim-sandbox': 'control', 'content-type': 'application/json' }
      const call = request(`${resourceManager}${path}`, { method, ca: certificateAuthority, headers }, response => {
        response.resume()
        response.once('end', resolve)
      })
      call.once('error', reject)
      call.end(JSON.stringify(body))
    })
  await send('POST', '/_sandbox/faults', [{ do: 'expire', times: 1 }])
  await send('GET', '/providers?api-version=2021-04-01', undefined)
}

test.describe.configure({ mode: 'parallel', timeout: 240_000 })

test('a person signs in once, and runs and doctor use the session until it ends', async ({ world, attached }) => {
  const { definition } = attached
  world.write({ 'cloud.json': JSON.stringify(withoutPerson(definition)), 'article.md': article })
  const before = await world.verbatim(['run', 'article.md', '--cloud', 'cloud.json'], { env: own(world) })
  expect(before.code).toBe(2)
  expect(before.stderr).toContain('names nobody who could sign in to its portal')
  expect(before.stderr).toContain('verbatim login --cloud cloud.json')

  const { code, stdout, stderr } = await logIn(world, definition.people[1] ?? definition.person, 'Yes')
  expect(code, stdout + stderr).toBe(0)
  expect(stdout).toMatch(/It expires on \d{4}-\d\d-\d\d at \d\d:\d\d UTC/)
  const file = join(world.folder, /stored in (\S+?\.json)/.exec(stdout)?.[1] ?? 'nowhere')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  world.write({ 'verbatim.config.yaml': '' })

  const run = await world.verbatim(['run', 'article.md', '--cloud', 'cloud.json', '--output', 'out'], {
    env: own(world),
  })
  expect(run.code, run.stdout + run.stderr).toBe(0)
  const doctor = await world.verbatim(['doctor', '--cloud', 'cloud.json', '--json'], { env: own(world) })
  expect(doctor.code, doctor.stdout).toBe(0)
  expect(JSON.parse(doctor.stdout)).toMatchObject({
    ready: true,
    checks: expect.arrayContaining([
      expect.objectContaining({ name: 'portal session', status: 'ok', message: expect.stringContaining('expires on') }),
      expect.objectContaining({ name: 'portal', status: 'ok' }),
    ]),
  })

  await signEverybodyOut(definition)
  const ended = await world.verbatim(['run', 'article.md', '--cloud', 'cloud.json', '--output', 'ended'], {
    env: own(world),
  })
  expect(ended.code, ended.stdout).toBe(3)
  expect(world.result('ended').articles[0]?.steps[0]?.error).toMatchObject({
    rule: 'not-signed-in',
    message: expect.stringContaining('session'),
  })
  const told = await world.verbatim(['doctor', '--cloud', 'cloud.json'], { env: own(world) })
  expect(told.code, told.stdout).toBe(3)
  expect(told.stdout).toContain('The stored session is not signed in any more.\n    verbatim login --cloud cloud.json')

  const state = JSON.parse(readFileSync(file, 'utf8')) as { cookies: { expires: number }[] }
  for (const cookie of state.cookies) cookie.expires = 1_700_000_000
  writeFileSync(file, JSON.stringify(state))
  const over = await world.verbatim(['run', 'article.md', '--cloud', 'cloud.json'], { env: own(world) })
  expect(over.code).toBe(3)
  expect(over.stderr).toMatch(/expired on 2023-11-14 at 22:13 UTC.\nSign in with `verbatim login --cloud cloud.json`/)
})

test('a session without “Stay signed in?” tells that its end is not known', async ({ world, attached }) => {
  const { code, stdout } = await logIn(world, attached.definition.person, 'No', '--output', 'mine.json')
  expect(code, stdout).toBe(0)
  expect(stdout).toContain('Its cookies tell no end')
  expect(stdout).toContain('VERBATIM_STORAGE_STATE')
  expect(statSync(join(world.folder, 'mine.json')).mode & 0o777).toBe(0o600)
})

test('nobody who signs in in time leaves no session', async ({ world, attached }) => {
  expect(attached.definition.portal).toContain('https://')
  const { code, stderr } = await world.verbatim(
    ['login', '--cloud', 'cloud.json', '--headless', '--wait', '0.02', '--output', 'mine.json'],
    { env: own(world) },
  )
  expect(code, stderr).toBe(3)
  expect(stderr).toContain('Nobody signed in in time.')
  expect(existsSync(join(world.folder, 'mine.json'))).toBe(false)
})

test('two articles at once sign in with a second factor, though each code is taken once', async ({
  world,
  attached,
}) => {
  const person = attached.definition.people[1]
  const { totpSecret = '', ...rest } = person ?? attached.definition.people[0] ?? { userName: '', password: '' }
  const definition = { ...attached.definition, person: { ...rest, totpSecret: { env: 'ROBIN_TOTP' } } }
  world.write({
    'cloud.json': JSON.stringify(definition),
    'one.md': article,
    'two.md': article.replace('around', 'on'),
  })
  const run = ['run', 'one.md', 'two.md', '--cloud', 'cloud.json', '--output', 'out']
  const { code, stdout, stderr } = await world.verbatim(run, { env: { ROBIN_TOTP: totpSecret } })
  // Entra refuses a code that was taken before, so both can only pass with codes of their own.
  expect(code, stdout + stderr).toBe(0)
  expect(readFileSync(join(world.folder, 'out', 'result.json'), 'utf8')).not.toContain(totpSecret)
})

test('without the secret of the second factor, the surroundings are blamed', async ({ world, attached }) => {
  const { userName = '', password = '' } = attached.definition.people[1] ?? {}
  world.write({
    'cloud.json': JSON.stringify({ ...attached.definition, person: { userName, password } }),
    'article.md': article,
  })
  const { code, stdout } = await world.verbatim(['run', 'article.md', '--cloud', 'cloud.json', '--output', 'out'])
  expect(code, stdout).toBe(3)
  expect(world.result('out').articles[0]?.steps[0]).toMatchObject({
    verdict: 'environment',
    error: { rule: 'not-signed-in', message: expect.stringContaining('second factor') },
  })
})

test('somebody who can’t see the run’s subscription is found out before anything is touched', async ({ world }) => {
  const sandbox = world.start(['sandbox', '--json', '--people', '1'])
  const definition = JSON.parse(await sandbox.said(/^\}/m)) as SandboxDefinition
  const { userName = '', password = '' } = definition.people.at(-1) ?? {}
  world.write({
    'cloud.json': JSON.stringify({ ...definition, person: { userName, password } }),
    'article.md': article,
  })
  const { code, stdout } = await world.verbatim(['run', 'article.md', '--cloud', 'cloud.json', '--output', 'out'])
  expect(code, stdout).toBe(3)
  expect(world.result('out').articles[0]?.steps[0]).toMatchObject({
    verdict: 'environment',
    error: { rule: 'subscription-not-visible' },
  })
})
