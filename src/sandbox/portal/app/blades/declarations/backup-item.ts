import type { PaneField } from '../../host.ts'
import type { Command } from '../../pages/command-bar.tsx'
import { nameOf } from '../../resource-manager.ts'
import type { ProtectedItem } from '../backup.ts'
import { describeState, listItems, putItem, vaultOf } from '../backup.ts'
import { describePlace, refreshCommand } from '../common.ts'
import type { ResourceDeclaration, Scope } from '../declaration.ts'

/** A machine that a vault protects: it has commands and no menu (learn.microsoft.com, "Manage and monitor Azure VM backups"). */
export const backupItem: ResourceDeclaration = {
  blades: {
    overview: {
      kind: 'overview',
      async read(resource, scope) {
        const vault = vaultOf(scope.id)
        const items = await listItems(scope.host.resourceManager, vault)
        const item = items.find(({ id }) => id.toLowerCase() === scope.id.toLowerCase())
        const place = await describePlace({ location: '', tags: resource.tags ?? {} }, scope)
        const properties = item?.properties ?? {}
        return {
          commands: item ? commandsFor(item, scope) : [refreshCommand(scope)],
          facts: [
            {
              label: 'Recovery services vault',
              value: { text: nameOf(vault), route: { page: 'resource', id: vault, item: 'overview' } },
            },
            { label: 'Backup Pre-Check', value: properties.isScheduledForDeferredDelete ? '-' : 'Passed' },
            { label: place.subscription.label, value: place.subscription.value },
            { label: 'Last backup status', value: item ? describeState(item) : '' },
            place.subscriptionId,
            { label: 'Backup policy', value: nameOf(properties.policyId ?? '') || '-' },
            { label: 'Item type', value: 'Azure virtual machine' },
          ],
          ...(properties.isScheduledForDeferredDelete ? { warning: softDeleted } : {}),
        }
      },
    },
  },
}

const softDeleted =
  'The backup data of this item is soft deleted. It is kept for the retention period, and Undelete brings it back.'

function commandsFor(item: ProtectedItem, scope: Scope): Command[] {
  const deleted = item.properties.isScheduledForDeferredDelete === true
  const stopped = item.properties.protectionState === 'ProtectionStopped'
  return [
    { name: 'Backup now', icon: 'backup', disabled: deleted || stopped },
    { name: 'Restore VM', icon: 'restart', disabled: deleted },
    { name: 'Stop backup', icon: 'stop', disabled: deleted || stopped, onPress: () => void stop(item, scope) },
    {
      name: 'Resume backup',
      icon: 'run',
      disabled: deleted || !stopped,
      onPress: () => scope.host.navigate({ page: 'configure-backup', vault: vaultOf(item.id) }),
    },
    {
      name: 'Delete backup data',
      icon: 'delete',
      disabled: deleted || !stopped,
      onPress: () => void removeData(item, scope),
    },
    { name: 'Undelete', icon: 'restart', disabled: !deleted, onPress: () => void undelete(item, scope) },
    refreshCommand(scope),
  ]
}

const reasons = ['Others', 'Decommissioned', 'Moved to another vault', 'Cost management', 'Dev/test']

/** Only the item's very name will do, as for a resource group (portal-facts.md §8). */
const confirmation = (name: string): PaneField[] => [
  { kind: 'note', text: `Item to be deleted: ${name}` },
  { kind: 'input', id: 'name', label: 'Type the name of Backup item', mustBe: name },
  {
    kind: 'pick',
    id: 'reason',
    label: 'Reason',
    options: reasons.map(reason => ({ key: reason, text: reason })),
    initial: 'Others',
  },
  { kind: 'input', id: 'comments', label: 'Comments', optional: true },
]

/** Recovery points are kept, or go with the protection. */
async function stop(item: ProtectedItem, scope: Scope): Promise<void> {
  const name = nameOf(item.id)
  const answer = await scope.host.askPane({
    type: 'form',
    title: 'Stop Backup',
    button: 'Stop backup',
    fields: [
      {
        kind: 'pick',
        id: 'data',
        label: 'Choose an option',
        options: [
          { key: 'retain', text: 'Retain Backup Data' },
          { key: 'delete', text: 'Delete Backup Data' },
        ],
      },
      ...confirmation(name).map((field): PaneField => ({ ...field, when: { field: 'data', is: 'delete' } })),
    ],
  })
  if (!answer) return
  if (answer['data'] === 'delete') return removeNow(item, scope)
  const { sourceResourceId } = item.properties
  const properties = { ...machine, sourceResourceId, policyId: '', protectionState: 'ProtectionStopped' }
  await putItem(scope.host, item.id, properties, { doing: 'Stopping backup', done: 'Backup stopped' })
}

async function removeData(item: ProtectedItem, scope: Scope): Promise<void> {
  const answer = await scope.host.askPane({
    type: 'form',
    title: 'Delete Backup Data',
    button: 'Delete',
    fields: confirmation(nameOf(item.id)),
  })
  if (answer) await removeNow(item, scope)
}

async function removeNow({ id }: ProtectedItem, { host }: Scope): Promise<void> {
  const name = nameOf(id)
  await host.carryOut({
    change: { method: 'DELETE', id },
    soft: true,
    texts: {
      running: { title: 'Deleting backup data', description: `Deleting the backup data of '${name}'...` },
      done: { title: 'Backup data deleted', description: `Successfully deleted the backup data of '${name}'.` },
      failed: { title: 'Failed to delete backup data', description: `The backup data of '${name}' was not deleted.` },
    },
  })
}

async function undelete({ id, properties }: ProtectedItem, { host }: Scope): Promise<void> {
  const { sourceResourceId } = properties
  const wanted = { ...machine, sourceResourceId, isRehydrate: true }
  await putItem(host, id, wanted, { doing: 'Undeleting backup data', done: 'Backup data undeleted' })
}

const machine = { protectedItemType: 'Microsoft.Compute/virtualMachines' }

/** What Resource Manager is asked for to protect a machine. */
export const protectionOf = (sourceResourceId: string, policyId: string) => ({ ...machine, sourceResourceId, policyId })
