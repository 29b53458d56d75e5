/** What Resource Manager answered when it was not what was asked for. */
export class ResourceManagerError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'ResourceManagerError'
    this.status = status
    this.code = code
  }
}

export interface Subscription {
  id: string
  subscriptionId: string
  displayName: string
  state: string
}

export interface Location {
  name: string
  displayName: string
  regionalDisplayName?: string
  metadata?: { regionType?: string }
}

export interface ResourceGroup {
  id: string
  name: string
  location: string
  tags?: Record<string, string>
  properties: { provisioningState: string }
}

export interface Resource {
  id: string
  name: string
  type: string
  location: string
  tags?: Record<string, string>
  sku?: { name: string }
  properties?: Record<string, unknown>
}

export interface Lock {
  id: string
  name: string
  properties: { level: 'CanNotDelete' | 'ReadOnly'; notes?: string }
}

export interface ExtendedZone {
  name: string
  properties: { displayName: string; homeLocation: string; registrationState: string }
}

export interface Deployment {
  id: string
  name: string
  properties: {
    provisioningState: string
    timestamp?: string
    duration?: string
    correlationId?: string
    outputResources?: { id: string }[]
    error?: ErrorDetail
    parameters?: Record<string, unknown>
    outputs?: Record<string, unknown>
  }
}

export interface DeploymentOperation {
  id: string
  properties: {
    provisioningState: string
    statusCode?: string
    statusMessage?: { error?: ErrorDetail }
    targetResource?: { id: string; resourceName: string; resourceType: string }
  }
}

export interface ErrorDetail {
  code: string
  message: string
  /** Some providers write null. */
  details?: ErrorDetail[] | null
}

/** Resource Manager's REST interface as the pages use it. Every call rejects with a ResourceManagerError. */
export interface ResourceManager {
  subscriptions(): Promise<Subscription[]>
  locations(subscription: string): Promise<Location[]>
  groups(subscription: string): Promise<ResourceGroup[]>
  extendedZones(subscription: string): Promise<ExtendedZone[]>
  /** Whatever a collection holds: `…/virtualNetworks`. */
  list<T>(path: string): Promise<T[]>
  post<T>(path: string, body: unknown): Promise<T>
  resources(scope: string): Promise<Resource[]>
  /** Undefined when there is none. */
  find<T>(id: string): Promise<T | undefined>
  get<T>(id: string): Promise<T>
  operations(deployment: string): Promise<DeploymentOperation[]>
  template(deployment: string): Promise<unknown>
  put(id: string, body: unknown): Promise<void>
  /** Starts a change; the function returned asks whether it has ended, and rejects if it failed. */
  start(change: Change): Promise<() => Promise<boolean>>
}

/** A request that changes something; a POST goes to an action of a resource: `…/virtualMachines/vm1/start`. */
export interface Change {
  method: 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  id: string
  body?: unknown
}

/** Versions of the interface by resource type, lower case; what is inside a resource has its version. */
const versions: Record<string, string> = {
  subscriptions: '2022-12-01',
  'microsoft.resources/deployments': '2021-04-01',
  'microsoft.authorization/locks': '2020-05-01',
  'microsoft.recoveryservices/vaults': '2024-04-01',
  'microsoft.network/virtualnetworks': '2024-05-01',
  'microsoft.network/publicipaddresses': '2024-05-01',
  'microsoft.network/networkinterfaces': '2024-05-01',
  'microsoft.network/networksecuritygroups': '2024-05-01',
  'microsoft.compute/virtualmachines': '2024-07-01',
  'microsoft.compute/disks': '2024-03-02',
  'microsoft.storage/storageaccounts': '2024-01-01',
  'microsoft.storage/checknameavailability': '2024-01-01',
}
const groupVersion = '2021-04-01'

/** `authorize` yields the value of the Authorization header, a new one when `renew` is set. */
export function createResourceManager(origin: string, authorize: (renew: boolean) => Promise<string>): ResourceManager {
  async function send(method: string, address: string, body?: unknown, renew = false): Promise<Response> {
    const response = await fetch(address, {
      method,
      headers: {
        authorization: await authorize(renew),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        'x-ms-command-name': 'Portal',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (response.status === 401 && !renew) return send(method, address, body, true)
    if (!response.ok) throw await describeFailure(response)
    return response
  }

  const at = (path: string, version: string, query = '') => `${origin}${path}?api-version=${version}${query}`
  const read = async <T>(address: string) => (await (await send('GET', address)).json()) as T

  async function list<T>(address: string): Promise<T[]> {
    const items: T[] = []
    for (let next: string | undefined = address; next;) {
      const page: { value: T[]; nextLink?: string } = await read(next)
      items.push(...page.value)
      next = page.nextLink
    }
    return items
  }

  const get = <T>(id: string) => read<T>(at(id, versionOf(id)))

  return {
    get,
    subscriptions: () => list(at('/subscriptions', versions['subscriptions'] ?? groupVersion)),
    locations: subscription =>
      list(at(`/subscriptions/${subscription}/locations`, versions['subscriptions'] ?? groupVersion)),
    groups: subscription => list(at(`/subscriptions/${subscription}/resourcegroups`, groupVersion)),
    extendedZones: subscription =>
      list(at(`/subscriptions/${subscription}/providers/Microsoft.EdgeZones/extendedZones`, '2024-04-01-preview')),
    list: path => list(at(path, versionOf(path))),
    async post<T>(path: string, body: unknown) {
      return (await (await send('POST', at(path, versionOf(path)), body)).json()) as T
    },
    resources: scope => list(at(`${scope}/resources`, groupVersion)),
    async find<T>(id: string) {
      try {
        return await get<T>(id)
      } catch (error) {
        if (error instanceof ResourceManagerError && error.status === 404) return undefined
        throw error
      }
    },
    operations: deployment => list(at(`${deployment}/operations`, groupVersion)),
    async template(deployment) {
      const response = await send('POST', at(`${deployment}/exportTemplate`, groupVersion))
      return ((await response.json()) as { template: unknown }).template
    },
    async put(id, body) {
      await send('PUT', at(id, versionOf(id)), body)
    },
    async start({ method, id, body }) {
      const response = await send(method, at(id, versionOf(id)), body)
      const asynchronous = response.headers.get('azure-asyncoperation')
      const location = response.headers.get('location')
      return async () => {
        if (asynchronous) return hasEnded(await read(asynchronous))
        if (response.status !== 202) return true
        if (location) return (await send('GET', location)).status !== 202
        return (await this.find(id)) === undefined
      }
    },
  }
}

function versionOf(id: string) {
  const parts = typeOf(id).toLowerCase().split('/')
  for (let length = parts.length; length > 0; length--) {
    const version = versions[parts.slice(0, length).join('/')]
    if (version) return version
  }
  return groupVersion
}

/** `/subscriptions/…/providers/Microsoft.X/things/t` is a `Microsoft.X/things`; what hangs on it has a provider of its own. */
export function typeOf(id: string) {
  const [, provider] = /^.*\/providers\/(.+)$/i.exec(id) ?? []
  if (!provider) return /\/resourceGroups\/[^/]+$/i.test(id) ? 'Microsoft.Resources/resourceGroups' : 'subscriptions'
  const [namespace, ...segments] = provider.split('/')
  return [namespace, ...segments.filter((_, index) => index % 2 === 0)].join('/')
}

/** A backup item's ends in the name of what it protects: `vm;iaasvmcontainerv2;group1;machine1`. */
export const nameOf = (id: string) => /[^/;]*$/.exec(id)?.[0] ?? ''
/** The resource group that an id is in. */
export const groupIdOf = (id: string) => id.replace(/\/providers\/.*$/i, '')
export const groupOf = (id: string) => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? ''
export const subscriptionOf = (id: string) => /\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? ''
export const sameId = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

function hasEnded({ status, error }: { status: string; error?: ErrorDetail }) {
  if (/^succeeded$/i.test(status)) return true
  if (!/^(failed|canceled)$/i.test(status)) return false
  throw new ResourceManagerError(409, error?.code ?? status, error?.message ?? `The operation ended as ${status}.`)
}

async function describeFailure(response: Response) {
  const body = (await response.json().catch(() => undefined)) as { error?: ErrorDetail } | undefined
  const {
    code = 'UnknownError',
    message = `Resource Manager answered ${response.status}.`,
    details,
  } = body?.error ?? {}
  const inner = (details ?? []).map(detail => detail.message)
  return new ResourceManagerError(response.status, code, [message, ...inner].join(' '))
}
