import { collect, connect, failureOf, quickly } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const vault = { location: 'westus', sku: { name: 'RS0', tier: 'Standard' } }

test('a reader reads and changes nothing', async ({ sandbox: { definition, programs }, clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', vault, quickly)
  const reader = connect(definition, programs.reader)
  expect(
    (await collect(reader.subscriptions.subscriptions.list())).map(({ subscriptionId }) => subscriptionId),
  ).toEqual([definition.subscription])
  expect(await reader.vaults.vaults.get('rg1', 'v1')).toMatchObject({ name: 'v1' })
  expect((await collect(reader.resources.resources.list())).map(({ name }) => name)).toEqual(['v1'])
  const refused = [
    () => reader.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v2', vault, quickly),
    () => reader.vaults.vaults.beginDeleteAndWait('rg1', 'v1', quickly),
    () => reader.resources.resourceGroups.beginDeleteAndWait('rg1', quickly),
  ]
  for (const attempt of refused)
    expect(await failureOf(attempt())).toMatchObject({ status: 403, code: 'AuthorizationFailed' })
  expect(await clients.vaults.vaults.get('rg1', 'v1')).toMatchObject({ name: 'v1' })
})

test('a contributor makes and deletes, and neither locks nor unlocks', async ({
  sandbox: { definition, programs },
}) => {
  const contributor = connect(definition, programs.contributor)
  await contributor.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  await contributor.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', vault, quickly)
  const lock = await contributor.resources.resources
    .beginCreateOrUpdateAndWait('rg1', 'Microsoft.Authorization', '', 'locks', 'keep', '2016-09-01', {
      properties: { level: 'CanNotDelete' },
    })
    .catch((error: unknown) => error)
  expect(lock).toMatchObject({ statusCode: 403, code: 'AuthorizationFailed' })
  await contributor.vaults.vaults.beginDeleteAndWait('rg1', 'v1', quickly)
  await contributor.resources.resourceGroups.beginDeleteAndWait('rg1', quickly)
})
