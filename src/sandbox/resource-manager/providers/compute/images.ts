import { findResource } from '../../estate.ts'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import { objectAt, textAt } from '../../request.ts'
import { checkReferences, declare, serviceFailure, shapeOf } from '../lifecycle.ts'
import { machineVersions, namespace } from './namespace.ts'
import { isGeneralized } from './power.ts'

/** Images of one's own, made of a machine that was generalized, or of disks. */
export const images: ResourceType = {
  name: 'images',
  apiVersions: machineVersions,
  regions: regionNames,
  lifecycle: declare(namespace, {
    workingState: 'Creating',
    seconds: { create: 15, update: 3, delete: 5 },
    shape(body, _previous, { id, estate }) {
      const properties = objectAt(body, 'properties')
      const source = objectAt(properties, 'sourceVirtualMachine')
      checkReferences(id, { source }, estate)
      const machine = findResource(estate, textAt(source, 'id') ?? '')
      const disk = objectAt(objectAt(properties, 'storageProfile'), 'osDisk')
      if (!machine && Object.keys(disk).length === 0)
        throw serviceFailure(
          400,
          'InvalidParameter',
          "Either 'sourceVirtualMachine' or 'storageProfile.osDisk' is required.",
          'storageProfile',
        )
      if (machine && !isGeneralized(machine))
        throw serviceFailure(
          409,
          'OperationNotAllowed',
          `The VM '${machine.name}' must be generalized before an image is made of it. See https://aka.ms/generalizevm.`,
        )
      const from = objectAt(objectAt(machine?.properties ?? {}, 'storageProfile'), 'osDisk')
      const system = { osState: 'Generalized', osType: from['osType'] ?? 'Linux', managedDisk: from['managedDisk'] }
      return shapeOf(body, {
        hyperVGeneration: 'V2',
        ...properties,
        storageProfile: {
          dataDisks: [],
          zoneResilient: false,
          ...objectAt(properties, 'storageProfile'),
          osDisk: machine ? { caching: 'ReadWrite', ...system, ...disk } : disk,
        },
      })
    },
  }),
}
