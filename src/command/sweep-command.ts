import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { glob } from 'tinyglobby'
import { openResourceManager } from '../cloud/resource-manager.ts'
import { cleanUp, timingFor } from '../execution/clean-up.ts'
import { isRunning, ledgerFolder, openItems, openLedger, readLedger, type LedgerEntry } from '../execution/ledger.ts'
import { shownPath } from './shown-path.ts'
import { openCloud } from './clouds.ts'
import type { Environment } from './environment.ts'
import type { SweepOptions } from './sweep.ts'
import { UserError } from './user-error.ts'

/** Runs `verbatim sweep`. @returns 0 when nothing is left, 4 when something is. */
export async function sweepCommand(
  folders: readonly string[],
  options: SweepOptions,
  { cwd, env, stdout }: Environment,
): Promise<number> {
  const name = options.cloud ?? 'azure'
  if (name === 'sandbox')
    throw new UserError(
      'A run’s private sandbox ends with the run: there is nothing to sweep.',
      'Name the cloud that outlived the run: --cloud <name or file>.',
    )
  const outputs = await findOutputs(folders, cwd)
  const cloud = await openCloud(name, { env, cwd, portal: false, sandbox: {} })
  const { definition } = cloud
  const manager = await openResourceManager(definition)
  const say = (text: string) => stdout.write(`${text}\n`)
  let left = 0
  let removed = 0
  for (const output of outputs) {
    const entries = readLedger(output)
    const open = openItems(entries)
    if (open.length === 0 || !isAbout(entries, definition.resourceManager, manager.subscriptionId)) continue
    if (isRunning(entries)) {
      say(`${shownPath(output, cwd)}: its run still goes on; left alone`)
      continue
    }
    if (options.dryRun) {
      for (const { resource } of open) say(`would remove ${resource.id}`)
      continue
    }
    const ledger = openLedger(output, 'sweep')
    const items = await cleanUp(
      entries.filter(
        entry => entry.type !== 'gone' || entry.by !== 'article' || open.every(item => item.resource.id !== entry.id),
      ),
      { manager, ledger, timing: timingFor(definition), onItem: () => undefined },
    )
    ledger.close()
    for (const item of items.filter(each => open.some(({ resource }) => resource.id === each.id))) {
      say(
        `${item.status === 'left' ? 'LEFT' : item.status.padEnd(7)}  ${item.id}${item.message ? `  (${item.message})` : ''}`,
      )
      if (item.status === 'left') left++
      if (item.status === 'deleted') removed++
    }
  }
  if (!options.dryRun)
    say(
      left > 0
        ? `${left} could not be removed.`
        : removed > 0
          ? `Removed ${removed}; nothing is left.`
          : 'Nothing was left behind.',
    )
  return left > 0 ? 4 : 0
}

async function findOutputs(folders: readonly string[], cwd: string): Promise<string[]> {
  const found: string[] = []
  for (const folder of folders) {
    const path = resolve(cwd, folder)
    if (!existsSync(path))
      throw new UserError(
        `There is no folder '${folder}'.`,
        'Name the output folder of a run, or the folder that holds such folders.',
      )
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
