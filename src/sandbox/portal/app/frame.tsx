import { FluentProvider, IdPrefixProvider } from '@fluentui/react-components'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { createDelays } from './delays.ts'
import type { AskShell, Connect } from './frame-channel.ts'
import { askShell } from './frame-channel.ts'
import type { BladeHost } from './host.ts'
import { HostProvider } from './host.ts'
import { BladeContent } from './pages/blade-content.tsx'
import './portal.css'
import { createResourceManager } from './resource-manager.ts'
import type { Route } from './route.ts'
import type { Settings } from './settings.ts'
import { useTheme } from './theme.ts'

/** The script of a blade that lives in a frame: it waits for the shell, then shows the page that the shell asks for. */
const authority = document.documentElement.dataset['trustedAuthority']

addEventListener('message', event => {
  const message = event.data as Connect
  const [port] = event.ports
  if (event.origin !== authority || message.type !== 'connect' || !port) return
  start(message, port)
})

function start({ settings, route, title }: Connect, port: MessagePort) {
  document.title = title
  document.getElementById('__bladeTitle')?.append(title)
  const refreshers = new Set<() => void>()
  const ask = askShell(port, () => refreshers.forEach(refresh => refresh()))
  forwardKeys(ask)
  const container = document.getElementById('root')
  if (!container) return
  const root = createRoot(container)
  root.render(<Frame host={createHost(settings, ask, refreshers)} route={route} onShown={() => void ask('ready')} />)
}

function Frame({ host, route, onShown }: { host: BladeHost; route: Route; onShown(): void }) {
  useEffect(() => {
    document.getElementById('__bladeShield')?.remove()
    onShown()
  }, [onShown])
  return (
    <IdPrefixProvider value={`f${Math.random().toString(36).slice(2, 6)}-`}>
      <FluentProvider theme={useTheme()} className="ext-blade">
        <HostProvider value={host}>
          <BladeContent route={route} />
        </HostProvider>
      </FluentProvider>
    </IdPrefixProvider>
  )
}

function createHost(settings: Settings, ask: AskShell, refreshers: Set<() => void>): BladeHost {
  return {
    settings,
    delays: createDelays(settings),
    resourceManager: createResourceManager(settings.resourceManagerOrigin, renew => ask('authorize', renew)),
    navigate: route => void ask('navigate', route),
    setDirty: dirty => void ask('setDirty', dirty),
    openPane: pane => void ask('openPane', pane),
    askPane: pane => ask('askPane', pane),
    deploy: order => ask('deploy', order),
    createGroup: order => ask('createGroup', order),
    carryOut: task => ask('carryOut', task),
    isFresh: id => ask('isFresh', id),
    onRefresh(listener) {
      refreshers.add(listener)
      return () => refreshers.delete(listener)
    },
  }
}

/** The shell's shortcuts work inside frames too. */
function forwardKeys(ask: AskShell) {
  addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (altKey || metaKey) return
    const typing = target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]')
    if (ctrlKey ? key === '/' : !typing && /^[gGnNaAbBdDrR/,]$/.test(key))
      void ask('key', ctrlKey ? `Ctrl+${key}` : key)
  })
}
