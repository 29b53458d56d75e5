import { expect, test } from '@playwright/test'
import { readRunbook } from '../../src/plan/runbook.ts'

test('reads every key that a runbook may have', () => {
  const text = [
    'article: ../articles/vault.md',
    'owner: casey',
    'surfaces: [portal, arm]',
    'shell: true',
    'variant: [Azure CLI]',
    'answers:',
    '  Region: North Europe',
    '  Retention days: 30',
    '  Soft delete: true',
    '  Key: { env: BACKUP_KEY, secret: true }',
    '  Vault name: { generate: name }',
    'skip:',
    '  - step: "Create the vault #3"',
    '    reason: needs a second person',
    'names: literal',
    'limits: { action: 20, step: 600, article: 3600 }',
  ].join('\n')
  const { runbook, problems } = readRunbook(text)
  expect(problems).toEqual([])
  expect(runbook).toEqual({
    article: '../articles/vault.md',
    owner: 'casey',
    surfaces: ['portal', 'arm'],
    shell: true,
    variant: ['Azure CLI'],
    answers: {
      Region: 'North Europe',
      'Retention days': 30,
      'Soft delete': true,
      Key: { env: 'BACKUP_KEY', secret: true },
      'Vault name': { generate: 'name' },
    },
    skip: [{ step: 'Create the vault #3', reason: 'needs a second person' }],
    names: 'literal',
    limits: { action: 20, step: 600, article: 3600 },
  })
})

test('takes an empty file for a runbook that decides nothing', () => {
  for (const text of ['', '# nothing yet\n', '---\n']) {
    const { runbook, problems } = readRunbook(text)
    expect(problems).toEqual([])
    expect(runbook).toEqual({})
  }
})

/** `^` stands in front of the place at fault. */
const faults: [what: string, text: string, message: RegExp][] = [
  ['a bracket that is never closed', 'owner: casey\nsurfaces: [portal\n^', /^Broken YAML/],
  ['a tab for indentation', 'skip:\n^\t- step: a\n', /^Broken YAML/],
  ['a key given twice', 'owner: casey\n^owner: robin\n', /^Broken YAML/],
  ['an unknown key', 'owner: casey\n^ownr: casey\n', /^Unknown key 'ownr'\.$/],
  ['an unknown key inside a list', 'skip:\n  - step: a\n    ^why: b\n    reason: c\n', /^Unknown key 'why'\.$/],
  ['an unknown key inside a map', 'limits:\n  action: 3\n  ^run: 3\n', /^Unknown key 'run'\.$/],
  ['an unknown key in an answer', 'answers:\n  Key: { env: A, ^secrets: true }\n', /answers\.Key|'secrets'/],
  ['a word for a number', 'limits:\n  ^step: long\n', /^Wrong value for 'limits\.step'/],
  ['a time limit of nothing', 'limits: { ^step: 0 }\n', /^Wrong value for 'limits\.step'/],
  ['a word where a list belongs', '^surfaces: portal\n', /^Wrong value for 'surfaces'/],
  ['a surface that does not exist', 'surfaces:\n  - portal\n  - ^paper\n', /^Wrong value for 'surfaces\.1'/],
  ['an empty list of surfaces', '^surfaces: []\n', /^Wrong value for 'surfaces'/],
  [
    'a skip without a reason',
    'skip:\n  - step: a\n    reason: b\n  - ^step: c\n',
    /^Wrong value for 'skip\.1\.reason'/,
  ],
  ['an empty reason', 'skip:\n  - step: a\n    ^reason: ""\n', /^Wrong value for 'skip\.0\.reason'/],
  ['a list of answers', '^answers:\n  - Region\n', /^Wrong value for 'answers'/],
  ['a list instead of a runbook', '^- owner: casey\n', /^Wrong value for 'the runbook'/],
  ['a sentence instead of a runbook', '^just words\n', /^Wrong value for 'the runbook'/],
]

for (const [what, marked, message] of faults)
  test(`names line and column of ${what}`, () => {
    const offset = marked.indexOf('^')
    const text = marked.replace('^', '')
    const before = marked.slice(0, offset)
    const { runbook, problems } = readRunbook(text)
    expect(runbook).toEqual({})
    const [problem] = problems
    expect(problem?.message).toMatch(message)
    expect(problem?.remedy).not.toBe('')
    expect([problem?.point.line, problem?.point.column]).toEqual([
      before.split('\n').length,
      offset - before.lastIndexOf('\n'),
    ])
  })

test('names every wrong key of a runbook, not only the first', () => {
  const { problems } = readRunbook('ownr: casey\nlimit: 3\nsurfaces: portal\n')
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining("'surfaces'"),
    expect.stringContaining("'ownr'"),
    expect.stringContaining("'limit'"),
  ])
})

test('lists the keys that there are beside an unknown one', () => {
  expect(readRunbook('ownr: casey').problems[0]?.remedy).toContain('article, owner, surfaces')
})

test('tells where an entry stands, for what comes up later', () => {
  const { placeOf } = readRunbook('owner: casey\nskip:\n  - step: a\n    reason: b\n')
  expect(placeOf(['skip', 0, 'step'])).toMatchObject({ line: 3, column: 5 })
  expect(placeOf(['skip', 0])).toMatchObject({ line: 3, column: 5 })
  expect(placeOf(['skip'])).toMatchObject({ line: 2, column: 1 })
})
