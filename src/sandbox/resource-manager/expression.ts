import { invalidTemplate } from './failures.ts'
import type { Json } from './request.ts'
import { isObject } from './request.ts'

/** What a template's expressions can ask for. Each function gets its arguments evaluated. */
export type TemplateFunctions = Readonly<Record<string, (...args: Json[]) => Json>>

/** Evaluates every expression in a value, however deep. Throws InvalidTemplate for one that cannot be evaluated. */
export function evaluateAll(value: Json, functions: TemplateFunctions): Json {
  if (typeof value === 'string') return evaluateText(value, functions)
  if (Array.isArray(value)) return value.map((item: Json) => evaluateAll(item, functions))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluateAll(item, functions)]))
}

/**
 * > [concat(parameters('name'), '-vault')]
 * A text that starts with `[[` is a literal that starts with one bracket.
 */
function evaluateText(text: string, functions: TemplateFunctions): Json {
  if (!text.startsWith('[') || !text.endsWith(']')) return text
  if (text.startsWith('[[')) return text.slice(1)
  const reader = createReader(text.slice(1, -1))
  const value = readValue(reader, functions)
  if (reader.peek() !== undefined) throw invalidTemplate(`The expression '${text}' is not valid.`)
  return value
}

interface Reader {
  peek(): string | undefined
  next(): string | undefined
}

/** Tokens: 'text' with doubled quotes, whole numbers, names, and ( ) , . [ ] */
function createReader(source: string): Reader {
  const tokens = source.match(/'(?:[^']|'')*'|-?\d+|\w+|[^\s\w]/g) ?? []
  let position = 0
  return { peek: () => tokens[position], next: () => tokens[position++] }
}

/** > resourceGroup().tags['a'].b */
function readValue(reader: Reader, functions: TemplateFunctions): Json {
  let value = readPrimary(reader, functions)
  for (;;) {
    if (reader.peek() === '.') {
      reader.next()
      value = property(value, reader.next() ?? '')
    } else if (reader.peek() === '[') {
      reader.next()
      value = property(value, readValue(reader, functions))
      expect(reader, ']')
    } else {
      return value
    }
  }
}

function readPrimary(reader: Reader, functions: TemplateFunctions): Json {
  const token = reader.next() ?? ''
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
  if (/^-?\d+$/.test(token)) return Number(token)
  const apply = Object.entries(functions).find(([name]) => name.toLowerCase() === token.toLowerCase())?.[1]
  if (!apply) throw invalidTemplate(`The template function '${token}' is not valid, or the sandbox does not know it.`)
  return apply(...readArguments(reader, functions))
}

function readArguments(reader: Reader, functions: TemplateFunctions): Json[] {
  expect(reader, '(')
  const values: Json[] = []
  while (reader.peek() !== ')') {
    if (values.length > 0) expect(reader, ',')
    values.push(readValue(reader, functions))
  }
  reader.next()
  return values
}

function expect(reader: Reader, token: string) {
  const found = reader.next()
  if (found !== token) throw invalidTemplate(`Expected '${token}' in an expression, found '${found ?? 'its end'}'.`)
}

function property(value: Json, key: Json): Json {
  const name = String(key)
  if (Array.isArray(value)) return value[Number(name)] as Json
  if (!isObject(value) || !(name in value))
    throw invalidTemplate(`The language expression property '${name}' doesn't exist.`)
  return value[name]
}
