import { useEffect, useRef, useState } from 'react'
import type { Connect, ShellHandlers } from '../frame-channel.ts'
import { serveFrame } from '../frame-channel.ts'
import type { Route } from '../route.ts'
import type { BladeProps } from './blade.tsx'

interface Frame {
  number: number
  /** The frame's own name: a frame keeps it when the blade goes on to a page of another name. */
  name: string
  route: Route
}

interface FrameStackProps extends BladeProps {
  name: string
  title: string
}

/**
 * The content of a blade in a cross-site frame. Beside the one on show there are others of the same name: one that waits, empty, for its
 * turn, one that is there for about a second after navigation, and the one whose page was left (portal-facts.md §3).
 */
export function FrameStack(props: FrameStackProps) {
  const { name, route, parked, host, settings } = props
  const last = useRef(0)
  const [frames, setFrames] = useState<Frame[]>([])
  const [twin, setTwin] = useState(true)
  const [waiting, setWaiting] = useState(false)
  const address = JSON.stringify(route)

  useEffect(() => {
    setFrames(open => [...open.slice(-1), { number: (last.current += 1), name, route: JSON.parse(address) as Route }])
    setTwin(true)
    const stop = new AbortController()
    host.delays.wait('twinFrame', stop.signal).then(
      () => {
        setTwin(false)
        setWaiting(true)
        setFrames(open => open.slice(-1))
      },
      () => undefined,
    )
    return () => stop.abort()
  }, [name, address, host])

  const prewarmed = `${settings.frameOrigin}/React/Prewarm`
  const current = frames.at(-1)
  return (
    <div className="fxs-frame-stack">
      {frames.map(frame => (
        <LiveFrame
          key={frame.number}
          {...props}
          frame={frame}
          active={frame === current && !parked}
          current={frame === current}
        />
      ))}
      {twin && (
        <iframe
          key="twin"
          name={name}
          src={prewarmed}
          className="fxs-reactview-frame fxs-frame-hidden"
          tabIndex={-1}
          title=""
        />
      )}
      {waiting && (
        <iframe
          key="waiting"
          name={name}
          src={prewarmed}
          className="fxs-reactview-frame fxs-frame-hidden"
          tabIndex={-1}
          title=""
        />
      )}
    </div>
  )
}

interface LiveFrameProps extends FrameStackProps {
  frame: Frame
  active: boolean
  current: boolean
}

function LiveFrame({ frame, active, current, title, host, settings, operations, authorize, onKey }: LiveFrameProps) {
  const element = useRef<HTMLIFrameElement>(null)
  const [shown, setShown] = useState(false)
  const port = useRef<MessagePort>(undefined)

  useEffect(() => host.onRefresh(() => port.current?.postMessage({ type: 'refresh' })), [host])

  const connect = () => {
    const channel = new MessageChannel()
    port.current = channel.port1
    const handlers: ShellHandlers = {
      authorize,
      navigate: target => host.navigate(target),
      setDirty: dirty => host.setDirty(dirty),
      openPane: pane => host.openPane(pane),
      askPane: pane => host.askPane(pane),
      deploy: order => host.deploy(order),
      createGroup: order => host.createGroup(order),
      carryOut: task => host.carryOut(task),
      isFresh: id => operations.isFresh(id),
      ready: () => void host.delays.wait('bladeContent').then(() => setShown(true)),
      key: onKey,
    }
    serveFrame(channel.port1, handlers)
    const message: Connect = {
      type: 'connect',
      settings: { ...settings, seed: settings.seed + frame.number },
      route: frame.route,
      title,
    }
    element.current?.contentWindow?.postMessage(message, settings.frameOrigin, [channel.port2])
  }

  return (
    <div className={current ? 'fxs-frame-place' : 'fxs-frame-place fxs-frame-retired'} aria-busy={!shown}>
      {!shown && (
        <div className="fxs-blade-progress">
          <div className="fxs-progress-dots" role="progressbar" aria-label="Loading">
            <i />
            <i />
            <i />
          </div>
        </div>
      )}
      <iframe
        ref={element}
        name={frame.name}
        title={title}
        src={`${settings.frameOrigin}/React/Index?l=en.en-us&trustedAuthority=${encodeURIComponent(settings.portalOrigin)}`}
        className={active ? 'fxs-reactview-frame fxs-reactview-frame-active' : 'fxs-reactview-frame'}
        style={shown ? undefined : { visibility: 'hidden' }}
        onLoad={connect}
      />
    </div>
  )
}
