import type { BlobServiceProperties, FileServiceProperties } from '@azure/arm-storage'
import type { Estate, Resource } from '../../estate.ts'
import { ArmFailure } from '../../failure.ts'
import { mergePatch } from '../../merge-patch.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from '../../request.ts'
import { objectAt } from '../../request.ts'
import type { Route } from '../../route.ts'
import { page } from '../../paging.ts'
import { serviceFailure } from '../lifecycle.ts'
import { apiVersions, namespace } from './namespace.ts'

const account = `${namespace}/storageAccounts`

/** A service of an account, which is there from the start, and what is kept in it. */
interface Service {
  /** `blobServices` */
  name: string
  /** `containers` */
  collection: string
  /** `Container`: what its errors call what is kept in it. */
  noun: string
  /** How the service is until somebody changes it. */
  properties: JsonObject
  /** What a container has that nobody asked for. */
  proposed: JsonObject
}

const services: readonly Service[] = [
  {
    name: 'blobServices',
    collection: 'containers',
    noun: 'Container',
    properties: {
      cors: { corsRules: [] },
      deleteRetentionPolicy: { enabled: false },
    } satisfies BlobServiceProperties,
    proposed: {
      publicAccess: 'None',
      leaseStatus: 'Unlocked',
      leaseState: 'Available',
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
      defaultEncryptionScope: '$account-encryption-key',
      denyEncryptionScopeOverride: false,
    },
  },
  {
    name: 'fileServices',
    collection: 'shares',
    noun: 'Share',
    properties: {
      cors: { corsRules: [] },
      shareDeleteRetentionPolicy: { enabled: true, days: 7 },
    } satisfies FileServiceProperties,
    proposed: {
      accessTier: 'TransactionOptimized',
      shareQuota: 5120,
      enabledProtocols: 'SMB',
      leaseStatus: 'unlocked',
      leaseState: 'available',
    },
  },
]

/** What Resource Manager knows of blobs and files: the services of an account with their containers and shares, and nothing in those. */
export function serviceRoutes(accountOf: (request: ArmRequest, estate: Estate) => Resource): Route[] {
  return services.flatMap(service => routesOf(service, accountOf))
}

interface Kept {
  name: string
  properties: JsonObject
  metadata: JsonObject | undefined
  changed: Date
}

function routesOf(service: Service, accountOf: (request: ArmRequest, estate: Estate) => Resource): Route[] {
  const type = `${account}/${service.name}`
  const inside = `${type}/${service.collection}`
  const all = `/subscriptions/:subscription/resourcegroups/:group/providers/${account}/:name/${service.name}`
  const kept = new WeakMap<Resource, Map<string, Kept>>()
  const settings = new WeakMap<Resource, JsonObject>()
  const keptIn = (owner: Resource) => {
    const own = kept.get(owner) ?? new Map<string, Kept>()
    kept.set(owner, own)
    return own
  }
  const common = { type: account, apiVersions }

  const describeService = (owner: Resource): JsonObject => ({
    id: `${owner.id}/${service.name}/default`,
    name: 'default',
    type,
    sku: owner.sku,
    properties: { ...service.properties, ...settings.get(owner) },
  })
  const describe = (owner: Resource, { name, properties, metadata, changed }: Kept): JsonObject => ({
    id: `${owner.id}/${service.name}/default/${service.collection}/${name}`,
    name,
    type: inside,
    etag: `"0x${changed.getTime().toString(16).toUpperCase()}"`,
    properties: {
      ...service.proposed,
      ...properties,
      ...(metadata ? { metadata } : {}),
      lastModifiedTime: changed.toISOString(),
    },
  })
  const find = (request: ArmRequest, estate: Estate) => {
    const owner = accountOf(request, estate)
    return { owner, one: keptIn(owner).get(request.parameters['part'] ?? '') }
  }
  const require = (request: ArmRequest, estate: Estate) => {
    const { owner, one } = find(request, estate)
    if (!one) throw notFound(service)
    return { owner, one }
  }
  const keep = (owner: Resource, name: string, body: JsonObject) => {
    const { metadata, lastModifiedTime: _when, ...properties } = objectAt(body, 'properties')
    const said = metadata === undefined ? undefined : objectAt({ metadata }, 'metadata')
    const one = { name, properties, metadata: said, changed: new Date() }
    keptIn(owner).set(name, one)
    return describe(owner, one)
  }
  const part = `${all}/default/${service.collection}/:part`

  return [
    {
      ...common,
      method: 'GET',
      path: all,
      action: `${type}/read`,
      answer: (request, estate) => page(request, [describeService(accountOf(request, estate))]),
    },
    {
      ...common,
      method: 'GET',
      path: `${all}/default`,
      action: `${type}/read`,
      answer: (request, estate) => ({ status: 200, body: describeService(accountOf(request, estate)) }),
    },
    {
      ...common,
      method: 'PUT',
      path: `${all}/default`,
      action: `${type}/write`,
      answer(request, estate): ArmAnswer {
        const owner = accountOf(request, estate)
        settings.set(owner, objectAt(request.body, 'properties'))
        return { status: 200, body: describeService(owner) }
      },
    },
    {
      ...common,
      method: 'GET',
      path: `${all}/default/${service.collection}`,
      action: `${inside}/read`,
      answer(request, estate): ArmAnswer {
        const owner = accountOf(request, estate)
        return page(
          request,
          [...keptIn(owner).values()].map(one => describe(owner, one)),
        )
      },
    },
    {
      ...common,
      method: 'GET',
      path: part,
      action: `${inside}/read`,
      answer(request, estate): ArmAnswer {
        const { owner, one } = require(request, estate)
        return { status: 200, body: describe(owner, one) }
      },
    },
    {
      ...common,
      method: 'PUT',
      path: part,
      action: `${inside}/write`,
      answer(request, estate): ArmAnswer {
        const { owner, one } = find(request, estate)
        const name = request.parameters['part'] ?? ''
        if (!isName(name)) throw invalidName()
        return { status: one ? 200 : 201, body: keep(owner, name, request.body) }
      },
    },
    {
      ...common,
      method: 'PATCH',
      path: part,
      action: `${inside}/write`,
      answer(request, estate): ArmAnswer {
        const { owner, one } = require(request, estate)
        const { name, properties, metadata } = one
        const before = { properties: { ...properties, ...(metadata && { metadata }) } }
        return { status: 200, body: keep(owner, name, mergePatch(before, request.body)) }
      },
    },
    {
      ...common,
      method: 'DELETE',
      path: part,
      action: `${inside}/delete`,
      answer(request, estate): ArmAnswer {
        const { owner, one } = find(request, estate)
        return { status: one && keptIn(owner).delete(one.name) ? 200 : 204 }
      },
    },
  ]
}

/** Learn, "Naming and referencing containers, blobs, and metadata"; those of shares are the same. */
function isName(name: string) {
  return /^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) || name === '$web' || name === '$root'
}

const invalidName = () =>
  serviceFailure(400, 'InvalidResourceName', 'The specified resource name contains invalid characters.')

function notFound({ noun }: Service): ArmFailure {
  return serviceFailure(404, `${noun}NotFound`, `The specified ${noun.toLowerCase()} does not exist.`)
}
