import type { Provider } from '../../provider.ts'
import { disks } from './disks.ts'
import { machineSizes } from './machine-sizes.ts'
import { namespace } from './namespace.ts'
import { usages } from './quotas.ts'
import { virtualMachines } from './virtual-machines.ts'

/** Virtual machines, their disks, the sizes that they have, and how much of them a subscription may have. */
export function createCompute(): Provider {
  return { namespace, types: [virtualMachines, disks, machineSizes, usages] }
}
