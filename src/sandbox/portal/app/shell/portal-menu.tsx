import type { Route } from '../route.ts'
import { formatRoute } from '../route.ts'
import { EntryIcon } from '../entry-icon.tsx'
import { Flyout } from './flyout.tsx'

const entries: { title: string; route: Route }[] = [
  { title: 'Create a resource', route: { page: 'create-hub' } },
  { title: 'Home', route: { page: 'home' } },
  { title: 'All services', route: { page: 'all-services' } },
]

const favorites: { title: string; route: Route }[] = [
  { title: 'All resources', route: { page: 'list', type: 'all' } },
  { title: 'Resource groups', route: { page: 'list', type: 'resourcegroups' } },
  { title: 'Recovery Services vaults', route: { page: 'list', type: 'Microsoft.RecoveryServices/vaults' } },
  { title: 'Virtual machines', route: { page: 'list', type: 'Microsoft.Compute/virtualMachines' } },
  { title: 'Subscriptions', route: { page: 'list', type: 'subscriptions' } },
]

/** The menu that flies out on the left. */
export function PortalMenu({ onGo, onClose }: { onGo(route: Route): void; onClose(): void }) {
  const link = ({ title, route }: { title: string; route: Route }) => (
    <li key={title}>
      <a
        href={formatRoute(route, '')}
        onClick={event => {
          event.preventDefault()
          onGo(route)
        }}
      >
        <EntryIcon title={title} />
        {title}
      </a>
    </li>
  )
  return (
    <div className="fxs-portalmenu-anchor">
      <Flyout className="fxs-portalmenu" onClose={onClose}>
        <nav aria-label="Portal menu">
          <ul>{entries.map(link)}</ul>
          <p className="fxs-portalmenu-heading">Favorites</p>
          <ul>{favorites.map(link)}</ul>
        </nav>
      </Flyout>
    </div>
  )
}
