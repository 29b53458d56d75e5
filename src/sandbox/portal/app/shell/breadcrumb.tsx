import type { Route } from '../route.ts'
import { formatRoute } from '../route.ts'
import type { Settings } from '../settings.ts'
import { defineBlade } from './blade-definition.ts'
import type { Place } from './navigation.ts'

/** The way to this place; Home itself has none. */
export function Breadcrumb({ place, settings, onGo }: { place: Place; settings: Settings; onGo(route: Route): void }) {
  const parents: Route[] = place.route.page === 'home' ? [] : [{ page: 'home' }, ...place.trail]
  return (
    <nav aria-label="Navigation history" className="fxs-breadcrumb">
      <div role="navigation" aria-label="breadcrumb">
        <ol>
          {parents.map((route, index) => (
            <li key={index}>
              <a
                href={formatRoute(route, settings.tenantDomain)}
                onClick={event => {
                  event.preventDefault()
                  onGo(route)
                }}
              >
                {defineBlade(route, settings).title}
              </a>
              <span className="fxs-breadcrumb-separator" aria-hidden="true" />
            </li>
          ))}
        </ol>
      </div>
    </nav>
  )
}
