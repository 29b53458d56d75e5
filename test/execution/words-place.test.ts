import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { Place, Point } from '../../src/article/article.ts'
import { placeOfWords } from '../../src/execution/words-place.ts'

function fileOf(text: string): string {
  const folder = test.info().outputPath()
  mkdirSync(folder, { recursive: true })
  const path = `${folder}/article.md`
  writeFileSync(path, text)
  return path
}

function point(text: string, offset: number): Point {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n'), offset }
}

function placeOf(path: string, text: string, part: string): Place {
  const at = text.indexOf(part)
  return { path, start: point(text, at), end: point(text, at + part.length) }
}

const text = [
  '# Title with Vault',
  '',
  '1. Go to **Vaults**, and then select **+ Vault**.',
  '   Then select **Vault**.',
  '',
].join('\n')

test('finds the words of a label inside of their sentence', () => {
  const path = fileOf(text)
  const place = placeOfWords('Vault', placeOf(path, text, 'select **+ Vault**'))
  expect(place).toEqual({ path, start: { line: 3, column: 42, offset: 61 }, end: { line: 3, column: 47, offset: 66 } })
  expect(text.slice(61, 66)).toBe('Vault')
})

test('takes the first such words of the step where the action’s own place has none', () => {
  const path = fileOf(text)
  const step = placeOf(path, text, text.slice(text.indexOf('1. Go'), -1))
  expect(placeOfWords('Vaults', placeOf(path, text, 'Then select'), step)?.start).toMatchObject({ line: 3, column: 12 })
})

test('never takes words from outside of the step', () => {
  const path = fileOf(text)
  expect(placeOfWords('Title', placeOf(path, text, 'Then select **Vault**.'))).toBeUndefined()
})

test('counts lines and columns as readers do, after Windows line ends and other scripts', () => {
  const other = '# Größe 保管庫\r\n\r\n1. Select **Ü**.\r\n'
  const path = fileOf(other)
  expect(placeOfWords('Ü', placeOf(path, other, 'Select **Ü**'))?.start).toMatchObject({ line: 3, column: 13 })
})

test('leaves a byte order mark uncounted', () => {
  const path = fileOf(`\uFEFF${text}`)
  const place = placeOfWords('Vault', placeOf(path, text, 'select **+ Vault**'))
  expect(place?.start).toEqual({ line: 3, column: 42, offset: 61 })
})

test('finds nothing for no words, and in a file that is not there', () => {
  const path = fileOf(text)
  expect(placeOfWords('', placeOf(path, text, 'Go to'))).toBeUndefined()
  expect(placeOfWords('Vault', placeOf('no/such/article.md', text, 'select **+ Vault**'))).toBeUndefined()
})

test('finds nothing of words that Markdown writes otherwise', () => {
  const escaped = '1. Select **a\\_b**.'
  const path = fileOf(escaped)
  expect(placeOfWords('a_b', placeOf(path, escaped, 'Select **a\\_b**'))).toBeUndefined()
})
