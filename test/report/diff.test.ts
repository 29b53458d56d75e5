import { expect, test } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { changeOf, unifiedDiff, type Change } from '../../src/report/diff.ts'

const path = 'docs/article.md'

const cases: Record<string, { text: string; changes: [string, string][]; after: string }> = {
  'one word': { text: 'a\nb\nSelect X.\nc\nd\n', changes: [['X', 'Y']], after: 'a\nb\nSelect Y.\nc\nd\n' },
  'two words of one line': {
    text: 'Select X, then Z.\n',
    changes: [
      ['X', 'Y'],
      ['Z', 'W'],
    ],
    after: 'Select Y, then W.\n',
  },
  'neighbouring lines': {
    text: 'a\nX\nb\nZ\nc\n',
    changes: [
      ['X', 'Y'],
      ['Z', 'W'],
    ],
    after: 'a\nY\nb\nW\nc\n',
  },
  'lines far apart, the first of which becomes two': {
    text: `X\n${'line\n'.repeat(20)}Z\nend\n`,
    changes: [
      ['X', 'Y\nYY'],
      ['Z', 'W'],
    ],
    after: `Y\nYY\n${'line\n'.repeat(20)}W\nend\n`,
  },
  'the last line without its end': { text: 'a\nSelect X', changes: [['X', 'Y']], after: 'a\nSelect Y' },
  'lines that end as on Windows': {
    text: 'a\r\nSelect X.\r\nb\r\n',
    changes: [['X', 'Y']],
    after: 'a\r\nSelect Y.\r\nb\r\n',
  },
  'words over two lines': {
    text: 'a\nSelect X\nand Z.\nb\n',
    changes: [['X\nand Z', 'Y']],
    after: 'a\nSelect Y.\nb\n',
  },
}

for (const [name, { text, changes, after }] of Object.entries(cases)) {
  test(`git applies the patch of ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'verbatim-diff-'))
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    const patch = unifiedDiff(changes.map(([before, after]) => change(text, before, after)))
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: patch })
    expect(readFileSync(file, 'utf8')).toBe(after)
  })
}

test('a suggestion for a text that has changed since is none', () => {
  const place = { path, start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } }
  expect(changeOf({ place, before: 'X', after: 'Y', reason: '' }, 'Z')).toBeUndefined()
})

function change(text: string, before: string, after: string): Change {
  const offset = text.indexOf(before)
  const line = text.slice(0, offset).split('\n').length
  const start = { line, column: 1, offset }
  const end = { line: line + before.split('\n').length - 1, column: 1, offset: offset + before.length }
  const found = changeOf({ place: { path, start, end }, before, after, reason: '' }, text)
  if (!found) throw new Error(`'${before}' does not stand in the text`)
  return found
}
