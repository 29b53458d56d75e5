import { randomUUID } from 'node:crypto'
import type { PublicIPAddress } from '@azure/arm-network'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import { objectAt, textAt } from '../../request.ts'
import { declare, serviceFailure, shapeOf } from '../lifecycle.ts'
import { addressAt, readRange } from './cidr.ts'
import { configurationsIn } from './ip-configurations.ts'
import { apiVersions, name, namespace } from './namespace.ts'

export const publicIPAddresses: ResourceType = {
  name: 'publicIPAddresses',
  apiVersions,
  regions: regionNames,
  lifecycle: declare(namespace, {
    name,
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
          ...proposed,
          ...(method === 'Static' ? { ipAddress: previous?.properties['ipAddress'] ?? documentationAddress() } : {}),
          ...properties,
          publicIPAllocationMethod: method,
        }),
        sku,
      }
    },
    computed({ id }, estate) {
      const [user] = configurationsIn(id, estate)
      return user === undefined ? {} : { ipConfiguration: { id: user } }
    },
    blocked({ id }, estate) {
      const [user] = configurationsIn(id, estate)
      if (user === undefined) return undefined
      return serviceFailure(
        400,
        'PublicIPAddressCannotBeDeleted',
        `Public IP address ${id} can not be deleted since it is still allocated to resource ${user}. In order to delete the public IP, disassociate/detach the Public IP address from the resource. To learn how to do this, see aka.ms/deletepublicip.`,
      )
    },
  }),
}

/** What an address has that nobody asked for. */
const proposed = { publicIPAddressVersion: 'IPv4', idleTimeoutInMinutes: 4, ipTags: [] } satisfies PublicIPAddress

let nextAddress = 0
/** From the ranges that RFC 5737 keeps for documentation: they belong to nobody. */
function documentationAddress(): string {
  const ranges = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24']
  const at = nextAddress++ % (ranges.length * 254)
  const range = readRange(ranges[Math.floor(at / 254)] ?? '192.0.2.0/24')
  return range ? addressAt(range, (at % 254) + 1) : '192.0.2.1'
}
