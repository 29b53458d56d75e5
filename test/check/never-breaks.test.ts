import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import type { Place } from '../../src/article/article.ts'
import { excerptOf } from '../../src/check/excerpt.ts'
import { jsonFormat } from '../../src/check/format/json.ts'
import { textFormat } from '../../src/check/format/text.ts'
import { mayHoldProcedure } from '../../src/check/may-hold-procedure.ts'
import type { Files } from '../../src/check/rule.ts'
import { placeIn } from '../../src/check/rules/place-in.ts'
import { understoodSteps } from '../../src/check/understood-steps.ts'
import { markdown, mutated, mutationsOf } from '../article/random-markdown.ts'
import { markdownIn } from '../bench/markdown-in.ts'
import { check } from './checked.ts'

const files = { 'x.md': 'Select **Next**.\n\n1. Select **Ok**.\n', 'x.sh': 'echo hello\n' }

function holds(text: string): void {
  const { messages, article, procedures, files: around, coverage } = check({ text, files })
  const places: Place[] = [
    article.place,
    ...messages.map(({ place }) => place),
    ...article.sections.map(({ place }) => place),
    ...article.images.map(({ place }) => place),
    ...procedures.flatMap(({ procedure, readings }) => [
      procedure.place,
      ...readings.flatMap(({ step, actions, unread }) => [
        step.place,
        ...step.content.map(({ place }) => place),
        ...actions.map(({ place }) => place),
        ...unread.map(({ place }) => place),
      ]),
    ]),
  ]
  for (const place of places) expectInside(place, around)
  const { run, observed, notRun, notUnderstood, total } = coverage.steps
  expect(run + observed + notRun + notUnderstood).toBe(total)
  expect(procedures.flatMap(({ readings }) => readings)).toHaveLength(total)
  expectPrintable({ messages, article, procedures, coverage, around })
}

function expectInside({ path, start, end }: Place, around: ReadonlyMap<string, string>): void {
  const text = around.get(path)
  if (text === undefined) throw new Error(`There is no file ${path}.`)
  const { length } = text
  if (start.offset < 0 || end.offset < start.offset || end.offset > length)
    throw new Error(`A place is not inside its file: ${JSON.stringify({ path, start, end, length })}`)
  // Lines that end in a carriage return are counted elsewhere.
  if (text.includes('\r')) return
  const counted = placeIn(path, text, start.offset, end.offset)
  if (counted.start.line !== start.line || counted.end.column !== end.column || counted.end.line !== end.line)
    expect({ path, start, end }).toEqual(counted)
}

const plain = { bold: same, dim: same, red: same, yellow: same, cyan: same }
function same(text: string): string {
  return text
}

function expectPrintable({
  messages,
  article,
  procedures,
  coverage,
  around,
}: Pick<ReturnType<typeof check>, 'messages' | 'article' | 'procedures' | 'coverage'> & {
  around: ReadonlyMap<string, string>
}): void {
  const shown = messages.map(message => {
    const excerpt = excerptOf(around.get(message.place.path), message.place)
    return excerpt ? { ...message, excerpt } : message
  })
  const steps = JSON.stringify(understoodSteps(procedures.flatMap(({ readings }) => readings)))
  const file = {
    path: article.path,
    title: article.title,
    procedures: procedures.length,
    messages: shown,
    coverage,
    steps,
  }
  const json = jsonFormat()
  const total = { files: 1, withoutProcedure: 0, errors: 0, warnings: 0, infos: 0, coverage }
  JSON.parse(json.start() + json.file(file) + json.end(total))
  for (const line of textFormat({ colours: plain, actions: true }).file(file).split('\n')) {
    // Thrown, not expected: the runner keeps every expectation as a step, and these are hundreds of thousands.
    if (line.startsWith('      |') && line.length >= 400) throw new Error(`A line is too long for a terminal: ${line}`)
    // Only a line end moves the cursor.
    if (/[\u0000-\u001f\u007f-\u009f]/.test(line)) throw new Error(`A line moves the cursor: ${JSON.stringify(line)}`)
  }
}

test('any Markdown is checked without an exception, every place inside its file', () => {
  fc.assert(fc.property(markdown, holds), { numRuns: 600 })
})

test('an article with anything changed in it is checked without an exception, every place inside its file', () => {
  fc.assert(fc.property(mutated, holds), { numRuns: 60 })
})

test('a file of the corpus with anything changed in it is checked without an exception, every place inside its file', () => {
  const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
  test.skip(!existsSync(corpus), 'There is no corpus beside the project.')
  test.setTimeout(300_000)
  const paths = markdownIn(corpus).filter(path => statSync(path).size < 30_000)
  const torn = fc.constantFrom(...paths).chain(path => mutationsOf(readFileSync(path, 'utf8')))
  fc.assert(fc.property(torn, holds), { numRuns: 400 })
})

test('the quick look sees whatever parsing finds a procedure in', () => {
  const around: Files = {
    docsRoot: 'docs',
    text: path => files[path.slice(5) as keyof typeof files],
    exists: () => false,
  }
  fc.assert(
    fc.property(markdown, text => {
      const found = check({ text, files }).article.procedures.length
      expect(found === 0 || mayHoldProcedure({ path: 'docs/article.md', text }, around)).toBe(true)
    }),
    { numRuns: 600 },
  )
})

test('the quick look sees a procedure behind a byte order mark and behind spaces of other kinds', () => {
  const around: Files = { docsRoot: 'docs', text: () => undefined, exists: () => false }
  const texts = [
    '\uFEFF* Search for and select **X**',
    '\uFEFF1. Select **Next**.',
    '* \u3000For **Region**, select **West US**.',
    '* \u00A0For **Region**, select **West US**.',
  ]
  for (const text of texts)
    expect(mayHoldProcedure({ path: 'docs/article.md', text }, around), JSON.stringify(text)).toBe(true)
})

test('any text is checked without an exception', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), holds), { numRuns: 300 })
})

/** What makes careless parsers slow, about as long as asked. */
const pathological: Record<string, (length: number) => string> = {
  'a list of many steps': length => '1. Select **Create**.\n'.repeat(length / 22),
  'a step of many sentences': length => `1. ${'Select **Create**. '.repeat(length / 19)}\n`,
  'a chain of labels': length => `1. Select ${'**A** > '.repeat(length / 8)}**B**.\n`,
  'a long table': length =>
    `1. Enter:\n\n   | Name | Value |\n   | --- | --- |\n${'   | a | `b` |\n'.repeat(length / 15)}`,
  'a wide table': length => `1. Enter:\n\n   |${' a |'.repeat(length / 8)}\n   |${' - |'.repeat(length / 8)}\n`,
  stars: length => `1. Select ${'*'.repeat(length)}\n`,
  'open emphasis': length => `1. Select ${'**a '.repeat(length / 4)}\n`,
  'open brackets': length => `1. Select ${'['.repeat(length)}\n`,
  'open code': length => `1. Select ${'` `` '.repeat(length / 5)}\n`,
  'one word': length => `1. Select ${'a'.repeat(length)}.\n`,
  commas: length => `1. Select ${'a, '.repeat(length / 3)}b.\n`,
  quotes: length => `1. Select ${'"a" '.repeat(length / 4)}b.\n`,
  parentheses: length => `1. Select ${'(a '.repeat(length / 3)}b.\n`,
  directives: length => `1. Select **A**.\n\n${'   :::image source="a.png" alt-text="b":::\n'.repeat(length / 44)}`,
  'open directives': length => `1. Select **A**.\n\n${'   :::image source="a.png" alt-text="b"\n'.repeat(length / 41)}`,
  zones: length => `1. Select **A**.\n\n${'::: zone pivot="a"\n'.repeat(length / 20)}`,
  notes: length => `1. Select **A**.\n\n${'   > [!NOTE]\n   > Select **B**.\n\n'.repeat(length / 32)}`,
  'links to sections': length => `1. Select **A**.\n\n${'[a](#b)\n\n'.repeat(length / 9)}`,
  headings: length => `1. Select **A**.\n\n${'## a\n\n'.repeat(length / 6)}`,
  images: length => `1. Select **A**. ${'![](a.png) '.repeat(length / 11)}\n`,
  conditions: length => `1. ${'If you want, '.repeat(length / 13)}select **A**.\n`,
  spaces: length => `1. Select${' '.repeat(length)}**A**.\n`,
  'line ends': length => `1. Select **A**.${'\n'.repeat(length)}1. Select **B**.\n`,
  html: length => `1. Select ${'<b>a</b> '.repeat(length / 9)}\n`,
  comments: length => `1. Select **A**. ${'<!-- '.repeat(length / 5)}\n`,
  'front matter': length => `---\n${'a: b\n'.repeat(length / 5)}---\n\n1. Select **A**.\n`,
  'unread pieces': length => '1. Westernize **Region**.\n'.repeat(length / 26),
  placeholders: length => '1. For **Region**, select a region.\n'.repeat(length / 36),
}

for (const [name, make] of Object.entries(pathological))
  test(`is checked without an exception: ${name}`, () => {
    expect(check({ text: make(20_000) }).messages).toBeInstanceOf(Array)
  })

for (const name of [
  'a list of many steps',
  'a long table',
  'open emphasis',
  'a chain of labels',
  'commas',
  'html',
  'comments',
])
  test(`a megabyte of it is checked without an exception: ${name}`, () => {
    test.setTimeout(300_000)
    holds(pathological[name]?.(1_000_000) ?? '')
  })
