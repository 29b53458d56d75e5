import { expect, test } from '@playwright/test'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withCodeOwners } from '../../src/report/code-owners.ts'
import { codeBlock, codeSpan, escapeMarkdown } from '../../src/report/markdown.ts'
import { escapeXml, markup } from '../../src/report/markup.ts'
import { mergeRuns } from '../../src/report/merge.ts'
import { readOutputFolder, storedFiles } from '../../src/report/output-folder.ts'
import { duration } from '../../src/report/wording.ts'
import { stored } from './pages.ts'

const night = stored('night')

test('shards become one run with every article once, the latest of doubles', () => {
  const first = { ...night, articles: night.articles.slice(0, 6), exitCode: 1 }
  const second = {
    ...night,
    startedAt: '2026-11-21T03:00:00.000Z',
    articles: night.articles.slice(5).map(article => ({ ...article, duration: 1 })),
    exitCode: 4,
  }
  const merged = mergeRuns([second, first])
  expect(merged.articles.map(article => article.id)).toEqual(night.articles.map(article => article.id))
  expect(merged.articles[5]?.duration).toBe(1)
  expect(merged.startedAt).toBe(night.startedAt)
  expect(merged.exitCode).toBe(4)
})

test('a rehearsal among shards makes the whole a rehearsal', () => {
  const rehearsal = { ...night, cloud: { ...night.cloud, rehearsal: true } }
  expect(mergeRuns([night, rehearsal]).cloud.rehearsal).toBe(true)
})

test('shards of different clouds do not merge', () => {
  expect(() => mergeRuns([night, stored('rehearsed')])).toThrow(/different clouds \(azure, sandbox\)/)
  expect(() => mergeRuns([])).toThrow(/no result to merge/)
})

test('links of merged results lead to one commit or nowhere', () => {
  const repository = { address: 'https://github.com/contoso/docs', prefix: '', changed: ['a.md'] }
  const one = { ...night, repository }
  const other = { ...night, run: 'other', repository: { ...repository, changed: ['b.md'] } }
  expect(mergeRuns([one, other]).repository?.changed).toEqual(['a.md', 'b.md'])
  expect(mergeRuns([one, { ...other, commit: 'another' }]).repository).toBeUndefined()
})

test('an output folder gives the run, its texts and its pictures, small ones as part of the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-output-'))
  mkdirSync(join(folder, 'sources'))
  mkdirSync(join(folder, 'screenshots'))
  const hash = 'a'.repeat(64)
  writeFileSync(join(folder, 'result.json'), JSON.stringify(night))
  writeFileSync(join(folder, 'sources', `${hash}.md`), 'text')
  writeFileSync(join(folder, 'screenshots', 'small.png'), 'small')
  writeFileSync(join(folder, 'screenshots', 'large.png'), 'x'.repeat(20_000))
  writeFileSync(join(tmpdir(), 'outside.png'), 'small')
  expect(readOutputFolder(folder)).toEqual(night)
  const { sources, picture } = storedFiles(folder, { images: { 'docs/media/a.png': 'screenshots/large.png' } })
  expect(sources(hash)).toBe('text')
  expect(sources('../result')).toBeUndefined()
  expect(picture('screenshots/small.png')).toBe(`data:image/png;base64,${Buffer.from('small').toString('base64')}`)
  expect(picture('screenshots/large.png')).toBe('screenshots/large.png')
  expect(picture('docs/media/a.png')).toBe('screenshots/large.png')
  expect(picture('screenshots/none.png')).toBeUndefined()
  expect(picture('../outside.png')).toBeUndefined()
})

test('a folder without a result says what to do', () => {
  expect(() => readOutputFolder(mkdtempSync(join(tmpdir(), 'verbatim-output-')))).toThrow(
    /There is no result\.json in .*, and no journal\. Run an article first/,
  )
})

/** A rule of a CODEOWNERS file, and whether `docs/a/b.md` is its. */
const patterns: Record<string, boolean> = {
  '*': true,
  '*.md': true,
  'docs/': true,
  '/docs/': true,
  'a/': true,
  '/a/': false,
  'docs/*': false,
  'docs/a/*': true,
  'docs/**': true,
  '**/b.md': true,
  'docs/**/b.md': true,
  'b.md': true,
  '/b.md': false,
  doc: false,
  'docs/a/b?md': true,
}

for (const [pattern, owns] of Object.entries(patterns)) {
  test(`CODEOWNERS: '${pattern}' ${owns ? 'owns' : 'does not own'} docs/a/b.md`, () => {
    const { owner: _, ...article } = { ...stored('passed').articles[0], path: 'repo/docs/a/b.md' }
    const run = { ...night, articles: [article as (typeof night.articles)[number]] }
    expect(
      withCodeOwners(run, `# owners\n${pattern} @team # all\n`, path => path.replace('repo/', '')).articles[0]?.owner,
    ).toBe(owns ? '@team' : undefined)
  })
}

test('CODEOWNERS: the last rule counts, and an owner that the article names comes first', () => {
  const [first] = stored('passed').articles
  if (!first) throw new Error('no article is stored')
  const { owner: _, ...article } = first
  const run = { ...night, articles: [first, article] }
  const owners = withCodeOwners(run, '* @all\n/docs/ @docs @more\n').articles.map(article => article.owner)
  expect(owners).toEqual(['lenafranke', '@docs @more'])
})

test('text inserted into a page is escaped, markup is not', () => {
  expect(markup`<p title="${'"<&>\''}">${[markup`<b>${'<'}</b>`, false, undefined, 1]}</p>`.html).toBe(
    '<p title="&quot;&lt;&amp;&gt;&#39;"><b>&lt;</b>1</p>',
  )
})

test('XML holds no character that XML forbids', () => {
  expect(escapeXml('a\u0000\u001b\ud800b\nc')).toBe('a\ufffd\ufffd\ufffdb&#10;c')
})

test('code in Markdown survives backquotes, bars and fences', () => {
  expect(codeSpan('a`b')).toBe('``a`b``')
  expect(codeSpan('`')).toBe('`` ` ``')
  expect(codeSpan('a|b', { table: true })).toBe('`a\\|b`')
  expect(codeBlock('a\n```\nb', 'md')).toBe('````md\na\n```\nb\n````')
  expect(escapeMarkdown('1. <b> *x* @me')).toBe('1\\. &lt;b&gt; \\*x\\* @\u2060me')
})

test('times read as people say them', () => {
  expect([0, 940, 9960, 59_600, 60_000, 185_000, 3_600_000, 3_840_000].map(duration)).toEqual([
    '0.0 s',
    '0.9 s',
    '10 s',
    '1 min',
    '1 min',
    '3 min 5 s',
    '1 h',
    '1 h 4 min',
  ])
})
