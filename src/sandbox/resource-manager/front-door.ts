import { ArmFailure } from './failure.ts'
import type { Estate } from './estate.ts'
import { findGroup } from './estate.ts'
import {
  authorizationFailed,
  invalidApiVersion,
  invalidNamespace,
  invalidType,
  methodNotAllowed,
  missingApiVersion,
  missingSubscription,
  noRegisteredProvider,
  notRegistered,
  resourceGroupBeingDeleted,
  resourceGroupNotFound,
  subscriptionNotFound,
  unknownPath,
} from './failures.ts'
import { normalizeLocation } from './location.ts'
import { checkLocks } from './lock.ts'
import { findType } from './provider.ts'
import { genericType, versionPattern } from './providers/generic.ts'
import { resourceRoutes } from './resource.ts'
import type { ArmRequest, Principal } from './request.ts'
import { allows } from './role.ts'
import { textAt } from './request.ts'
import { createRouteTable } from './route.ts'
import type { Match, Route, RouteTable } from './route.ts'

/** A request before anybody knows whose it is. */
export type Knock = Omit<ArmRequest, 'principal' | 'parameters'>

/**
 * Finds the route of a request whose sender is known already, in the order in which ARM refuses: api-version,
 * subscription, too many requests, provider and its version, access, resource group, locks (azure-facts.md §8; the place
 * of too many requests is an assumption: they need a subscription to count in, and save the work behind them).
 * Throws an ArmFailure.
 */
export function admit(knock: Knock, principal: Principal, { open, count }: House): Admission {
  if (!knock.apiVersion) throw missingApiVersion()
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(knock.path)?.[1]
  const premises = open(principal, subscription?.toLowerCase())
  if (!premises) throw subscriptionNotFound(subscription ?? '')
  count(subscription?.toLowerCase())
  const { estate } = premises
  const { route, parameters, learn } = findRoute(knock, premises, principal)
  // A scope may be anything, and whose it is only a subscription says.
  if (!subscription && route.path.startsWith('/:scope')) throw missingSubscription()
  checkApiVersion(route, knock, estate)
  const request: ArmRequest = { ...knock, principal, parameters }
  checkAccess(route, request, estate)
  checkGroup(route, request, estate)
  checkLocks(estate, request)
  learn?.()
  return { route, request, estate }
}

/** A subscription and its addresses: types that somebody adds to it make addresses for it alone. */
export interface Premises {
  estate: Estate
  routes: RouteTable
}

export interface House {
  /** A subscription by its id in lower case; without one, what answers a path of the tenant for this caller. */
  open(principal: Principal, subscription?: string): Premises | undefined
  /** Counts a request in a subscription, or the tenant. Throws an ArmFailure where there were too many. */
  count(subscription?: string): void
}

export interface Admission {
  route: Route
  request: ArmRequest
  estate: Estate
}

function findRoute(knock: Knock, { routes, estate }: Premises, principal: Principal): Found {
  const matches = routes.match(knock.path)
  const match = matches.find(({ route }) => route.method === knock.method)
  if (match) return match
  if (matches.length > 0) throw methodNotAllowed(knock.method)
  // Nobody adds to what is another's.
  const found = estate.roles.has(principal.objectId) ? findGeneric(knock, routes, estate) : undefined
  if (!found) throw explainUnknown(knock, estate)
  return found
}

interface Found extends Match {
  /** Makes the type known, where it wasn't. */
  learn?(): void
}

/**
 * A route of a type that its provider didn't list: any other type is stored all the same. Where types are known that do
 * more than that, another is learned only from who makes one, so that whoever looks for a misspelled one is told.
 */
function findGeneric({ method, path, apiVersion }: Knock, routes: RouteTable, estate: Estate): Found | undefined {
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
  const match = createRouteTable(added)
    .match(path)
    .find(({ route }) => route.method === method)
  if (!match || method !== 'PUT') return match
  return {
    ...match,
    learn() {
      provider.types = [...provider.types, type]
      routes.add(added)
    },
  }
}

/** > /subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.Unknown/things/x */
function explainUnknown({ path, apiVersion }: Knock, estate: Estate): ArmFailure {
  const [, namespace, type] = /.*\/providers\/([^/]+)(?:\/([^/]+))?/i.exec(path) ?? []
  if (!namespace) return /^\/subscriptions\//i.test(path) ? unknownPath(path) : missingSubscription()
  const provider = estate.providers.find(one => one.namespace.toLowerCase() === namespace.toLowerCase())
  if (!provider) return invalidNamespace(namespace)
  if (type && !findType([provider], `${namespace}/${type}`)) return invalidType(type, namespace, apiVersion)
  return unknownPath(path)
}

function checkApiVersion(route: Route, { apiVersion, body, method }: Knock, estate: Estate) {
  const kind = route.type ? findType(estate.providers, route.type) : undefined
  const known =
    route.apiVersions.includes(apiVersion.toLowerCase()) ||
    (kind?.type.generic === true && versionPattern.test(apiVersion))
  if (!route.type) {
    if (!known) throw invalidApiVersion(apiVersion, route.apiVersions)
    return
  }
  const [namespace = ''] = route.type.split('/')
  if (method !== 'GET' && estate.unregistered.has(namespace.toLowerCase())) throw notRegistered(namespace)
  if (known) return
  const regions = kind?.type.regions ?? []
  const location = normalizeLocation(textAt(body, 'location') ?? regions[0] ?? 'global')
  const [, ...type] = route.type.split('/')
  throw noRegisteredProvider(type.join('/'), location, apiVersion, route.apiVersions, regions)
}

function checkAccess(route: Route, request: ArmRequest, estate: Estate) {
  const { client, objectId } = request.principal
  // Listing subscriptions is allowed to everybody: those without access see none.
  const role = estate.roles.get(objectId)
  if (!/^\/subscriptions\/./i.test(request.path) || (role && allows(role, route.action))) return
  throw authorizationFailed(client, objectId, route.action, request.path)
}

function checkGroup(route: Route, request: ArmRequest, estate: Estate) {
  const name = /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)\/./i.exec(request.path)?.[1]
  if (!name || route.outlivesGroup) return
  const group = findGroup(estate, name)
  if (!group) throw resourceGroupNotFound(name)
  const writes = request.method === 'PUT' || request.method === 'PATCH' || request.method === 'POST'
  if (writes && group.deletion) throw resourceGroupBeingDeleted(group.name)
}
