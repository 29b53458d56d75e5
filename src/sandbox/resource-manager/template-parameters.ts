import type { TemplateFunctions } from './expression.ts'
import { evaluateAll } from './expression.ts'
import { invalidTemplate } from './failures.ts'
import type { Json, JsonObject } from './request.ts'
import { isObject, textAt } from './request.ts'
import { same } from './template-functions/collections.ts'
import { defaultFunctions } from './template-functions/default-functions.ts'

export interface TemplateParameter {
  name: string
  /** As the template writes it: `string`, `secureString`. */
  type: string
  value: Json
}

/**
 * What a template's parameters are: given, or by default, and within their rules (Learn, `azure-resource-manager/templates/parameters`).
 * By name in lower case. Throws InvalidTemplate.
 */
export function readParameters(
  definitions: JsonObject,
  given: JsonObject,
  scope: TemplateFunctions,
): Map<string, TemplateParameter> {
  const known = new Set(Object.keys(definitions).map(name => name.toLowerCase()))
  const unknown = Object.keys(given).filter(name => !known.has(name.toLowerCase()))
  if (unknown.length > 0)
    throw invalidTemplate(
      `The template parameters '${unknown.join(', ')}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '${Object.keys(definitions).join(', ')}'. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
    )
  const values = new Map<string, TemplateParameter>()
  const functions = new Map([...scope, ...defaultFunctions])
  // A default may build on the parameters before it.
  functions.set('parameters', name => {
    const parameter = values.get(String(name).toLowerCase())
    if (!parameter) throw invalidTemplate(`The template parameter '${String(name)}' is not found.`)
    return parameter.value
  })
  for (const [name, definition] of Object.entries(definitions)) {
    const rules = isObject(definition ?? null) ? (definition as JsonObject) : {}
    const own = Object.entries(given).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1]
    const value = valueOf(name, own, rules, functions)
    const type = textAt(rules, 'type') ?? 'string'
    checkType(name, type, value)
    checkRules(name, value, rules)
    values.set(name.toLowerCase(), { name, type, value })
  }
  return values
}

/** As a deployment shows them: nobody gets to see a secret again. */
export function shownParameters(parameters: ReadonlyMap<string, TemplateParameter>): JsonObject {
  return Object.fromEntries(
    [...parameters.values()].map(({ name, type, value }) => [
      name,
      { type: shownType(type), ...(/^secure/i.test(type) ? {} : { value }) },
    ]),
  )
}

const shownType = (type: string) => type.charAt(0).toUpperCase() + type.slice(1)

function valueOf(name: string, given: Json, rules: JsonObject, functions: TemplateFunctions): Json {
  const asked = isObject(given ?? null) ? (given as JsonObject) : undefined
  if (asked && 'value' in asked) return asked['value']
  if (asked && 'reference' in asked)
    throw invalidTemplate(`The sandbox has no key vaults: it can't look up the template parameter '${name}'.`)
  if ('defaultValue' in rules) return evaluateAll(rules['defaultValue'], functions)
  if (rules['nullable'] === true) return null
  throw invalidTemplate(
    `The value for the template parameter '${name}' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
  )
}

const kinds: ReadonlyMap<string, (value: Json) => boolean> = new Map(
  Object.entries<(value: Json) => boolean>({
    string: value => typeof value === 'string',
    securestring: value => typeof value === 'string',
    int: value => typeof value === 'number' && Number.isInteger(value),
    bool: value => typeof value === 'boolean',
    array: value => Array.isArray(value),
    object: value => isObject(value ?? null),
    secureobject: value => isObject(value ?? null),
  }),
)

function checkType(name: string, type: string, value: Json) {
  const fits = kinds.get(type.toLowerCase())
  if (!fits)
    throw invalidTemplate(
      `The template parameter '${name}' has the type '${type}', which is none of ${[...kinds.keys()].join(', ')}.`,
    )
  if (value === null || fits(value)) return
  throw invalidTemplate(
    `The provided value for the template parameter '${name}' is not valid. Expected a value of type '${shownType(type)}', but received a value of type '${typeof value}'. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
  )
}

function checkRules(name: string, value: Json, rules: JsonObject) {
  const wrong = (why: string) =>
    invalidTemplate(`The provided value for the template parameter '${name}' is not valid. ${why}`)
  const allowed = rules['allowedValues']
  if (Array.isArray(allowed)) {
    const asked = Array.isArray(value) ? value : [value]
    const other = asked.find((one: Json) => !allowed.some((kept: Json) => same(kept, one)))
    if (other !== undefined)
      throw wrong(
        `The value '${String(other)}' is not part of the allowed value(s): '${allowed.map(String).join(',')}'.`,
      )
  }
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : undefined
  const bounds = (key: string) => (typeof rules[key] === 'number' ? rules[key] : undefined)
  const [least, most] = [bounds('minLength'), bounds('maxLength')]
  if (size !== undefined && least !== undefined && size < least)
    throw wrong(`Length of the value should be greater than or equal to '${least}'.`)
  if (size !== undefined && most !== undefined && size > most)
    throw wrong(`Length of the value should be less than or equal to '${most}'.`)
  const [lowest, highest] = [bounds('minValue'), bounds('maxValue')]
  if (typeof value === 'number' && lowest !== undefined && value < lowest)
    throw wrong(`The value should be greater than or equal to '${lowest}'.`)
  if (typeof value === 'number' && highest !== undefined && value > highest)
    throw wrong(`The value should be less than or equal to '${highest}'.`)
}
