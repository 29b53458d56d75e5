import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import type { GenericResource, ResourceManagementClient } from '@azure/arm-resources'
import type { TokenCredential } from '@azure/identity'
import { createCredential } from './credential.ts'
import type { CloudDefinition } from './definition.ts'
import { armError, ArmError } from './arm-error.ts'
import { CloudError } from './cloud-error.ts'

/** A resource by its full id. `apiVersion` is the one that its type is spoken to with; else its provider is asked. */
export interface ResourceAddress {
  type: string
  id: string
  apiVersion?: string | undefined
}

/** A resource as Resource Manager tells it. */
export interface Resource {
  id: string
  name: string
  type: string
  location?: string | undefined
  tags?: Record<string, string> | undefined
  sku?: Record<string, unknown> | undefined
  kind?: string | undefined
  extendedLocation?: { type?: string | undefined; name?: string | undefined } | undefined
  properties?: Record<string, unknown> | undefined
}

/** `name` is what requests say (`westus`), `displayName` what people read (`West US`). */
export interface Location {
  name: string
  displayName: string
  /** The region that an extended zone belongs to. */
  home?: string
}

/** A subscription as Resource Manager tells it. */
export interface Subscription {
  id: string
  name: string
  tenant?: string | undefined
  /** `Enabled`, or why nothing can be made in it: `Disabled`, `Warned`, `PastDue`. */
  state?: string | undefined
}

/** What a role assignment lets its holder do: patterns such as `Microsoft.Authorization/<any>/read`. */
export interface Permission {
  actions: string[]
  notActions: string[]
}

/** One request that left for Resource Manager, each attempt counted. `duration` in milliseconds. */
export interface SentRequest {
  at: string
  method: string
  path: string
  status?: number
  duration: number
  correlation?: string
}

/** The door to Resource Manager: what a run needs of it, in terms that don't depend on the SDK's generation. */
export interface ResourceManager {
  readonly subscriptionId: string
  subscription(): Promise<Subscription>
  locations(): Promise<Location[]>
  /** The resource, or undefined where Resource Manager answers 404. */
  read(address: ResourceAddress): Promise<Resource | undefined>
  /** Creates or updates and waits for the end of the long-running operation. */
  write(address: ResourceAddress, body: Omit<Resource, 'id' | 'name' | 'type'>): Promise<Resource>
  /** Deletes and waits for the end of the long-running operation. A resource that isn't there is no error. */
  remove(address: ResourceAddress): Promise<void>
  /**
   * Stops the backup of everything in a Recovery Services vault and deletes the data, as far as the service's soft delete
   * lets go of it. @returns the names of what was protected.
   */
  emptyVault(id: string): Promise<string[]>
  /** What is in a resource group by its list, which may lag behind; nothing where there is no such group. */
  resourcesIn(resourceGroup: string): Promise<Resource[]>
  resourceGroups(): Promise<Resource[]>
  /** Adds tags to what has others. */
  tag(id: string, tags: Record<string, string>): Promise<void>
  /** `Registered`, `NotRegistered`, `Registering`, ...; undefined where there is no such provider. */
  registration(namespace: string): Promise<string | undefined>
  /** What the caller may do in the subscription. */
  permissions(): Promise<Permission[]>
}

/** How a Resource Manager is spoken to. */
export interface Conversation {
  /** Called for every request, as it ends. */
  onRequest?: (request: SentRequest) => void
  /** Gives every request of a run one correlation id, which Azure's activity log shows. */
  correlation?: string
  /** Ends requests and polling. */
  signal?: AbortSignal
}

export const resourceGroupType = 'Microsoft.Resources/resourceGroups'

/** Milliseconds between two looks at a long-running operation: the service's Retry-After goes before it. */
const pollInterval = { sandbox: 50, azure: 2000 }

/**
 * Opens Resource Manager of a cloud through @azure/arm-resources, with the client of a service's own package where
 * there is one (`@azure/arm-recoveryservices` for vaults). Packages are loaded when first used.
 *
 * @throws CloudError where the cloud names no subscription; every operation throws an `ArmError`.
 */
export async function openResourceManager(
  cloud: CloudDefinition,
  conversation: Conversation = {},
): Promise<ResourceManager> {
  const { subscription: subscriptionId } = cloud
  if (!subscriptionId)
    throw new CloudError(
      `The cloud '${cloud.name}' names no subscription.`,
      'Set AZURE_SUBSCRIPTION_ID, or `subscription` in the cloud definition.',
    )
  const [credential, { ResourceManagementClient }] = await Promise.all([
    createCredential(cloud),
    import('@azure/arm-resources'),
  ])
  const options = clientOptions(cloud, conversation)
  const client = new ResourceManagementClient(credential, subscriptionId, options)
  const polling = {
    updateIntervalInMs: cloud.rehearsal ? pollInterval.sandbox : pollInterval.azure,
    ...(conversation.signal ? { abortSignal: conversation.signal } : {}),
  }
  const versions = new Map<string, Promise<string>>()
  const surroundings: Surroundings = {
    client,
    credential,
    subscriptionId,
    options,
    polling,
    versionOf({ type, apiVersion }) {
      if (apiVersion !== undefined) return Promise.resolve(apiVersion)
      const asked = versions.get(type.toLowerCase()) ?? newestVersion(client, type)
      versions.set(type.toLowerCase(), asked)
      return asked
    },
  }
  const door = (type: string) => doors[type.toLowerCase()] ?? anyResource

  return {
    subscriptionId,
    subscription: () => told(async () => describeSubscription(surroundings)),
    locations: () => told(async () => listLocations(surroundings)),
    read: address => told(async () => absentAs404(door(address.type).read(surroundings, address))),
    write: (address, body) => told(async () => door(address.type).write(surroundings, address, body)),
    remove: address => told(async () => void (await absentAs404(door(address.type).remove(surroundings, address)))),
    emptyVault: id => told(async () => removeProtectedItems(surroundings, id)),
    resourcesIn: group =>
      told(async () => (await absentAs404(collect(client.resources.listByResourceGroup(group)))) ?? []),
    resourceGroups: () => told(async () => collect(client.resourceGroups.list())),
    tag: (id, tags) =>
      told(async () => {
        const patch = { operation: 'Merge', properties: { tags } }
        await client.tagsOperations.beginUpdateAtScopeAndWait(withoutSlash(id), patch, polling)
      }),
    registration: namespace =>
      told(async () => (await absentAs404(client.providers.get(namespace)))?.registrationState),
    permissions: () => told(async () => listPermissions(surroundings)),
  }
}

/** The parts of a resource id: `/subscriptions/s/resourceGroups/g/providers/N.S/types/name`. */
export function partsOfId(id: string): { resourceGroup: string; name: string } {
  const segments = id.split('/').filter(Boolean)
  const at = segments.findIndex(segment => segment.toLowerCase() === 'resourcegroups')
  return { resourceGroup: segments[at + 1] ?? '', name: segments.at(-1) ?? '' }
}

interface Surroundings {
  client: ResourceManagementClient
  credential: TokenCredential
  subscriptionId: string
  options: ReturnType<typeof clientOptions>
  polling: { updateIntervalInMs: number; abortSignal?: AbortSignal }
  versionOf(address: ResourceAddress): Promise<string>
}

type Body = Omit<Resource, 'id' | 'name' | 'type'>

/** What one type of resource is spoken to through. */
interface Door {
  read(surroundings: Surroundings, address: ResourceAddress): Promise<Resource>
  write(surroundings: Surroundings, address: ResourceAddress, body: Body): Promise<Resource>
  remove(surroundings: Surroundings, address: ResourceAddress): Promise<void>
}

const resourceGroups: Door = {
  async read({ client }, { id }) {
    return plain(await client.resourceGroups.get(partsOfId(id).name))
  },
  async write({ client }, { id }, { location = '', tags }) {
    return plain(
      await client.resourceGroups.createOrUpdate(partsOfId(id).name, { location, ...(tags ? { tags } : {}) }),
    )
  },
  async remove({ client, polling }, { id }) {
    await client.resourceGroups.beginDeleteAndWait(partsOfId(id).name, polling)
  },
}

const vaults: Door = {
  async read(surroundings, { id }) {
    const { resourceGroup, name } = partsOfId(id)
    return plain(await (await recoveryServices(surroundings)).vaults.get(resourceGroup, name))
  },
  async write(surroundings, { id }, { location = '', tags, sku, properties }) {
    const { resourceGroup, name } = partsOfId(id)
    const client = await recoveryServices(surroundings)
    const vault = { location, ...(tags ? { tags } : {}), sku: { name: 'RS0', ...sku }, properties: { ...properties } }
    return plain(await client.vaults.beginCreateOrUpdateAndWait(resourceGroup, name, vault, surroundings.polling))
  },
  async remove(surroundings, address) {
    const { resourceGroup, name } = partsOfId(address.id)
    try {
      const { vaults } = await recoveryServices(surroundings)
      await vaults.beginDeleteAndWait(resourceGroup, name, surroundings.polling)
    } catch (error) {
      if (armError(error).code !== 'ServiceResourceNotEmptyWithBackendMessage') throw error
      // Only newer versions than the client's let a vault go together with what is softly deleted in it
      // (learn.microsoft.com/azure/backup/secure-by-default, "API considerations for soft delete").
      await anyResource.remove(surroundings, { type: address.type, id: address.id })
    }
  },
}

/** What was deleted stays for the time of its soft delete, and says so; for everybody else it is gone. */
const protectedItems: Door = {
  async read(surroundings, address) {
    const item = await anyResource.read(surroundings, address)
    if (item.properties?.isScheduledForDeferredDelete !== true) return item
    throw new ArmError('The item is softly deleted.', { code: 'ResourceNotFound', status: 404 })
  },
  write: (surroundings, address, body) => anyResource.write(surroundings, address, body),
  remove: (surroundings, address) => anyResource.remove(surroundings, address),
}

const anyResource: Door = {
  async read({ client, versionOf }, address) {
    return plain(await client.resources.getById(withoutSlash(address.id), await versionOf(address)))
  },
  async write({ client, polling, versionOf }, address, body) {
    const version = await versionOf(address)
    const resource: GenericResource = { ...(body as GenericResource) }
    return plain(
      await client.resources.beginCreateOrUpdateByIdAndWait(withoutSlash(address.id), version, resource, polling),
    )
  },
  async remove({ client, polling, versionOf }, address) {
    await client.resources.beginDeleteByIdAndWait(withoutSlash(address.id), await versionOf(address), polling)
  },
}

/** The newest version of a type that is no preview, as az takes it (`azure-facts.md` §5). */
async function newestVersion(client: ResourceManagementClient, type: string): Promise<string> {
  const [namespace = '', ...rest] = type.split('/')
  const { resourceTypes = [] } = await client.providers.get(namespace)
  const wanted = rest.join('/').toLowerCase()
  const versions = resourceTypes.find(each => each.resourceType?.toLowerCase() === wanted)?.apiVersions ?? []
  const newest = versions.find(version => !/preview/i.test(version)) ?? versions[0]
  if (newest !== undefined) return newest
  throw new ArmError(`The provider '${namespace}' of this cloud knows no type '${type}'.`, {
    code: 'InvalidResourceType',
    status: 404,
  })
}

const doors: Record<string, Door> = {
  [resourceGroupType.toLowerCase()]: resourceGroups,
  'microsoft.recoveryservices/vaults': vaults,
  'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems': protectedItems,
}

async function removeProtectedItems(surroundings: Surroundings, id: string): Promise<string[]> {
  const { credential, subscriptionId, options } = surroundings
  const { RecoveryServicesBackupClient } = await import('@azure/arm-recoveryservicesbackup')
  const client = new RecoveryServicesBackupClient(credential, subscriptionId, options)
  const { resourceGroup, name } = partsOfId(id)
  const names: string[] = []
  for await (const item of client.backupProtectedItems.list(name, resourceGroup)) {
    if (item.properties?.isScheduledForDeferredDelete === true || item.id === undefined) continue
    // > | …/backupFabrics/Azure/protectionContainers/c/protectedItems/i
    const [, fabric = '', container = '', own = ''] =
      /\/backupFabrics\/([^/]+)\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)$/i.exec(item.id) ?? []
    await client.protectedItems.delete(name, resourceGroup, fabric, container, own)
    names.push(own.split(';').at(-1) ?? own)
  }
  return names
}

async function recoveryServices({ credential, subscriptionId, options }: Surroundings) {
  const { RecoveryServicesClient } = await import('@azure/arm-recoveryservices')
  return new RecoveryServicesClient(credential, subscriptionId, options)
}

async function describeSubscription({ credential, subscriptionId, options }: Surroundings): Promise<Subscription> {
  const { SubscriptionClient } = await import('@azure/arm-resources-subscriptions')
  const { displayName, tenantId, state } = await new SubscriptionClient(credential, options).subscriptions.get(
    subscriptionId,
  )
  return { id: subscriptionId, name: displayName ?? subscriptionId, tenant: tenantId, state }
}

/** No client of ours knows this address: it is read as a resource is, and its own words are taken. */
async function listPermissions({ client, subscriptionId }: Surroundings): Promise<Permission[]> {
  let body: { value?: { actions?: string[]; notActions?: string[] }[] } = {}
  await client.resources.getById(
    `subscriptions/${subscriptionId}/providers/Microsoft.Authorization/permissions`,
    '2022-04-01',
    { onResponse: ({ bodyAsText }) => void (body = JSON.parse(bodyAsText ?? '{}') as typeof body) },
  )
  return (body.value ?? []).map(({ actions = [], notActions = [] }) => ({ actions, notActions }))
}

/** Regions, and the extended zones beside them (`portal-facts.md` §6.1). */
async function listLocations({ credential, subscriptionId, options }: Surroundings): Promise<Location[]> {
  const { SubscriptionClient } = await import('@azure/arm-resources-subscriptions')
  const { subscriptions } = new SubscriptionClient(credential, options)
  const locations: Location[] = []
  for await (const each of subscriptions.listLocations(subscriptionId, { includeExtendedLocations: true })) {
    const { name, displayName, type, metadata } = each
    if (!name || !displayName) continue
    const home = type === 'EdgeZone' ? metadata?.homeLocation : undefined
    locations.push({ name, displayName, ...(home ? { home } : {}) })
  }
  return locations
}

function clientOptions(cloud: CloudDefinition, conversation: Conversation) {
  return {
    endpoint: cloud.resourceManager,
    credentialScopes: [`${cloud.audience}/.default`],
    credentials: { scopes: [`${cloud.audience}/.default`] },
    userAgentOptions: { userAgentPrefix: 'verbatim' },
    ...(cloud.certificateAuthority ? { tlsOptions: { ca: cloud.certificateAuthority } } : {}),
    additionalPolicies: [{ policy: recording(conversation), position: 'perRetry' as const }],
  }
}

/** Notes each attempt; without a client timeout a hung request would hang for ever (`azure-facts.md` §6). */
function recording({ onRequest, correlation, signal }: Conversation): PipelinePolicy {
  return {
    name: 'verbatimRecording',
    async sendRequest(request, next) {
      if (correlation) request.headers.set('x-ms-correlation-request-id', correlation)
      request.timeout ||= 120_000
      if (signal && !request.abortSignal) request.abortSignal = signal
      const began = Date.now()
      const sent: SentRequest = {
        at: new Date(began).toISOString(),
        method: request.method,
        path: pathOf(request.url),
        duration: 0,
      }
      try {
        const response = await next(request)
        sent.status = response.status
        const id = response.headers.get('x-ms-correlation-request-id')
        if (id) sent.correlation = id
        return response
      } finally {
        sent.duration = Date.now() - began
        onRequest?.(sent)
      }
    },
  }
}

/** Polling addresses carry signatures in their query: only the path is kept, with the api-version. */
function pathOf(url: string): string {
  const { pathname, searchParams } = new URL(url)
  const version = searchParams.get('api-version')
  return pathname + (version ? `?api-version=${version}` : '')
}

async function told<Value>(operation: () => Promise<Value>): Promise<Value> {
  try {
    return await operation()
  } catch (error) {
    throw armError(error)
  }
}

async function absentAs404<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer
  } catch (error) {
    const { status, code } = armError(error)
    // A wrong subscription says nothing about what is in the right one.
    if (status === 404 && code !== 'SubscriptionNotFound') return undefined
    throw error
  }
}

async function collect(pages: AsyncIterable<object>): Promise<Resource[]> {
  const all: Resource[] = []
  for await (const each of pages) all.push(plain(each))
  return all
}

function plain(resource: object): Resource {
  return JSON.parse(JSON.stringify(resource)) as Resource
}

/** `resources.getById('/subscriptions/…')` would send `//subscriptions/…` (`azure-facts.md` §5). */
function withoutSlash(id: string): string {
  return id.replace(/^\/+/, '')
}
