import type { Rule } from '../rule.ts'
import { fromReader } from './from-reader.ts'
import { sourceOf } from './source-of.ts'

/** An image directive that names no file. That it isn't closed is `unclosed-directive`. */
export const imageSyntax: Rule = {
  severity: 'warning',
  summary: 'An image directive of a step does not say which image it shows.',
  why: 'Learn shows the directive as text instead of the image.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n\n   :::image type="content" alt-text="The command bar.":::\n',
      right:
        '# Create a vault\n\n1. Select **Create**.\n\n   :::image type="content" source="create.png" alt-text="The command bar.":::\n',
      files: { 'create.png': '' },
    },
  ],
  check: subject =>
    fromReader('image-syntax')(subject).filter(({ place }) => sourceOf(place, subject.files).endsWith(':::')),
}
