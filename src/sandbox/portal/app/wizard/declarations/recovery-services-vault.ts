import type { Resource } from '../../resource-manager.ts'
import type { Declare } from '../declaration.ts'
import { checkVaultName } from '../names.ts'

/** "Create Recovery Services vault" (portal-facts.md §6). */
export const recoveryServicesVault: Declare = () => ({
  title: 'Create Recovery Services vault',
  frame: 'RecoveryServicesVaultCreate.ReactView',
  tabs: [
    {
      id: 'basics',
      title: 'Basics',
      fields: [
        { kind: 'heading', text: 'Project details' },
        { kind: 'text', text: 'Choose the subscription and the resource group in which you want to create the vault.' },
        { kind: 'subscription' },
        { kind: 'group' },
        { kind: 'heading', text: 'Instance details' },
        {
          kind: 'input',
          id: 'name',
          label: 'Vault name',
          required: true,
          info: '2 to 50 characters: letters, digits and hyphens, beginning with a letter.',
          placeholder: 'Enter the name for your vault.',
          check: checkVaultName,
        },
        { kind: 'region' },
      ],
    },
    {
      id: 'redundancy',
      title: 'Redundancy',
      fields: [
        {
          kind: 'text',
          text: 'The redundancy of backup storage can be changed only until something is protected in the vault.',
        },
        {
          kind: 'radio',
          id: 'redundancy',
          label: 'Backup Storage Redundancy',
          info: 'How many copies of the recovery points are kept, and where.',
          options: [
            { key: 'LocallyRedundant', text: 'Locally-redundant' },
            { key: 'ZoneRedundant', text: 'Zone-redundant' },
            { key: 'GeoRedundant', text: 'Geo-redundant' },
          ],
          initial: 'GeoRedundant',
        },
        {
          kind: 'radio',
          id: 'crossRegionRestore',
          label: 'Cross Region Restore',
          info: 'Lets you restore in the paired region at any time.',
          options: [
            { key: 'Enabled', text: 'Enable' },
            { key: 'Disabled', text: 'Disable' },
          ],
          initial: 'Disabled',
          when: answers => answers.value('redundancy') === 'GeoRedundant',
        },
      ],
    },
    {
      id: 'properties',
      title: 'Vault properties',
      fields: [
        { kind: 'heading', text: 'Immutability' },
        { kind: 'text', text: 'An immutable vault refuses operations that would lose recovery points.' },
        {
          kind: 'check',
          id: 'immutability',
          label: 'Enable immutability',
          info: 'It can be made irreversible later.',
        },
      ],
    },
    {
      id: 'networking',
      title: 'Networking',
      fields: [
        { kind: 'heading', text: 'Network connectivity' },
        {
          kind: 'radio',
          id: 'publicAccess',
          label: 'Connectivity method',
          info: 'Whether the vault can be reached from public networks.',
          options: [
            { key: 'Enabled', text: 'Allow public access from all networks' },
            { key: 'Disabled', text: 'Deny public access' },
          ],
          initial: 'Enabled',
        },
      ],
    },
    { id: 'tags', title: 'Tags', fields: [{ kind: 'tags' }] },
  ],
  async conflict({ subscription, group, value }, resourceManager) {
    const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.RecoveryServices/vaults/${value('name')}`
    const taken = await resourceManager.find<Resource>(id)
    return taken ? `The vault name '${value('name')}' is already in use in resource group '${group}'.` : undefined
  },
  outcome: {
    type: 'deployment',
    name: 'Microsoft.RecoveryServicesV2',
    resources: ({ location, value, isOn, tags }) => [
      {
        type: 'Microsoft.RecoveryServices/vaults',
        apiVersion: '2024-04-01',
        name: value('name'),
        location,
        tags,
        sku: { name: 'RS0', tier: 'Standard' },
        properties: {
          publicNetworkAccess: value('publicAccess'),
          redundancySettings: {
            standardTierStorageRedundancy: value('redundancy'),
            crossRegionRestore: value('redundancy') === 'GeoRedundant' ? value('crossRegionRestore') : 'Disabled',
          },
          ...(isOn('immutability') ? { securitySettings: { immutabilitySettings: { state: 'Unlocked' } } } : {}),
        },
      },
    ],
  },
})
