import { randomBytes } from 'node:crypto'
import type { Endpoints, NetworkRuleSet, StorageAccount } from '@azure/arm-storage'
import type { Estate, Resource } from '../../estate.ts'
import { findResource, groupId } from '../../estate.ts'
import { resourceNotFound } from '../../failures.ts'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import type { ArmAnswer, ArmRequest } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import type { Route } from '../../route.ts'
import { declare, serviceFailure, shapeOf } from '../lifecycle.ts'
import { apiVersions, namespace } from './namespace.ts'
import { serviceRoutes } from './services.ts'

const type = `${namespace}/storageAccounts`

export const nameRule =
  'Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.'
export const isName = (name: string) => /^[a-z0-9]{3,24}$/.test(name)

const skus = new Set([
  'Standard_LRS',
  'Standard_GRS',
  'Standard_RAGRS',
  'Standard_ZRS',
  'Standard_GZRS',
  'Standard_RAGZRS',
  'Premium_LRS',
  'Premium_ZRS',
])
const kinds = new Set(['StorageV2', 'Storage', 'BlobStorage', 'BlockBlobStorage', 'FileStorage'])

const lifecycle = declare(namespace, {
  put: 'location',
  delete: 'sync',
  workingState: 'ResolvingDns',
  seconds: { create: 8, update: 3, delete: 2 },
  operationPath: ({ id, location }, kind, operation) =>
    `${id.split('/').slice(0, 3).join('/')}/providers/${namespace}/locations/${location}/${kind === 'status' ? 'operations' : 'asyncoperations'}/${operation}`,
  name: {
    pattern: /^[a-z0-9]{3,24}$/,
    failure: name =>
      serviceFailure(400, 'AccountNameInvalid', `${name} is not a valid storage account name. ${nameRule}`),
  },
  shape(body, previous, { id, name, estate }) {
    if (!previous && isTaken(name, estate, id))
      throw serviceFailure(409, 'StorageAccountAlreadyTaken', `The storage account named ${name} is already taken.`)
    const sku = textAt(objectAt(body, 'sku'), 'name') ?? textAt(previous?.sku ?? {}, 'name')
    if (sku === undefined || !skus.has(sku)) throw invalidValue('sku')
    const kind = textAt(body, 'kind') ?? previous?.kind
    if (kind === undefined || !kinds.has(kind)) throw invalidValue('kind')
    const properties = objectAt(body, 'properties')
    const endpoint = (service: string) => `https://${name}.${service}.core.windows.net/`
    return {
      ...shapeOf(body, {
        ...proposed,
        creationTime: previous?.properties['creationTime'] ?? new Date().toISOString(),
        ...properties,
        primaryEndpoints: {
          dfs: endpoint('dfs'),
          web: endpoint('z13.web'),
          blob: endpoint('blob'),
          queue: endpoint('queue'),
          table: endpoint('table'),
          file: endpoint('file'),
        } satisfies Endpoints,
        primaryLocation: properties['primaryLocation'],
        statusOfPrimary: 'available',
      }),
      sku: { name: sku, tier: sku.slice(0, sku.indexOf('_')) },
      kind,
    }
  },
  computed: ({ location }) => ({ primaryLocation: location }),
})

/** What the client calls enableHttpsTrafficOnly and networkRuleSet. */
interface RenamedByClient {
  supportsHttpsTrafficOnly: boolean
  networkAcls: NetworkRuleSet
}

/** What an account has that nobody asked for. */
const proposed = {
  dnsEndpointType: 'Standard',
  publicNetworkAccess: 'Enabled',
  minimumTlsVersion: 'TLS1_2',
  allowBlobPublicAccess: false,
  allowSharedKeyAccess: true,
  supportsHttpsTrafficOnly: true,
  accessTier: 'Hot',
  networkAcls: { bypass: 'AzureServices', virtualNetworkRules: [], ipRules: [], defaultAction: 'Allow' },
  encryption: {
    services: {
      file: { keyType: 'Account', enabled: true },
      blob: { keyType: 'Account', enabled: true },
    },
    keySource: 'Microsoft.Storage',
  },
} satisfies Omit<StorageAccount, 'location'> & RenamedByClient

/** Names are taken in all of Azure; here, in all subscriptions. */
export function isTaken(name: string, { estates }: Estate, id?: string): boolean {
  return estates
    .flatMap(({ resources }) => [...resources.values()])
    .some(other => other.type === type && other.name === name && other.id.toLowerCase() !== id?.toLowerCase())
}

const invalidValue = (parameter: string) =>
  serviceFailure(400, 'InvalidValuesForRequestParameters', `Values for request parameters are invalid: ${parameter}.`)

/** By account: two keys, as long as Azure's. They open nothing. */
const keys = new WeakMap<Resource, Key[]>()

interface Key {
  value: string
  creationTime: Date
}

const newKey = (creationTime: Date): Key => ({ value: randomBytes(64).toString('base64'), creationTime })

function keysOf(account: Resource): Key[] {
  const own = keys.get(account) ?? [newKey(account.createdTime), newKey(account.createdTime)]
  keys.set(account, own)
  return own
}

function answerKeys(account: Resource): ArmAnswer {
  const listed = keysOf(account).map(({ value, creationTime }, index) => ({
    creationTime: creationTime.toISOString(),
    keyName: `key${index + 1}`,
    value,
    permissions: 'FULL',
  }))
  return { status: 200, body: { keys: listed } }
}

const accountPath = `/subscriptions/:subscription/resourcegroups/:group/providers/${type}/:name`

const routes: readonly Route[] = [
  {
    type,
    apiVersions,
    method: 'POST',
    path: `${accountPath}/listKeys`,
    action: `${type}/listkeys/action`,
    answer: (request, estate) => answerKeys(requireAccount(request, estate)),
  },
  {
    type,
    apiVersions,
    method: 'POST',
    path: `${accountPath}/regenerateKey`,
    action: `${type}/regeneratekey/action`,
    answer(request, estate) {
      const account = requireAccount(request, estate)
      const index = ['key1', 'key2'].indexOf(textAt(request.body, 'keyName')?.toLowerCase() ?? '')
      if (index < 0) throw invalidValue('keyName')
      keysOf(account)[index] = newKey(new Date())
      return answerKeys(account)
    },
  },
  ...serviceRoutes(requireAccount),
]

/** Storage accounts, made as azure-facts.md §3.2 says: nothing but a result address, whose last answer has the account. */
export const storageAccounts: ResourceType = {
  name: 'storageAccounts',
  apiVersions,
  regions: regionNames,
  lifecycle,
  routes,
}

function requireAccount({ parameters }: ArmRequest, estate: Estate) {
  const { group = '', name = '' } = parameters
  const account = findResource(estate, `${groupId(estate, group)}/providers/${type}/${name}`)
  if (!account) throw resourceNotFound(type, name, group)
  return account
}
