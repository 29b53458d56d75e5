import type { Rule } from '../rule.ts'
import { fromReader } from './from-reader.ts'

/** An include that leads out of the documentation. */
export const includeOutside: Rule = {
  severity: 'error',
  summary: 'An include or a code block names a file outside of the documentation’s folder.',
  why:
    'An article is untrusted input: what it includes must lie inside the repository, or inside the folder that the ' +
    'configuration calls `docsRoot`.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n\n   [!INCLUDE [region](../../../../region.md)]\n',
      right: '# Create a vault\n\n1. Select **Create**.\n\n   [!INCLUDE [region](includes/region.md)]\n',
      files: { 'includes/region.md': 'For **Region**, select **West US**.\n' },
    },
  ],
  check: fromReader('include-outside'),
}
