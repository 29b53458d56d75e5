import type { ArticleResult, Drift, StepResult, Verdict } from '../../../src/result/result.ts'
import type { Mutant } from './mutant.ts'

/** What a run said of an article, first thing first. */
export interface Told {
  line: number
  verdict: Verdict | undefined
  drift: Drift | undefined
  rule: string
  message: string
}

/**
 * `right`: with the right step and verdict. `wrong`: not green, but the wrong step or verdict. `survived`: all green.
 * `undecided`: on the ARM surface an option that no file lists; the run stops at it and says that it can't judge it.
 */
export type Outcome = 'right' | 'wrong' | 'survived' | 'undecided'

/** Compares what a run said of a mutant with what a correct one must say. */
export function judge(
  { expected }: Mutant,
  result: ArticleResult | undefined,
): { outcome: Outcome; told: Told | undefined } {
  const told = firstTold(result)
  if (!told) return { outcome: 'survived', told }
  const line = expected.lines.some(([first, last]) => first <= told.line && told.line <= last)
  if (line && told.rule === 'option-unmapped' && told.verdict === 'driver') return { outcome: 'undecided', told }
  const right = line && told.verdict === expected.verdict && rank(told.drift) >= rank(expected.drift)
  return { outcome: right ? 'right' : 'wrong', told }
}

/** The first thing that a reader of a result is told is wrong; undefined where all is green. */
export function firstTold(result: ArticleResult | undefined): Told | undefined {
  if (!result) return { line: 0, verdict: undefined, drift: undefined, rule: 'no-result', message: 'No result.' }
  const [refusal] = result.refusals
  if (refusal)
    return {
      line: refusal.place.start.line,
      verdict: 'doc',
      drift: 'blocking',
      rule: refusal.rule,
      message: refusal.message,
    }
  const step = result.steps.find(each => each.status === 'failed' || each.status === 'drifted')
  if (step) return step.status === 'failed' ? failure(step) : drift(step)
  return result.status === 'passed'
    ? undefined
    : { line: 0, verdict: result.verdict, drift: result.drift, rule: result.status, message: 'Nothing was blamed.' }
}

function failure({ error, verdict, drift: told, place }: StepResult): Told {
  return {
    line: error?.place.start.line ?? place.start.line,
    verdict,
    drift: told,
    rule: error?.rule ?? 'failed',
    message: error?.message ?? '',
  }
}

function drift({ actions, verdict, drift: worst, place }: StepResult): Told {
  const blamed = actions
    .flatMap(action => action.remarks.map(remark => ({ action, remark })))
    .find(({ remark }) => remark.drift === worst)
  return {
    line: (blamed?.remark.place ?? blamed?.action.place ?? place).start.line,
    verdict,
    drift: worst,
    rule: blamed?.remark.rule ?? 'drifted',
    message: blamed?.remark.message ?? '',
  }
}

function rank(drift: Drift | undefined): number {
  return drift === undefined ? 0 : { cosmetic: 1, misleading: 2, blocking: 3 }[drift]
}
