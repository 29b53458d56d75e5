import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { CloudDefinition } from '../../src/cloud/definition.ts'
import { openResourceManager, type ResourceManager } from '../../src/cloud/resource-manager.ts'
import { findMadeBeside, idsInGroup } from '../../src/execution/made-beside.ts'
import { project, test, type Attached } from './verbatim-fixture.ts'

const shipped = readFileSync(join(project, 'runbooks', 'create-virtual-machine.md'), 'utf8')
/** The machine's article, in a resource group of others and without its clean-up. */
const article = shipped
  .replace(/Select \*\*Create new\*\*\..*?Select \*\*OK\*\*\./, 'Select **theirs**.')
  .replace(/^## Clean up resources[\s\S]*$/m, '')

async function open({ definition }: Attached): Promise<ResourceManager> {
  return openResourceManager(CloudDefinition.parse(definition))
}

/** A group of others, with things in it that look like what the portal makes beside a machine. */
async function makeTheirs(manager: ResourceManager) {
  const group = `/subscriptions/${manager.subscriptionId}/resourceGroups/theirs`
  const network = (type: string, name: string) => ({
    type: `Microsoft.Network/${type}`,
    id: `${group}/providers/Microsoft.Network/${type}/${name}`,
    apiVersion: '2024-05-01',
  })
  const put = (type: string, name: string, properties: object) =>
    manager.write(network(type, name), {
      location: 'northeurope',
      tags: { run: 'verbatim' },
      properties: properties as Record<string, unknown>,
    })
  await manager.write(
    { type: 'Microsoft.Resources/resourceGroups', id: group, apiVersion: '2021-04-01' },
    { location: 'northeurope' },
  )
  await put('networkSecurityGroups', 'webvm-nsg', { securityRules: [] })
  await put('publicIPAddresses', 'webvm-ip', { publicIPAllocationMethod: 'Static' })
  return { group, put, network }
}

for (const surface of ['arm', 'portal'])
  test(`takes away what was made beside a machine in a group of others, and nothing else (${surface})`, async ({
    world,
    attached,
  }) => {
    test.slow()
    const manager = await open(attached)
    await makeTheirs(manager)
    world.write({ 'machine.md': article })
    const run = ['run', 'machine.md', '--cloud', 'cloud.json', '--surface', surface, '--output', 'out']
    const { code, stdout } = await world.verbatim(run)
    expect(code, stdout).toBe(0)
    const { cleanup } = world.result('out')
    const told = cleanup.map(({ type, status }) => `${type.split('/').at(-1)} ${status}`).sort()
    expect(told).toEqual([
      'disks deleted',
      'networkInterfaces deleted',
      'networkSecurityGroups deleted',
      'publicIPAddresses deleted',
      'virtualMachines deleted',
      'virtualNetworks deleted',
    ])
    const left = (await manager.resourcesIn('theirs')).map(({ name }) => name).sort()
    expect(left).toEqual(['webvm-ip', 'webvm-nsg'])
  })

test('tells what came with a resource from what somebody else made meanwhile', async ({ attached }) => {
  const manager = await open(attached)
  const { group, put, network } = await makeTheirs(manager)
  const before = await idsInGroup('theirs', manager)
  await put('networkSecurityGroups', 'ours-nsg', { securityRules: [] })
  // Nothing of ours refers to these, though they refer to ours, or are called like it.
  await put('networkSecurityGroups', 'ours-nsg2', { securityRules: [] })
  await put('virtualNetworks', 'somebody-vnet', {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
    subnets: [
      {
        name: 'default',
        properties: {
          addressPrefix: '10.1.0.0/24',
          networkSecurityGroup: { id: network('networkSecurityGroups', 'ours-nsg').id },
        },
      },
    ],
  })
  await put('virtualNetworks', 'ours-vnet', {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: [{ name: 'default', properties: { addressPrefix: '10.0.0.0/24' } }],
  })
  await put('networkInterfaces', 'ours-nic', {
    networkSecurityGroup: { id: network('networkSecurityGroups', 'ours-nsg').id },
    ipConfigurations: [
      {
        name: 'one',
        properties: {
          subnet: { id: `${network('virtualNetworks', 'ours-vnet').id}/subnets/default` },
          publicIPAddress: { id: network('publicIPAddresses', 'webvm-ip').id },
        },
      },
    ],
  })
  const made = await manager.read(network('networkInterfaces', 'ours-nic'))
  if (!made) throw new Error('The card is not there.')
  const beside = await findMadeBeside(made, before, { manager, rehearsal: true })
  expect(beside.map(({ id }) => id.replace(`${group}/providers/`, '')).sort()).toEqual([
    'Microsoft.Network/networkSecurityGroups/ours-nsg',
    'Microsoft.Network/virtualNetworks/ours-vnet',
  ])
})
