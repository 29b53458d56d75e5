import { BackupGoal } from '../../pages/backup-goal.tsx'
import type { Resource } from '../../resource-manager.ts'
import { groupOf, nameOf } from '../../resource-manager.ts'
import type { BackupPolicy } from '../backup.ts'
import { describeItem, itemColumns, listItems } from '../backup.ts'
import { deleteCommand, describePlace, describeResource, refreshCommand } from '../common.ts'
import type { Fact, ListBlade, ResourceDeclaration, Scope } from '../declaration.ts'
import { textIn, valueIn } from '../property.ts'

/** Protected items by what protects them; only machines have any here (learn.microsoft.com, "Manage and monitor Azure VM backups"). */
const backupItems: ListBlade = {
  kind: 'list',
  title: 'Backup items',
  columns: ['Backup Management Type', 'Backup Item Count'],
  empty: '',
  async read({ id, host }) {
    const items = await listItems(host.resourceManager, id)
    const counts: Record<string, number> = {
      'Azure Virtual Machine': items.length,
      'Azure Backup Agent': 0,
      'SQL in Azure VM': 0,
      'Azure Storage (Azure Files)': 0,
    }
    return Object.entries(counts).map(([title, count]) => ({
      key: title,
      cells: [count > 0 ? { text: title, route: { page: 'resource', id, item: machinesItem } } : title, String(count)],
    }))
  },
}

const machinesItem = 'backup-items-azure-virtual-machine'

const backupMachines: ListBlade = {
  kind: 'list',
  title: 'Backup Items',
  columns: ['Name', 'Resource Group', ...itemColumns],
  empty: 'There are no backup items of this type.',
  commands: ({ id, host }) => [
    { name: 'Add', icon: 'add', onPress: () => host.navigate({ page: 'resource', id, item: 'backup' }) },
  ],
  read: async ({ id, host }) => (await listItems(host.resourceManager, id)).map(item => describeItem(item)),
}

const backupPolicies: ListBlade = {
  kind: 'list',
  title: 'Backup policies',
  columns: ['Name', 'Policy type', 'Policy sub type'],
  empty: 'This vault has no backup policies.',
  async read({ id, host }) {
    const policies = await host.resourceManager.list<BackupPolicy>(`${id}/backupPolicies`)
    return policies.map(({ id: key, name, properties: { backupManagementType: type, policyType } }) => ({
      key,
      cells: [
        name,
        type === 'AzureIaasVM' ? 'Azure Virtual Machine' : 'SQL Server in Azure VM',
        type === 'AzureIaasVM' ? (policyType === 'V2' ? 'Enhanced' : 'Standard') : '-',
      ],
    }))
  },
}

export const recoveryServicesVault: ResourceDeclaration = {
  menu: () => ({
    Settings: ['Identity', 'Private endpoint connections', 'Properties', 'Locks'],
    'Getting started': ['Backup', 'Site Recovery'],
    'Protected items': ['Backup items', 'Replicated items'],
    Manage: ['Backup policies', 'Backup infrastructure'],
    Monitoring: ['Alerts', 'Metrics', 'Backup jobs', 'Backup reports'],
  }),
  blades: {
    overview: {
      kind: 'overview',
      async read(resource, scope) {
        const { id, host } = scope
        const place = await describePlace(resource, scope)
        return {
          commands: [
            { name: 'Backup', icon: 'add', onPress: () => host.navigate({ page: 'resource', id, item: 'backup' }) },
            { name: 'Enable Site Recovery', icon: 'add' },
            deleteCommand(scope),
            refreshCommand(scope),
            { name: 'Feedback', icon: 'feedback' },
          ],
          facts: [
            place.group,
            place.location,
            place.subscription,
            place.subscriptionId,
            ...describeVault(resource),
            place.tags,
          ],
        }
      },
    },
    properties: {
      kind: 'properties',
      read: async (resource, scope) => [
        ...(await describeResource(resource, scope)),
        {
          label: 'Backup Configuration',
          value: redundancies[redundancyOf(resource)] ?? redundancyOf(resource),
          change: { text: 'Update', press: () => void updateRedundancy(resource, scope) },
        },
        {
          label: 'Security Settings',
          value: `Soft delete: ${softDeleteStates[softDeleteOf(resource)] ?? softDeleteOf(resource)}`,
          change: { text: 'Update', press: () => void updateSecurity(resource, scope) },
        },
      ],
    },
    backup: { kind: 'page', content: BackupGoal, frame: 'BackupGoal.ReactView', form: true },
    'backup-items': backupItems,
    [machinesItem]: {
      ...backupMachines,
      beyond: { title: 'Backup Items (Azure Virtual Machine)', selected: 'backup-items' },
    },
    'backup-policies': backupPolicies,
  },
}

function describeVault({ properties }: Resource): Fact[] {
  const state = textIn(properties, 'provisioningState') ?? ''
  return [
    { label: 'Status', value: state === 'Succeeded' ? 'Active' : state },
    {
      label: 'Backup Storage Redundancy',
      value: textIn(properties, 'redundancySettings', 'standardTierStorageRedundancy') ?? 'GeoRedundant',
    },
    { label: 'Public network access', value: textIn(properties, 'publicNetworkAccess') ?? 'Enabled' },
  ]
}

const redundancies: Readonly<Record<string, string>> = {
  LocallyRedundant: 'Locally-redundant',
  GeoRedundant: 'Geo-redundant',
  ZoneRedundant: 'Zone-redundant',
}

const softDeleteStates: Readonly<Record<string, string>> = {
  AlwaysON: 'Always on',
  Enabled: 'Enabled',
  Disabled: 'Disabled',
}

const redundancyOf = ({ properties }: Resource) =>
  textIn(properties, 'redundancySettings', 'standardTierStorageRedundancy') ?? 'GeoRedundant'
const softDeleteOf = ({ properties }: Resource) =>
  textIn(properties, 'securitySettings', 'softDeleteSettings', 'softDeleteState') ?? 'Enabled'

const optionsOf = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([key, text]) => ({ key, text }))

/** Properties > Backup Configuration (portal-facts.md §6): fixed once the vault protects something. */
async function updateRedundancy(vault: Resource, scope: Scope): Promise<void> {
  const title = 'Backup Configuration'
  const items = await listItems(scope.host.resourceManager, scope.id)
  if (items.length > 0) {
    const text = 'The storage replication type can be changed only before anything is protected in the vault.'
    return scope.host.openPane({ type: 'note', title, text })
  }
  const answer = await scope.host.askPane({
    type: 'form',
    title,
    button: 'Save',
    fields: [
      { kind: 'note', text: 'The storage replication type is fixed as soon as something is protected in the vault.' },
      {
        kind: 'radio',
        id: 'redundancy',
        label: 'Storage replication type',
        options: optionsOf(redundancies),
        initial: redundancyOf(vault),
      },
      {
        kind: 'radio',
        id: 'crossRegionRestore',
        label: 'Cross Region Restore',
        options: optionsOf({ Enabled: 'Enable', Disabled: 'Disable' }),
        initial: textIn(vault.properties, 'redundancySettings', 'crossRegionRestore') ?? 'Disabled',
        when: { field: 'redundancy', is: 'GeoRedundant' },
      },
    ],
  })
  if (!answer) return
  const { redundancy, crossRegionRestore = 'Disabled' } = answer
  await patch(scope, title, {
    redundancySettings: { standardTierStorageRedundancy: redundancy, crossRegionRestore },
  })
}

/** Properties > Security Settings: a vault whose soft delete is always on only lets its retention be chosen. */
async function updateSecurity({ properties }: Resource, scope: Scope): Promise<void> {
  const title = 'Security Settings'
  const state = textIn(properties, 'securitySettings', 'softDeleteSettings', 'softDeleteState') ?? 'Enabled'
  const settings = valueIn(properties, 'securitySettings', 'softDeleteSettings')
  const days = valueIn(settings, 'softDeleteRetentionPeriodInDays') ?? 14
  const answer = await scope.host.askPane({
    type: 'form',
    title,
    button: 'Save',
    fields: [
      state === 'AlwaysON'
        ? { kind: 'note', text: "Soft delete is always on for this vault and can't be turned off." }
        : {
            kind: 'radio',
            id: 'state',
            label: 'Soft delete',
            options: optionsOf({ Enabled: 'Enable', Disabled: 'Disable' }),
            initial: state,
          },
      { kind: 'input', id: 'days', label: 'Soft delete retention period (14 to 180 days)', initial: String(days) },
    ],
  })
  if (!answer) return
  await patch(scope, title, {
    securitySettings: {
      ...Object(valueIn(properties, 'securitySettings')),
      softDeleteSettings: {
        ...Object(settings),
        softDeleteState: answer['state'] ?? state,
        softDeleteRetentionPeriodInDays: Number(answer['days']),
      },
    },
  })
}

async function patch({ id, host }: Scope, what: string, properties: object): Promise<void> {
  const place = `of vault '${nameOf(id)}' in '${groupOf(id)}'`
  await host.carryOut({
    change: { method: 'PATCH', id, body: { properties } },
    texts: {
      running: { title: `Updating ${what}`, description: `Updating ${what} ${place}...` },
      done: { title: `Updated ${what}`, description: `Successfully updated ${what} ${place}.` },
      failed: { title: `Failed to update ${what}`, description: `${what} ${place} was not updated.` },
    },
  })
}
