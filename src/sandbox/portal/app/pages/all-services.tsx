import { useState } from 'react'
import { createCatalog, searchEntries } from '../catalog.ts'
import { useHost } from '../host.ts'
import { EntryIcon } from '../entry-icon.tsx'
import { RouteLink } from './route-link.tsx'

/** Every service by name. */
export function AllServices() {
  const { settings } = useHost()
  const [filter, setFilter] = useState('')
  const { services } = createCatalog(settings.traits)
  const shown = filter.trim() === '' ? services : searchEntries(services, filter)
  return (
    <div className="ext-page">
      <input
        type="search"
        className="ext-filter"
        aria-label="Filter services"
        placeholder="Filter services"
        value={filter}
        onChange={event => setFilter(event.target.value)}
      />
      <ul className="fxs-services">
        {[...shown]
          .sort((one, other) => one.title.localeCompare(other.title))
          .map(({ title, route }) => (
            <li key={title}>
              <RouteLink route={route}>
                <EntryIcon title={title} /> {title}
              </RouteLink>
            </li>
          ))}
      </ul>
    </div>
  )
}
