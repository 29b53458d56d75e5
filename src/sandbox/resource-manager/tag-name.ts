import { resourcesVersions } from './api-version.ts'
import type { Estate } from './estate.ts'
import { tagNameInUse, tagNameNotFound } from './failures.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from './request.ts'
import type { Route } from './route.ts'

const name = '/subscriptions/:subscription/tagNames/:tag'
const common = { apiVersions: resourcesVersions }
const action = (verb: string) => `Microsoft.Resources/subscriptions/tagNames/${verb}`

/** The names of tags: in use, or made known beforehand (`tags.createOrUpdate` and `tags.delete` of arm-resources). */
export const tagNameRoutes: readonly Route[] = [
  {
    ...common,
    method: 'GET',
    path: '/subscriptions/:subscription/tagNames',
    action: action('read'),
    answer: (_request, estate) => ({ status: 200, body: { value: describeNames(estate) } }),
  },
  { ...common, method: 'PUT', path: name, action: action('write'), answer: putName },
  { ...common, method: 'DELETE', path: name, action: action('delete'), answer: deleteName },
  { ...common, method: 'PUT', path: `${name}/tagValues/:value`, action: action('tagValues/write'), answer: putValue },
  {
    ...common,
    method: 'DELETE',
    path: `${name}/tagValues/:value`,
    action: action('tagValues/delete'),
    answer: deleteValue,
  },
]

function putName({ parameters }: ArmRequest, estate: Estate): ArmAnswer {
  const asked = parameters['tag'] ?? ''
  const created = keyOf(asked, estate.tagNames) === undefined
  if (created) estate.tagNames.set(asked, new Set())
  return { status: created ? 201 : 200, body: described(asked, estate) }
}

function deleteName({ parameters }: ArmRequest, estate: Estate): ArmAnswer {
  const asked = parameters['tag'] ?? ''
  const known = keyOf(asked, estate.tagNames)
  const usedBy = keyOf(asked, countTags(estate))
  if (usedBy !== undefined) throw tagNameInUse(usedBy)
  if (known === undefined) return { status: 204 }
  estate.tagNames.delete(known)
  return { status: 200 }
}

function putValue({ parameters }: ArmRequest, estate: Estate): ArmAnswer {
  const [asked, value] = [parameters['tag'] ?? '', parameters['value'] ?? '']
  const known = keyOf(asked, estate.tagNames)
  if (known === undefined) throw tagNameNotFound(asked)
  const values = estate.tagNames.get(known) ?? new Set()
  const created = !values.has(value)
  estate.tagNames.set(known, values.add(value))
  const root = `/subscriptions/${estate.subscription}/tagNames/${known}`
  const count = countTags(estate).get(known)?.get(value) ?? 0
  return { status: created ? 201 : 200, body: describeValue(root, value, count) }
}

function deleteValue({ parameters }: ArmRequest, estate: Estate): ArmAnswer {
  const [asked, value] = [parameters['tag'] ?? '', parameters['value'] ?? '']
  const known = keyOf(asked, estate.tagNames)
  const used = countTags(estate).get(keyOf(asked, countTags(estate)) ?? '')
  if (used?.has(value)) throw tagNameInUse(`${asked}:${value}`)
  const gone = known !== undefined && estate.tagNames.get(known)?.delete(value)
  return { status: gone ? 200 : 204 }
}

function described(asked: string, estate: Estate): JsonObject | undefined {
  return describeNames(estate).find(one => String(one['tagName']).toLowerCase() === asked.toLowerCase())
}

function describeNames(estate: Estate): JsonObject[] {
  const counts = countTags(estate)
  for (const [known, values] of estate.tagNames) {
    const key = keyOf(known, counts) ?? known
    const counted = counts.get(key) ?? new Map<string, number>()
    for (const value of values) if (!counted.has(value)) counted.set(value, 0)
    counts.set(key, counted)
  }
  return [...counts].map(([tag, values]) => {
    const root = `/subscriptions/${estate.subscription}/tagNames/${tag}`
    return {
      id: root,
      tagName: tag,
      count: total([...values.values()].reduce((sum, count) => sum + count, 0)),
      values: [...values].map(([value, count]) => describeValue(root, value, count)),
    }
  })
}

const describeValue = (root: string, value: string, count: number): JsonObject => ({
  id: `${root}/tagValues/${value}`,
  tagValue: value,
  count: total(count),
})

const total = (value: number) => ({ type: 'Total', value })

/** Name -> value -> how many bear it. */
function countTags({ groups, resources }: Estate): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>()
  for (const { tags } of [...groups.values(), ...resources.values()])
    for (const [tag, value] of Object.entries(tags ?? {})) {
      const key = keyOf(tag, counts) ?? tag
      const values = counts.get(key) ?? new Map<string, number>()
      counts.set(key, values.set(value, (values.get(value) ?? 0) + 1))
    }
  return counts
}

/** Names of tags are the same in any case. */
function keyOf(asked: string, names: ReadonlyMap<string, unknown>): string | undefined {
  return [...names.keys()].find(key => key.toLowerCase() === asked.toLowerCase())
}
