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
 * Deletes what a ledger says a run made, through Resource Manager, and verifies that it is gone. Locks come first, because
 * they hold everything else; then resource groups, because their contents go with them; then what stands in groups of
 * others, newest first and again for what waited for the rest. Says what became of each; an item that can't be deleted is
 * `left`, and stays open in the ledger for `verbatim sweep`.
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
  const locks = open.filter(isLock)
  const groups = open.filter(isGroup)
  const others = open.filter(item => !isLock(item) && !isGroup(item)).reverse()
  const settledAt = Date.now() + timing.settle
  const removed = new Set<string>()

  const items = [
    ...(await Promise.all(locks.map(remove))),
    ...(await Promise.all(groups.map(remove))),
    ...(await removeDependent(others)),
  ]
  return [...goneBefore(entries, onItem), ...items]

  /** One by one, because resources depend on each other: what is refused is tried again as long as others go. */
  async function removeDependent(waiting: readonly OpenItem[]): Promise<CleanupItem[]> {
    const done: CleanupItem[] = []
    const refused: { item: OpenItem; told: CleanupItem }[] = []
    for (const item of waiting) {
      const told = await attempt(item)
      if (told.status === 'left') refused.push({ item, told })
      else done.push(close(told))
    }
    if (done.length > 0 && refused.length > 0)
      return [...done, ...(await removeDependent(refused.map(({ item }) => item)))]
    return [...done, ...refused.map(({ told }) => close(told))]
  }

  async function remove(item: OpenItem): Promise<CleanupItem> {
    return close(await attempt(item))
  }

  async function attempt(item: OpenItem): Promise<CleanupItem> {
    const began = Date.now()
    const told = wentWithGroup(item, await removeOne(item, { manager, timing, settledAt }))
    const { type, id } = item.resource
    return { article: item.article, type, id, ...told, duration: Date.now() - began }
  }

  function close(result: CleanupItem): CleanupItem {
    if (result.status === 'deleted') removed.add(result.id.toLowerCase())
    if (result.status !== 'left')
      ledger.append({
        type: 'gone',
        article: result.article,
        id: result.id,
        by: 'verbatim',
        at: new Date().toISOString(),
      })
    onItem(result)
    return result
  }

  /** `gone` is for what the article deleted: what was in a group, or was made with something, goes with it by our own hand. */
  function wentWithGroup({ resource, beside = '' }: OpenItem, told: Removal): Removal {
    const [group = ''] = resource.id.toLowerCase().split('/providers/')
    const went = removed.has(group) || removed.has(beside.toLowerCase())
    return told.status === 'gone' && went ? { ...told, status: 'deleted' } : told
  }
}

type Removal = Pick<CleanupItem, 'status' | 'message'>

async function removeOne(
  { resource, appeared }: OpenItem,
  { manager, timing, settledAt }: { manager: ResourceManager; timing: CleanUpTiming; settledAt: number },
): Promise<Removal> {
  const deadline = Date.now() + timing.limit
  const said = new Set<string>()
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
      if ((await manager.read(resource)) === undefined) return { status: 'deleted', ...wordsOf(said) }
      if (Date.now() > deadline)
        return { status: 'left', message: refusal ?? 'It is still there after the deletion was accepted.' }
      // Making way counts as progress once: what is refused again afterwards is refused for another reason.
      const cleared = refusal && said.size === 0 ? await makeWay(manager, resource) : []
      for (const each of cleared) said.add(each)
      if (refusal && cleared.length === 0 && !isPassing(refusal)) return { status: 'left', message: refusal }
      await sleep(timing.interval)
    }
  } catch (error) {
    const { code, message } = armError(error)
    return { status: 'left', message: `${code}: ${message}` }
  }
}

function wordsOf(said: ReadonlySet<string>): { message?: string } {
  return said.size === 0 ? {} : { message: [...said].join('; ') }
}

/**
 * Takes away what keeps a vault, or a group with vaults in it, from being deleted: the backups of machines. What is
 * in something of ours is ours. @returns what was done, in words.
 */
async function makeWay(manager: ResourceManager, { type, id }: OpenItem['resource']): Promise<string[]> {
  const vaults = isVault(type)
    ? [id]
    : type.toLowerCase() === resourceGroupType.toLowerCase()
      ? (await manager.resourcesIn(partsOfId(id).name)).filter(each => isVault(each.type)).map(each => each.id)
      : []
  const done: string[] = []
  for (const vault of vaults) {
    const names = await manager.emptyVault(vault)
    if (names.length > 0)
      done.push(
        `stopped the backup of ${names.join(', ')} in vault '${partsOfId(vault).name}', whose data Azure keeps for the days of its soft delete`,
      )
  }
  return done
}

function isVault(type: string): boolean {
  return type.toLowerCase() === 'microsoft.recoveryservices/vaults'
}

function isLock({ resource }: OpenItem): boolean {
  return resource.type.toLowerCase() === 'microsoft.authorization/locks'
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

async function tryRemove(manager: ResourceManager, resource: OpenItem['resource']): Promise<string | undefined> {
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
