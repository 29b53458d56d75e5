import type { Provider, ResourceType } from '../provider.ts'
import { declare } from './lifecycle.ts'

/**
 * Types that the sandbox stores, lists and deletes, and of which it knows nothing else: every answer says so in the header
 * `x-verbatim-sandbox: generic-resource`. A type that isn't listed is added when somebody makes one.
 */
export function createGenericProviders(): Provider[] {
  return Object.entries(known).map(([namespace, types]) => ({
    namespace,
    generic: true,
    types: genericTypes(namespace, types),
  }))
}

/** Types of a provider of which nothing more is known than their names, with a space between each. */
export function genericTypes(
  namespace: string,
  names: string,
  apiVersions: readonly string[] = ['2025-04-01', '2024-01-01', '2022-09-01'],
): ResourceType[] {
  return names
    .split(' ')
    .filter(Boolean)
    .map(name => genericType(namespace, name, apiVersions))
}

/** `2023-01-01`, or `2023-01-01-preview`. */
export const versionPattern = /^\d{4}-\d{2}-\d{2}(?:-[a-z]+)?$/i

export function genericType(namespace: string, name: string, apiVersions: readonly string[]): ResourceType {
  return {
    name,
    apiVersions,
    regions: [],
    generic: true,
    lifecycle: declare(namespace, {
      put: 'sync',
      delete: 'sync',
      workingState: 'Creating',
      ...(answeringOk.has(`${namespace}/${name}`.toLowerCase()) ? { createdStatus: 200 } : {}),
    }),
  }
}

/** Types of which Azure's specifications know no 201: their clients take it for a failure. */
const answeringOk = new Set([
  'microsoft.compute/availabilitysets',
  'microsoft.insights/components',
  'microsoft.insights/metricalerts',
])

/** Namespaces of Azure (learn.microsoft.com: "Resource providers for Azure services"), with the types that articles make most. */
const known: Readonly<Record<string, string>> = {
  'Microsoft.AlertsManagement': 'smartDetectorAlertRules',
  'Microsoft.ApiManagement': 'service',
  'Microsoft.App': 'containerApps managedEnvironments jobs',
  'Microsoft.AppConfiguration': 'configurationStores',
  'Microsoft.Automation': 'automationAccounts automationAccounts/runbooks',
  'Microsoft.Batch': 'batchAccounts',
  'Microsoft.Cache': 'redis',
  'Microsoft.Cdn': 'profiles profiles/endpoints',
  'Microsoft.CognitiveServices': 'accounts',
  'Microsoft.ContainerInstance': 'containerGroups',
  'Microsoft.ContainerRegistry': 'registries',
  'Microsoft.ContainerService': 'managedClusters',
  'Microsoft.DataFactory': 'factories',
  'Microsoft.DataProtection': 'backupVaults',
  'Microsoft.DBforMySQL': 'flexibleServers',
  'Microsoft.DBforPostgreSQL': 'flexibleServers',
  'Microsoft.Devices': 'IotHubs',
  'Microsoft.DevTestLab': 'labs schedules',
  'Microsoft.DocumentDB': 'databaseAccounts',
  'Microsoft.EventGrid': 'topics systemTopics',
  'Microsoft.EventHub': 'namespaces namespaces/eventhubs',
  'Microsoft.HybridCompute': 'machines',
  'Microsoft.Insights': 'components actionGroups metricAlerts activityLogAlerts workbooks',
  'Microsoft.KeyVault': 'vaults',
  'Microsoft.Kubernetes': 'connectedClusters',
  'Microsoft.Logic': 'workflows',
  'Microsoft.MachineLearningServices': 'workspaces',
  'Microsoft.Maintenance': 'maintenanceConfigurations',
  'Microsoft.ManagedIdentity': 'userAssignedIdentities',
  'Microsoft.Migrate': 'migrateProjects',
  'Microsoft.OperationalInsights': 'workspaces',
  'Microsoft.OperationsManagement': 'solutions',
  'Microsoft.PolicyInsights': 'remediations',
  'Microsoft.Portal': 'dashboards',
  'Microsoft.Quota': '',
  'Microsoft.Relay': 'namespaces',
  'Microsoft.ResourceGraph': 'queries',
  'Microsoft.Search': 'searchServices',
  'Microsoft.Security': '',
  'Microsoft.ServiceBus': 'namespaces namespaces/queues namespaces/topics',
  'Microsoft.SignalRService': 'SignalR',
  'Microsoft.Sql': 'servers servers/databases',
  'Microsoft.StorageSync': 'storageSyncServices',
  'Microsoft.StreamAnalytics': 'streamingjobs',
  'Microsoft.Synapse': 'workspaces',
  'Microsoft.VirtualMachineImages': 'imageTemplates',
  'Microsoft.Web': 'sites serverfarms staticSites',
}
