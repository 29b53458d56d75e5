import { expect, test } from '@playwright/test'
import type { ArticleResult, Drift, RunResult, Status, StepResult, Verdict } from '../../src/result/result.ts'
import { articleStatus, exitCodeOf, worse } from '../../src/result/status.ts'
import { articleOf, resultOf, stepOf } from './result-of.ts'

const drifts: [one: Drift | undefined, other: Drift | undefined, worst: Drift | undefined][] = [
  ['blocking', 'misleading', 'blocking'],
  ['cosmetic', 'misleading', 'misleading'],
  ['cosmetic', 'cosmetic', 'cosmetic'],
  [undefined, 'cosmetic', 'cosmetic'],
  ['blocking', undefined, 'blocking'],
  [undefined, undefined, undefined],
]

for (const [one, other, worst] of drifts)
  test(`takes ${worst} for the worse of ${one} and ${other}`, () => {
    expect(worse(one, other)).toBe(worst)
    expect(worse(other, one)).toBe(worst)
  })

const articles: [steps: Status[], status: ArticleResult['status']][] = [
  [['passed', 'passed'], 'passed'],
  [['passed', 'skipped'], 'passed'],
  [['passed', 'assumed'], 'passed'],
  [['passed', 'drifted'], 'drifted'],
  [['drifted', 'assumed'], 'drifted'],
  [['passed', 'failed', 'not-run'], 'failed'],
  [['drifted', 'failed'], 'failed'],
  [['passed', 'not-run'], 'not-run'],
  [['drifted', 'not-run'], 'not-run'],
  [['not-run', 'not-run'], 'not-run'],
  [['skipped', 'skipped'], 'skipped'],
  [['assumed', 'assumed'], 'not-run'],
  [['assumed', 'skipped'], 'not-run'],
  [[], 'not-run'],
]

for (const [steps, status] of articles)
  test(`makes an article of ${steps.join(', ') || 'no'} steps ${status}`, () => {
    expect(articleStatus({ steps: steps.map(each => stepOf({ status: each })), refusals: [] }).status).toBe(status)
  })

test('waits for nothing from a step that only informs', () => {
  const informing = stepOf({ status: 'not-run', actions: [] })
  expect(articleStatus({ steps: [stepOf({ status: 'passed' }), informing], refusals: [] }).status).toBe('passed')
  expect(articleStatus({ steps: [informing], refusals: [] }).status).toBe('not-run')
})

test('takes a refused article for refused, whatever its steps say', () => {
  const refusals = [{ rule: 'unknown-step', message: 'What?', place: stepOf({}).place }]
  expect(articleStatus({ steps: [stepOf({ status: 'passed' })], refusals }).status).toBe('refused')
})

test('gives the blame that the failed step has, and the worst drift of all steps', () => {
  const steps: StepResult[] = [
    stepOf({ status: 'drifted', drift: 'misleading', verdict: 'doc' }),
    stepOf({ status: 'failed', verdict: 'product' }),
  ]
  expect(articleStatus({ steps, refusals: [] })).toEqual({ status: 'failed', verdict: 'product', drift: 'misleading' })
  expect(articleStatus({ steps: steps.slice(0, 1), refusals: [] })).toEqual({
    status: 'drifted',
    verdict: 'doc',
    drift: 'misleading',
  })
})

/** What can come together in one run, and the exit code that it has alone (`docs/`, decision 10). */
const passed = articleOf({ status: 'passed' })
const failed = (verdict: Verdict | undefined): ArticleResult =>
  articleOf({ status: 'failed', ...(verdict ? { verdict } : {}) })
const drifted = (drift: Drift) => articleOf({ status: 'drifted', verdict: 'doc', drift })
const refused = articleOf({ status: 'refused' })
const skipped = articleOf({ status: 'skipped' })
const notRun = articleOf({ status: 'not-run' })
const problem: RunResult['problems'][number] = { rule: 'run-broken-off', message: 'The network went.' }
const cleaned = (status: RunResult['cleanup'][number]['status']): RunResult['cleanup'][number] => ({
  article: 'a',
  type: 'T',
  id: '/g',
  status,
  duration: 1,
})

const codes: [what: string, result: Partial<RunResult>, failOn: Drift | undefined, code: number][] = [
  ['every article passed', { articles: [passed, passed] }, undefined, 0],
  ['one passed and one was skipped by name', { articles: [passed, skipped] }, undefined, 0],
  ['everything was cleaned up', { articles: [passed], cleanup: [cleaned('deleted'), cleaned('gone')] }, undefined, 0],
  ['what was expected never appeared', { articles: [passed], cleanup: [cleaned('never-appeared')] }, undefined, 0],
  ['the article is wrong', { articles: [passed, failed('doc')] }, undefined, 1],
  ['the product is wrong', { articles: [failed('product')] }, undefined, 1],
  ['an article is misleading', { articles: [drifted('misleading')] }, undefined, 1],
  ['an article blocks its readers', { articles: [drifted('blocking')] }, undefined, 1],
  ['an article differs in its looks', { articles: [drifted('cosmetic')] }, undefined, 0],
  ['looks are to count', { articles: [drifted('cosmetic')] }, 'cosmetic', 1],
  ['only what blocks is to count', { articles: [drifted('misleading')] }, 'blocking', 0],
  ['only what blocks is to count, and it does', { articles: [drifted('blocking')] }, 'blocking', 1],
  ['an article was refused', { articles: [passed, refused] }, undefined, 2],
  ['there is no article', { articles: [] }, undefined, 2],
  ['all was skipped by name', { articles: [skipped] }, undefined, 2],
  ['nothing was run', { articles: [notRun] }, undefined, 2],
  ['the surroundings failed', { articles: [passed, failed('environment')] }, undefined, 3],
  ['the driver failed', { articles: [failed('driver')] }, undefined, 3],
  ['nobody knows why it failed', { articles: [passed, failed(undefined)] }, undefined, 3],
  ['the run as a whole had a problem', { articles: [passed], problems: [problem] }, undefined, 3],
  ['one passed and one was never run', { articles: [passed, notRun] }, undefined, 3],
  ['nothing could be run, for a reason outside', { articles: [notRun], problems: [problem] }, undefined, 3],
  ['something was left behind', { articles: [passed], cleanup: [cleaned('deleted'), cleaned('left')] }, undefined, 4],
  ['it was interrupted', { articles: [passed], interrupted: true }, undefined, 130],
]

for (const [what, changes, failOn, code] of codes)
  test(`ends with ${code} where ${what}`, () => {
    expect(exitCodeOf(resultOf(changes), failOn)).toBe(code)
  })

/** In the order in which they go before each other. */
const order: [code: number, changes: Partial<RunResult>][] = [
  [130, { interrupted: true }],
  [4, { cleanup: [cleaned('left')] }],
  [2, { articles: [refused] }],
  [1, { articles: [failed('doc')] }],
  [3, { articles: [failed('environment')], problems: [problem] }],
]

for (const [at, [code, changes]] of order.entries())
  for (let others = 1; others < 2 ** (order.length - at - 1); others++) {
    const lower = order.slice(at + 1).filter((_, index) => (others >> index) & 1)
    test(`ends with ${code} where ${lower.map(([each]) => each).join(', ')} would apply, too`, () => {
      const all = [changes, ...lower.map(([, each]) => each)]
      const result = resultOf({
        articles: [passed, ...all.flatMap(each => each.articles ?? [])],
        cleanup: all.flatMap(each => each.cleanup ?? []),
        problems: all.flatMap(each => each.problems ?? []),
        interrupted: all.some(each => each.interrupted),
      })
      expect(exitCodeOf(result)).toBe(code)
    })
  }
