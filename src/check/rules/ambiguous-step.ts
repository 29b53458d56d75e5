import type { Rule } from '../rule.ts'
import { tellAction } from '../tell-action.ts'
import { unreadOf } from './unread-of.ts'

/** An instruction that two families of phrases read differently. */
export const ambiguousStep: Rule = {
  severity: 'error',
  summary: 'A step holds an instruction that can be read in more than one way.',
  why: 'Nothing is guessed: a run refuses to start an article with such a step. Name one thing to do per sentence.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Find *vaults* in the search box.\n1. Select **Create**.\n',
      right: '# Create a vault\n\n1. In the search box, enter *vaults*.\n1. Select **Create**.\n',
    },
  ],
  check: ({ kept }) =>
    unreadOf(kept, 'ambiguous').map(({ text, readings, place }) => ({
      message: `Ambiguous instruction “${text}”: it could mean ${readings.map(actions => actions.map(tellAction).join(', then ') || 'nothing').join(', or ')}. Name one thing to do.`,
      place,
    })),
}
