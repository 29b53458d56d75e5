import { randomUUID } from 'node:crypto'
import type { NetworkInterface, NetworkInterfaceIPConfiguration } from '@azure/arm-network'
import type { Estate } from '../../estate.ts'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import type { JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import { checkReferences, declare, objectsAt, referrersOf, serviceFailure, shapeOf } from '../lifecycle.ts'
import { apiVersions, name, namespace } from './namespace.ts'
import { freeAddress } from './subnets.ts'

export const networkInterfaces: ResourceType = {
  name: 'networkInterfaces',
  apiVersions,
  regions: regionNames,
  lifecycle: declare(namespace, {
    name,
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
        ...proposed,
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
  }),
}

/** What an interface has that nobody asked for. */
const proposed = {
  nicType: 'Standard',
  enableAcceleratedNetworking: false,
  enableIPForwarding: false,
  dnsSettings: { dnsServers: [], appliedDnsServers: [] },
} satisfies NetworkInterface

const proposedConfiguration = {
  privateIPAllocationMethod: 'Dynamic',
  privateIPAddressVersion: 'IPv4',
} satisfies NetworkInterfaceIPConfiguration

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
      ...proposedConfiguration,
      primary: index === 0,
      privateIPAddress: freeAddress(subnet, estate),
      ...properties,
      provisioningState: 'Succeeded',
    },
  }
}
