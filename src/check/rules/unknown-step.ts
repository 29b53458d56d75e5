import type { Rule } from '../rule.ts'
import { unreadOf } from './unread-of.ts'

/** An instruction that no family of phrases reads. */
export const unknownStep: Rule = {
  severity: 'error',
  summary: 'A step holds an instruction that Verbatim does not understand.',
  why:
    'Nothing is guessed: a run refuses to start an article with such a step. Say it with a verb of the Microsoft Writing ' +
    'Style Guide (*select*, *enter*, *turn on* …) and the label in bold; `verbatim check --explain` lists what is ' +
    'understood. Or let the runbook skip the step with a reason.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n1. Westernize **Region**.\n',
      right: '# Create a vault\n\n1. Select **Create**.\n1. For **Region**, select **West US**.\n',
    },
  ],
  check: ({ kept }) =>
    unreadOf(kept, 'unknown').map(({ text, hints: [hint], place }) => ({
      message: `Unknown instruction “${text}”.${hint ? ` It would be understood like “${hint}”` : ' `verbatim check --explain` lists what is understood.'}`,
      place,
    })),
}
