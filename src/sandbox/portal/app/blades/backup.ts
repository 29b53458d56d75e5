import type { BladeHost } from '../host.ts'
import type { Resource, ResourceManager } from '../resource-manager.ts'
import { groupOf, nameOf } from '../resource-manager.ts'
import type { Cell, Row } from './declaration.ts'

/** A machine that a vault protects (azure-facts.md §4.5). */
export interface ProtectedItem {
  id: string
  name: string
  properties: {
    friendlyName?: string
    sourceResourceId?: string
    policyId?: string
    protectionState?: string
    lastBackupStatus?: string
    isScheduledForDeferredDelete?: boolean
  }
}

/** `V1` is Standard, `V2` Enhanced. */
export interface BackupPolicy {
  id: string
  name: string
  properties: { backupManagementType: string; policyType?: string }
}

export const vaultType = 'Microsoft.RecoveryServices/vaults'

export async function listVaults(resourceManager: ResourceManager): Promise<Resource[]> {
  const subscriptions = await resourceManager.subscriptions()
  const resources = await Promise.all(subscriptions.map(({ id }) => resourceManager.resources(id)))
  return resources.flat().filter(({ type }) => type.toLowerCase() === vaultType.toLowerCase())
}

export const listItems = (resourceManager: ResourceManager, vault: string) =>
  resourceManager.list<ProtectedItem>(`${vault}/backupProtectedItems`)

/** The items of all vaults; a vault that is going away has none. */
export async function listAllItems(resourceManager: ResourceManager): Promise<ProtectedItem[]> {
  const vaults = await listVaults(resourceManager)
  return (await Promise.all(vaults.map(({ id }) => listItems(resourceManager, id).catch(() => [])))).flat()
}

/** Where a machine is among a vault's items (learn.microsoft.com, REST interface of Azure Backup). */
export function itemIdOf(vault: string, machine: string): string {
  const name = `iaasvmcontainerv2;${groupOf(machine)};${nameOf(machine)}`
  return `${vault}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;${name}/protectedItems/vm;${name}`
}

/** The vault that an item is in. */
export const vaultOf = (item: string) => item.replace(/\/backupFabrics\/.*$/i, '')

export function describeState({ properties }: ProtectedItem): string {
  if (properties.isScheduledForDeferredDelete) return 'Soft deleted'
  if (properties.protectionState === 'ProtectionStopped') return 'Protection stopped'
  return properties.lastBackupStatus ? 'Protected' : 'Warning (Initial backup pending)'
}

export function describeItem(item: ProtectedItem, beside: Cell[] = []): Row {
  const { sourceResourceId = '', isScheduledForDeferredDelete } = item.properties
  return {
    key: item.id,
    cells: [
      nameOf(item.id),
      groupOf(sourceResourceId),
      ...beside,
      isScheduledForDeferredDelete ? '-' : 'Passed',
      describeState(item),
      { text: 'View details', route: { page: 'resource', id: item.id, item: 'overview' } },
    ],
  }
}

export const itemColumns = ['Backup Pre-Check', 'Last Backup Status', 'Details']

/** Changes what a vault does for a machine: `body` is what the item shall be. */
export function putItem(host: BladeHost, item: string, properties: object, words: { doing: string; done: string }) {
  const name = nameOf(item)
  return host.carryOut({
    change: { method: 'PUT', id: item, body: { properties } },
    texts: {
      running: { title: words.doing, description: `${words.doing} for '${name}'...` },
      done: { title: words.done, description: `${words.done} for '${name}'.` },
      failed: { title: `${words.doing} failed`, description: `Nothing changed for '${name}'.` },
    },
  })
}
