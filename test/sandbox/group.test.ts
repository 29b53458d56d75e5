import { arm, collect, failureOf, quickly } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const sku = { name: 'RS0', tier: 'Standard' }

test('makes, updates, finds and patches a resource group', async ({ sandbox: { definition }, clients }) => {
  const { resourceGroups } = clients.resources
  const made = await resourceGroups.createOrUpdate('myGroup', { location: 'West US', tags: { team: 'docs' } })
  expect(made).toMatchObject({
    id: `/subscriptions/${definition.subscription}/resourceGroups/myGroup`,
    type: 'Microsoft.Resources/resourceGroups',
    location: 'westus',
    tags: { team: 'docs' },
    properties: { provisioningState: 'Succeeded' },
  })
  expect((await resourceGroups.checkExistence('MYGROUP')).body).toBe(true)
  expect((await resourceGroups.checkExistence('other')).body).toBe(false)
  expect((await resourceGroups.update('mygroup', { tags: { team: 'ops' } })).tags).toEqual({ team: 'ops' })
  expect((await resourceGroups.createOrUpdate('mygroup', { location: 'westus' })).name).toBe('myGroup')
})

test('pages a list of groups', async ({ clients }) => {
  const { resourceGroups } = clients.resources
  for (const name of ['a', 'b', 'c']) await resourceGroups.createOrUpdate(name, { location: 'westus' })
  const pages: number[] = []
  for await (const page of resourceGroups.list({ top: 2 }).byPage()) pages.push(page.length)
  expect(pages).toEqual([2, 1])
})

test('filters groups by tag', async ({ clients }) => {
  const { resourceGroups } = clients.resources
  await resourceGroups.createOrUpdate('a', { location: 'westus', tags: { run: '1' } })
  await resourceGroups.createOrUpdate('b', { location: 'westus', tags: { run: '2' } })
  const found = await collect(resourceGroups.list({ filter: "tagName eq 'run' and tagValue eq '2'" }))
  expect(found.map(({ name }) => name)).toEqual(['b'])
})

test('deletes a group with everything in it, in its own time', async ({ sandbox, clients }) => {
  const { resources, vaults } = clients
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  await vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const poller = await resources.resourceGroups.beginDelete('rg1', quickly)
  expect((await resources.resourceGroups.get('rg1')).properties?.provisioningState).toBe('Deleting')
  expect(await failureOf(vaults.vaults.beginCreateOrUpdate('rg1', 'v2', { location: 'westus', sku }))).toMatchObject({
    status: 409,
    code: 'ResourceGroupBeingDeleted',
  })
  await poller.pollUntilDone()
  expect((await resources.resourceGroups.checkExistence('rg1')).body).toBe(false)
  expect(await collect(resources.resources.list())).toEqual([])
  const polls = sandbox.requests.filter(({ path }) => path.includes('/operationresults/'))
  expect(polls.map(({ status }) => status)).toContain(202)
  expect(polls.at(-1)?.status).toBe(200)
})

test('answers a deletion with 202, a Location and no body', async ({ sandbox: { definition }, clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('my-group', { location: 'westus' })
  const answer = await arm(definition, 'DELETE', '/resourcegroups/my-group?api-version=2021-04-01')
  expect(answer.status).toBe(202)
  expect(answer.text).toBe('')
  expect(answer.headers['azure-asyncoperation']).toBeUndefined()
  expect(answer.headers['retry-after']).toBeUndefined()
  expect(answer.headers['x-ms-retry-after-ms']).toBe('150')
  const job = /operationresults\/([^?]+)/.exec(String(answer.headers['location']))?.[1] ?? ''
  expect(JSON.parse(Buffer.from(job, 'base64url').toString())).toEqual({
    jobId: 'RESOURCEGROUPDELETIONJOB-MY:2DGROUP-WESTUS',
    jobLocation: 'westus',
  })
})

test('rolls a deletion back when a vault in the group holds backups, and says which', async ({
  sandbox: { definition },
  clients,
}) => {
  const { resources, vaults } = clients
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  await vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const item = '/backupFabrics/Azure/protectionContainers/c1/protectedItems/vm1?api-version=2024-04-01'
  const vault = '/resourceGroups/rg1/providers/Microsoft.RecoveryServices/vaults/v1'
  expect((await arm(definition, 'PUT', vault + item, { body: { properties: {} } })).status).toBe(202)
  const failure = await failureOf(resources.resourceGroups.beginDeleteAndWait('rg1', quickly))
  expect(failure).toMatchObject({ status: 409, code: 'ResourceGroupDeletionBlocked' })
  expect(failure?.message).toContain("'Microsoft.RecoveryServices/vaults/v1' could not be deleted")
  expect((await resources.resourceGroups.get('rg1')).properties?.provisioningState).toBe('Succeeded')
  expect(await failureOf(vaults.vaults.beginDelete('rg1', 'v1'))).toMatchObject({
    status: 400,
    code: 'ServiceResourceNotEmptyWithContainerDetails',
  })
  await arm(definition, 'DELETE', vault + item)
  expect(await failureOf(vaults.vaults.beginDelete('rg1', 'v1'))).toMatchObject({
    code: 'ServiceResourceNotEmptyWithBackendMessage',
  })
})

for (const { name, location, code } of [
  { name: 'my group!', location: 'westus', code: 'InvalidResourceGroup' },
  { name: 'ends.', location: 'westus', code: 'InvalidResourceGroup' },
  { name: 'x'.repeat(91), location: 'westus', code: 'InvalidResourceGroup' },
  { name: 'rg1', location: 'moon', code: 'LocationNotAvailableForResourceGroup' },
  { name: 'taken', location: 'eastus', code: 'InvalidResourceGroupLocation' },
]) {
  test(`refuses a group '${name.slice(0, 12)}' in ${location}`, async ({ clients }) => {
    const { resourceGroups } = clients.resources
    await resourceGroups.createOrUpdate('taken', { location: 'westus' })
    const failure = await failureOf(resourceGroups.createOrUpdate(name, { location }))
    expect(failure).toMatchObject({ code })
  })
}

test('says that a group is not there, to a reader and to a deletion', async ({ clients }) => {
  const { resourceGroups } = clients.resources
  const missing = { status: 404, code: 'ResourceGroupNotFound', message: "Resource group 'rg1' could not be found." }
  expect(await failureOf(resourceGroups.get('rg1'))).toEqual(missing)
  expect(await failureOf(resourceGroups.beginDelete('rg1'))).toEqual(missing)
})

test('does not delete what is locked, nor the group around it', async ({ sandbox: { definition }, clients }) => {
  const { resources, vaults } = clients
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  await vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const lock =
    '/resourceGroups/rg1/providers/Microsoft.RecoveryServices/vaults/v1/providers/Microsoft.Authorization/locks/l1?api-version=2020-05-01'
  const body = { properties: { level: 'CanNotDelete' } }
  expect((await arm(definition, 'PUT', lock, { body })).status).toBe(201)
  expect(await failureOf(vaults.vaults.beginDelete('rg1', 'v1'))).toMatchObject({ status: 409, code: 'ScopeLocked' })
  const failure = await failureOf(resources.resourceGroups.beginDelete('rg1'))
  expect(failure).toMatchObject({ status: 409, code: 'ScopeLocked' })
  expect(failure?.message).toContain('/vaults/v1')
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus', tags: { still: 'writable' } })
  expect((await arm(definition, 'DELETE', lock)).status).toBe(200)
  await resources.resourceGroups.beginDeleteAndWait('rg1', quickly)
})

test('keeps a read-only group from being written', async ({ sandbox: { definition }, clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  const path = '/resourceGroups/rg1/providers/Microsoft.Authorization/locks/l1?api-version=2020-05-01'
  await arm(definition, 'PUT', path, { body: { properties: { level: 'ReadOnly' } } })
  expect(
    await failureOf(clients.vaults.vaults.beginCreateOrUpdate('rg1', 'v1', { location: 'westus', sku })),
  ).toMatchObject({ status: 409, code: 'ScopeLocked' })
})

test('refuses a lock whose name has characters that locks must not have', async ({
  sandbox: { definition },
  clients,
}) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  const path = '/resourceGroups/rg1/providers/Microsoft.Authorization/locks'
  for (const name of ['keep<&>', 'a:b', 'x'.repeat(261)]) {
    const address = `${path}/${encodeURIComponent(name)}?api-version=2020-05-01`
    expect((await arm(definition, 'PUT', address, { body: { properties: { level: 'ReadOnly' } } })).status).toBe(400)
  }
  const listed = await arm(definition, 'GET', `${path}?api-version=2020-05-01`)
  expect(listed.json()).toEqual({ value: [] })
})

test('merges, replaces and counts tags', async ({ clients }) => {
  const { resources } = clients
  const group = await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus', tags: { a: '1' } })
  const scope = group.id ?? ''
  await resources.tagsOperations.beginUpdateAtScopeAndWait(scope, {
    operation: 'Merge',
    properties: { tags: { b: '2' } },
  })
  expect((await resources.resourceGroups.get('rg1')).tags).toEqual({ a: '1', b: '2' })
  expect((await collect(resources.tagsOperations.list())).map(({ tagName }) => tagName)).toEqual(['a', 'b'])
})
