import type { VirtualMachineSize } from '@azure/arm-compute'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import type { JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import { machineVersions, namespace } from './namespace.ts'

const type = `${namespace}/locations/vmSizes`

export const machineSizes: ResourceType = {
  name: 'locations/vmSizes',
  apiVersions: machineVersions,
  regions: regionNames,
  routes: [
    {
      type,
      apiVersions: machineVersions,
      method: 'GET',
      path: `/subscriptions/:subscription/providers/${namespace}/locations/:location/vmSizes`,
      action: `${type}/read`,
      answer: () => ({ status: 200, body: { value: sizes.map(describe) } }),
    },
  ],
}

/** The size of that name, in any case. */
export function findSize(name: string): Size | undefined {
  return sizes.find(size => size.name.toLowerCase() === name.toLowerCase())
}

/** The size that a machine's properties ask for. */
export function askedSize(properties: JsonObject): string {
  return textAt(objectAt(properties, 'hardwareProfile'), 'vmSize') ?? 'Standard_D2s_v3'
}

export interface Size {
  name: string
  cores: number
  /** Mebibytes. */
  memory: number
  disks: number
}

/** In every region the same. */
export const sizes: readonly Size[] = [
  { name: 'Standard_B1s', cores: 1, memory: 1024, disks: 2 },
  { name: 'Standard_B1ms', cores: 1, memory: 2048, disks: 2 },
  { name: 'Standard_B2s', cores: 2, memory: 4096, disks: 4 },
  { name: 'Standard_B2ms', cores: 2, memory: 8192, disks: 4 },
  { name: 'Standard_D2s_v3', cores: 2, memory: 8192, disks: 4 },
  { name: 'Standard_D4s_v3', cores: 4, memory: 16384, disks: 8 },
  { name: 'Standard_D2s_v5', cores: 2, memory: 8192, disks: 4 },
  { name: 'Standard_D4s_v5', cores: 4, memory: 16384, disks: 8 },
  { name: 'Standard_DS1_v2', cores: 1, memory: 3584, disks: 4 },
  { name: 'Standard_DS2_v2', cores: 2, memory: 7168, disks: 8 },
  { name: 'Standard_E2s_v5', cores: 2, memory: 16384, disks: 4 },
  { name: 'Standard_F2s_v2', cores: 2, memory: 4096, disks: 4 },
]

function describe({ name, cores, memory, disks }: Size) {
  return {
    name,
    numberOfCores: cores,
    osDiskSizeInMB: 1047552,
    resourceDiskSizeInMB: memory * 4,
    memoryInMB: memory,
    maxDataDiskCount: disks,
  } satisfies VirtualMachineSize
}
