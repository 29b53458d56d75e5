import type { Delays } from '../delays.ts'
import { pause } from '../delays.ts'
import type { Resource, ResourceGroup, ResourceManager } from '../resource-manager.ts'

/** What of Resource Manager the index reads. */
type Readable = Pick<ResourceManager, 'subscriptions' | 'groups' | 'resources'>

interface Snapshot {
  groups: ResourceGroup[]
  resources: Resource[]
}

/**
 * What the search finds of a subscription. It trails behind Resource Manager: a new group or resource is found only after a while,
 * so that a first search may miss it (portal-facts.md §1.1).
 */
export interface SearchIndex {
  find(query: string): Snapshot
  /** Looks at Resource Manager now, and shows what it saw later. */
  refresh(): void
}

export function createSearchIndex(resourceManager: Readable, delays: Delays): SearchIndex {
  let current: Snapshot = { groups: [], resources: [] }
  let started = 0
  let shown = 0
  const ready = read().then(
    snapshot => (current = snapshot),
    () => undefined,
  )

  async function read(): Promise<Snapshot> {
    const subscriptions = await resourceManager.subscriptions()
    const groups = await Promise.all(subscriptions.map(({ subscriptionId }) => resourceManager.groups(subscriptionId)))
    const resources = await Promise.all(subscriptions.map(({ id }) => resourceManager.resources(id)))
    return { groups: groups.flat(), resources: resources.flat() }
  }

  async function catchUp() {
    const number = (started += 1)
    await ready
    const snapshot = await read()
    await pause(delays.next('indexLag'))
    if (number < shown) return
    shown = number
    current = snapshot
  }

  return {
    find(query) {
      const wanted = query.trim().toLowerCase()
      const matches = ({ name }: { name: string }) => name.toLowerCase().includes(wanted)
      return { groups: current.groups.filter(matches), resources: current.resources.filter(matches) }
    },
    refresh() {
      catchUp().catch(() => undefined)
    },
  }
}
