/** Where the portal is, read from the address behind `#` (portal-facts.md §10). */
export type Route =
  | { page: 'home' }
  | { page: 'all-services' }
  | { page: 'create-hub' }
  | { page: 'create'; item: string }
  | { page: 'list'; type: string }
  | { page: 'resource'; id: string; item: string }
  | { page: 'deployment'; id: string; item: string }
  | { page: 'service'; service: ServiceName; item: string }
  | { page: 'start-create-vault' }
  | { page: 'start-configure-backup' }
  | { page: 'configure-backup'; vault: string }
  | { page: 'unknown'; hash: string }

export type ServiceName = 'backup-center' | 'resiliency' | 'resource-manager' | 'network-foundation' | 'storage-center'

/** Extension and blade of the services that have a menu of their own. */
const serviceBlades: Record<ServiceName, string> = {
  'backup-center': 'Microsoft_Azure_DataProtection/BackupCenterMenuBlade',
  resiliency: 'Microsoft_Azure_BCDRCenter/AbcCenterMenuBlade',
  'resource-manager': 'Microsoft_Azure_ResourceManager/ResourceManagerHubBlade',
  'network-foundation': 'Microsoft_Azure_Network/NetworkFoundationHubBlade',
  'storage-center': 'Microsoft_Azure_StorageHub/StorageCenterHubBlade',
}

const startCreateVault = 'Microsoft_Azure_DataProtection/StartCreateVaultBlade'
const startConfigureBackup = 'Microsoft_Azure_DataProtection/StartConfigureBackupBlade'
const configureBackup = 'Microsoft_Azure_RecoveryServices/ConfigureBackupBlade'
const deploymentBlade = 'HubsExtension/DeploymentDetailsBlade'

const readers: [RegExp, (parts: string[]) => Route | undefined][] = [
  [/^(?:home|dashboard)?\/?$/, () => ({ page: 'home' })],
  [/^allservices\/?$/, () => ({ page: 'all-services' })],
  [/^menu\/subscriptions$/, () => ({ page: 'list', type: 'subscriptions' })],
  [/^create\/hub$/, () => ({ page: 'create-hub' })],
  [/^create\/([^/]+)/, ([item = '']) => ({ page: 'create', item: decodeURIComponent(item) })],
  [/^browse\/([^/]+)/, ([type = '']) => ({ page: 'list', type: decodeURIComponent(type) })],
  [/^(?:@[^/]*\/)?resource\/(.+)$/, ([rest = '']) => readResource(rest)],
  [/^(?:view|blade)\/(.+)$/, ([rest = '']) => readView(rest)],
]

/** Reads `#create/hub` and its kind, with or without `#` and a leading slash. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#?\/?/, '').replace(/\?.*$/, '')
  for (const [pattern, read] of readers) {
    const match = pattern.exec(path)
    const route = match && read(match.slice(1))
    if (route) return route
  }
  return { page: 'unknown', hash: path }
}

/** Writes the address of a place; `tenantDomain` stands in a resource's address. */
export function formatRoute(route: Route, tenantDomain: string): string {
  const write = writers[route.page] as (route: Route, tenantDomain: string) => string
  return `#${write(route, tenantDomain)}`
}

const writers: { [Page in Route['page']]: (route: Extract<Route, { page: Page }>, tenantDomain: string) => string } = {
  home: () => 'home',
  'all-services': () => 'allservices',
  'create-hub': () => 'create/hub',
  create: ({ item }) => `create/${item}`,
  list: ({ type }) => `browse/${encodeURIComponent(type)}`,
  resource: ({ id, item }, tenantDomain) => `@${tenantDomain}/resource${id}/${item}`,
  deployment: ({ id, item }) => `view/${deploymentBlade}/~/${item}/id/${encodeURIComponent(id)}`,
  service: ({ service, item }) => `view/${serviceBlades[service]}/~/${item}`,
  'start-create-vault': () => `view/${startCreateVault}`,
  'start-configure-backup': () => `view/${startConfigureBackup}`,
  'configure-backup': ({ vault }) => `view/${configureBackup}/id/${encodeURIComponent(vault)}`,
  unknown: ({ hash }) => hash,
}

/** Places with the same key share a blade: only its content changes, its menu stays. */
export function bladeKey(route: Route): string {
  return 'item' in route && route.page !== 'create' ? JSON.stringify({ ...route, item: '' }) : JSON.stringify(route)
}

// > subscriptions/0000/resourceGroups/demo/providers/Microsoft.RecoveryServices/vaults/v1/overview
//   ^ the id has pairs of segments; an odd one at the end is the menu item
const resourcePath =
  /^(subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+(?:\/providers\/[^/]+(?:\/[^/]+\/[^/]+)+?)?)?)(?:\/([^/]+))?\/?$/i

function readResource(rest: string): Route | undefined {
  const match = resourcePath.exec(decodeURI(rest))
  if (!match?.[1]) return undefined
  return { page: 'resource', id: `/${match[1]}`, item: match[2] ?? 'overview' }
}

function readView(rest: string): Route | undefined {
  const [blade = '', parameters = ''] = splitView(rest)
  const item = /(?:^|\/)~\/([^/]+)/.exec(parameters)?.[1] ?? 'overview'
  for (const [service, name] of Object.entries(serviceBlades)) {
    if (blade === name) return { page: 'service', service: service as ServiceName, item }
  }
  if (blade === startCreateVault) return { page: 'start-create-vault' }
  if (blade === startConfigureBackup) return { page: 'start-configure-backup' }
  if (blade === 'HubsExtension/BrowseResourceGroups') return { page: 'list', type: 'resourcegroups' }
  if (blade === 'HubsExtension/BrowseAll') return { page: 'list', type: 'all' }
  if (/^Microsoft_Azure_Billing\/Subscriptions/.test(blade)) return { page: 'list', type: 'subscriptions' }
  const type = /resourceType\/([^/]+)/.exec(parameters)?.[1]
  if (/^HubsExtension\/BrowseResource(?:\.ReactView)?$/.test(blade) && type) {
    return { page: 'list', type: decodeURIComponent(type) }
  }
  const id = /(?:^|\/)id\/([^/]+)/.exec(parameters)?.[1]
  if (blade === configureBackup && id) return { page: 'configure-backup', vault: decodeURIComponent(id) }
  if (blade === deploymentBlade && id) return { page: 'deployment', id: decodeURIComponent(id), item }
  return undefined
}

function splitView(rest: string) {
  const [extension, blade, ...parameters] = rest.split('/')
  return [`${extension ?? ''}/${blade ?? ''}`, parameters.join('/')]
}
