import type { ArticleResult, Drift, Problem, RunResult, StepResult } from '../result/result.ts'
import { isFailing } from './failing.ts'
import { findings, type Finding } from './finding.ts'
import { escapeXml } from './markup.ts'
import { cloudLine, statusMeanings, statusWords } from './wording.ts'

/**
 * A run as JUnit XML: a suite per article, a case per step (and one per refusal and per thing that was left behind),
 * with `file` and `line` of the article. The article's and the product's faults are failures, the surroundings' and the
 * driver's are errors; what was not carried out is skipped with its reason, never passed.
 */
export function junit(run: RunResult, { failOn = 'misleading' }: { failOn?: Drift } = {}): string {
  const suites = run.articles.map(article => suite(run, article, failOn))
  const problems = run.problems.map(problem => problemCase(problem, 'run'))
  const all = [
    ...suites,
    ...(problems.length > 0 ? [element('testsuite', totals('run', problems), problems.map(xml))] : []),
  ]
  const cases = [...run.articles.flatMap(article => casesOf(run, article, failOn)), ...problems]
  const time = run.articles.reduce((sum, article) => sum + article.duration, 0)
  const attributes = { ...totals(`verbatim ${run.run} (${run.cloud.name})`, cases), time: seconds(time) }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, all)}\n`
}

interface Case {
  attributes: Record<string, string>
  outcome: 'passed' | 'failure' | 'error' | 'skipped'
  children: string[]
}

function suite(run: RunResult, article: ArticleResult, failOn: Drift): string {
  const cases = casesOf(run, article, failOn)
  const attributes = {
    ...totals([article.title, article.surface, ...article.variant].join(' · '), cases),
    time: seconds(article.duration),
    ...(article.startedAt ? { timestamp: article.startedAt } : {}),
    file: article.path,
  }
  const properties = Object.entries({
    cloud: run.cloud.name,
    rehearsal: String(run.cloud.rehearsal),
    notice: cloudLine(run.cloud),
    article: article.id,
    surface: article.surface,
    variant: article.variant.join(', '),
    status: article.status,
    verdict: article.verdict ?? '',
    drift: article.drift ?? '',
    owner: article.owner ?? '',
    service: article.service ?? '',
    commit: run.commit ?? '',
  }).filter(([, value]) => value !== '')
  const children = properties.map(([name, value]) => element('property', { name, value }))
  return element('testsuite', attributes, [element('properties', {}, children), ...cases.map(xml)])
}

function casesOf(run: RunResult, article: ArticleResult, failOn: Drift): Case[] {
  const others = findings(article, run.cleanup).filter(
    ({ step, rule }) => !step && !article.refusals.some(refusal => refusal.rule === rule),
  )
  const cases = [
    ...article.refusals.map(problem => problemCase(problem, article.path)),
    ...article.steps.map(step => stepCase(step, failOn)),
    ...others.map(finding => findingCase(finding, article)),
  ]
  const told = cases.some(({ outcome }) => outcome === 'failure' || outcome === 'error')
  const failed = article.status === 'failed' || article.status === 'refused'
  return failed && !told ? [...cases, articleCase(article)] : cases
}

function stepCase(step: StepResult, failOn: Drift): Case {
  const attributes = {
    name: `${step.number}. ${step.title}`,
    classname: step.procedure,
    file: step.place.path,
    line: String(step.place.start.line),
    time: seconds(step.duration),
  }
  const printed = step.output ? [element('system-out', {}, [escapeXml(step.output)])] : []
  if (isFailing(step, failOn)) {
    const outcome = step.verdict === 'environment' || step.verdict === 'driver' ? 'error' : 'failure'
    const type = step.error?.rule ?? remarks(step)[0]?.rule ?? 'step-failed'
    const message = step.error?.message ?? remarks(step)[0]?.message ?? 'The step failed'
    return {
      attributes,
      outcome,
      children: [element(outcome, { message, type }, [escapeXml(explain(step))]), ...printed],
    }
  }
  if (step.status === 'passed' || step.status === 'drifted') {
    const notes = remarks(step).map(remark => element('system-out', {}, [escapeXml(remark.message)]))
    return { attributes, outcome: 'passed', children: [...notes, ...printed] }
  }
  const message = `${statusWords[step.status]}: ${step.reason ?? statusMeanings[step.status]}`
  return { attributes, outcome: 'skipped', children: [element('skipped', { message }), ...printed] }
}

function explain(step: StepResult): string {
  const { error, suggestion, place, verdict, drift } = step
  return [
    `${place.path}:${(error?.place ?? place).start.line}:${(error?.place ?? place).start.column}`,
    verdict && `verdict: ${verdict}`,
    drift && `drift: ${drift}`,
    error?.said && `the article says: ${error.said}`,
    error?.found?.length && `found instead: ${error.found.join(' | ')}`,
    ...remarks(step).map(remark => `${remark.rule}: ${remark.message}`),
    error?.remedy,
    suggestion && `suggestion: '${suggestion.before}' -> '${suggestion.after}' (${suggestion.reason})`,
    error?.detail,
  ]
    .filter(Boolean)
    .join('\n')
}

function remarks(step: StepResult) {
  return step.actions.flatMap(action => action.remarks).filter(remark => remark.drift !== undefined)
}

function problemCase(problem: RunResult['problems'][number], classname: string): Case {
  const place: Problem['place'] | undefined = problem.place
  const where = place ? { file: place.path, line: String(place.start.line) } : {}
  const text = [problem.said, problem.remedy, problem.detail].filter(Boolean).join('\n')
  const error = element('error', { message: problem.message, type: problem.rule }, [escapeXml(text)])
  return { attributes: { name: problem.rule, classname, ...where, time: '0' }, outcome: 'error', children: [error] }
}

/** What is wrong beside the steps: a resource that is not as described, or that was left behind. */
function findingCase({ rule, message, found, remedy, place }: Finding, article: ArticleResult): Case {
  const text = [found.join(' | '), remedy].filter(Boolean).join('\n')
  const failure = element('failure', { message, type: rule }, [escapeXml(text)])
  const where = place ? { file: place.path, line: String(place.start.line) } : { file: article.path }
  return {
    attributes: { name: message, classname: rule, ...where, time: '0' },
    outcome: 'failure',
    children: [failure],
  }
}

/** An article that failed for a reason that no step and no resource tells. */
function articleCase(article: ArticleResult): Case {
  const message = `The article ${article.status === 'refused' ? 'was refused' : 'failed'}`
  const error = element('error', { message, type: article.verdict ?? article.status })
  return {
    attributes: { name: message, classname: 'article', file: article.path, time: '0' },
    outcome: 'error',
    children: [error],
  }
}

function totals(name: string, cases: Case[]): Record<string, string> {
  const number = (outcome: Case['outcome']) => String(cases.filter(one => one.outcome === outcome).length)
  return {
    name,
    tests: String(cases.length),
    failures: number('failure'),
    errors: number('error'),
    skipped: number('skipped'),
  }
}

function xml({ attributes, children }: Case): string {
  return element('testcase', attributes, children)
}

function element(name: string, attributes: Record<string, string>, children: string[] = []): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  const open = `<${name}${pairs.join('')}`
  if (children.length === 0) return `${open}/>`
  return children.some(child => child.startsWith('<'))
    ? `${open}>\n${indent(children.join('\n'))}\n</${name}>`
    : `${open}>${children.join('')}</${name}>`
}

/** Text never holds a line break of its own (`escapeXml` refers to them), so every line is markup. */
function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}
