import type { Drift, StepResult } from '../result/result.ts'

const rank: Record<Drift, number> = { blocking: 0, misleading: 1, cosmetic: 2 }

/** Whether a step counts against the run, as `--fail-on` says: a failure always, a drift from the given one on. */
export function isFailing(step: Pick<StepResult, 'status' | 'drift'>, failOn: Drift = 'misleading'): boolean {
  if (step.status === 'failed') return true
  return step.status === 'drifted' && rank[step.drift ?? 'cosmetic'] <= rank[failOn]
}
