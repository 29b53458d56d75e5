import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../article/article.ts'
import type { PlannedStep } from '../plan/plan.ts'
import { readLines, type RunEvent } from '../result/journal.ts'
import { articleJournal } from './journal-files.ts'
import { StepFailure } from './step-failure.ts'

/** Milliseconds between two looks. */
const interval = 250

/**
 * Waits for the end of another plan of the run, which its worker writes down.
 *
 * @throws StepFailure where a step of it failed, or it doesn't end in time: the article that needs it was not tried.
 */
export async function whenNeeded(
  { plan, path, title, limit }: NonNullable<PlannedStep['needed']>,
  { output, place }: { output: string; place: Place },
): Promise<void> {
  const deadline = Date.now() + limit
  for (;;) {
    const events = readLines<RunEvent>(articleJournal(output, plan))
    const failed = events.flatMap(event => (event.type === 'step-finished' && isFailed(event) ? [event.step] : []))[0]
    if (failed)
      throw notTried(
        `“${title}” (${path}), which this article needs first, failed in line ${failed.place.start.line}.`,
        {
          place: failed.place,
          detail: failed.error?.message,
        },
      )
    if (events.some(({ type }) => type === 'article-finished')) return
    if (Date.now() > deadline)
      throw notTried(`“${title}” (${path}), which this article needs first, did not end.`, { place })
    await sleep(interval)
  }
}

/** A misleading or cosmetic finding stops nobody. */
function isFailed({ step }: Extract<RunEvent, { type: 'step-finished' }>): boolean {
  return step.status === 'failed'
}

function notTried(message: string, { place, detail }: { place: Place; detail?: string | undefined }): StepFailure {
  return new StepFailure(
    {
      rule: 'needed-failed',
      message,
      remedy: 'Its own result says why; this article was not tried.',
      place,
      ...(detail === undefined ? {} : { detail }),
    },
    { verdict: 'environment' },
  )
}
