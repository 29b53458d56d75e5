import type { VirtualNetworkPeering } from '@azure/arm-network'
import type { Estate } from '../../estate.ts'
import { findResource } from '../../estate.ts'
import type { JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import { objectsAt } from '../lifecycle.ts'
import { namespace } from './namespace.ts'

/** A peering is connected as soon as the other network peers back. */
export function peeringOf(peering: JsonObject, network: string): JsonObject {
  return {
    name: peering['name'],
    id: `${network}/virtualNetworkPeerings/${String(peering['name'])}`,
    properties: {
      ...proposed,
      ...objectAt(peering, 'properties'),
      provisioningState: 'Succeeded',
    },
    type: `${namespace}/virtualNetworks/virtualNetworkPeerings`,
  }
}

/** What a peering has that nobody asked for. */
const proposed = {
  peeringState: 'Initiated',
  peeringSyncLevel: 'RemoteNotInSync',
  allowVirtualNetworkAccess: true,
  allowForwardedTraffic: false,
  allowGatewayTransit: false,
  useRemoteGateways: false,
} satisfies VirtualNetworkPeering

export function withState(peering: JsonObject, estate: Estate): JsonObject {
  const id = String(peering['id'])
  const own = id.slice(0, id.lastIndexOf('/virtualNetworkPeerings/')).toLowerCase()
  const remote = findResource(estate, remoteOf(peering))
  const back = objectsAt(remote?.properties ?? {}, 'virtualNetworkPeerings')
  if (!back.some(other => remoteOf(other).toLowerCase() === own)) return peering
  const state = { peeringState: 'Connected', peeringSyncLevel: 'FullyInSync' } satisfies VirtualNetworkPeering
  return { ...peering, properties: { ...objectAt(peering, 'properties'), ...state } }
}

function remoteOf(peering: JsonObject): string {
  return textAt(objectAt(objectAt(peering, 'properties'), 'remoteVirtualNetwork'), 'id') ?? ''
}
