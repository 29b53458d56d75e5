import { foldLabel } from '../plan/label.ts'
import type { ExpectedResource, Plan } from '../plan/plan.ts'
import type { ResourceType, SettingType } from '../plan/resource-type.ts'
import { keysOf } from '../plan/template.ts'
import type { ArticleResult, Comparison, DifferenceCause, ResourceResult } from '../result/result.ts'

/**
 * Compares what an article made on one surface with what it made on another, property by property, as both were read back.
 * The run's own names are folded back to the article's; ids, times and the like are left out. Each difference is
 * explained. Touches nothing.
 */
export function crossCheck(
  articles: readonly ArticleResult[],
  plans: readonly Plan[],
  types: readonly ResourceType[],
): Comparison[] {
  const sides = articles.flatMap(article => {
    const plan = plans.find(each => each.id === article.id)
    return plan ? [{ article, plan, fold: folding(plan) }] : []
  })
  return sides.flatMap((first, at) =>
    sides
      .slice(at + 1)
      .filter(
        second => second.plan.article.path === first.plan.article.path && second.plan.surface !== first.plan.surface,
      )
      .flatMap(second => compareArticles(first, second, types)),
  )
}

interface Side {
  article: ArticleResult
  plan: Plan
  /** A text with the run's own names as the article has them. */
  fold(text: string): string
}

function compareArticles(first: Side, second: Side, types: readonly ResourceType[]): Comparison[] {
  const others = new Map(second.article.resources.map(each => [keyOf(each, second), each]))
  return first.article.resources.flatMap(one => {
    const other = others.get(keyOf(one, first))
    if (!one.snapshot || !other?.snapshot) return []
    const type = types.find(each => each.type.toLowerCase() === one.type.toLowerCase())
    return [compareResources({ ...first, resource: one }, { ...second, resource: other }, type)]
  })
}

function keyOf({ id }: ResourceResult, { fold }: Side): string {
  return fold(id).toLowerCase()
}

type Made = Side & { resource: ResourceResult }

function compareResources(first: Made, second: Made, type: ResourceType | undefined): Comparison {
  const [one, other] = [leavesOf(first), leavesOf(second)]
  const paths = [...new Set([...one.keys(), ...other.keys()])].sort()
  const differing = paths.filter(
    path => !same(one.get(path), other.get(path)) && !isPlural(path, one, other) && !isPlural(path, other, one),
  )
  const differences = differing.map((path): Comparison['differences'][number] => {
    const setting = settingAt(path, type)
    const [a, b] = [one.get(path), other.get(path)]
    return {
      path,
      ...(setting ? { setting } : {}),
      ...(a === undefined ? {} : { first: a }),
      ...(b === undefined ? {} : { second: b }),
      ...explain(path, { first, second, setting, values: [a, b] }),
    }
  })
  const named = differences.some(({ cause }) => cause === 'named')
  return {
    articles: [first.article.id, second.article.id],
    surfaces: [first.plan.surface, second.plan.surface],
    type: first.resource.type,
    name: first.fold(first.resource.name),
    status: differences.length === 0 ? 'equal' : named ? 'differs' : 'explained',
    equal: paths.length - differing.length,
    differences,
  }
}

function explain(
  path: string,
  {
    first,
    second,
    setting,
    values: [one, other],
  }: { first: Made; second: Made; setting: string | undefined; values: [string | undefined, string | undefined] },
): { cause: DifferenceCause; explanation: string } {
  const named = [first, second].flatMap(made => namedAt(path, made))[0]
  if (named !== undefined)
    return { cause: 'named', explanation: `The article names “${named}”: one of the two is not what it says.` }
  if (isMadeUp(one) && isMadeUp(other))
    return { cause: 'service', explanation: 'The service makes it up anew for each resource.' }
  const words = [holding(one, first.plan.surface), holding(other, second.plan.surface)].join(', ')
  if (setting !== undefined || [first, second].some(made => isSent(path, made)))
    return {
      cause: 'default',
      explanation: `${setting === undefined ? 'No sentence names it' : `No sentence names “${setting}”`}: each surface has a default of its own (${words}).`,
    }
  if (one === undefined || other === undefined)
    return {
      cause: 'form',
      explanation: `Only one surface asks for it (${words}); no resource type’s file speaks of it.`,
    }
  return { cause: 'service', explanation: `Nobody asks for it: the service decides (${words}).` }
}

function holding(value: string | undefined, surface: string): string {
  return value === undefined ? `nothing on ${surface}` : `${value} on ${surface}`
}

/** The setting that the article gives a value for at a path, or around it. */
function namedAt(path: string, made: Made): string[] {
  return (expectedOf(made)?.properties ?? []).flatMap(each =>
    !each.path.includes(' > ') && covers(each.path, path) ? [each.setting] : [],
  )
}

function settingAt(path: string, type: ResourceType | undefined): string | undefined {
  const at = (setting: SettingType) =>
    setting.of === undefined && [setting.path, setting.read].some(each => each !== undefined && covers(each, path))
  return type?.settings.find(at)?.setting[0]
}

/** Whether the request of the surface that sends one itself has something there. */
function isSent(path: string, made: Made): boolean {
  if (made.plan.surface !== 'arm') return false
  const expected = expectedOf(made)
  return expected !== undefined && [...leaves(expected.body)].some(([sent]) => covers(sent, path))
}

function expectedOf({ plan, resource }: Made): ExpectedResource | undefined {
  return plan.resources.findLast(
    ({ id }) =>
      id.replace('{subscription}', '').toLowerCase() ===
      resource.id.replace(/^(\/subscriptions\/)[^/]+/i, '$1').toLowerCase(),
  )
}

/** `properties.subnets.name=front` and `properties.subnets.0` both speak of `properties.subnets[front].name`. */
function covers(wide: string, path: string): boolean {
  const outer = keysOf(wide.split(' > ')[0] ?? wide).map(key => key.replace(/^name=/, ''))
  const inner = keysOf(path)
  return outer.every(
    (key, at) =>
      foldLabel(key) === foldLabel(inner[at] ?? '') || (/^\d+$/.test(key) && at > 0 && inner[at] !== undefined),
  )
}

/** Every value in a resource by its path, as text, in the article's names. Of lists of things with names, each is known by its name. */
function leavesOf({ resource, fold }: Made): Map<string, string> {
  const { id: _, name: __, type: ___, ...rest } = resource.snapshot ?? {}
  return new Map([...leaves(rest)].map(([path, value]) => [fold(path), fold(value)]))
}

function* leaves(value: unknown, path: readonly string[] = []): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null) {
    if (value !== null && value !== undefined) yield [path.join('.'), String(value)]
    return
  }
  for (const [key, each] of Object.entries(value)) {
    if (isOwn(key)) continue
    const name = Array.isArray(value) ? (each as { name?: unknown } | null)?.name : undefined
    const step = typeof name === 'string' ? name : key
    yield* leaves(each, [...path, step.replaceAll('.', '\\.')])
  }
}

/** Properties that are another thing's every time, and say nothing about what was asked for. */
function isOwn(key: string): boolean {
  return /^(?:etag|vmId|instanceId|principalId|uniqueId|uniqueIdentifier|resourceGuid|systemData|provisioningState|macAddress|ipAddress|managedBy|.*(?:Time|Timestamp|Date|Guid|TimeUtc))$|^(?:time|date)(?:Created|Updated|Modified)$/i.test(
    key,
  )
}

/** What nobody types: a GUID, a time, a long hexadecimal number, or a name that ends in one. */
function isMadeUp(value: string | undefined): boolean {
  return (
    value !== undefined &&
    (/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,}/i.test(value) || /^\d{4}-\d\d-\d\dT/.test(value))
  )
}

/** A single value and a list of one under the plural of its key say the same: `addressPrefix`, `addressPrefixes`. */
function isPlural(path: string, one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  const matches = (single: string, value: string | undefined, there: ReadonlyMap<string, string>) =>
    value !== undefined &&
    ['s', 'es'].some(
      ending => same(there.get(`${single}${ending}.0`), value) && there.get(`${single}${ending}.1`) === undefined,
    )
  const [, single] = /^(.*?)e?s\.0$/.exec(path) ?? []
  if (single === undefined) return other.get(path) === undefined && matches(path, one.get(path), other)
  return one.get(path) === undefined && matches(single, one.get(single), other)
}

function same(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase()
}

/** Own names go back to the article's; of a name that was made up for the run, the run's id is taken off. */
function folding({ names, run }: Plan): (text: string) => string {
  const own = Object.entries(names).sort(([, a], [, b]) => b.length - a.length)
  const id = new RegExp(`[-_]?${run}`, 'gi')
  return text => {
    const folded = own.reduce(
      (folding, [name, its]) =>
        folding.replace(new RegExp(its.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'gi'), () => name),
      text,
    )
    return folded.replace(id, '').replace(/^\/subscriptions\/[^/]+(?=\/)/i, '/subscriptions/{subscription}')
  }
}
