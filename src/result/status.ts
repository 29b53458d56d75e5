import type { ArticleResult, Drift, RunResult, StepResult, Verdict } from './result.ts'

/** Drifts from worst to mildest. */
export const driftOrder: readonly Drift[] = ['blocking', 'misleading', 'cosmetic']

/** The worse of two drifts. */
export function worse(one: Drift | undefined, other: Drift | undefined): Drift | undefined {
  if (!one || !other) return one ?? other
  return driftOrder.indexOf(one) <= driftOrder.indexOf(other) ? one : other
}

/** What an article's steps make of it: one failed step fails it; what was not run keeps it from passing. */
export function articleStatus({
  steps,
  refusals,
}: Pick<ArticleResult, 'steps' | 'refusals'>): Pick<ArticleResult, 'status' | 'verdict' | 'drift'> {
  if (refusals.length > 0) return { status: 'refused', verdict: undefined, drift: undefined }
  const failed = steps.find(step => step.status === 'failed')
  const drift = steps.reduce<Drift | undefined>((worst, step) => worse(worst, step.drift), undefined)
  if (failed) return { status: 'failed', verdict: failed.verdict, drift }
  const asks = steps.filter(asksForSomething)
  if (asks.length === 0 || asks.some(step => step.status === 'not-run'))
    return { status: 'not-run', verdict: undefined, drift }
  const drifted = steps.find(step => step.status === 'drifted')
  if (drifted) return { status: 'drifted', verdict: drifted.verdict ?? 'doc', drift }
  if (asks.some(step => step.status === 'passed')) return { status: 'passed', verdict: undefined, drift: undefined }
  return { status: asks.every(step => step.status === 'skipped') ? 'skipped' : 'not-run', verdict: undefined, drift }
}

/**
 * The exit code: 0 all passed; 1 an article or the product is wrong; 2 refused, or nothing was run; 3 surroundings or
 * driver failed; 4 something was left behind; 130 interrupted. Where several apply: 130, 4, 2, 1, 3.
 *
 * @param failOn the drift from which on a drifted article counts as wrong.
 */
export function exitCodeOf(result: RunResult, failOn: Drift = 'misleading'): number {
  const { articles, cleanup, interrupted, problems } = result
  const blames = (verdicts: readonly Verdict[]) =>
    articles.some(each => each.status === 'failed' && each.verdict && verdicts.includes(each.verdict))
  const drifted = articles.some(each => each.drift && driftOrder.indexOf(each.drift) <= driftOrder.indexOf(failOn))
  if (interrupted) return 130
  if (cleanup.some(item => item.status === 'left')) return 4
  if (articles.some(each => each.status === 'refused')) return 2
  // Nothing was run: by request, or because something broke.
  if (!articles.some(wasRun)) return problems.length > 0 && articles.some(each => each.status === 'not-run') ? 3 : 2
  if (blames(['doc', 'product', 'cleanup']) || drifted) return 1
  if (problems.length > 0 || articles.some(({ status }) => status === 'failed' || status === 'not-run')) return 3
  return 0
}

function wasRun({ status }: ArticleResult): boolean {
  return status === 'passed' || status === 'drifted' || status === 'failed'
}

/** A step that only informs has no actions, and is nothing to wait for. */
function asksForSomething(step: StepResult): boolean {
  return step.actions.length > 0 || step.status !== 'not-run'
}
