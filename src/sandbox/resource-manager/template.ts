import { createHash } from 'node:crypto'
import type { Estate, ResourceGroup } from './estate.ts'
import { groupId } from './estate.ts'
import type { TemplateFunctions } from './expression.ts'
import { evaluateAll, repeat } from './expression.ts'
import { invalidTemplate } from './failures.ts'
import type { Json, JsonObject } from './request.ts'
import { isObject, objectAt, textAt } from './request.ts'
import { resourceId, scopeFunctions } from './template-functions/scope-functions.ts'
import { NotYet, runtimeFunctions } from './template-functions/runtime-functions.ts'
import { readParameters, shownParameters } from './template-parameters.ts'

/** One resource that a template declares. */
export interface DeclaredResource {
  id: string
  /** `Microsoft.RecoveryServices/vaults` */
  type: string
  name: string
  apiVersion: string
  /** As far as it is known before anything is made: without what only other resources tell. */
  body: JsonObject
  /** All of it, when everything that it depends on is there. Throws an ArmFailure. */
  finalBody(): JsonObject
  /** Ids of declared resources that come first. */
  dependsOn: readonly string[]
}

export interface Template {
  resources: readonly DeclaredResource[]
  /** With types, as a deployment shows them: without secrets. */
  parameters: JsonObject
  /** With types and values, when everything is there. Throws an ArmFailure. */
  outputs(): JsonObject
  hash: string
}

/** What a template is read for. */
export interface TemplatePlace {
  group: ResourceGroup
  estate: Estate
  /** The deployment's name. */
  deployment: string
}

/**
 * Reads an inline template for a resource group (Learn, `azure-resource-manager/templates/syntax`): loops, conditions, resources
 * in resources, and those with symbolic names, as Bicep writes them. Throws InvalidTemplate.
 */
export function readTemplate(properties: JsonObject, place: TemplatePlace): Template {
  const template = objectAt(properties, 'template')
  const sources = sourcesOf(template)
  const scope = scopeFunctions(place)
  const parameters = readParameters(objectAt(template, 'parameters'), objectAt(properties, 'parameters'), scope)
  const known = new Map([...scope, ['parameters', parameterFunction(parameters)] as const])
  known.set('variables', variableFunction(objectAt(template, 'variables'), known))

  const drafts = sources.flatMap(source => readResource(source, undefined, known, place))
  const symbols = new Map(drafts.flatMap(({ symbol, id }) => (symbol === undefined ? [] : [[symbol, id] as const])))
  const deployed = drafts.filter(({ exists }) => !exists)
  const resources = deployed.map(draft => complete(draft, { drafts, deployed, symbols, place }))
  checkCycles(resources)
  const runtime = (functions: TemplateFunctions) =>
    new Map([...functions, ...runtimeFunctions({ place, drafts, symbols, asked: undefined })])
  return {
    resources,
    parameters: shownParameters(parameters),
    outputs: () => readOutputs(objectAt(template, 'outputs'), runtime(known)),
    hash: BigInt('0x' + createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 16)).toString(),
  }
}

interface Source {
  /** In templates with symbolic names. */
  symbol: string | undefined
  declared: JsonObject
}

function sourcesOf(template: JsonObject): Source[] {
  const { resources } = template
  if (Array.isArray(resources))
    return resources.filter(isObject).map((declared: JsonObject) => ({ symbol: undefined, declared }))
  if (isObject(resources ?? null))
    return Object.entries(resources as JsonObject).flatMap(([symbol, declared]) =>
      isObject(declared ?? null) ? [{ symbol, declared: declared as JsonObject }] : [],
    )
  throw invalidTemplate("Required property 'resources' not found in JSON. Path ''.")
}

/** A resource before it is known which others it waits for. */
export interface Draft {
  symbol: string | undefined
  id: string
  type: string
  name: string
  apiVersion: string
  source: JsonObject
  functions: TemplateFunctions
  /** Names, ids and symbols. */
  references: readonly string[]
  /** The loop that made it. */
  loop: string | undefined
  /** `condition` was false, or it only stands for one that exists. */
  exists: boolean
}

/** `parent` is the resource in whose `resources` it stands. */
function readResource(
  { symbol, declared }: Source,
  parent: { type: string; name: string } | undefined,
  functions: TemplateFunctions,
  place: TemplatePlace,
): Draft[] {
  const { copy } = declared
  if (isObject(copy ?? null)) {
    const { copy: loop, ...once } = declared
    return repeat(loop as JsonObject, functions, inner =>
      readResource({ symbol, declared: once }, parent, inner, place).map(draft => ({
        ...draft,
        loop: String((loop as JsonObject)['name']),
      })),
    ).flat()
  }
  const early = (key: string) => evaluateAll(declared[key], functions)
  const [own, named, apiVersion] = [early('type'), early('name'), early('apiVersion')]
  if (typeof own !== 'string' || typeof named !== 'string' || typeof apiVersion !== 'string')
    throw invalidTemplate("A resource needs the properties 'type', 'apiVersion' and 'name'.")
  const type = parent && !isBelow(own, parent.type) ? `${parent.type}/${own}` : own
  const name = parent && !isBelow(named, parent.name) ? `${parent.name}/${named}` : named
  if (type.split('/').length !== name.split('/').length + 1)
    throw invalidTemplate(
      `The template resource '${name}' for type '${type}' has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    )
  const condition = declared['condition'] === undefined ? true : early('condition')
  const dependsOn = early('dependsOn')
  const { resources, ...source } = declared
  const scope = early('scope')
  const home = String((isNested(type) ? early('resourceGroup') : undefined) ?? place.group.name)
  const draft: Draft = {
    symbol,
    id: resourceId(scopeAt(groupId(place.estate, home), scope), [type, ...name.split('/')]),
    type,
    name,
    apiVersion,
    source,
    functions,
    references: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
    loop: undefined,
    exists: condition === false || declared['existing'] === true,
  }
  const children = Array.isArray(resources) ? resources.filter(isObject) : []
  return [
    draft,
    ...children.flatMap((child: JsonObject) =>
      readResource({ symbol: undefined, declared: child }, { type, name }, functions, place),
    ),
  ]
}

/** What an extension such as a lock hangs on: an id, or its part behind `/providers/`, as Bicep writes it. */
function scopeAt(group: string, scope: Json): string {
  if (typeof scope !== 'string' || scope === '') return group
  return /^\/subscriptions\//i.test(scope) ? scope : `${group}/providers/${scope}`
}

const isBelow = (path: string, parent: string) => path.toLowerCase().startsWith(`${parent.toLowerCase()}/`)

interface Around {
  drafts: readonly Draft[]
  deployed: readonly Draft[]
  symbols: ReadonlyMap<string, string>
  place: TemplatePlace
}

function complete(draft: Draft, { drafts, deployed, symbols, place }: Around): DeclaredResource {
  const { id, type, name, apiVersion, functions } = draft
  const asked = new Set<string>()
  const early = new Map([...functions, ...runtimeFunctions({ place, drafts, symbols, asked })])
  const late = new Map([...functions, ...runtimeFunctions({ place, drafts, symbols, asked: undefined })])
  const body = Object.fromEntries(Object.entries(bodyOf(draft)).map(([key, value]) => [key, whatIsKnown(value, early)]))
  const explicit = draft.references.flatMap(reference => resolve(reference, draft, { drafts, symbols }))
  const present = new Set(deployed.map(one => one.id))
  return {
    id,
    type,
    name,
    apiVersion,
    body,
    finalBody: () => evaluateAll(bodyOf(draft), late) as JsonObject,
    dependsOn: [...new Set([...explicit, ...asked])].filter(one => present.has(one) && one !== id),
  }
}

/** What belongs to the language, and not to the resource. A template inside has a scope of its own, if it says so. */
function bodyOf({ source, type }: Draft): JsonObject {
  const {
    scope: _s,
    dependsOn: _d,
    apiVersion: _a,
    type: _t,
    name: _n,
    condition: _c,
    copy: _l,
    existing: _e,
    ...body
  } = source
  if (!isNested(type) || !hasInnerScope(source)) return body
  const properties = objectAt(source, 'properties')
  return { ...body, properties: { ...properties, template: literal(objectAt(properties, 'template')) } }
}

export const isNested = (type: string) => type.toLowerCase() === 'microsoft.resources/deployments'

const hasInnerScope = (source: JsonObject) =>
  textAt(objectAt(objectAt(source, 'properties'), 'expressionEvaluationOptions'), 'scope')?.toLowerCase() === 'inner'

/** So that an evaluation gives back what stands there: `[` at the start of a text is doubled. */
function literal(value: Json): Json {
  if (typeof value === 'string') return value.startsWith('[') && value.endsWith(']') ? `[${value}` : value
  if (Array.isArray(value)) return value.map((item: Json) => literal(item))
  if (!isObject(value ?? null)) return value
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, item]) => [key, literal(item)]))
}

/** Without what only other resources tell; each of these is asked for, also where others stand beside it. */
function whatIsKnown(value: Json, functions: TemplateFunctions): Json {
  try {
    return evaluateAll(value, functions)
  } catch (error) {
    if (!(error instanceof NotYet)) throw error
    if (Array.isArray(value)) return value.map((item: Json) => whatIsKnown(item, functions))
    if (!isObject(value) || Array.isArray(value['copy'])) return undefined
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, whatIsKnown(item, functions)]))
  }
}

function parameterFunction(parameters: ReadonlyMap<string, { value: Json }>) {
  return (name: Json) => {
    const parameter = parameters.get(String(name).toLowerCase())
    if (!parameter) throw invalidTemplate(`The template parameter '${String(name)}' is not found.`)
    return parameter.value
  }
}

/** Each is evaluated once, when it is first asked for. */
function variableFunction(variables: JsonObject, functions: TemplateFunctions) {
  const { copy, ...plain } = variables
  const values = new Map<string, Json>()
  const open = new Set<string>()
  return (asked: Json): Json => {
    const name = String(asked).toLowerCase()
    if (values.has(name)) return values.get(name)
    const key = Object.keys(plain).find(one => one.toLowerCase() === name)
    const loops: readonly Json[] = Array.isArray(copy) ? copy : []
    const loop = loops.find(one => isObject(one) && String(one['name']).toLowerCase() === name)
    if (key === undefined && loop === undefined)
      throw invalidTemplate(`The template variable '${String(asked)}' is not found.`)
    if (open.has(name)) throw invalidTemplate(`The template variable '${String(asked)}' refers to itself.`)
    open.add(name)
    const value =
      key === undefined
        ? repeat(loop as JsonObject, functions, inner => evaluateAll((loop as JsonObject)['input'], inner))
        : evaluateAll(plain[key], functions)
    open.delete(name)
    values.set(name, value)
    return value
  }
}

/** A dependency is a symbol, a loop, a full id, a type and a name, or a name that is unique in the template. */
function resolve(
  reference: string,
  dependent: Draft,
  { drafts, symbols }: Pick<Around, 'drafts' | 'symbols'>,
): string[] {
  const wanted = reference.toLowerCase()
  if (symbols.has(reference)) return drafts.filter(({ symbol }) => symbol === reference).map(({ id }) => id)
  const turns = drafts.filter(({ loop }) => loop?.toLowerCase() === wanted)
  if (turns.length > 0) return turns.map(({ id }) => id)
  const found = drafts.filter(({ id, type, name }) =>
    [id, `${type}/${name}`, name].some(form => form.toLowerCase() === wanted),
  )
  if (found.length === 1 && found[0]) return [found[0].id]
  throw invalidTemplate(
    `The resource '${reference}' is not defined in the template: it is a dependency of '${dependent.type}/${dependent.name}'. Please see https://aka.ms/arm-syntax for usage details.`,
  )
}

function checkCycles(resources: readonly DeclaredResource[]) {
  const settled = new Set<string>()
  let open = [...resources]
  while (open.length > 0) {
    const ready = open.filter(({ dependsOn }) => dependsOn.every(id => settled.has(id)))
    if (ready.length === 0) {
      const circle = open.map(({ id }) => id).join(', ')
      throw invalidTemplate(`Circular dependency detected on resource: '${circle}'.`)
    }
    ready.forEach(({ id }) => settled.add(id))
    open = open.filter(resource => !ready.includes(resource))
  }
}

function readOutputs(outputs: JsonObject, functions: TemplateFunctions): JsonObject {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, output]) => {
      const { type, value, condition } = isObject(output ?? null) ? (output as JsonObject) : {}
      if (condition !== undefined && evaluateAll(condition, functions) === false) return []
      const kind = textAt({ type }, 'type') ?? 'String'
      const secret = /^secure/i.test(kind)
      return [[name, { type: kind, ...(secret ? {} : { value: evaluateAll(value, functions) }) }]]
    }),
  )
}
