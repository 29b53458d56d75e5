import type { Estate } from './estate.ts'
import type { ArmAnswer, ArmRequest } from './request.ts'

/** One address of Resource Manager and what it answers. */
export interface Route {
  method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  /** `/subscriptions/:subscription/resourcegroups/:group`; matched in any case. `:scope*` takes several segments. */
  path: string
  /** Newest first. */
  apiVersions: readonly string[]
  /** The provider's type, for routes that are not Resource Manager's own. */
  type?: string
  /** What RBAC calls it. */
  action: string
  /** Answers although the resource group is gone, as status addresses do. */
  outlivesGroup?: boolean
  answer(request: ArmRequest, estate: Estate): ArmAnswer | Promise<ArmAnswer>
}

export interface Match {
  route: Route
  parameters: Record<string, string>
}

export interface RouteTable {
  add(routes: readonly Route[]): void
  /** All routes of a path, whatever their method. */
  match(path: string): Match[]
}

export function createRouteTable(routes: readonly Route[]): RouteTable {
  const compiledRoute = (route: Route) => ({ route, pattern: compile(route.path) })
  const compiled = routes.map(compiledRoute)
  return {
    add: more => compiled.push(...more.map(compiledRoute)),
    match: path =>
      compiled.flatMap(({ route, pattern }) => {
        const found = pattern.exec(path)
        return found ? [{ route, parameters: { ...found.groups } }] : []
      }),
  }
}

function compile(path: string) {
  const pattern = path
    .replaceAll('.', '\\.')
    .replaceAll(/:(\w+)\*/g, '(?<$1>.+)')
    .replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')
  return new RegExp(`^${pattern}$`, 'i')
}
