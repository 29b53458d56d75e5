import { maskDirectives } from '../../article/learn-directives.ts'
import type { Place } from '../../article/article.ts'
import type { Rule } from '../rule.ts'
import { placeIn } from './place-in.ts'

/** A directive of Learn's that begins with `:::` and never ends. */
export const unclosedDirective: Rule = {
  severity: 'error',
  summary: 'A directive that begins with `:::` is not closed with `:::` before its paragraph ends.',
  why: 'Learn shows an unclosed directive as text, and may swallow the sentences behind it.',
  examples: [
    {
      wrong:
        '# Create a vault\n\n1. Select **Create**.\n\n   :::image type="content" source="create.png" alt-text="The command bar."\n',
      right:
        '# Create a vault\n\n1. Select **Create**.\n\n   :::image type="content" source="create.png" alt-text="The command bar.":::\n',
      files: { 'create.png': '' },
    },
  ],
  check({ article, files }) {
    return [article.path, ...article.includes].flatMap(path => {
      const text = files.text(path) ?? ''
      if (!path.endsWith('.md') || !text.includes(':::')) return []
      return maskDirectives(text)
        .directives.filter(({ attributes }) => attributes.unclosed !== undefined)
        .map(({ kind, start, end }) => {
          const place: Place = placeIn(path, text, start, end)
          return { message: `Unexpected end of \`:::${names[kind] ?? kind}\`, expected a closing \`:::\`.`, place }
        })
    })
  },
}

const names: Record<string, string> = { noLoc: 'no-loc', ignored: '…' }
