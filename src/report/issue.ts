import type { ArticleResult, RunResult } from '../result/result.ts'
import { changeOf, unifiedDiff } from './diff.ts'
import { findings, fingerprint, isOfImage, type Finding } from './finding.ts'
import { codeBlock, codeSpan, escapeMarkdown } from './markdown.ts'
import type { Sources } from './sources.ts'
import { cloudLine, day, driftWords, verdictWords } from './wording.ts'

export interface Issue {
  /** Of the article: one issue stays open per article, whatever is wrong with it. Also stands in the body, to be searched for. */
  fingerprint: string
  /** Of each thing that is wrong: when none is new, there is nothing to add to an open issue. */
  findings: string[]
  title: string
  /** Markdown, below GitHub's limit of 65,536 characters. */
  body: string
  labels: string[]
  owner?: string
}

/**
 * The issue that an article deserves, or undefined when nothing speaks against it or its service: not for faults of the
 * surroundings or the driver, and never after a rehearsal.
 */
export function issue(article: ArticleResult, run: RunResult, sources: Sources): Issue | undefined {
  if (run.cloud.rehearsal) return undefined
  const wrong = findings(article, run.cleanup).filter(({ verdict }) => verdict === 'doc' || verdict === 'product')
  const [first, ...others] = wrong
  // Whether two pictures are alike is a guess: that alone is no reason to open an issue.
  if (!first || wrong.every(isOfImage)) return undefined
  const own = fingerprint('article', article.path, article.surface, ...article.variant)
  const textOf = (path: string) => (run.sources[path] === undefined ? undefined : sources(run.sources[path]))
  const marks = `<!-- verbatim:article=${own} findings=${wrong.map(finding => finding.fingerprint).join(',')} -->`
  const head = [
    `The article ${codeSpan(article.path)} was carried out on ${day(article.startedAt ?? run.startedAt)}. ${cloudLine(run.cloud)}${run.commit ? `, at commit ${codeSpan(run.commit)}` : ''}.`,
    ...wrong.slice(0, 20).map(finding => section(finding, textOf)),
    wrong.length > 20 && `and ${wrong.length - 20} more`,
  ]
  const text = head.filter(Boolean).join('\n\n')
  const limit = 60_000
  const body = text.length > limit ? `${text.slice(0, limit)}\n\n(cut)` : text
  return {
    fingerprint: own,
    findings: wrong.map(finding => finding.fingerprint),
    title: `${article.title}: ${titleOf(first)}${others.length > 0 ? ` (and ${others.length} more)` : ''}`
      .replace(/\s+/g, ' ')
      .slice(0, 200),
    body: `${body}\n\n${marks}\n`,
    labels: ['verbatim', ...new Set(wrong.map(({ verdict }) => (verdict === 'doc' ? 'article' : 'service')))],
    ...(article.owner ? { owner: article.owner } : {}),
  }
}

function titleOf({ step, message }: Finding): string {
  return `${step ? `step ${step.number}: ` : ''}${message}`
}

function section(finding: Finding, textOf: (path: string) => string | undefined): string {
  const { step, message, said, found, remedy, drift, verdict, place, suggestion } = finding
  const change = suggestion && changeOf(suggestion, textOf(suggestion.place.path))
  const parts = [
    `### ${step ? `Step ${step.number}: ` : ''}${escapeMarkdown(message)}`,
    place &&
      `${codeSpan(`${place.path}:${place.start.line}`)}, fault of ${verdictWords[verdict]}${drift ? `, ${driftWords[drift]}` : ''}`,
    step && `> ${escapeMarkdown(step.title)}`,
    said !== undefined && `- The article says: ${codeSpan(said)}`,
    found.length > 0 &&
      `- Found instead: ${found
        .slice(0, 6)
        .map(one => codeSpan(one))
        .join(', ')}`,
    remedy !== undefined && `- ${escapeMarkdown(remedy)}`,
    change &&
      `Suggested change (${escapeMarkdown(suggestion?.reason ?? '')}):\n\n${codeBlock(unifiedDiff([change]), 'diff')}`,
  ]
  return parts
    .filter(part => part !== undefined && part !== false)
    .join('\n\n')
    .replace(/(^- .*)\n\n(?=- )/gm, '$1\n')
}
