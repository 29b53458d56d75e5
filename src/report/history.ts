import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
} from 'node:fs'
import { renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { RunResult } from '../result/result.ts'
import { entriesOf, type HistoryEntry } from './trend.ts'

/**
 * The history under a folder: a file of JSON lines per month (`2026-11.jsonl`), to which runs only ever append. A writer that is
 * killed leaves at most one torn line, which the next one ends and readers pass over. Reading many months costs what their
 * bytes cost; `since` leaves files out by their names.
 */
export interface History {
  entries: HistoryEntry[]
  /** Lines that could not be read: torn by a killed writer, or of a later version. */
  damaged: number
}

/** Adds a run. A rehearsal adds nothing; a run that is already there is not added again. Returns the number of new lines. */
export function recordRun(folder: string, run: RunResult): number {
  return addEntries(folder, entriesOf(run))
}

/** All results since a moment (by default all), oldest first, each once, whatever order they were written in. */
export function readHistory(folder: string, { since }: { since?: Date } = {}): History {
  const from = since?.toISOString()
  const months = monthsOf(folder).filter(month => from === undefined || month >= from.slice(0, 7))
  const found = new Map<string, HistoryEntry>()
  let damaged = 0
  for (const month of months) {
    for (const line of readFileSync(fileOf(folder, month), 'utf8').split('\n')) {
      if (line === '') continue
      const entry = parse(line)
      if (!entry) damaged += 1
      else if (from === undefined || entry.at >= from) found.set(keyOf(entry), entry)
    }
  }
  return { entries: [...found.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), damaged }
}

/** Takes in the histories of other machines or shards; what is known already stays as it is. Returns the number of new lines. */
export function mergeHistories(folder: string, others: string[]): number {
  return addEntries(
    folder,
    others.flatMap(other => readHistory(other).entries),
  )
}

/**
 * Forgets what is older than a moment: whole months go at once, the month that the moment lies in is rewritten beside itself and
 * then replaced, so that no moment finds half a file. Returns the number of results that are left.
 */
export function forgetBefore(folder: string, moment: Date): number {
  const from = moment.toISOString()
  for (const month of monthsOf(folder)) {
    if (month < from.slice(0, 7)) rmSync(fileOf(folder, month))
    else if (month === from.slice(0, 7)) {
      const kept = readHistory(folder, { since: moment }).entries.filter(entry => entry.at.startsWith(month))
      const file = fileOf(folder, month)
      writeFileSync(`${file}.new`, kept.map(toLine).join(''), { flush: true })
      renameSync(`${file}.new`, file)
    }
  }
  return readHistory(folder).entries.length
}

function addEntries(folder: string, entries: HistoryEntry[]): number {
  mkdirSync(folder, { recursive: true })
  const months = new Map<string, HistoryEntry[]>()
  for (const entry of entries) months.set(entry.at.slice(0, 7), [...(months.get(entry.at.slice(0, 7)) ?? []), entry])
  let added = 0
  for (const [month, own] of months) {
    const known = keysOf(folder, month)
    const fresh = new Map(own.filter(entry => !known.has(keyOf(entry))).map(entry => [keyOf(entry), entry]))
    const lines = [...fresh.values()].map(toLine)
    if (lines.length > 0) append(fileOf(folder, month), lines.join(''))
    added += lines.length
  }
  return added
}

/** One write to a file opened for appending, so that writers do not tear each other's lines; on disk when it returns. */
function append(file: string, text: string): void {
  const handle = openSync(file, 'a+')
  try {
    writeSync(handle, endsTorn(handle) ? `\n${text}` : text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function endsTorn(handle: number): boolean {
  const { size } = fstatSync(handle)
  const last = Buffer.alloc(1)
  return size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a
}

function keysOf(folder: string, month: string): Set<string> {
  const file = fileOf(folder, month)
  if (!existsSync(file)) return new Set()
  const lines = readFileSync(file, 'utf8').split('\n')
  return new Set(lines.flatMap(line => parse(line) ?? []).map(keyOf))
}

function monthsOf(folder: string): string[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter(file => /^\d{4}-\d{2}\.jsonl$/.test(file))
  return files.map(file => file.slice(0, 7)).sort()
}

function fileOf(folder: string, month: string): string {
  return join(folder, `${month}.jsonl`)
}

function keyOf({ run, article }: HistoryEntry): string {
  return `${run}\n${article}`
}

function toLine(entry: HistoryEntry): string {
  return `${JSON.stringify(entry)}\n`
}

function parse(line: string): HistoryEntry | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined
  try {
    const entry = JSON.parse(line) as Partial<HistoryEntry>
    const whole = typeof entry.run === 'string' && typeof entry.article === 'string' && typeof entry.at === 'string'
    return whole && entry.steps && entry.status ? (entry as HistoryEntry) : undefined
  } catch {
    return undefined
  }
}
