import type { Provider } from '../../provider.ts'
import { disks } from './disks.ts'
import { machineSizes } from './machine-sizes.ts'
import { namespace } from './namespace.ts'
import { virtualMachines } from './virtual-machines.ts'

/** Virtual machines, their disks, and the sizes and images that they are made of. */
export function createCompute(): Provider {
  return { namespace, types: [virtualMachines, disks, machineSizes] }
}
