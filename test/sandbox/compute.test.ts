import { ComputeManagementClient } from '@azure/arm-compute'
import { NetworkManagementClient } from '@azure/arm-network'
import { collect, connect, failureOf, quickly } from './clients.ts'
import { expect, test as base } from './sandbox-fixture.ts'

const test = base.extend<{ compute: ComputeManagementClient; card: string }>({
  compute: async ({ sandbox: { definition } }, use) => {
    const { credential, options } = connect(definition)
    await use(
      new ComputeManagementClient(credential, definition.subscription, {
        ...options,
        credentials: { scopes: options.credentialScopes },
      }),
    )
  },
  card: async ({ sandbox: { definition }, clients }, use) => {
    const { credential, options } = connect(definition)
    const network = new NetworkManagementClient(credential, definition.subscription, options)
    await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
    const net = await network.virtualNetworks.beginCreateOrUpdateAndWait(
      'rg1',
      'net1',
      {
        location: 'westus',
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ name: 'one', addressPrefix: '10.0.0.0/24' }],
      },
      quickly,
    )
    const card = await network.networkInterfaces.beginCreateOrUpdateAndWait(
      'rg1',
      'nic1',
      { location: 'westus', ipConfigurations: [{ name: 'c', subnet: { id: `${String(net.id)}/subnets/one` } }] },
      quickly,
    )
    await use(String(card.id))
  },
})

const machine = (card: string) => ({
  location: 'westus',
  hardwareProfile: { vmSize: 'Standard_D2s_v3' },
  osProfile: { computerName: 'vm1', adminUsername: 'avery', adminPassword: 'Correct-horse-7' },
  storageProfile: {
    imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
  },
  networkProfile: { networkInterfaces: [{ id: card }] },
})

test('makes a machine with its disk, stops and starts it, and leaves the disk when it goes', async ({
  compute,
  card,
}) => {
  const { virtualMachines, disks } = compute
  const made = await virtualMachines.createOrUpdate('rg1', 'vm1', machine(card), quickly)
  expect(made).toMatchObject({
    name: 'vm1',
    provisioningState: 'Succeeded',
    hardwareProfile: { vmSize: 'Standard_D2s_v3' },
    osProfile: { adminUsername: 'avery' },
  })
  expect(made.osProfile?.adminPassword).toBeUndefined()
  const [disk] = await collect(disks.listByResourceGroup('rg1'))
  expect(disk).toMatchObject({ diskState: 'Attached', managedBy: made.id })
  expect(await failureOf(disks.delete('rg1', String(disk?.name), quickly))).toMatchObject({
    code: 'OperationNotAllowed',
  })
  const stateOf = async () =>
    (await virtualMachines.instanceView('rg1', 'vm1')).statuses?.find(({ code }) => code?.startsWith('PowerState/'))
      ?.code
  expect(await stateOf()).toBe('PowerState/running')
  await virtualMachines.deallocate('rg1', 'vm1', quickly)
  expect(await stateOf()).toBe('PowerState/deallocated')
  await virtualMachines.start('rg1', 'vm1', quickly)
  expect(await stateOf()).toBe('PowerState/running')
  await virtualMachines.delete('rg1', 'vm1', quickly)
  expect(await collect(virtualMachines.listAll())).toEqual([])
  expect((await collect(disks.list())).map(({ diskState }) => diskState)).toEqual(['Unattached'])
  await disks.delete('rg1', String(disk?.name), quickly)
  expect(await collect(disks.list())).toEqual([])
})

type Machine = ReturnType<typeof machine>
const wrong: Record<string, [change: (made: Machine) => object, code: string, words: RegExp]> = {
  'a size that there is not': [
    made => ({ ...made, hardwareProfile: { vmSize: 'Standard_Huge' } }),
    'InvalidParameter',
    /Standard_Huge provided for the VM size is not valid/,
  ],
  'a weak password': [
    made => ({ ...made, osProfile: { ...made.osProfile, adminPassword: 'short' } }),
    'InvalidParameter',
    /12-72 characters/,
  ],
  'a reserved user name': [
    made => ({ ...made, osProfile: { ...made.osProfile, adminUsername: 'admin' } }),
    'InvalidParameter',
    /not allowed/,
  ],
  'no network': [made => ({ ...made, networkProfile: undefined }), 'InvalidParameter', /networkProfile/],
  'an interface that is not there': [
    made => ({
      ...made,
      networkProfile: { networkInterfaces: [{ id: `${String(made.networkProfile.networkInterfaces[0]?.id)}x` }] },
    }),
    'InvalidResourceReference',
    /was not found/,
  ],
}
for (const [what, [change, code, words]] of Object.entries(wrong))
  test(`refuses a machine with ${what}`, async ({ compute, card }) => {
    const failure = await failureOf(
      compute.virtualMachines.createOrUpdate('rg1', 'vm1', change(machine(card)) as Machine, quickly).pollUntilDone(),
    )
    expect(failure).toMatchObject({ status: 400, code })
    expect(failure?.message).toMatch(words)
    expect(await collect(compute.virtualMachines.listAll())).toEqual([])
  })

test('gives an interface to one machine only, and lists sizes', async ({ compute, card }) => {
  await compute.virtualMachines.createOrUpdate('rg1', 'vm1', machine(card), quickly)
  expect(
    await failureOf(compute.virtualMachines.createOrUpdate('rg1', 'vm2', machine(card), quickly).pollUntilDone()),
  ).toMatchObject({ code: 'NicInUse' })
  const names = (await collect(compute.virtualMachineSizes.list('westus'))).map(({ name }) => name)
  expect(names).toContain('Standard_B1s')
})
