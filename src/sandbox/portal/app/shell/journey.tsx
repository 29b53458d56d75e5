import { useEffect, useRef, useState } from 'react'
import type { BladeHost } from '../host.ts'
import type { Route } from '../route.ts'
import { bladeKey } from '../route.ts'
import type { Settings } from '../settings.ts'
import { Blade } from './blade.tsx'
import { defineBlade } from './blade-definition.ts'
import type { Place } from './navigation.ts'
import type { Operations } from './operations.ts'

interface JourneyProps {
  place: Place
  settings: Settings
  host: BladeHost
  operations: Operations
  authorize(renew: boolean): Promise<string>
  onNavigate(route: Route): void
  onKey(key: string): void
  onLoading(loading: boolean): void
}

interface Opened {
  number: number
  key: string
  route: Route
  parent: Route | undefined
}

const parkedLimit = 2

/**
 * The blades. The old one stays, with its title, until the new one's has arrived; then it is parked to the left of the window,
 * still part of the document (portal-facts.md §2, §11).
 */
export function Journey(props: JourneyProps) {
  const { place, settings, host, onLoading } = props
  const last = useRef(0)
  const [blades, setBlades] = useState<Opened[]>(() => [])
  const [arriving, setArriving] = useState(true)
  const current = blades.at(-1)

  useEffect(() => {
    const key = bladeKey(place.route)
    const parent = place.trail.at(-1)
    const enter = () => {
      setArriving(false)
      onLoading(false)
      setBlades(open =>
        open.at(-1)?.key === key
          ? open.map(blade => (blade.key === key ? { ...blade, route: place.route, parent } : blade))
          : [...open, { number: (last.current += 1), key, route: place.route, parent }].slice(-1 - parkedLimit),
      )
    }
    const stop = new AbortController()
    setArriving(true)
    onLoading(true)
    host.delays.wait('bladeTitle', stop.signal).then(enter, () => undefined)
    return () => stop.abort()
  }, [place, host, onLoading])

  useEffect(() => {
    if (!current || arriving) return
    const { title } = defineBlade(current.route, settings)
    document.title = `${title} - Microsoft Azure`
  }, [current, arriving, settings])

  return (
    <div className="fxs-journey-layout">
      {blades.map(blade => (
        <Blade
          key={blade.number}
          {...props}
          number={blade.number}
          route={blade.route}
          parent={blade.parent}
          parked={blade !== current}
          arriving={arriving}
        />
      ))}
    </div>
  )
}
