import { resourceGroupType, type Resource } from '../cloud/resource-manager.ts'
import type { ExpectedResource } from '../plan/plan.ts'
import { fillForRun } from '../plan/template.ts'
import { findLocation } from './read-back.ts'
import type { Surroundings } from './surface.ts'

/** The request that makes a resource: its body with what only a run knows, and its location as the cloud calls it. */
export async function requestBody(
  resource: ExpectedResource,
  { locations, manager, secrets }: Surroundings,
): Promise<Omit<Resource, 'id' | 'name' | 'type'>> {
  const body = fillForRun(resource.body, { subscription: manager.subscriptionId, secrets }) as Record<string, unknown>
  if (!resource.location) return body
  const { value } = resource.location
  const location = findLocation(value, await locations())
  if (location?.home === undefined) return { ...body, location: location?.name ?? value }
  // A group lives in a region, also where what is in it lives in an extended zone.
  if (resource.type === resourceGroupType) return { ...body, location: location.home }
  return { ...body, location: location.home, extendedLocation: { type: 'EdgeZone', name: location.name } }
}
