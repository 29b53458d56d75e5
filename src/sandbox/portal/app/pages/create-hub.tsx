import { useState } from 'react'
import { createCatalog, searchEntries } from '../catalog.ts'
import { useHost } from '../host.ts'
import { EntryIcon } from '../entry-icon.tsx'
import { RouteLink } from './route-link.tsx'

/** The Marketplace items that the sandbox lists; each card has a Create of its own. */
export function CreateHub() {
  const { settings } = useHost()
  const [filter, setFilter] = useState('')
  const { marketplace } = createCatalog(settings.traits)
  const shown = filter.trim() === '' ? marketplace : searchEntries(marketplace, filter)
  return (
    <div className="ext-page">
      <input
        type="search"
        className="ext-filter"
        aria-label="Search services and marketplace"
        placeholder="Search services and marketplace"
        value={filter}
        onChange={event => setFilter(event.target.value)}
      />
      <h3>Popular Marketplace products</h3>
      <ul className="fxs-cards">
        {shown.map(({ title, publisher, route }) => (
          <li key={`${title} ${publisher}`} className="fxs-card">
            <EntryIcon title={title} large />
            <strong>{title}</strong>
            <small>{publisher}</small>
            <RouteLink route={route}>Create</RouteLink>
          </li>
        ))}
      </ul>
    </div>
  )
}
