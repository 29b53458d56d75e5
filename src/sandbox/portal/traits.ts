/** Which year's portal. */
export type Era = '2024' | '2025' | '2026'

export const eras = ['2024', '2025', '2026'] as const satisfies readonly Era[]

/** What differs between the portals of the years, and what a drift switch changes (portal-facts.md §14). */
export interface Traits {
  /** The service from which vaults are reached. */
  continuity: 'Backup center' | 'Business Continuity Center' | 'Resiliency'
  /** A tab of "Create virtual network". */
  addressesTab: 'IP Addresses' | 'Address space'
  /** What the Create menu of virtual machines calls them. */
  machineItem: 'Azure virtual machine' | 'Virtual machine'
  storageKind: 'Primary service' | 'Preferred storage type'
  groupName: 'Resource group' | 'Resource group name'
  /** The label above the box in which a deletion is confirmed. */
  deletionBox: 'Type the resource group name:' | 'Enter resource group name to confirm deletion'
  createCommand: 'Add' | 'Create'
  footer: 'spaced' | 'colon' | 'plain'
  reviewTab: 'Review + create' | 'Review + Create' | 'Review and create'
  sections: 'Project details' | 'Project Details'
  directory: 'Azure Active Directory' | 'Microsoft Entra ID'
  move: '(change)' | '(move)'
  /** Whether the lists of groups, networks and storage accounts are inside a hub with a menu. */
  listInHub: boolean
  overviewInFrame: boolean
  searchMarkup: 'list' | 'listbox'
  /** Whether the search box hears keys only, and nothing that is put into it at once (portal-facts.md §17.3). */
  searchOnKeys: boolean
  /** The generation of forms: older ones are in the main document, newer ones in a frame. */
  forms: 'older' | 'mixed' | 'newer'
  /** The groups of a machine's menu: Connect and Networking got some of their own. */
  machineMenu: 'flat' | 'grouped'
  /** What the command that protects something says. */
  protectCommand: 'Backup' | 'Configure protection'
  /** The kind of policy that a form proposes for machines (portal-facts.md §6.1). */
  policies: 'Standard' | 'Enhanced'
  /** What the command that makes a Recovery Services vault says. */
  vaultCommand: 'Vault' | 'Backup vault'
  /** What the command that deletes a group says. */
  deleteGroup: 'Delete resource group' | 'Delete resources'
  /** Regions that forms don't offer. */
  missingRegions: readonly string[]
}

const oldest: Traits = {
  continuity: 'Backup center',
  addressesTab: 'IP Addresses',
  machineItem: 'Azure virtual machine',
  storageKind: 'Primary service',
  groupName: 'Resource group',
  deletionBox: 'Type the resource group name:',
  createCommand: 'Create',
  footer: 'spaced',
  reviewTab: 'Review + create',
  sections: 'Project details',
  directory: 'Microsoft Entra ID',
  move: '(change)',
  listInHub: false,
  overviewInFrame: false,
  searchMarkup: 'listbox',
  searchOnKeys: false,
  forms: 'older',
  machineMenu: 'flat',
  protectCommand: 'Backup',
  policies: 'Standard',
  vaultCommand: 'Vault',
  deleteGroup: 'Delete resource group',
  missingRegions: [],
}

const middle: Traits = {
  ...oldest,
  continuity: 'Business Continuity Center',
  groupName: 'Resource group name',
  deletionBox: 'Enter resource group name to confirm deletion',
  footer: 'colon',
  move: '(move)',
  forms: 'mixed',
  machineMenu: 'grouped',
  protectCommand: 'Configure protection',
  policies: 'Enhanced',
}

const newest: Traits = {
  ...middle,
  continuity: 'Resiliency',
  addressesTab: 'Address space',
  machineItem: 'Virtual machine',
  storageKind: 'Preferred storage type',
  footer: 'plain',
  listInHub: true,
  overviewInFrame: true,
  forms: 'newer',
}

const traitsByEra: Record<Era, Traits> = { '2024': oldest, '2025': middle, '2026': newest }

/** A portal that differs from its year in one thing, and what a run of an article that is true without it must then say. */
export interface DriftSwitch {
  /** For people: what changes. */
  change: string
  /** `none`: the reader notices nothing, so an article stays true. `decoy`: what looks like the same thing is another one. */
  verdict: 'blocking' | 'misleading' | 'cosmetic' | 'none'
  decoy?: true
  apply(traits: Traits): Partial<Traits>
}

const swap = <Value>(value: Value, one: Value, other: Value) => (value === one ? other : one)

/** One for each row of portal-facts.md §14, and decoys. Each turns what the year has into the other thing. */
export const driftSwitches = {
  'vault-service': {
    change: 'Vaults are reached from Resiliency instead of Backup center, or the other way round.',
    verdict: 'blocking',
    apply: ({ continuity }) => ({ continuity: continuity === 'Resiliency' ? 'Backup center' : 'Resiliency' }),
  },
  'addresses-tab': {
    change: 'A tab of the virtual network wizard: IP Addresses, Address space.',
    verdict: 'blocking',
    apply: ({ addressesTab }) => ({ addressesTab: swap(addressesTab, 'IP Addresses', 'Address space') }),
  },
  'machine-menu': {
    change: 'The entry of the Create menu: Azure virtual machine, Virtual machine.',
    verdict: 'blocking',
    apply: ({ machineItem }) => ({ machineItem: swap(machineItem, 'Azure virtual machine', 'Virtual machine') }),
  },
  'deletion-box': {
    change: 'The label of the box in which a deletion is confirmed.',
    verdict: 'cosmetic',
    apply: ({ deletionBox }) => ({
      deletionBox: swap(deletionBox, 'Type the resource group name:', 'Enter resource group name to confirm deletion'),
    }),
  },
  'create-command': {
    change: 'Lists say Add instead of Create.',
    verdict: 'blocking',
    apply: ({ createCommand }) => ({ createCommand: swap(createCommand, 'Create', 'Add') }),
  },
  footer: {
    change: 'The button that goes on in a wizard: "Next : Disks >", "Next".',
    verdict: 'cosmetic',
    apply: ({ footer }) => ({ footer: footer === 'spaced' ? 'plain' : 'spaced' }),
  },
  'review-tab': {
    change: 'The last tab of a wizard and its button: Review and create instead of Review + create.',
    verdict: 'cosmetic',
    apply: () => ({ reviewTab: 'Review and create' }),
  },
  'section-case': {
    change: 'Headings in forms: Project Details instead of Project details.',
    verdict: 'cosmetic',
    apply: () => ({ sections: 'Project Details' }),
  },
  directory: {
    change: 'Azure Active Directory instead of Microsoft Entra ID.',
    verdict: 'misleading',
    apply: () => ({ directory: 'Azure Active Directory' }),
  },
  'move-link': {
    change: 'The link beside a resource group in Essentials: (change), (move).',
    verdict: 'cosmetic',
    apply: ({ move }) => ({ move: swap(move, '(change)', '(move)') }),
  },
  'list-in-hub': {
    change: 'The lists of resource groups, virtual networks and storage accounts inside a hub, or on their own.',
    verdict: 'none',
    apply: ({ listInHub }) => ({ listInHub: !listInHub }),
  },
  'overview-frame': {
    change: 'The overview of a resource in a frame, or in the main document.',
    verdict: 'none',
    apply: ({ overviewInFrame }) => ({ overviewInFrame: !overviewInFrame }),
  },
  'search-markup': {
    change: 'The results of the global search as lists instead of a list box.',
    verdict: 'none',
    apply: () => ({ searchMarkup: 'list' }),
  },
  'search-keys': {
    change: 'The global search answers to keys only, and not to text that is put into it at once.',
    verdict: 'none',
    apply: () => ({ searchOnKeys: true }),
  },
  forms: {
    change: 'Forms of the other generation, in a frame or in the main document.',
    verdict: 'none',
    apply: ({ forms }) => ({ forms: forms === 'older' ? 'newer' : 'older' }),
  },
  'decoy-vault': {
    change:
      'The command of the vault lists makes a Backup vault, which is another thing than a Recovery Services vault.',
    verdict: 'blocking',
    decoy: true,
    apply: () => ({ vaultCommand: 'Backup vault' }),
  },
  'decoy-region': {
    change: 'West US is not offered; West US 2 and West US 3 are.',
    verdict: 'blocking',
    decoy: true,
    apply: () => ({ missingRegions: ['westus'] }),
  },
  'decoy-deletion': {
    change: 'A group has a command Delete resources, which deletes what is in it, and none that deletes the group.',
    verdict: 'blocking',
    decoy: true,
    apply: () => ({ deleteGroup: 'Delete resources' }),
  },
} as const satisfies Record<string, DriftSwitch>

export type DriftName = keyof typeof driftSwitches

export const driftNames = Object.keys(driftSwitches) as DriftName[]

export function traitsOf(era: Era, drifts: readonly DriftName[]): Traits {
  return drifts.reduce((traits, name) => ({ ...traits, ...driftSwitches[name].apply(traits) }), traitsByEra[era])
}
