import { ChevronDownRegular, ChevronRightRegular, SearchRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { formatRoute } from '../route.ts'
import type { Route } from '../route.ts'
import type { Settings } from '../settings.ts'
import { useVolatileId } from '../volatile-id.ts'
import type { Menu, MenuItem } from './blade-definition.ts'

/** The menu of a service or resource: its groups are collapsed at first (portal-facts.md §2). */
export function ServiceMenu(props: { menu: Menu; settings: Settings; onNavigate(route: Route): void }) {
  const { menu, settings, onNavigate } = props
  const holdsSelected = menu.groups.filter(({ items }) => items.some(({ id }) => id === menu.selected))
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set(holdsSelected.map(({ title }) => title)))
  const [selected, setSelected] = useState(menu.selected)
  // A link of the page itself may lead to an item of a group that is collapsed.
  if (selected !== menu.selected) {
    setSelected(menu.selected)
    setOpened(new Set([...opened, ...holdsSelected.map(({ title }) => title)]))
  }
  const [query, setQuery] = useState('')
  const searching = query.trim() !== ''
  const allOpen = menu.groups.every(({ title }) => opened.has(title))

  const matches = ({ title }: MenuItem) => title.toLowerCase().includes(query.trim().toLowerCase())
  const link = (item: MenuItem) => (
    <li key={item.id}>
      <a
        href={formatRoute(item.route, settings.tenantDomain)}
        data-telemetryname={`Menu-${item.id}`}
        className={item.id === menu.selected ? 'fxs-menu-item fxs-menu-item-selected' : 'fxs-menu-item'}
        aria-current={item.id === menu.selected ? 'page' : undefined}
        onClick={event => {
          event.preventDefault()
          onNavigate(item.route)
        }}
      >
        {item.title}
      </a>
    </li>
  )
  const toggle = (title: string) => {
    const next = new Set(opened)
    if (!next.delete(title)) next.add(title)
    setOpened(next)
  }

  return (
    <nav className="fxs-menublade" aria-label={`${menu.name} menu`}>
      <div className="fxs-menu-search">
        <SearchRegular aria-hidden="true" />
        <input
          type="text"
          role="searchbox"
          aria-label="Search"
          placeholder="Search"
          value={query}
          onChange={event => setQuery(event.target.value)}
        />
        {menu.groups.length > 0 && (
          <button
            type="button"
            className="fxs-blade-button"
            aria-label={allOpen ? 'Collapse all headers' : 'Expand all headers'}
            title={allOpen ? 'Collapse all headers' : 'Expand all headers'}
            onClick={() => setOpened(new Set(allOpen ? [] : menu.groups.map(({ title }) => title)))}
          >
            {allOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
          </button>
        )}
      </div>
      <ul>{menu.items.filter(matches).map(link)}</ul>
      {menu.groups.map(({ title, items }) => {
        const found = items.filter(matches)
        if (searching && found.length === 0) return null
        const open = searching || opened.has(title)
        return <Group key={title} title={title} open={open} onToggle={() => toggle(title)} items={found.map(link)} />
      })}
    </nav>
  )
}

function Group(props: { title: string; open: boolean; onToggle(): void; items: React.ReactElement[] }) {
  const { title, open, onToggle, items } = props
  const id = useVolatileId('menu')
  return (
    <div className="fxs-menu-group">
      <button type="button" aria-expanded={open} aria-controls={id} onClick={onToggle}>
        {open ? <ChevronDownRegular aria-hidden="true" /> : <ChevronRightRegular aria-hidden="true" />}
        {title}
      </button>
      <ul id={id} hidden={!open}>
        {open && items}
      </ul>
    </div>
  )
}
