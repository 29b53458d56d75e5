import { useCallback, useEffect, useRef, useState } from 'react'
import type { Route } from '../route.ts'
import { formatRoute, parseRoute } from '../route.ts'
import type { Traits } from '../../traits.ts'
import type { Settings } from '../settings.ts'

/** One place in the history: where it is, and the places before it that the breadcrumb names. */
export interface Place {
  route: Route
  trail: Route[]
}

export interface Navigation {
  place: Place
  /** A place somebody wants to go to, held back because the page has unsaved edits. */
  heldBack: Place | undefined
  /** `anew` starts a new trail, as the search and the portal menu do. */
  go(route: Route, how?: 'anew' | 'onward'): void
  leaveAnyway(): void
  stay(): void
  setDirty(dirty: boolean): void
}

/** Keeps the address behind `#` and the page in step; nothing loads a new document (portal-facts.md §10, §17). */
export function useNavigation({ traits, tenantDomain }: Settings): Navigation {
  const [place, setPlace] = useState(() => readPlace(traits, undefined))
  const [heldBack, setHeldBack] = useState<Place>()
  const dirty = useRef(false)
  const current = useRef(place)

  const arrive = useCallback((next: Place) => {
    dirty.current = false
    current.current = next
    setHeldBack(undefined)
    setPlace(next)
  }, [])

  const push = useCallback(
    (next: Place) => {
      history.pushState({ trail: next.trail }, '', formatRoute(next.route, tenantDomain))
      arrive(next)
    },
    [arrive, tenantDomain],
  )

  // An address that leads elsewhere becomes that of where it led.
  useEffect(() => {
    const asked = parseRoute(location.hash)
    if (sameRoute(asked, settle(asked, traits))) return
    history.replaceState(history.state, '', formatRoute(place.route, tenantDomain))
  }, [place, traits, tenantDomain])

  useEffect(() => {
    const onMove = () => {
      const next = readPlace(traits, current.current)
      if (sameRoute(next.route, current.current.route)) return
      if (!dirty.current) return arrive(next)
      history.pushState({ trail: current.current.trail }, '', formatRoute(current.current.route, tenantDomain))
      setHeldBack(next)
    }
    addEventListener('popstate', onMove)
    addEventListener('hashchange', onMove)
    return () => {
      removeEventListener('popstate', onMove)
      removeEventListener('hashchange', onMove)
    }
  }, [arrive, traits, tenantDomain])

  return {
    place,
    heldBack,
    go(route, how = 'onward') {
      const target = settle(route, traits)
      const next = { route: target, trail: how === 'anew' ? [] : extendTrail(current.current, target) }
      if (sameRoute(target, current.current.route)) return
      if (dirty.current) return setHeldBack(next)
      push(next)
    },
    leaveAnyway() {
      if (heldBack) push(heldBack)
    },
    stay: () => setHeldBack(undefined),
    setDirty(value) {
      dirty.current = value
    },
  }
}

function readPlace(traits: Traits, before: Place | undefined): Place {
  const route = settle(parseRoute(location.hash), traits)
  const state = history.state as { trail?: Route[] } | null
  return { route, trail: state?.trail ?? (before ? extendTrail(before, route) : []) }
}

/** Which hub has the list of a type since 2026, by the type in lower case (portal-facts.md §4). */
const hubs: Record<string, Route> = {
  resourcegroups: { page: 'service', service: 'resource-manager', item: 'resource-groups' },
  'microsoft.resources/resourcegroups': { page: 'service', service: 'resource-manager', item: 'resource-groups' },
  'microsoft.network/virtualnetworks': { page: 'service', service: 'network-foundation', item: 'virtual-networks' },
  'microsoft.storage/storageaccounts': { page: 'service', service: 'storage-center', item: 'storage-accounts' },
}

/** The old address of a list that lives in a hub leads there. */
function settle(route: Route, traits: Traits): Route {
  if (route.page !== 'list' || !traits.listInHub) return route
  return hubs[route.type.toLowerCase()] ?? route
}

/** The trail goes back to a place that is in it already, and grows otherwise. */
function extendTrail({ route, trail }: Place, next: Route): Route[] {
  const known = trail.findIndex(place => sameRoute(place, next))
  if (known >= 0) return trail.slice(0, known)
  return route.page === 'home' || sameRoute(route, next) ? trail : [...trail, route].slice(-4)
}

function sameRoute(one: Route, other: Route) {
  return JSON.stringify(one) === JSON.stringify(other)
}
