import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { glob } from 'tinyglobby'
import { armError } from '../cloud/arm-error.ts'
import {
  openResourceManager,
  resourceGroupType,
  type Resource,
  type ResourceManager,
} from '../cloud/resource-manager.ts'
import { cleanUp, timingFor, type CleanUpTiming } from '../execution/clean-up.ts'
import {
  existedBefore,
  isRunning,
  ledgerFolder,
  openItems,
  openLedger,
  readLedger,
  type LedgerEntry,
} from '../execution/ledger.ts'
import { readRunTag } from '../execution/run-tag.ts'
import { shownPath } from './shown-path.ts'
import { openCloud } from './clouds.ts'
import type { Environment } from './environment.ts'
import type { SweepOptions } from './sweep.ts'
import { UserError } from './user-error.ts'

/** Runs `verbatim sweep`. @returns 0 when nothing is left, 4 when something is. */
export async function sweepCommand(
  folders: readonly string[],
  options: SweepOptions,
  { cwd, env, stdout, now }: Environment,
): Promise<number> {
  const name = options.cloud ?? 'azure'
  if (name === 'sandbox')
    throw new UserError(
      'A run’s private sandbox ends with the run: there is nothing to sweep.',
      'Name the cloud that outlived the run: --cloud <name or file>.',
    )
  const age = options.olderThan === undefined ? undefined : durationOf(options.olderThan)
  const before = age === undefined ? undefined : now().getTime() - age
  const byTag = options.cloud !== undefined && before !== undefined
  const outputs = await findOutputs(folders, cwd, byTag)
  const { definition } = await openCloud(name, { env, cwd, portal: false, sandbox: {} })
  const manager = await openResourceManager(definition)
  const sweep: Sweep = {
    manager,
    timing: timingFor(definition),
    dryRun: options.dryRun ?? false,
    before,
    say: text => stdout.write(`${text}\n`),
    counts: { left: 0, removed: 0 },
  }
  const ledgers = outputs.map(output => ({ output, entries: readLedger(output) }))
  const own = ledgers.filter(({ entries }) => isAbout(entries, definition.resourceManager, manager.subscriptionId))
  for (const { output, entries } of own) await sweepLedger(output, shownPath(output, cwd), entries, sweep)
  if (byTag)
    await sweepTagged(
      own.map(({ entries }) => entries),
      before,
      sweep,
    )
  const { left, removed } = sweep.counts
  if (!sweep.dryRun)
    sweep.say(
      left > 0
        ? `${left} could not be removed.`
        : removed > 0
          ? `Removed ${removed}; nothing is left.`
          : 'Nothing was left behind.',
    )
  return left > 0 ? 4 : 0
}

interface Sweep {
  manager: ResourceManager
  timing: CleanUpTiming
  dryRun: boolean
  /** Only of runs that began before it, in milliseconds since 1970. */
  before: number | undefined
  say(text: string): void
  counts: { left: number; removed: number }
}

async function sweepLedger(output: string, shown: string, entries: LedgerEntry[], sweep: Sweep): Promise<void> {
  const { manager, timing, say, counts } = sweep
  const open = openItems(entries)
  if (open.length === 0) return
  if (isRunning(entries)) return say(`${shown}: its run still goes on; left alone`)
  if (sweep.before !== undefined && beganAt(entries) >= sweep.before)
    return say(`${shown}: its run is not that old; left alone`)
  if (sweep.dryRun) {
    for (const { resource } of open) say(`would remove ${resource.id}`)
    return
  }
  const ledger = openLedger(output, 'sweep')
  const items = await cleanUp(
    entries.filter(
      entry => entry.type !== 'gone' || entry.by !== 'article' || open.every(item => item.resource.id !== entry.id),
    ),
    { manager, ledger, timing, onItem: () => undefined },
  )
  ledger.close()
  for (const item of items.filter(each => open.some(({ resource }) => resource.id === each.id))) {
    say(
      `${item.status === 'left' ? 'LEFT' : item.status.padEnd(7)}  ${item.id}${item.message ? `  (${item.message})` : ''}`,
    )
    if (item.status === 'left') counts.left++
    if (item.status === 'deleted') counts.removed++
  }
}

/** Groups whose ledger is not here, by their tag. What a ledger here knows is the ledger's to decide. */
async function sweepTagged(ledgers: readonly LedgerEntry[][], before: number, sweep: Sweep): Promise<void> {
  const { manager, say } = sweep
  for (const group of await manager.resourceGroups()) {
    const tag = readRunTag(group)
    if (!tag || tag.at >= before) continue
    const ledger = ledgers.find(entries => entries.some(entry => entry.type === 'run' && entry.run === tag.run))
    if (ledger && (isRunning(ledger) || beganAt(ledger) >= before || existedBefore(ledger, group.id))) continue
    if (ledgers.some(entries => existedBefore(entries, group.id))) continue
    if (sweep.dryRun) say(`would remove ${group.id}  (by its tag, of run ${tag.run})`)
    else await removeTagged(group, tag.run, sweep)
  }
}

async function removeTagged(group: Resource, run: string, { manager, say, counts }: Sweep): Promise<void> {
  const address = { type: resourceGroupType, id: group.id, apiVersion: '2021-04-01' }
  try {
    await manager.remove(address)
    counts.removed++
    say(`deleted  ${group.id}  (by its tag, of run ${run})`)
  } catch (error) {
    const { code, message } = armError(error)
    counts.left++
    say(`LEFT  ${group.id}  (${code}: ${message})`)
  }
}

/** When a ledger's run began; one that doesn't say so is as new as can be. */
function beganAt(entries: readonly LedgerEntry[]): number {
  const header = entries.find(entry => entry.type === 'run')
  return header ? Date.parse(header.at) : Number.POSITIVE_INFINITY
}

const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function durationOf(text: string): number {
  const [, number, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  if (number !== undefined) return Number(number) * (units[unit] ?? 0)
  throw new UserError(
    `--older-than takes a time such as 30m, 2h or 1d, not '${text}'.`,
    'Say for example --older-than 2h.',
  )
}

async function findOutputs(folders: readonly string[], cwd: string, mayBeAbsent: boolean): Promise<string[]> {
  const found: string[] = []
  for (const folder of folders) {
    const path = resolve(cwd, folder)
    if (!existsSync(path)) {
      // Tags are looked for also where no ledger is left, the reason for them.
      if (mayBeAbsent && folder === 'reports') continue
      throw new UserError(
        `There is no folder '${folder}'.`,
        'Name the output folder of a run, or the folder that holds such folders.',
      )
    }
    const ledgers = await glob([`**/${ledgerFolder}/*.jsonl`], { cwd: path, absolute: true })
    found.push(...ledgers.map(ledger => resolve(ledger, '..', '..')))
  }
  return [...new Set(found)].sort()
}

/** The ledger's cloud is this one: same Resource Manager, same subscription. */
function isAbout(entries: readonly LedgerEntry[], resourceManager: string, subscription: string): boolean {
  return entries.some(
    entry =>
      entry.type === 'run' &&
      entry.cloud.resourceManager === resourceManager &&
      entry.cloud.subscription === subscription,
  )
}
