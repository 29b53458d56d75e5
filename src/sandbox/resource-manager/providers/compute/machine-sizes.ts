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
      answer: () => ({ status: 200, body: { value: sizes.map(describeSize) } }),
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

/** Name, vCPUs, GiB of memory, data disks. Those that articles use; Azure has hundreds. */
const table = `
Standard_B1ls 1 0.5 2
Standard_B1s 1 1 2
Standard_B1ms 1 2 2
Standard_B2s 2 4 4
Standard_B2ms 2 8 4
Standard_B4ms 4 16 8
Standard_B2ats_v2 2 1 4
Standard_B2as_v2 2 8 4
Standard_B2ts_v2 2 1 4
Standard_B2s_v2 2 8 4
Standard_B4s_v2 4 16 8
Standard_A1_v2 1 2 2
Standard_A2_v2 2 4 4
Standard_D2_v3 2 8 4
Standard_D2s_v3 2 8 4
Standard_D4s_v3 4 16 8
Standard_D8s_v3 8 32 16
Standard_D16s_v3 16 64 32
Standard_D2s_v4 2 8 4
Standard_D4s_v4 4 16 8
Standard_D2ds_v4 2 8 4
Standard_D4ds_v4 4 16 8
Standard_D2as_v4 2 8 4
Standard_D2s_v5 2 8 4
Standard_D4s_v5 4 16 8
Standard_D8s_v5 8 32 16
Standard_D16s_v5 16 64 32
Standard_D2ds_v5 2 8 4
Standard_D4ds_v5 4 16 8
Standard_D2as_v5 2 8 4
Standard_D4as_v5 4 16 8
Standard_D2ls_v5 2 4 4
Standard_D2s_v6 2 8 8
Standard_D4s_v6 4 16 12
Standard_DS1_v2 1 3.5 4
Standard_DS2_v2 2 7 8
Standard_DS3_v2 4 14 16
Standard_E2s_v3 2 16 4
Standard_E4s_v3 4 32 8
Standard_E2s_v5 2 16 4
Standard_E4s_v5 4 32 8
Standard_F2s_v2 2 4 4
Standard_F4s_v2 4 8 8
Standard_F8s_v2 8 16 16
`

/** In every region the same. */
export const sizes: readonly Size[] = table
  .trim()
  .split('\n')
  .map(line => {
    const [name = '', cores, memory, disks] = line.split(' ')
    return { name, cores: Number(cores), memory: Number(memory) * 1024, disks: Number(disks) }
  })

export function describeSize({ name, cores, memory, disks }: Size) {
  return {
    name,
    numberOfCores: cores,
    osDiskSizeInMB: 1047552,
    resourceDiskSizeInMB: memory * 4,
    memoryInMB: memory,
    maxDataDiskCount: disks,
  } satisfies VirtualMachineSize
}
