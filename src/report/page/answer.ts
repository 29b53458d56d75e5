import type { ArticleResult, RunResult, Status } from '../../result/result.ts'
import { findings } from '../finding.ts'
import { cloudName, count, day, list } from '../wording.ts'
import type { Look } from './icon.ts'

/** Is my article still true? The answer of an article's first screen. */
export interface Answer {
  look: Look
  headline: string
  detail: string
}

export function answer(article: ArticleResult, run: RunResult): Answer {
  const given = answerOnCloud(article, run)
  return run.cloud.rehearsal ? inRehearsal(given, article) : given
}

/** A rehearsal never says that an article is true, or that it is not. */
function inRehearsal({ look, headline, detail }: Answer, { status, verdict = 'doc' }: ArticleResult): Answer {
  const limit = 'Whether the article is true of Azure is not known.'
  if (look === 'passed')
    return { look: 'rehearsed', headline: 'The rehearsal went through', detail: `${detail} ${limit}` }
  if (look === 'partly')
    return { look, headline: 'The rehearsal went through as far as it was tried', detail: `${detail} ${limit}` }
  if (status === 'failed' && verdict === 'doc')
    return { look, headline: 'The rehearsal failed', detail: `${detail} ${limit}` }
  return { look, headline: `In rehearsal: ${headline.charAt(0).toLowerCase()}${headline.slice(1)}`, detail }
}

function answerOnCloud(article: ArticleResult, run: RunResult): Answer {
  const { status, steps } = article
  const when = day(article.startedAt ?? run.startedAt)
  const on = `on ${cloudName(run.cloud)}, ${when}`
  const left = run.cleanup.filter(item => item.article === article.id && item.status === 'left')
  const tried = tally(article)
  if (status === 'refused') {
    const number = count(article.refusals.length, 'instruction')
    return {
      look: 'refused',
      headline: `Not tried: ${number} can’t be carried out as written`,
      detail: 'Nothing was touched. Answer or skip them by name in the runbook, or reword them.',
    }
  }
  if (status === 'skipped')
    return { look: 'skipped', headline: 'Left out of this run', detail: 'The runbook skips this article.' }
  if (status === 'not-run') {
    const begun = steps.some(step => step.status !== 'not-run' && step.status !== 'skipped')
    if (begun) return { look: 'not-run', headline: 'Not known: the run ended too early', detail: `${tried}, ${on}.` }
    return { look: 'not-run', headline: 'Not run', detail: 'The run ended before this article began.' }
  }
  if (status === 'failed') return failed(article, on, tried)
  if (left.length > 0) {
    return {
      look: 'cleanup',
      headline: `The steps went through, but ${count(left.length, 'resource')} ${left.length === 1 ? 'was' : 'were'} left behind`,
      detail: `${tried}, ${on}.`,
    }
  }
  if (status === 'drifted') {
    if (article.drift === 'blocking') {
      const places = findings(article).filter(finding => finding.drift === 'blocking').length || 1
      const headline = `It went through, but readers get stuck ${places === 1 ? 'in one place' : `in ${places} places`}`
      return { look: 'drifted', headline, detail: `${tried}, ${on}.` }
    }
    const number = findings(article).length || steps.filter(step => step.status === 'drifted').length
    const words = number === 1 ? 'one place says' : `${number} places say`
    return {
      look: 'drifted',
      headline: `It still works, but ${words} something else than the product`,
      detail: `${tried}, ${on}.`,
    }
  }
  if (steps.length === 0)
    return { look: 'not-run', headline: 'Nothing was run', detail: 'An empty run proves nothing.' }
  if (steps.every(step => step.status === 'passed')) {
    return {
      look: 'passed',
      headline: 'This article is still true',
      detail: `${steps.length === 1 ? 'Its one step' : `All ${steps.length} steps`} worked ${on}.`,
    }
  }
  return { look: 'partly', headline: 'True as far as it was tried', detail: `${tried}, ${on}.` }
}

const failures = {
  doc: { look: 'failed', headline: 'This article is no longer true' },
  product: { look: 'product', headline: 'The service failed, so the article can’t be judged' },
  environment: { look: 'environment', headline: 'Not known: the surroundings failed, not the article' },
  driver: { look: 'environment', headline: 'Not known: the driver failed, not the article' },
  cleanup: { look: 'cleanup', headline: 'The clean-up failed' },
} as const

function failed(article: ArticleResult, on: string, tried: string): Answer {
  const { look, headline } = failures[article.verdict ?? 'doc']
  const first = article.steps.find(step => step.status === 'failed')
  const where = first
    ? `It stopped at step ${first.number}${first.procedure ? ` of “${first.procedure}”` : ''}. `
    : article.resources.some(resource => resource.status !== 'as-described' && resource.status !== 'deleted')
      ? 'The steps went through, but what they left is not what the article describes. '
      : ''
  return { look, headline, detail: `${where}${tried}, ${on}.` }
}

/** `9 of 12 steps worked, 2 were followed on paper only and 1 was left out`. */
function tally({ steps }: ArticleResult): string {
  const number = (status: Status) => steps.filter(step => step.status === status).length
  const parts: [number, string][] = [
    [number('drifted'), 'worked with other words'],
    [number('failed'), 'failed'],
    [number('assumed'), 'followed on paper only'],
    [number('skipped'), 'left out'],
    [number('not-run'), 'not run'],
  ]
  const others = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`)
  return list([`${number('passed')} of ${count(steps.length, 'step')} worked`, ...others])
}
