import { randomUUID } from 'node:crypto'
import type { VaultProperties } from '@azure/arm-recoveryservices'
import { resourceNotFound } from '../failures.ts'
import { normalizeLocation, regionNames } from '../location.ts'
import { page } from '../paging.ts'
import type { Lifecycle, Provider } from '../provider.ts'
import type { ArmRequest, JsonObject } from '../request.ts'
import { objectAt, textAt } from '../request.ts'
import type { Route } from '../route.ts'
import { createBackup } from './recovery-services-backup.ts'
import { vaultFailure } from './recovery-services-failure.ts'

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

/** Those that know that a deleted vault is kept for a while (azure-facts.md §4.5). */
const softDeleteVersions = apiVersions.filter(version => version >= '2025-08-01')

/** A vault that was deleted and could still be brought back. */
interface DeletedVault {
  name: string
  location: string
  vaultId: string
  deleted: Date
}

/** Recovery Services vaults; bodies and protocols of azure-facts.md §3.2 and §4.5. */
export function createRecoveryServices(): Provider {
  const backup = createBackup(apiVersions)
  const deletedVaults: DeletedVault[] = []
  const lifecycle: Lifecycle = {
    ...vaultLifecycle,
    blocked: backup.blocked,
    deleted(_estate, { id, location }) {
      deletedVaults.push({ name: randomUUID(), location, vaultId: id, deleted: new Date() })
    },
  }
  return {
    namespace: 'Microsoft.RecoveryServices',
    types: [
      { name: 'vaults', apiVersions, regions: regionNames, lifecycle, routes: backup.routes },
      {
        name: 'locations/deletedVaults',
        apiVersions: softDeleteVersions,
        regions: regionNames,
        routes: deletedVaultRoutes(deletedVaults),
      },
    ],
  }
}

function deletedVaultRoutes(deletedVaults: readonly DeletedVault[]): Route[] {
  const path = '/subscriptions/:subscription/providers/Microsoft.RecoveryServices/locations/:location/deletedVaults'
  const common = {
    method: 'GET',
    type: 'Microsoft.RecoveryServices/locations/deletedVaults',
    apiVersions: softDeleteVersions,
    action: 'Microsoft.RecoveryServices/locations/deletedVaults/read',
  } as const
  const inLocation = ({ parameters }: ArmRequest) =>
    deletedVaults.filter(({ location }) => location === normalizeLocation(parameters['location'] ?? ''))
  return [
    {
      ...common,
      path,
      answer: (request, estate) =>
        page(
          request,
          inLocation(request).map(vault => describeDeletedVault(vault, estate.subscription)),
        ),
    },
    {
      ...common,
      path: `${path}/:vault`,
      answer(request, estate) {
        const name = request.parameters['vault'] ?? ''
        const vault = inLocation(request).find(one => one.name === name)
        if (!vault) throw resourceNotFound(common.type, name, '')
        return { status: 200, body: describeDeletedVault(vault, estate.subscription) }
      },
    },
  ]
}

function describeDeletedVault({ name, location, vaultId, deleted }: DeletedVault, subscription: string) {
  const purge = new Date(deleted.getTime() + 14 * 24 * 60 * 60 * 1000)
  return {
    id: `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/${location}/deletedVaults/${name}`,
    name,
    type: 'Microsoft.RecoveryServices/locations/deletedVaults',
    properties: { vaultId, vaultDeletionTime: deleted.toISOString(), purgeAt: purge.toISOString() },
  }
}

const vaultLifecycle: Lifecycle = {
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
