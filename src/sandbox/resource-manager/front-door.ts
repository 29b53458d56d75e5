import type { Estate } from './estate.ts'
import { findGroup } from './estate.ts'
import {
  authorizationFailed,
  invalidApiVersion,
  missingApiVersion,
  missingSubscription,
  noRegisteredProvider,
  notRegistered,
  resourceGroupBeingDeleted,
  resourceGroupNotFound,
  subscriptionNotFound,
} from './failures.ts'
import { normalizeLocation } from './location.ts'
import { checkLocks } from './lock.ts'
import { findType } from './provider.ts'
import { findRoute } from './find-route.ts'
import { versionPattern } from './providers/generic.ts'
import type { ArmRequest, Principal } from './request.ts'
import { allows } from './role.ts'
import { textAt } from './request.ts'
import type { Route } from './route.ts'

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
  const estate = open(principal, subscription?.toLowerCase())
  if (!estate) throw subscriptionNotFound(subscription ?? '')
  count(subscription?.toLowerCase())
  const { route, parameters, learn } = findRoute(knock, principal, estate)
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

export interface House {
  /** A subscription by its id in lower case; without one, what answers a path of the tenant for this caller. */
  open(principal: Principal, subscription?: string): Estate | undefined
  /** Counts a request in a subscription, or the tenant. Throws an ArmFailure where there were too many. */
  count(subscription?: string): void
}

export interface Admission {
  route: Route
  request: ArmRequest
  estate: Estate
}

function checkApiVersion(route: Route, { apiVersion, body, method }: Knock, estate: Estate) {
  const known = route.apiVersions.includes(apiVersion.toLowerCase())
  if (!route.type) {
    if (!known) throw invalidApiVersion(apiVersion, route.apiVersions)
    return
  }
  const [namespace = ''] = route.type.split('/')
  if (method !== 'GET' && estate.unregistered.has(namespace.toLowerCase())) throw notRegistered(namespace)
  if (known) return
  const kind = findType(estate.providers, route.type)
  if (kind?.type.generic === true && versionPattern.test(apiVersion)) return
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
