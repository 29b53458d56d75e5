import type { Provider } from '../../provider.ts'
import { genericTypes } from '../generic.ts'
import { disks } from './disks.ts'
import { images } from './images.ts'
import { publishedImages } from './machine-images.ts'
import { machineSizes } from './machine-sizes.ts'
import { namespace } from './namespace.ts'
import { usages } from './quotas.ts'
import { virtualMachines } from './virtual-machines.ts'

/** Virtual machines, their disks, the sizes that they have, and how much of them a subscription may have; other types are stored. */
export function createCompute(): Provider {
  return {
    namespace,
    types: [virtualMachines, disks, images, machineSizes, publishedImages, usages, ...genericTypes(namespace, others)],
  }
}

const others =
  'availabilitySets capacityReservationGroups diskAccesses diskEncryptionSets galleries galleries/images galleries/images/versions hostGroups hostGroups/hosts proximityPlacementGroups restorePointCollections snapshots sshPublicKeys virtualMachines/extensions virtualMachines/runCommands virtualMachineScaleSets'
