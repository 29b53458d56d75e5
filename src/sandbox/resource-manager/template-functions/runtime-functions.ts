import { findGroup, findResource } from '../estate.ts'
import type { TemplateFunction, TemplateFunctions } from '../expression.ts'
import { invalidTemplate } from '../failures.ts'
import { findType } from '../provider.ts'
import type { ArmRequest, Json, JsonObject } from '../request.ts'
import { isObject } from '../request.ts'
import { describeResource } from '../resource.ts'
import type { Draft, TemplatePlace } from '../template.ts'

/** What an expression asks is known only when other resources have been made. */
export class NotYet extends Error {
  override name = 'NotYet'
}

interface Surroundings {
  place: TemplatePlace
  drafts: readonly Draft[]
  /** Symbolic name -> id. */
  symbols: ReadonlyMap<string, string>
  /** Before anything is made: collects the ids that are asked for, and every call throws NotYet. */
  asked: Set<string> | undefined
}

/** `reference` and the `list` functions (Learn, `template-functions-resource`). */
export function runtimeFunctions({ place, drafts, symbols, asked }: Surroundings): TemplateFunctions {
  const { estate } = place

  function find(reference: string): string {
    if (reference.startsWith('/')) return reference
    const known =
      symbols.get(reference) ?? drafts.find(({ name }) => name.toLowerCase() === reference.toLowerCase())?.id
    if (known === undefined)
      throw invalidTemplate(
        `The template function 'reference' names '${reference}', which is no resource of the template.`,
      )
    return known
  }

  function ask(reference: Json): string {
    const id = find(String(reference))
    if (asked === undefined) return id
    const declared = drafts.find(draft => draft.id.toLowerCase() === id.toLowerCase())
    if (declared) asked.add(declared.id)
    throw new NotYet(`${id} is not there yet.`)
  }

  const reference: TemplateFunction = (name, _version, full) => {
    const id = ask(name)
    const group = /\/resourceGroups\/([^/]+)$/i.exec(id)?.[1]
    const found = group === undefined ? described(id) : groupOf(group)
    return String(full ?? '').toLowerCase() === 'full' ? found : (found['properties'] ?? {})
  }

  function described(id: string): JsonObject {
    const deployment = estate.deployments.get(id.toLowerCase())
    if (deployment) return { id, name: deployment.name, properties: { outputs: deployment.outputs ?? {} } }
    const resource = findResource(estate, id)
    const type = resource && findType(estate.providers, resource.type)
    if (!resource || !type?.type.lifecycle)
      throw invalidTemplate(`The resource '${id}' of the template function 'reference' was not found.`)
    return describeResource(resource, type.type.lifecycle, estate)
  }

  function groupOf(name: string): JsonObject {
    const group = findGroup(estate, name)
    if (!group) throw invalidTemplate(`The resource group '${name}' was not found.`)
    return { name: group.name, location: group.location, properties: { provisioningState: 'Succeeded' } }
  }

  const listing =
    (verb: string): TemplateFunction =>
    name => {
      const id = ask(name)
      const resource = findResource(estate, id)
      const routes = resource && findType(estate.providers, resource.type)?.type.routes
      const route = routes?.find(
        one => one.method === 'POST' && one.path.toLowerCase().endsWith(`/${verb.toLowerCase()}`),
      )
      if (!resource || !route)
        throw invalidTemplate(
          `The template function '${verb}' is not valid for '${id}', or the sandbox does not know it.`,
        )
      const answer = route.answer(requestFor(id, resource), estate)
      if (answer instanceof Promise || !isObject(answer.body ?? null)) return {}
      return answer.body ?? {}
    }

  return new Map<string, TemplateFunction>([
    ['reference', reference],
    ...['listKeys', 'listSecrets', 'list'].map(verb => [verb.toLowerCase(), listing(verb)] as const),
  ])
}

/** As if a client asked: in the name of nobody, since whoever deploys may read it. */
function requestFor(id: string, { group, name }: { group: string; name: string }): ArmRequest {
  return {
    method: 'POST',
    origin: '',
    path: id,
    parameters: { group, name },
    query: () => undefined,
    header: () => undefined,
    apiVersion: '',
    body: {},
    principal: { client: '', objectId: '' },
    correlationId: '',
  }
}
