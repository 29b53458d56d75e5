import { resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { ArmError } from '../../src/cloud/arm-error.ts'
import { StepFailure, stepFailure } from '../../src/execution/step-failure.ts'

const place = {
  path: 'docs/article.md',
  start: { line: 7, column: 5, offset: 90 },
  end: { line: 7, column: 20, offset: 105 },
}

test('says what was found, what was expected and what to do, at the article’s line', () => {
  const problem = {
    rule: 'x',
    message: 'No such.',
    said: 'Vault',
    found: ['Vaults', 'Store'],
    remedy: 'Mend it.',
    place,
  }
  const failure = new StepFailure(problem, { verdict: 'doc', drift: 'blocking' })
  expect(failure.message).toBe('No such.\nThe article says: Vault\nFound instead: Vaults · Store\nMend it.')
  expect(failure.stack).toContain(`at ${resolve('docs/article.md')}:7:5`)
  expect(failure.stack?.split('\n    at ')).toHaveLength(2)
})

const causes: [what: string, error: unknown, rule: string, verdict: string][] = [
  [
    'an outage',
    new ArmError('Down.', { code: 'InternalServerError', status: 500 }),
    'cloud-unavailable',
    'environment',
  ],
  ['a wrong secret', new ArmError('No.', { code: 'AADSTS7000215' }), 'cloud-unavailable', 'environment'],
  [
    'a refused value',
    new ArmError('Bad.', { code: 'InvalidResourceName', status: 400 }),
    'refused-by-cloud',
    'product',
  ],
  ['a broken network', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'cloud-unavailable', 'environment'],
  ['a missing file', Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' }), 'driver-error', 'driver'],
  [
    'a browser that died',
    new Error('page.click: Target page, context or browser has been closed'),
    'browser-gone',
    'environment',
  ],
  ['a page that can’t be reached', new Error('page.goto: net::ERR_CONNECTION_REFUSED'), 'browser-gone', 'environment'],
  ['a fault of Verbatim’s own', new TypeError('undefined is not a function'), 'driver-error', 'driver'],
  ['a text', 'just words', 'driver-error', 'driver'],
]

for (const [what, error, rule, verdict] of causes)
  test(`never blames the article for ${what}`, () => {
    const failure = stepFailure(error, place)
    expect(failure.problem).toMatchObject({ rule, place })
    expect(failure.verdict).toBe(verdict)
    expect(failure.cause).toBe(error)
    expect(failure.problem.remedy).not.toBe('')
  })

test('leaves a failure alone that was told already', () => {
  const failure = new StepFailure({ rule: 'x', message: 'No.', place }, { verdict: 'doc' })
  expect(stepFailure(failure, place)).toBe(failure)
})
