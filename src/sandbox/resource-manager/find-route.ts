import type { Estate } from './estate.ts'
import type { ArmFailure } from './failure.ts'
import { invalidNamespace, invalidType, methodNotAllowed, missingSubscription, unknownPath } from './failures.ts'
import { findType } from './provider.ts'
import { genericType, versionPattern } from './providers/generic.ts'
import type { ArmRequest, Principal } from './request.ts'
import { resourceRoutes } from './resource.ts'
import { createRouteTable } from './route.ts'
import type { Match } from './route.ts'

type Target = Pick<ArmRequest, 'method' | 'path' | 'apiVersion'>

export interface Found extends Match {
  /** Makes the type known, where it wasn't. */
  learn?(): void
}

/** The route that answers a request, also of a type that nobody knew before. Throws an ArmFailure that says why there is none. */
export function findRoute(target: Target, { objectId }: Pick<Principal, 'objectId'>, estate: Estate): Found {
  const match = estate.routes.find(target.path, target.method)
  if (match) return match
  if (estate.routes.find(target.path)) throw methodNotAllowed(target.method)
  // Nobody adds to what is another's.
  const found = estate.roles.has(objectId) ? findGeneric(target, estate) : undefined
  if (!found) throw explainUnknown(target, estate)
  return found
}

/**
 * A route of a type that its provider didn't list: any other type is stored all the same. Where types are known that do
 * more than that, another is learned only from who makes one, so that whoever looks for a misspelled one is told.
 */
function findGeneric({ method, path, apiVersion }: Target, estate: Estate): Found | undefined {
  const below = /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?\/providers\/([^/]+)\/(.+)$/i.exec(path)
  const [, namespace = '', rest = ''] = below ?? []
  const provider = estate.providers.find(one => one.namespace.toLowerCase() === namespace.toLowerCase())
  const name = rest
    .split('/')
    .filter((_, index) => index % 2 === 0)
    .join('/')
  if (!provider || name === '' || !versionPattern.test(apiVersion)) return undefined
  if (!provider.generic && method !== 'PUT') return undefined
  if (findType([provider], `${provider.namespace}/${name}`)) return undefined
  const type = genericType(provider.namespace, name, [apiVersion])
  const added = resourceRoutes(provider, type)
  const match = createRouteTable(added).find(path, method)
  if (!match || method !== 'PUT') return match
  return {
    ...match,
    learn() {
      provider.types = [...provider.types, type]
      estate.routes.add(added)
    },
  }
}

/** > /subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.Unknown/things/x */
function explainUnknown({ path, apiVersion }: Target, estate: Estate): ArmFailure {
  const [, namespace, type] = /.*\/providers\/([^/]+)(?:\/([^/]+))?/i.exec(path) ?? []
  if (!namespace) return /^\/subscriptions\//i.test(path) ? unknownPath(path) : missingSubscription()
  const provider = estate.providers.find(one => one.namespace.toLowerCase() === namespace.toLowerCase())
  if (!provider) return invalidNamespace(namespace)
  if (type && !findType([provider], `${namespace}/${type}`)) return invalidType(type, namespace, apiVersion)
  return unknownPath(path)
}
