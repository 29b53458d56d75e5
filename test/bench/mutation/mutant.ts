import type { SurfaceName } from '../../../src/plan/plan.ts'
import type { Drift, Verdict } from '../../../src/result/result.ts'
import type { DriftName } from '../../../src/sandbox/portal/traits.ts'

/** What is wrong with a mutant. `decoy` is what looks like the right thing and is another one. */
export const mutantClasses = [
  'label',
  'option',
  'value',
  'region',
  'order',
  'missing-step',
  'missing-row',
  'wrong-place',
  'renamed',
  'decoy',
] as const
export type MutantClass = (typeof mutantClasses)[number]

/** One change that makes an article untrue: in its Markdown, or, with `drift`, in the portal that it speaks of. */
export interface Mutant {
  /** The same for the same article and change, whatever else is generated: `create-vault:label:28:1`. */
  id: string
  class: MutantClass
  /** File name of the article that was changed. */
  article: string
  surface: SurfaceName
  /** For people: what was changed. */
  change: string
  text: string
  drift?: DriftName
  expected: Expectation
}

/** What a correct run must say of a mutant. */
export interface Expectation {
  /** Lines of the mutant's text, first and last: one of these must be blamed. */
  lines: readonly (readonly [first: number, last: number])[]
  verdict: Verdict
  /** The drift class that it has at least. */
  drift: Drift
}

/** A change that no run can tell from the article itself, with the rule that says so. */
export interface Equivalent {
  id: string
  class: MutantClass
  article: string
  change: string
  rule: EquivalenceRule
}

/** Why a change makes no observable difference. */
export const equivalenceRules = {
  'signs-in-anyway': 'An article may take it for granted that its reader is signed in.',
  'does-nothing': 'The step only waits, looks or leaves things as they are.',
  'only-looks': 'The step only goes somewhere, and the next one starts from anywhere.',
  'has-a-default':
    'The step only sets what the form has a default for, and the next one is done from anywhere on the form.',
  'one-subscription': 'The form proposes the only subscription that there is.',
  'not-spoken-of': 'The article speaks of nothing that the drift changes.',
  'starts-anywhere': 'The second step starts from anywhere, so it does not depend on the first.',
  'fields-in-any-order': 'Both steps fill in fields, or the second finds its page itself: their order does not matter.',
} as const
export type EquivalenceRule = keyof typeof equivalenceRules
