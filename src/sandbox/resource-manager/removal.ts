import type { Estate, Resource } from './estate.ts'
import { ArmFailure } from './failure.ts'
import { findType } from './provider.ts'
import { deleteResource } from './resource.ts'

/** Deletes what nothing else needs until nothing is left. Returns what can't be deleted, and why. */
export async function deleteAll(find: () => readonly Resource[], estate: Estate): Promise<Undeletable[]> {
  for (;;) {
    const resources = find()
    const endings = await Promise.all(resources.map(resource => deleteOne(resource, estate)))
    const blocked = endings.filter(ending => ending !== undefined)
    if (blocked.length === 0 || blocked.length === resources.length) return blocked
  }
}

export interface Undeletable {
  id: string
  identifier: string
  failure: ArmFailure
}

/** Nothing when the resource is gone, or why it can't be deleted. */
async function deleteOne(resource: Resource, estate: Estate): Promise<Undeletable | undefined> {
  const found = findType(estate.providers, resource.type)
  if (!found?.type.lifecycle) return undefined
  const kind = { fullName: resource.type, type: found.type, lifecycle: found.type.lifecycle }
  try {
    await deleteResource(kind, resource, estate)?.finished
    return undefined
  } catch (failure) {
    if (!(failure instanceof ArmFailure)) throw failure
    return { id: resource.id, identifier: `${resource.type}/${resource.name}`, failure }
  }
}
