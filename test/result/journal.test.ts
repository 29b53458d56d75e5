import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { foldJournal, openLines, readJournal, readLines, runFile, type RunEvent } from '../../src/result/journal.ts'
import { articleOf, resultOf, stepOf } from './result-of.ts'

test('has each line on disk when it is appended', () => {
  const path = test.info().outputPath('deep', 'lines.jsonl')
  const lines = openLines<number>(path)
  lines.append(1)
  expect(readFileSync(path, 'utf8')).toBe('1\n')
  lines.append(2)
  expect(readLines(path)).toEqual([1, 2])
  lines.close()
})

test('reads nothing where there is no file or folder', () => {
  expect(readLines(test.info().outputPath('none.jsonl'))).toEqual([])
  expect(readJournal(test.info().outputPath('none'))).toEqual([])
})

for (const torn of ['{"type":"step-fini', '{"type":"run"}', '"'])
  test(`leaves out a last line that was torn off: ${torn}`, () => {
    const path = test.info().outputPath('torn.jsonl')
    writeFileSync(path, `{"line":1}\n{"line":2}\n${torn}`)
    expect(readLines(path)).toEqual([{ line: 1 }, { line: 2 }])
  })

test('loses only the torn line when another process writes on', () => {
  const path = test.info().outputPath('resumed.jsonl')
  writeFileSync(path, '{"line":1}\n{"line":')
  const lines = openLines<{ line: number }>(path)
  lines.append({ line: 3 })
  lines.append({ line: 4 })
  lines.close()
  expect(readLines(path)).toEqual([{ line: 1 }, { line: 3 }, { line: 4 }])
})

test('keeps texts with line breaks and other scripts whole', () => {
  const path = test.info().outputPath('texts.jsonl')
  const texts = ['two\nlines', 'Zurück', '保管庫', 'a\u2028b', '']
  const lines = openLines<string>(path)
  for (const text of texts) lines.append(text)
  lines.close()
  expect(readLines(path)).toEqual(texts)
})

const begun: RunEvent = {
  type: 'run',
  result: resultOf({ articles: [articleOf({ id: 'a' }), articleOf({ id: 'b' })] }),
}
const finished: RunEvent = { type: 'run-finished', at: '2026-01-01T00:10:00.000Z', interrupted: false, exitCode: 1 }
const left: RunEvent = {
  type: 'cleanup',
  item: { article: 'a', type: 'T', id: '/g', status: 'left', message: 'ScopeLocked', duration: 5 },
}

function journalOf(files: Record<string, RunEvent[]>): RunEvent[] {
  const folder = test.info().outputPath('journal')
  mkdirSync(folder, { recursive: true })
  for (const [name, events] of Object.entries(files))
    for (const event of events) appendFileSync(join(folder, name), `${JSON.stringify(event)}\n`)
  writeFileSync(join(folder, 'notes.txt'), 'no journal\n')
  return readJournal(folder)
}

test('begins with the command’s own file and ends with its last words, whatever the files are called', () => {
  const events = journalOf({
    'a.jsonl': [{ type: 'article-started', article: 'a', at: 'x' }],
    [runFile]: [begun, left, finished],
    'z.jsonl': [{ type: 'article-started', article: 'b', at: 'y' }],
  })
  expect(events.map(({ type }) => type)).toEqual([
    'run',
    'article-started',
    'article-started',
    'cleanup',
    'run-finished',
  ])
})

test('folds the files of all workers into one result', () => {
  const request = { at: 'x', method: 'PUT', path: '/g', status: 201, duration: 3, purpose: 'action' }
  const resource = {
    type: 'T',
    name: 'g',
    id: '/g',
    status: 'as-described' as const,
    differences: [],
    place: stepOf({}).place,
  }
  const result = foldJournal(
    journalOf({
      [runFile]: [begun, left, finished],
      'a.jsonl': [
        { type: 'article-started', article: 'a', at: '2026-01-01T00:00:01.000Z' },
        { type: 'step-started', article: 'a', step: 's1', at: '2026-01-01T00:00:02.000Z' },
        { type: 'request', article: 'a', request },
        { type: 'resource', article: 'a', resource },
        { type: 'step-finished', article: 'a', step: stepOf({ id: 's1', status: 'passed' }) },
        { type: 'step-finished', article: 'a', step: stepOf({ id: 's2', status: 'passed' }) },
        { type: 'article-finished', article: 'a', duration: 900, trace: 'trace.zip' },
      ],
      'b.jsonl': [
        { type: 'step-finished', article: 'b', step: stepOf({ id: 's1', status: 'failed', verdict: 'doc' }) },
        { type: 'article-finished', article: 'b', duration: 100 },
      ],
    }),
  )
  expect(result).toMatchObject({
    state: 'finished',
    exitCode: 1,
    interrupted: false,
    finishedAt: '2026-01-01T00:10:00.000Z',
    cleanup: [{ status: 'left' }],
    articles: [
      {
        id: 'a',
        status: 'passed',
        startedAt: '2026-01-01T00:00:01.000Z',
        duration: 900,
        trace: 'trace.zip',
        requests: [request],
        resources: [resource],
      },
      { id: 'b', status: 'failed', verdict: 'doc', duration: 100 },
    ],
  })
})

test('tells a run that was killed as far as it came', () => {
  const result = foldJournal(
    journalOf({
      [runFile]: [begun],
      'a.jsonl': [
        { type: 'article-started', article: 'a', at: 'x' },
        { type: 'step-finished', article: 'a', step: stepOf({ id: 's1', status: 'passed' }) },
        { type: 'step-started', article: 'a', step: 's2', at: '2026-01-01T00:00:09.000Z' },
      ],
    }),
  )
  expect(result).toMatchObject({ state: 'running', interrupted: false })
  expect(result).not.toHaveProperty('exitCode')
  expect(result?.articles[0]).toMatchObject({
    status: 'not-run',
    steps: [{ status: 'passed' }, { status: 'not-run', startedAt: '2026-01-01T00:00:09.000Z' }],
  })
  expect(result?.articles[1]).toMatchObject({ status: 'not-run' })
})

test('keeps the last word about a resource', () => {
  const about = (status: 'as-described' | 'deleted'): RunEvent => ({
    type: 'resource',
    article: 'a',
    resource: { type: 'T', name: 'g', id: '/g', status, differences: [], place: stepOf({}).place },
  })
  expect(foldJournal([begun, about('as-described'), about('deleted')])?.articles[0]?.resources).toMatchObject([
    { status: 'deleted' },
  ])
})

test('tells nothing where a run never began', () => {
  expect(foldJournal([finished])).toBeUndefined()
})

test('leaves the journal’s events as they were', () => {
  const before = structuredClone(begun)
  foldJournal([begun, left, finished])
  expect(begun).toEqual(before)
})

test('passes over what is said about an article that the run does not know', () => {
  const result = foldJournal([begun, { type: 'article-started', article: 'stranger', at: 'x' }])
  expect(result).toEqual(begun.type === 'run' ? begun.result : undefined)
})
