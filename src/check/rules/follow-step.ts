import type { Rule } from '../rule.ts'
import { byHand } from './by-hand.ts'

/** A step that is another article. */
export const followStep: Rule = {
  severity: 'info',
  summary: 'A step sends the reader to another article.',
  why: 'Another article is not carried out in the middle of this one: a run refuses to start unless the runbook skips the step.',
  examples: [
    {
      wrong:
        '# Back up a disk\n\n1. Follow the steps in [Create a vault](create-a-vault.md).\n1. Select **Back up**.\n',
      right: '# Back up a disk\n\nYou need a [vault](create-a-vault.md).\n\n1. Select **Back up**.\n',
      files: { 'create-a-vault.md': '# Create a vault\n' },
    },
  ],
  check: byHand(
    'follow',
    target =>
      `The step is another article, \`${target}\`. Name it under Prerequisites, or let the runbook skip the step.`,
  ),
}
