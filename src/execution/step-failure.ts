import { resolve } from 'node:path'
import type { Place } from '../article/article.ts'
import type { Drift, Problem, Suggestion, Verdict } from '../result/result.ts'
import { armError, isEnvironmental } from '../cloud/arm-error.ts'
import { maskedCopy } from './mask.ts'

/**
 * A step that did not pass, in words for the article's owner. Its stack names the article's line, so that Playwright's
 * own reporters print the Markdown with a caret; what really threw is the `cause`.
 */
export class StepFailure extends Error {
  override name = 'StepFailure'
  readonly problem: Problem
  readonly verdict: Verdict
  readonly drift: Drift | undefined
  readonly suggestion: Suggestion | undefined
  readonly timedOut: boolean

  constructor(
    problem: Problem,
    facts: {
      verdict: Verdict
      drift?: Drift
      suggestion?: Suggestion | undefined
      timedOut?: boolean
      cause?: unknown
    },
  ) {
    super(sentences(problem), { cause: facts.cause })
    this.problem = problem
    this.verdict = facts.verdict
    this.drift = facts.drift
    this.suggestion = facts.suggestion
    this.timedOut = facts.timedOut ?? false
    this.stack = `${this.name}: ${this.message}\n    at ${resolve(problem.place.path)}:${problem.place.start.line}:${problem.place.start.column}`
  }
}

/** Anything that a step threw, as a failure with a place and a verdict. */
export function stepFailure(error: unknown, place: Place): StepFailure {
  if (error instanceof StepFailure) return error
  const cloud = armError(error)
  if (cloud.status !== undefined || isEnvironmental(cloud)) return refusedByCloud(error, place)
  const told = error instanceof Error ? error : new Error(String(error))
  const browser =
    /Target (?:page, context or browser has been )?closed|browser has been closed|Target crashed|net::ERR_/i.test(
      told.message,
    )
  return new StepFailure(
    {
      rule: browser ? 'browser-gone' : 'driver-error',
      message: browser
        ? `The browser or the network failed: ${firstLine(cloud.message)}`
        : `Verbatim could not carry this out: ${firstLine(cloud.message)}`,
      remedy: browser
        ? 'Run it again; if it happens again, look at the trace.'
        : 'This is a fault of Verbatim, not of the article: please report it with the trace.',
      place,
      detail: told.stack ?? told.message,
    },
    { verdict: browser ? 'environment' : 'driver', cause: error },
  )
}

/** The failure as others may read it: Playwright prints what is thrown, its cause too, so that stays behind. */
export function maskedFailure(failure: StepFailure, mask: (text: string) => string): StepFailure {
  const { verdict, drift, suggestion, timedOut } = failure
  return new StepFailure(maskedCopy(failure.problem, mask), {
    verdict,
    timedOut,
    ...(drift ? { drift } : {}),
    suggestion: maskedCopy(suggestion, mask),
  })
}

/** Resource Manager or Entra refused. What was asked may be wrong (the article's values), or the surroundings. */
export function refusedByCloud(error: unknown, place: Place): StepFailure {
  const told = armError(error)
  const environmental = isEnvironmental(told)
  return new StepFailure(
    {
      rule: environmental ? 'cloud-unavailable' : 'refused-by-cloud',
      message: `Resource Manager refused: ${told.code}${told.status === undefined ? '' : ` (${told.status})`}: ${firstLine(told.message)}`,
      found: [told.message],
      remedy: environmental
        ? 'Check network, sign-in, permissions and quota; the article is not at fault.'
        : 'Compare the values of this form with what the service accepts.',
      place,
    },
    { verdict: environmental ? 'environment' : 'product', cause: error },
  )
}

function sentences({ message, said, found, remedy }: Problem): string {
  return [
    message,
    ...(said ? [`The article says: ${said}`] : []),
    ...(found && found.length > 0 ? [`Found instead: ${found.slice(0, 6).join(' · ')}`] : []),
    ...(remedy ? [remedy] : []),
  ].join('\n')
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
