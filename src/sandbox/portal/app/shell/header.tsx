import {
  AlertRegular,
  AppsRegular,
  ChatHelpRegular,
  MoreHorizontalRegular,
  NavigationRegular,
  PersonCircleRegular,
  PersonFeedbackRegular,
  QuestionCircleRegular,
  SettingsRegular,
  WindowConsoleRegular,
} from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import type { Catalog } from '../catalog.ts'
import type { Pane } from '../host.ts'
import type { Route } from '../route.ts'
import type { Settings } from '../settings.ts'
import { Flyout } from './flyout.tsx'
import { GlobalSearch } from './global-search.tsx'
import type { NotificationStore } from './notification-store.ts'
import { useNotifications } from './notification-store.ts'
import type { Place } from './navigation.ts'
import type { SearchIndex } from './search-index.ts'

interface HeaderProps {
  settings: Settings
  catalog: Catalog
  index: SearchIndex
  notifications: NotificationStore
  place: Place
  menuOpen: boolean
  onToggleMenu(): void
  onGo(route: Route): void
  onPane(pane: Pane): void
}

/** The landmark at the top, with the names of portal-facts.md §1. */
export function Header(props: HeaderProps) {
  const { settings, catalog, index, place, menuOpen, onToggleMenu, onGo } = props
  return (
    <header role="banner" aria-label="Microsoft Azure" className="fxs-topbar">
      <button
        type="button"
        className="fxs-topbar-button"
        aria-label={menuOpen ? 'Hide portal menu' : 'Show portal menu'}
        aria-expanded={menuOpen}
        onClick={onToggleMenu}
      >
        <NavigationRegular />
      </button>
      <CloudMenu />
      <h1 className="fxs-topbar-brand">
        <a href="#home">Microsoft Azure</a>
      </h1>
      <span className="fxs-topbar-replica">Verbatim sandbox: a replica, not Azure</span>
      <GlobalSearch catalog={catalog} index={index} place={place} onGo={onGo} />
      <div className="fxs-topbar-tools">
        <Tools {...props} />
        <AccountMenu settings={settings} />
      </div>
    </header>
  )
}

function CloudMenu() {
  const [open, setOpen] = useState(false)
  return (
    <div className="fxs-topbar-anchor">
      <button
        type="button"
        className="fxs-topbar-button"
        aria-label="Show Microsoft Cloud menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <AppsRegular />
      </button>
      {open && (
        <Flyout className="fxs-cloudmenu" onClose={() => setOpen(false)}>
          <p>Other clouds are not part of the sandbox.</p>
        </Flyout>
      )}
    </div>
  )
}

interface Tool {
  name: string
  icon: ReactElement
  pane: Pane
}

const tools: Tool[] = [
  { name: 'Cloud Shell', icon: <WindowConsoleRegular />, pane: { type: 'stub', title: 'Cloud Shell' } },
  { name: 'Notifications', icon: <AlertRegular />, pane: { type: 'notifications' } },
  { name: 'Settings', icon: <SettingsRegular />, pane: { type: 'settings' } },
  {
    name: 'Support + Troubleshooting',
    icon: <QuestionCircleRegular />,
    pane: { type: 'stub', title: 'Support + Troubleshooting' },
  },
  { name: 'Feedback', icon: <PersonFeedbackRegular />, pane: { type: 'stub', title: 'Feedback' } },
]

/** Separate buttons in a wide window; below 1280 px they fold under one. */
function Tools({ notifications, onPane }: HeaderProps) {
  const narrow = useNarrowWindow()
  const [open, setOpen] = useState(false)
  const pending = useNotifications(notifications).length
  const buttons = tools.map(({ name, icon, pane }) => (
    <button
      key={name}
      type="button"
      role={narrow ? 'menuitem' : undefined}
      className="fxs-topbar-button"
      aria-label={name}
      title={name}
      onClick={() => {
        setOpen(false)
        onPane(pane)
      }}
    >
      {icon}
      {name === 'Notifications' && pending > 0 && (
        <span className="fxs-topbar-badge" aria-hidden="true">
          {pending}
        </span>
      )}
      {narrow && <span>{name}</span>}
    </button>
  ))
  const copilot = (
    <button type="button" className="fxs-topbar-copilot" onClick={() => onPane({ type: 'stub', title: 'Copilot' })}>
      <ChatHelpRegular aria-hidden="true" />
      Copilot
    </button>
  )
  if (!narrow) {
    return (
      <>
        {copilot}
        {buttons}
      </>
    )
  }
  return (
    <>
      {copilot}
      <div className="fxs-topbar-anchor fxs-topbar-actionsmenu">
        <button
          type="button"
          className="fxs-topbar-button"
          aria-label="More portal tools"
          aria-haspopup="menu"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <MoreHorizontalRegular />
        </button>
        {open && (
          <Flyout className="fxs-topbar-folded" role="menu" label="More portal tools" onClose={() => setOpen(false)}>
            {buttons}
          </Flyout>
        )}
      </div>
    </>
  )
}

const narrowQuery = '(max-width: 1279px)'

function useNarrowWindow() {
  const [narrow, setNarrow] = useState(() => matchMedia(narrowQuery).matches)
  useEffect(() => {
    const query = matchMedia(narrowQuery)
    const onChange = () => setNarrow(query.matches)
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [])
  return narrow
}

function AccountMenu({ settings }: { settings: Settings }) {
  const { user, tenantName, tenantDomain } = settings
  const [open, setOpen] = useState(false)
  const directory = `${tenantName} (${tenantDomain})`
  return (
    <div className="fxs-topbar-anchor">
      <button
        type="button"
        className="fxs-topbar-account"
        aria-label={`Account menu Currently signed in as ${user.userName} ${directory}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="fxs-topbar-identity" aria-hidden="true">
          <span>{user.userName}</span>
          <small>{directory.toUpperCase()}</small>
        </span>
        <PersonCircleRegular aria-hidden="true" />
      </button>
      {open && (
        <Flyout className="fxs-accountmenu" onClose={() => setOpen(false)}>
          <p>
            <strong>{user.name}</strong>
            <br />
            {user.userName}
            <br />
            {directory}
          </p>
          <a href="/signout">Sign out</a>
        </Flyout>
      )}
    </div>
  )
}
