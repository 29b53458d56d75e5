import { invalidTemplate } from './failures.ts'
import type { Json, JsonObject } from './request.ts'
import { isObject } from './request.ts'

export type TemplateFunction = (...args: Json[]) => Json

/** What a template's expressions can ask for, by name in lower case. */
export type TemplateFunctions = ReadonlyMap<string, TemplateFunction>

/**
 * Evaluates every expression in a value, however deep, and repeats what it says to repeat. Throws InvalidTemplate, also for what
 * grows too large.
 */
export function evaluateAll(value: Json, functions: TemplateFunctions): Json {
  return within(() => evaluateParts(value, functions))
}

function evaluateParts(value: Json, functions: TemplateFunctions): Json {
  if (typeof value === 'string') return evaluateText(value, functions)
  if (Array.isArray(value)) return value.map((item: Json) => evaluateParts(item, functions))
  if (!isObject(value)) return value
  const { copy, ...rest } = value
  const repeated = Array.isArray(copy) ? copy.filter(isObject) : undefined
  const plain = repeated ? rest : value
  return Object.fromEntries([
    ...Object.entries(plain).map(([key, item]): [string, Json] => [
      textOf(key, functions),
      evaluateParts(item, functions),
    ]),
    ...(repeated ?? []).map((loop): [string, Json] => [
      String(loop['name']),
      repeat(loop, functions, (inner, _index) => evaluateAll(loop['input'], inner)),
    ]),
  ])
}

/** Names of properties may be expressions, too: tags. */
function textOf(key: string, functions: TemplateFunctions): string {
  return String(evaluateText(key, functions))
}

/** Azure's own limit (Learn, `azure-resource-manager/templates/copy-resources`). */
const mostCopies = 800
/** Of loops in loops together: the sandbox's own limit, so that a template can't keep it busy. */
const mostTurns = 20_000
const turns = new WeakMap<TemplateFunctions, number>()

/** Calls `each` once for every turn of a loop, with functions that know the turn. Throws InvalidTemplate for a wrong count. */
export function repeat<Value>(
  loop: JsonObject,
  functions: TemplateFunctions,
  each: (functions: TemplateFunctions, index: number) => Value,
): Value[] {
  const count = evaluateAll(loop['count'], functions)
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > mostCopies)
    throw invalidTemplate(
      `The template 'copy' definition '${String(loop['name'])}' has an invalid copy count '${String(count)}'. The copy count must be a positive integer value and cannot exceed ${mostCopies}.`,
    )
  const together = count * (turns.get(functions) ?? 1)
  if (together > mostTurns) throw invalidTemplate(`The template repeats something ${together} times.`)
  return Array.from({ length: count }, (_, index) => {
    const inner = withTurn(String(loop['name']), index, functions)
    turns.set(inner, together)
    return each(inner, index)
  })
}

// > copyIndex(), copyIndex(1), copyIndex('loop'), copyIndex('loop', 1)
function withTurn(name: string, index: number, functions: TemplateFunctions): TemplateFunctions {
  const outer = functions.get('copyindex')
  const copyIndex: TemplateFunction = (...args) => {
    const [first, second] = args
    if (typeof first === 'string' && first.toLowerCase() !== name.toLowerCase()) {
      if (outer) return outer(...args)
      throw invalidTemplate(`The template function 'copyIndex' names the loop '${first}', which isn't around it.`)
    }
    const offset = typeof first === 'string' ? second : first
    return index + (typeof offset === 'number' ? offset : 0)
  }
  return new Map([...functions, ['copyindex', copyIndex]])
}

/** What an evaluated expression may have at most (Learn, `azure-resource-manager/templates/best-practices`). Characters. */
const longest = 131_072

/**
 * > [concat(parameters('name'), '-vault')]
 * A text that starts with `[[` is a literal that starts with one bracket.
 */
function evaluateText(text: string, functions: TemplateFunctions): Json {
  if (!text.startsWith('[') || !text.endsWith(']')) return text
  if (text.startsWith('[[')) return text.slice(1)
  const reader = createReader(text.slice(1, -1))
  const node = readNode(reader, 0)
  if (reader.peek() !== undefined) throw invalidTemplate(`The expression '${text}' is not valid.`)
  const value = evaluate(node, functions)
  if (typeof value === 'string' && value.length > longest)
    throw invalidTemplate(`The expression evaluates to ${value.length} characters. At most ${longest} are allowed.`)
  return value
}

type Node =
  | { type: 'literal'; value: Json }
  | { type: 'call'; name: string; args: Node[] }
  | { type: 'member'; of: Node; key: Node }

function evaluate(node: Node, functions: TemplateFunctions): Json {
  if (node.type === 'literal') return node.value
  if (node.type === 'member') return property(evaluate(node.of, functions), evaluate(node.key, functions))
  const name = node.name.toLowerCase()
  if (name === 'if') return evaluateIf(node.args, functions)
  const apply = functions.get(name)
  if (!apply)
    throw invalidTemplate(`The template function '${node.name}' is not valid, or the sandbox does not know it.`)
  const args: Json[] = []
  for (const argument of node.args) args.push(evaluate(argument, functions))
  return within(() => apply(...args))
}

/** What a template may have when its expressions are evaluated (Learn, `templates/best-practices`: 4 MB). Characters. */
const largest = 4 * 1024 * 1024

/** Refuses what would become larger than a template can be: a few lines can double something forty times. */
function within(make: () => Json): Json {
  let size = Infinity
  try {
    const value = make()
    size = sizeOf(value)
    if (size <= largest) return value
  } catch (error) {
    // A text that is longer than JavaScript's longest.
    if (!(error instanceof RangeError)) throw error
  }
  throw invalidTemplate(
    `The template has more than ${largest} characters when its expressions are evaluated. At most ${largest} are allowed.`,
  )
}

const sizes = new WeakMap<object, number>()

/** Characters, about. What stands in several places counts as often, and is counted once. */
function sizeOf(value: Json): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  const known = sizes.get(value)
  if (known !== undefined) return known
  const parts: Json[] = Array.isArray(value) ? value : Object.values(value)
  const size = parts.reduce<number>((sum, part) => sum + 1 + sizeOf(part), 1)
  sizes.set(value, size)
  return size
}

/** Only the branch that counts is evaluated. */
function evaluateIf([condition, yes, no]: Node[], functions: TemplateFunctions): Json {
  if (!condition || !yes || !no) throw invalidTemplate("The template function 'if' expects three arguments.")
  const asked = evaluate(condition, functions)
  if (typeof asked !== 'boolean')
    throw invalidTemplate("The template language function 'if' expects its first argument to be a boolean.")
  return evaluate(asked ? yes : no, functions)
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

/** Deeper expressions are nobody's, and would end the program. */
const deepest = 100

/** > resourceGroup().tags['a'].b */
function readNode(reader: Reader, depth: number): Node {
  if (depth > deepest) throw invalidTemplate('An expression is nested too deeply.')
  let node = readPrimary(reader, depth)
  for (;;) {
    if (reader.peek() === '.') {
      reader.next()
      node = { type: 'member', of: node, key: { type: 'literal', value: reader.next() ?? '' } }
    } else if (reader.peek() === '[') {
      reader.next()
      node = { type: 'member', of: node, key: readNode(reader, depth + 1) }
      expect(reader, ']')
    } else {
      return node
    }
  }
}

function readPrimary(reader: Reader, depth: number): Node {
  const token = reader.next() ?? ''
  if (token.startsWith("'") && token.length > 1)
    return { type: 'literal', value: token.slice(1, -1).replaceAll("''", "'") }
  if (/^-?\d+$/.test(token)) return { type: 'literal', value: Number(token) }
  if (!/^\w+$/.test(token)) throw invalidTemplate(`Unexpected '${token}' in an expression.`)
  expect(reader, '(')
  const args: Node[] = []
  while (reader.peek() !== ')') {
    if (args.length > 0) expect(reader, ',')
    args.push(readNode(reader, depth + 1))
  }
  reader.next()
  return { type: 'call', name: token, args }
}

function expect(reader: Reader, token: string) {
  const found = reader.next()
  if (found !== token) throw invalidTemplate(`Expected '${token}' in an expression, found '${found ?? 'its end'}'.`)
}

/** Names of properties are found in any case. */
function property(value: Json, key: Json): Json {
  if (Array.isArray(value)) {
    const at = Number(key)
    if (Number.isInteger(at) && at >= 0 && at < value.length) return value[at] as Json
    throw invalidTemplate(`The language expression property array index '${String(key)}' is out of bounds.`)
  }
  const name = String(key).toLowerCase()
  const found = isObject(value) ? Object.keys(value).find(one => one.toLowerCase() === name) : undefined
  if (!isObject(value) || found === undefined)
    throw invalidTemplate(`The language expression property '${String(key)}' doesn't exist.`)
  return value[found]
}
