import { createHash } from 'node:crypto'
import type {
  ArticleResult,
  CleanupItem,
  Drift,
  Problem,
  RunResult,
  StepResult,
  Suggestion,
  Verdict,
} from '../result/result.ts'

/** One thing that is wrong, whatever part of the result it comes from: what all reports list. */
export interface Finding {
  /** Survives moved lines and other nights: equal findings are one finding. */
  fingerprint: string
  rule: string
  /** `error`: a reader gets stuck; `warning`: a reader is misled; `note`: nothing that matters speaks against the article. */
  level: 'error' | 'warning' | 'note'
  verdict: Verdict
  drift?: Drift
  message: string
  /** What the article says. */
  said?: string
  /** What was there instead, best candidates first. */
  found: string[]
  remedy?: string
  suggestion?: Suggestion
  place?: Problem['place']
  step?: StepResult
  detail?: string
}

const driftLevels: Record<Drift, Finding['level']> = { blocking: 'error', misleading: 'warning', cosmetic: 'note' }
const verdictLevels: Record<Verdict, Finding['level']> = {
  doc: 'error',
  product: 'error',
  cleanup: 'error',
  environment: 'note',
  driver: 'note',
}
const levels: Finding['level'][] = ['error', 'warning', 'note']

/** Everything that is wrong with an article's run, worst first and then in the article's order. */
export function findings(article: ArticleResult, cleanup: CleanupItem[] = []): Finding[] {
  const all = [
    ...article.refusals.map(problem => ofProblem(article, problem, 'doc')),
    ...article.steps.flatMap(step => ofStep(article, step)),
    ...article.resources.flatMap(resource => ofResource(article, resource)),
    ...cleanup
      .filter(item => item.article === article.id && item.status === 'left')
      .map(item => ofCleanup(article, item)),
  ]
  return all.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
}

/** Everything that is wrong in a run, by article. */
export function findingsOfRun(run: RunResult): { article: ArticleResult; findings: Finding[] }[] {
  return run.articles.map(article => ({ article, findings: findings(article, run.cleanup) }))
}

/** A short name for a finding or an article that stays the same from night to night: 16 hexadecimal digits. */
export function fingerprint(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}

function ofStep(article: ArticleResult, step: StepResult): Finding[] {
  const differences = step.actions.flatMap(action =>
    action.remarks
      .filter(remark => remark.drift !== undefined && step.error?.rule !== remark.rule)
      .map(({ drift = 'cosmetic', rule, message, found, place, suggestion }) => {
        // A remark on a place speaks of its own words; one on a control of the label that the action names.
        const said = suggestion?.before ?? (place === undefined ? action.target : undefined)
        return {
          ...named(article, rule, step.id, said ?? message, found ?? ''),
          level: driftLevels[drift],
          verdict: 'doc' as const,
          drift,
          message,
          ...(said === undefined ? {} : { said }),
          found: found === undefined ? [] : [found],
          ...(suggestion === undefined ? {} : { suggestion }),
          place: place ?? action.place,
          step,
        }
      }),
  )
  return [...wrongIn(article, step, differences), ...ofImages(article, step)]
}

function wrongIn(article: ArticleResult, step: StepResult, differences: Finding[]): Finding[] {
  const [first, ...others] = differences
  if (step.error) return [ofProblem(article, step.error, step.verdict ?? 'doc', step), ...differences]
  if (step.status === 'failed') return [withoutProblem(article, step), ...differences]
  if (first && step.suggestion) return [{ ...first, suggestion: step.suggestion }, ...others]
  return differences
}

/** Pictures stop nobody: they are notes. */
function ofImages(article: ArticleResult, step: StepResult): Finding[] {
  return (step.images ?? []).flatMap(({ source, place, comparison }) => {
    if (comparison?.status !== 'stale' && comparison?.status !== 'missing') return []
    const common = { level: 'note' as const, verdict: 'doc' as const, found: [], place, step }
    if (comparison.status === 'missing') {
      const message = `The picture '${source}' does not exist`
      return [{ ...named(article, 'image-missing', step.id, source), ...common, message, remedy: refreshing }]
    }
    const message = `The picture '${source}' is not what was on screen`
    return [{ ...named(article, 'image-stale', step.id, source), ...common, message, remedy: refreshing }]
  })
}

const refreshing = '`verbatim run --refresh-images` writes it anew.'

/** Whether a finding speaks of nothing but a picture. */
export function isOfImage({ rule }: Finding): boolean {
  return rule === 'image-stale' || rule === 'image-missing'
}

function ofProblem(article: ArticleResult, problem: Problem, verdict: Verdict, step?: StepResult): Finding {
  const { rule, message, said, found = [], remedy, place, detail } = problem
  return {
    ...named(article, rule, step?.id ?? '', said ?? message),
    level: step?.drift ? driftLevels[step.drift] : verdictLevels[verdict],
    verdict,
    ...(step?.drift ? { drift: step.drift } : {}),
    message,
    ...(said === undefined ? {} : { said }),
    found,
    ...(remedy === undefined ? {} : { remedy }),
    ...(step?.suggestion ? { suggestion: step.suggestion } : {}),
    place,
    ...(step ? { step } : {}),
    ...(detail === undefined ? {} : { detail }),
  }
}

function withoutProblem(article: ArticleResult, step: StepResult): Finding {
  const verdict = step.verdict ?? 'driver'
  const message = step.timedOut ? 'The step did not end in time' : 'The step failed'
  return {
    ...named(article, 'step-failed', step.id),
    level: verdictLevels[verdict],
    verdict,
    message,
    found: [],
    place: step.place,
    step,
  }
}

const resourceMessages: Record<ArticleResult['resources'][number]['status'], string> = {
  'as-described': 'is as the article describes it',
  deleted: 'is deleted',
  differs: 'is not as the article describes it',
  missing: 'should exist and does not',
  'still-there': 'should be deleted and is still there',
}

function ofResource(article: ArticleResult, resource: ArticleResult['resources'][number]): Finding[] {
  const { type, name, status, differences, place } = resource
  const blamed = article.steps.every(step => step.status !== 'failed') ? article.verdict : undefined
  const verdict: Verdict = blamed === 'product' ? 'product' : 'doc'
  const common = { level: 'error' as const, verdict, found: [] }
  if (status === 'missing' || status === 'still-there') {
    const message = `${type} '${name}' ${resourceMessages[status]}`
    return [{ ...common, ...named(article, `resource-${status}`, type), message, place }]
  }
  return differences.map(({ setting, said, found, place }) => ({
    ...common,
    ...named(article, 'resource-differs', type, setting),
    message: `${setting} of ${type} '${name}' is '${found}' and the article says '${said}'`,
    said,
    found: [found],
    place,
  }))
}

function ofCleanup(article: ArticleResult, item: CleanupItem): Finding {
  return {
    ...named(article, 'left-behind', item.type),
    level: 'error',
    verdict: 'cleanup',
    message: `${item.type} was left behind: ${item.id}`,
    found: item.message ? [item.message] : [],
    remedy: 'Delete it with `verbatim sweep`, or by hand.',
  }
}

function named(article: ArticleResult, rule: string, ...parts: string[]) {
  const variant = [article.path, article.surface, ...article.variant]
  return { rule, fingerprint: fingerprint(...variant, rule, ...parts) }
}
