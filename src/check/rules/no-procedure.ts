import type { Rule } from '../rule.ts'

export const noProcedureMessage = 'The file holds no procedure: nothing in it can be run.'

/** A file without anything to do. Reported by itself: no other rule looks at such a file. */
export const noProcedure: Rule = {
  severity: 'info',
  summary: 'The file holds no procedure: nothing in it can be run.',
  why:
    'A procedure is a numbered list of instructions, a bullet that names what to select, or a sentence that signs in. ' +
    'Overviews and references have none, and no other rule looks at them. A run of such a file is refused: an empty run ' +
    'is not a pass.',
  examples: [
    {
      wrong: '# About vaults\n\nA vault holds backups.\n',
      right: '# Create a vault\n\n1. Select **Create**.\n',
    },
  ],
  check: ({ article }) =>
    article.procedures.length > 0
      ? []
      : [
          {
            message: noProcedureMessage,
            place: { path: article.place.path, start: article.place.start, end: article.place.start },
          },
        ],
}
