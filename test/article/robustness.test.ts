import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { readSteps } from '../../src/action/read-step.ts'
import type { Article, Place } from '../../src/article/article.ts'
import { mayHoldProcedure, readArticle } from '../../src/article/read-article.ts'

const corpus = resolve(import.meta.dirname, '../../../shared/corpus')

const piece = fc.constantFrom(
  '1. Select **Create**.\n',
  '   - Enter *a* in **Name**.\n',
  '- item\n',
  '\n',
  '# Heading\n',
  '# [Tab](#tab/a)\n',
  '---\n',
  '::: zone pivot="a"\n',
  '::: zone-end\n',
  '   :::image source="a.png" alt-text="x" ":::\n',
  ':::image type="complex" source="a.png":::',
  '[!INCLUDE [a](b.md)]',
  '[!UICONTROL Save]',
  '> [!NOTE]\n> text\n',
  '> **Note:** wait\n',
  '   | a | b |\n   | - | - |\n   | **g** |  |\n   | N | Select **x**. </br> Enter *y* |\n',
  '<table><tr><td>a<td>b</table>\n\n',
  '```\n',
  '   ```bash\n   ls\n   ```\n',
  '<!--',
  '-->',
  '\\<name\\> &amp; ',
  '<br>',
  'If you want, select **A** > **B**, or **C** (optional). ',
  'For **Region**, select **West US**, and then select **OK**',
  '**',
  '*',
  '`',
  '(',
  ')',
  ':',
  '\t',
  '\r\n',
  '\uE0F0',
  '"',
  '😀 ',
)
const markdown = fc
  .array(fc.oneof({ weight: 6, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 25 })
  .map(parts => parts.join(''))

test('reads any text without an exception, and every place lies inside of its file', () => {
  fc.assert(
    fc.property(markdown, markdown, (text, included) => {
      const texts = new Map([
        ['a.md', text],
        ['b.md', included],
      ])
      const article = read(text, included)
      for (const place of placesIn([article, readSteps(article)])) expectInside(place, texts)
    }),
    { numRuns: 400 },
  )
})

for (const text of [
  '1. Select **Create**.\n\\<name\\> &amp; \r\nIf you want, select **A** > **B**, or **C** (optional). ',
  '\r1. Select **Create**.\n',
  '1. Enter *a* &amp; then\r\n   select **B**.  \r\n   Select **C**.\r\n',
])
  test(`places what is in ${JSON.stringify(text)} where it stands`, () => {
    const article = read(text, '')
    for (const place of placesIn([article, readSteps(article)])) expectInside(place, new Map([['a.md', text]]))
  })

test('finds no procedure in a text of which it says that it holds none', () => {
  fc.assert(
    fc.property(markdown, text => {
      expect(mayHoldProcedure(text) || read(text).procedures.length === 0).toBe(true)
    }),
    { numRuns: 400 },
  )
})

const pathological: Record<string, (size: number) => string> = {
  'nested lists': size =>
    Array.from({ length: size / 20 }, (_, depth) => `${'  '.repeat(depth % 60)}- Select **a**\n`).join(''),
  'a long list': size => '1. Select **Create**, and then enter *a* in **Name**.\n'.repeat(size / 50),
  'a long table': size =>
    `1. Enter the following:\n\n   | a | b |\n   | - | - |\n${'   | N | Select **x**. |\n'.repeat(size / 25)}`,
  'a long sentence': size => `1. ${'select **a** and '.repeat(size / 16)}\n`,
  'a sentence of commas': size => `1. In the menu, ${'for a, if b, '.repeat(size / 13)} select **x**.\n`,
  'brackets without end': size => `1. ${'( "[!INCLUDE ['.repeat(size / 14)}\n`,
  'directives without end': size => `${':::image '.repeat(size / 10)}\n`,
  'many directives': size => `1. ${':::image source="a":::'.repeat(size / 22)}\n`,
  'unclosed HTML': size => `<table>${'<tr><td>a'.repeat(size / 9)}\n`,
  emphasis: size => `1. ${'*a **b '.repeat(size / 7)}\n`,
}

for (const [name, make] of Object.entries(pathological))
  test(`reads ${name} without an exception, and every place lies inside of its file`, () => {
    const text = make(30_000)
    for (const place of placesIn([read(text), readSteps(read(text))])) expectInside(place, new Map([['a.md', text]]))
  })

test('reads the whole corpus without an exception, and every place lies inside of its file', () => {
  test.skip(!existsSync(corpus), 'the articles are not here: ../shared is absent')
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'))
  const texts = new Map<string, string | undefined>()
  const readFile = (path: string) => {
    if (!texts.has(path)) texts.set(path, existsSync(path) ? readFileSync(path, 'utf8') : undefined)
    return texts.get(path)
  }
  let procedures = 0
  for (const file of files) {
    const path = join(corpus, file)
    const text = readFile(path) ?? ''
    const article = readArticle({ path, text }, { docsRoot: corpus, readFile })
    procedures += article.procedures.length
    if (article.procedures.length > 0) expect(mayHoldProcedure(text), file).toBe(true)
    for (const place of placesIn([article, readSteps(article)])) expectInside(place, texts)
  }
  expect(files.length).toBeGreaterThan(800)
  expect(procedures).toBeGreaterThan(500)
})

function read(text: string, included = ''): Article {
  const readFile = (path: string) => (path === 'b.md' ? included : undefined)
  return readArticle({ path: 'a.md', text }, { docsRoot: '.', readFile })
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found
  if (isPlace(value)) found.push(value)
  else
    for (const [key, inner] of Object.entries(value))
      if (key !== 'position' && key !== 'frontMatter') placesIn(inner, found)
  return found
}

function isPlace(value: object): value is Place {
  return 'path' in value && 'start' in value && 'end' in value && !('type' in value)
}

function expectInside({ path, start, end }: Place, texts: Map<string, string | undefined>): void {
  const text = texts.get(path)
  const inside = text !== undefined && start.offset >= 0 && start.offset <= end.offset && end.offset <= text.length
  if (!inside || lineOf(text, start.offset) !== start.line || lineOf(text, end.offset) !== end.line)
    throw new Error(`${JSON.stringify({ path, start, end })} isn't in its file`)
}

function lineOf(text: string, offset: number): number {
  // CommonMark ends a line at a lone carriage return, too; between the two characters of a line's end it hasn't ended.
  const before = text.slice(0, offset)
  const between = before.endsWith('\r') && text[offset] === '\n'
  return before.split(/\r\n|\r|\n/).length - Number(between)
}
