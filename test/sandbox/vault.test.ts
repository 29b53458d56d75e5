import { collect, quickly } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const sku = { name: 'RS0', tier: 'Standard' }

test('makes a vault with the Recovery Services client, lists it and deletes it again', async ({ clients }) => {
  const { resources, vaults } = clients
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  const vault = await vaults.vaults.beginCreateOrUpdateAndWait(
    'rg1',
    'vault1',
    { location: 'West US', sku, properties: {} },
    quickly,
  )
  expect(vault).toMatchObject({
    name: 'vault1',
    type: 'Microsoft.RecoveryServices/vaults',
    location: 'westus',
    sku,
    properties: { provisioningState: 'Succeeded', privateEndpointStateForBackup: 'None' },
  })
  expect((await collect(vaults.vaults.listByResourceGroup('rg1'))).map(({ name }) => name)).toEqual(['vault1'])
  await vaults.vaults.beginDeleteAndWait('rg1', 'vault1', quickly)
  expect(await collect(vaults.vaults.listBySubscriptionId())).toEqual([])
})
