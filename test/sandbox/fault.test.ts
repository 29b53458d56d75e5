import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readFaults } from '../../src/command/faults.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { collect, failureOf, quickly, send } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const vault = { location: 'westus', sku: { name: 'RS0', tier: 'Standard' } }

test.beforeEach(async ({ clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
})

test('an operation fails, and the vault says so', async ({ sandbox, clients }) => {
  sandbox.addFault({
    do: 'operation',
    end: 'failed',
    code: 'CloudInternalError',
    message: 'Try later.',
    method: 'PUT',
    path: '/vaults/',
  })
  const failure = await failureOf(clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', vault, quickly))
  expect(failure?.message).toContain('CloudInternalError')
  expect(failure?.message).toContain('Try later.')
  expect(await clients.vaults.vaults.get('rg1', 'v1')).toMatchObject({ properties: { provisioningState: 'Failed' } })
  // The next one goes well.
  await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', vault, quickly)
  expect(await clients.vaults.vaults.get('rg1', 'v1')).toMatchObject({ properties: { provisioningState: 'Succeeded' } })
})

test('a deletion fails, and nothing is gone', async ({ sandbox, clients }) => {
  await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', vault, quickly)
  sandbox.addFault({ do: 'operation', end: 'failed', method: 'DELETE' })
  expect(await failureOf(clients.vaults.vaults.beginDeleteAndWait('rg1', 'v1', quickly))).toBeDefined()
  expect(await clients.vaults.vaults.get('rg1', 'v1')).toMatchObject({ name: 'v1' })
  sandbox.addFault({ do: 'operation', end: 'failed', method: 'DELETE' })
  expect(await failureOf(clients.resources.resourceGroups.beginDeleteAndWait('rg1', quickly))).toMatchObject({
    status: 409,
  })
  expect(await clients.resources.resourceGroups.get('rg1')).toMatchObject({
    properties: { provisioningState: 'Succeeded' },
  })
  await clients.resources.resourceGroups.beginDeleteAndWait('rg1', quickly)
})

test('an operation is canceled, or never ends', async ({ sandbox, clients }) => {
  sandbox.addFault({ do: 'operation', end: 'canceled', method: 'PUT' })
  expect(
    (await failureOf(clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', vault, quickly)))?.message,
  ).toMatch(/cancel/i)
  sandbox.addFault({ do: 'operation', end: 'never', method: 'PUT' })
  const abortSignal = AbortSignal.timeout(500)
  const failure = await failureOf(
    clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v2', vault, { ...quickly, abortSignal }),
  )
  expect(failure?.message).toMatch(/abort/i)
  expect(await clients.vaults.vaults.get('rg1', 'v2')).toMatchObject({
    properties: { provisioningState: 'Provisioning' },
  })
})

test('a challenge makes clients ask for a new token once', async ({ sandbox, clients }) => {
  const tokens = () =>
    sandbox.requests.filter(({ server, path }) => server === 'entra' && path.endsWith('/token')).length
  const before = tokens()
  sandbox.addFault({ do: 'challenge', path: '/resourcegroups' })
  expect(await collect(clients.resources.resourceGroups.list())).toHaveLength(1)
  expect(tokens()).toBe(before + 1)
})

test('a fault by chance hits the same requests with the same seed', async () => {
  const hits = async (seed: number) => {
    const sandbox = await startSandbox({ seed })
    sandbox.addFault({ do: 'answer', status: 418, path: '/metadata/', times: 99, chance: 0.5 })
    const statuses: number[] = []
    for (let index = 0; index < 24; index++)
      statuses.push((await send(sandbox.definition, `${sandbox.definition.resourceManager}/metadata/endpoints`)).status)
    await sandbox.stop()
    return statuses.map(status => status === 418)
  }
  const first = await hits(7)
  expect(new Set(first).size).toBe(2)
  expect(await hits(7)).toEqual(first)
  expect(await hits(8)).not.toEqual(first)
})

test('a list stays as it was for a while', async ({ sandbox, clients }) => {
  sandbox.addFault({ do: 'stale', method: 'GET', path: '/resourcegroups\\?', times: 2 })
  const names = async () => (await collect(clients.resources.resourceGroups.list())).map(({ name }) => name)
  expect(await names()).toEqual(['rg1'])
  await clients.resources.resourceGroups.createOrUpdate('rg2', { location: 'westus' })
  expect(await names()).toEqual(['rg1'])
  expect(await names()).toEqual(['rg1'])
  expect(await names()).toEqual(['rg1', 'rg2'])
})

test('scripts arm faults and read requests at the control address, pages in browsers don’t', async ({
  sandbox: { definition },
  clients,
}) => {
  const control = (method: string, path: string, body?: unknown, headers = { 'x-verbatim-sandbox': 'control' }) =>
    send(definition, `${definition.resourceManager}/_sandbox${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  expect((await control('GET', '/requests', undefined, {} as never)).status).toBe(403)
  expect((await control('POST', '/faults', { do: 'dance' })).status).toBe(400)
  expect((await control('POST', '/faults', [{ do: 'answer', status: 418, path: '(' }])).json()).toMatchObject({
    error: expect.stringContaining('no regular expression') as unknown,
  })
  expect(
    (await control('POST', '/faults', [{ do: 'answer', status: 418, path: '/resourcegroups', times: 9 }])).status,
  ).toBe(201)
  expect(await failureOf(collect(clients.resources.resourceGroups.list()))).toMatchObject({ status: 418 })
  expect((await control('DELETE', '/faults')).status).toBe(204)
  expect(await collect(clients.resources.resourceGroups.list())).toHaveLength(1)
  const requests = JSON.parse((await control('GET', '/requests')).text) as { status: number }[]
  expect(requests.some(({ status }) => status === 418)).toBe(true)
})

test('a file of faults is read, and told what is wrong with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-faults-'))
  const read = (text: string) => {
    writeFileSync(join(folder, 'faults.yaml'), text)
    return readFaults('faults.yaml', folder)
  }
  expect(read('- do: hang\n  path: /vaults/\n- do: operation\n  end: never\n')).toEqual([
    { do: 'hang', path: '/vaults/' },
    { do: 'operation', end: 'never' },
  ])
  expect(() => read('- do: delay\n')).toThrow(/milliseconds/)
  expect(() => read('- do: [\n')).toThrow(/no YAML/)
  expect(() => readFaults('none.yaml', folder)).toThrow(/no file of faults/)
})
