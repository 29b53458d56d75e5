import { resolve } from 'node:path'
import { storedFiles } from '../report/output-folder.ts'
import type { Drift, RunResult } from '../result/result.ts'
import { compareImages } from './compare-images.ts'
import type { ReadConfiguration } from './configuration.ts'
import type { Environment } from './environment.ts'
import { historyFolder, historyUpTo, record } from './report-history.ts'
import type { ReporterName } from './reporters.ts'
import { writeResult } from './run-articles.ts'
import { completeResult, writeReports } from './write-reports.ts'

export interface ReportOrders {
  output: string
  reporters: readonly ReporterName[]
  failOn: Drift
  configured: ReadConfiguration
  /** Whether the run enters the history. */
  recording: boolean
  /** A CODEOWNERS file, or false for none at all; by default the repository's. */
  codeOwners?: string | false | undefined
  printing: boolean
  /** Whether stale and missing images of the articles are written anew; undefined where they are not looked at again. */
  refreshImages?: boolean
}

/**
 * What happens to a result when its run has ended: it is completed and stored, enters the history, and its reports are
 * written.
 *
 * @returns the completed result.
 */
export function reportRun(run: RunResult, orders: ReportOrders, environment: Environment): RunResult {
  const { output, reporters, failOn, configured, recording, printing } = orders
  const { configuration, folder } = configured
  const { cwd, now } = environment
  const codeOwners =
    orders.codeOwners ??
    (configuration.codeOwners === undefined ? undefined : resolve(folder, configuration.codeOwners))
  const compared =
    orders.refreshImages === undefined ? run : compareImages(run, { output, cwd, refresh: orders.refreshImages })
  const result = completeResult(compared, { output, cwd, codeOwners })
  writeResult(output, result)
  const history = historyFolder(configured, cwd)
  if (recording) record(result, history, { keep: configuration.keep, now: now() })
  const files = storedFiles(output, result)
  const before = historyUpTo(result, history)
  writeReports({ run: result, output, failOn, history: before, printing, environment, ...files }, reporters)
  return result
}
