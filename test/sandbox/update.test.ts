import { NetworkManagementClient } from '@azure/arm-network'
import { arm, collect, connect, failureOf, quickly } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const sku = { name: 'RS0', tier: 'Standard' }
const vault = '/resourceGroups/rg1/providers/Microsoft.RecoveryServices/vaults/v1?api-version=2024-04-01'
const network = '/resourceGroups/rg1/providers/Microsoft.Network/virtualNetworks/net1?api-version=2024-05-01'

test.beforeEach(async ({ clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
})

test('a PATCH of tags leaves all else of a resource', async ({ sandbox: { definition } }) => {
  const extendedLocation = { type: 'EdgeZone', name: 'losangeles' }
  const properties = { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } }
  await arm(definition, 'PUT', network, { body: { location: 'westus', extendedLocation, properties } })
  const patched = await arm(definition, 'PATCH', network, { body: { tags: { a: '1' } } })
  expect([patched.status, patched.json()]).toMatchObject([200, { tags: { a: '1' }, extendedLocation, properties }])
  expect(Object.keys(patched.json())).not.toContain('identity')
  expect(Object.keys(patched.json())).not.toContain('sku')

  const site = '/resourceGroups/rg1/providers/Microsoft.Web/sites/site1?api-version=2024-04-01'
  await arm(definition, 'PUT', site, { body: { location: 'westus', kind: 'app', zones: ['1'], properties: {} } })
  expect((await arm(definition, 'PATCH', site, { body: { tags: {} } })).json()).toMatchObject({
    kind: 'app',
    zones: ['1'],
  })
})

test('a PATCH merges objects, and takes away what is null', async ({ sandbox: { definition }, clients }) => {
  await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const patch = (securitySettings: object) =>
    arm(definition, 'PATCH', vault, { body: { properties: { securitySettings } } })
  await patch({ immutabilitySettings: { state: 'Unlocked' } })
  await patch({ softDeleteSettings: { softDeleteRetentionPeriodInDays: 30 } })
  expect((await arm(definition, 'GET', vault)).json()).toMatchObject({
    properties: {
      securitySettings: {
        immutabilitySettings: { state: 'Unlocked' },
        softDeleteSettings: { softDeleteRetentionPeriodInDays: 30, softDeleteState: 'AlwaysON' },
      },
    },
  })
  await patch({ immutabilitySettings: null })
  expect((await arm(definition, 'GET', vault)).text).not.toContain('immutabilitySettings')
  const asked = await arm(definition, 'PATCH', vault, { body: { properties: { provisioningState: 'Failed' } } })
  expect(asked.status).toBe(400)
})

test('another version of a resource has another etag, and writes may ask for one', async ({
  sandbox: { definition },
}) => {
  const body = { location: 'westus', sku }
  const write = (method: string, headers: Record<string, string>, given: object = body) =>
    arm(definition, method, vault.replace('2024-04-01', '2021-03-01'), {
      ...(method === 'DELETE' ? {} : { body: given }),
      headers,
    })
  expect((await write('PUT', { 'if-match': '*' })).status).toBe(412)
  expect((await write('PUT', { 'if-none-match': '*' })).status).toBe(201)
  const refused = await write('PUT', { 'if-none-match': '*' })
  expect([refused.status, refused.json()]).toMatchObject([412, { error: { code: 'PreconditionFailed' } }])
  const etag = async () => String((await arm(definition, 'GET', vault)).json()['etag'])
  const first = await etag()
  expect((await write('PATCH', { 'if-match': first }, { tags: { a: '1' } })).status).toBe(200)
  expect(await etag()).not.toBe(first)
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect([method, (await write(method, { 'if-match': first })).status]).toEqual([method, 412])
  expect((await arm(definition, 'GET', vault)).json()).toMatchObject({ tags: { a: '1' } })
  expect((await write('DELETE', { 'if-match': `"other", ${await etag()}` })).status).toBe(200)
})

test('pages keep what they were asked for', async ({ sandbox: { definition }, clients }) => {
  const { credential, options } = connect(definition)
  const { publicIPAddresses } = new NetworkManagementClient(credential, definition.subscription, options)
  for (const name of ['a', 'b', 'c'])
    await publicIPAddresses.beginCreateOrUpdateAndWait('rg1', name, { location: 'westus', tags: { Of: name } }, quickly)
  const pages: (Date | undefined)[][] = []
  for await (const page of clients.resources.resources.list({ top: 2, expand: 'createdTime' }).byPage())
    pages.push(page.map(({ createdTime }) => createdTime))
  expect(pages.map(({ length }) => length)).toEqual([2, 1])
  expect(pages.flat().every(time => time instanceof Date)).toBe(true)
  const found = await collect(clients.resources.resources.list({ filter: "tagName eq 'OF' and tagValue eq 'b'" }))
  expect(found.map(({ name }) => name)).toEqual(['b'])
})

test('tags have Azure’s limits, and their names are the same in any case', async ({ clients }) => {
  const { resourceGroups, tagsOperations } = clients.resources
  const make = (tags: Record<string, string>) =>
    failureOf(resourceGroups.createOrUpdate('rg1', { location: 'westus', tags }))
  for (const [tags, code] of [
    [{ 'a/b': '' }, 'InvalidTagNameCharacters'],
    [{ ['a'.repeat(513)]: '' }, 'InvalidTagName'],
    [{ a: 'b'.repeat(257) }, 'InvalidTagValue'],
    [{ a: '1', A: '2' }, 'InvalidTags'],
    [Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, ''])), 'InvalidTags'],
  ] as const)
    expect(await make(tags)).toMatchObject({ status: 400, code })
  const { id = '' } = await resourceGroups.createOrUpdate('rg1', { location: 'westus', tags: { Team: 'docs', b: '2' } })
  const change = (operation: string, tags: Record<string, string>) =>
    tagsOperations.beginUpdateAtScopeAndWait(id, { operation, properties: { tags } })
  await change('Merge', { team: 'ops' })
  expect((await resourceGroups.get('rg1')).tags).toEqual({ b: '2', team: 'ops' })
  await change('Delete', { TEAM: 'docs' })
  await change('Delete', { B: '' })
  expect((await resourceGroups.get('rg1')).tags).toEqual({ team: 'ops' })
})
