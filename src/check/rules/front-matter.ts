import type { Rule } from '../rule.ts'
import { fromReader } from './from-reader.ts'

/** Front matter that is no YAML. */
export const frontMatter: Rule = {
  severity: 'error',
  summary: "The article's front matter is no valid YAML.",
  why: 'Title and owner come from the front matter. What stands in a broken one is lost, and Learn refuses to build the page.',
  examples: [
    {
      wrong: '---\ntitle: "Create a vault\n---\n\n# Create a vault\n\n1. Select **Create**.\n',
      right: '---\ntitle: "Create a vault"\n---\n\n# Create a vault\n\n1. Select **Create**.\n',
    },
  ],
  check: fromReader('front-matter'),
}
