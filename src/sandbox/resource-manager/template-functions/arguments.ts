import { invalidTemplate } from '../failures.ts'
import type { Json, JsonObject } from '../request.ts'
import { isObject } from '../request.ts'

/** What a function of the template language expects of its arguments; everything else is InvalidTemplate. */
export interface Arguments {
  text(at: number): string
  number(at: number): number
  boolean(at: number): boolean
  list(at: number): readonly Json[]
  object(at: number): JsonObject
  any(at: number): Json
  /** Whether there is one at all. */
  has(at: number): boolean
  all: readonly Json[]
}

export function readArguments(name: string, all: readonly Json[]): Arguments {
  const wrong = (at: number, kind: string) =>
    invalidTemplate(
      `The template language function '${name}' expects its argument ${at + 1} to be ${kind}. The provided value is of type '${typeName(all[at])}'.`,
    )
  return {
    all,
    has: at => all[at] !== undefined,
    any(at) {
      if (at >= all.length) throw invalidTemplate(`The template function '${name}' expects more arguments.`)
      return all[at]
    },
    text(at) {
      const value = all[at]
      if (typeof value !== 'string') throw wrong(at, 'a string')
      return value
    },
    number(at) {
      const value = all[at]
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(at, 'an integer')
      return value
    },
    boolean(at) {
      const value = all[at]
      if (typeof value !== 'boolean') throw wrong(at, 'a boolean')
      return value
    },
    list(at) {
      const value = all[at]
      if (!Array.isArray(value)) throw wrong(at, 'an array')
      return value as readonly Json[]
    },
    object(at) {
      const value = all[at] ?? null
      if (!isObject(value)) throw wrong(at, 'an object')
      return value
    },
  }
}

function typeName(value: Json): string {
  if (value === null || value === undefined) return 'Null'
  if (Array.isArray(value)) return 'Array'
  return { string: 'String', number: 'Integer', boolean: 'Boolean' }[typeof value as string] ?? 'Object'
}

/** A function of the template language, with its arguments checked. */
export type Definition = (args: Arguments) => Json
