import { setTimeout as sleep } from 'node:timers/promises'
import { partsOfId, type Resource, type ResourceManager } from '../cloud/resource-manager.ts'

/** How long a group's list may lag behind what was made in it, in milliseconds. */
const listLag = { sandbox: 1_000, azure: 30_000 }

/**
 * What a form made beside its resource in a group of others: card, address, rules, disk, network. That is what the group's
 * list has now and didn't have before, and what the resource refers to, directly or through others of them. What somebody
 * else made in the same group meanwhile is referred to by nothing of ours, and stays theirs, whatever its name.
 *
 * @param made the resource as it was read back.
 * @param before the ids of what was in its group before the form was sent, in lower case.
 */
export async function findMadeBeside(
  made: Resource,
  before: ReadonlySet<string>,
  { manager, rehearsal }: { manager: ResourceManager; rehearsal: boolean },
): Promise<Resource[]> {
  const candidates = await newInGroup(made, before, { manager, rehearsal })
  const found: Resource[] = []
  let reached: object[] = [made]
  while (reached.length > 0) {
    const ids = idsIn(reached)
    const next = candidates.filter(
      each =>
        !found.includes(each) &&
        ids.some(id => id === each.id.toLowerCase() || id.startsWith(`${each.id.toLowerCase()}/`)),
    )
    found.push(...next)
    reached = (await Promise.all(next.map(({ id, type }) => manager.read({ id, type })))).flatMap(each => each ?? [])
  }
  return found
}

/** The ids of what is in a resource group, in lower case. */
export async function idsInGroup(group: string, manager: ResourceManager): Promise<Set<string>> {
  return new Set((await manager.resourcesIn(group)).map(({ id }) => id.toLowerCase()))
}

/** The list may lag behind: it is as new as needed once the resource itself is on it. */
async function newInGroup(
  { id }: Resource,
  before: ReadonlySet<string>,
  { manager, rehearsal }: { manager: ResourceManager; rehearsal: boolean },
): Promise<Resource[]> {
  const deadline = Date.now() + (rehearsal ? listLag.sandbox : listLag.azure)
  for (;;) {
    const listed = await manager.resourcesIn(partsOfId(id).resourceGroup)
    if (listed.some(each => isSame(each.id, id)) || Date.now() > deadline)
      return listed.filter(each => !isSame(each.id, id) && !before.has(each.id.toLowerCase()))
    await sleep(rehearsal ? 100 : 3_000)
  }
}

function idsIn(data: unknown): string[] {
  if (typeof data === 'string') return data.startsWith('/subscriptions/') ? [data.toLowerCase()] : []
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(idsIn) : []
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
