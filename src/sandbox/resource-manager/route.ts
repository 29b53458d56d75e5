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
  /** The first route of a path, of this method or of any. */
  find(path: string, method?: string): Match | undefined
}

/** Finds routes segment by segment: there are hundreds. */
export function createRouteTable(routes: readonly Route[]): RouteTable {
  const root = createNode()
  /** Those with a `:scope*`. */
  const open: Indexed[] = []
  let count = 0
  const add = (more: readonly Route[]) => {
    for (const route of more) {
      const indexed = { route, index: count++, pattern: compile(route.path), fixed: fixedPartOf(route.path) }
      if (route.path.includes('*')) open.push(indexed)
      else leafOf(root, route.path).push(indexed)
    }
  }
  add(routes)
  return {
    add,
    find(path, method) {
      const lower = path.toLowerCase()
      const isWanted = ({ route }: Indexed) => method === undefined || route.method === method
      // Most paths are of no scope, which a word in them tells sooner than a pattern.
      const ofScopes = open.filter(each => isWanted(each) && lower.includes(each.fixed))
      const found = [...ofScopes, ...candidates(root, path.split('/').slice(1), 0).filter(isWanted)]
      for (const { route, pattern } of found.sort((a, b) => a.index - b.index)) {
        const match = pattern.exec(path)
        if (match) return { route, parameters: { ...match.groups } }
      }
      return undefined
    },
  }
}

interface Indexed {
  route: Route
  /** The order in which routes were added is their order of preference. */
  index: number
  pattern: RegExp
  /** The longest part of its path that is the same in all of them, in lower case. */
  fixed: string
}

interface Node {
  named: Map<string, Node>
  any: Node | undefined
  routes: Indexed[]
}

const createNode = (): Node => ({ named: new Map(), any: undefined, routes: [] })

function leafOf(root: Node, path: string): Indexed[] {
  let node = root
  for (const segment of path.split('/').slice(1)) {
    const name = segment.toLowerCase()
    const next = segment.startsWith(':') ? (node.any ??= createNode()) : (node.named.get(name) ?? createNode())
    if (!segment.startsWith(':')) node.named.set(name, next)
    node = next
  }
  return node.routes
}

function candidates(node: Node, segments: readonly string[], at: number): Indexed[] {
  const segment = segments[at]
  if (segment === undefined) return node.routes
  const named = node.named.get(segment.toLowerCase())
  const found = named ? candidates(named, segments, at + 1) : []
  return node.any ? [...found, ...candidates(node.any, segments, at + 1)] : found
}

function fixedPartOf(path: string): string {
  const parts = path.toLowerCase().split(/:\w+\*?/)
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}

function compile(path: string) {
  const pattern = path
    .replaceAll('.', '\\.')
    .replaceAll(/:(\w+)\*/g, '(?<$1>.+)')
    .replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')
  return new RegExp(`^${pattern}$`, 'i')
}
