import type { ReactElement } from 'react'
import { typeOf } from '../resource-manager.ts'
import type { Route } from '../route.ts'
import { DeclaredWizard } from '../wizard/declared-wizard.tsx'
import { declarations } from '../wizard/declarations/declarations.ts'
import { AllServices } from './all-services.tsx'
import { BackupCenter } from './backup-center.tsx'
import { CreateHub } from './create-hub.tsx'
import { DeploymentDetails } from './deployment-details.tsx'
import { GroupOverview } from './group-overview.tsx'
import { Home } from './home.tsx'
import { NotInSandbox } from './not-in-sandbox.tsx'
import { ResiliencyOverview } from './resiliency-overview.tsx'
import { ResourceList } from './resource-list.tsx'
import { ResourceOverview } from './resource-overview.tsx'
import { StartCreateVault } from './start-create-vault.tsx'
import { SubscriptionOverview } from './subscription-overview.tsx'

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
  unknown: () => <NotInSandbox what="This page" />,
}

function renderResource({ id, item }: Extract<Route, { page: 'resource' }>) {
  if (item !== 'overview') return <NotInSandbox what="This page" />
  const Overview = overviews[typeOf(id)] ?? ResourceOverview
  return <Overview key={id} id={id} />
}

const overviews: Record<string, typeof ResourceOverview> = {
  'Microsoft.Resources/resourceGroups': GroupOverview,
  subscriptions: SubscriptionOverview,
}

const servicePages: Record<string, () => ReactElement> = {
  'backup-center/overview': () => <BackupCenter />,
  'backup-center/vaults': () => <ResourceList type="Microsoft.RecoveryServices/vaults" fromService />,
  'resiliency/overview': () => <ResiliencyOverview />,
  'resiliency/vaults': () => <ResourceList type="Microsoft.RecoveryServices/vaults" fromService />,
  'resource-manager/resource-groups': () => <ResourceList type="resourcegroups" />,
  'resource-manager/all-resources': () => <ResourceList type="all" />,
  'resource-manager/subscriptions': () => <ResourceList type="subscriptions" />,
}

function renderService({ service, item }: Extract<Route, { page: 'service' }>) {
  return servicePages[`${service}/${item}`]?.() ?? <NotInSandbox what="This page" />
}
