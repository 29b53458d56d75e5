import { expect, test } from '@playwright/test'
import { planOf } from './plan-of.ts'

const article = [
  '# Tidy up a vault',
  '',
  '## Rename the vault',
  '',
  '1. Open **Properties**.',
  '1. Enter these values:',
  '',
  '    | Setting | Value |',
  '    | --- | --- |',
  '    | Alias | Enter *copper*. |',
  '',
  '1. Select **Save**.',
  '1. Select **Save**.',
  '',
].join('\n')

function idsOf(text: string): string[] {
  return planOf(text).steps.map(step => step.id)
}

test('names a step by twelve hexadecimal digits', () => {
  for (const id of idsOf(article)) expect(id).toMatch(/^[0-9a-f]{12}$/)
})

const harmless: [change: string, text: string][] = [
  [
    'moved lines',
    article.replace('# Tidy up a vault\n', '# Tidy up a vault\n\nA vault can get messy.\n\nVery messy.\n'),
  ],
  ['other numbers', article.replaceAll('1. ', '7. ')],
  ['wrapped lines', article.replace('1. Open **Properties**.', '1. Open\n   **Properties**.')],
  ['more spaces', article.replace('Enter these values', 'Enter  these   values')],
  ['another mark for emphasis', article.replace('**Properties**', '__Properties__')],
  ['wider columns of a table', article.replace('| Alias | Enter *copper*. |', '|   Alias   |   Enter *copper*.   |')],
  ['another title of the article', article.replace('# Tidy up a vault', '# Clean a vault')],
]

for (const [change, text] of harmless)
  test(`gives the same fingerprints after ${change}`, () => {
    expect(text).not.toBe(article)
    expect(idsOf(text)).toEqual(idsOf(article))
  })

test('gives another fingerprint to a step whose words changed, and to no other', () => {
  const [first, ...others] = idsOf(article)
  const [changed, ...same] = idsOf(article.replace('**Properties**', '**Settings**'))
  expect(changed).not.toBe(first)
  expect(same).toEqual(others)
})

test('gives another fingerprint to a step whose table changed', () => {
  expect(idsOf(article.replace('copper', 'silver'))[1]).not.toBe(idsOf(article)[1])
})

test('gives another fingerprint to a step whose code changed', () => {
  const code = (command: string) => `# Run\n\n## Do\n\n1. Run this:\n\n    \`\`\`bash\n    ${command}\n    \`\`\`\n`
  expect(idsOf(code('echo one'))).not.toEqual(idsOf(code('echo two')))
  expect(idsOf(code('echo one'))).toEqual(idsOf(code('echo one')))
})

test('tells equal steps under one heading apart, and keeps the first one’s when the second goes', () => {
  const ids = idsOf(article)
  expect(new Set(ids).size).toBe(ids.length)
  expect(idsOf(article.replace(/1\. Select \*\*Save\*\*\.\n$/, ''))).toEqual(ids.slice(0, -1))
})

test('tells equal steps under two headings apart', () => {
  const text = '# Twice\n\n## One\n\n1. Select **Save**.\n\n## Two\n\n1. Select **Save**.\n'
  expect(new Set(idsOf(text)).size).toBe(2)
})
