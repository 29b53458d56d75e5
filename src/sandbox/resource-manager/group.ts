import { randomUUID } from 'node:crypto'
import { resourcesVersions } from './api-version.ts'
import type { Estate, ResourceGroup } from './estate.ts'
import { findGroup, groupId, resourcesIn } from './estate.ts'
import {
  invalidProvisioningState,
  invalidResourceGroup,
  invalidResourceGroupEnd,
  invalidResourceGroupLocation,
  locationNotAvailableForGroup,
  locationRequired,
  resourceGroupBeingDeleted,
  resourceGroupDeletionBlocked,
  resourceGroupNameTooLong,
  resourceGroupNotFound,
} from './failures.ts'
import { dropDeployments } from './deployment.ts'
import { readFilter } from './filter.ts'
import { normalizeLocation, regionNames } from './location.ts'
import { dropLocks } from './lock.ts'
import { answerResult, signedUrl } from './operation.ts'
import { page } from './paging.ts'
import type { ArmAnswer, ArmRequest } from './request.ts'
import { objectAt, readTags, tagOf, textAt } from './request.ts'
import { deleteAll } from './removal.ts'
import { findOperation } from './resource.ts'
import type { Route } from './route.ts'

const one = '/subscriptions/:subscription/resourcegroups/:group'
const common = { apiVersions: resourcesVersions }
const action = (verb: string) => `Microsoft.Resources/subscriptions/resourceGroups/${verb}`

/** Resource groups: made at once, deleted with everything in them by an operation (azure-facts.md §3.2). */
export const groupRoutes: readonly Route[] = [
  { ...common, method: 'PUT', path: one, action: action('write'), answer: put },
  { ...common, method: 'PATCH', path: one, action: action('write'), answer: patch },
  {
    ...common,
    method: 'GET',
    path: one,
    action: action('read'),
    answer: (request, estate) => ({ status: 200, body: describeGroup(requireGroup(request, estate), estate) }),
  },
  {
    ...common,
    method: 'HEAD',
    path: one,
    action: action('read'),
    answer: (request, estate) => ({ status: findGroup(estate, request.parameters['group'] ?? '') ? 204 : 404 }),
  },
  { ...common, method: 'DELETE', path: one, action: action('delete'), answer: remove },
  {
    ...common,
    method: 'GET',
    path: '/subscriptions/:subscription/resourcegroups',
    action: action('read'),
    answer: list,
  },
  {
    ...common,
    method: 'GET',
    path: '/subscriptions/:subscription/operationresults/:operation',
    action: 'Microsoft.Resources/subscriptions/operationresults/read',
    // 200, never 204: newer clients refuse a resource group's deletion that ends otherwise.
    answer: (request, estate) => answerResult(findOperation(request, estate), request, estate.pace, { status: 200 }),
  },
]

function put(request: ArmRequest, estate: Estate): ArmAnswer {
  const name = request.parameters['group'] ?? ''
  const previous = findGroup(estate, name)
  if (previous?.deletion) throw resourceGroupBeingDeleted(previous.name)
  checkName(name)
  const location = readLocation(request, previous)
  const asked = textAt(objectAt(request.body, 'properties'), 'provisioningState')
  if (asked && asked !== 'Succeeded') throw invalidProvisioningState(request.path)
  const now = new Date()
  const group: ResourceGroup = {
    name: previous?.name ?? name,
    location,
    tags: readTags(request.body),
    managedBy: textAt(request.body, 'managedBy') ?? previous?.managedBy,
    deletion: undefined,
    createdTime: previous?.createdTime ?? now,
    changedTime: now,
  }
  estate.groups.set(name.toLowerCase(), group)
  return { status: previous ? 200 : 201, body: describeGroup(group, estate) }
}

function patch(request: ArmRequest, estate: Estate): ArmAnswer {
  const group = requireGroup(request, estate)
  if (group.deletion) throw resourceGroupBeingDeleted(group.name)
  group.tags = readTags(request.body) ?? group.tags
  group.managedBy = textAt(request.body, 'managedBy') ?? group.managedBy
  group.changedTime = new Date()
  return { status: 200, body: describeGroup(group, estate) }
}

function remove(request: ArmRequest, estate: Estate): ArmAnswer {
  const group = requireGroup(request, estate)
  const deletion = (group.deletion ??= estate.operations.start(() => deleteGroup(group, estate), deletionJob(group)))
  void deletion.finished.then(() => (group.deletion = undefined))
  const path = `/subscriptions/${estate.subscription}/operationresults/${deletion.id}`
  return { status: 202, headers: { location: signedUrl(request, path), ...estate.pace.retryAfter(15) } }
}

/** Deletes what is in the group, then the group; rolls back when something in it can't be deleted. */
async function deleteGroup(group: ResourceGroup, estate: Estate) {
  await estate.pace.pass(3)
  const blocked = await deleteAll(() => resourcesIn(estate, group.name), estate)
  if (blocked.length > 0) {
    group.deletion = undefined
    throw resourceGroupDeletionBlocked(group.name, randomUUID(), blocked)
  }
  await estate.pace.pass(4)
  estate.groups.delete(group.name.toLowerCase())
  dropLocks(estate, groupId(estate, group.name))
  dropDeployments(estate, group.name)
}

/** {"jobId":"RESOURCEGROUPDELETIONJOB-MY:2DGROUP-WESTUS","jobLocation":"westus"}, in base64url. */
function deletionJob({ name, location }: ResourceGroup) {
  const escaped = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, sign => `:${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const job = { jobId: `RESOURCEGROUPDELETIONJOB-${escaped}-${location.toUpperCase()}`, jobLocation: location }
  return Buffer.from(JSON.stringify(job)).toString('base64url')
}

/** `$filter=tagName eq 'a' and tagValue eq 'b'` */
function list(request: ArmRequest, estate: Estate): ArmAnswer {
  const wanted = readFilter(request.query('$filter'))
  const groups = [...estate.groups.values()].filter(({ tags }) => {
    if (!wanted.has('tagname')) return true
    const value = tagOf(tags, wanted.get('tagname') ?? '')
    return value !== undefined && (!wanted.has('tagvalue') || value === wanted.get('tagvalue'))
  })
  return page(
    request,
    groups.map(group => describeGroup(group, estate)),
  )
}

function requireGroup(request: ArmRequest, estate: Estate): ResourceGroup {
  const name = request.parameters['group'] ?? ''
  const group = findGroup(estate, name)
  if (!group) throw resourceGroupNotFound(name)
  return group
}

function checkName(name: string) {
  const invalid = [...new Set(name.match(/[^\p{L}\p{N}\-.()_]/gu) ?? [])].join('')
  if (invalid) throw invalidResourceGroup(name, invalid)
  if (name.length > 90) throw resourceGroupNameTooLong(name)
  if (name.endsWith('.')) throw invalidResourceGroupEnd(name)
}

function readLocation(request: ArmRequest, previous: ResourceGroup | undefined) {
  const asked = textAt(request.body, 'location')
  if (!asked) throw locationRequired()
  const location = normalizeLocation(asked)
  if (!regionNames.includes(location)) throw locationNotAvailableForGroup(asked, regionNames)
  if (previous && previous.location !== location) throw invalidResourceGroupLocation(location, previous.location)
  return location
}

function describeGroup(group: ResourceGroup, estate: Estate) {
  return {
    id: groupId(estate, group.name),
    name: group.name,
    type: 'Microsoft.Resources/resourceGroups',
    location: group.location,
    ...(group.managedBy ? { managedBy: group.managedBy } : {}),
    ...(group.tags ? { tags: group.tags } : {}),
    properties: { provisioningState: group.deletion ? 'Deleting' : 'Succeeded' },
  }
}
