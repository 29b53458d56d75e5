import type { ReactNode } from 'react'
import { useHost } from '../host.ts'
import type { Route } from '../route.ts'
import { formatRoute } from '../route.ts'

/** A link to a place in the portal. Its address is absolute, without a slash in front of `#` (portal-facts.md §4). */
export function RouteLink(props: { route: Route; className?: string; children: ReactNode }) {
  const { route, className, children } = props
  const { settings, navigate } = useHost()
  return (
    <a
      href={`${settings.portalOrigin}${formatRoute(route, settings.tenantDomain)}`}
      target="_top"
      className={className}
      onClick={event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        navigate(route)
      }}
    >
      {children}
    </a>
  )
}
