import type { Rule } from '../rule.ts'
import { fromReader } from './from-reader.ts'

/** A zone without an end, or an end without a zone. */
export const zoneEnd: Rule = {
  severity: 'warning',
  summary: 'A zone pivot or moniker range has no end, or an end has no beginning.',
  why: 'What follows belongs to the wrong readers: steps of one choice appear in another, or vanish from it.',
  examples: [
    {
      wrong: '# Create a vault\n\n::: zone pivot="portal"\n\n1. Select **Create**.\n',
      right: '# Create a vault\n\n::: zone pivot="portal"\n\n1. Select **Create**.\n\n::: zone-end\n',
    },
    {
      wrong: '# Create a vault\n\n::: zone-end\n\n1. Select **Create**.\n',
      right: '# Create a vault\n\n1. Select **Create**.\n',
    },
  ],
  check: fromReader('zone-end'),
}
