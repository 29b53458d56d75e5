import { randomUUID } from 'node:crypto'
import type { NetworkInterface, PublicIPAddress, VirtualNetwork } from '@azure/arm-network'
import type { Estate, Resource } from '../estate.ts'
import { findResource } from '../estate.ts'
import { regionNames } from '../location.ts'
import type { Provider, ResourceType } from '../provider.ts'
import type { Json, JsonObject } from '../request.ts'
import { objectAt, textAt } from '../request.ts'
import { addressAt, contains, overlap, readRange, type Range } from './cidr.ts'
import { checkReferences, declare, objectsAt, referencesIn, referrersOf, serviceFailure, shapeOf } from './lifecycle.ts'
import type { Declaration } from './lifecycle.ts'
import { partRoutes } from './parts.ts'

const namespace = 'Microsoft.Network'
const years: Readonly<Record<string, readonly string[]>> = {
  2026: ['01-01'],
  2025: ['05-01', '03-01', '01-01'],
  2024: ['10-01', '07-01', '05-01', '03-01', '01-01'],
  2023: ['11-01', '09-01', '06-01', '05-01', '04-01', '02-01'],
  2022: ['11-01', '09-01', '07-01', '05-01', '01-01'],
  2021: ['08-01', '05-01', '03-01', '02-01'],
  2020: ['11-01', '08-01', '07-01', '06-01', '05-01', '04-01'],
  2019: ['11-01', '09-01', '08-01', '07-01', '06-01', '04-01', '02-01'],
  2018: ['11-01', '08-01', '04-01'],
}
const apiVersions = Object.keys(years)
  .sort()
  .reverse()
  .flatMap(year => (years[year] ?? []).map(day => `${year}-${day}`))

/** Virtual networks and what machines need of them: subnets, peerings, security groups, addresses, interfaces. */
export function createNetwork(): Provider {
  return {
    namespace,
    types: [
      typeOf('virtualNetworks', network, ['subnets', 'virtualNetworkPeerings']),
      typeOf('networkSecurityGroups', securityGroup, ['securityRules']),
      typeOf('publicIPAddresses', publicAddress),
      typeOf('networkInterfaces', networkInterface),
    ],
  }
}

/** 1 to 80 characters: letters, digits, `_`, `.` and `-`, from a letter or digit to one of those or `_`. */
const name: NonNullable<Declaration['name']> = {
  pattern: /^[A-Za-z0-9](?:[\w.-]{0,78}\w)?$/,
  failure: asked =>
    serviceFailure(
      400,
      'InvalidResourceName',
      `Resource name ${asked} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.`,
    ),
}

function typeOf(type: string, declaration: Declaration, collections: readonly string[] = []): ResourceType {
  const lifecycle = declare(namespace, { name, ...declaration })
  const owner = `${namespace}/${type}`
  return {
    name: type,
    apiVersions,
    regions: regionNames,
    lifecycle,
    routes: collections.flatMap(collection =>
      partRoutes({ owner, collection, apiVersions, lifecycle, blocked: (id, estate) => partInUse(id, estate) }),
    ),
  }
}

/** What resources have that nobody asked for. */
const proposed = {
  network: { enableDdosProtection: false, privateEndpointVNetPolicies: 'Disabled' } satisfies VirtualNetwork,
  address: { publicIPAddressVersion: 'IPv4', idleTimeoutInMinutes: 4, ipTags: [] } satisfies PublicIPAddress,
  card: {
    nicType: 'Standard',
    enableAcceleratedNetworking: false,
    enableIPForwarding: false,
    dnsSettings: { dnsServers: [], appliedDnsServers: [] },
  } satisfies NetworkInterface,
}

const network: Declaration = {
  shape(body, previous, { id, name: asked, estate }) {
    const properties = objectAt(body, 'properties')
    const ranges = textsAt(objectAt(properties, 'addressSpace'), 'addressPrefixes').map(prefix => ({
      prefix,
      range: rangeOf(prefix, id),
    }))
    if (ranges.length === 0)
      throw serviceFailure(
        400,
        'InvalidRequestFormat',
        `Cannot parse the request: 'addressSpace' of ${id} is required.`,
      )
    const subnets = objectsAt(properties, 'subnets')
    checkSubnets(
      subnets,
      ranges.map(({ range }) => range),
      asked,
      id,
    )
    checkReferences(id, { subnets, peerings: objectsAt(properties, 'virtualNetworkPeerings') }, estate)
    return shapeOf(body, {
      resourceGuid: previous?.properties['resourceGuid'] ?? randomUUID(),
      ...proposed.network,
      ...properties,
      subnets: subnets.map(subnet => subnetOf(subnet, id)),
      virtualNetworkPeerings: objectsAt(properties, 'virtualNetworkPeerings').map(peering => peeringOf(peering, id)),
    })
  },
  computed: ({ properties }, estate) => ({
    subnets: objectsAt(properties, 'subnets').map(subnet => withUsers(subnet, estate)),
    virtualNetworkPeerings: objectsAt(properties, 'virtualNetworkPeerings').map(peering => withState(peering, estate)),
  }),
  blocked(resource, estate) {
    for (const subnet of objectsAt(resource.properties, 'subnets')) {
      const failure = partInUse(String(subnet['id']), estate)
      if (failure) return failure
    }
    return undefined
  },
}

function rangeOf(prefix: string, id: string): Range {
  const range = readRange(prefix)
  if (range) return range
  throw serviceFailure(
    400,
    'InvalidAddressPrefixFormat',
    `Address prefix ${prefix} of resource ${id} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
  )
}

function checkSubnets(subnets: readonly JsonObject[], spaces: readonly Range[], owner: string, id: string) {
  const known: { name: string; range: Range }[] = []
  for (const subnet of subnets) {
    const own = String(subnet['name'])
    for (const prefix of prefixesOf(subnet)) {
      const range = rangeOf(prefix, `${id}/subnets/${own}`)
      if (!spaces.some(space => contains(space, range)))
        throw serviceFailure(400, 'NetcfgInvalidSubnet', `Subnet '${own}' is not valid in virtual network '${owner}'.`)
      if (known.some(other => other.name !== own && overlap(other.range, range)))
        throw serviceFailure(
          400,
          'NetcfgSubnetRangesOverlap',
          `Subnet '${own}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${owner}'.`,
        )
      known.push({ name: own, range })
    }
  }
}

function prefixesOf(subnet: JsonObject): string[] {
  const properties = objectAt(subnet, 'properties')
  const single = textAt(properties, 'addressPrefix')
  return single === undefined ? textsAt(properties, 'addressPrefixes') : [single]
}

function subnetOf(subnet: JsonObject, network: string): JsonObject {
  const { ipConfigurations: _users, ...properties } = objectAt(subnet, 'properties')
  return {
    name: subnet['name'],
    id: `${network}/subnets/${String(subnet['name'])}`,
    properties: {
      delegations: [],
      privateEndpointNetworkPolicies: 'Disabled',
      privateLinkServiceNetworkPolicies: 'Enabled',
      ...properties,
      provisioningState: 'Succeeded',
    },
    type: `${namespace}/virtualNetworks/subnets`,
  }
}

/** A peering is connected as soon as the other network peers back. */
function peeringOf(peering: JsonObject, network: string): JsonObject {
  return {
    name: peering['name'],
    id: `${network}/virtualNetworkPeerings/${String(peering['name'])}`,
    properties: {
      peeringState: 'Initiated',
      peeringSyncLevel: 'RemoteNotInSync',
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: false,
      ...objectAt(peering, 'properties'),
      provisioningState: 'Succeeded',
    },
    type: `${namespace}/virtualNetworks/virtualNetworkPeerings`,
  }
}

function withState(peering: JsonObject, estate: Estate): JsonObject {
  const id = String(peering['id'])
  const own = id.slice(0, id.lastIndexOf('/virtualNetworkPeerings/')).toLowerCase()
  const remote = findResource(estate, remoteOf(peering))
  const back = objectsAt(remote?.properties ?? {}, 'virtualNetworkPeerings')
  if (!back.some(other => remoteOf(other).toLowerCase() === own)) return peering
  const state = { peeringState: 'Connected', peeringSyncLevel: 'FullyInSync' }
  return { ...peering, properties: { ...objectAt(peering, 'properties'), ...state } }
}

function remoteOf(peering: JsonObject): string {
  return textAt(objectAt(objectAt(peering, 'properties'), 'remoteVirtualNetwork'), 'id') ?? ''
}

function withUsers(subnet: JsonObject, estate: Estate): JsonObject {
  const users = configurationsIn(String(subnet['id']), estate).map(id => ({ id }))
  if (users.length === 0) return subnet
  return { ...subnet, properties: { ...objectAt(subnet, 'properties'), ipConfigurations: users } }
}

/** The ids of the configurations of interfaces that stand in a subnet. */
function configurationsIn(subnet: string, estate: Estate): string[] {
  return referrersOf(subnet, estate).flatMap(resource =>
    objectsAt(resource.properties, 'ipConfigurations')
      .filter(one => referencesIn(one).some(id => id.toLowerCase() === subnet.toLowerCase()))
      .map(one => String(one['id'])),
  )
}

function partInUse(id: string, estate: Estate) {
  const [user] = configurationsIn(id, estate)
  if (user === undefined) return undefined
  const own = id.slice(id.lastIndexOf('/') + 1)
  return serviceFailure(
    400,
    'InUseSubnetCannotBeDeleted',
    `Subnet ${own} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  )
}

const securityGroup: Declaration = {
  shape(body, previous, { id }) {
    const properties = objectAt(body, 'properties')
    const rules = objectsAt(properties, 'securityRules')
    for (const rule of rules) checkRule(rule, rules)
    return shapeOf(body, {
      resourceGuid: previous?.properties['resourceGuid'] ?? randomUUID(),
      ...properties,
      securityRules: rules.map(rule => ruleOf(rule, id, 'securityRules')),
      defaultSecurityRules: defaultRules.map(rule => ruleOf(rule, id, 'defaultSecurityRules')),
    })
  },
  blocked(resource, estate) {
    const users = referrersOf(resource.id, estate)
    if (users.length === 0) return undefined
    return serviceFailure(
      400,
      'InUseNetworkSecurityGroupCannotBeDeleted',
      `Network security group ${resource.id} cannot be deleted because it is in use by the following resources: ${users.map(({ id }) => id).join(', ')}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
    )
  },
}

function checkRule(rule: JsonObject, rules: readonly JsonObject[]) {
  const properties = objectAt(rule, 'properties')
  const own = String(rule['name'])
  const priority = Number(properties['priority'])
  if (!Number.isInteger(priority) || priority < 100 || priority > 4096)
    throw serviceFailure(
      400,
      'SecurityRuleInvalidPriority',
      `Security rule has invalid Priority. Value provided: ${String(properties['priority'])}. Security rule name: ${own}. The value must be between 100 and 4096.`,
    )
  const twin = rules.find(other => {
    const { priority: taken, direction } = objectAt(other, 'properties')
    return other !== rule && Number(taken) === priority && direction === properties['direction']
  })
  if (twin)
    throw serviceFailure(
      400,
      'SecurityRuleConflict',
      `Security rule ${own} conflicts with rule ${String(twin['name'])}. Rules cannot have the same Priority and Direction. To learn more, see aka.ms/nsgrules.`,
    )
}

function ruleOf(rule: JsonObject, group: string, collection: string): JsonObject {
  return {
    name: rule['name'],
    id: `${group}/${collection}/${String(rule['name'])}`,
    properties: { ...objectAt(rule, 'properties'), provisioningState: 'Succeeded' },
    type: `${namespace}/networkSecurityGroups/${collection}`,
  }
}

const defaultRules: readonly JsonObject[] = [
  ['AllowVnetInBound', 65000, 'Inbound', 'Allow', 'VirtualNetwork', 'VirtualNetwork'],
  ['AllowAzureLoadBalancerInBound', 65001, 'Inbound', 'Allow', 'AzureLoadBalancer', '*'],
  ['DenyAllInBound', 65500, 'Inbound', 'Deny', '*', '*'],
  ['AllowVnetOutBound', 65000, 'Outbound', 'Allow', 'VirtualNetwork', 'VirtualNetwork'],
  ['AllowInternetOutBound', 65001, 'Outbound', 'Allow', '*', 'Internet'],
  ['DenyAllOutBound', 65500, 'Outbound', 'Deny', '*', '*'],
].map(([own, priority, direction, access, source, destination]) => ({
  name: own,
  properties: {
    protocol: '*',
    sourcePortRange: '*',
    destinationPortRange: '*',
    sourceAddressPrefix: source,
    destinationAddressPrefix: destination,
    access,
    priority,
    direction,
  },
}))

const publicAddress: Declaration = {
  shape(body, previous) {
    const properties = objectAt(body, 'properties')
    const sku = { name: 'Standard', tier: 'Regional', ...objectAt(body, 'sku') }
    const method = textAt(properties, 'publicIPAllocationMethod') ?? (sku.name === 'Standard' ? 'Static' : 'Dynamic')
    if (sku.name === 'Standard' && method !== 'Static')
      throw serviceFailure(
        400,
        'StandardSkuPublicIPAddressesMustBeStatic',
        'Standard sku publicIp addresses must have AllocationMethod set to Static.',
      )
    return {
      ...shapeOf(body, {
        resourceGuid: previous?.properties['resourceGuid'] ?? randomUUID(),
        ...proposed.address,
        ...(method === 'Static' ? { ipAddress: previous?.properties['ipAddress'] ?? documentationAddress() } : {}),
        ...properties,
        publicIPAllocationMethod: method,
      }),
      sku,
    }
  },
  computed({ id }, estate) {
    const [user] = usersOfAddress(id, estate)
    return user === undefined ? {} : { ipConfiguration: { id: user } }
  },
  blocked({ id }, estate) {
    const [user] = usersOfAddress(id, estate)
    if (user === undefined) return undefined
    return serviceFailure(
      400,
      'PublicIPAddressCannotBeDeleted',
      `Public IP address ${id} can not be deleted since it is still allocated to resource ${user}. In order to delete the public IP, disassociate/detach the Public IP address from the resource. To learn how to do this, see aka.ms/deletepublicip.`,
    )
  },
}

function usersOfAddress(id: string, estate: Estate): string[] {
  return configurationsIn(id, estate)
}

let nextAddress = 0
/** From the ranges that RFC 5737 keeps for documentation: they belong to nobody. */
function documentationAddress(): string {
  const ranges = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24']
  const at = nextAddress++ % (ranges.length * 254)
  const range = readRange(ranges[Math.floor(at / 254)] ?? '192.0.2.0/24')
  return range ? addressAt(range, (at % 254) + 1) : '192.0.2.1'
}

const networkInterface: Declaration = {
  shape(body, previous, { id, estate }) {
    const properties = objectAt(body, 'properties')
    const configurations = objectsAt(properties, 'ipConfigurations')
    if (configurations.length === 0)
      throw serviceFailure(
        400,
        'NetworkInterfaceMustHaveAtleastOneIpConfiguration',
        `Network interface ${id} must have at least one IP configuration.`,
      )
    checkReferences(id, { configurations, group: properties['networkSecurityGroup'] }, estate)
    return shapeOf(body, {
      resourceGuid: previous?.properties['resourceGuid'] ?? randomUUID(),
      ...proposed.card,
      ...properties,
      ipConfigurations: configurations.map((one, index) => configurationOf(one, { id, index, estate })),
    })
  },
  computed({ id }, estate) {
    const [machine] = referrersOf(id, estate)
    return machine ? { virtualMachine: { id: machine.id } } : {}
  },
  blocked({ id }, estate) {
    const [machine] = referrersOf(id, estate)
    if (!machine) return undefined
    return serviceFailure(
      400,
      'NicInUse',
      `Network Interface ${id} is used by existing resource ${machine.id}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
    )
  },
}

function configurationOf(one: JsonObject, { id, index, estate }: { id: string; index: number; estate: Estate }) {
  const properties = objectAt(one, 'properties')
  const subnet = textAt(objectAt(properties, 'subnet'), 'id')
  if (subnet === undefined)
    throw serviceFailure(
      400,
      'SubnetRequired',
      `IP configuration ${id}/ipConfigurations/${String(one['name'])} must reference a subnet.`,
    )
  return {
    name: one['name'],
    id: `${id}/ipConfigurations/${String(one['name'])}`,
    type: `${namespace}/networkInterfaces/ipConfigurations`,
    properties: {
      privateIPAllocationMethod: 'Dynamic',
      privateIPAddressVersion: 'IPv4',
      primary: index === 0,
      privateIPAddress: freeAddress(subnet, estate),
      ...properties,
      provisioningState: 'Succeeded',
    },
  }
}

/** Azure keeps the first four addresses of a subnet for itself. */
function freeAddress(subnet: string, estate: Estate): string {
  const segments = subnet.split('/')
  const owner = findResource(estate, segments.slice(0, -2).join('/'))
  const part = objectsAt(owner?.properties ?? {}, 'subnets').find(
    one => String(one['name']).toLowerCase() === segments.at(-1)?.toLowerCase(),
  )
  const range = readRange((part && prefixesOf(part)[0]) ?? '')
  const taken = new Set(
    referrersOf(subnet, estate).flatMap((user: Resource) =>
      objectsAt(user.properties, 'ipConfigurations').map(one =>
        textAt(objectAt(one, 'properties'), 'privateIPAddress'),
      ),
    ),
  )
  if (!range) return '10.0.0.4'
  for (let offset = 4; range.first + offset < range.last; offset++)
    if (!taken.has(addressAt(range, offset))) return addressAt(range, offset)
  throw serviceFailure(
    400,
    'SubnetIsFull',
    `Subnet ${String(segments.at(-1))} with address prefix ${String(part && prefixesOf(part)[0])} does not have enough capacity for 1 IP addresses.`,
  )
}

function textsAt(body: JsonObject, key: string): string[] {
  const list = body[key]
  return Array.isArray(list) ? (list as Json[]).filter(value => typeof value === 'string') : []
}
