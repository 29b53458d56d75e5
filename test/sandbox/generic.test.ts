import { ComputeManagementClient } from '@azure/arm-compute'
import { arm, collect, connect, failureOf } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

test.beforeEach(async ({ clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
})

const plan = '/resourceGroups/rg1/providers/Microsoft.Web/serverfarms/plan1?api-version=2024-04-01'

test('stores, lists and deletes what it knows nothing of, and says so', async ({
  sandbox: { definition },
  clients,
}) => {
  const made = await arm(definition, 'PUT', plan, {
    body: { location: 'West US', sku: { name: 'F1' }, properties: { a: 1 } },
  })
  expect(made.status).toBe(201)
  expect(made.headers['x-verbatim-sandbox']).toBe('generic-resource')
  expect(made.json()).toMatchObject({ name: 'plan1', location: 'westus', sku: { name: 'F1' }, properties: { a: 1 } })
  expect((await arm(definition, 'GET', plan)).headers['x-verbatim-sandbox']).toBe('generic-resource')
  const listed = await collect(clients.resources.resources.listByResourceGroup('rg1'))
  expect(listed.map(({ type }) => type)).toEqual(['Microsoft.Web/serverfarms'])
  expect((await arm(definition, 'DELETE', plan)).status).toBe(200)
  expect((await arm(definition, 'GET', plan)).status).toBe(404)
  const group = await arm(definition, 'GET', '/resourceGroups/rg1?api-version=2025-04-01')
  expect(group.headers['x-verbatim-sandbox']).toBeUndefined()
})

test('keeps nested resources under their parents', async ({ sandbox: { definition }, clients }) => {
  const server = '/resourceGroups/rg1/providers/Microsoft.Sql/servers/s1'
  const database = `${server}/databases/d1?api-version=2023-08-01`
  expect((await arm(definition, 'PUT', database, { body: { location: 'westus' } })).json()).toMatchObject({
    error: { code: 'ParentResourceNotFound' },
  })
  await arm(definition, 'PUT', `${server}?api-version=2023-08-01`, { body: { location: 'westus' } })
  expect((await arm(definition, 'PUT', database, { body: { location: 'westus' } })).json()).toMatchObject({
    id: `/subscriptions/${definition.subscription}${server}/databases/d1`.replace('resourceGroups', 'resourceGroups'),
    name: 'd1',
    type: 'Microsoft.Sql/servers/databases',
  })
  const inServer = await arm(definition, 'GET', `${server}/databases?api-version=2023-08-01`)
  expect(inServer.json()).toMatchObject({ value: [{ name: 'd1' }] })
  await arm(definition, 'DELETE', `${server}?api-version=2023-08-01`)
  expect(await collect(clients.resources.resources.listByResourceGroup('rg1'))).toEqual([])
})

test('learns a type of a known namespace when somebody makes one', async ({ sandbox: { definition } }) => {
  const url = '/resourceGroups/rg1/providers/Microsoft.Web/neverHeard/of?api-version=2024-04-01'
  expect((await arm(definition, 'GET', url)).status).toBe(404)
  expect((await arm(definition, 'PUT', url, { body: { location: 'westus' } })).status).toBe(201)
  expect((await arm(definition, 'GET', url)).json()).toMatchObject({ type: 'Microsoft.Web/neverHeard' })
  const later = url.replace('2024', '2025')
  expect((await arm(definition, 'GET', later)).status).toBe(200)
  expect((await arm(definition, 'GET', url.replace('2024-04-01', 'soon'))).json()).toMatchObject({
    error: { code: 'NoRegisteredProviderFound' },
  })
})

test('stores other types of the namespaces that it knows, and knows what they use', async ({
  sandbox: { definition },
  clients,
}) => {
  const network = '/resourceGroups/rg1/providers/Microsoft.Network'
  const version = 'api-version=2024-05-01'
  const space = { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } }
  const subnets = [{ name: 'AzureBastionSubnet', properties: { addressPrefix: '10.0.0.0/26' } }]
  await arm(definition, 'PUT', `${network}/virtualNetworks/net1?${version}`, {
    body: { location: 'westus', properties: { ...space, subnets } },
  })
  const subnet = {
    id: `/subscriptions/${definition.subscription}${network}/virtualNetworks/net1/subnets/AzureBastionSubnet`,
  }
  expect((await arm(definition, 'GET', `${network}/bastionHosts?${version}`)).json()).toEqual({ value: [] })
  const bastion = await arm(definition, 'PUT', `${network}/bastionHosts/bastion1?${version}`, {
    body: { location: 'westus', properties: { ipConfigurations: [{ name: 'c', properties: { subnet } }] } },
  })
  expect([bastion.status, bastion.headers['x-verbatim-sandbox']]).toEqual([201, 'generic-resource'])
  const kept = await arm(definition, 'DELETE', `${network}/virtualNetworks/net1?${version}`)
  expect(kept.json()).toMatchObject({ error: { code: 'InUseSubnetCannotBeDeleted' } })
  await arm(definition, 'DELETE', `${network}/bastionHosts/bastion1?${version}`)
  expect((await arm(definition, 'DELETE', `${network}/virtualNetworks/net1?${version}`)).status).toBe(202)

  // Its client takes a 201 for a failure.
  const { credential, options } = connect(definition)
  const compute = new ComputeManagementClient(credential, definition.subscription, {
    ...options,
    credentials: { scopes: options.credentialScopes },
  })
  const made = await compute.availabilitySets.createOrUpdate('rg1', 'set1', {
    location: 'westus',
    sku: { name: 'Aligned' },
  })
  expect(made).toMatchObject({ name: 'set1', sku: { name: 'Aligned' } })
  const unheard = '/resourceGroups/rg1/providers/Microsoft.Compute/neverHeard/one?api-version=2024-11-01'
  expect((await arm(definition, 'GET', unheard)).json()).toMatchObject({ error: { code: 'InvalidResourceType' } })
  expect((await arm(definition, 'PUT', unheard, { body: { location: 'westus' } })).status).toBe(201)
  expect((await arm(definition, 'GET', unheard)).json()).toMatchObject({ type: 'Microsoft.Compute/neverHeard' })
  const listed = await collect(clients.resources.resources.listByResourceGroup('rg1'))
  expect(listed.map(({ name }) => name)).toEqual(['set1', 'one'])
})

test('learns nothing from a request that is refused', async ({ sandbox: { definition, programs } }) => {
  const unheard = '/resourceGroups/rg1/providers/Microsoft.Network/neverHeard/one?api-version=2024-11-01'
  const body = { location: 'westus' }
  const reader = { ...definition, credential: { ...definition.credential, ...programs.reader } }
  expect((await arm(reader, 'PUT', unheard, { body })).status).toBe(403)
  expect((await arm(definition, 'GET', unheard)).json()).toMatchObject({ error: { code: 'InvalidResourceType' } })
})

test('deploys a type that it knows nothing of, whatever its api-version', async ({ sandbox: { definition } }) => {
  const template = {
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Web/serverfarms',
        apiVersion: '2023-12-01',
        name: 'plan1',
        location: 'westus',
        sku: { name: 'F1' },
      },
    ],
  }
  const deployment = '/resourcegroups/rg1/providers/Microsoft.Resources/deployments/d1?api-version=2021-04-01'
  const body = { properties: { mode: 'Incremental', template } }
  expect((await arm(definition, 'PUT', deployment, { body })).status).toBe(201)
  await expect.poll(async () => (await arm(definition, 'GET', plan)).status).toBe(200)
})

test('refuses namespaces that Azure does not have', async ({ clients }) => {
  const failure = await failureOf(
    clients.resources.resources.get('rg1', 'Microsoft.Nowhere', '', 'things', 'x', '2024-01-01'),
  )
  expect(failure).toMatchObject({ status: 404, code: 'InvalidResourceNamespace' })
})
