import { randomUUID } from 'node:crypto'
import type { VaultProperties } from '@azure/arm-recoveryservices'
import { regionNames } from '../../location.ts'
import type { Lifecycle, ResourceType } from '../../provider.ts'
import type { JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import type { Backup } from './backup.ts'
import type { DeletedVaults } from './deleted-vaults.ts'
import { vaultFailure } from './failure.ts'
import { apiVersions } from './namespace.ts'

/** One region lacks the type, so that its refusal can be rehearsed. Which one is the sandbox's choice, and no fact of Azure. */
const withoutVaults = 'jioindiawest'

/** Vaults; bodies and protocols of azure-facts.md §3.2 and §4.5. */
export function createVaults(backup: Backup, deletedVaults: DeletedVaults): ResourceType {
  return {
    name: 'vaults',
    apiVersions,
    regions: regionNames.filter(name => name !== withoutVaults),
    lifecycle: {
      ...lifecycle,
      blocked: backup.blocked,
      deleted: (_estate, vault) => deletedVaults.remember(vault),
    },
    routes: backup.routes,
  }
}

const lifecycle: Lifecycle = {
  workingState: 'Provisioning',
  unfinished: properties => ({
    ...properties,
    backupStorageVersion: 'Unassigned',
    securitySettings: { ...objectAt(properties, 'securitySettings'), multiUserAuthorization: 'Invalid' },
  }),
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
    ...proposed,
    ...properties,
    monitoringSettings: { ...proposed.monitoringSettings, ...objectAt(properties, 'monitoringSettings') },
    securitySettings: {
      ...proposed.securitySettings,
      ...objectAt(properties, 'securitySettings'),
      softDeleteSettings: {
        ...proposed.securitySettings.softDeleteSettings,
        ...objectAt(objectAt(properties, 'securitySettings'), 'softDeleteSettings'),
      },
    },
    redundancySettings: { ...proposed.redundancySettings, ...objectAt(properties, 'redundancySettings') },
  }
}

/** What a vault has that nobody asked for (azure-facts.md §3.2). */
const proposed = {
  privateEndpointStateForBackup: 'None',
  privateEndpointStateForSiteRecovery: 'None',
  bcdrSecurityLevel: 'Fair',
  backupStorageVersion: 'V2',
  secureScore: 'Adequate',
  publicNetworkAccess: 'Enabled',
  restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: 'Enabled' } },
  monitoringSettings: {
    azureMonitorAlertSettings: {
      alertsForAllJobFailures: 'Enabled',
      alertsForAllReplicationIssues: 'Enabled',
      alertsForAllFailoverIssues: 'Enabled',
    },
    classicAlertSettings: {
      alertsForCriticalOperations: 'Enabled',
      emailNotificationsForSiteRecovery: 'Enabled',
    },
  },
  securitySettings: {
    multiUserAuthorization: 'Disabled',
    softDeleteSettings: {
      softDeleteRetentionPeriodInDays: 14,
      softDeleteState: 'AlwaysON',
      enhancedSecurityState: 'AlwaysON',
    },
  },
  redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant', crossRegionRestore: 'Disabled' },
} satisfies VaultProperties
