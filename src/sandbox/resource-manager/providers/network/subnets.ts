import type { Subnet } from '@azure/arm-network'
import type { Estate, Resource } from '../../estate.ts'
import { findResource } from '../../estate.ts'
import type { JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import { objectsAt, referrersOf, serviceFailure, textsAt } from '../lifecycle.ts'
import { addressAt, contains, overlap, readRange, type Range } from './cidr.ts'
import { configurationsIn } from './ip-configurations.ts'
import { namespace } from './namespace.ts'

/** Reads the range of a resource. Throws an ArmFailure for what is none. */
export function rangeOf(prefix: string, id: string): Range {
  const range = readRange(prefix)
  if (range) return range
  throw serviceFailure(
    400,
    'InvalidAddressPrefixFormat',
    `Address prefix ${prefix} of resource ${id} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
  )
}

export function checkSubnets(subnets: readonly JsonObject[], spaces: readonly Range[], owner: string, id: string) {
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

/** What a subnet has that nobody asked for. */
const proposed = {
  delegations: [],
  privateEndpointNetworkPolicies: 'Disabled',
  privateLinkServiceNetworkPolicies: 'Enabled',
} satisfies Subnet

export function subnetOf(subnet: JsonObject, network: string): JsonObject {
  const { ipConfigurations: _users, ...properties } = objectAt(subnet, 'properties')
  return {
    name: subnet['name'],
    id: `${network}/subnets/${String(subnet['name'])}`,
    properties: { ...proposed, ...properties, provisioningState: 'Succeeded' },
    type: `${namespace}/virtualNetworks/subnets`,
  }
}

export function withUsers(subnet: JsonObject, estate: Estate): JsonObject {
  const users = configurationsIn(String(subnet['id']), estate).map(id => ({ id }))
  if (users.length === 0) return subnet
  return { ...subnet, properties: { ...objectAt(subnet, 'properties'), ipConfigurations: users } }
}

/** Why a subnet can't be deleted, if so. */
export function subnetInUse(id: string, estate: Estate) {
  const [user] = configurationsIn(id, estate)
  if (user === undefined) return undefined
  const own = id.slice(id.lastIndexOf('/') + 1)
  return serviceFailure(
    400,
    'InUseSubnetCannotBeDeleted',
    `Subnet ${own} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  )
}

/** Azure keeps the first four addresses of a subnet for itself. */
export function freeAddress(subnet: string, estate: Estate): string {
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
