import { bladeOf, declarationOf, frameOf } from '../blades/declarations.ts'
import { typeTitle } from '../catalog.ts'
import { nameOf, typeOf } from '../resource-manager.ts'
import type { Route, ServiceName } from '../route.ts'
import type { Traits } from '../../traits.ts'
import type { Settings } from '../settings.ts'
import { formFrame } from '../wizard/generation.ts'
import { declarations } from '../wizard/declarations/declarations.ts'

/** What the shell shows around a page. */
export interface BladeDefinition {
  title: string
  subtitle: string
  /** The name of the frame that holds the content; undefined when it is in the shell's own document. */
  frame: string | undefined
  menu: Menu | undefined
}

export interface Menu {
  name: string
  selected: string
  items: MenuItem[]
  groups: { title: string; items: MenuItem[] }[]
}

export interface MenuItem {
  id: string
  title: string
  route: Route
}

/** Title, frame and menu of a place (portal-facts.md §2, §3). */
export function defineBlade(route: Route, settings: Settings): BladeDefinition {
  const define = definitions[route.page] as (route: Route, settings: Settings) => BladeDefinition
  return define(route, settings)
}

const definitions: {
  [Page in Route['page']]: (route: Extract<Route, { page: Page }>, settings: Settings) => BladeDefinition
} = {
  home: () => plain('Home'),
  'all-services': () => plain('All services'),
  'create-hub': () => plain('Create a resource'),
  create(route, { traits }) {
    const wizard = declarations[route.item.toLowerCase()]?.(traits)
    return wizard ? { ...plain(wizard.title), frame: formFrame(traits, wizard.frame, route.item) } : plain('Create')
  },
  list: (route, { tenantName }) => ({
    ...plain(typeTitle(route.type, 'many')),
    subtitle: tenantName,
    frame: 'BrowseResource.ReactView',
  }),
  resource: defineResource,
  deployment: route => ({
    title: `${nameOf(route.id)} | ${itemTitle(deploymentMenu(route), 'Overview')}`,
    subtitle: 'Deployment',
    frame: 'DeploymentDetails.ReactView',
    menu: deploymentMenu(route),
  }),
  service: defineService,
  'start-configure-backup': (_route, { traits }) => ({
    ...plain('Start: Configure Backup'),
    frame: formFrame(traits, 'StartConfigureBackup.ReactView'),
  }),
  'configure-backup': ({ vault }, { traits }) => ({
    ...plain('Configure backup'),
    subtitle: nameOf(vault),
    frame: formFrame(traits, 'ConfigureBackup.ReactView'),
  }),
  'start-create-vault': () => ({ ...plain('Start: Create Vault'), frame: 'StartCreateVault.ReactView' }),
  unknown: route => plain(decodeURIComponent(/^view\/Elsewhere\/(.+)$/.exec(route.hash)?.[1] ?? 'Not found')),
}

function plain(title: string): BladeDefinition {
  return { title, subtitle: '', frame: undefined, menu: undefined }
}

function itemTitle(menu: Menu, fallback: string) {
  const items = [...menu.items, ...menu.groups.flatMap(group => group.items)]
  return items.find(item => item.id === menu.selected)?.title ?? fallback
}

/** On its first page a service is titled by its name alone. */
function titleWithItem(name: string, menu: Menu) {
  return menu.selected === 'overview' ? name : `${name} | ${itemTitle(menu, menu.selected)}`
}

function deploymentMenu({ id, item }: Extract<Route, { page: 'deployment' }>): Menu {
  const entry = (name: string): MenuItem => ({
    id: name.toLowerCase(),
    title: name,
    route: { page: 'deployment', id, item: name.toLowerCase() },
  })
  return {
    name: nameOf(id),
    selected: item,
    items: ['Overview', 'Inputs', 'Outputs', 'Template'].map(entry),
    groups: [],
  }
}

function defineResource({ id, item }: Extract<Route, { page: 'resource' }>, settings: Settings): BladeDefinition {
  const { traits, subscriptionNames = {} } = settings
  const type = typeOf(id)
  // A subscription is known by its id, and shown by its name.
  const name = (type === 'subscriptions' && subscriptionNames[nameOf(id)]) || nameOf(id)
  const blade = bladeOf(id, item)
  const menu = resourceMenu(id, blade?.beyond?.selected ?? item, traits)
  return {
    title: blade?.beyond ? `${name} | ${blade.beyond.title}` : menu ? titleWithItem(name, menu) : name,
    subtitle: typeTitle(type),
    frame: blade ? frameOf(item, blade, traits) : 'ResourceProperties.ReactView',
    menu,
  }
}

function resourceMenu(id: string, selected: string, traits: Traits): Menu | undefined {
  const entry = (title: string): MenuItem => {
    const item = title.toLowerCase().replaceAll(' ', '-')
    return { id: item, title, route: { page: 'resource', id, item } }
  }
  const groups = declarationOf(id).menu?.(traits)
  if (!groups) return undefined
  const common = ['Overview', 'Activity log', 'Access control (IAM)', 'Tags']
  return {
    name: nameOf(id),
    selected,
    items: common.map(entry),
    groups: Object.entries(groups).map(([title, items]) => ({ title, items: items.map(entry) })),
  }
}

function defineService({ service, item }: Extract<Route, { page: 'service' }>, { traits }: Settings): BladeDefinition {
  const title =
    service === 'resiliency' && traits.continuity !== 'Backup center' ? traits.continuity : serviceMenus[service].title
  const { frame, items, groups } = serviceMenus[service]
  const entry = (name: string): MenuItem => {
    const id = name.toLowerCase().replaceAll(' ', '-')
    return { id, title: name, route: { page: 'service', service, item: id } }
  }
  const menu: Menu = {
    name: title,
    selected: item,
    items: items.map(entry),
    groups: Object.entries(groups).map(([name, members]) => ({ title: name, items: members.map(entry) })),
  }
  return {
    title: titleWithItem(title, menu),
    subtitle: '',
    frame: lists.has(item) ? 'BrowseResource.ReactView' : frame,
    menu,
  }
}

/** Items of menus that are lists of resources. */
const lists = new Set(['resource-groups', 'vaults', 'virtual-networks', 'storage-accounts'])

interface ServiceMenu {
  title: string
  frame: string
  items: string[]
  groups: Record<string, string[]>
}

const serviceMenus: Record<ServiceName, ServiceMenu> = {
  'backup-center': {
    title: 'Backup center',
    frame: 'BackupCenterOverview.ReactView',
    items: ['Overview', 'Getting started', 'Community'],
    groups: {
      Manage: ['Backup instances', 'Backup policies', 'Vaults'],
      Monitoring: ['Backup jobs', 'Alerts', 'Metrics', 'Backup reports'],
      'Policy and compliance': ['Backup compliance', 'Protectable datasources'],
    },
  },
  resiliency: {
    title: 'Resiliency',
    frame: 'ResiliencyOverview.ReactView',
    items: ['Overview', 'Business continuity'],
    groups: {
      'Protected items': ['Protected items', 'Protectable resources'],
      Manage: ['Vaults', 'Protection policies', 'Recovery plans'],
      Monitoring: ['Jobs', 'Alerts', 'Metrics', 'Reports'],
      'Security posture': ['Security level'],
    },
  },
  'resource-manager': {
    title: 'Resource Manager',
    frame: 'ResourceManagerOverview.ReactView',
    items: ['Overview', 'All resources', 'Favorite resources', 'Recent resources', 'Resource groups', 'Tags'],
    groups: {
      Organization: ['Service groups', 'Management groups', 'Subscriptions'],
      Tools: ['Resource graph explorer', 'Resource explorer', 'Template specs'],
      Deployments: ['Deployment stacks'],
    },
  },
  'network-foundation': {
    title: 'Network foundation',
    frame: 'NetworkFoundationOverview.ReactView',
    items: ['Overview', 'Virtual networks', 'NAT gateways', 'Private link', 'DNS'],
    groups: {
      Management: ['Network managers', 'IP address management'],
      Monitoring: ['Network Watcher', 'Metrics'],
    },
  },
  'storage-center': {
    title: 'Storage center',
    frame: 'StorageCenterOverview.ReactView',
    items: ['Overview', 'Storage accounts', 'File shares', 'Managed disks'],
    groups: {
      'Data management': ['Storage movers', 'Storage tasks'],
      Migration: ['Data Box'],
    },
  },
}
