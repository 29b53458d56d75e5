import type { Rule } from '../rule.ts'
import { fromPlan } from './from-plan.ts'

/** What the reader is to supply, and nobody says. */
export const placeholderWithoutAnswer: Rule = {
  severity: 'warning',
  summary: 'The article leaves a value to the reader, and no runbook gives it.',
  why:
    'A run refuses to start until the value is known. Name an example in the article, or put the answer into ' +
    '`<article>.runbook.yaml`. Subscription, passwords, user names and unique names need no answer.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. For **Region**, select a region near you.\n1. Select **Create**.\n',
      right: '# Create a vault\n\n1. For **Region**, select **West US**.\n1. Select **Create**.\n',
    },
  ],
  check: fromPlan('placeholder-without-answer'),
}
