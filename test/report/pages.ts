import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { html, type HtmlOptions } from '../../src/report/html.ts'
import { trends, entriesOf, type HistoryEntry, type Trends } from '../../src/report/trend.ts'
import type { RunResult } from '../../src/result/result.ts'
import { sources, storedResults } from './stored-results.ts'

/** Writes a run's pages as `verbatim run` does, with the pictures beside them; returns the address of the first. */
export function writePages(run: RunResult, options: HtmlOptions = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-pages-'))
  for (const { path, content } of html(run, sources, { picture: articleImage, ...options })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  mkdirSync(join(folder, 'screenshots'))
  const picture = new URL('../../fixtures/results/screenshots/vaults.png', import.meta.url)
  copyFileSync(fileURLToPath(picture), join(folder, 'screenshots', 'vaults.png'))
  return pathToFileURL(join(folder, 'index.html')).href
}

export function stored(name: string): RunResult {
  const run = storedResults[name]
  if (!run) throw new Error(`no result '${name}' is stored`)
  return run
}

/** Thirty nights before the stored one, in which articles broke, recovered, turned and met bad weather. */
export function historyOf(run: RunResult): Trends {
  const today = entriesOf(run)
  const past = today.flatMap((entry, index) =>
    index === today.length - 1 ? [] : Array.from({ length: 29 }, (_, night) => before(entry, index, 29 - night)),
  )
  return trends([...past, ...today])
}

function before(entry: HistoryEntry, article: number, nights: number): HistoryEntry {
  const at = new Date(Date.parse(entry.at) - nights * 86_400_000).toISOString()
  const { verdict: _, ...rest } = { ...entry, run: `night-${at.slice(0, 10)}`, at, steps: { passed: 11 } }
  const passed: HistoryEntry = {
    ...rest,
    status: 'passed',
    duration: entry.duration + ((nights * 7919 + article * 104_729) % 9000),
  }
  if (nights % 13 === 5) return { ...passed, status: 'failed', verdict: 'environment' }
  if (article === 0 && nights < 4) return { ...passed, status: 'failed', verdict: 'doc' }
  if (article === 2 && nights < 6 && nights % 2 === 0) return { ...passed, status: 'failed', verdict: 'product' }
  if (article === 8 && nights < 3) return { ...passed, status: 'failed', verdict: 'doc' }
  return article === 1 && nights < 12 ? { ...passed, status: 'drifted' } : passed
}

function articleImage(path: string): string | undefined {
  return path.endsWith('media/create-vault/search.png') ? 'screenshots/vaults.png' : undefined
}
