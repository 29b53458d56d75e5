import type { AzureIaaSVMProtectedItem, AzureIaaSComputeVMContainer } from '@azure/arm-recoveryservicesbackup'
import type { Estate, Resource } from '../../estate.ts'
import { findResource, groupId } from '../../estate.ts'
import type { ArmFailure } from '../../failure.ts'
import { resourceNotFound } from '../../failures.ts'
import { page } from '../../paging.ts'
import type { ArmRequest, JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import type { Route } from '../../route.ts'
import { createJobs } from './backup-jobs.ts'
import { createPolicies, type Policies } from './backup-policies.ts'
import { vaultFailure } from './failure.ts'
import { apiVersions, namespace } from './namespace.ts'
import type { RecoveryPoint } from './recovery-points.ts'
import { describePoint, newPoint } from './recovery-points.ts'
import { vaultSettingRoutes } from './vault-settings.ts'

/** Something that a vault protects. Deleting it leaves it for two weeks, unless the vault's soft delete is off. */
interface ProtectedItem {
  id: string
  name: string
  container: string
  properties: JsonObject
  softDeleted: boolean
  /** When it was deleted, softly. */
  deleted: Date | undefined
  points: readonly RecoveryPoint[]
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
    itemsOf: policy =>
      [...items.values()].filter(
        ({ properties }) => textAt(properties, 'policyId')?.toLowerCase() === policy.toLowerCase(),
      ).length,
  })
  const itemsOf = (vault: Resource) => [...items.values()].filter(({ id }) => isInside(id, vault.id))
  const jobs = createJobs(requireVault)
  const requireItem = (request: ArmRequest) => {
    const id = request.path.slice(0, request.path.split('/').slice(0, 15).join('/').length)
    const item = items.get(id.toLowerCase())
    if (!item) throw resourceNotFound(type, request.parameters['item'] ?? '', request.parameters['group'] ?? '')
    return item
  }
  /** Puts the item there, or takes it away, at once; takes that back when the vault fails to. */
  const change = (id: string, item: ProtectedItem | undefined) => {
    const key = id.toLowerCase()
    const before = items.get(key)
    const set = (value: ProtectedItem | undefined) => void (value ? items.set(key, value) : items.delete(key))
    set(item)
    return () => set(before)
  }

  return {
    routes: [
      ...policies.routes,
      {
        ...common,
        method: 'GET',
        path: itemPath,
        action: `${type}/backupFabrics/protectionContainers/protectedItems/read`,
        answer: request => ({ status: 200, body: describeItem(requireItem(request)) }),
      },
      {
        ...common,
        method: 'PUT',
        path: itemPath,
        action: `${type}/backupFabrics/protectionContainers/protectedItems/write`,
        answer(request, estate) {
          const vault = requireVault(request, estate)
          const before = items.get(request.path.toLowerCase())
          if (before?.softDeleted && objectAt(request.body, 'properties')['isRehydrate'] === true) {
            const undone = change(before.id, { ...before, softDeleted: false, deleted: undefined })
            return jobs.start(request, estate, vault, { does: 'Undelete', item: named(before), seconds: 4, undone })
          }
          const item = readItem(request, vault, before)
          checkItem(item, vault, estate, policies)
          const does =
            textAt(item.properties, 'protectionState') === 'ProtectionStopped' ? 'DisableBackup' : 'ConfigureBackup'
          const undone = change(item.id, item)
          return jobs.start(request, estate, vault, { does, item: named(item), seconds: 6, undone })
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
          const vault = requireVault(request, estate)
          // Undeleted, it is as if its protection was stopped and its data kept (Learn, "Soft delete for virtual machines").
          const kept = {
            ...item,
            softDeleted: true,
            deleted: new Date(),
            properties: { ...item.properties, ...stopped },
          }
          const undone = change(item.id, keepsDeleted(vault) ? kept : undefined)
          return jobs.start(request, estate, vault, { does: 'DeleteBackupData', item: named(item), seconds: 6, undone })
        },
      },
      {
        ...common,
        method: 'POST',
        path: `${itemPath}/backup`,
        action: `${type}/backupFabrics/protectionContainers/protectedItems/backup/action`,
        answer(request, estate) {
          const item = requireItem(request)
          if (item.softDeleted || textAt(item.properties, 'protectionState') === 'ProtectionStopped')
            throw vaultFailure(
              'BMSUserErrorProtectionStopped',
              `The protection of '${named(item).friendlyName}' is stopped. Resume it before you back up.`,
            )
          const done = () => {
            const latest = items.get(item.id.toLowerCase())
            if (!latest) return
            const point = newPoint()
            const backedUp = {
              protectionState: 'Protected',
              lastBackupStatus: 'Completed',
              lastBackupTime: point.time.toISOString(),
            }
            const properties = { ...latest.properties, ...backedUp, lastRecoveryPoint: point.time.toISOString() }
            items.set(item.id.toLowerCase(), { ...latest, properties, points: [point, ...latest.points] })
          }
          const vault = requireVault(request, estate)
          return jobs.start(request, estate, vault, { does: 'Backup', item: named(item), seconds: 20, done })
        },
      },
      {
        ...common,
        method: 'GET',
        path: `${itemPath}/recoveryPoints`,
        action: `${type}/backupFabrics/protectionContainers/protectedItems/recoveryPoints/read`,
        answer(request) {
          const { id, points } = requireItem(request)
          return page(
            request,
            points.map(point => describePoint(id, point)),
          )
        },
      },
      {
        ...common,
        method: 'GET',
        path: `${itemPath}/recoveryPoints/:point`,
        action: `${type}/backupFabrics/protectionContainers/protectedItems/recoveryPoints/read`,
        answer(request) {
          const { id, points } = requireItem(request)
          const asked = request.parameters['point'] ?? ''
          const point = points.find(({ name }) => name === asked)
          if (!point) throw resourceNotFound(`${type}/recoveryPoints`, asked, request.parameters['group'] ?? '')
          return { status: 200, body: describePoint(id, point) }
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
            names.map(name => describeContainer(vault, name)),
          )
        },
      },
      ...vaultSettingRoutes({ vaultOf: requireVault, isUsed: vault => itemsOf(vault).length > 0 }),
      ...jobs.routes,
    ],
    blocked(vault, _estate, apiVersion) {
      const held = itemsOf(vault)
      const active = held.filter(({ softDeleted }) => !softDeleted)
      if (active.length > 0) return vaultNotEmpty([...new Set(active.map(({ container }) => container))])
      return held.length > 0 && apiVersion !== undefined && apiVersion < '2024-09-30' ? itemsSoftDeleted() : undefined
    },
  }
}

function requireVault({ parameters }: ArmRequest, estate: Estate): Resource {
  const { group = '', name = '' } = parameters
  const vault = findResource(estate, `${groupId(estate, group)}/providers/${type}/${name}`)
  if (!vault) throw resourceNotFound(type, name, group)
  return vault
}

function readItem(request: ArmRequest, vault: Resource, before: ProtectedItem | undefined): ProtectedItem {
  const { item = '', container = '' } = request.parameters
  const inside = request.path.slice(request.path.toLowerCase().indexOf('/backupfabrics/'))
  // A policy that is given resumes what was stopped.
  const { protectionState: _stopped, ...known } = before?.properties ?? {}
  const points = before?.points ?? []
  const state = points.length > 0 ? { protectionState: 'Protected' } : {}
  return {
    id: vault.id + inside,
    name: item,
    container,
    properties: completeItem(item, { ...state, ...known, ...objectAt(request.body, 'properties') }),
    softDeleted: false,
    deleted: undefined,
    points,
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

const named = ({ name, properties }: ProtectedItem) => ({
  name,
  friendlyName: textAt(properties, 'friendlyName') ?? name,
})

/** > iaasvmcontainer;iaasvmcontainerv2;group;machine -> iaasvmcontainerv2;group;machine */
const innerName = (container: string) => container.replace(/^iaasvmcontainer;(?=.)/i, '')

function describeContainer(vault: Resource, name: string): JsonObject {
  return {
    id: `${vault.id}/backupFabrics/Azure/protectionContainers/${name}`,
    name,
    type: `${type}/backupFabrics/protectionContainers`,
    properties: {
      containerType: 'Microsoft.Compute/virtualMachines',
      backupManagementType: 'AzureIaasVM',
      friendlyName: name.slice(name.lastIndexOf(';') + 1),
      registrationStatus: 'Registered',
      healthStatus: 'Healthy',
    } satisfies AzureIaaSComputeVMContainer,
  }
}

function describeItem({ id, name, container, properties, softDeleted, deleted }: ProtectedItem): JsonObject {
  return {
    id,
    name,
    type: `${type}/backupFabrics/protectionContainers/protectedItems`,
    properties: {
      backupManagementType: 'AzureIaasVM',
      workloadType: 'VM',
      containerName: innerName(container),
      virtualMachineId: properties['sourceResourceId'],
      ...properties,
      isScheduledForDeferredDelete: softDeleted,
      ...(deleted ? { deferredDeleteTimeInUTC: deleted.toISOString() } : {}),
    },
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
