import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { Faults } from '../../src/sandbox/fault-schema.ts'
import { ownArticle } from '../command/own-article.ts'
import { shippedTypes } from '../plan/plan-of.ts'
import { articleOf } from '../result/result-of.ts'
import { troubleKinds, troubleOf } from './false-alarms/faults-of-seed.ts'
import { generateMutants, sampleMutants } from './mutation/generate-mutants.ts'
import { judge } from './mutation/judge.ts'
import { mutantClasses } from './mutation/mutant.ts'
import { readOriginal, readOriginals, stepsIn } from './mutation/original.ts'
import { runMutants, type Judged } from './mutation/run-mutants.ts'

const runbooks = fileURLToPath(new URL('../../runbooks', import.meta.url))
const originals = readOriginals(runbooks, shippedTypes)
const vault = originalOf(ownArticle)
const { mutants, equivalents } = generateMutants(vault, '2026')

function originalOf(text: string) {
  const job = { path: 'article.md', text, runbook: {}, runbookPath: undefined }
  return readOriginal(job, runbooks, shippedTypes)
}

const lineOf = (text: string, line: number) => text.split('\n')[line - 1] ?? ''

test('the same article gives the same mutants, each with an id of its own', () => {
  expect(generateMutants(originalOf(ownArticle), '2026')).toEqual({ mutants, equivalents })
  const ids = [...mutants, ...equivalents].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('the vault article has mutants of every class that its words allow', () => {
  const classes = new Set(mutants.map(each => each.class))
  expect(mutantClasses.filter(each => !classes.has(each))).toEqual(['option'])
})

test('a word is replaced exactly where it stands, and its line is to be blamed', () => {
  const words = mutants.filter(({ change, drift }) => drift === undefined && change.includes('→'))
  expect(words.length).toBeGreaterThan(60)
  for (const { text, change, expected, id } of words) {
    const [, line = '0', before = '', after = ''] = /^line (\d+): “(.*)” → “(.*)”$/.exec(change) ?? []
    expect(lineOf(ownArticle, Number(line)), id).toContain(before)
    expect(lineOf(text, Number(line)), id).toContain(after)
    expect(
      expected.lines.some(([first, last]) => first <= Number(line) && Number(line) <= last),
      id,
    ).toBe(true)
    // Nothing else is changed: with the words put back, it is the article again.
    const changed = text.split('\n').filter((each, at) => each !== ownArticle.split('\n')[at])
    expect(changed, id).toHaveLength(1)
  }
})

test('a mutant is an article still: as many steps as before, or one less', () => {
  const before = stepsIn(ownArticle).length
  for (const { text, class: kind, id } of mutants)
    expect(stepsIn(text).length, id).toBe(kind === 'missing-step' ? before - 1 : before)
})

test('the lines to be blamed are lines of steps', () => {
  for (const original of originals)
    for (const { text, expected, id } of generateMutants(original, '2026').mutants) {
      const steps = stepsIn(text)
      for (const [first, last] of expected.lines)
        expect(
          steps.some(({ place }) => place.start.line <= last && first <= place.end.line),
          `${id}: ${first} to ${last}`,
        ).toBe(true)
    }
})

test('two steps that are swapped are both still there', () => {
  const swapped = mutants.filter(each => each.class === 'order')
  const sorted = (text: string) =>
    stepsIn(text)
      .map(step => step.text)
      .sort()
  expect(swapped.length).toBeGreaterThan(5)
  for (const { text } of swapped) expect(sorted(text)).toEqual(sorted(ownArticle))
})

test('what makes no difference is told by rule, and is no mutant', () => {
  expect(
    Object.fromEntries(equivalents.filter(each => each.rule !== 'not-spoken-of').map(each => [each.change, each.rule])),
  ).toEqual({
    'line 22: the step “Sign in to the Azure portal.” is missing': 'signs-in-anyway',
    'line 47: the step “When the deployment is complete, select Go to resource.” is missing': 'only-looks',
    'line 22: the step “Sign in to the Azure portal.” comes after the next one': 'starts-anywhere',
    'line 37: the row “Subscription” is missing': 'one-subscription',
  })
})

test('a sample is the same for the same seed, and holds every class', () => {
  const sample = sampleMutants(mutants, 25, 1)
  expect(sample).toHaveLength(25)
  expect(sampleMutants(mutants, 25, 1)).toEqual(sample)
  expect(sampleMutants(mutants, 25, 2)).not.toEqual(sample)
  expect(new Set(sample.map(each => each.class))).toEqual(new Set(mutants.map(each => each.class)))
})

test.describe('a result is judged', () => {
  const mutant = mutants.find(({ id }) => id === 'article:label:891:other@portal')
  const line = 28
  const step = (at: number, verdict: 'doc' | 'driver', drift?: 'blocking' | 'cosmetic') => {
    const point = { line: at, column: 1, offset: 0 }
    const place = { path: 'article.md', start: point, end: point }
    return {
      id: 's',
      number: '4',
      procedure: 'p',
      title: 't',
      place,
      status: 'failed' as const,
      verdict,
      ...(drift ? { drift } : {}),
      duration: 0,
      timedOut: false,
      actions: [],
      error: { rule: 'control-not-found', message: 'm', place },
    }
  }
  for (const { title, steps, status, outcome } of [
    {
      title: 'right with the right line and verdict',
      steps: [step(line, 'doc', 'blocking')],
      status: 'failed',
      outcome: 'right',
    },
    { title: 'wrong with another line', steps: [step(30, 'doc', 'blocking')], status: 'failed', outcome: 'wrong' },
    { title: 'wrong with another verdict', steps: [step(line, 'driver')], status: 'failed', outcome: 'wrong' },
    {
      title: 'wrong with too mild a drift',
      steps: [step(line, 'doc', 'cosmetic')],
      status: 'failed',
      outcome: 'wrong',
    },
    { title: 'survived where all is green', steps: [], status: 'passed', outcome: 'survived' },
  ] as const)
    test(title, () => {
      if (!mutant) throw new Error('The mutant of “+ Vault” is gone.')
      expect(judge(mutant, articleOf({ status, steps: [...steps] })).outcome).toBe(outcome)
    })
})

test('faults are the same for the same seed, and faults that the sandbox knows', () => {
  const seeds = Array.from({ length: 100 }, (_, at) => at + 1)
  for (const seed of seeds) {
    expect(troubleOf(seed)).toEqual(troubleOf(seed))
    expect(Faults.parse(troubleOf(seed).faults)).toEqual(troubleOf(seed).faults)
  }
  expect(new Set(seeds.map(seed => troubleOf(seed).kind))).toEqual(new Set(troubleKinds))
})

test('a handful of mutants are killed on the ARM surface, with the right line and verdict, and nothing is left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-mutants-'))
  try {
    const original = originals.find(({ text }) => text === ownArticle)
    if (!original) throw new Error('The vault article is gone.')
    const some = generateMutants(original, '2026').mutants.filter(
      each => each.surface === 'arm' && (each.class === 'region' || each.change.includes('the row “Region”')),
    )
    const judged: Judged[] = []
    const left: string[] = []
    await runMutants(some, { runbooks, folder, era: () => '2026', original: () => original, lanes: 1 }, batch => {
      judged.push(...batch.judged)
      left.push(...batch.left)
    })
    expect(judged).toHaveLength(5)
    expect(judged.filter(({ outcome }) => outcome !== 'right')).toEqual([])
    expect(left).toEqual([])
    expect(readFileSync(join(folder, 'articles/create-recovery-services-vault.md'), 'utf8')).toBe(ownArticle)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
