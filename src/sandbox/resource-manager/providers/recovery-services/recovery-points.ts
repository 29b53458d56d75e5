import { randomUUID } from 'node:crypto'
import type { IaasVMRecoveryPoint } from '@azure/arm-recoveryservicesbackup'
import type { JsonObject } from '../../request.ts'

/** One backup of an item, from which it could be restored. */
export interface RecoveryPoint {
  name: string
  time: Date
}

export const newPoint = (): RecoveryPoint => ({
  name: String(BigInt(`0x${randomUUID().slice(0, 8)}`) + 10n ** 15n),
  time: new Date(),
})

export function describePoint(item: string, { name, time }: RecoveryPoint): JsonObject {
  return {
    id: `${item}/recoveryPoints/${name}`,
    name,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints',
    properties: {
      objectType: 'IaasVMRecoveryPoint',
      recoveryPointType: 'CrashConsistent',
      recoveryPointTime: time.toISOString(),
      recoveryPointTierDetails: [{ type: 'InstantRP', status: 'Valid' }],
      isManagedVirtualMachine: true,
      originalStorageAccountOption: false,
    } satisfies Omit<IaasVMRecoveryPoint, 'recoveryPointTime'> & { recoveryPointTime: string },
  }
}
