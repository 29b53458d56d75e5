import type { Rule } from '../rule.ts'
import { byHand } from './by-hand.ts'

/** What only a person can do. */
export const manualStep: Rule = {
  severity: 'info',
  summary: 'A step asks for something that only a person can do.',
  why: 'It is understood, but nothing carries it out: a run refuses to start unless the runbook skips the step with a reason.',
  examples: [
    {
      wrong: '# Plan a vault\n\n1. Decide on a naming convention for your vaults.\n1. Select **Create**.\n',
      right: '# Plan a vault\n\nDecide on a naming convention for your vaults.\n\n1. Select **Create**.\n',
    },
  ],
  check: byHand(
    'manual',
    target => `Only a person can do “${target}”. Move it out of the steps, or let the runbook skip the step.`,
  ),
}
