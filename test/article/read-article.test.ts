import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Article, Content, Place } from '../../src/article/article.ts'
import { plainText } from '../../src/article/inline.ts'
import { readArticle } from '../../src/article/read-article.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/articles')
const folders = readdirSync(fixtures, { withFileTypes: true }).filter(entry => entry.isDirectory())

for (const { name } of folders) {
  test(`reads the article of ${name}`, () => {
    const expected = join(fixtures, name, 'article.json')
    const found = `${JSON.stringify(summarize(readFixture(name)), undefined, 2)}\n`
    if (process.env.UPDATE) writeFileSync(expected, found)
    expect(JSON.parse(found)).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })
}

test('points into the included file', () => {
  const article = readFixture('includes')
  const [first] = article.procedures[0]?.steps ?? []
  expect(first?.place.path).toBe('includes/parts/open.md')
  expect(first?.place.start).toEqual({ line: 1, column: 1, offset: 0 })
  expect(article.includes).toContain('includes/parts/fill.md')
})

test('never reads a file outside of the documentation folder', () => {
  const asked: string[] = []
  const text = '[!INCLUDE [x](../secret.md)]\n\n[!INCLUDE [x](/etc/passwd)]\n\n[!INCLUDE [x](a/../../secret.md)]\n'
  const article = readArticle(
    { path: 'docs/article.md', text },
    { docsRoot: 'docs', readFile: path => void asked.push(path) },
  )
  expect(asked).toEqual([])
  expect(article.messages.map(({ rule }) => rule)).toEqual(['include-outside', 'include-outside', 'include-outside'])
})

test('gives inline text the place where it stands, past escapes and line ends', () => {
  const text = '1. Replace \\<name\\> in\n   the *file* &amp; select **Save**.\n'
  const article = readArticle({ path: 'a.md', text }, { docsRoot: '.', readFile: () => undefined })
  const [content] = article.procedures[0]?.steps[0]?.content ?? []
  const strong = content?.type === 'paragraph' ? content.children.find(({ type }) => type === 'strong') : undefined
  expect(strong?.position?.start).toEqual({ line: 2, column: 28, offset: text.indexOf('**Save') })
  expect(article.procedures[0]?.steps[0]?.text).toBe('Replace <name> in the file & select Save.')
})

test('keeps the offsets of an article that begins with a byte order mark', () => {
  const text = '\uFEFF# Title\r\n\r\n1. Select **Save**.\r\n'
  const article = readArticle({ path: 'a.md', text }, { docsRoot: '.', readFile: () => undefined })
  expect(article.procedures[0]?.steps[0]?.place.start.offset).toBe(text.indexOf('1. Select'))
})

function readFixture(name: string): Article {
  const path = `${name}/article.md`
  const readFile = (file: string) => {
    const full = join(fixtures, file)
    return existsSync(full) ? readFileSync(full, 'utf8') : undefined
  }
  return readArticle({ path, text: readFile(path) ?? '' }, { docsRoot: name, readFile })
}

function summarize(article: Article) {
  const at = ({ path, start, end }: Place) =>
    `${relative(article.path.split('/')[0] ?? '', path)}:${start.line}:${start.column}-${end.line}:${end.column}`
  return {
    title: article.title,
    frontMatter: article.frontMatter,
    sections: article.sections.map(({ slug, depth }) => `${'#'.repeat(depth)} ${slug}`),
    procedures: article.procedures.map(({ title, variants, steps }) => ({
      title,
      variants: variants.map(({ kind, id, label }) => `${kind} ${id} (${label})`),
      steps: steps.map(step => ({
        step: `${step.number} ${at(step.place)}`,
        text: step.text,
        variants: step.variants.map(({ kind, id }) => `${kind} ${id}`),
        content: step.content.map(content => `${content.type} ${at(content.place)} ${describe(content)}`.trim()),
      })),
    })),
    images: article.images.map(({ source, alt, lightbox }) => [source, alt, lightbox ?? ''].join(' | ')),
    includes: article.includes,
    messages: article.messages.map(({ rule, place }) => `${rule} ${at(place)}`),
  }
}

function describe(content: Content): string {
  if (content.type === 'paragraph') return content.children.map(({ type }) => type).join(' ')
  if (content.type === 'code') return `${content.language}: ${content.value}`
  if (content.type === 'image') return content.source
  if (content.type === 'note')
    return `${content.kind}: ${content.children.map(({ children }) => plainText(children)).join(' ')}`
  return [content.header, ...content.rows.map(({ cells }) => cells)]
    .map(cells => cells.map(({ text }) => text).join(' | '))
    .join(' // ')
}
