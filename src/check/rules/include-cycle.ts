import type { Rule } from '../rule.ts'
import { fromReader } from './from-reader.ts'

/** An include that includes itself. */
export const includeCycle: Rule = {
  severity: 'error',
  summary: 'A file includes itself, directly or through another.',
  why: 'There is no end to such a page. The include is left out where it would begin anew.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n\n   [!INCLUDE [region](includes/endless.md)]\n',
      right: '# Create a vault\n\n1. Select **Create**.\n\n   [!INCLUDE [region](includes/region.md)]\n',
      files: {
        'includes/endless.md': 'Select **Next**.\n\n[!INCLUDE [again](endless.md)]\n',
        'includes/region.md': 'For **Region**, select **West US**.\n',
      },
    },
  ],
  check: fromReader('include-cycle'),
}
