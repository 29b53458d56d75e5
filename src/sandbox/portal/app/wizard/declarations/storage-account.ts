import type { Declare } from '../declaration.ts'

/** "Create a storage account" (portal-facts.md §6). */
export const storageAccount: Declare = traits => ({
  title: 'Create a storage account',
  frame: 'CreateStorageAccount.ReactView',
  tabs: [
    {
      id: 'basics',
      title: 'Basics',
      fields: [
        { kind: 'heading', text: 'Project details' },
        { kind: 'subscription' },
        { kind: 'group' },
        { kind: 'heading', text: 'Instance details' },
        {
          kind: 'input',
          id: 'name',
          label: 'Storage account name',
          required: true,
          info: 'The name is part of an address: it must be unique in all of Azure.',
          check: name =>
            /^[a-z0-9]{3,24}$/.test(name)
              ? undefined
              : 'The field can contain only lowercase letters and numbers. Name must be between 3 and 24 characters.',
        },
        { kind: 'region', zones: true },
        {
          kind: 'pick',
          id: 'service',
          label: traits.storageKind,
          placeholder: 'Select a primary service',
          options: [
            { key: 'blob', text: 'Azure Blob Storage or Azure Data Lake Storage Gen 2' },
            { key: 'files', text: 'Azure Files' },
            { key: 'other', text: 'Other (tables and queues)' },
          ],
        },
        {
          kind: 'radio',
          id: 'performance',
          label: 'Performance',
          options: [
            { key: 'Standard', text: 'Standard: Recommended for most scenarios (general-purpose v2 account)' },
            { key: 'Premium', text: 'Premium: Recommended for scenarios that require low latency.' },
          ],
          initial: 'Standard',
        },
        {
          kind: 'pick',
          id: 'redundancy',
          label: 'Redundancy',
          required: true,
          options: answers => redundancies.filter(({ tiers }) => tiers.includes(answers.value('performance'))),
          initial: options => (options.some(({ key }) => key === 'GRS') ? 'GRS' : options[0]?.key),
        },
      ],
    },
    {
      id: 'advanced',
      title: 'Advanced',
      fields: [
        { kind: 'heading', text: 'Security' },
        { kind: 'check', id: 'secure', label: 'Require secure transfer for REST API operations', initial: true },
        { kind: 'check', id: 'anonymous', label: 'Allow enabling anonymous access on individual containers' },
        { kind: 'check', id: 'keys', label: 'Enable storage account key access', initial: true },
        {
          kind: 'pick',
          id: 'tls',
          label: 'Minimum TLS version',
          options: [{ key: 'TLS1_2', text: 'Version 1.2' }],
        },
        { kind: 'heading', text: 'Blob storage' },
        {
          kind: 'radio',
          id: 'tier',
          label: 'Access tier',
          options: [
            { key: 'Hot', text: 'Hot: Optimized for frequently accessed data and everyday usage scenarios' },
            { key: 'Cool', text: 'Cool: Optimized for infrequently accessed data and backup scenarios' },
          ],
          initial: 'Hot',
        },
      ],
    },
    {
      id: 'networking',
      title: 'Networking',
      fields: [
        {
          kind: 'radio',
          id: 'access',
          label: 'Public network access',
          options: [
            { key: 'Enabled', text: 'Enable' },
            { key: 'Disabled', text: 'Disable' },
          ],
          initial: 'Enabled',
        },
      ],
    },
    {
      id: 'protection',
      title: 'Data protection',
      fields: [
        { kind: 'heading', text: 'Recovery' },
        { kind: 'check', id: 'softDelete', label: 'Enable soft delete for blobs', initial: true },
        {
          kind: 'input',
          id: 'days',
          label: 'Days to retain deleted blobs',
          initial: '7',
          when: answers => answers.isOn('softDelete'),
          check: text =>
            /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 365
              ? undefined
              : 'The value must be between 1 and 365.',
        },
      ],
    },
    {
      id: 'encryption',
      title: 'Encryption',
      fields: [
        {
          kind: 'radio',
          id: 'keySource',
          label: 'Encryption type',
          options: [{ key: 'Microsoft.Storage', text: 'Microsoft-managed keys (MMK)' }],
          initial: 'Microsoft.Storage',
        },
      ],
    },
    { id: 'tags', title: 'Tags', fields: [{ kind: 'tags' }] },
  ],
  async conflict({ subscription, value }, resourceManager) {
    const path = `/subscriptions/${subscription}/providers/Microsoft.Storage/checkNameAvailability`
    const asked = { name: value('name'), type: 'Microsoft.Storage/storageAccounts' }
    const told = await resourceManager.post<{ nameAvailable: boolean; message?: string }>(path, asked)
    return told.nameAvailable ? undefined : (told.message ?? 'The name is not available.')
  },
  outcome: {
    type: 'deployment',
    name: 'Microsoft.StorageAccount',
    resources: answers => {
      const { value, isOn } = answers
      return [
        {
          type: 'Microsoft.Storage/storageAccounts',
          apiVersion: '2024-01-01',
          name: value('name'),
          location: answers.location,
          tags: answers.tags,
          kind: 'StorageV2',
          sku: { name: `${value('performance')}_${value('redundancy')}` },
          properties: {
            supportsHttpsTrafficOnly: isOn('secure'),
            allowBlobPublicAccess: isOn('anonymous'),
            allowSharedKeyAccess: isOn('keys'),
            minimumTlsVersion: value('tls'),
            accessTier: value('tier'),
            publicNetworkAccess: value('access'),
          },
        },
      ]
    },
  },
})

const redundancies = [
  { key: 'LRS', text: 'Locally-redundant storage (LRS)', tiers: ['Standard', 'Premium'] },
  { key: 'GRS', text: 'Geo-redundant storage (GRS)', tiers: ['Standard'] },
  { key: 'ZRS', text: 'Zone-redundant storage (ZRS)', tiers: ['Standard', 'Premium'] },
  { key: 'GZRS', text: 'Geo-zone-redundant storage (GZRS)', tiers: ['Standard'] },
]
