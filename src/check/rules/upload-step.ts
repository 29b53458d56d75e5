import type { Rule } from '../rule.ts'
import { byHand } from './by-hand.ts'

/** A step that needs a file of the reader's. */
export const uploadStep: Rule = {
  severity: 'info',
  summary: 'A step asks for a file of the reader’s.',
  why: 'A run has no such file: it refuses to start unless the runbook skips the step with a reason.',
  examples: [
    {
      wrong: '# Deploy a template\n\n1. Upload the template file.\n1. Select **Create**.\n',
      right: '# Deploy a template\n\n1. Select **Create**.\n',
    },
  ],
  check: byHand('upload', target => `The reader's file “${target}” can't be uploaded. Let the runbook skip the step.`),
}
