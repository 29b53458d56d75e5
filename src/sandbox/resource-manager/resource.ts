import { ArmFailure } from './failure.ts'
import type { Estate, Resource } from './estate.ts'
import { findGroup, findResource, groupId } from './estate.ts'
import {
  invalidProvisioningState,
  invalidResourceLocation,
  locationNotAvailableForType,
  locationRequired,
  resourceNotFound,
} from './failures.ts'
import { normalizeLocation } from './location.ts'
import { dropLocks } from './lock.ts'
import type { Operation } from './operation.ts'
import { answerResult, answerStatus, signedUrl } from './operation.ts'
import type { Lifecycle, Provider, ResourceType } from './provider.ts'
import { typeName } from './provider.ts'
import { page } from './paging.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from './request.ts'
import { objectAt, readTags, textAt } from './request.ts'
import type { Route } from './route.ts'

/** A type with its lifecycle, as it stands in the routes and in deployments. */
export interface Kind {
  fullName: string
  type: ResourceType
  lifecycle: Lifecycle
}

/** The addresses that every type with a lifecycle has. */
export function resourceRoutes(provider: Provider, type: ResourceType): Route[] {
  const { lifecycle } = type
  if (!lifecycle) return []
  const fullName = typeName(provider, type)
  const kind: Kind = { fullName, type, lifecycle }
  const common = { type: fullName, apiVersions: type.apiVersions }
  const inGroup = `/subscriptions/:subscription/resourcegroups/:group/providers/${fullName}`
  const one = `${inGroup}/:name`
  return [
    {
      ...common,
      method: 'PUT',
      path: one,
      action: `${fullName}/write`,
      answer: (request, estate) => put(kind, request, estate),
    },
    {
      ...common,
      method: 'PATCH',
      path: one,
      action: `${fullName}/write`,
      answer: (request, estate) => patch(kind, request, estate),
    },
    {
      ...common,
      method: 'GET',
      path: one,
      action: `${fullName}/read`,
      answer: (request, estate) => get(kind, request, estate),
    },
    {
      ...common,
      method: 'HEAD',
      path: one,
      action: `${fullName}/read`,
      answer: (request, estate) => ({ status: find(kind, request, estate) ? 204 : 404 }),
    },
    {
      ...common,
      method: 'DELETE',
      path: one,
      action: `${fullName}/delete`,
      answer: (request, estate) => remove(kind, request, estate),
    },
    ...[inGroup, `/subscriptions/:subscription/providers/${fullName}`].map((path): Route => ({
      ...common,
      method: 'GET',
      path,
      action: `${fullName}/read`,
      answer: (request, estate) => list(kind, request, estate),
    })),
    ...operationRoutes(kind, one),
  ]
}

/** Status and result addresses of a type's operations; they answer when resource and group are gone. */
function operationRoutes({ fullName, type, lifecycle }: Kind, one: string): Route[] {
  const placeholder = { id: one, location: ':location' }
  const common = {
    type: fullName,
    apiVersions: type.apiVersions,
    method: 'GET',
    action: `${fullName}/read`,
    outlivesGroup: true,
  } as const
  return [
    {
      ...common,
      path: lifecycle.operationPath(placeholder, 'status', ':operation'),
      answer: (request, estate) => answerStatus(findOperation(request, estate), request, estate.pace),
    },
    {
      ...common,
      path: lifecycle.operationPath(placeholder, 'result', ':operation'),
      answer: (request, estate) => answerResult(findOperation(request, estate), request, estate.pace, { status: 204 }),
    },
  ]
}

export function findOperation(request: ArmRequest, estate: Estate): Operation {
  const id = request.parameters['operation'] ?? ''
  const operation = estate.operations.find(id)
  if (operation) return operation
  throw new ArmFailure(404, { code: 'OperationNotFound', message: `The operation '${id}' could not be found.` })
}

/** What somebody wants a resource to be. */
export interface Wish {
  group: string
  name: string
  apiVersion: string
  body: JsonObject
}

/**
 * Creates or updates a resource. The resource is there at once; the operation says when it is finished and is missing
 * when it is finished already. Throws an ArmFailure.
 */
export function putResource(kind: Kind, wish: Wish, estate: Estate) {
  const { lifecycle } = kind
  const group = findGroup(estate, wish.group)?.name ?? wish.group
  const id = `${groupId(estate, group)}/providers/${kind.fullName}/${wish.name}`
  const known = findResource(estate, id)
  const previous = known?.deletion ? undefined : known
  if (!previous) lifecycle.checkName(wish.name)
  const location = readLocation(kind, wish, group, previous)
  const asked = textAt(objectAt(wish.body, 'properties'), 'provisioningState')
  if (asked && asked !== (previous?.provisioningState ?? 'Succeeded')) throw invalidProvisioningState(id)
  const shape = lifecycle.shape(wish.body, previous)
  const now = new Date()
  const resource: Resource = {
    id: previous?.id ?? id,
    name: previous?.name ?? wish.name,
    type: kind.fullName,
    group,
    location,
    tags: readTags(wish.body),
    sku: shape.sku,
    kind: shape.kind,
    identity: shape.identity,
    properties: shape.properties,
    provisioningState: 'Succeeded',
    etag: `W/"datetime'${encodeURIComponent(now.toISOString())}'"`,
    deletion: undefined,
    createdTime: previous?.createdTime ?? now,
    changedTime: now,
  }
  estate.resources.set(resource.id.toLowerCase(), resource)
  if (lifecycle.putProtocol(wish.apiVersion) === 'sync') return { resource, created: !previous, operation: undefined }
  return { resource, created: !previous, operation: provision(lifecycle, resource, previous, estate) }
}

function provision(lifecycle: Lifecycle, resource: Resource, previous: Resource | undefined, estate: Estate) {
  resource.provisioningState = lifecycle.workingState
  return estate.operations.start(async () => {
    await estate.pace.pass(previous ? lifecycle.seconds.update : lifecycle.seconds.create)
    if (!resource.deletion) resource.provisioningState = 'Succeeded'
  }, lifecycle.operationId())
}

/**
 * Deletes a resource, and says when it is gone. Throws an ArmFailure when its provider can't delete it now.
 * While it is being deleted its own address answers 404 already, and only the generic list still shows it
 * (azure-facts.md §4.5).
 */
export function deleteResource({ lifecycle }: Kind, resource: Resource, estate: Estate, takesTime: boolean) {
  if (resource.deletion) return resource.deletion
  const blocked = lifecycle.blocked?.(resource)
  if (blocked) throw blocked
  if (!takesTime) return forget(lifecycle, resource, estate)
  resource.provisioningState = 'Deleting'
  resource.deletion = estate.operations.start(async () => {
    await estate.pace.pass(lifecycle.seconds.delete)
    forget(lifecycle, resource, estate)
  }, lifecycle.operationId())
  return resource.deletion
}

function forget(lifecycle: Lifecycle, resource: Resource, estate: Estate) {
  const key = resource.id.toLowerCase()
  if (estate.resources.get(key) !== resource) return undefined
  estate.resources.delete(key)
  dropLocks(estate, resource.id)
  lifecycle.deleted?.(estate, resource)
  return undefined
}

function put(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const { parameters, apiVersion, body } = request
  const wish = { group: parameters['group'] ?? '', name: parameters['name'] ?? '', apiVersion, body }
  const { resource, created, operation } = putResource(kind, wish, estate)
  return {
    status: created ? 201 : 200,
    body: describeResource(resource, kind.lifecycle),
    headers: operation ? watch(kind, resource, operation, request, estate) : {},
  }
}

function patch(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const resource = requireResource(kind, request, estate)
  const { body } = request
  const shape = kind.lifecycle.shape(
    {
      ...body,
      sku: body['sku'] ?? resource.sku,
      identity: body['identity'] ?? resource.identity,
      properties: { ...resource.properties, ...objectAt(body, 'properties') },
    },
    resource,
  )
  Object.assign(resource, shape, { tags: readTags(body) ?? resource.tags, changedTime: new Date() })
  return { status: 200, body: describeResource(resource, kind.lifecycle) }
}

function get(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  return { status: 200, body: describeResource(requireResource(kind, request, estate), kind.lifecycle) }
}

function remove(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const resource = findResource(estate, idOf(kind, request, estate))
  if (!resource) return { status: 204 }
  const operation = deleteResource(
    kind,
    resource,
    estate,
    kind.lifecycle.deleteProtocol(request.apiVersion) === 'async',
  )
  if (!operation) return { status: 200 }
  const result = signedUrl(request, kind.lifecycle.operationPath(resource, 'result', operation.id))
  return { status: 202, headers: { location: result, ...watch(kind, resource, operation, request, estate) } }
}

function list(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const group = request.parameters['group']?.toLowerCase()
  const found = [...estate.resources.values()].filter(
    resource =>
      resource.type === kind.fullName && !resource.deletion && (!group || resource.group.toLowerCase() === group),
  )
  return page(
    request,
    found.map(resource => describeResource(resource, kind.lifecycle)),
  )
}

function find(kind: Kind, request: ArmRequest, estate: Estate) {
  const resource = findResource(estate, idOf(kind, request, estate))
  return resource?.deletion ? undefined : resource
}

function requireResource(kind: Kind, request: ArmRequest, estate: Estate): Resource {
  const resource = find(kind, request, estate)
  if (resource) return resource
  throw resourceNotFound(kind.fullName, request.parameters['name'] ?? '', request.parameters['group'] ?? '')
}

function idOf(kind: Kind, { parameters }: ArmRequest, estate: Estate) {
  return `${groupId(estate, parameters['group'] ?? '')}/providers/${kind.fullName}/${parameters['name'] ?? ''}`
}

function watch(kind: Kind, resource: Resource, operation: Operation, request: ArmRequest, estate: Estate) {
  const status = signedUrl(request, kind.lifecycle.operationPath(resource, 'status', operation.id))
  return { 'azure-asyncoperation': status, ...estate.pace.retryAfter(10) }
}

function readLocation(kind: Kind, wish: Wish, group: string, previous: Resource | undefined) {
  const { regions } = kind.type
  if (regions.length === 0) return 'global'
  const asked = textAt(wish.body, 'location')
  if (!asked) throw locationRequired()
  const location = normalizeLocation(asked)
  if (!regions.includes(location)) throw locationNotAvailableForType(asked, kind.fullName, regions)
  if (previous && previous.location !== location) {
    throw invalidResourceLocation(previous.name, previous.location, group, location)
  }
  return location
}

/** A resource as its own address shows it. */
export function describeResource(resource: Resource, lifecycle: Lifecycle): JsonObject {
  const { id, name, type, location, tags, sku, kind, identity, etag, provisioningState } = resource
  const unfinished = provisioningState === 'Succeeded' ? undefined : lifecycle.unfinished?.(resource.properties)
  return {
    location,
    name,
    etag,
    properties: { provisioningState, ...(unfinished ?? resource.properties) },
    id,
    type,
    ...(tags ? { tags } : {}),
    ...(sku ? { sku } : {}),
    ...(kind ? { kind } : {}),
    ...(identity ? { identity } : {}),
    systemData: { createdAt: resource.createdTime.toISOString(), lastModifiedAt: resource.changedTime.toISOString() },
  }
}
