import type { Rule } from '../rule.ts'

/** A fault of Verbatim's own. Found by the command. */
export const checkFailed: Rule = {
  severity: 'error',
  summary: 'Verbatim itself failed while it checked the file.',
  why: 'That is a fault of Verbatim’s, not of the article’s: please report it, with the file. The other files are checked all the same.',
  examples: [],
  check: () => [],
}
