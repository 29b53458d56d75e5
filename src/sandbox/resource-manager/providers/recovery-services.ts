import { randomUUID } from 'node:crypto'
import { ArmFailure } from '../failure.ts'
import { regionNames } from '../location.ts'
import type { Lifecycle, Provider } from '../provider.ts'
import type { JsonObject } from '../request.ts'
import { objectAt, textAt } from '../request.ts'

const apiVersions = [
  '2026-07-01',
  '2026-05-01',
  '2025-08-01',
  '2025-02-01',
  '2024-10-01',
  '2024-04-01',
  '2024-02-01',
  '2024-01-01',
  '2023-08-01',
  '2023-06-01',
  '2023-04-01',
  '2023-02-01',
  '2023-01-01',
  '2022-10-01',
  '2022-09-10',
  '2022-08-01',
  '2022-04-01',
  '2022-03-01',
  '2022-02-01',
  '2022-01-01',
  '2021-12-01',
  '2021-11-01',
  '2021-08-01',
  '2021-07-01',
  '2021-06-01',
  '2021-04-01',
  '2021-03-01',
  '2021-02-01',
  '2021-01-01',
  '2020-10-01',
  '2020-02-02',
  '2016-06-01',
]

/** Recovery Services vaults; bodies and protocols of azure-facts.md §3.2 and §4.5. */
export function createRecoveryServices(): Provider {
  return {
    namespace: 'Microsoft.RecoveryServices',
    types: [{ name: 'vaults', apiVersions, regions: regionNames, lifecycle: vaultLifecycle }],
  }
}

const vaultLifecycle: Lifecycle = {
  workingState: 'Provisioning',
  unfinished: { backupStorageVersion: 'Unassigned' },
  seconds: { create: 8, update: 4, delete: 6 },
  putProtocol: version => (version <= '2021-03-01' ? 'sync' : 'async'),
  deleteProtocol: version => (version <= '2022-10-01' ? 'sync' : 'async'),
  operationId: () => Buffer.from(`${randomUUID()};${randomUUID()}`).toString('base64url'),
  operationPath: ({ id }, kind, operation) =>
    `${id}/${kind === 'status' ? 'operationStatus' : 'operationResults'}/${operation}`,
  checkName(name) {
    if (/^[A-Za-z][A-Za-z0-9-]{1,49}$/.test(name)) return
    throw vaultFailure(
      'InvalidResourceName',
      `The vault name '${name}' is invalid. A vault name has 2 to 50 letters, digits and hyphens and starts with a letter.`,
    )
  },
  shape(body) {
    const sku = objectAt(body, 'sku')
    const name = textAt(sku, 'name')
    if (name !== 'Standard' && name !== 'RS0') {
      throw vaultFailure('InvalidParameter', `The sku name '${name ?? ''}' is invalid. Expected 'RS0' or 'Standard'.`)
    }
    const properties = objectAt(body, 'properties')
    return {
      sku,
      identity: 'identity' in body ? objectAt(body, 'identity') : undefined,
      properties: completeProperties(properties),
    }
  },
}

function completeProperties(asked: JsonObject): JsonObject {
  const { provisioningState: _state, ...properties } = asked
  return {
    privateEndpointStateForBackup: 'None',
    privateEndpointStateForSiteRecovery: 'None',
    bcdrSecurityLevel: 'Fair',
    backupStorageVersion: 'V2',
    secureScore: 'Adequate',
    publicNetworkAccess: 'Enabled',
    restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: 'Enabled' } },
    ...properties,
    monitoringSettings: {
      azureMonitorAlertSettings: {
        alertsForAllJobs: 'Enabled',
        alertsForAllReplicationIssues: 'Enabled',
        alertsForAllFailoverIssues: 'Enabled',
      },
      classicAlertSettings: {
        alertsForCriticalOperations: 'Enabled',
        emailNotificationsForSiteRecovery: 'Enabled',
      },
      ...objectAt(properties, 'monitoringSettings'),
    },
    securitySettings: {
      multiUserAuthorization: 'Disabled',
      ...objectAt(properties, 'securitySettings'),
      softDeleteSettings: {
        softDeleteRetentionPeriodInDays: 14,
        softDeleteState: 'AlwaysON',
        enhancedSecurityState: 'AlwaysON',
        ...objectAt(objectAt(properties, 'securitySettings'), 'softDeleteSettings'),
      },
    },
    redundancySettings: {
      standardTierStorageRedundancy: 'GeoRedundant',
      crossRegionRestore: 'Disabled',
      ...objectAt(properties, 'redundancySettings'),
    },
  }
}

/** Recovery Services adds three empty fields to its errors (azure-facts.md §4.1). */
function vaultFailure(code: string, message: string) {
  return new ArmFailure(400, { code, message, target: null, details: null, innerError: null }, 'service')
}
