import type { ReactElement } from 'react'
import { bladeOf } from '../blades/declarations.ts'
import type { Route } from '../route.ts'
import { DeclaredWizard } from '../wizard/declared-wizard.tsx'
import { declarations } from '../wizard/declarations/declarations.ts'
import { AllServices } from './all-services.tsx'
import { BackupCenter } from './backup-center.tsx'
import { ConfigureBackup } from './configure-backup.tsx'
import { CreateHub } from './create-hub.tsx'
import { DeclaredBlade } from './declared-blade.tsx'
import { DeploymentDetails } from './deployment-details.tsx'
import { Home } from './home.tsx'
import { DeclaredList } from './list-blade.tsx'
import { NotInSandbox } from './not-in-sandbox.tsx'
import { ResiliencyOverview } from './resiliency-overview.tsx'
import { ResourceList } from './resource-list.tsx'
import { protectedItems } from './protected-items.ts'
import { StartConfigureBackup } from './start-configure-backup.tsx'
import { StartCreateVault } from './start-create-vault.tsx'

/** The page of a place, wherever it is rendered: in the shell's document or in a frame. */
export function BladeContent({ route }: { route: Route }): ReactElement {
  const render = pages[route.page] as (route: Route) => ReactElement
  return render(route)
}

const pages: { [Page in Route['page']]: (route: Extract<Route, { page: Page }>) => ReactElement } = {
  home: () => <Home />,
  'all-services': () => <AllServices />,
  'create-hub': () => <CreateHub />,
  create({ item }) {
    const declare = declarations[item.toLowerCase()]
    return declare ? <DeclaredWizard key={item} item={item} declare={declare} /> : <NotInSandbox what="Creating this" />
  },
  list: ({ type }) => <ResourceList key={type} type={type} />,
  resource: renderResource,
  deployment: ({ id, item }) => <DeploymentDetails id={id} item={item} />,
  service: renderService,
  'start-create-vault': () => <StartCreateVault />,
  'start-configure-backup': () => <StartConfigureBackup />,
  'configure-backup': ({ vault }) => <ConfigureBackup key={vault} vault={vault} />,
  unknown: () => <NotInSandbox what="This page" />,
}

function renderResource({ id, item }: Extract<Route, { page: 'resource' }>) {
  const blade = bladeOf(id, item)
  return blade ? <DeclaredBlade key={`${id} ${item}`} id={id} blade={blade} /> : <NotInSandbox what="This page" />
}

const servicePages: Record<string, () => ReactElement> = {
  'backup-center/overview': () => <BackupCenter />,
  'backup-center/backup-instances': () => <DeclaredList id="" blade={protectedItems} />,
  'backup-center/vaults': () => <ResourceList type="Microsoft.RecoveryServices/vaults" fromService />,
  'resiliency/overview': () => <ResiliencyOverview />,
  'resiliency/protected-items': () => <DeclaredList id="" blade={protectedItems} />,
  'resiliency/vaults': () => <ResourceList type="Microsoft.RecoveryServices/vaults" fromService />,
  'resource-manager/resource-groups': () => <ResourceList type="resourcegroups" />,
  'network-foundation/virtual-networks': () => <ResourceList type="Microsoft.Network/virtualNetworks" />,
  'storage-center/storage-accounts': () => <ResourceList type="Microsoft.Storage/storageAccounts" />,
  'resource-manager/all-resources': () => <ResourceList type="all" />,
  'resource-manager/subscriptions': () => <ResourceList type="subscriptions" />,
}

function renderService({ service, item }: Extract<Route, { page: 'service' }>) {
  return servicePages[`${service}/${item}`]?.() ?? <NotInSandbox what="This page" />
}
