import { NetworkManagementClient } from '@azure/arm-network'
import { arm, collect, connect, failureOf, quickly } from './clients.ts'
import { expect, test as base } from './sandbox-fixture.ts'

const test = base.extend<{ network: NetworkManagementClient }>({
  network: async ({ sandbox: { definition }, clients }, use) => {
    const { credential, options } = connect(definition)
    await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
    await use(new NetworkManagementClient(credential, definition.subscription, options))
  },
})

const space = { location: 'westus', addressSpace: { addressPrefixes: ['10.0.0.0/16'] } }
const twoSubnets = {
  ...space,
  subnets: [
    { name: 'one', addressPrefix: '10.0.0.0/24' },
    { name: 'two', addressPrefix: '10.0.1.0/24' },
  ],
}

test('makes a network with subnets, adds one, takes one away', async ({ network }) => {
  const { virtualNetworks, subnets } = network
  const made = await virtualNetworks.beginCreateOrUpdateAndWait('rg1', 'net1', twoSubnets, quickly)
  expect(made).toMatchObject({
    name: 'net1',
    location: 'westus',
    provisioningState: 'Succeeded',
    subnets: [
      { name: 'one', addressPrefix: '10.0.0.0/24', privateEndpointNetworkPolicies: 'Disabled' },
      { name: 'two', provisioningState: 'Succeeded' },
    ],
  })
  const third = await subnets.beginCreateOrUpdateAndWait(
    'rg1',
    'net1',
    'three',
    { addressPrefix: '10.0.2.0/24' },
    quickly,
  )
  expect(third.id).toBe(`${String(made.id)}/subnets/three`)
  await subnets.beginDeleteAndWait('rg1', 'net1', 'two', quickly)
  expect((await collect(subnets.list('rg1', 'net1'))).map(({ name }) => name)).toEqual(['one', 'three'])
  expect(await failureOf(subnets.get('rg1', 'net1', 'two'))).toMatchObject({ status: 404, code: 'ResourceNotFound' })
  expect((await collect(virtualNetworks.listAll())).map(({ name }) => name)).toEqual(['net1'])
  await virtualNetworks.beginDeleteAndWait('rg1', 'net1', quickly)
  expect(await collect(virtualNetworks.list('rg1'))).toEqual([])
})

const wrong: Record<string, [body: object, code: string]> = {
  'no address space': [{ location: 'westus' }, 'InvalidRequestFormat'],
  'a range that is none': [
    { location: 'westus', addressSpace: { addressPrefixes: ['10.0.0.0'] } },
    'InvalidAddressPrefixFormat',
  ],
  'a range that begins within': [
    { location: 'westus', addressSpace: { addressPrefixes: ['10.0.0.1/24'] } },
    'InvalidAddressPrefixFormat',
  ],
  'a subnet outside': [{ ...space, subnets: [{ name: 'a', addressPrefix: '10.1.0.0/24' }] }, 'NetcfgInvalidSubnet'],
  'subnets that overlap': [
    {
      ...space,
      subnets: [
        { name: 'a', addressPrefix: '10.0.0.0/24' },
        { name: 'b', addressPrefix: '10.0.0.128/25' },
      ],
    },
    'NetcfgSubnetRangesOverlap',
  ],
  'a security group that is not there': [
    {
      ...space,
      subnets: [
        {
          name: 'a',
          addressPrefix: '10.0.0.0/24',
          networkSecurityGroup: {
            id: '/subscriptions/x/resourceGroups/rg1/providers/Microsoft.Network/networkSecurityGroups/no',
          },
        },
      ],
    },
    'InvalidResourceReference',
  ],
  'an extended zone of another region': [
    { ...space, extendedLocation: { type: 'EdgeZone', name: 'perth' } },
    'InvalidExtendedLocation',
  ],
}
for (const [what, [body, code]] of Object.entries(wrong))
  test(`refuses a network with ${what}`, async ({ network }) => {
    const failure = await failureOf(network.virtualNetworks.beginCreateOrUpdateAndWait('rg1', 'net1', body, quickly))
    expect(failure).toMatchObject({ status: 400, code })
    expect(await collect(network.virtualNetworks.list('rg1'))).toEqual([])
  })

test('refuses names that Azure refuses', async ({ network }) => {
  for (const name of ['-net', 'net.', 'a'.repeat(81)])
    expect(
      await failureOf(network.virtualNetworks.beginCreateOrUpdateAndWait('rg1', name, space, quickly)),
    ).toMatchObject({
      code: 'InvalidResourceName',
    })
})

test('peers networks, which are connected when both peer', async ({ network }) => {
  const one = await network.virtualNetworks.beginCreateOrUpdateAndWait('rg1', 'one', space, quickly)
  const two = await network.virtualNetworks.beginCreateOrUpdateAndWait(
    'rg1',
    'two',
    { location: 'westus', addressSpace: { addressPrefixes: ['10.1.0.0/16'] } },
    quickly,
  )
  const peer = (from: string, to: string | undefined) =>
    network.virtualNetworkPeerings.beginCreateOrUpdateAndWait(
      'rg1',
      from,
      'there',
      { remoteVirtualNetwork: { id: String(to) } },
      quickly,
    )
  expect(await peer('one', two.id)).toMatchObject({ peeringState: 'Initiated' })
  expect(await peer('two', one.id)).toMatchObject({ peeringState: 'Connected' })
  expect(await network.virtualNetworkPeerings.get('rg1', 'one', 'there')).toMatchObject({ peeringState: 'Connected' })
})

test('keeps what others need: a subnet and an address of an interface, a group of a subnet', async ({
  network,
  clients,
}) => {
  const group = await network.networkSecurityGroups.beginCreateOrUpdateAndWait(
    'rg1',
    'nsg1',
    {
      location: 'westus',
      securityRules: [
        {
          name: 'ssh',
          priority: 1000,
          direction: 'Inbound',
          access: 'Allow',
          protocol: 'Tcp',
          sourceAddressPrefix: '*',
          sourcePortRange: '*',
          destinationAddressPrefix: '*',
          destinationPortRange: '22',
        },
      ],
    },
    quickly,
  )
  expect(group.defaultSecurityRules?.map(({ name }) => name)).toContain('DenyAllInBound')
  const net = await network.virtualNetworks.beginCreateOrUpdateAndWait(
    'rg1',
    'net1',
    {
      ...space,
      subnets: [{ name: 'one', addressPrefix: '10.0.0.0/24', networkSecurityGroup: { id: String(group.id) } }],
    },
    quickly,
  )
  const address = await network.publicIPAddresses.beginCreateOrUpdateAndWait(
    'rg1',
    'ip1',
    { location: 'westus', sku: { name: 'Standard' }, publicIPAllocationMethod: 'Static' },
    quickly,
  )
  expect(address.ipAddress).toMatch(/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/)
  const subnet = { id: `${String(net.id)}/subnets/one` }
  const card = await network.networkInterfaces.beginCreateOrUpdateAndWait(
    'rg1',
    'nic1',
    { location: 'westus', ipConfigurations: [{ name: 'c', subnet, publicIPAddress: { id: String(address.id) } }] },
    quickly,
  )
  expect(card.ipConfigurations?.[0]).toMatchObject({ privateIPAddress: '10.0.0.4', primary: true })
  expect((await network.subnets.get('rg1', 'net1', 'one')).ipConfigurations).toEqual([
    expect.objectContaining({ id: `${String(card.id)}/ipConfigurations/c` }),
  ])
  const refused = {
    NetcfgInvalidSubnet: undefined,
    InUseSubnetCannotBeDeleted: network.virtualNetworks.beginDeleteAndWait('rg1', 'net1', quickly),
    // Put again, a network loses what it doesn't name.
    'InUseSubnetCannotBeDeleted ': network.virtualNetworks.beginCreateOrUpdateAndWait('rg1', 'net1', space, quickly),
    InUseNetworkSecurityGroupCannotBeDeleted: network.networkSecurityGroups.beginDeleteAndWait('rg1', 'nsg1', quickly),
    PublicIPAddressCannotBeDeleted: network.publicIPAddresses.beginDeleteAndWait('rg1', 'ip1', quickly),
  }
  for (const [code, promise] of Object.entries(refused))
    if (promise) expect(await failureOf(promise)).toMatchObject({ status: 400, code: code.trim() })
  // All together they can go, in the order that their needs give.
  await clients.resources.resourceGroups.beginDeleteAndWait('rg1', quickly)
  expect(await collect(network.virtualNetworks.listAll())).toEqual([])
})

test('refuses rules with the same priority, and priorities out of range', async ({ network }) => {
  const rule = { direction: 'Inbound', access: 'Allow', protocol: '*' } as const
  const make = (...priorities: number[]) =>
    failureOf(
      network.networkSecurityGroups.beginCreateOrUpdateAndWait(
        'rg1',
        'nsg1',
        {
          location: 'westus',
          securityRules: priorities.map((priority, index) => ({ ...rule, name: `r${index}`, priority })),
        },
        quickly,
      ),
    )
  expect(await make(100, 100)).toMatchObject({ code: 'SecurityRuleConflict' })
  expect(await make(99)).toMatchObject({ code: 'SecurityRuleInvalidPriority' })
})

test('adds a rule to a security group, and takes it away again', async ({
  network: { networkSecurityGroups, securityRules },
}) => {
  await networkSecurityGroups.beginCreateOrUpdateAndWait('rg1', 'nsg1', { location: 'westus' }, quickly)
  const rule = (priority: number) => ({ direction: 'Inbound', access: 'Allow', protocol: 'Tcp', priority }) as const
  const place = ['rg1', 'nsg1', 'ssh'] as const
  await securityRules.beginCreateOrUpdateAndWait(...place, rule(300), quickly)
  expect((await networkSecurityGroups.get('rg1', 'nsg1')).securityRules).toMatchObject([{ name: 'ssh', priority: 300 }])
  const twin = securityRules.beginCreateOrUpdateAndWait('rg1', 'nsg1', 'other', rule(300), quickly)
  expect(await failureOf(twin)).toMatchObject({ status: 400, code: 'SecurityRuleConflict' })
  await securityRules.beginDeleteAndWait(...place, quickly)
  expect(await failureOf(securityRules.get(...place))).toMatchObject({ status: 404 })
})

test('watches a network at the provider’s own address and puts it into an extended zone', async ({
  network,
  sandbox: { definition },
}) => {
  expect(network).toBeDefined()
  const made = await arm(
    definition,
    'PUT',
    '/resourceGroups/rg1/providers/Microsoft.Network/virtualNetworks/net1?api-version=2025-05-01',
    {
      body: {
        location: 'westus',
        extendedLocation: { type: 'EdgeZone', name: 'losangeles' },
        properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
      },
    },
  )
  expect(made.status).toBe(201)
  expect(made.headers['azure-asyncoperation']).toMatch(
    /\/providers\/Microsoft\.Network\/locations\/westus\/operations\//,
  )
  expect(made.json()).toMatchObject({
    extendedLocation: { name: 'losangeles' },
    properties: { provisioningState: 'Updating' },
  })
  const zone = '/providers/Microsoft.EdgeZones/extendedZones/losangeles'
  const version = '?api-version=2024-04-01-preview'
  expect((await arm(definition, 'GET', zone + version)).json()).toMatchObject({
    properties: { registrationState: 'NotRegistered', homeLocation: 'westus' },
  })
  expect((await arm(definition, 'POST', `${zone}/register${version}`)).json()).toMatchObject({
    properties: { registrationState: 'Registered' },
  })
})
