import { FluentProvider, IdPrefixProvider } from '@fluentui/react-components'
import { useEffect, useMemo, useRef, useState } from 'react'
import { createAuthorization } from '../authorization.ts'
import { createCatalog } from '../catalog.ts'
import { createDelays } from '../delays.ts'
import type { BladeHost } from '../host.ts'
import { HostProvider } from '../host.ts'
import { createResourceManager, sameId } from '../resource-manager.ts'
import type { Settings } from '../settings.ts'
import { useTheme } from '../theme.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import { ContextPane } from './context-pane.tsx'
import { Header } from './header.tsx'
import { Interruptions } from './interruptions.tsx'
import { Journey } from './journey.tsx'
import { useShortcuts } from './keyboard.ts'
import { LiveRegion } from './live-region.tsx'
import type { Navigation } from './navigation.ts'
import { useNavigation } from './navigation.ts'
import type { NotificationStore } from './notification-store.ts'
import { createNotificationStore } from './notification-store.ts'
import type { Operations } from './operations.ts'
import { createOperations } from './operations.ts'
import type { PaneState } from './pane-state.ts'
import { usePane } from './pane-state.ts'
import { PortalMenu } from './portal-menu.tsx'
import { createSearchIndex } from './search-index.ts'
import { Toasts } from './toasts.tsx'
import { UnsavedEdits } from './unsaved-edits.tsx'

/** The whole shell: header, menu, blades, panes and toasts (portal-facts.md §1, §2). */
export function Portal({ settings: given }: { settings: Settings }) {
  const [settings, setSettings] = useState(given)
  const navigation = useNavigation(settings)
  const latest = useRef(navigation)
  latest.current = navigation
  const panes = usePane()
  const shownPanes = useRef(panes)
  shownPanes.current = panes
  const [menuOpen, setMenuOpen] = useState(false)
  const [loading, setLoading] = useState(true)
  const parts = useMemo(() => assemble(given, latest, shownPanes), [given])
  const { host, notifications, operations, index, catalog, authorize } = parts
  const pressKey = useShortcuts(route => navigation.go(route, 'anew'))

  useEffect(() => {
    const readNames = async () => {
      const subscriptions = await host.resourceManager.subscriptions()
      const names = Object.fromEntries(subscriptions.map(one => [one.subscriptionId, one.displayName]))
      setSettings({ ...given, subscriptionNames: names })
    }
    readNames().catch(() => undefined)
  }, [given, host])

  useEffect(() => {
    index.refresh()
    shownPanes.current.close()
  }, [index, navigation.place])

  return (
    <IdPrefixProvider value={`p${Math.random().toString(36).slice(2, 6)}-`}>
      <FluentProvider theme={useTheme()} className="fxs-shell">
        <HostProvider value={host}>
          <button
            type="button"
            className="fxs-skip-to-main"
            onClick={() => document.querySelector<HTMLElement>('main')?.focus()}
          >
            Skip to main content
          </button>
          <Header
            settings={settings}
            catalog={catalog}
            index={index}
            notifications={notifications}
            place={navigation.place}
            menuOpen={menuOpen}
            onToggleMenu={() => setMenuOpen(!menuOpen)}
            onGo={route => navigation.go(route, 'anew')}
            onPane={panes.toggle}
          />
          <div className="fxs-body">
            {menuOpen && (
              <PortalMenu
                onGo={route => {
                  setMenuOpen(false)
                  navigation.go(route, 'anew')
                }}
                onClose={() => setMenuOpen(false)}
              />
            )}
            <main tabIndex={-1}>
              <Breadcrumb place={navigation.place} settings={settings} onGo={route => navigation.go(route)} />
              <Journey
                place={navigation.place}
                settings={settings}
                host={host}
                operations={operations}
                authorize={authorize}
                onNavigate={navigation.go}
                onKey={pressKey}
                onLoading={setLoading}
              />
              <LiveRegion loading={loading} />
            </main>
            {panes.pane && (
              <ContextPane
                pane={panes.pane}
                operations={operations}
                notifications={notifications}
                onGo={route => navigation.go(route)}
                onClose={panes.close}
              />
            )}
          </div>
          <Toasts store={notifications} onGo={route => navigation.go(route)} />
          <Interruptions delays={host.delays} notifications={notifications} />
          {navigation.heldBack && <UnsavedEdits onLeave={navigation.leaveAnyway} onStay={navigation.stay} />}
        </HostProvider>
      </FluentProvider>
    </IdPrefixProvider>
  )
}

interface Parts {
  host: BladeHost
  notifications: NotificationStore
  operations: Operations
  index: ReturnType<typeof createSearchIndex>
  catalog: ReturnType<typeof createCatalog>
  authorize(renew: boolean): Promise<string>
}

/** What lives as long as the page. */
function assemble(settings: Settings, latest: { current: Navigation }, panes: { current: PaneState }): Parts {
  const authorize = createAuthorization()
  const delays = createDelays(settings)
  const resourceManager = createResourceManager(settings.resourceManagerOrigin, authorize)
  const notifications = createNotificationStore()
  const index = createSearchIndex(resourceManager, delays)
  const refreshers = new Set<() => void>()
  const operations = createOperations({
    resourceManager,
    delays,
    notifications,
    onChange({ type, id }) {
      index.refresh()
      const { route } = latest.current.place
      // A page about what has just been deleted closes.
      const isAbout = (route.page === 'resource' || route.page === 'deployment') && sameId(route.id, id)
      if (type === 'deleted' && isAbout) {
        return latest.current.go(latest.current.place.trail.at(-1) ?? { page: 'home' })
      }
      for (const refresh of refreshers) refresh()
    },
  })
  const host: BladeHost = {
    settings,
    delays,
    resourceManager,
    navigate: route => latest.current.go(route),
    setDirty: dirty => latest.current.setDirty(dirty),
    openPane: pane => panes.current.open(pane),
    askPane: pane => panes.current.ask(pane),
    async deploy(order) {
      const id = await operations.deploy(order)
      latest.current.setDirty(false)
      latest.current.go({ page: 'deployment', id, item: 'overview' })
    },
    async createGroup(order) {
      await operations.createGroup(order)
      latest.current.setDirty(false)
      latest.current.go({ page: 'list', type: 'resourcegroups' })
    },
    carryOut: task => operations.carryOut(task),
    isFresh: id => Promise.resolve(operations.isFresh(id)),
    onRefresh(listener) {
      refreshers.add(listener)
      return () => refreshers.delete(listener)
    },
  }
  return { host, notifications, operations, index, catalog: createCatalog(settings.traits), authorize }
}
