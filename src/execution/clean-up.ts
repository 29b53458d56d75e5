import { setTimeout as sleep } from 'node:timers/promises'
import { partsOfId, resourceGroupType, type ResourceManager } from '../cloud/resource-manager.ts'
import { armError } from '../cloud/arm-error.ts'
import type { CleanupItem } from '../result/result.ts'
import { openItems, type Ledger, type LedgerEntry, type OpenItem } from './ledger.ts'

/** How clean-up waits, in milliseconds. */
export interface CleanUpTiming {
  /** How long a resource whose making was under way may still take to appear. */
  settle: number
  /** How long a deletion may take, verification included. */
  limit: number
  /** Between two looks. */
  interval: number
}

export const timingFor = (cloud: { rehearsal: boolean }): CleanUpTiming =>
  cloud.rehearsal
    ? { settle: 3_000, limit: 60_000, interval: 100 }
    : { settle: 60_000, limit: 1_800_000, interval: 5_000 }

/**
 * Deletes what a ledger says a run made, through Resource Manager, and verifies that it is gone. Resource groups come
 * first, because their contents go with them. Says what became of each; an item that can't be deleted is `left`, and
 * stays open in the ledger for `verbatim sweep`.
 */
export async function cleanUp(
  entries: readonly LedgerEntry[],
  {
    manager,
    ledger,
    timing,
    onItem,
  }: { manager: ResourceManager; ledger: Ledger; timing: CleanUpTiming; onItem: (item: CleanupItem) => void },
): Promise<CleanupItem[]> {
  const open = openItems(entries)
  const groups = open.filter(item => isGroup(item))
  const others = open.filter(item => !isGroup(item))
  const settled = Date.now() + timing.settle
  const removed = new Set<string>()
  const items = await Promise.all(groups.map(item => remove(item, settled)))
  // A resource whose group went is gone with it; one by one, because resources may depend on each other, newest first.
  for (const item of others.reverse()) items.push(await remove(item, settled))
  return [...goneBefore(entries, onItem), ...items]

  async function remove(item: OpenItem, settledAt: number): Promise<CleanupItem> {
    const began = Date.now()
    const told = wentWithGroup(item, await removeOne(item, { manager, timing, settledAt }))
    const result = {
      article: item.article,
      type: item.resource.type,
      id: item.resource.id,
      ...told,
      duration: Date.now() - began,
    }
    if (told.status === 'deleted') removed.add(item.resource.id.toLowerCase())
    if (told.status !== 'left')
      ledger.append({
        type: 'gone',
        article: item.article,
        id: item.resource.id,
        by: 'verbatim',
        at: new Date().toISOString(),
      })
    onItem(result)
    return result
  }

  /** `gone` is for what the article deleted: what was in a group goes with it by our own hand. */
  function wentWithGroup({ resource }: OpenItem, told: Removal): Removal {
    const [group = ''] = resource.id.toLowerCase().split('/providers/')
    return told.status === 'gone' && removed.has(group) ? { ...told, status: 'deleted' } : told
  }
}

type Removal = Pick<CleanupItem, 'status' | 'message'>

async function removeOne(
  { resource, appeared }: OpenItem,
  { manager, timing, settledAt }: { manager: ResourceManager; timing: CleanUpTiming; settledAt: number },
): Promise<Removal> {
  const deadline = Date.now() + timing.limit
  try {
    let seen = appeared || (await manager.read(resource)) !== undefined
    while (!seen && Date.now() < settledAt && (await mayStillAppear(manager, resource))) {
      await sleep(timing.interval)
      seen = (await manager.read(resource)) !== undefined
    }
    if (!seen && (await manager.read(resource)) === undefined) return { status: 'never-appeared' }
    if ((await manager.read(resource)) === undefined) return { status: 'gone' }
    for (;;) {
      const refusal = await tryRemove(manager, resource)
      if ((await manager.read(resource)) === undefined) return { status: 'deleted' }
      if (Date.now() > deadline)
        return { status: 'left', message: refusal ?? 'It is still there after the deletion was accepted.' }
      if (refusal && !isPassing(refusal)) return { status: 'left', message: refusal }
      await sleep(timing.interval)
    }
  } catch (error) {
    const { code, message } = armError(error)
    return { status: 'left', message: `${code}: ${message}` }
  }
}

/** Only a resource whose group is there can still come; a group itself always can. */
async function mayStillAppear(manager: ResourceManager, { type, id }: { type: string; id: string }): Promise<boolean> {
  if (type.toLowerCase() === resourceGroupType.toLowerCase()) return true
  const [group] = id.split(/\/providers\//i)
  return (
    (await manager.read({ type: resourceGroupType, id: group ?? id, apiVersion: '2021-04-01' })) !== undefined &&
    partsOfId(id).name !== ''
  )
}

async function tryRemove(
  manager: ResourceManager,
  resource: { type: string; id: string; apiVersion: string },
): Promise<string | undefined> {
  try {
    await manager.remove(resource)
    return undefined
  } catch (error) {
    const { code, message } = armError(error)
    return `${code}: ${message}`
  }
}

/** Refusals that pass by themselves: a deletion or a deployment that is under way (`azure-facts.md` §4.2). */
function isPassing(refusal: string): boolean {
  return /^(?:ResourceGroupBeingDeleted|DeploymentActive|Conflict|ResourceGroupDeletionBlocked|AnotherOperationInProgress|.*Throttled|429)/.test(
    refusal,
  )
}

function isGroup({ resource }: OpenItem): boolean {
  return resource.type.toLowerCase() === resourceGroupType.toLowerCase()
}

/** What the article's own steps deleted, and that it was verified then. */
function goneBefore(entries: readonly LedgerEntry[], onItem: (item: CleanupItem) => void): CleanupItem[] {
  return entries.flatMap(entry => {
    if (entry.type !== 'gone' || entry.by !== 'article') return []
    const expected = entries.find(
      other => other.type === 'expected' && other.resource.id.toLowerCase() === entry.id.toLowerCase(),
    )
    if (expected?.type !== 'expected') return []
    const item: CleanupItem = {
      article: entry.article,
      type: expected.resource.type,
      id: entry.id,
      status: 'gone',
      duration: 0,
    }
    onItem(item)
    return [item]
  })
}
