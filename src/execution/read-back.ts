import { setTimeout as sleep } from 'node:timers/promises'
import { resourceGroupType, type Location, type Resource, type ResourceAddress } from '../cloud/resource-manager.ts'
import type { Place } from '../article/article.ts'
import type { ExpectedResource } from '../plan/plan.ts'
import type { ResourceResult } from '../result/result.ts'
import { StepFailure } from './step-failure.ts'
import type { Surface, Surroundings } from './surface.ts'

/** The full id of a resource that a plan expects. */
export function addressOf(resource: ExpectedResource, subscription: string): ResourceAddress {
  const { type, apiVersion, name, resourceGroup } = resource
  const group = `/subscriptions/${subscription}/resourceGroups/${resourceGroup ?? name}`
  const id = resourceGroup === undefined ? group : `${group}/providers/${type}/${name}`
  return { type, id, apiVersion }
}

/** The address of a resource group. */
export function groupAddress(name: string, subscription: string): ResourceAddress {
  return {
    type: resourceGroupType,
    id: `/subscriptions/${subscription}/resourceGroups/${name}`,
    apiVersion: '2021-04-01',
  }
}

/**
 * Waits until a form's resource is there and its making has ended, then compares it with what the article says. Reads
 * Resource Manager, never the page that was driven.
 *
 * @throws StepFailure where it doesn't appear within `limit` milliseconds, or its making failed.
 */
export async function readBack(
  expected: ExpectedResource,
  {
    surroundings,
    surface,
    limit,
    place,
  }: { surroundings: Surroundings; surface: Surface; limit: number; place: Place },
): Promise<ResourceResult> {
  const { manager, cloud } = surroundings
  const address = addressOf(expected, manager.subscriptionId)
  const deadline = Date.now() + limit
  for (;;) {
    const resource = await manager.read(address)
    const state = String(resource?.properties?.provisioningState ?? (resource ? 'Succeeded' : ''))
    if (resource && /^succeeded$/i.test(state))
      return compare(expected, resource, address, await surroundings.locations())
    if (/fail|cancel/i.test(state)) throw creationFailed(expected, `its provisioning state is ${state}`, place)
    const complaint = await surface.complaint?.()
    if (complaint) throw creationFailed(expected, complaint, place)
    if (Date.now() > deadline) throw neverAppeared(expected, state, limit, place)
    await sleep(cloud.rehearsal ? 100 : 3_000)
  }
}

/** Waits until a resource is gone. @returns false where it is still there after `limit` milliseconds. */
export async function readAbsence(
  address: ResourceAddress,
  { surroundings, limit }: { surroundings: Surroundings; limit: number },
): Promise<boolean> {
  const { manager, cloud } = surroundings
  const deadline = Date.now() + limit
  while ((await manager.read(address)) !== undefined) {
    if (Date.now() > deadline) return false
    await sleep(cloud.rehearsal ? 100 : 3_000)
  }
  return true
}

/** The cloud's location that an article means by `West US`, `(US) West US` or `westus`. */
export function findLocation(said: string, locations: readonly Location[]): Location | undefined {
  const wanted = foldLocation(said)
  return locations.find(
    ({ name, displayName }) => foldLocation(name) === wanted || foldLocation(displayName) === wanted,
  )
}

function compare(
  expected: ExpectedResource,
  resource: Resource,
  address: ResourceAddress,
  locations: readonly Location[],
): ResourceResult {
  const differences: ResourceResult['differences'] = []
  const note = (setting: string, said: string, found: unknown, place: Place) =>
    differences.push({ setting, said, found: found === undefined ? '(not set)' : String(found), place })

  if (resource.name.toLowerCase() !== expected.name.toLowerCase())
    note('Name', expected.name, resource.name, expected.place)
  const { location } = expected
  if (location) {
    const wanted = findLocation(location.value, locations)?.name ?? foldLocation(location.value)
    if (foldLocation(resource.location ?? '') !== wanted) {
      const found =
        locations.find(each => each.name === foldLocation(resource.location ?? ''))?.displayName ?? resource.location
      note(location.setting, location.value, found, location.place)
    }
  }
  for (const property of expected.properties) {
    const found = valueAt(resource, property.path)
    if (String(found).toLowerCase() !== property.expected.toLowerCase())
      note(property.setting, property.value, found, property.place)
  }
  return {
    type: expected.type,
    name: resource.name,
    id: address.id,
    status: differences.length > 0 ? 'differs' : 'as-described',
    differences,
    place: expected.place,
  }
}

function valueAt(resource: Resource, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], resource)
}

function foldLocation(location: string): string {
  return location
    .replace(/^\([^)]*\)\s*/, '')
    .replace(/\s+/g, '')
    .toLowerCase()
}

function creationFailed(expected: ExpectedResource, why: string, place: Place): StepFailure {
  return new StepFailure(
    {
      rule: 'creation-failed',
      message: `${expected.type} '${expected.name}' was not made: ${why}`,
      remedy: 'Look at the deployment’s error; if the article’s values are at fault, mend the table.',
      place,
    },
    { verdict: 'product' },
  )
}

function neverAppeared(expected: ExpectedResource, state: string, limit: number, place: Place): StepFailure {
  return new StepFailure(
    {
      rule: 'resource-missing',
      message: `${expected.type} '${expected.name}' ${state ? `is still '${state}'` : 'was not there'} ${Math.round(limit / 1000)} s after the form was sent.`,
      remedy: 'Raise `limits: { step: … }` in the runbook if the service needs longer.',
      place,
    },
    { verdict: 'product', timedOut: true },
  )
}
