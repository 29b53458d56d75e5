import { expect, test } from '@playwright/test'
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forgetBefore, mergeHistories, readHistory, recordRun } from '../../src/report/history.ts'
import { entriesOf, trends, type HistoryEntry } from '../../src/report/trend.ts'
import { storedResults } from './stored-results.ts'

const night = stored('night')

test('a run is recorded once, however often it is reported', () => {
  const folder = newFolder()
  expect(recordRun(folder, night)).toBe(night.articles.length)
  expect(recordRun(folder, night)).toBe(0)
  expect(readHistory(folder)).toEqual({ entries: sorted(entriesOf(night)), damaged: 0 })
})

test('a rehearsal and a run that has not ended stay out', () => {
  const folder = newFolder()
  expect(recordRun(folder, stored('rehearsed'))).toBe(0)
  expect(recordRun(folder, { ...night, state: 'running' })).toBe(0)
  expect(readHistory(folder).entries).toEqual([])
})

test('a line that a killed writer tore costs that line alone', () => {
  const folder = newFolder()
  recordRun(folder, night)
  const file = join(folder, '2026-11.jsonl')
  appendFileSync(file, '{"run":"torn","article":"a","at":"2026-11-2')
  recordRun(folder, { ...night, run: 'after' })
  const { entries, damaged } = readHistory(folder)
  expect(damaged).toBe(1)
  expect(new Set(entries.map(entry => entry.run))).toEqual(new Set([night.run, 'after']))
  expect(entries).toHaveLength(2 * night.articles.length)
})

test('histories of shards merge, in any order, without doubles', () => {
  const shards = [newFolder(), newFolder()]
  const [first, second] = shards
  if (!first || !second) throw new Error('two shards are needed')
  recordRun(first, { ...night, articles: night.articles.slice(0, 6) })
  recordRun(second, { ...night, articles: night.articles.slice(4) })
  const folder = newFolder()
  expect(mergeHistories(folder, shards)).toBe(night.articles.length)
  expect(mergeHistories(folder, shards.toReversed())).toBe(0)
  expect(readHistory(folder).entries).toHaveLength(night.articles.length)
})

test('what is older than the retention goes, what is younger stays', () => {
  const folder = newFolder()
  for (const at of ['2026-08-30', '2026-10-01', '2026-10-20', '2026-11-20']) recordRun(folder, runOn(night, at))
  expect(forgetBefore(folder, new Date('2026-10-10T00:00:00Z'))).toBe(2 * night.articles.length)
  expect(readdirSync(folder).sort()).toEqual(['2026-10.jsonl', '2026-11.jsonl'])
})

test('a writer appends and never rewrites what is there', () => {
  const folder = newFolder()
  recordRun(folder, night)
  const file = join(folder, '2026-11.jsonl')
  const before = readFileSync(file, 'utf8')
  recordRun(folder, { ...night, run: 'next' })
  expect(readFileSync(file, 'utf8').startsWith(before)).toBe(true)
})

test('the trend says since when an article fails and at which commit, and leaves faults of the surroundings out', () => {
  const base = entry('passed', 1)
  const failed = (day: number, commit: string): HistoryEntry => ({ ...entry('failed', day), verdict: 'doc', commit })
  const { articles } = trends([
    base,
    failed(2, 'bbb'),
    { ...entry('failed', 3), verdict: 'environment' },
    failed(4, 'ccc'),
  ])
  expect(articles['a']?.failingSince).toEqual({ run: 'run-2', at: '2026-11-02T02:00:00.000Z', commit: 'bbb' })
  expect(articles['a']?.verified?.run).toBe('run-1')
  expect(articles['a']?.previous?.verdict).toBe('environment')
})

test('an article that a fault of the surroundings hits is not failing', () => {
  const { articles } = trends([entry('passed', 1), { ...entry('failed', 2), verdict: 'environment' }])
  expect(articles['a']?.failingSince).toBeUndefined()
})

test('an article is flaky when it turns with the same text, and not when its text changed each time', () => {
  const turns = [1, 2, 3, 4, 5].map(day => ({ ...entry(day % 2 ? 'passed' : 'failed', day), verdict: 'doc' as const }))
  expect(trends(turns).articles['a']?.flaky).toBe(true)
  const edited = turns.map((turn, index) => ({ ...turn, hash: String(index) }))
  expect(trends(edited).articles['a']?.flaky).toBe(false)
})

test('what was only followed on paper is not verified', () => {
  const { articles } = trends([{ ...entry('passed', 1), steps: { passed: 3, assumed: 1 } }])
  expect(articles['a']?.verified).toBeUndefined()
})

test('100,000 results are read and looked back over in under two seconds of processor time', () => {
  const folder = newFolder()
  const [sample] = entriesOf(night)
  if (!sample) throw new Error('the night left no entries')
  const lines = Array.from({ length: 100_000 }, (_, index) => {
    const day = Math.floor(index / 1000)
    const at = new Date(Date.UTC(2026, 7, 1 + day, 2)).toISOString()
    return { ...sample, run: `run-${day}`, article: `article-${index % 1000}`, at }
  })
  const months = grouped(lines)
  for (const [month, own] of months)
    writeFileSync(join(folder, `${month}.jsonl`), own.map(line => `${JSON.stringify(line)}\n`).join(''))
  const began = process.cpuUsage()
  const { articles, nights } = trends(readHistory(folder).entries)
  const { user, system } = process.cpuUsage(began)
  const took = (user + system) / 1000
  test.info().annotations.push({ type: 'milliseconds', description: took.toFixed(0) })
  expect(Object.keys(articles)).toHaveLength(1000)
  expect(nights).toHaveLength(30)
  expect(took).toBeLessThan(2000)
})

function entry(status: HistoryEntry['status'], day: number): HistoryEntry {
  return {
    run: `run-${day}`,
    at: `2026-11-0${day}T02:00:00.000Z`,
    cloud: 'azure',
    article: 'a',
    path: 'a.md',
    title: 'A',
    hash: 'same',
    status,
    duration: 1000,
    steps: { passed: 3 },
  }
}

function stored(name: string) {
  const run = storedResults[name]
  if (!run) throw new Error(`no result '${name}' is stored`)
  return run
}

function runOn(run: typeof night, day: string) {
  const at = `${day}T02:00:00.000Z`
  return { ...run, run: day, startedAt: at, articles: run.articles.map(article => ({ ...article, startedAt: at })) }
}

function sorted(entries: HistoryEntry[]) {
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function grouped(lines: HistoryEntry[]): Map<string, HistoryEntry[]> {
  const months = new Map<string, HistoryEntry[]>()
  for (const line of lines) {
    const month = line.at.slice(0, 7)
    const own = months.get(month)
    if (own) own.push(line)
    else months.set(month, [line])
  }
  return months
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'verbatim-history-'))
}
