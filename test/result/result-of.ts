import type { ActionResult, ArticleResult, RunResult, StepResult } from '../../src/result/result.ts'

const place = {
  path: 'article.md',
  start: { line: 3, column: 1, offset: 20 },
  end: { line: 3, column: 9, offset: 28 },
}

const action: ActionResult = {
  do: 'select',
  target: 'Save',
  where: [],
  place,
  status: 'passed',
  remarks: [],
  duration: 1,
}

/** A step that asks for one thing and was not run, but for what is said otherwise. */
export function stepOf(changes: Partial<StepResult>): StepResult {
  return {
    id: 's1',
    number: '1',
    procedure: 'Do it',
    title: 'Select Save.',
    place,
    status: 'not-run',
    duration: 1,
    timedOut: false,
    actions: [action],
    ...changes,
  }
}

/** An article of two steps that was not run, but for what is said otherwise. */
export function articleOf(changes: Partial<ArticleResult>): ArticleResult {
  return {
    id: 'a',
    path: 'article.md',
    title: 'Try it',
    hash: '0'.repeat(64),
    surface: 'portal',
    variant: [],
    status: 'not-run',
    duration: 0,
    steps: [stepOf({ id: 's1' }), stepOf({ id: 's2', number: '2' })],
    refusals: [],
    resources: [],
    requests: [],
    names: {},
    ...changes,
  }
}

/** A run of one article that has not begun, but for what is said otherwise. */
export function resultOf(changes: Partial<RunResult>): RunResult {
  return {
    schemaVersion: 1,
    run: 'k3x9q2',
    state: 'running',
    startedAt: '2026-01-01T00:00:00.000Z',
    verbatim: '0.1.0',
    cloud: { name: 'sandbox', rehearsal: true, facts: {} },
    articles: [articleOf({})],
    cleanup: [],
    problems: [],
    interrupted: false,
    sources: {},
    ...changes,
  }
}
