import { createServer, type AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { ArmError, isEnvironmental } from '../../src/cloud/arm-error.ts'
import { CloudError } from '../../src/cloud/cloud-error.ts'
import { CloudDefinition } from '../../src/cloud/definition.ts'
import {
  openResourceManager,
  partsOfId,
  type Conversation,
  type ResourceAddress,
  type SentRequest,
} from '../../src/cloud/resource-manager.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { expect, test } from '../sandbox/sandbox-fixture.ts'

type Changes = Omit<Partial<CloudDefinition>, 'subscription'> & { subscription?: string | undefined }

function open({ definition }: Sandbox, changes: Changes = {}, conversation: Conversation = {}) {
  return openResourceManager({ ...CloudDefinition.parse(definition), ...changes } as CloudDefinition, conversation)
}

function group({ definition }: Sandbox, name = 'group1'): ResourceAddress {
  return {
    type: 'Microsoft.Resources/resourceGroups',
    id: `/subscriptions/${definition.subscription}/resourceGroups/${name}`,
    apiVersion: '2021-04-01',
  }
}

function vault(sandbox: Sandbox, name = 'vault1'): ResourceAddress {
  const type = 'Microsoft.RecoveryServices/vaults'
  return { type, id: `${group(sandbox).id}/providers/${type}/${name}`, apiVersion: '2024-04-01' }
}

async function failureOf(promise: Promise<unknown>): Promise<ArmError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ArmError)
  return error as ArmError
}

test('makes, reads and deletes a resource group, and waits until it is gone', async ({ sandbox }) => {
  const manager = await open(sandbox)
  const address = group(sandbox)
  expect(await manager.read(address)).toBeUndefined()
  await manager.write(address, { location: 'westus', tags: { run: 'k3x9q2' } })
  expect(await manager.read(address)).toMatchObject({
    id: address.id,
    name: 'group1',
    location: 'westus',
    tags: { run: 'k3x9q2' },
    properties: { provisioningState: 'Succeeded' },
  })
  expect((await manager.resourceGroups()).map(({ name }) => name)).toEqual(['group1'])
  await manager.remove(address)
  expect(await manager.read(address)).toBeUndefined()
  expect(await manager.resourceGroups()).toEqual([])
})

test('makes, reads and deletes a vault through its service’s own client', async ({ sandbox }) => {
  const manager = await open(sandbox)
  await manager.write(group(sandbox), { location: 'westus' })
  const address = vault(sandbox)
  expect(await manager.read(address)).toBeUndefined()
  await manager.write(address, {
    location: 'westus',
    sku: { name: 'RS0', tier: 'Standard' },
    properties: {
      publicNetworkAccess: 'Enabled',
      redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant' },
    },
  })
  expect(await manager.read(address)).toMatchObject({
    name: 'vault1',
    location: 'westus',
    sku: { name: 'RS0' },
    properties: {
      provisioningState: 'Succeeded',
      redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant' },
    },
  })
  expect((await manager.resourcesIn('group1')).map(({ name }) => name)).toEqual(['vault1'])
  await manager.remove(address)
  expect(await manager.read(address)).toBeUndefined()
  const versions = new Set(sandbox.requests.filter(({ path }) => path.includes('/vaults/')).map(({ query }) => query))
  expect([...versions].every(query => query.includes('api-version='))).toBe(true)
})

test('makes, reads and deletes a resource that has no client of its own', async ({ sandbox }) => {
  const manager = await open(sandbox)
  await manager.write(group(sandbox), { location: 'westus' })
  const type = 'Microsoft.Resources/deployments'
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [],
  }
  const address = { type, id: `${group(sandbox).id}/providers/${type}/deploy1`, apiVersion: '2022-09-01' }
  expect(await manager.read(address)).toBeUndefined()
  await manager.write(address, { properties: { mode: 'Incremental', template } })
  expect(await manager.read(address)).toMatchObject({
    name: 'deploy1',
    properties: { provisioningState: 'Succeeded' },
  })
  expect(sandbox.requests.some(({ path }) => path.includes('//'))).toBe(false)
  await manager.remove(address)
  expect(await manager.read(address)).toBeUndefined()
})

test('takes the type of a resource in any case', async ({ sandbox }) => {
  const manager = await open(sandbox)
  await manager.write({ ...group(sandbox), type: 'microsoft.resources/resourcegroups' }, { location: 'westus' })
  expect(await manager.read(group(sandbox))).toMatchObject({ name: 'group1' })
})

test('finds nothing wrong with deleting what is not there', async ({ sandbox }) => {
  const manager = await open(sandbox)
  await manager.remove(group(sandbox))
  await manager.remove(vault(sandbox))
})

test('knows the subscription and its locations by the names that people read', async ({ sandbox }) => {
  const manager = await open(sandbox)
  expect(await manager.subscription()).toEqual({
    id: sandbox.definition.subscription,
    name: 'Verbatim Sandbox',
    state: 'Enabled',
    tenant: sandbox.definition.tenant,
  })
  expect(await manager.locations()).toContainEqual({ name: 'westus', displayName: 'West US' })
})

test('needs a subscription', async ({ sandbox }) => {
  const error = await open(sandbox, { subscription: undefined }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(CloudError)
  expect((error as CloudError).remedy).toContain('AZURE_SUBSCRIPTION_ID')
})

test('tells a wrong secret by Entra’s code', async ({ sandbox }) => {
  const credential = { ...sandbox.definition.credential, clientSecret: 'wrong' }
  const error = await failureOf((await open(sandbox, { credential })).subscription())
  expect(error.code).toMatch(/^AADSTS7000215$/)
  expect(isEnvironmental(error)).toBe(true)
})

test('tells a subscription that is not there', async ({ sandbox }) => {
  const manager = await open(sandbox, { subscription: randomUUID() })
  const error = await failureOf(manager.subscription())
  expect(error).toMatchObject({ code: 'SubscriptionNotFound', status: 404 })
  expect(isEnvironmental(error)).toBe(true)
})

test('does not take a subscription that is not there for a resource that is gone', async ({ sandbox }) => {
  const manager = await open(sandbox, { subscription: randomUUID() })
  const address = group(sandbox)
  const elsewhere = { ...address, id: address.id.replace(sandbox.definition.subscription, manager.subscriptionId) }
  expect(await failureOf(manager.read(elsewhere))).toMatchObject({ code: 'SubscriptionNotFound', status: 404 })
  expect(await failureOf(manager.remove(elsewhere))).toMatchObject({ code: 'SubscriptionNotFound', status: 404 })
})

test('tells a conflict by code and status', async ({ sandbox }) => {
  const manager = await open(sandbox)
  await manager.write(group(sandbox), { location: 'westus' })
  const error = await failureOf(manager.write(group(sandbox), { location: 'eastus' }))
  expect(error).toMatchObject({ code: 'InvalidResourceGroupLocation', status: 409 })
  expect(error.message).toContain("'eastus'")
  expect(error.requestId).toBeTruthy()
  expect(isEnvironmental(error)).toBe(false)
})

test('tells a region that does not exist', async ({ sandbox }) => {
  const manager = await open(sandbox)
  const error = await failureOf(manager.write(group(sandbox), { location: 'atlantis' }))
  expect(error).toMatchObject({ code: 'LocationNotAvailableForResourceGroup', status: 400 })
})

test('tells a connection that is refused', async ({ sandbox }) => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  const manager = await open(sandbox, { entra: `https://localhost:${port}` })
  const error = await failureOf(manager.subscription())
  expect(isEnvironmental(error)).toBe(true)
})

test('comes over a dropped connection and an outage that pass', async ({ sandbox }) => {
  const manager = await open(sandbox)
  await manager.write(group(sandbox), { location: 'westus' })
  sandbox.addFault({ server: 'resource-manager', path: 'group1', do: 'drop' })
  sandbox.addFault({
    server: 'resource-manager',
    path: 'group1',
    do: 'answer',
    status: 503,
    headers: { 'retry-after': '0' },
  })
  expect(await manager.read(group(sandbox))).toMatchObject({ name: 'group1' })
})

test('tells an answer that says to come back later by its status', async ({ sandbox }) => {
  const manager = await open(sandbox)
  sandbox.addFault({
    server: 'resource-manager',
    path: 'resourcegroups',
    do: 'answer',
    status: 429,
    times: 100,
    headers: { 'retry-after': '0' },
    body: { error: { code: 'TooManyRequests', message: 'Slow down.' } },
  })
  const error = await failureOf(manager.read(group(sandbox)))
  expect(error).toMatchObject({ code: 'TooManyRequests', status: 429 })
  expect(isEnvironmental(error)).toBe(true)
})

test('trusts the cloud’s own authority only', async ({ sandbox }) => {
  const { certificateAuthority: _, ...open_ } = CloudDefinition.parse(sandbox.definition)
  const manager = await openResourceManager(open_)
  expect(isEnvironmental(await failureOf(manager.subscription()))).toBe(true)
})

test('ends what is under way when it is told to', async ({ sandbox }) => {
  const stop = new AbortController()
  const manager = await open(sandbox, {}, { signal: stop.signal })
  await manager.write(group(sandbox), { location: 'westus' })
  sandbox.addFault({ server: 'resource-manager', path: 'group1', do: 'hang' })
  const reading = failureOf(manager.read(group(sandbox)))
  await expect
    .poll(() => sandbox.requests.filter(({ method, path }) => method === 'GET' && path.includes('group1')).length)
    .toBeGreaterThan(0)
  stop.abort()
  expect(await reading).toMatchObject({ code: 'Aborted' })
})

test('records each request with its status, under the run’s correlation id and without signatures', async ({
  sandbox,
}) => {
  const sent: SentRequest[] = []
  const manager = await open(sandbox, {}, { onRequest: request => sent.push(request), correlation: randomUUID() })
  await manager.write(group(sandbox), { location: 'westus' })
  await manager.write(vault(sandbox), { location: 'westus', properties: { publicNetworkAccess: 'Enabled' } })
  await manager.read(group(sandbox, 'other'))
  expect(sent.map(({ method, status }) => [method, status])).toEqual(
    expect.arrayContaining([
      ['PUT', 201],
      ['GET', 404],
    ]),
  )
  for (const { path, duration, at, correlation } of sent) {
    expect(path).toMatch(/^\/subscriptions\/[^?]*(?:\?api-version=[\d-]+)?$/)
    expect(duration).toBeGreaterThanOrEqual(0)
    expect(new Date(at).toISOString()).toBe(at)
    expect(correlation).toBeTruthy()
  }
  expect(new Set(sent.map(({ correlation }) => correlation)).size).toBe(1)
  const { clientSecret } = sandbox.definition.credential
  expect(JSON.stringify(sent)).not.toContain(clientSecret)
})

test('records every attempt of a request that is tried again', async ({ sandbox }) => {
  const sent: SentRequest[] = []
  const manager = await open(sandbox, {}, { onRequest: request => sent.push(request) })
  await manager.subscription()
  sent.length = 0
  sandbox.addFault({
    server: 'resource-manager',
    path: 'resourcegroups',
    do: 'answer',
    status: 503,
    headers: { 'retry-after': '0' },
  })
  await manager.read(group(sandbox))
  expect(sent.map(({ status }) => status)).toEqual([503, 404])
})

const ids: [id: string, resourceGroup: string, name: string][] = [
  ['/subscriptions/s/resourceGroups/g', 'g', 'g'],
  ['/subscriptions/s/resourcegroups/g/providers/A.B/c/d', 'g', 'd'],
  ['subscriptions/s/resourceGroups/g/providers/A.B/c/d/e/f', 'g', 'f'],
]

for (const [id, resourceGroup, name] of ids)
  test(`takes ${id} apart`, () => {
    expect(partsOfId(id)).toEqual({ resourceGroup, name })
  })
