import type { TemplateFunction } from '../expression.ts'
import { readArguments, type Definition } from './arguments.ts'
import { collections } from './collections.ts'
import { strings } from './strings.ts'
import { values } from './values.ts'

/** The functions whose result depends on their arguments alone, by name in lower case. */
export const pureFunctions: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.entries<Definition>({ ...strings, ...collections, ...values }).map(([name, definition]) => [
    name.toLowerCase(),
    (...args) => definition(readArguments(name, args)),
  ]),
)
