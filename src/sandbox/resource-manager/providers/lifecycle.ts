import { randomUUID } from 'node:crypto'
import type { Estate, Resource } from '../estate.ts'
import { findResource } from '../estate.ts'
import { ArmFailure } from '../failure.ts'
import { extendedZones } from '../location.ts'
import type { Lifecycle, Protocol, ResourceShape } from '../provider.ts'
import type { Json, JsonObject } from '../request.ts'
import { isObject, objectAt } from '../request.ts'

/** What most types say of themselves; the rest follows from their provider. */
export interface Declaration extends Partial<Omit<Lifecycle, 'putProtocol' | 'deleteProtocol' | 'checkName'>> {
  put?: Protocol
  delete?: Protocol
  /** What a name must be, and the sentence that says so. */
  name?: { pattern: RegExp; failure(name: string): ArmFailure }
}

/** A lifecycle whose operations are watched at `locations/{location}/operations` of its provider (azure-facts.md §3.2). */
export function declare(namespace: string, declaration: Declaration): Lifecycle {
  const { put = 'async', delete: remove = 'async', name, shape = shapeOfAny, ...rest } = declaration
  return {
    workingState: 'Updating',
    seconds: { create: 5, update: 3, delete: 5 },
    operationId: () => randomUUID(),
    operationPath: ({ id, location }, kind, operation) =>
      `${subscriptionOf(id)}/providers/${namespace}/locations/${location}/${kind === 'status' ? 'operations' : 'operationResults'}/${operation}`,
    putProtocol: () => put,
    deleteProtocol: () => remove,
    checkName(asked) {
      const [own = ''] = asked.split('/').slice(-1)
      if (name && !name.pattern.test(own)) throw name.failure(own)
    },
    ...rest,
    shape(body, previous, around) {
      checkZone(body, around.location)
      return shape(body, previous, around)
    },
  }
}

const shapeOfAny: Lifecycle['shape'] = body => shapeOf(body)

/** What a client sent, with properties of its own choice; none that only the provider sets. */
export function shapeOf(body: JsonObject, properties: JsonObject = objectAt(body, 'properties')): ResourceShape {
  const { provisioningState: _state, ...own } = properties
  const beside = ['zones', 'extendedLocation', 'plan', 'managedBy'].filter(key => body[key] !== undefined)
  return {
    properties: own,
    sku: 'sku' in body ? objectAt(body, 'sku') : undefined,
    kind: typeof body['kind'] === 'string' ? body['kind'] : undefined,
    identity: 'identity' in body ? objectAt(body, 'identity') : undefined,
    beside: Object.fromEntries(beside.map(key => [key, body[key]])),
  }
}

/** An extended zone belongs to one region. The words are the sandbox's own: none of Azure's are known. */
export function checkZone(body: JsonObject, location: string): void {
  const { name } = objectAt(body, 'extendedLocation')
  if (name === undefined) return
  const zone = extendedZones.find(one => one.name === String(name).toLowerCase())
  if (zone?.home === location) return
  throw serviceFailure(
    400,
    'InvalidExtendedLocation',
    zone
      ? `The extended location '${String(name)}' belongs to '${zone.home}' and not to '${location}'.`
      : `The extended location '${String(name)}' is not known. Known are '${extendedZones.map(one => one.name).join(', ')}'.`,
  )
}

export function serviceFailure(status: number, code: string, message: string, target?: string): ArmFailure {
  return new ArmFailure(status, { code, message, ...(target === undefined ? {} : { target }), details: [] }, 'service')
}

/** The objects of a list, or none. */
export function objectsAt(body: JsonObject, key: string): JsonObject[] {
  const list = body[key]
  return Array.isArray(list) ? (list as Json[]).filter(isObject) : []
}

/** The texts of a list, or none. */
export function textsAt(body: JsonObject, key: string): string[] {
  const list = body[key]
  return Array.isArray(list) ? (list as Json[]).filter(value => typeof value === 'string') : []
}

/** The ids that stand anywhere in a value as `{ "id": "/subscriptions/…" }`. */
export function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return (value as Json[]).flatMap(referencesIn)
  if (!isObject(value)) return []
  const id = value['id']
  const own = typeof id === 'string' && id.startsWith('/subscriptions/') ? [id] : []
  return [...own, ...Object.entries(value).flatMap(([key, part]) => (key === 'id' ? [] : referencesIn(part)))]
}

/** The resources that refer to a resource or to something in it. */
export function referrersOf(id: string, estate: Estate): Resource[] {
  const wanted = id.toLowerCase()
  return [...estate.resources.values()].filter(
    resource =>
      resource.id.toLowerCase() !== wanted &&
      !wanted.startsWith(`${resource.id.toLowerCase()}/`) &&
      referencesIn(resource.properties).some(reference => {
        const other = reference.toLowerCase()
        return other === wanted || other.startsWith(`${wanted}/`)
      }),
  )
}

/** Throws InvalidResourceReference for a reference to something that isn't there. */
export function checkReferences(id: string, properties: JsonObject, estate: Estate): void {
  for (const reference of referencesIn(properties)) {
    if (reference.toLowerCase().startsWith(`${id.toLowerCase()}/`)) continue
    if (!exists(reference, estate))
      throw serviceFailure(
        400,
        'InvalidResourceReference',
        `Resource ${reference} referenced by resource ${id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
      )
  }
}

/** Whether there is such a resource, or such a part of one: `…/virtualNetworks/net/subnets/one`. */
function exists(id: string, estate: Estate): boolean {
  if (findResource(estate, id)) return true
  const segments = id.split('/')
  const [collection = '', name = ''] = segments.slice(-2)
  const owner = findResource(estate, segments.slice(0, -2).join('/'))
  if (!owner) return false
  return objectsAt(owner.properties, collection).some(part => String(part['name']).toLowerCase() === name.toLowerCase())
}

function subscriptionOf(id: string): string {
  return id.split('/').slice(0, 3).join('/')
}
