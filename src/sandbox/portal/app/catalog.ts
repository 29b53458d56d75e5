import type { Route, ServiceName } from './route.ts'
import type { Traits } from '../traits.ts'

/** Something that the global search or a list of services offers. */
export interface CatalogEntry {
  title: string
  /** Further words that find it. */
  keywords: string
  route: Route
  /** Who sells a Marketplace item. */
  publisher?: string
}

export interface Catalog {
  services: CatalogEntry[]
  marketplace: CatalogEntry[]
  documentation: CatalogEntry[]
}

const list = (type: string): Route => ({ page: 'list', type })
const elsewhere = (name: string): Route => ({ page: 'unknown', hash: `view/Elsewhere/${encodeURIComponent(name)}` })
const hub = (title: string, keywords: string, service: ServiceName): CatalogEntry => ({
  title,
  keywords,
  route: { page: 'service', service, item: 'overview' },
})
const create = (item: string): Route => ({ page: 'create', item })

/** The words that stand for a type in lists, Essentials and search results. */
const typeTitles: Record<string, [singular: string, plural: string]> = {
  all: ['Resource', 'All resources'],
  resourcegroups: ['Resource group', 'Resource groups'],
  subscriptions: ['Subscription', 'Subscriptions'],
  'microsoft.resources/resourcegroups': ['Resource group', 'Resource groups'],
  'microsoft.recoveryservices/vaults': ['Recovery Services vault', 'Recovery Services vaults'],
  'microsoft.dataprotection/backupvaults': ['Backup vault', 'Backup vaults'],
  'microsoft.compute/virtualmachines': ['Virtual machine', 'Virtual machines'],
  'microsoft.compute/disks': ['Disk', 'Disks'],
  'microsoft.network/virtualnetworks': ['Virtual network', 'Virtual networks'],
  'microsoft.network/virtualnetworkgateways': ['Virtual network gateway', 'Virtual network gateways'],
  'microsoft.network/publicipaddresses': ['Public IP address', 'Public IP addresses'],
  'microsoft.network/networkinterfaces': ['Network interface', 'Network interfaces'],
  'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems': [
    'Backup item',
    'Backup items',
  ],
  'microsoft.network/networksecuritygroups': ['Network security group', 'Network security groups'],
  'microsoft.storage/storageaccounts': ['Storage account', 'Storage accounts'],
}

export function typeTitle(type: string, number: 'one' | 'many' = 'one'): string {
  const titles = typeTitles[type.toLowerCase()]
  return titles?.[number === 'one' ? 0 : 1] ?? type
}

/** Both years have these. */
const services: CatalogEntry[] = [
  {
    title: 'Recovery Services vaults',
    keywords: 'backup site recovery vault',
    route: list('Microsoft.RecoveryServices/vaults'),
  },
  { title: 'Backup vaults', keywords: 'data protection vault', route: list('Microsoft.DataProtection/backupVaults') },
  { title: 'Resource groups', keywords: 'rg group', route: list('resourcegroups') },
  { title: 'All resources', keywords: 'everything inventory', route: list('all') },
  { title: 'Subscriptions', keywords: 'billing', route: list('subscriptions') },
  { title: 'Virtual machines', keywords: 'vm compute', route: list('Microsoft.Compute/virtualMachines') },
  { title: 'Virtual networks', keywords: 'vnet network', route: list('Microsoft.Network/virtualNetworks') },
  { title: 'Virtual network gateways', keywords: 'vpn', route: list('Microsoft.Network/virtualNetworkGateways') },
  {
    title: 'Network security groups',
    keywords: 'nsg firewall',
    route: list('Microsoft.Network/networkSecurityGroups'),
  },
  { title: 'Storage accounts', keywords: 'blob file queue table', route: list('Microsoft.Storage/storageAccounts') },
  { title: 'Disks', keywords: 'managed', route: list('Microsoft.Compute/disks') },
  { title: 'Resource Explorer', keywords: 'api', route: elsewhere('Resource Explorer') },
  { title: 'Monitor', keywords: 'metrics logs alerts', route: elsewhere('Monitor') },
  { title: 'Cost Management', keywords: 'billing', route: elsewhere('Cost Management') },
]

/** What the portals of the years differ in (portal-facts.md §14). */
function ownServices({ continuity, listInHub, directory }: Traits): CatalogEntry[] {
  const vaults: CatalogEntry =
    continuity === 'Backup center'
      ? {
          title: continuity,
          keywords: 'vault protect',
          route: { page: 'service', service: 'backup-center', item: 'overview' },
        }
      : {
          title: continuity,
          keywords: 'backup business continuity disaster recovery abcc vault',
          route: { page: 'service', service: 'resiliency', item: 'overview' },
        }
  const hubs: CatalogEntry[] = [
    hub('Resource Manager', 'arm hub group', 'resource-manager'),
    hub('Network foundation', 'hub vnet', 'network-foundation'),
    hub('Storage center', 'hub blob', 'storage-center'),
  ]
  const entra: CatalogEntry = {
    title: directory,
    // Either name finds it.
    keywords: 'azure active directory microsoft entra id identity',
    route: elsewhere(directory),
  }
  return [vaults, ...(listInHub ? hubs : []), entra]
}

const marketplace: CatalogEntry[] = [
  {
    title: 'Backup and Site Recovery',
    publisher: 'Microsoft',
    keywords: 'recovery services vault',
    route: create('Microsoft.RecoveryServices'),
  },
  { title: 'Resource group', publisher: 'Microsoft', keywords: 'container', route: create('Microsoft.ResourceGroup') },
  { title: 'Virtual network', publisher: 'Microsoft', keywords: 'vnet', route: create('Microsoft.VirtualNetwork-ARM') },
  { title: 'Virtual machine', publisher: 'Microsoft', keywords: 'vm', route: create('Microsoft.VirtualMachine') },
  { title: 'Storage account', publisher: 'Microsoft', keywords: 'blob', route: create('Microsoft.StorageAccount-ARM') },
  {
    title: 'Backup vault',
    publisher: 'Microsoft',
    keywords: 'data protection',
    route: create('Microsoft.DataProtection'),
  },
]

/** A third party's item of the same name as a service. */
const twinOf = ({ continuity }: Traits): CatalogEntry => ({
  title: continuity,
  publisher: 'Fabrikam',
  keywords: continuity === 'Backup center' ? '' : 'backup',
  route: create(`fabrikam.${continuity.toLowerCase().replaceAll(' ', '-')}`),
})

const documentation: CatalogEntry[] = [
  { title: 'What is the Azure Backup service?', keywords: '', route: elsewhere('Documentation') },
  { title: 'Back up a virtual machine - Azure Backup', keywords: '', route: elsewhere('Documentation') },
  { title: 'Recovery Services vaults overview', keywords: 'backup', route: elsewhere('Documentation') },
  { title: 'Manage resource groups in the portal', keywords: '', route: elsewhere('Documentation') },
  { title: 'What is Azure Virtual Network?', keywords: 'vnet', route: elsewhere('Documentation') },
  { title: 'Resiliency in Azure', keywords: 'business continuity', route: elsewhere('Documentation') },
]

export function createCatalog(traits: Traits): Catalog {
  return {
    services: [...ownServices(traits), ...services],
    marketplace: [...marketplace, twinOf(traits)],
    documentation,
  }
}

/** Every word of the query must begin a word of the title or of the keywords; titles that begin with the query come first. */
export function searchEntries(entries: CatalogEntry[], query: string): CatalogEntry[] {
  const words = query.toLowerCase().trim().split(/\s+/)
  const matches = entries.filter(({ title, keywords }) => {
    const known = `${title} ${keywords}`.toLowerCase().split(/\s+/)
    return words.every(word => known.some(other => other.startsWith(word)))
  })
  return matches.sort((one, other) => rank(one, query) - rank(other, query))
}

function rank({ title }: CatalogEntry, query: string) {
  const name = title.toLowerCase()
  const wanted = query.toLowerCase().trim()
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  return name.includes(wanted) ? 2 : 3
}
