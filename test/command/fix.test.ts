import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { RunResult, Suggestion } from '../../src/result/result.ts'
import { resultOf } from '../result/result-of.ts'
import { ownArticle } from './own-article.ts'
import { program, test, type World } from './verbatim-fixture.ts'

const article = '# Make a vault\r\n\r\n1. Select **Vaults**.\r\n1. Set **Region** to **West Europe**.\r\n'

function pointAt(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset }
}

function suggest(text: string, before: string, after: string): Suggestion {
  const start = text.indexOf(before)
  const place = { path: 'docs/article.md', start: pointAt(text, start), end: pointAt(text, start + before.length) }
  return { place, before, after, reason: `It says “${after}”.` }
}

/** A stored result with one remark for each suggestion. */
function storedResult(text: string, suggestions: [rule: string, suggestion: Suggestion][]): RunResult {
  const place = { path: 'docs/article.md', start: pointAt(text, 0), end: pointAt(text, 1) }
  const hash = createHash('sha256').update(text).digest('hex')
  const step = {
    ...{ id: 's1', number: '1', procedure: 'Make a vault', title: 'Select', place, duration: 1, timedOut: false },
    status: 'drifted' as const,
    actions: suggestions.map(([rule, suggestion]) => ({
      ...{ do: 'select', where: [], place, status: 'drifted' as const, duration: 1 },
      remarks: [
        { rule, drift: 'misleading' as const, message: `It is not “${suggestion.before}”.`, place, suggestion },
      ],
    })),
  }
  return {
    ...resultOf({ state: 'finished' }),
    sources: { 'docs/article.md': hash },
    articles: [
      {
        ...{ id: 'a', path: 'docs/article.md', title: 'Make a vault', hash, surface: 'portal', variant: [] },
        ...{ status: 'drifted', duration: 1, steps: [step], refusals: [], resources: [], requests: [], names: {} },
      },
    ],
  } as RunResult
}

const label = suggest(article, 'Vaults', 'Backup vaults')
const value = suggest(article, '**Region** to **West Europe**', '**Region** to **North Europe**,\nbelow **Location**')

function writeWorld({ write }: World, text: string, ...suggestions: [string, Suggestion][]): void {
  write({ 'docs/article.md': text, 'reports/one/result.json': JSON.stringify(storedResult(article, suggestions)) })
}

const read = ({ folder }: World) => readFileSync(join(folder, 'docs/article.md'), 'utf8')

test('shows the suggestions as a patch, and changes nothing', async ({ world }) => {
  writeWorld(world, article, ['label-differs', label], ['value-not-offered', value])
  const { code, stdout, stderr } = await world.verbatim(['fix'])
  expect(code).toBe(1)
  expect(stdout).toContain('--- a/docs/article.md\n+++ b/docs/article.md\n')
  expect(stdout).toContain('-1. Select **Vaults**.')
  expect(stdout).toContain('+1. Select **Backup vaults**.')
  expect(stdout).toContain('# It is not “Vaults”. [label-differs]')
  expect(stderr).toContain('2 changes are suggested')
  expect(read(world)).toBe(article)
})

test('changes all of it, with the file’s own line endings and its byte order mark', async ({ world }) => {
  writeWorld(world, `\uFEFF${article}`, ['label-differs', label], ['value-not-offered', value])
  const { mode } = statSync(join(world.folder, 'docs/article.md'))
  const { code, stdout, stderr } = await world.verbatim(['fix', 'reports/one/result.json', '--apply'])
  expect(code, stdout + stderr).toBe(0)
  expect(read(world)).toBe(
    '\uFEFF# Make a vault\r\n\r\n1. Select **Backup vaults**.\r\n1. Set **Region** to **North Europe**,\r\nbelow **Location**.\r\n',
  )
  expect(statSync(join(world.folder, 'docs/article.md')).mode).toBe(mode)
  expect(readdirSync(join(world.folder, 'docs'))).toEqual(['article.md'])
  const again = await world.verbatim(['fix', 'reports/one', '--apply'])
  expect(again.code).toBe(2)
  expect(again.stderr).toContain('docs/article.md: it has changed since the run.')
})

test('changes only what a rule finds', async ({ world }) => {
  writeWorld(world, article, ['label-differs', label], ['value-not-offered', value])
  expect((await world.verbatim(['fix', '--only', 'label-differs', '--apply'])).code).toBe(0)
  expect(read(world)).toBe(article.replace('Vaults', 'Backup vaults'))
  const none = await world.verbatim(['fix', '--only', 'no-such-rule'])
  expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('suggests nothing by no-such-rule') })
})

test('leaves an article that has changed, or that is not text, as it is', async ({ world }) => {
  writeWorld(world, `${article}\r\nMore.\r\n`, ['label-differs', label])
  const { code, stderr } = await world.verbatim(['fix', '--apply'])
  expect(code).toBe(2)
  expect(stderr).toContain('it has changed since the run')
  expect(read(world)).toBe(`${article}\r\nMore.\r\n`)
})

test('makes none of several changes of the same words', async ({ world }) => {
  writeWorld(world, article, ['label-differs', label], ['place-differs', suggest(article, '**Vaults**', '**Backup**')])
  const { code, stderr } = await world.verbatim(['fix', '--apply'])
  expect(code).toBe(2)
  expect(stderr).toContain('two changes of line 3 overlap: none was made')
  expect(read(world)).toBe(article)
})

test('writes nowhere but into the folder’s own repository', async ({ world }) => {
  const elsewhere = storedResult(article, [['label-differs', label]])
  const text = JSON.stringify(elsewhere).replaceAll('docs/article.md', '../article.md')
  world.write({ 'work/reports/one/result.json': text, 'article.md': article })
  const { code, stderr } = await world.verbatim(['fix', '--apply'], { cwd: join(world.folder, 'work') })
  expect(code).toBe(2)
  expect(stderr).toContain('it lies outside of this folder and its repository')
  expect(readFileSync(join(world.folder, 'article.md'), 'utf8')).toBe(article)
})

test('asks for each change on a terminal', async ({ world }) => {
  const script = ['/usr/bin/script', '/bin/script'].find(path => existsSync(path))
  test.skip(
    script === undefined || process.platform !== 'linux',
    'There is no util-linux script(1) to make a terminal.',
  )
  writeWorld(world, article, ['label-differs', label], ['value-not-offered', value])
  const child = spawn(script ?? 'script', ['-qec', `'${process.execPath}' '${program}' fix`, '/dev/null'], {
    cwd: world.folder,
    env: { ...process.env, NO_COLOR: '1' },
  })
  let said = ''
  let asked = 0
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString()
    const questions = said.split('Make this change? [y/n/q]').length - 1
    for (; asked < questions; asked++) child.stdin.write(asked === 0 ? 'n\n' : 'y\n')
  })
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  expect(code, said).toBe(1)
  expect(asked).toBe(2)
  expect(read(world)).toContain('Select **Vaults**')
  expect(read(world)).toContain('**North Europe**')
})

test('mends what a real run finds, so that the next run passes', async ({ world }) => {
  test.setTimeout(240_000)
  // The form is looked at and not sent, and of its rows only the headings that the drift is about are kept.
  const [untilSent = ''] = ownArticle.split(/^.*Select \*\*Review \+ create\*\*/m)
  const headings = untilSent.replace(/^ +\| (?:Resource group|Vault name|Region) .*\n/gm, '')
  world.write({ 'article.md': headings, 'article.runbook.yaml': 'limits:\n  action: 5\n' })
  const run = ['run', 'article.md', '--portal-drift', 'section-case', '--portal-pace', 'instant', '--output', 'out']
  await world.verbatim(run)
  const suggested = world
    .result('out')
    .articles.flatMap(each => each.steps)
    .flatMap(step => [
      step.suggestion,
      ...step.actions.flatMap(action => action.remarks.map(({ suggestion }) => suggestion)),
    ])
    .filter(suggestion => suggestion !== undefined)
  expect(suggested.length).toBeGreaterThan(0)
  const { code, stdout, stderr } = await world.verbatim(['fix', 'out', '--apply'])
  expect(code, stdout + stderr).toBe(0)
  const again = await world.verbatim(run)
  expect(again.code, again.stdout).toBe(0)
  expect(world.result('out').articles[0]?.status).toBe('passed')
})

test('says what to name where there is no result', async ({ world }) => {
  const { code, stderr } = await world.verbatim(['fix', 'nowhere'])
  expect(code).toBe(2)
  expect(stderr).toContain("'nowhere' holds no result")
})
