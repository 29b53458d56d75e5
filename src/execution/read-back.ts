import { setTimeout as sleep } from 'node:timers/promises'
import {
  resourceGroupType,
  type Location,
  type Resource,
  type ResourceAddress,
  type ResourceManager,
} from '../cloud/resource-manager.ts'
import type { Place } from '../article/article.ts'
import type { ExpectedResource } from '../plan/plan.ts'
import { fillForRun, keysOf } from '../plan/template.ts'
import type { ResourceResult } from '../result/result.ts'
import { StepFailure } from './step-failure.ts'
import type { Surface, Surroundings } from './surface.ts'

/** The address of a resource that a plan speaks of. */
export function addressOf(
  { type, apiVersion, id }: Pick<ExpectedResource, 'type' | 'apiVersion' | 'id'>,
  subscription: string,
): ResourceAddress {
  return { type, id: id.replace('{subscription}', subscription), apiVersion }
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
    if (resource && /^succeeded$/i.test(state)) return compare(expected, resource, address, surroundings)
    if (/fail|cancel/i.test(state)) throw creationFailed(expected, `its provisioning state is ${state}`, place)
    const complaint = await surface.complaint?.()
    if (complaint) throw creationFailed(expected, complaint, place)
    if (Date.now() > deadline) throw neverAppeared(expected, state, limit, place)
    await sleep(cloud.rehearsal ? 100 : 3_000)
  }
}

/** How long a question may stand on screen before it counts as one that the article doesn't answer, in milliseconds. */
const unanswered = 3_000

/**
 * Waits until a resource is gone.
 *
 * @returns false where it is still there after `limit` milliseconds.
 * @throws StepFailure where the page says that it failed, or waits for an answer that no sentence gives.
 */
export async function readAbsence(
  address: ResourceAddress,
  {
    surroundings,
    surface,
    limit,
    place,
  }: { surroundings: Surroundings; surface: Surface; limit: number; place: Place },
): Promise<boolean> {
  const { manager, cloud } = surroundings
  const began = Date.now()
  while ((await manager.read(address)) !== undefined) {
    const waited = Date.now() - began
    if (waited > limit) return false
    const complaint = waited > 0 ? await surface.complaint?.() : undefined
    if (complaint) throw deletionFailed(complaint, place)
    const question = waited > unanswered ? await surface.question?.() : undefined
    if (question !== undefined) throw leftUnanswered(question, place)
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

async function compare(
  expected: ExpectedResource,
  resource: Resource,
  address: ResourceAddress,
  surroundings: Surroundings,
): Promise<ResourceResult> {
  const { manager, secrets } = surroundings
  const differences: ResourceResult['differences'] = []
  const note = (setting: string, said: string, found: unknown, place: Place) =>
    differences.push({ setting, said, found: inWords(found), place })

  if (resource.name.toLowerCase() !== expected.name.toLowerCase() && !expected.id.includes(';'))
    note('Name', expected.name, resource.name, expected.place)
  if (expected.location) {
    const { setting, value, place } = expected.location
    const locations = await surroundings.locations()
    const wanted = findLocation(value, locations)
    // A group lives in a region, also where what is in it lives in an extended zone.
    const name = expected.type === resourceGroupType ? (wanted?.home ?? wanted?.name) : wanted?.name
    const found = locationOf(resource)
    if (found !== (name ?? foldLocation(value)))
      note(setting, value, locations.find(each => each.name === found)?.displayName ?? found, place)
  }
  for (const { path, expected: wanted, setting, value, place } of expected.properties) {
    const found = await valueAt(resource, path, manager)
    if (!holds(found, fillForRun(wanted, { subscription: manager.subscriptionId, secrets })))
      note(setting, value, found, place)
  }
  return {
    type: expected.type,
    name: resource.name,
    id: address.id,
    status: differences.length > 0 ? 'differs' : 'as-described',
    differences,
    snapshot: resource as unknown as NonNullable<ResourceResult['snapshot']>,
    place: expected.place,
  }
}

/** What is in an extended zone bears the name of the region that the zone belongs to as its location. */
function locationOf({ location = '', extendedLocation }: Resource): string {
  return foldLocation(extendedLocation?.name ?? location)
}

/**
 * What stands at a path: `properties.subnets.0.name`. `name=x` takes the one of that name from a list; ` > ` goes to the
 * resource whose id stands there.
 */
async function valueAt(resource: Resource, path: string, manager: ResourceManager): Promise<unknown> {
  const [first = '', ...further] = path.split(' > ')
  let found: unknown = within(resource, first)
  for (const next of further) {
    if (typeof found !== 'string') return undefined
    const linked = await manager.read({ type: typeOfId(found), id: found })
    found = linked && within(linked, next)
  }
  return found
}

function within(resource: object, path: string): unknown {
  return keysOf(path).reduce<unknown>((value, key) => {
    const [, name] = /^name=(.*)$/.exec(key) ?? []
    if (name !== undefined && Array.isArray(value))
      return (value as { name?: unknown }[]).find(each => same(each.name, name))
    return (value as Record<string, unknown> | undefined)?.[key]
  }, resource)
}

/** > | /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s */
function typeOfId(id: string): string {
  const [namespace = '', ...segments] = (id.split('/providers/').at(-1) ?? '').split('/')
  return [namespace, ...segments.filter((_, at) => at % 2 === 0)].join('/')
}

/**
 * Whether what was found holds what is wanted: all that it names, whatever else there is. Words are compared without case;
 * a single value may stand in a list of one under the plural of its key (`addressPrefix`, `addressPrefixes`); null is what
 * isn't there.
 */
function holds(found: unknown, wanted: unknown): boolean {
  if (wanted === null) return found === undefined || found === null || found === ''
  if (Array.isArray(wanted))
    return Array.isArray(found) && wanted.every(each => found.some(other => holds(other, each)))
  if (typeof wanted !== 'object') return same(found, wanted)
  if (typeof found !== 'object' || found === null) return false
  const there = found as Record<string, unknown>
  return Object.entries(wanted as object).every(([key, value]) => {
    const several = there[`${key}es`] ?? there[`${key}s`]
    return there[key] === undefined && Array.isArray(several) && several.length === 1
      ? holds(several[0], value)
      : holds(there[key], value)
  })
}

function same(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase()
}

function inWords(found: unknown): string {
  if (found === undefined || found === null) return '(not set)'
  if (typeof found === 'object') return JSON.stringify(found)
  return String(found)
}

function foldLocation(location: string): string {
  return location
    .replace(/^\([^)]*\)\s*/, '')
    .replace(/\s+/g, '')
    .toLowerCase()
}

function deletionFailed(why: string, place: Place): StepFailure {
  return new StepFailure(
    {
      rule: 'deletion-failed',
      message: `The deletion failed: ${why}`,
      found: [why],
      remedy: 'Tell the reader what has to go first, or report it if the service should have deleted it.',
      place,
    },
    { verdict: 'product' },
  )
}

function leftUnanswered(question: string, place: Place): StepFailure {
  return new StepFailure(
    {
      rule: 'question-unanswered',
      message: `Nothing was deleted: the page still asks, and no sentence says what to answer: “${question}”`,
      found: [question],
      remedy: 'Add the step that answers it.',
      place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
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
