import { readFileSync, readdirSync, existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openLines, readLines, type LineWriter } from '../result/journal.ts'

/**
 * What a run may leave in the cloud, noted before the action that makes it necessary. Each line is flushed, so that it
 * outlives `kill -9`; each writer has a file of its own (the command `run.jsonl`, each article one).
 */
export type LedgerEntry =
  | {
      type: 'run'
      run: string
      at: string
      /** The process that will clean up; where it lives, `sweep` keeps away. */
      pid: number
      cloud: { name: string; resourceManager: string; subscription: string; private: boolean }
    }
  /** Before a resource may come into being. `existed` is what was seen just before: what existed is not ours. */
  | {
      type: 'expected'
      article: string
      resource: LedgerResource
      existed: boolean
      at: string
      /** The id of what it was made together with, and may go with. */
      beside?: string
    }
  /** The resource was seen after the action. */
  | { type: 'appeared'; article: string; id: string; at: string }
  /** The resource is gone, and that was verified. */
  | { type: 'gone'; article: string; id: string; by: 'article' | 'verbatim'; at: string }
  | { type: 'kept'; id: string; at: string; reason: string }

export interface LedgerResource {
  type: string
  id: string
  apiVersion?: string | undefined
}

/** Something that a run made or may have made, and that is not known to be gone. */
export interface OpenItem {
  article: string
  resource: LedgerResource
  appeared: boolean
  /** The id of what it was made together with, and may go with. */
  beside?: string
}

export type Ledger = LineWriter<LedgerEntry>

/** The folder of a run's ledger, under its output folder. */
export const ledgerFolder = 'ledger'

export function openLedger(output: string, writer: string): Ledger {
  return openLines<LedgerEntry>(join(output, ledgerFolder, `${writer}.jsonl`))
}

/** Every entry of a run's ledger, all writers together, in the order in which it was written. */
export function readLedger(output: string): LedgerEntry[] {
  const folder = join(output, ledgerFolder)
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter(name => name.endsWith('.jsonl'))
  const entries = files.sort().flatMap(name => readLines<LedgerEntry>(join(folder, name)))
  return entries.sort((a, b) => a.at.localeCompare(b.at))
}

/**
 * What is still to be cleaned up: absent before, and not verified to be gone since. What is gone and then made again is
 * open again. In the order in which it was expected.
 */
export function openItems(entries: readonly LedgerEntry[]): OpenItem[] {
  const items = new Map<string, OpenItem>()
  for (const entry of entries) {
    if (entry.type === 'run') continue
    const id = (entry.type === 'expected' ? entry.resource.id : entry.id).toLowerCase()
    const item = items.get(id)
    if (entry.type === 'gone' || entry.type === 'kept') items.delete(id)
    if (entry.type === 'appeared' && item) item.appeared = true
    if (entry.type === 'expected' && !entry.existed && !item)
      items.set(id, {
        article: entry.article,
        resource: entry.resource,
        appeared: false,
        ...(entry.beside === undefined ? {} : { beside: entry.beside }),
      })
  }
  return [...items.values()]
}

/** Whether the ledger shows that a resource was there before the run, always: such a resource is never deleted. */
export function existedBefore(entries: readonly LedgerEntry[], id: string): boolean {
  const about = entries.flatMap(entry =>
    entry.type === 'expected' && entry.resource.id.toLowerCase() === id.toLowerCase() ? [entry] : [],
  )
  return about.length > 0 && about.every(entry => entry.existed)
}

/** Whether the run that writes this ledger is still going on here. */
export function isRunning(entries: readonly LedgerEntry[]): boolean {
  const header = entries.find(entry => entry.type === 'run')
  if (!header) return false
  try {
    process.kill(header.pid, 0)
    return isVerbatim(header.pid)
  } catch {
    return false
  }
}

/** A process id may have been given to another program since. */
function isVerbatim(pid: number): boolean {
  const commandLine = `/proc/${pid}/cmdline`
  if (!existsSync(commandLine)) return true
  return readFileSync(commandLine, 'utf8')
    .split('\0')
    .some(word => /verbatim|command/.test(basename(word)))
}
