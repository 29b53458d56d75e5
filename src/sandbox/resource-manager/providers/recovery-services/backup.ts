import type {
  AzureIaaSVMProtectedItem,
  BackupResourceConfig,
  BackupResourceVaultConfig,
} from '@azure/arm-recoveryservicesbackup'
import type { Estate, Resource } from '../../estate.ts'
import { findResource, groupId } from '../../estate.ts'
import type { ArmFailure } from '../../failure.ts'
import { resourceNotFound } from '../../failures.ts'
import { page } from '../../paging.ts'
import type { ArmRequest, JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import type { Route } from '../../route.ts'
import { createPolicies, type Policies } from './backup-policies.ts'
import { vaultFailure } from './failure.ts'
import { apiVersions, namespace } from './namespace.ts'

/** Something that a vault protects. Deleting it leaves it for two weeks, unless the vault's soft delete is off. */
interface ProtectedItem {
  id: string
  name: string
  container: string
  properties: JsonObject
  softDeleted: boolean
}

export interface Backup {
  routes: readonly Route[]
  /**
   * Why the vault can't be deleted while it holds items (azure-facts.md §4.2). Since 2024-09-30-preview one that holds nothing but
   * softly deleted items can: it is softly deleted itself (learn.microsoft.com/azure/backup/secure-by-default, "Delete Vault action").
   */
  blocked(vault: Resource, estate: Estate, apiVersion?: string): ArmFailure | undefined
}

const type = `${namespace}/vaults`
const vaultPath = `/subscriptions/:subscription/resourcegroups/:group/providers/${type}/:name`

/** What of Azure Backup matters to vaults: protected items, and the two settings that az reads (azure-facts.md §4.5). */
export function createBackup(): Backup {
  const items = new Map<string, ProtectedItem>()
  const common = { type, apiVersions }
  const itemPath = `${vaultPath}/backupFabrics/:fabric/protectionContainers/:container/protectedItems/:item`

  const policies = createPolicies({
    vaultOf: requireVault,
    inUse: policy =>
      [...items.values()].some(
        ({ properties }) => textAt(properties, 'policyId')?.toLowerCase() === policy.toLowerCase(),
      ),
  })
  const itemsOf = (vault: Resource) => [...items.values()].filter(({ id }) => isInside(id, vault.id))

  return {
    routes: [
      ...policies.routes,
      {
        ...common,
        method: 'GET',
        path: itemPath,
        action: `${type}/backupFabrics/protectionContainers/protectedItems/read`,
        answer(request) {
          const item = items.get(request.path.toLowerCase())
          if (!item) throw resourceNotFound(type, request.parameters['item'] ?? '', request.parameters['group'] ?? '')
          return { status: 200, body: describeItem(item) }
        },
      },
      {
        ...common,
        method: 'PUT',
        path: itemPath,
        action: `${type}/backupFabrics/protectionContainers/protectedItems/write`,
        answer(request, estate) {
          const vault = requireVault(request, estate)
          const deleted = items.get(request.path.toLowerCase())
          if (deleted?.softDeleted && objectAt(request.body, 'properties')['isRehydrate'] === true) {
            deleted.softDeleted = false
            return { status: 200, body: describeItem(deleted) }
          }
          const item = readItem(request, vault)
          checkItem(item, vault, estate, policies)
          items.set(item.id.toLowerCase(), item)
          return { status: 200, body: describeItem(item) }
        },
      },
      {
        ...common,
        method: 'DELETE',
        path: itemPath,
        action: `${type}/backupFabrics/protectionContainers/protectedItems/delete`,
        answer(request, estate) {
          const item = items.get(request.path.toLowerCase())
          if (!item) return { status: 204 }
          if (!keepsDeleted(requireVault(request, estate))) items.delete(item.id.toLowerCase())
          // Undeleted, it is as if its protection was stopped and its data kept (Learn, "Soft delete for virtual machines").
          else Object.assign(item, { softDeleted: true, properties: { ...item.properties, ...stopped } })
          return { status: 200 }
        },
      },
      {
        ...common,
        method: 'GET',
        path: `${vaultPath}/backupProtectedItems`,
        action: `${type}/backupProtectedItems/read`,
        answer: (request, estate) => page(request, itemsOf(requireVault(request, estate)).map(describeItem)),
      },
      {
        ...common,
        method: 'GET',
        path: `${vaultPath}/backupProtectionContainers`,
        action: `${type}/backupProtectionContainers/read`,
        answer(request, estate) {
          const vault = requireVault(request, estate)
          const names = [...new Set(itemsOf(vault).map(({ container }) => container))]
          return page(
            request,
            names.map(name => ({ id: `${vault.id}/backupFabrics/Azure/protectionContainers/${name}`, name })),
          )
        },
      },
      ...Object.entries(settings).map(([path, properties]): Route => ({
        ...common,
        method: 'GET',
        path: `${vaultPath}/${path}`,
        action: `${type}/${path.split('/')[0] ?? ''}/read`,
        answer(request, estate) {
          const { id } = requireVault(request, estate)
          const [kind = '', name = ''] = path.split('/')
          return { status: 200, body: { id: `${id}/${path}`, name, type: `${type}/${kind}`, properties } }
        },
      })),
    ],
    blocked(vault, _estate, apiVersion) {
      const held = itemsOf(vault)
      const active = held.filter(({ softDeleted }) => !softDeleted)
      if (active.length > 0) return vaultNotEmpty([...new Set(active.map(({ container }) => container))])
      return held.length > 0 && apiVersion !== undefined && apiVersion < '2024-09-30' ? itemsSoftDeleted() : undefined
    },
  }
}

const settings = {
  'backupconfig/vaultconfig': {
    enhancedSecurityState: 'Enabled',
    softDeleteFeatureState: 'Enabled',
  } satisfies BackupResourceVaultConfig,
  'backupstorageconfig/vaultstorageconfig': {
    storageModelType: 'GeoRedundant',
    storageType: 'GeoRedundant',
    storageTypeState: 'Unlocked',
    crossRegionRestoreFlag: false,
  } satisfies BackupResourceConfig,
}

function requireVault({ parameters }: ArmRequest, estate: Estate): Resource {
  const { group = '', name = '' } = parameters
  const vault = findResource(estate, `${groupId(estate, group)}/providers/${type}/${name}`)
  if (!vault) throw resourceNotFound(type, name, group)
  return vault
}

function readItem(request: ArmRequest, vault: Resource): ProtectedItem {
  const { item = '', container = '' } = request.parameters
  const inside = request.path.slice(request.path.toLowerCase().indexOf('/backupfabrics/'))
  return {
    id: vault.id + inside,
    name: item,
    container,
    properties: completeItem(item, objectAt(request.body, 'properties')),
    softDeleted: false,
  }
}

/** What a client doesn't send: a machine waits for its first backup until somebody stops its protection. */
function completeItem(item: string, properties: JsonObject): JsonObject {
  const policy = textAt(properties, 'policyId') ?? ''
  return {
    ...proposed,
    friendlyName: item.slice(item.lastIndexOf(';') + 1),
    ...properties,
    ...(policy === '' ? {} : { policyName: policy.slice(policy.lastIndexOf('/') + 1) }),
  }
}

/** What an item has that nobody asked for. */
const proposed = {
  protectionState: 'IRPending',
  lastBackupStatus: '',
} satisfies Partial<AzureIaaSVMProtectedItem>

/** A policy that is named must be there, and so must a machine. The words are the sandbox's own. */
function checkItem({ properties }: ProtectedItem, vault: Resource, estate: Estate, policies: Policies) {
  const policy = textAt(properties, 'policyId')
  if (policy && !policies.has(vault, policy))
    throw vaultFailure('BMSUserErrorPolicyNotFound', `The backup policy '${policy}' could not be found.`)
  const machine = textAt(properties, 'sourceResourceId')
  if (machine !== undefined && /\/Microsoft\.Compute\//i.test(machine) && !findResource(estate, machine))
    throw vaultFailure('BMSUserErrorVMNotFound', `The virtual machine '${machine}' could not be found.`)
}

function describeItem({ id, name, properties, softDeleted }: ProtectedItem): JsonObject {
  return {
    id,
    name,
    type: `${type}/backupFabrics/protectionContainers/protectedItems`,
    properties: { ...properties, isScheduledForDeferredDelete: softDeleted },
  }
}

/** What stopping its protection leaves of an item. */
const stopped = {
  protectionState: 'ProtectionStopped',
  policyId: '',
  policyName: '',
} satisfies Partial<AzureIaaSVMProtectedItem>

/** Only a vault whose soft delete was turned off forgets at once. */
function keepsDeleted({ properties }: Resource): boolean {
  const settings = objectAt(objectAt(properties, 'securitySettings'), 'softDeleteSettings')
  return textAt(settings, 'softDeleteState') !== 'Disabled'
}

function isInside(id: string, vault: string) {
  return id.toLowerCase().startsWith(`${vault.toLowerCase()}/`)
}

const vaultNotEmpty = (containers: readonly string[]) =>
  vaultFailure(
    'ServiceResourceNotEmptyWithContainerDetails',
    `Vault cannot be deleted as there are existing resources within the vault. Please ensure there are no backup items, protected servers or backup management servers associated with this vault. Unregister the following containers associated with this vault before proceeding for deletion : ${containers.join(', ')}. Unregister all containers from the vault and then retry to delete vault.`,
  )

const itemsSoftDeleted = () =>
  vaultFailure(
    'ServiceResourceNotEmptyWithBackendMessage',
    'Recovery Services vault cannot be deleted as there are backup items still present in soft delete state. Visit the following link for the steps to permanently delete soft deleted items: https://aka.ms/undeletesoftdeleteditems.',
  )
