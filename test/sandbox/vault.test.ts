import { arm, collect, failureOf, quickly } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const sku = { name: 'RS0', tier: 'Standard' }
const vaultPath = '/resourceGroups/rg1/providers/Microsoft.RecoveryServices/vaults/v1'

test.beforeEach(async ({ clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
})

test('makes a vault with the Recovery Services client, lists it and deletes it again', async ({ clients }) => {
  const { vaults } = clients.vaults
  const vault = await vaults.beginCreateOrUpdateAndWait(
    'rg1',
    'v1',
    { location: 'West US', sku, tags: { a: '1' } },
    quickly,
  )
  expect(vault).toMatchObject({
    name: 'v1',
    type: 'Microsoft.RecoveryServices/vaults',
    location: 'westus',
    sku,
    tags: { a: '1' },
    properties: {
      provisioningState: 'Succeeded',
      privateEndpointStateForBackup: 'None',
      redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant' },
    },
  })
  expect((await collect(vaults.listByResourceGroup('rg1'))).map(({ name }) => name)).toEqual(['v1'])
  await vaults.beginDeleteAndWait('rg1', 'v1', quickly)
  expect(await collect(vaults.listBySubscriptionId())).toEqual([])
  expect(await failureOf(vaults.get('rg1', 'v1'))).toMatchObject({ status: 404, code: 'ResourceNotFound' })
})

test('makes a vault at once with an old api-version and by an operation with a new one', async ({
  sandbox: { definition },
}) => {
  const body = { location: 'westus', sku }
  const old = await arm(definition, 'PUT', `${vaultPath}?api-version=2021-03-01`, { body })
  expect(old.status).toBe(201)
  expect(old.headers['azure-asyncoperation']).toBeUndefined()
  expect(old.json()).toMatchObject({ properties: { provisioningState: 'Succeeded' } })
  expect((await arm(definition, 'DELETE', `${vaultPath}?api-version=2022-10-01`)).status).toBe(200)

  const made = await arm(definition, 'PUT', `${vaultPath}?api-version=2026-05-01`, { body })
  expect(made.status).toBe(201)
  expect(made.headers['location']).toBeUndefined()
  expect(String(made.headers['azure-asyncoperation'])).toContain('/vaults/v1/operationStatus/')
  expect(String(made.headers['azure-asyncoperation']).length).toBeGreaterThan(2000)
  expect(made.json()).toMatchObject({
    properties: { provisioningState: 'Provisioning', backupStorageVersion: 'Unassigned' },
  })
  const gone = await arm(definition, 'DELETE', `${vaultPath}?api-version=2024-04-01`)
  expect(gone.status).toBe(202)
  expect(String(gone.headers['location'])).toContain('/operationResults/')
})

test('shows a vault that is being deleted in the generic list only', async ({ sandbox, clients }) => {
  await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  sandbox.addFault({ do: 'operation', method: 'DELETE', path: '/vaults/', end: 'never' })
  await clients.vaults.vaults.beginDelete('rg1', 'v1', quickly)
  expect((await arm(sandbox.definition, 'GET', `${vaultPath}?api-version=2024-04-01`)).status).toBe(404)
  const listed = await collect(clients.resources.resources.listByResourceGroup('rg1'))
  expect(listed.map(({ name }) => name)).toEqual(['v1'])
})

test('keeps a vault that was deleted among the deleted ones', async ({ sandbox: { definition }, clients }) => {
  await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const poller = await clients.vaults.vaults.beginDelete('rg1', 'v1', quickly)
  await poller.pollUntilDone()
  expect(await collect(clients.resources.resources.listByResourceGroup('rg1'))).toEqual([])
  const kept = await arm(
    definition,
    'GET',
    '/providers/Microsoft.RecoveryServices/locations/westus/deletedVaults?api-version=2026-05-01',
  )
  expect(kept.json()).toMatchObject({
    value: [{ properties: { vaultId: expect.stringMatching(/vaults\/v1$/) as unknown } }],
  })
})

test('brings a deleted vault back, into a group that is there', async ({ sandbox: { definition }, clients }) => {
  const { vaults } = clients.vaults
  await vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku, tags: { a: '1' } }, quickly)
  await vaults.beginDeleteAndWait('rg1', 'v1', quickly)
  await clients.resources.resourceGroups.createOrUpdate('rg2', { location: 'westus' })
  const list = '/providers/Microsoft.RecoveryServices/locations/westus/deletedVaults'
  const version = '?api-version=2026-07-01'
  const deleted = async () => (await arm(definition, 'GET', list + version)).json()['value'] as { name: string }[]
  const [kept] = await deleted()
  const undelete = (name: string | undefined, group: string) =>
    arm(definition, 'POST', `${list}/${String(name)}/undelete${version}`, {
      body: {
        properties: { recoveryResourceGroupId: `/subscriptions/${definition.subscription}/resourceGroups/${group}` },
      },
    })
  expect((await undelete('nobody', 'rg2')).json()).toMatchObject({ error: { code: 'ResourceNotFound' } })
  expect((await undelete(kept?.name, 'none')).json()).toMatchObject({ error: { code: 'ResourceGroupNotFound' } })
  const started = await undelete(kept?.name, 'rg2')
  expect([started.status, started.text]).toEqual([202, ''])
  const path = (header: string) =>
    String(started.headers[header]).slice(
      `${definition.resourceManager}/subscriptions/${definition.subscription}`.length,
    )
  await expect
    .poll(async () => (await arm(definition, 'GET', path('azure-asyncoperation'))).json()['status'])
    .toBe('Succeeded')
  expect((await arm(definition, 'GET', path('location'))).status).toBe(200)
  expect(await vaults.get('rg2', 'v1')).toMatchObject({
    tags: { a: '1' },
    properties: { provisioningState: 'Succeeded' },
  })
  expect(await deleted()).toEqual([])
})

test('finishes a deletion although its group went away meanwhile', async ({ clients }) => {
  const { resources, vaults } = clients
  await vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const poller = await vaults.vaults.beginDelete('rg1', 'v1', quickly)
  await resources.resourceGroups.beginDeleteAndWait('rg1', quickly)
  await poller.pollUntilDone()
  expect(poller.getOperationState().status).toBe('succeeded')
})

test('makes a vault anew while its namesake is being deleted', async ({ sandbox: { definition }, clients }) => {
  const { vaults } = clients.vaults
  await vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const deletion = await vaults.beginDelete('rg1', 'v1', quickly)
  const body = { location: 'eastus', sku }
  expect((await arm(definition, 'PUT', `${vaultPath}?api-version=2021-03-01`, { body })).status).toBe(201)
  await deletion.pollUntilDone()
  expect((await vaults.get('rg1', 'v1')).location).toBe('eastus')
})

test('filters and expands the generic list', async ({ clients }) => {
  const { resources, vaults } = clients
  await vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const count = async (filter: string) => (await collect(resources.resources.list({ filter }))).length
  expect(await count("resourceGroup eq 'RG1'")).toBe(1)
  expect(await count("resourceType eq 'microsoft.recoveryservices/vaults'")).toBe(1)
  expect(await count("resourceType eq 'Microsoft.Compute/virtualMachines'")).toBe(0)
  expect(await count("name eq 'other'")).toBe(0)
  const [resource] = await collect(resources.resources.list({ expand: 'createdTime' }))
  expect(resource?.createdTime).toBeInstanceOf(Date)
})

test('works through the generic client too', async ({ clients }) => {
  const args = ['rg1', 'Microsoft.RecoveryServices', '', 'vaults', 'v1', '2024-04-01'] as const
  const made = await clients.resources.resources.beginCreateOrUpdateAndWait(
    ...args,
    { location: 'westus', sku },
    quickly,
  )
  expect(made.name).toBe('v1')
  await clients.resources.resources.beginDeleteAndWait(...args, quickly)
  expect(await failureOf(clients.resources.resources.get(...args))).toMatchObject({ code: 'ResourceNotFound' })
})

for (const { title, name, vault, code } of [
  {
    title: 'a name that starts with a digit',
    name: '1vault',
    vault: { location: 'westus', sku },
    code: 'InvalidResourceName',
  },
  { title: 'no location', name: 'v1', vault: { location: '', sku }, code: 'LocationRequired' },
  {
    title: 'a location on the moon',
    name: 'v1',
    vault: { location: 'moon', sku },
    code: 'LocationNotAvailableForResourceType',
  },
  {
    title: 'a sku that is none',
    name: 'v1',
    vault: { location: 'westus', sku: { name: 'Huge' } },
    code: 'InvalidParameter',
  },
]) {
  test(`refuses a vault with ${title}`, async ({ clients }) => {
    expect(await failureOf(clients.vaults.vaults.beginCreateOrUpdate('rg1', name, vault))).toMatchObject({ code })
  })
}

test('does not move a vault to another region', async ({ clients }) => {
  await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const failure = await failureOf(clients.vaults.vaults.beginCreateOrUpdate('rg1', 'v1', { location: 'eastus', sku }))
  expect(failure).toMatchObject({ status: 409, code: 'InvalidResourceLocation' })
})

test('patches tags and leaves the rest', async ({ clients }) => {
  await clients.vaults.vaults.beginCreateOrUpdateAndWait(
    'rg1',
    'v1',
    { location: 'westus', sku, tags: { a: '1' } },
    quickly,
  )
  const patched = await clients.vaults.vaults.beginUpdateAndWait('rg1', 'v1', { tags: { b: '2' } }, quickly)
  expect(patched).toMatchObject({ tags: { b: '2' }, sku })
})
