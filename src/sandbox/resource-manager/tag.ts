import { resourcesVersions } from './api-version.ts'
import type { Estate } from './estate.ts'
import { findGroup, findResource } from './estate.ts'
import { invalidRequestContent, resourceGroupNotFound, unknownPath } from './failures.ts'
import type { ArmAnswer, ArmRequest } from './request.ts'
import { objectAt, readTags, tagOf, textAt } from './request.ts'
import type { Route } from './route.ts'

type Tags = Record<string, string>

const common = { apiVersions: resourcesVersions }
const path = '/:scope*/providers/Microsoft.Resources/tags/default'
const action = (verb: string) => `Microsoft.Resources/tags/${verb}`

/** Tags at any scope. */
export const tagRoutes: readonly Route[] = [
  {
    ...common,
    method: 'GET',
    path,
    action: action('read'),
    answer: (request, estate) => show(request, findTagged(request, estate).read()),
  },
  {
    ...common,
    method: 'PUT',
    path,
    action: action('write'),
    answer: (request, estate) => change(request, estate, () => tagsOf(request)),
  },
  { ...common, method: 'PATCH', path, action: action('write'), answer: patch },
  {
    ...common,
    method: 'DELETE',
    path,
    action: action('delete'),
    answer(request, estate) {
      findTagged(request, estate).write({})
      return { status: 200 }
    },
  },
]

/** How `operation` of a PATCH combines the tags there are with those that come. */
const combinations: Readonly<Record<string, (present: Tags, given: Tags) => Tags>> = {
  merge: (present, given) => ({ ...without(present, name => tagOf(given, name) !== undefined), ...given }),
  replace: (_present, given) => given,
  // Where a value is given, only a tag with that value goes.
  delete: (present, given) =>
    without(present, (name, value) => {
      const asked = tagOf(given, name)
      return asked === '' || asked === value
    }),
}

function without(tags: Tags, goes: (name: string, value: string) => boolean): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([name, value]) => !goes(name, value)))
}

function patch(request: ArmRequest, estate: Estate): ArmAnswer {
  const operation = textAt(request.body, 'operation') ?? ''
  const combine = combinations[operation.toLowerCase()]
  if (!combine)
    throw invalidRequestContent(`The operation '${operation}' is not one of 'Merge', 'Replace' and 'Delete'.`)
  return change(request, estate, present => combine(present, tagsOf(request)))
}

function change(request: ArmRequest, estate: Estate, combine: (present: Tags) => Tags): ArmAnswer {
  const tagged = findTagged(request, estate)
  const tags = combine(tagged.read())
  tagged.write(tags)
  return show(request, tags)
}

function show({ path: id }: ArmRequest, tags: Tags): ArmAnswer {
  return { status: 200, body: { id, name: 'default', type: 'Microsoft.Resources/tags', properties: { tags } } }
}

function tagsOf(request: ArmRequest) {
  return readTags(objectAt(request.body, 'properties')) ?? {}
}

/** The subscription, group or resource that the scope names. */
function findTagged(request: ArmRequest, estate: Estate): { read(): Tags; write(tags: Tags): void } {
  const scope = '/' + (request.parameters['scope'] ?? '')
  if (/^\/subscriptions\/[^/]+$/i.test(scope)) {
    return { read: () => estate.tags, write: tags => void (estate.tags = tags) }
  }
  const name = /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)$/i.exec(scope)?.[1]
  const holder = name === undefined ? findResource(estate, scope) : findGroup(estate, name)
  if (!holder) throw name === undefined ? unknownPath(scope) : resourceGroupNotFound(name)
  return { read: () => holder.tags ?? {}, write: tags => void (holder.tags = tags) }
}
