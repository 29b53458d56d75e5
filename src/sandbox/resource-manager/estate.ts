import type { Pace } from '../pace.ts'
import type { ArmFailure } from './failure.ts'
import type { Operation, Operations } from './operation.ts'
import type { Provider } from './provider.ts'
import type { ArmRequest, JsonObject } from './request.ts'
import type { Role } from './role.ts'
import type { RouteTable } from './route.ts'
import type { DeclaredResource, Template } from './template.ts'

export interface ResourceGroup {
  name: string
  location: string
  tags: Record<string, string> | undefined
  managedBy: string | undefined
  /** The deletion under way, if any. */
  deletion: Operation | undefined
  createdTime: Date
  changedTime: Date
}

/** A resource of any type. What its provider adds is in `properties`. */
export interface Resource {
  id: string
  name: string
  /** `Microsoft.RecoveryServices/vaults` */
  type: string
  /** The group's name as it was created. */
  group: string
  location: string
  tags: Record<string, string> | undefined
  sku: JsonObject | undefined
  kind: string | undefined
  identity: JsonObject | undefined
  /** What else stands beside the properties. */
  beside: JsonObject
  properties: JsonObject
  provisioningState: string
  etag: string
  /** The deletion under way, if any. */
  deletion: Operation | undefined
  createdTime: Date
  changedTime: Date
}

/** What forbids deletions, or all changes, at a scope and below. */
export interface Lock {
  id: string
  name: string
  scope: string
  level: 'CanNotDelete' | 'ReadOnly'
  notes: string | undefined
}

/** A template on its way into a resource group, and what came of it. */
export interface Deployment {
  id: string
  name: string
  group: string
  template: Template
  source: JsonObject
  operation: Operation
  /** Who asked for it, and how. */
  request: ArmRequest
  canceled: boolean
  running: boolean
  steps: DeploymentStep[]
  /** Once it has succeeded. */
  outputs: JsonObject | undefined
}

/** What became of one declared resource, or of one that a deployment in mode Complete found and took away. */
export interface DeploymentStep {
  id: string
  does: 'Create' | 'Delete'
  resource: Pick<DeclaredResource, 'id' | 'type' | 'name'>
  state: 'Running' | 'Succeeded' | 'Failed'
  startTime: Date
  endTime: Date | undefined
  statusCode: string
  failure: ArmFailure | undefined
}

/** One subscription and all that is in it: what a handler works on. */
export interface Estate {
  subscription: string
  subscriptionName: string
  tenant: string
  /** All of the tenant's subscriptions, this one among them: what is unique in all of Azure looks into each. */
  estates: readonly Estate[]
  /** By object id. Who has none may do nothing. */
  roles: ReadonlyMap<string, Role>
  /** By lower-case name. */
  groups: Map<string, ResourceGroup>
  /** By lower-case id. */
  resources: Map<string, Resource>
  /** By lower-case id. */
  locks: Map<string, Lock>
  /** By lower-case id. */
  deployments: Map<string, Deployment>
  /** Tags of the subscription itself. */
  tags: Record<string, string>
  /** Names that were made known beforehand, with their values; nothing need bear them. */
  tagNames: Map<string, Set<string>>
  providers: readonly Provider[]
  /** Its addresses: types that somebody adds to it make addresses for it alone. Made when first asked for: it takes milliseconds. */
  readonly routes: RouteTable
  /** Lower-case namespaces for which the subscription is not registered. */
  unregistered: Set<string>
  operations: Operations
  pace: Pace
}

export function findGroup(estate: Estate, name: string) {
  return estate.groups.get(name.toLowerCase())
}

export function findResource(estate: Estate, id: string) {
  return estate.resources.get(id.toLowerCase())
}

/** Everything in a group, in order of creation. */
export function resourcesIn(estate: Estate, group: string) {
  return [...estate.resources.values()].filter(resource => resource.group.toLowerCase() === group.toLowerCase())
}

export function groupId(estate: Estate, name: string) {
  return `/subscriptions/${estate.subscription}/resourceGroups/${name}`
}
