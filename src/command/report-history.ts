import { resolve } from 'node:path'
import { forgetBefore, readHistory, recordRun } from '../report/history.ts'
import { entriesOf, trends, type Trends } from '../report/trend.ts'
import type { RunResult } from '../result/result.ts'
import type { ReadConfiguration } from './configuration.ts'

/** The folder of the history: the configuration's, else `reports/history` of the working directory. */
export function historyFolder({ configuration, folder }: ReadConfiguration, cwd: string): string {
  return configuration.history === undefined
    ? resolve(cwd, 'reports', 'history')
    : resolve(folder, configuration.history)
}

/**
 * Enters a run into the history, once, and forgets what is older than `keep` days. A rehearsal, and a run that has not
 * ended, leave no trace there.
 */
export function record(run: RunResult, folder: string, { keep, now }: { keep: number | undefined; now: Date }): void {
  if (entriesOf(run).length === 0) return
  recordRun(folder, run)
  if (keep !== undefined) forgetBefore(folder, new Date(now.getTime() - keep * 86_400_000))
}

/** What was known of a run's articles when it ended, itself included. A rehearsal is no part of any history, and gets none. */
export function historyUpTo(run: RunResult, folder: string): Trends | undefined {
  const own = entriesOf(run)
  if (own.length === 0) return undefined
  const isOwn = new Set(own.map(entry => `${entry.run} ${entry.article}`))
  const last =
    own
      .map(entry => entry.at)
      .sort()
      .at(-1) ?? ''
  const before = readHistory(folder).entries.filter(
    entry => entry.at <= last && !isOwn.has(`${entry.run} ${entry.article}`),
  )
  return trends([...before, ...own])
}
