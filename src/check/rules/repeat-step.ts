import type { Rule } from '../rule.ts'
import { byHand } from './by-hand.ts'

/** A step that repeats others. */
export const repeatStep: Rule = {
  severity: 'info',
  summary: 'A step asks to repeat other steps.',
  why: 'What is to be different the second time is rarely said, so nothing is repeated: a run refuses to start unless the runbook skips the step.',
  examples: [
    {
      wrong: '# Create two vaults\n\n1. Select **Create**.\n1. Repeat step 1 for the second vault.\n',
      right: '# Create a vault\n\n1. Select **Create**.\n',
    },
  ],
  check: byHand(
    'repeat',
    target => `Steps are not repeated: “${target}”. Write them out, or let the runbook skip the step.`,
  ),
}
