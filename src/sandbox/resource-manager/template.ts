import { createHash } from 'node:crypto'
import type { Estate, ResourceGroup } from './estate.ts'
import { groupId } from './estate.ts'
import type { TemplateFunctions } from './expression.ts'
import { evaluateAll } from './expression.ts'
import { invalidTemplate } from './failures.ts'
import type { Json, JsonObject } from './request.ts'
import { isObject, objectAt, textAt } from './request.ts'

/** One resource that a template declares, with its expressions evaluated. */
export interface DeclaredResource {
  id: string
  /** `Microsoft.RecoveryServices/vaults` */
  type: string
  name: string
  apiVersion: string
  body: JsonObject
  /** Ids of declared resources that come first. */
  dependsOn: readonly string[]
}

export interface Template {
  resources: readonly DeclaredResource[]
  /** With types, as a deployment shows them. */
  parameters: JsonObject
  /** With types and values. */
  outputs: JsonObject
  hash: string
}

/** Reads an inline template for a resource group. Throws InvalidTemplate. */
export function readTemplate(properties: JsonObject, group: ResourceGroup, estate: Estate): Template {
  const template = objectAt(properties, 'template')
  if (!Array.isArray(template['resources'])) {
    throw invalidTemplate("Required property 'resources' not found in JSON. Path ''.")
  }
  const parameters = readParameters(objectAt(template, 'parameters'), objectAt(properties, 'parameters'), group, estate)
  const functions = templateFunctions(template, parameters, group, estate)
  const declared = (template['resources'] as Json[])
    .filter(isObject)
    .map(source => readResource(source, functions, group, estate))
  const resources = declared.map(({ resource, references }) => ({
    ...resource,
    dependsOn: references.map(reference =>
      resolve(
        reference,
        resource,
        declared.map(one => one.resource),
      ),
    ),
  }))
  checkCycles(resources)
  return {
    resources,
    parameters,
    outputs: readOutputs(objectAt(template, 'outputs'), functions),
    hash: BigInt('0x' + createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 16)).toString(),
  }
}

function readParameters(definitions: JsonObject, given: JsonObject, group: ResourceGroup, estate: Estate): JsonObject {
  const unknown = Object.keys(given).find(name => !(name in definitions))
  if (unknown) {
    throw invalidTemplate(
      `The template parameters '${unknown}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time.`,
    )
  }
  const functions = templateFunctions({}, {}, group, estate)
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => {
      const { type, defaultValue } = isObject(definition) ? definition : {}
      const value = objectAt(given, name)['value'] ?? evaluateAll(defaultValue, functions)
      if (value === undefined) throw invalidTemplate(`The value for the template parameter '${name}' is not provided.`)
      return [name, { type: String(type ?? 'String'), value }]
    }),
  )
}

function templateFunctions(
  template: JsonObject,
  parameters: JsonObject,
  group: ResourceGroup,
  estate: Estate,
): TemplateFunctions {
  const root = groupId(estate, group.name)
  const functions: TemplateFunctions = {
    parameters(name) {
      const parameter = parameters[String(name)]
      if (!isObject(parameter)) throw invalidTemplate(`The template parameter '${String(name)}' is not found.`)
      return parameter['value']
    },
    variables(name) {
      const variables = objectAt(template, 'variables')
      if (!(String(name) in variables)) throw invalidTemplate(`The template variable '${String(name)}' is not found.`)
      return evaluateAll(variables[String(name)], functions)
    },
    concat: (...parts) => parts.map(String).join(''),
    format: (pattern, ...values) =>
      String(pattern).replaceAll(/\{(\d+)\}/g, (_all, index: string) => String(values[Number(index)])),
    toLower: text => String(text).toLowerCase(),
    toUpper: text => String(text).toUpperCase(),
    resourceId: (...parts) => resourceId(root, parts.map(String)),
    resourceGroup: () => ({ id: root, name: group.name, location: group.location, tags: group.tags ?? {} }),
    subscription: () => ({
      id: `/subscriptions/${estate.subscription}`,
      subscriptionId: estate.subscription,
      tenantId: estate.tenant,
      displayName: estate.subscriptionName,
    }),
    uniqueString: (...parts) => createHash('sha256').update(parts.map(String).join('-')).digest('hex').slice(0, 13),
    true: () => true,
    false: () => false,
  }
  return functions
}

/** > resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'sub'); a group may stand in front of the type. */
function resourceId(root: string, parts: string[]) {
  const start = parts.findIndex(part => part.includes('/'))
  if (start < 0) throw invalidTemplate("The template function 'resourceId' needs a resource type.")
  const scope = start === 0 ? root : root.replace(/[^/]+$/, parts[start - 1] ?? '')
  const [namespace = '', ...types] = (parts[start] ?? '').split('/')
  const names = parts.slice(start + 1)
  return `${scope}/providers/${namespace}/${types.map((type, index) => `${type}/${names[index] ?? ''}`).join('/')}`
}

function readResource(source: JsonObject, functions: TemplateFunctions, group: ResourceGroup, estate: Estate) {
  const evaluated = evaluateAll(source, functions)
  const { dependsOn, apiVersion, type, name, ...body } = isObject(evaluated) ? evaluated : {}
  if (typeof type !== 'string' || typeof name !== 'string' || typeof apiVersion !== 'string') {
    throw invalidTemplate("A resource needs the properties 'type', 'apiVersion' and 'name'.")
  }
  const names = name.split('/')
  const id = resourceId(groupId(estate, group.name), [type, ...names])
  const references = Array.isArray(dependsOn) ? dependsOn.map(String) : []
  return { resource: { id, type, name, apiVersion, body }, references }
}

type Declared = Omit<DeclaredResource, 'dependsOn'>

/** A dependency is a full id, a type and a name, or a name that is unique in the template. */
function resolve(reference: string, dependent: Declared, resources: readonly Declared[]) {
  const wanted = reference.toLowerCase()
  const found = resources.filter(({ id, type, name }) =>
    [id, `${type}/${name}`, name].some(form => form.toLowerCase() === wanted),
  )
  if (found.length === 1 && found[0]) return found[0].id
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
    Object.entries(outputs).map(([name, output]) => {
      const { type, value } = isObject(output) ? output : {}
      return [name, { type: textAt({ type }, 'type') ?? 'String', value: evaluateAll(value, functions) }]
    }),
  )
}
