import { ComputeManagementClient } from '@azure/arm-compute'
import { NetworkManagementClient } from '@azure/arm-network'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'
import { arm, collect, connect, failureOf, quickly } from './clients.ts'
import { expect, test as base } from './sandbox-fixture.ts'

const test = base.extend<{
  compute: ComputeManagementClient
  card: string
  cards(count: number): Promise<string[]>
}>({
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
    const network = networkClient(definition)
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
  /** The first, and others beside it. */
  cards: async ({ sandbox: { definition }, card }, use) => {
    const { networkInterfaces } = networkClient(definition)
    const first = await networkInterfaces.get('rg1', 'nic1')
    const subnet = { id: String(first.ipConfigurations?.[0]?.subnet?.id) }
    const make = (name: string) =>
      networkInterfaces.beginCreateOrUpdateAndWait(
        'rg1',
        name,
        { location: 'westus', ipConfigurations: [{ name: 'c', subnet }] },
        quickly,
      )
    await use(async count => {
      const others = await Promise.all(Array.from({ length: count - 1 }, (_, index) => make(`nic${index + 2}`)))
      return [card, ...others.map(({ id }) => String(id))]
    })
  },
})

function networkClient(definition: SandboxDefinition) {
  const { credential, options } = connect(definition)
  return new NetworkManagementClient(credential, definition.subscription, options)
}

const machine = (card: string, vmSize = 'Standard_D2s_v3') => ({
  location: 'westus',
  hardwareProfile: { vmSize },
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

test('a machine takes with it what should go with it: interface, address and disks', async ({
  compute: { virtualMachines, disks },
  card,
  sandbox: { definition },
}) => {
  const network = networkClient(definition)
  const { id = '' } = await network.publicIPAddresses.beginCreateOrUpdateAndWait(
    'rg1',
    'ip1',
    { location: 'westus', sku: { name: 'Standard' }, publicIPAllocationMethod: 'Static' },
    quickly,
  )
  const { ipConfigurations: [first] = [] } = await network.networkInterfaces.get('rg1', 'nic1')
  const subnet = { id: String(first?.subnet?.id) }
  const publicIPAddress = { id, deleteOption: 'Delete' }
  await network.networkInterfaces.beginCreateOrUpdateAndWait(
    'rg1',
    'nic1',
    { location: 'westus', ipConfigurations: [{ name: 'c', subnet, publicIPAddress }] },
    quickly,
  )
  const asked = machine(card)
  await virtualMachines.createOrUpdate(
    'rg1',
    'vm1',
    {
      ...asked,
      storageProfile: {
        ...asked.storageProfile,
        osDisk: { createOption: 'FromImage', deleteOption: 'Delete' },
        dataDisks: [
          { lun: 0, createOption: 'Empty', diskSizeGB: 32, deleteOption: 'Delete' },
          { lun: 1, createOption: 'Empty', diskSizeGB: 64, name: 'kept' },
        ],
      },
      networkProfile: { networkInterfaces: [{ id: card, deleteOption: 'Delete' }] },
    },
    quickly,
  )
  expect((await collect(disks.list())).map(({ diskState }) => diskState)).toEqual(['Attached', 'Attached', 'Attached'])
  await virtualMachines.delete('rg1', 'vm1', quickly)
  expect((await collect(disks.list())).map(({ name, diskState }) => [name, diskState])).toEqual([
    ['kept', 'Unattached'],
  ])
  expect(await collect(network.networkInterfaces.listAll())).toEqual([])
  expect(await collect(network.publicIPAddresses.listAll())).toEqual([])
})

test('attaches a disk to one machine, shows the instance on demand, and keeps the power of a machine that is put again', async ({
  compute: { virtualMachines, disks },
  cards,
}) => {
  const [one = '', two = ''] = await cards(2)
  const disk = await disks.createOrUpdate(
    'rg1',
    'data1',
    { location: 'westus', creationData: { createOption: 'Empty' }, diskSizeGB: 8 },
    quickly,
  )
  const withDisk = (card: string) => {
    const asked = machine(card)
    const dataDisks = [{ lun: 0, createOption: 'Attach' as const, managedDisk: { id: String(disk.id) } }]
    return { ...asked, storageProfile: { ...asked.storageProfile, dataDisks } }
  }
  await virtualMachines.createOrUpdate('rg1', 'vm1', withDisk(one), quickly)
  expect(await disks.get('rg1', 'data1')).toMatchObject({ diskState: 'Attached' })
  expect(
    await failureOf(virtualMachines.createOrUpdate('rg1', 'vm2', withDisk(two), quickly).pollUntilDone()),
  ).toMatchObject({ status: 409, code: 'ConflictingUserInput' })
  await virtualMachines.deallocate('rg1', 'vm1', quickly)
  await virtualMachines.createOrUpdate('rg1', 'vm1', machine(one), quickly)
  expect(await disks.get('rg1', 'data1')).toMatchObject({ diskState: 'Unattached' })
  expect((await virtualMachines.get('rg1', 'vm1')).instanceView).toBeUndefined()
  const { instanceView } = await virtualMachines.get('rg1', 'vm1', { expand: 'instanceView' })
  expect(instanceView?.statuses?.map(({ code }) => code)).toContain('PowerState/deallocated')
  expect((await collect(virtualMachines.listAvailableSizes('rg1', 'vm1'))).length).toBeGreaterThan(10)
  await disks.delete('rg1', 'data1', quickly)
})

test('lists what machines are made from, and makes an image of a machine that was generalized', async ({
  compute,
  cards,
}) => {
  const { virtualMachines, virtualMachineImages: published, images } = compute
  const names = (list: { name: string }[]) => list.map(({ name }) => name)
  expect(names(await published.listPublishers('westus'))).toContain('Canonical')
  expect(names(await published.listOffers('westus', 'Canonical'))).toContain('ubuntu-24_04-lts')
  expect(names(await published.listSkus('westus', 'Canonical', 'ubuntu-24_04-lts'))).toContain('server')
  const image = ['westus', 'Canonical', 'ubuntu-24_04-lts', 'server'] as const
  const [version = ''] = names(await published.list(...image))
  expect(await published.get(...image, version)).toMatchObject({ osDiskImage: { operatingSystem: 'Linux' } })

  const [one = '', two = ''] = await cards(2)
  const made = await virtualMachines.createOrUpdate('rg1', 'vm1', machine(one), quickly)
  expect(made.storageProfile?.imageReference?.exactVersion).toBe(version)
  const source = { location: 'westus', sourceVirtualMachine: { id: String(made.id) } }
  const make = () => images.createOrUpdate('rg1', 'image1', source, quickly).pollUntilDone()
  expect(await failureOf(make())).toMatchObject({ status: 409, code: 'OperationNotAllowed' })
  expect(await failureOf(virtualMachines.generalize('rg1', 'vm1'))).toMatchObject({ code: 'OperationNotAllowed' })
  await virtualMachines.deallocate('rg1', 'vm1', quickly)
  await virtualMachines.generalize('rg1', 'vm1')
  expect(await failureOf(virtualMachines.start('rg1', 'vm1', quickly).pollUntilDone())).toMatchObject({
    code: 'OperationNotAllowed',
  })
  const own = await make()
  expect(own.storageProfile?.osDisk).toMatchObject({ osType: 'Linux', osState: 'Generalized' })
  const from = { ...machine(two), storageProfile: { imageReference: { id: String(own.id) } } }
  await virtualMachines.createOrUpdate('rg1', 'vm2', from, quickly)
  await images.delete('rg1', 'image1', quickly)
  expect(await collect(images.list())).toEqual([])
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
  'an image that its publisher hasn’t': [
    made => ({
      ...made,
      storageProfile: { imageReference: { ...made.storageProfile.imageReference, sku: 'serverless' } },
    }),
    'PlatformImageNotFound',
    /'Canonical:ubuntu-24_04-lts:serverless:latest' is not available/,
  ],
  'an image without a version': [
    made => ({
      ...made,
      storageProfile: { imageReference: { ...made.storageProfile.imageReference, version: undefined } },
    }),
    'InvalidParameter',
    /imageReference.version/,
  ],
  'two disks of one number': [
    made => ({
      ...made,
      storageProfile: {
        ...made.storageProfile,
        dataDisks: [0, 0].map(lun => ({ lun, createOption: 'Empty', diskSizeGB: 4 })),
      },
    }),
    'InvalidParameter',
    /lun/,
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
    expect(failure).toMatchObject({ status: code === 'PlatformImageNotFound' ? 404 : 400, code })
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

test('has 20 vCPUs in a region, and refuses a machine and a size beyond them', async ({ compute, cards }) => {
  const { virtualMachines, disks } = compute
  const make = (name: string, card: string, size: string) =>
    virtualMachines.createOrUpdate('rg1', name, machine(card, size), quickly).pollUntilDone()
  const usage = async (location: string) => {
    const all = await collect(compute.usage.list(location))
    return all.map(({ unit, currentValue, limit, name }) => [name.localizedValue, currentValue, limit, unit])
  }
  const sizes = [4, 4, 4, 4, 2].map(cores => `Standard_D${cores}s_v5`)
  const own = await cards(6)
  await Promise.all(sizes.map((size, index) => make(`vm${index + 1}`, String(own[index]), size)))
  expect(await usage('West US')).toEqual([
    ['Total Regional vCPUs', 18, 20, 'Count'],
    ['Virtual Machines', 5, 25000, 'Count'],
  ])
  expect((await usage('eastus'))[0]).toEqual(['Total Regional vCPUs', 0, 20, 'Count'])

  const refused = await failureOf(make('vm6', String(own[5]), 'Standard_D4s_v5'))
  expect(refused).toMatchObject({ status: 409, code: 'OperationNotAllowed' })
  expect(refused?.message).toContain(
    'Location: westus, Current Limit: 20, Current Usage: 18, Additional Required: 4, (Minimum) New Limit Required: 22.',
  )
  expect(await failureOf(virtualMachines.get('rg1', 'vm6'))).toMatchObject({ status: 404 })
  expect(await collect(disks.list())).toHaveLength(5)

  const [, , , , fifth = '', sixth = ''] = own
  await make('vm5', fifth, 'Standard_D4s_v5')
  await virtualMachines.deallocate('rg1', 'vm5', quickly)
  expect((await failureOf(make('vm6', sixth, 'Standard_B1s')))?.message).toContain('Current Usage: 20')
  await make('vm5', fifth, 'Standard_B1s')
  await make('vm6', sixth, 'Standard_B2s')
  const bigger = virtualMachines.update('rg1', 'vm5', { hardwareProfile: { vmSize: 'Standard_D4s_v5' } }, quickly)
  expect((await failureOf(bigger.pollUntilDone()))?.message).toContain('Current Usage: 19, Additional Required: 3')
  expect((await virtualMachines.get('rg1', 'vm5')).hardwareProfile?.vmSize).toBe('Standard_B1s')
  await virtualMachines.delete('rg1', 'vm4', quickly)
  await make('vm5', fifth, 'Standard_D4s_v5')
  expect((await usage('westus'))[0]).toEqual(['Total Regional vCPUs', 18, 20, 'Count'])
})

test('refuses a template whose machines together want more vCPUs than there are, before it makes any', async ({
  sandbox: { definition },
  compute,
  card,
}) => {
  await compute.virtualMachines.createOrUpdate('rg1', 'vm1', machine(card, 'Standard_D4s_v5'), quickly)
  const deploy = async (method: string, rest: string, machines: readonly Machine[]) => {
    const resources = machines.map(({ location, ...properties }, index) => ({
      type: 'Microsoft.Compute/virtualMachines',
      apiVersion: '2024-07-01',
      name: `vm${index + 1}`,
      location,
      properties,
    }))
    const path = `/resourcegroups/rg1/providers/Microsoft.Resources/deployments/d1${rest}?api-version=2021-04-01`
    const template = { contentVersion: '1.0.0.0', resources }
    const answer = await arm(definition, method, path, { body: { properties: { mode: 'Incremental', template } } })
    return { status: answer.status, body: answer.json() }
  }
  const five = Array.from({ length: 5 }, () => machine(card, 'Standard_D4s_v5'))
  expect((await deploy('POST', '/validate', five)).status).toBe(200)

  const six = [...five, machine(card, 'Standard_D4s_v5')]
  const words = 'Current Usage: 4, Additional Required: 20, (Minimum) New Limit Required: 24.'
  const error = {
    code: 'InvalidTemplateDeployment',
    message: expect.stringMatching(/^The template deployment 'd1' is not valid .* See inner errors for details\.$/),
    details: [{ code: 'QuotaExceeded', message: expect.stringContaining(words) }],
  }
  expect(await deploy('POST', '/validate', six)).toMatchObject({ status: 400, body: { error } })
  expect(await deploy('PUT', '', six)).toMatchObject({ status: 400, body: { error } })
  expect(await collect(compute.virtualMachines.listAll())).toHaveLength(1)

  const reference = "[reference(resourceId('Microsoft.Network/networkInterfaces', 'nic1'), '2024-05-01').id]"
  const later = Array.from({ length: 12 }, () => machine(reference, 'Standard_B1s'))
  expect((await deploy('POST', '/validate', later)).status).toBe(200)
  const tooMany = Array.from({ length: 21 }, () => machine(reference, 'Standard_B1s'))
  expect(await deploy('POST', '/validate', tooMany)).toMatchObject({
    status: 400,
    body: { error: { details: [{ code: 'QuotaExceeded' }] } },
  })
})
