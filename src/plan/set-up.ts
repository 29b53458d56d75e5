import type { Place } from '../article/article.ts'
import { groupIdOf } from './describe-resources.ts'
import { withOwnNames, type Names } from './own-names.ts'
import type { ExpectedResource } from './plan.ts'
import type { ResourceType } from './resource-type.ts'
import type { SetUpEntry } from './runbook.ts'

const groupType = 'Microsoft.Resources/resourceGroups'

/** Names that set-up makes, with the rules of their types: each run has its own. */
export function setUpNames(
  entries: readonly SetUpEntry[],
  types: readonly ResourceType[],
): { name: string; rules: { maxLength: number; separator: string } }[] {
  return entries.flatMap(({ type, name, resourceGroup }) => [
    ...(resourceGroup === undefined ? [] : [{ name: resourceGroup, rules: rulesOf(groupType, types) }]),
    { name, rules: rulesOf(type, types) },
  ])
}

/** What set-up puts in place, in order; a resource group comes before the first thing in it. */
export function describeSetUp(
  entries: readonly SetUpEntry[],
  { names, types, place }: { names: Names; types: readonly ResourceType[]; place: Place },
): ExpectedResource[] {
  const made = new Map<string, ExpectedResource>()
  const add = (resource: ExpectedResource) => {
    if (!made.has(resource.id.toLowerCase())) made.set(resource.id.toLowerCase(), resource)
  }
  for (const entry of entries) {
    const { type: named, apiVersion, name, resourceGroup, location, id, ...body } = entry
    const known = types.find(each => each.type.toLowerCase() === named.toLowerCase())
    const type = known?.type ?? named
    const version = apiVersion ?? known?.apiVersion
    const own = withOwnNames(name, names)
    const group = resourceGroup === undefined ? undefined : withOwnNames(resourceGroup, names)
    const region = location === undefined ? {} : { location: { setting: 'location', value: location, place } }
    const common = { properties: [], unmapped: [], missing: [], unsaid: [], place }
    if (group !== undefined && location !== undefined)
      add({
        ...common,
        ...region,
        type: groupType,
        apiVersion: '2021-04-01',
        name: group,
        id: groupIdOf(group),
        body: {},
      })
    add({
      ...common,
      ...(isPlaceless(type) ? {} : region),
      type,
      ...(version === undefined ? {} : { apiVersion: version }),
      name: own,
      ...(group === undefined ? {} : { resourceGroup: group }),
      id: id === undefined ? idOf(type, own, group) : withOwnNames(id, names),
      body: renamed(body, names) as Record<string, unknown>,
    })
  }
  return [...made.values()]
}

/** A deployment is where its group is. */
function isPlaceless(type: string): boolean {
  return type.toLowerCase() === 'microsoft.resources/deployments'
}

/** > | Microsoft.Network/virtualNetworks/subnets, net1/front: …/virtualNetworks/net1/subnets/front */
function idOf(type: string, name: string, group: string | undefined): string {
  if (group === undefined) return groupIdOf(name)
  const [namespace = '', ...types] = type.split('/')
  const names = name.split('/')
  const path = types.map((each, at) => `${each}/${names[at] ?? ''}`).join('/')
  return `${groupIdOf(group)}/providers/${namespace}/${path}`
}

function rulesOf(type: string, types: readonly ResourceType[]): { maxLength: number; separator: string } {
  return types.find(each => each.type.toLowerCase() === type.toLowerCase())?.name ?? { maxLength: 60, separator: '-' }
}

function renamed(data: unknown, names: Names): unknown {
  if (typeof data === 'string') return withOwnNames(data, names)
  if (Array.isArray(data)) return data.map(each => renamed(each, names))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, renamed(value, names)]))
}
