import { appendFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import {
  existedBefore,
  isRunning,
  ledgerFolder,
  openItems,
  openLedger,
  readLedger,
  type LedgerEntry,
} from '../../src/execution/ledger.ts'

const id = '/subscriptions/s/resourceGroups/group1'
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()

const resource = { type: 'Microsoft.Resources/resourceGroups', id, apiVersion: '2021-04-01' }

const absent = (second: number, article = 'a'): LedgerEntry => ({
  type: 'expected',
  article,
  resource,
  existed: false,
  at: at(second),
})
const present = (second: number, article = 'a'): LedgerEntry =>
  ({ ...absent(second, article), existed: true }) as LedgerEntry
const appeared = (second: number, of = id): LedgerEntry => ({ type: 'appeared', article: 'a', id: of, at: at(second) })
const gone = (second: number, by: 'article' | 'verbatim' = 'article', of = id): LedgerEntry => ({
  type: 'gone',
  article: 'a',
  id: of,
  by,
  at: at(second),
})

const stories: [story: string, entries: LedgerEntry[], open: { appeared: boolean; article?: string }[]][] = [
  ['nothing was expected', [], []],
  ['it was expected and nobody saw it', [absent(1)], [{ appeared: false }]],
  ['it was seen', [absent(1), appeared(2)], [{ appeared: true }]],
  ['it was seen by another spelling of its id', [absent(1), appeared(2, id.toUpperCase())], [{ appeared: true }]],
  ['the article deleted it', [absent(1), appeared(2), gone(3)], []],
  ['Verbatim deleted it', [absent(1), appeared(2), gone(3, 'verbatim', id.toLowerCase())], []],
  ['it was there before', [present(1), appeared(2)], []],
  ['it was made, and named once more', [absent(1), appeared(2), present(3)], [{ appeared: true }]],
  ['it was deleted and made again', [absent(1), appeared(2), gone(3), absent(4)], [{ appeared: false }]],
  [
    'another article made it again after the first one deleted it',
    [absent(1, 'a'), appeared(2), gone(3), absent(4, 'b'), appeared(5)],
    [{ appeared: true, article: 'b' }],
  ],
  ['it was kept on purpose', [absent(1), appeared(2), { type: 'kept', id, at: at(3), reason: 'asked for' }], []],
]

for (const [story, entries, open] of stories)
  test(`has ${open.length === 0 ? 'nothing' : 'one thing'} to clean up where ${story}`, () => {
    expect(openItems(entries)).toMatchObject(open.map(item => ({ resource, ...item })))
    expect(openItems(entries)).toHaveLength(open.length)
  })

const earlier: [story: string, entries: LedgerEntry[], existed: boolean][] = [
  ['nobody looked', [], false],
  ['it was absent', [absent(1)], false],
  ['it was there', [present(1)], true],
  ['this run made it, and saw it when it was named again', [absent(1), appeared(2), present(3)], false],
  ['it was there each time', [present(1), present(2)], true],
]

for (const [story, entries, existed] of earlier)
  test(`takes a resource for ${existed ? 'somebody else’s' : 'none of somebody else’s'} where ${story}`, () => {
    expect(existedBefore(entries, id.toUpperCase())).toBe(existed)
    expect(existedBefore(entries, `${id}0`)).toBe(false)
  })

test('reads what all writers wrote, in the order of time, without a torn line', () => {
  const output = test.info().outputPath('run')
  const [article, command] = [openLedger(output, 'z-article'), openLedger(output, 'run')]
  article.append(absent(1))
  article.append(appeared(2))
  command.append(gone(3, 'verbatim'))
  article.append(absent(4))
  appendFileSync(join(output, ledgerFolder, 'z-article.jsonl'), '{"type":"gone","article":"a","id":"/su')
  expect(readLedger(output)).toEqual([absent(1), appeared(2), gone(3, 'verbatim'), absent(4)])
  expect(openItems(readLedger(output))).toMatchObject([{ appeared: false }])
  article.close()
  command.close()
})

test('reads nothing where no run has been', () => {
  expect(readLedger(test.info().outputPath('none'))).toEqual([])
})

const header = (pid: number): LedgerEntry => ({
  type: 'run',
  run: 'k3x9q2',
  at: at(0),
  pid,
  cloud: { name: 'sandbox', resourceManager: 'https://localhost', subscription: 's', private: false },
})

test('knows a run that still goes on from one that has ended and from a stranger’s process', async () => {
  const program = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'verbatim'], { stdio: 'ignore' })
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' })
  await Promise.all([once(program, 'spawn'), once(stranger, 'spawn')])
  expect(isRunning([header(program.pid ?? 0)])).toBe(true)
  expect(isRunning([header(stranger.pid ?? 0)])).toBe(false)
  const ended = [once(program, 'close'), once(stranger, 'close')]
  program.kill('SIGKILL')
  stranger.kill('SIGKILL')
  await Promise.all(ended)
  expect(isRunning([header(program.pid ?? 0)])).toBe(false)
  expect(isRunning([absent(1)])).toBe(false)
})
