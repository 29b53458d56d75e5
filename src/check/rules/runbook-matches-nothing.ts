import type { Refusal } from '../../plan/plan.ts'
import type { KnownRunbook, Problem, Rule } from '../rule.ts'

/** An entry of the runbook that fits no part of the article. */
export const runbookMatchesNothing: Rule = {
  severity: 'error',
  summary: 'An entry of the runbook fits no step, placeholder or variant of its article.',
  why:
    'The article has changed, or the entry was never right: what it was to skip would be run, and what it was to answer ' +
    'has no answer. A run refuses to start.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. For **Region**, select a region.\n1. Select **Create**.\n',
      right: '# Create a vault\n\n1. Select **Next**.\n1. For **Location**, select a region.\n1. Select **Create**.\n',
      runbook:
        'answers:\n  Location: West US\nskip:\n  - step: "Create a vault #3"\n    reason: It is created elsewhere.\n',
    },
    {
      wrong: '# Create a vault\n\n# [CLI](#tab/cli)\n\n1. Select **Create**.\n',
      right: '# Create a vault\n\n# [Portal](#tab/portal)\n\n1. Select **Create**.\n',
      runbook: 'variant: [portal]\n',
    },
  ],
  check({ plans: [first, ...others], runbook }) {
    if (!runbook || !first) return []
    return first.refusals
      .filter(({ rule, message }) => rule === 'runbook-matches-nothing' && others.every(saysToo(message)))
      .map(refusal => problemOf(refusal, runbook))
  },
}

/** An entry may be meant for the variant that only one surface takes: it fits nothing if every surface says so. */
const saysToo = (wanted: string) => (plan: { refusals: Refusal[] }) =>
  plan.refusals.some(({ message }) => message === wanted)

function problemOf({ message, remedy }: Refusal, { runbook, path, placeOf }: KnownRunbook): Problem {
  const entries: { name: string; at: PropertyKey[] }[] = [
    ...(runbook.skip ?? []).map(({ step }, index) => ({ name: step, at: ['skip', index, 'step'] })),
    ...Object.keys(runbook.answers ?? {}).map(key => ({ name: key, at: ['answers', key] })),
    ...(runbook.variant ?? []).map((name, index) => ({ name, at: ['variant', index] })),
  ]
  const point = placeOf(entries.find(({ name }) => message.includes(`'${name}'`))?.at ?? [])
  return { message: `${message} ${remedy}`, place: { path, start: point, end: point } }
}
