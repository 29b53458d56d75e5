import { invalidTemplate } from '../failures.ts'
import type { Json } from '../request.ts'
import type { Arguments, Definition } from './arguments.ts'
import { same } from './collections.ts'

/** Logic, comparison, numbers and conversion (Learn, `template-functions-logical`, `-comparison`, `-numeric`). */
export const values: Readonly<Record<string, Definition>> = {
  and: args => args.all.every((_, at) => args.boolean(at)),
  or: args => args.all.some((_, at) => args.boolean(at)),
  not: args => !args.boolean(0),
  true: () => true,
  false: () => false,
  null: () => null,
  bool(args) {
    const value = args.any(0)
    if (typeof value === 'boolean') return value
    if (typeof value === 'number') return value !== 0
    const text = args.text(0).toLowerCase()
    if (text === 'true' || text === '1') return true
    if (text === 'false' || text === '0') return false
    throw invalidTemplate(`The template function 'bool' can't read '${text}'.`)
  },
  int(args) {
    const value = Number(args.any(0))
    if (Number.isSafeInteger(value)) return value
    throw invalidTemplate(`The template function 'int' can't read '${String(args.any(0))}'.`)
  },
  json(args) {
    try {
      return JSON.parse(args.text(0)) as Json
    } catch {
      throw invalidTemplate("The template function 'json' expects a text in the format of JSON.")
    }
  },
  coalesce: args => args.all.find(value => value !== null && value !== undefined) ?? null,
  equals: args => same(args.any(0), args.any(1)),
  less: args => order(args) < 0,
  lessOrEquals: args => order(args) <= 0,
  greater: args => order(args) > 0,
  greaterOrEquals: args => order(args) >= 0,
  add: args => args.number(0) + args.number(1),
  sub: args => args.number(0) - args.number(1),
  mul: args => args.number(0) * args.number(1),
  div: args => Math.trunc(args.number(0) / divisor(args)),
  mod: args => args.number(0) % divisor(args),
}

function order(args: Arguments): number {
  if (typeof args.any(0) === 'number') return args.number(0) - args.number(1)
  const [one, other] = [args.text(0), args.text(1)]
  return one < other ? -1 : one > other ? 1 : 0
}

function divisor(args: Arguments): number {
  if (args.number(1) === 0) throw invalidTemplate('A template expression divides by zero.')
  return args.number(1)
}
