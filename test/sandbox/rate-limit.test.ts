import { Agent } from 'node:https'
import { test as base } from '@playwright/test'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import type { Sandbox, SandboxDefinition } from '../../src/sandbox/sandbox.ts'
import { arm, collect, connect, failureOf, send } from './clients.ts'
import { expect } from './sandbox-fixture.ts'

/** A sandbox whose clock for rate limits moves only when told to. */
const test = base.extend<{ slow: { sandbox: Sandbox; wait(seconds: number): void } }>({
  slow: async ({}, use) => {
    let now = 0
    const sandbox = await startSandbox({ pace: 'realistic', now: () => now })
    await use({ sandbox, wait: seconds => void (now += seconds * 1000) })
    await sandbox.stop()
  },
})

const groups = '/resourcegroups?api-version=2021-04-01'
const left = 'x-ms-ratelimit-remaining-subscription-'

test('gives 250 reads at once and 25 more a second, and tells what is left', async ({ slow }) => {
  const { definition } = slow.sandbox
  const read = await reader(definition)
  const first = await read(groups)
  expect([first.headers[`${left}reads`], first.headers[`${left}global-reads`]]).toEqual(['249', '3749'])
  expect(first.headers).not.toHaveProperty(`${left}writes`)
  await Promise.all(Array.from({ length: 248 }, () => read(groups)))
  expect((await read(groups)).headers[`${left}reads`]).toBe('0')

  const refused = await read(groups)
  expect(refused.status).toBe(429)
  expect(refused.headers).toMatchObject({ 'retry-after': '1', 'x-ms-failure-cause': 'gateway', [`${left}reads`]: '0' })
  expect(refused.json()).toEqual({
    error: {
      code: 'SubscriptionRequestsThrottled',
      message: `Number of requests for subscription '${definition.subscription}' and operation 'GET/SUBSCRIPTIONS/RESOURCEGROUPS' exceeded the backend storage limit. Please try again after '1' seconds.`,
    },
  })
  expect(refused.headers[`${left}global-reads`]).toBe(String(3750 - 250))

  slow.wait(1)
  const again = await Promise.all(Array.from({ length: 26 }, () => read(groups)))
  expect(again.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 25 }, () => 200), 429])
  slow.wait(1000)
  expect((await read(groups)).headers[`${left}reads`]).toBe('249')
})

test('counts reads, writes and deletes apart, and each principal and the tenant too', async ({ slow }) => {
  const { definition, programs } = slow.sandbox
  const [read, other] = [await reader(definition), await reader(definition, programs.reader)]
  await Promise.all(Array.from({ length: 250 }, () => read(groups)))
  expect((await read(groups)).status).toBe(429)
  const written = await arm(definition, 'PUT', '/resourcegroups/rg1?api-version=2021-04-01', {
    body: { location: 'westus' },
  })
  expect([written.status, written.headers[`${left}writes`]]).toEqual([201, '199'])
  const deleted = await arm(definition, 'DELETE', '/resourcegroups/rg1?api-version=2021-04-01')
  expect([deleted.status, deleted.headers[`${left}deletes`]]).toEqual([202, '199'])
  expect((await other(groups)).headers).toMatchObject({ [`${left}reads`]: '249', [`${left}global-reads`]: '3499' })
  const tenants = await read('/tenants?api-version=2022-12-01', '')
  expect([tenants.status, tenants.headers['x-ms-ratelimit-remaining-tenant-reads']]).toEqual([200, '249'])
})

test('throttles behind the token, the api-version and the subscription, and before all else', async ({ slow }) => {
  const { definition } = slow.sandbox
  const read = await reader(definition)
  await Promise.all(Array.from({ length: 250 }, () => read(groups)))
  const vault = '/resourceGroups/none/providers/Microsoft.Nowhere/vaults/v1?api-version=2021-04-01'
  const refused = await read(vault)
  expect(refused.status).toBe(429)
  expect(refused.text).toContain("'GET/SUBSCRIPTIONS/RESOURCEGROUPS/PROVIDERS/MICROSOFT.NOWHERE/VAULTS'")
  expect((await read('/resourcegroups')).json()).toMatchObject({ error: { code: 'MissingApiVersionParameter' } })
  const unknown = await read('/subscriptions/00000000-0000-0000-0000-000000000000' + groups, '')
  expect(unknown.json()).toMatchObject({ error: { code: 'SubscriptionNotFound' } })
  const url = `${definition.resourceManager}/subscriptions/${definition.subscription}${groups}`
  const nobody = await send(definition, url)
  expect(nobody.status).toBe(401)
  expect(nobody.headers).not.toHaveProperty(`${left}reads`)
})

test('tells what providers allow, and refuses for a provider that has had enough', async ({
  slow: { sandbox, wait },
}) => {
  const { definition } = sandbox
  const read = await reader(definition)
  await arm(definition, 'PUT', '/resourcegroups/rg1?api-version=2021-04-01', { body: { location: 'westus' } })
  const vaults = '/providers/Microsoft.RecoveryServices/vaults?api-version=2024-04-01'
  const requests = 'x-ms-ratelimit-remaining-subscription-resource-requests'
  expect([(await read(vaults)).headers[requests], (await read(vaults)).headers[requests]]).toEqual(['499', '498'])
  const machine = '/resourceGroups/rg1/providers/Microsoft.Compute/virtualMachines/vm1?api-version=2024-07-01'
  const refused = await arm(definition, 'PUT', machine, { body: { location: 'westus' } })
  expect([refused.status, refused.headers['x-ms-ratelimit-remaining-resource']]).toEqual([
    400,
    'Microsoft.Compute/PutVM3Min;239,Microsoft.Compute/PutVM30Min;1199',
  ])
  const accounts = '/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01'
  for (let round = 0; round < 4; round++) {
    await Promise.all(Array.from({ length: 200 }, () => read(accounts)))
    wait(8.5)
  }
  await Promise.all(Array.from({ length: 100 }, () => read(accounts)))
  const throttled = await read(accounts)
  expect([throttled.status, throttled.json()]).toMatchObject([
    429,
    {
      error: {
        code: 'ResourceRequestsThrottled',
        message: expect.stringContaining(
          "action 'Microsoft.Storage/storageAccounts/read' exceeded the limit of '800' for time interval '00:05:00'",
        ),
      },
    },
  ])
  expect(Number(throttled.headers['retry-after'])).toBeGreaterThan(0)
})

test('lets the SDK wait as long as Retry-After says', async ({ slow: { sandbox, wait } }) => {
  const { definition } = sandbox
  const { resources } = connect(definition)
  const read = await reader(definition)
  await Promise.all(Array.from({ length: 250 }, () => read(groups)))
  const listing = collect(resources.resourceGroups.list())
  await expect.poll(() => sandbox.requests.some(({ status }) => status === 429)).toBe(true)
  wait(1)
  expect(await failureOf(listing)).toBeUndefined()
})

test('has room for a hundred clients of one program at the fast pace', async () => {
  let now = 0
  const sandbox = await startSandbox({ now: () => now })
  const read = await reader(sandbox.definition)
  const first = await read(groups)
  expect([first.headers[`${left}reads`], first.headers[`${left}global-reads`]]).toEqual(['24999', '374999'])
  await Promise.all(Array.from({ length: 124 }, () => read(groups)))
  now += 100
  expect((await read(groups)).headers[`${left}reads`]).toBe('24999')
  await sandbox.stop()
})

/** Reads as a program with one token; `path` starts behind the subscription, unless another root is given. */
async function reader(
  definition: SandboxDefinition,
  program: { clientId: string; clientSecret: string } = definition.credential,
) {
  const { token } = await connect(definition, program).credential.getToken(`${definition.audience}/.default`)
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  return (path: string, root = `/subscriptions/${definition.subscription}`) =>
    send(definition, definition.resourceManager + root + path, { headers: { authorization: `Bearer ${token}` }, agent })
}
