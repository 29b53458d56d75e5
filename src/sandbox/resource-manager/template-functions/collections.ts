import { invalidTemplate } from '../failures.ts'
import type { Json, JsonObject } from '../request.ts'
import { isObject } from '../request.ts'
import type { Arguments, Definition } from './arguments.ts'
import { asText } from './as-text.ts'

/** Functions on arrays, objects and, where they take both, text (Learn, `template-functions-array`, `template-functions-object`). */
export const collections: Readonly<Record<string, Definition>> = {
  array: args => (Array.isArray(args.any(0)) ? args.any(0) : [args.any(0)]),
  concat: args =>
    args.all.some(Array.isArray) ? args.all.flatMap((_, at) => [...args.list(at)]) : args.all.map(asText).join(''),
  contains(args) {
    const [whole, part] = [args.any(0), args.any(1)]
    if (typeof whole === 'string') return whole.includes(asText(part))
    if (Array.isArray(whole)) return whole.some(item => same(item, part))
    return Object.keys(args.object(0)).some(key => key.toLowerCase() === asText(part).toLowerCase())
  },
  createArray: args => [...args.all],
  createObject: args =>
    Object.fromEntries(args.all.flatMap((_, at) => (at % 2 === 0 ? [[args.text(at), args.any(at + 1)] as const] : []))),
  empty: args => lengthOf(args, true) === 0,
  first: args => (typeof args.any(0) === 'string' ? args.text(0).slice(0, 1) : (args.list(0)[0] ?? null)),
  indexOf: args =>
    typeof args.any(0) === 'string'
      ? args.text(0).toLowerCase().indexOf(args.text(1).toLowerCase())
      : args.list(0).findIndex(item => same(item, args.any(1))),
  intersection: args =>
    Array.isArray(args.any(0))
      ? args.list(0).filter(item => args.all.every((_, at) => args.list(at).some(other => same(item, other))))
      : Object.fromEntries(
          Object.entries(args.object(0)).filter(([key, item]) =>
            args.all.every((_, at) => Object.hasOwn(args.object(at), key) && same(args.object(at)[key], item)),
          ),
        ),
  last: args => (typeof args.any(0) === 'string' ? args.text(0).slice(-1) : (args.list(0).at(-1) ?? null)),
  length: args => lengthOf(args, false),
  max: args => Math.max(...numbersOf(args)),
  min: args => Math.min(...numbersOf(args)),
  range(args) {
    const [start, count] = [args.number(0), args.number(1)]
    if (count < 0 || count > 10_000)
      throw invalidTemplate("The template function 'range' expects a count of 0 to 10000.")
    return Array.from({ length: count }, (_, index) => start + index)
  },
  skip: args =>
    typeof args.any(0) === 'string'
      ? args.text(0).slice(Math.max(0, args.number(1)))
      : args.list(0).slice(Math.max(0, args.number(1))),
  take: args =>
    typeof args.any(0) === 'string'
      ? args.text(0).slice(0, Math.max(0, args.number(1)))
      : args.list(0).slice(0, Math.max(0, args.number(1))),
  union: args =>
    Array.isArray(args.any(0))
      ? args.all
          .flatMap((_, at) => [...args.list(at)])
          .reduce<Json[]>((kept, item) => (kept.some(other => same(other, item)) ? kept : [...kept, item]), [])
      : args.all.map((_, at) => args.object(at)).reduce(merge, {}),
  items: args => Object.entries(args.object(0)).map(([key, value]) => ({ key, value })),
  objectKeys: args => Object.keys(args.object(0)),
}

function lengthOf(args: Arguments, nothingToo: boolean): number {
  const value = args.any(0)
  if (nothingToo && (value === null || value === undefined)) return 0
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return Object.keys(args.object(0)).length
}

function numbersOf(args: Arguments): number[] {
  const values = Array.isArray(args.any(0)) ? args.list(0) : args.all
  return values.map(value => {
    if (typeof value !== 'number') throw invalidTemplate('The template functions min and max expect integers.')
    return value
  })
}

function merge(one: JsonObject, other: JsonObject): JsonObject {
  return Object.fromEntries([
    ...Object.entries(one),
    ...Object.entries(other).map(([key, value]): [string, Json] => {
      const before = Object.hasOwn(one, key) ? one[key] : undefined
      return [
        key,
        isObject(before ?? null) && isObject(value ?? null) ? merge(before as JsonObject, value as JsonObject) : value,
      ]
    }),
  ])
}

/** Equal as data, whatever the order of keys. */
export function same(one: Json, other: Json): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => same(item as Json, other[at] as Json))
  if (isObject(one ?? null) && isObject(other ?? null)) {
    const [left, right] = [one as JsonObject, other as JsonObject]
    const keys = Object.keys(left)
    return keys.length === Object.keys(right).length && keys.every(key => same(left[key], right[key]))
  }
  return one === other
}
