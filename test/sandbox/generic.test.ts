import { arm, collect, failureOf } from './clients.ts'
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

test('refuses namespaces that Azure does not have', async ({ clients }) => {
  const failure = await failureOf(
    clients.resources.resources.get('rg1', 'Microsoft.Nowhere', '', 'things', 'x', '2024-01-01'),
  )
  expect(failure).toMatchObject({ status: 404, code: 'InvalidResourceNamespace' })
})
