import type { ArticleResult, RunResult } from '../result/result.ts'
import { findings, isOfImage } from './finding.ts'
import { codeSpan, escapeMarkdown } from './markdown.ts'
import { answer } from './page/answer.ts'
import type { Trends } from './trend.ts'
import { age, cloudLine, count, day } from './wording.ts'

export interface Digest {
  /** Undefined for the articles that nobody owns. */
  owner?: string
  /** A line for a subject or a message. */
  title: string
  /** Markdown. */
  content: string
}

/** A letter to each owner: what of theirs needs a hand, with the sentence to write, and what is well. Owners by name, nobody last. */
export function digests(run: RunResult, { history, now }: { history?: Trends; now?: Date } = {}): Digest[] {
  const owners = new Map<string, ArticleResult[]>()
  for (const article of run.articles)
    owners.set(article.owner ?? '', [...(owners.get(article.owner ?? '') ?? []), article])
  const moment = now ?? new Date(run.finishedAt ?? run.startedAt)
  return [...owners]
    .sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)))
    .map(([owner, articles]) => ({ ...(owner ? { owner } : {}), ...letter(run, articles, history, moment) }))
}

function letter(
  run: RunResult,
  articles: ArticleResult[],
  history: Trends | undefined,
  now: Date,
): Omit<Digest, 'owner'> {
  const wrong = articles.filter(article => speaksAgainst(article, run))
  const well = articles.filter(article => ['passed', 'rehearsed'].includes(answer(article, run).look))
  const others = articles.filter(article => !wrong.includes(article) && !well.includes(article))
  const title =
    wrong.length === 0
      ? `${run.cloud.rehearsal ? 'Rehearsal: n' : 'N'}othing to mend in ${count(articles.length, 'article')}`
      : `${run.cloud.rehearsal ? 'Rehearsal: ' : ''}${wrong.length} of ${count(articles.length, 'article')} ${wrong.length === 1 ? 'needs' : 'need'} a hand`
  const parts = [
    `# ${title}`,
    `**${cloudLine(run.cloud)}**, ${day(run.startedAt)}.`,
    ...wrong.map(article => broken(run, article, history)),
    others.length > 0 &&
      `## Not carried out in full\n\n${others.map(article => line(run, article, history, now)).join('\n')}`,
    well.length > 0 &&
      `## ${run.cloud.rehearsal ? 'Rehearsed' : 'Still true'}\n\n${well.map(article => line(run, article, history, now)).join('\n')}`,
  ]
  return { title, content: `${parts.filter(Boolean).join('\n\n')}\n` }
}

function speaksAgainst(article: ArticleResult, run: RunResult): boolean {
  return findings(article, run.cleanup).some(
    finding => !isOfImage(finding) && (finding.verdict === 'doc' || finding.verdict === 'product'),
  )
}

function broken(run: RunResult, article: ArticleResult, history: Trends | undefined): string {
  const since = history?.articles[article.id]?.failingSince
  const known = since
    ? ` Failing since ${day(since.at)}${since.commit ? ` (commit ${codeSpan(since.commit.slice(0, 10))})` : ''}.`
    : ''
  const items = findings(article, run.cleanup).map(({ step, message, place, suggestion, remedy }) => {
    const where = [step && `step ${step.number}`, place && `line ${place.start.line}`].filter(Boolean).join(', ')
    const change = suggestion
      ? `\n  - Write ${codeSpan(suggestion.after)} instead of ${codeSpan(suggestion.before)}.`
      : remedy
        ? `\n  - ${escapeMarkdown(remedy)}`
        : ''
    return `- ${where && `**${where}**: `}${escapeMarkdown(message)}${change}`
  })
  return `## ${escapeMarkdown(article.title)}\n\n${codeSpan(article.path)} ${escapeMarkdown(answer(article, run).headline)}.${known}\n\n${items.join('\n')}`
}

function line(run: RunResult, article: ArticleResult, history: Trends | undefined, now: Date): string {
  const verified = history?.articles[article.id]?.verified
  const when = verified ? `, last verified ${age(verified.at, now)}` : ''
  const images = findings(article, run.cleanup).filter(isOfImage).length
  const look = images > 0 ? ` (${count(images, 'picture needs', 'pictures need')} a look)` : ''
  return `- ${escapeMarkdown(article.title)} (${codeSpan(article.path)}): ${escapeMarkdown(answer(article, run).headline)}${look}${when}`
}
