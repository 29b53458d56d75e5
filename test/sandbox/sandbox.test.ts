import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { collect, connect, failureOf, quickly, send } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

test('describes itself as plain data', async ({ sandbox: { definition } }) => {
  expect(JSON.parse(JSON.stringify(definition))).toEqual(definition)
  expect(definition).toMatchObject({ name: 'sandbox', rehearsal: true, facts: { portalEra: '2026', seed: 1 } })
  expect(definition.certificateAuthority).toContain('BEGIN CERTIFICATE')
})

test('has other secrets and another authority at every start', async ({ sandbox }) => {
  const other = await startSandbox()
  try {
    const { definition } = other
    expect(definition.credential.clientSecret).not.toBe(sandbox.definition.credential.clientSecret)
    expect(definition.person.password).not.toBe(sandbox.definition.person.password)
    const stranger = { ...definition, certificateAuthority: sandbox.definition.certificateAuthority }
    await expect(send(stranger, definition.resourceManager)).rejects.toThrow(/certificate|signature/)
  } finally {
    await other.stop()
  }
})

test('starts on the ports it is given', async () => {
  const [portal = 0, frame = 0, entra = 0, resourceManager = 0] = await freePorts(4)
  const sandbox = await startSandbox({ ports: { portal, frame, entra, resourceManager }, portalEra: '2024', seed: 7 })
  await sandbox.stop()
  expect(sandbox.definition).toMatchObject({
    portal: `https://localhost:${portal}`,
    entra: `https://localhost:${entra}`,
    resourceManager: `https://localhost:${resourceManager}`,
    facts: { portalEra: '2024', seed: 7 },
  })
})

test('names the port that is taken, and keeps none of the others', async ({ sandbox }) => {
  const taken = Number(new URL(sandbox.definition.entra).port)
  const [portal = 0] = await freePorts(1)
  await expect(startSandbox({ ports: { portal, entra: taken } })).rejects.toMatchObject({
    code: 'EADDRINUSE',
    port: taken,
  })
  const next = await startSandbox({ ports: { portal } })
  await next.stop()
})

test('stops at once although a request hangs and work goes on', async () => {
  const sandbox = await startSandbox({ pace: 'realistic' })
  const { resources } = connect(sandbox.definition)
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  await resources.resourceGroups.beginDelete('rg1')
  sandbox.addFault({ do: 'hang', path: '/subscriptions$' })
  const hanging = send(sandbox.definition, `${sandbox.definition.resourceManager}/subscriptions`)
  const ending = expect(hanging).rejects.toThrow()
  await expect.poll(() => sandbox.requests.some(({ path }) => path === '/subscriptions')).toBe(true)
  // The clock of that pace leaves the deletion a minute and more: were it waited for, this would not come to its end.
  await sandbox.stop()
  await ending
})

test('tells pollers to wait at a realistic pace', async () => {
  const sandbox = await startSandbox({ pace: 'realistic' })
  const { resources } = connect(sandbox.definition)
  const seen: (string | undefined)[] = []
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  await resources.resourceGroups.beginDelete('rg1', { onResponse: raw => seen.push(raw.headers.get('retry-after')) })
  await sandbox.stop()
  expect(seen[0]).toBe('15')
})

test('records requests with their ids, the same on the retries of one call', async ({ sandbox, clients }) => {
  sandbox.addFault({ do: 'answer', status: 503, path: '/resourcegroups', times: 2 })
  expect(await collect(clients.resources.resourceGroups.list())).toEqual([])
  const tries = sandbox.requests.filter(({ path }) => path.endsWith('/resourcegroups'))
  expect(tries.map(({ status }) => status)).toEqual([503, 503, 200])
  expect(new Set(tries.map(({ clientRequestId }) => clientRequestId)).size).toBe(1)
  expect(tries[2]).toMatchObject({
    server: 'resource-manager',
    method: 'GET',
    correlationRequestId: expect.any(String) as unknown,
  })
})

test('throttles: with Retry-After the client waits, without it gives up', async ({ sandbox, clients }) => {
  const body = { error: { code: 'SubscriptionRequestsThrottled', message: 'Please try again.' } }
  const throttle = { do: 'answer', status: 429, body, method: 'GET', path: '/resourcegroups' } as const
  sandbox.addFault({ ...throttle, headers: { 'x-ms-retry-after-ms': '5' } })
  expect(await collect(clients.resources.resourceGroups.list())).toEqual([])
  sandbox.addFault(throttle)
  expect(await failureOf(collect(clients.resources.resourceGroups.list()))).toMatchObject({
    status: 429,
    code: 'SubscriptionRequestsThrottled',
  })
})

test('makes a client fetch another token with a claims challenge', async ({ sandbox, clients }) => {
  const claims = Buffer.from('{"access_token":{"nbf":{"essential":true,"value":"1"}}}').toString('base64')
  const challenge = `Bearer realm="", authorization_uri="${sandbox.definition.entra}", error="insufficient_claims", claims="${claims}"`
  sandbox.addFault({ do: 'answer', status: 401, path: '/resourcegroups', headers: { 'www-authenticate': challenge } })
  expect(await collect(clients.resources.resourceGroups.list())).toEqual([])
  const tokens = sandbox.requests.filter(({ path }) => path.endsWith('/oauth2/v2.0/token'))
  expect(tokens.map(({ status }) => status)).toEqual([200, 200])
})

test('answers late when it is told to', async ({ sandbox, clients }) => {
  sandbox.addFault({ do: 'delay', milliseconds: 3000, path: '/resourcegroups\\?' })
  const answered: string[] = []
  const late = collect(clients.resources.resourceGroups.list()).then(() => answered.push('late'))
  await expect.poll(() => sandbox.requests.some(({ path }) => path.endsWith('/resourcegroups'))).toBe(true)
  await clients.resources.resourceGroups.checkExistence('rg1')
  answered.push('asked later')
  await late
  expect(answered).toEqual(['asked later', 'late'])
})

test('drops a connection in the middle of an operation, which the client survives', async ({ sandbox, clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  sandbox.addFault({ do: 'drop', path: '/operationresults/', after: 1 })
  await clients.resources.resourceGroups.beginDeleteAndWait('rg1', quickly)
  const polls = sandbox.requests.filter(({ path }) => path.includes('/operationresults/'))
  expect(polls.filter(({ status }) => status === 0)).toHaveLength(1)
})

test('answers at all of its addresses as soon as it is up, however many people it has', async () => {
  const sandbox = await startSandbox({ people: 50 })
  try {
    const { definition } = sandbox
    const servers = [definition.portal, definition.entra, definition.resourceManager]
    const answers = await Promise.all(servers.map(url => send(definition, url)))
    expect(answers.map(({ status }) => status).filter(status => status >= 500)).toEqual([])
  } finally {
    await sandbox.stop()
  }
})

/** Ports that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map(server => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}
