import type { Estate, Resource } from '../estate.ts'
import { findResource } from '../estate.ts'
import { ArmFailure } from '../failure.ts'
import { resourceNotFound } from '../failures.ts'
import type { Lifecycle } from '../provider.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from '../request.ts'
import { objectAt } from '../request.ts'
import { signedUrl } from '../operation.ts'
import type { Route } from '../route.ts'
import { objectsAt } from './lifecycle.ts'

/** Parts of a resource that have addresses of their own and yet stand in its properties: the subnets of a network. */
export interface Parts {
  /** `Microsoft.Network/virtualNetworks` */
  owner: string
  /** `subnets`: in the address and in the properties. */
  collection: string
  apiVersions: readonly string[]
  /** The owner's: it completes and checks the owner with its new parts. */
  lifecycle: Lifecycle
  /** Why a part can't be deleted, if so. */
  blocked?(id: string, estate: Estate): ArmFailure | undefined
}

export function partRoutes({ owner, collection, apiVersions, lifecycle, blocked }: Parts): Route[] {
  const type = `${owner}/${collection}`
  const all = `/subscriptions/:subscription/resourcegroups/:group/providers/${owner}/:name/${collection}`
  const one = `${all}/:part`
  const common = { type: owner, apiVersions }

  const partsOf = (resource: Resource, estate: Estate) =>
    objectsAt({ ...resource.properties, ...lifecycle.computed?.(resource, estate) }, collection)
  const find = (request: ArmRequest, estate: Estate) => {
    const resource = requireOwner(request, estate)
    return { resource, part: partsOf(resource, estate).find(part => same(part['name'], request.parameters['part'])) }
  }
  const replace = (resource: Resource, parts: JsonObject[], estate: Estate) => {
    const body = {
      ...resource.beside,
      sku: resource.sku,
      properties: { ...resource.properties, [collection]: parts },
    }
    const around = { id: resource.id, name: resource.name, group: resource.group, location: resource.location, estate }
    Object.assign(resource, { properties: lifecycle.shape(body, resource, around).properties, changedTime: new Date() })
    return estate.operations.start(() => estate.pace.pass(lifecycle.seconds.update))
  }
  const watch = (resource: Resource, operation: string, request: ArmRequest, estate: Estate) => ({
    'azure-asyncoperation': signedUrl(request, lifecycle.operationPath(resource, 'status', operation)),
    ...estate.pace.retryAfter(10),
  })

  return [
    {
      ...common,
      method: 'PUT',
      path: one,
      action: `${type}/write`,
      answer(request, estate): ArmAnswer {
        const { resource, part } = find(request, estate)
        const name = String(part?.['name'] ?? request.parameters['part'])
        const wanted = { name, properties: objectAt(request.body, 'properties') }
        const others = partsOf(resource, estate).filter(other => other !== part)
        const operation = replace(resource, [...others, wanted], estate)
        const made = partsOf(resource, estate).find(other => same(other['name'], name))
        return { status: part ? 200 : 201, body: made ?? {}, headers: watch(resource, operation.id, request, estate) }
      },
    },
    {
      ...common,
      method: 'GET',
      path: one,
      action: `${type}/read`,
      answer(request, estate): ArmAnswer {
        const { part } = find(request, estate)
        if (!part) throw resourceNotFound(type, partName(request), request.parameters['group'] ?? '')
        return { status: 200, body: part }
      },
    },
    {
      ...common,
      method: 'DELETE',
      path: one,
      action: `${type}/delete`,
      answer(request, estate): ArmAnswer {
        const { resource, part } = find(request, estate)
        if (!part) return { status: 204 }
        const failure = blocked?.(String(part['id']), estate)
        if (failure) throw failure
        const operation = replace(
          resource,
          partsOf(resource, estate).filter(other => other !== part),
          estate,
        )
        const location = signedUrl(request, lifecycle.operationPath(resource, 'result', operation.id))
        return { status: 202, headers: { location, ...watch(resource, operation.id, request, estate) } }
      },
    },
    {
      ...common,
      method: 'GET',
      path: all,
      action: `${type}/read`,
      answer: (request, estate) => ({ status: 200, body: { value: partsOf(requireOwner(request, estate), estate) } }),
    },
  ]

  function requireOwner({ path, parameters }: ArmRequest, estate: Estate): Resource {
    const id = path.slice(0, path.toLowerCase().lastIndexOf(`/${collection.toLowerCase()}`))
    const resource = findResource(estate, id)
    if (!resource || resource.deletion)
      throw resourceNotFound(owner, parameters['name'] ?? '', parameters['group'] ?? '')
    return resource
  }
}

function partName({ parameters }: ArmRequest) {
  return `${parameters['name'] ?? ''}/${parameters['part'] ?? ''}`
}

function same(one: unknown, other: unknown) {
  return String(one).toLowerCase() === String(other).toLowerCase()
}
