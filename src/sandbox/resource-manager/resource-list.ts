import { resourcesVersions } from './api-version.ts'
import type { Estate, Resource } from './estate.ts'
import { readFilter } from './filter.ts'
import { normalizeLocation } from './location.ts'
import { page } from './paging.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from './request.ts'
import { tagOf } from './request.ts'
import type { Route } from './route.ts'

/**
 * The generic lists. Unlike a resource's own address they still show what is being deleted (azure-facts.md §4.5), and
 * of each resource only what they all have.
 */
export const resourceListRoutes: readonly Route[] = [
  '/subscriptions/:subscription/resources',
  '/subscriptions/:subscription/resourcegroups/:group/resources',
].map(path => ({
  method: 'GET',
  path,
  apiVersions: resourcesVersions,
  action: 'Microsoft.Resources/subscriptions/resources/read',
  answer: list,
}))

function list(request: ArmRequest, estate: Estate): ArmAnswer {
  const wanted = readFilter(request.query('$filter'))
  const group = request.parameters['group'] ?? wanted.get('resourcegroup')
  const part = /substringof\('((?:[^']|'')*)',\s*name\)/i.exec(request.query('$filter') ?? '')?.[1]
  const found = [...estate.resources.values()].filter(
    resource =>
      same(resource.group, group) &&
      same(resource.type, wanted.get('resourcetype')) &&
      same(resource.name, wanted.get('name')) &&
      same(resource.location, wanted.get('location') && normalizeLocation(wanted.get('location') ?? '')) &&
      (!part || resource.name.toLowerCase().includes(part.toLowerCase())) &&
      hasTag(resource, wanted),
  )
  const expand = new Set((request.query('$expand') ?? '').split(/,\s*/))
  return page(
    request,
    found.map(resource => describe(resource, expand)),
  )
}

function same(value: string, wanted: string | undefined) {
  return wanted === undefined || value.toLowerCase() === wanted.toLowerCase()
}

function hasTag({ tags }: Resource, wanted: Map<string, string>) {
  const name = wanted.get('tagname')
  if (name === undefined) return true
  const value = tagOf(tags, name)
  return value !== undefined && (!wanted.has('tagvalue') || value === wanted.get('tagvalue'))
}

function describe(resource: Resource, expand: Set<string>): JsonObject {
  const { id, name, type, location, sku, kind, identity, tags } = resource
  return {
    id,
    name,
    type,
    ...(sku ? { sku } : {}),
    ...(kind ? { kind } : {}),
    ...(identity ? { identity } : {}),
    location,
    ...(tags ? { tags } : {}),
    ...(expand.has('createdTime') ? { createdTime: resource.createdTime.toISOString() } : {}),
    ...(expand.has('changedTime') ? { changedTime: resource.changedTime.toISOString() } : {}),
    ...(expand.has('provisioningState') ? { provisioningState: resource.provisioningState } : {}),
  }
}
