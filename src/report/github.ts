import type { ArticleResult, RunResult } from '../result/result.ts'
import { findings, findingsOfRun, type Finding } from './finding.ts'
import { codeSpan, escapeMarkdown } from './markdown.ts'
import { answer } from './page/answer.ts'
import { cloudLine, count, duration, statusWords } from './wording.ts'

/**
 * Annotations as workflow commands of GitHub Actions, one per line (docs.github.com, "Workflow commands"): GitHub shows at most ten
 * of each level per step, so the worst come first.
 */
export function githubAnnotations(run: RunResult): string {
  const all = findingsOfRun(run).flatMap(({ findings }) => findings)
  const lines = (['error', 'warning', 'note'] as const).flatMap(level =>
    all.filter(finding => finding.level === level).map(finding => annotation(finding, run)),
  )
  const problems = run.problems.map(({ message, rule }) => `::error title=${property(rule)}::${data(message)}`)
  const notice = run.cloud.rehearsal ? [`::notice title=Rehearsal::${data(cloudLine(run.cloud))}`] : []
  return [...notice, ...problems, ...lines].map(line => `${line}\n`).join('')
}

/** What `$GITHUB_STEP_SUMMARY` takes: the answer for each article, worst first, below GitHub's limit of 1 MiB per step. */
export function githubSummary(run: RunResult): string {
  const rows = run.articles
    .map(article => ({ article, wrong: findings(article, run.cleanup) }))
    .sort((a, b) => order.indexOf(a.article.status) - order.indexOf(b.article.status))
  const table = rows.map(({ article, wrong }) => row(article, wrong, run))
  const shown = table.slice(0, 1000)
  const head = run.cloud.rehearsal ? `> [!WARNING]\n> **${cloudLine(run.cloud)}**\n\n` : ''
  const total = order
    .map(status => ({ status, number: run.articles.filter(article => article.status === status).length }))
    .filter(({ number }) => number > 0)
    .map(({ status, number }) => `${number} ${statusWords[status].toLowerCase()}`)
    .join(', ')
  const body =
    rows.length === 0
      ? 'Nothing was run. An empty run is not a pass.'
      : ['| | Article | Result | Time |', '| --- | --- | --- | --- |', ...shown].join('\n')
  const rest = table.length > shown.length ? `\n\nand ${table.length - shown.length} more` : ''
  const problems = run.problems.map(problem => `- ${escapeMarkdown(problem.message)}\n`).join('')
  return `## Verbatim: ${count(run.articles.length, 'article')}${total && `, ${total}`}\n\n${head}${problems && `${problems}\n`}${body}${rest}\n\n${cloudLine(run.cloud)}. Run ${codeSpan(run.run)}.\n`
}

const order = ['failed', 'refused', 'drifted', 'not-run', 'skipped', 'passed'] as const
const marks: Record<ArticleResult['status'], string> = {
  failed: '❌',
  refused: '🚫',
  drifted: '🟡',
  'not-run': '⚪',
  skipped: '⏭️',
  passed: '✅',
}

function row(article: ArticleResult, wrong: Finding[], run: RunResult): string {
  const { headline, look } = answer(article, run)
  const mark =
    look === 'partly'
      ? '◐'
      : look === 'environment'
        ? '☁️'
        : look === 'cleanup'
          ? '🗑️'
          : look === 'rehearsed'
            ? '🎬'
            : marks[article.status]
  const first = wrong
    .slice(0, 3)
    .map(({ step, message }) => `<br>${step ? `Step ${step.number}: ` : ''}${escapeMarkdown(message)}`)
    .join('')
  const more = wrong.length > 3 ? `<br>and ${wrong.length - 3} more` : ''
  const where = codeSpan(article.path, { table: true })
  return `| ${mark} | **${escapeMarkdown(article.title)}**<br>${where} | ${escapeMarkdown(headline)}${first}${more} | ${duration(article.duration)} |`
}

function annotation(finding: Finding, run: RunResult): string {
  const { level, place, step, message, found, remedy, rule } = finding
  const properties = {
    ...(place ? { file: place.path, line: String(place.start.line), endLine: String(place.end.line) } : {}),
    ...(place && place.start.line === place.end.line
      ? { col: String(place.start.column), endColumn: String(Math.max(place.start.column, place.end.column - 1)) }
      : {}),
    title: `${run.cloud.rehearsal ? 'Rehearsal: ' : ''}${step ? `Step ${step.number}: ` : ''}${rule}`,
  }
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`)
  const instead = found.length > 0 ? `\nFound instead: ${found.slice(0, 5).join(', ')}` : ''
  return `::${level === 'note' ? 'notice' : level} ${pairs.join(',')}::${data(`${message}${instead}${remedy ? `\n${remedy}` : ''}`)}`
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
