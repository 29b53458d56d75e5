import type { Rule } from '../rule.ts'
import { fromReader } from './from-reader.ts'

/** An include, or code from a file, that isn't there. */
export const includeMissing: Rule = {
  severity: 'error',
  summary: 'An include or a code block names a file that does not exist.',
  why: 'Steps of the missing file are missing in the article too: readers stop in the middle, and a run refuses to start.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n\n   [!INCLUDE [region](includes/regoin.md)]\n',
      right: '# Create a vault\n\n1. Select **Create**.\n\n   [!INCLUDE [region](includes/region.md)]\n',
      files: { 'includes/region.md': 'For **Region**, select **West US**.\n' },
    },
  ],
  check: fromReader('include-missing'),
}
