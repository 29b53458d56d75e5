import type { Rule } from '../rule.ts'
import { sourceOf } from './source-of.ts'

/** An image that says nothing to who can't see it. */
export const imageWithoutAlt: Rule = {
  severity: 'warning',
  summary: 'An image has no alternative text.',
  why: 'Readers who can’t see the image don’t learn what it shows. Icons (`type="icon"`) need none.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n\n   ![](media/create.png)\n',
      right: '# Create a vault\n\n1. Select **Create**.\n\n   ![The command bar with Create.](media/create.png)\n',
      files: { 'media/create.png': '' },
    },
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n\n   :::image type="content" source="media/create.png":::\n',
      right: '# Create a vault\n\n1. Select **Create**.\n\n   :::image type="icon" source="media/create.png":::\n',
      files: { 'media/create.png': '' },
    },
  ],
  check: ({ article, files }) =>
    article.images
      .filter(({ alt, source }) => alt.trim() === '' && source !== '')
      .filter(({ place }) => !/\btype\s*=\s*["']?icon\b/i.test(sourceOf(place, files)))
      .map(({ source, place }) => ({
        message: `Unexpected image \`${source}\` without alternative text, expected what it shows in a sentence.`,
        place,
      })),
}
