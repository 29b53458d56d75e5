import { randomUUID } from 'node:crypto'
import type { VirtualNetwork } from '@azure/arm-network'
import type { Estate } from '../../estate.ts'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import type { JsonObject } from '../../request.ts'
import { objectAt } from '../../request.ts'
import { checkReferences, declare, objectsAt, serviceFailure, shapeOf, textsAt } from '../lifecycle.ts'
import { partRoutes } from '../parts.ts'
import { apiVersions, name, namespace } from './namespace.ts'
import { peeringOf, withState } from './peerings.ts'
import { checkSubnets, rangeOf, subnetInUse, subnetOf, withUsers } from './subnets.ts'

const lifecycle = declare(namespace, {
  name,
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
    checkKept(objectsAt(previous?.properties ?? {}, 'subnets'), subnets, estate)
    checkReferences(id, { subnets, peerings: objectsAt(properties, 'virtualNetworkPeerings') }, estate)
    return shapeOf(body, {
      resourceGuid: previous?.properties['resourceGuid'] ?? randomUUID(),
      ...proposed,
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
      const failure = subnetInUse(String(subnet['id']), estate)
      if (failure) return failure
    }
    return undefined
  },
})

/** A network that is put again loses the subnets that it doesn't name, unless something is in them. */
function checkKept(before: readonly JsonObject[], subnets: readonly JsonObject[], estate: Estate) {
  const names = new Set(subnets.map(({ name }) => String(name).toLowerCase()))
  for (const subnet of before) {
    if (names.has(String(subnet['name']).toLowerCase())) continue
    const failure = subnetInUse(String(subnet['id']), estate)
    if (failure) throw failure
  }
}

export const virtualNetworks: ResourceType = {
  name: 'virtualNetworks',
  apiVersions,
  regions: regionNames,
  lifecycle,
  routes: ['subnets', 'virtualNetworkPeerings'].flatMap(collection =>
    partRoutes({
      owner: `${namespace}/virtualNetworks`,
      collection,
      apiVersions,
      lifecycle,
      blocked: subnetInUse,
    }),
  ),
}

/** What a network has that nobody asked for. */
const proposed = { enableDdosProtection: false, privateEndpointVNetPolicies: 'Disabled' } satisfies VirtualNetwork
