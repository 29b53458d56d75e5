import { useState } from 'react'
import { typeTitle } from '../catalog.ts'
import { useHost } from '../host.ts'
import type { Resource } from '../resource-manager.ts'
import type { Route } from '../route.ts'
import { EntryIcon } from '../entry-icon.tsx'
import { useLoaded } from './loaded.ts'
import { RouteLink } from './route-link.tsx'

interface Tile {
  title: string
  route: Route
}

const list = (type: string): Route => ({ page: 'list', type })

const services: Tile[] = [
  { title: 'Create a resource', route: { page: 'create-hub' } },
  { title: 'Resource groups', route: list('resourcegroups') },
  { title: 'Recovery Services vaults', route: list('Microsoft.RecoveryServices/vaults') },
  { title: 'Virtual machines', route: list('Microsoft.Compute/virtualMachines') },
  { title: 'Storage accounts', route: list('Microsoft.Storage/storageAccounts') },
  { title: 'Virtual networks', route: list('Microsoft.Network/virtualNetworks') },
  { title: 'Subscriptions', route: list('subscriptions') },
  { title: 'More services', route: { page: 'all-services' } },
]

const places: Tile[] = [
  { title: 'Subscriptions', route: list('subscriptions') },
  { title: 'Resource groups', route: list('resourcegroups') },
  { title: 'All resources', route: list('all') },
  { title: 'Dashboard', route: { page: 'home' } },
]

/** Some names stand here twice, as on the live portal (portal-facts.md §1). */
export function Home() {
  return (
    <div className="fxs-home">
      <h3>Azure services</h3>
      <div role="grid" aria-label="Azure services" className="fxs-home-services">
        <div role="row">
          {services.map(({ title, route }) => (
            <div role="gridcell" key={title}>
              <RouteLink route={route} className="fxs-home-tile">
                <EntryIcon title={title} large />
                <span>{title}</span>
              </RouteLink>
            </div>
          ))}
        </div>
      </div>
      <h3>Resources</h3>
      <Resources />
      <h3>Navigate</h3>
      <div role="grid" aria-label="Navigate" className="fxs-home-services fxs-home-navigate">
        <div role="row">
          {places.map(({ title, route }) => (
            <div role="gridcell" key={title}>
              <RouteLink route={route}>
                <EntryIcon title={title} /> {title}
              </RouteLink>
            </div>
          ))}
        </div>
      </div>
      <h3>Tools</h3>
      <p className="fxs-home-note">Microsoft Learn, Monitor and Cost Management are not part of the sandbox.</p>
      <h3>Useful links</h3>
      <p className="fxs-home-note">
        This page imitates a portal so that articles can be rehearsed. Nothing here costs money.
      </p>
    </div>
  )
}

function Resources() {
  const { resourceManager, delays } = useHost()
  const [tab, setTab] = useState<'Recent' | 'Favorite'>('Recent')
  const [resources] = useLoaded('home', async signal => {
    await delays.wait('list', signal)
    const subscriptions = await resourceManager.subscriptions()
    return (await Promise.all(subscriptions.map(({ id }) => resourceManager.resources(id)))).flat()
  })
  const shown = tab === 'Recent' && resources.type === 'loaded' ? resources.value : []
  return (
    <>
      <div role="tablist" aria-label="Resources" className="fxs-home-tabs">
        {(['Recent', 'Favorite'] as const).map(name => (
          <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => setTab(name)}>
            {name}
          </button>
        ))}
      </div>
      <RecentGrid resources={shown} />
    </>
  )
}

function RecentGrid({ resources }: { resources: Resource[] }) {
  return (
    <table role="grid" aria-label="Resources" className="fxs-table">
      <thead>
        <tr>
          <th>Name</th>
          <th>Type</th>
          <th>Last Viewed</th>
        </tr>
      </thead>
      <tbody>
        {resources.slice(0, 8).map(({ id, name, type }) => (
          <tr key={id}>
            <td>
              <RouteLink route={{ page: 'resource', id, item: 'overview' }}>{name}</RouteLink>
            </td>
            <td>{typeTitle(type)}</td>
            <td>a few minutes ago</td>
          </tr>
        ))}
        {resources.length === 0 && (
          <tr>
            <td colSpan={3}>No resources have been viewed recently</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
