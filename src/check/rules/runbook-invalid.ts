import type { Rule } from '../rule.ts'

/** A runbook that can't be read. */
export const runbookInvalid: Rule = {
  severity: 'error',
  summary: 'The runbook beside the article is no valid YAML, has an unknown key or a wrong value.',
  why: 'A run refuses to start with such a runbook: an answer or a skip that is misspelt would silently do nothing.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n',
      right: '# Create a vault\n\n1. Select **Create**.\n',
      runbook: { wrong: 'answer:\n  Region: West US\n', right: 'owner: backup-team\n' },
    },
  ],
  check: ({ runbook }) =>
    (runbook?.problems ?? []).map(({ message, remedy, point }) => ({
      message: `${message} ${remedy}`,
      place: { path: runbook?.path ?? '', start: point, end: point },
    })),
}
