import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { checkConditions } from './condition.ts'
import { ArmFailure } from './failure.ts'
import type { Estate, Resource } from './estate.ts'
import { findGroup, findResource, groupId } from './estate.ts'
import {
  invalidProvisioningState,
  invalidResourceLocation,
  locationNotAvailableForType,
  locationRequired,
  parentNotFound,
  resourceNotFound,
} from './failures.ts'
import { normalizeLocation } from './location.ts'
import { dropLocks } from './lock.ts'
import { mergePatch } from './merge-patch.ts'
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
  const inGroup = pathOf(fullName)
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
    ...[inGroup, ...(isNested(fullName) ? [] : [`/subscriptions/:subscription/providers/${fullName}`])].map(
      (path): Route => ({
        ...common,
        method: 'GET',
        path,
        action: `${fullName}/read`,
        answer: (request, estate) => list(kind, request, estate),
      }),
    ),
    ...operationRoutes(kind, one),
  ]
}

// > | Microsoft.Sql/servers/databases
//     ^ /subscriptions/…/providers/Microsoft.Sql/servers/:parent1/databases
function pathOf(fullName: string) {
  const [namespace = '', ...types] = fullName.split('/')
  const below = types.map((type, index) => (index === 0 ? type : `:parent${index}/${type}`)).join('/')
  return `/subscriptions/:subscription/resourcegroups/:group/providers/${namespace}/${below}`
}

function isNested(fullName: string) {
  return fullName.split('/').length > 2
}

/** The id of a resource; the name of a nested one has those of its parents before it: `server/database`. */
export function resourceId(group: string, fullName: string, name: string) {
  const [namespace = '', ...types] = fullName.split('/')
  const names = name.split('/')
  return `${group}/providers/${namespace}/${types.map((type, index) => `${type}/${names[index] ?? ''}`).join('/')}`
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
  const id = resourceId(groupId(estate, group), kind.fullName, wish.name)
  checkParent(id, wish.name, estate)
  const known = findResource(estate, id)
  const previous = known?.deletion ? undefined : known
  if (!previous) lifecycle.checkName(wish.name)
  const location = readLocation(kind, wish, group, previous)
  const asked = textAt(objectAt(wish.body, 'properties'), 'provisioningState')
  if (asked && asked !== (previous?.provisioningState ?? 'Succeeded')) throw invalidProvisioningState(id)
  const shape = lifecycle.shape(wish.body, previous, { id, name: wish.name, group, location, estate })
  const now = new Date()
  const made: Resource = {
    id: previous?.id ?? id,
    name: previous?.name ?? wish.name,
    type: kind.fullName,
    group,
    location,
    tags: readTags(wish.body),
    sku: shape.sku,
    kind: shape.kind,
    identity: identityOf(shape.identity, previous, estate),
    beside: shape.beside ?? {},
    properties: shape.properties,
    provisioningState: 'Succeeded',
    etag: etagOf(now),
    deletion: undefined,
    createdTime: previous?.createdTime ?? now,
    changedTime: now,
  }
  const protocol = lifecycle.putProtocol(wish.apiVersion)
  const unchanged = previous?.provisioningState === 'Succeeded' && isSame(previous, made)
  // What a provider knows of it beside its properties goes on.
  const resource = previous ? Object.assign(previous, made) : made
  estate.resources.set(resource.id.toLowerCase(), resource)
  lifecycle.made?.(estate, resource)
  // A storage account that is put as it is has nothing to wait for (azure-facts.md §3.2).
  if (protocol === 'sync' || (protocol === 'location' && unchanged))
    return { resource, created: !previous, operation: undefined }
  return { resource, created: !previous, operation: provision(lifecycle, resource, previous, estate) }
}

/** Whether two say the same of a resource, whenever they were said. */
function isSame(one: Resource, other: Resource) {
  const said = ({ etag: _e, changedTime: _c, deletion: _d, ...rest }: Resource) => rest
  return isDeepStrictEqual(said(one), said(other))
}

/** An identity of the system gets its ids when it is first asked for. */
function identityOf(asked: JsonObject | undefined, previous: Resource | undefined, { tenant }: Estate) {
  if (!/SystemAssigned/i.test(textAt(asked ?? {}, 'type') ?? '')) return asked
  return { principalId: previous?.identity?.['principalId'] ?? randomUUID(), tenantId: tenant, ...asked }
}

let versions = 0
/** Another for each version, however soon one follows another. */
function etagOf(now: Date) {
  const ticks = String(versions++ % 10_000).padStart(4, '0')
  return `W/"datetime'${encodeURIComponent(now.toISOString().replace('Z', `${ticks}Z`))}'"`
}

function checkParent(id: string, name: string, estate: Estate) {
  if (!name.includes('/')) return
  const parent = id.split('/').slice(0, -2).join('/')
  if (!findResource(estate, parent)) throw parentNotFound(name.slice(0, name.lastIndexOf('/')))
}

function provision(lifecycle: Lifecycle, resource: Resource, previous: Resource | undefined, estate: Estate) {
  resource.provisioningState = lifecycle.workingState
  const operation = estate.operations.start(async () => {
    await estate.pace.pass(previous ? lifecycle.seconds.update : lifecycle.seconds.create)
    if (!resource.deletion) resource.provisioningState = 'Succeeded'
  }, lifecycle.operationId())
  void operation.finished.then(() => {
    if (operation.status !== 'Succeeded' && !resource.deletion) resource.provisioningState = operation.status
  })
  operation.result = () => ({ status: 200, body: describeResource(resource, lifecycle, estate) })
  return operation
}

/**
 * Deletes a resource, as a version of its API does or, without one, as a deletion around it does, and says when it is gone. Throws an ArmFailure when its provider can't delete it now.
 * While it is being deleted its own address answers 404 already, and only the generic list still shows it
 * (azure-facts.md §4.5).
 */
export function deleteResource({ lifecycle }: Kind, resource: Resource, estate: Estate, apiVersion?: string) {
  if (resource.deletion) return resource.deletion
  const blocked = lifecycle.blocked?.(resource, estate, apiVersion)
  if (blocked) throw blocked
  if (apiVersion !== undefined && lifecycle.deleteProtocol(apiVersion) !== 'async')
    return forget(lifecycle, resource, estate)
  resource.provisioningState = 'Deleting'
  resource.deletion = estate.operations.start(async () => {
    await estate.pace.pass(lifecycle.seconds.delete)
    forget(lifecycle, resource, estate)
  }, lifecycle.operationId())
  const { deletion } = resource
  void deletion.finished.then(() => {
    if (deletion.status === 'Succeeded') return
    resource.deletion = undefined
    resource.provisioningState = 'Succeeded'
  })
  return deletion
}

function forget(lifecycle: Lifecycle, resource: Resource, estate: Estate) {
  const key = resource.id.toLowerCase()
  if (estate.resources.get(key) !== resource) return undefined
  estate.resources.delete(key)
  for (const nested of estate.resources.keys()) if (nested.startsWith(`${key}/`)) estate.resources.delete(nested)
  dropLocks(estate, resource.id)
  lifecycle.deleted?.(estate, resource)
  return undefined
}

function put(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const { parameters, apiVersion, body } = request
  checkConditions(request, find(kind, request, estate))
  const wish = { group: parameters['group'] ?? '', name: nameIn(request), apiVersion, body }
  const { resource, created, operation } = putResource(kind, wish, estate)
  if (operation && kind.lifecycle.putProtocol(apiVersion) === 'location') {
    const location = signedUrl(request, kind.lifecycle.operationPath(resource, 'result', operation.id))
    return { status: 202, headers: { location, ...estate.pace.retryAfter(17) } }
  }
  return {
    status: (operation && kind.lifecycle.acceptedStatus) ?? (created ? (kind.lifecycle.createdStatus ?? 201) : 200),
    body: describeResource(resource, kind.lifecycle, estate),
    headers: { ...genericHeader(kind), ...(operation ? watch(kind, resource, operation, request, estate) : {}) },
  }
}

function patch(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const resource = requireResource(kind, request, estate)
  checkConditions(request, resource)
  const { body } = request
  const asked = textAt(objectAt(body, 'properties'), 'provisioningState')
  if (asked && asked !== resource.provisioningState) throw invalidProvisioningState(resource.id)
  const shape = kind.lifecycle.shape(mergePatch(wanted(resource), body), resource, {
    id: resource.id,
    name: resource.name,
    group: resource.group,
    location: resource.location,
    estate,
  })
  const now = new Date()
  Object.assign(resource, shape, {
    identity: identityOf(shape.identity, resource, estate),
    tags: readTags(body) ?? resource.tags,
    changedTime: now,
    etag: etagOf(now),
  })
  kind.lifecycle.made?.(estate, resource)
  return { status: 200, body: describeResource(resource, kind.lifecycle, estate), headers: genericHeader(kind) }
}

/** What a resource was asked to be, as far as a PATCH may change it. */
function wanted({ beside, sku, kind, identity, properties }: Resource): JsonObject {
  return { ...beside, ...(sku && { sku }), ...(kind && { kind }), ...(identity && { identity }), properties }
}

function get(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const resource = requireResource(kind, request, estate)
  return { status: 200, body: expanded(kind, resource, request, estate), headers: genericHeader(kind) }
}

/** A resource with what `$expand` asks for: `instanceView,userData`. */
function expanded({ lifecycle }: Kind, resource: Resource, request: ArmRequest, estate: Estate): JsonObject {
  const body = describeResource(resource, lifecycle, estate)
  const names = new Set((request.query('$expand') ?? '').toLowerCase().split(/,\s*/).filter(Boolean))
  if (names.size === 0 || !lifecycle.expand) return body
  return { ...body, properties: { ...objectAt(body, 'properties'), ...lifecycle.expand(resource, names) } }
}

function remove(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const resource = findResource(estate, idAt(request, estate))
  if (!resource) return { status: 204 }
  checkConditions(request, resource)
  const operation = deleteResource(kind, resource, estate, request.apiVersion)
  if (!operation) return { status: 200 }
  const result = signedUrl(request, kind.lifecycle.operationPath(resource, 'result', operation.id))
  return { status: 202, headers: { location: result, ...watch(kind, resource, operation, request, estate) } }
}

function list(kind: Kind, request: ArmRequest, estate: Estate): ArmAnswer {
  const group = request.parameters['group']?.toLowerCase()
  const under = isNested(kind.fullName) ? `${idAt(request, estate)}/` : ''
  const found = [...estate.resources.values()].filter(
    resource =>
      resource.type === kind.fullName &&
      !resource.deletion &&
      (!group || resource.group.toLowerCase() === group) &&
      resource.id.toLowerCase().startsWith(under.toLowerCase()),
  )
  const answer = page(
    request,
    found.map(resource => expanded(kind, resource, request, estate)),
  )
  return { ...answer, headers: genericHeader(kind) }
}

function find(kind: Kind, request: ArmRequest, estate: Estate) {
  const resource = findResource(estate, idAt(request, estate))
  return resource?.deletion || resource?.type !== kind.fullName ? undefined : resource
}

function requireResource(kind: Kind, request: ArmRequest, estate: Estate): Resource {
  const resource = find(kind, request, estate)
  if (resource) return resource
  throw resourceNotFound(kind.fullName, nameIn(request), request.parameters['group'] ?? '')
}

/** The id that a resource's own address is. */
function idAt({ path, parameters }: ArmRequest, estate: Estate) {
  return groupId(estate, parameters['group'] ?? '') + path.slice(path.toLowerCase().indexOf('/providers/'))
}

/** The name with those of its parents. */
function nameIn({ parameters }: ArmRequest) {
  const parents = Object.keys(parameters).filter(name => name.startsWith('parent'))
  return [...parents.map(name => parameters[name]), parameters['name'] ?? ''].join('/')
}

function genericHeader({ type }: Kind): Record<string, string> {
  return type.generic ? { 'x-verbatim-sandbox': 'generic-resource' } : {}
}

function watch(kind: Kind, resource: Resource, operation: Operation, request: ArmRequest, estate: Estate) {
  const status = signedUrl(request, kind.lifecycle.operationPath(resource, 'status', operation.id))
  return { 'azure-asyncoperation': status, ...estate.pace.retryAfter(10) }
}

function readLocation(kind: Kind, wish: Wish, group: string, previous: Resource | undefined) {
  const { regions, generic } = kind.type
  if (generic) return normalizeLocation(textAt(wish.body, 'location') ?? previous?.location ?? 'global')
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
export function describeResource(resource: Resource, lifecycle: Lifecycle, estate: Estate): JsonObject {
  const { id, name, type, location, tags, sku, kind, identity, etag, provisioningState, beside } = resource
  const unfinished = provisioningState === 'Succeeded' ? undefined : lifecycle.unfinished?.(resource.properties)
  return {
    location,
    name: name.slice(name.lastIndexOf('/') + 1),
    etag,
    properties: {
      provisioningState,
      ...(unfinished ?? resource.properties),
      ...lifecycle.computed?.(resource, estate),
    },
    ...beside,
    id,
    type,
    ...(tags ? { tags } : {}),
    ...(sku ? { sku } : {}),
    ...(kind ? { kind } : {}),
    ...(identity ? { identity } : {}),
    systemData: { createdAt: resource.createdTime.toISOString(), lastModifiedAt: resource.changedTime.toISOString() },
  }
}
