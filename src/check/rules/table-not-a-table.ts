import type { Content } from '../../article/article.ts'
import type { Files, Problem, Rule } from '../rule.ts'
import { sourceOf } from './source-of.ts'

/** Lines with pipes that Markdown reads as a paragraph. */
export const tableNotATable: Rule = {
  severity: 'error',
  summary: 'Lines of a step look like a table, but Markdown does not read them as one.',
  why:
    'Readers see pipes and dashes, and the settings are lost. A table needs a blank line before it, and a second line of ' +
    'dashes with as many columns as the first.',
  examples: [
    {
      wrong:
        '# Create a vault\n\n1. Enter these settings:\n\n   | Setting | Value |\n   | --- |\n   | Vault name | `myVault` |\n',
      right:
        '# Create a vault\n\n1. Enter these settings:\n\n   | Setting | Value |\n   | --- | --- |\n   | Vault name | `myVault` |\n',
    },
  ],
  check: ({ readings, files }) =>
    readings.flatMap(({ step }) => step.content.flatMap(content => problemsOf(content, files))),
}

function problemsOf(content: Content, files: Files): Problem[] {
  if (content.type !== 'paragraph') return []
  const rows = sourceOf(content.place, files)
    .split('\n')
    .filter(line => /^[\s>]*\|.*\|/.test(line) || /^[\s>|:-]*-{3,}[\s|:-]*\|[\s|:-]*$/.test(line))
  if (rows.length < 2) return []
  return [
    {
      message:
        'Unexpected rows that are no table, expected a blank line before them and a second line of dashes with a column for each of the first.',
      place: content.place,
    },
  ]
}
