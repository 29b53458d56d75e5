import type { ArmFailure } from './failure.ts'
import type { Estate, Resource } from './estate.ts'
import type { JsonObject } from './request.ts'
import type { Route } from './route.ts'

/** A resource provider: one namespace, one folder in `providers/`, and in it a file per type. */
export interface Provider {
  /** `Microsoft.RecoveryServices` */
  namespace: string
  types: readonly ResourceType[]
  /** Types that it doesn't know are stored all the same. */
  generic?: boolean
}

export interface ResourceType {
  /** `vaults` */
  name: string
  /** Newest first, as provider descriptions list them. */
  apiVersions: readonly string[]
  /** Normalised names of the regions where it can be had; empty for a type without a place. */
  regions: readonly string[]
  /** How its resources live. A type without one exists only through its `routes`. */
  lifecycle?: Lifecycle
  /** It is stored and listed, and nothing more is known of it. */
  generic?: boolean
  /** Addresses beyond create, read, update, delete and list. */
  routes?: readonly Route[]
}

/**
 * `sync` has the result in the first answer; `async` names a status address to poll; `location` answers 202 with nothing
 * but a result address, whose last answer has the resource (azure-facts.md §3.2).
 */
export type Protocol = 'sync' | 'async' | 'location'

/** What of a resource its provider decides. */
export interface ResourceShape {
  properties: JsonObject
  sku?: JsonObject | undefined
  kind?: string | undefined
  identity?: JsonObject | undefined
  /** What else stands beside the properties: `zones`, `extendedLocation`, `plan`. */
  beside?: JsonObject | undefined
}

/** Where a resource is made, for a provider that has to look around. */
export interface Surroundings {
  id: string
  name: string
  group: string
  location: string
  estate: Estate
}

/** What a template wants a resource to be, as far as that is known before anything is made. */
export interface PlannedResource {
  id: string
  location: string
  body: JsonObject
}

export interface Lifecycle {
  /** Throws an ArmFailure for a name that breaks the type's rules. */
  checkName(name: string): void
  /** Completes and checks what a client sent; `previous` is there when it is an update. Throws an ArmFailure. */
  shape(body: JsonObject, previous: Resource | undefined, around: Surroundings): ResourceShape
  /** Why a template's resources of this type can't all be made, if so. */
  preflight?(planned: readonly PlannedResource[], estate: Estate): ArmFailure[]
  /** How the properties read while the resource is still being made. */
  unfinished?(properties: JsonObject): JsonObject
  /** The provisioning state before `Succeeded`. */
  workingState: string
  putProtocol(apiVersion: string): Protocol
  deleteProtocol(apiVersion: string): Protocol
  /** What a PUT that goes on answers instead of 201 and 200: older clients of some types refuse those. */
  acceptedStatus?: number
  /** What a PUT that makes a resource at once answers instead of 201: clients of some types refuse that. */
  createdStatus?: number
  /** What the work takes in Azure. */
  seconds: { create: number; update: number; delete: number }
  /** Where an operation is watched. */
  operationPath(resource: Pick<Resource, 'id' | 'location'>, kind: 'status' | 'result', operation: string): string
  /** An identifier for an operation, in the provider's style. */
  operationId(): string
  /** Properties that follow from other resources, as its own address shows them. */
  computed?(resource: Resource, estate: Estate): JsonObject
  /** What `$expand` adds to the properties; `names` are in lower case. */
  expand?(resource: Resource, names: ReadonlySet<string>): JsonObject
  /** Told when a resource is there, or was changed, before anybody hears of it. */
  made?(estate: Estate, resource: Resource): void
  /** Why a resource can't be deleted now, if so; without a version it goes with what is around it. */
  blocked?(resource: Resource, estate: Estate, apiVersion?: string): ArmFailure | undefined
  /** Told when a resource is gone. */
  deleted?(estate: Estate, resource: Resource): void
}

/** `Microsoft.RecoveryServices/vaults` */
export function typeName(provider: Provider, type: ResourceType) {
  return `${provider.namespace}/${type.name}`
}

/** The type of that full name, in any case. */
export function findType(providers: readonly Provider[], fullName: string) {
  for (const provider of providers) {
    for (const type of provider.types) {
      if (typeName(provider, type).toLowerCase() === fullName.toLowerCase()) return { provider, type }
    }
  }
  return undefined
}
