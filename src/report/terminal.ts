import type { Colors } from 'picocolors/types.js'
import type { ArticleResult, RunResult, Status, StepResult, Verdict } from '../result/result.ts'
import { findings, findingsOfRun, type Finding } from './finding.ts'
import { cloudLine, cloudName, driftWords, duration, list, statusMeanings, verdictWords } from './wording.ts'

export interface TerminalOptions {
  colours: Colors
  /** Columns of the terminal. */
  width?: number
}

/** The line that opens an article: its title, where it stands and how it is run. */
export function articleLine(
  { title, path, surface, variant }: Pick<ArticleResult, 'title' | 'path' | 'surface' | 'variant'>,
  cloud: RunResult['cloud'],
  { colours }: TerminalOptions,
): string {
  const how = [path, surface, ...variant, cloud.rehearsal ? `rehearsal on ${cloudName(cloud)}` : cloudName(cloud)]
  return `${colours.bold(printable(title))}  ${colours.dim(printable(how.join(' · ')))}`
}

/** A step's live line once it has ended: its mark, number, the article's words and how long it took, on one line. */
export function stepLine(
  step: Pick<StepResult, 'number' | 'title' | 'status' | 'duration'> &
    Partial<Pick<StepResult, 'drift' | 'verdict' | 'reason'>>,
  { colours, width = 100 }: TerminalOptions,
): string {
  const note = step.status === 'drifted' && step.drift ? step.drift : (quiet[step.status] ?? '')
  const time =
    step.status === 'passed' || step.status === 'drifted' || step.status === 'failed' ? duration(step.duration) : ''
  const tail = [note, time].filter(Boolean).join(', ')
  const head = `  ${marks[step.status]} ${step.number.padStart(4)}  `
  const title = shorten(printable(step.title), width - head.length - tail.length - 3)
  return `  ${paint(step.status, step.verdict, colours)(marks[step.status])} ${colours.dim(step.number.padStart(4))}  ${dimmed(step.status, colours)(title)}${tail && `  ${colours.dim(tail)}`}`
}

/** The line shown while a step is being carried out. */
export function runningLine(
  step: Pick<StepResult, 'number' | 'title'>,
  { colours, width = 100 }: TerminalOptions,
): string {
  return `  ${colours.cyan('›')} ${colours.dim(step.number.padStart(4))}  ${shorten(printable(step.title), width - 10)}`
}

/**
 * Everything that went wrong in a step: the article's line with a caret under the words in question, what was found
 * instead, what to do, and the sentence that would be true. '' when nothing did. `textOf` gives a file's text by its path.
 */
export function failureBlock(
  article: ArticleResult,
  step: StepResult,
  textOf: (path: string) => string | undefined,
  options: TerminalOptions,
): string {
  const blocks = findings(article).filter(finding => finding.step?.id === step.id)
  return blocks.map(finding => findingBlock(finding, finding.place && textOf(finding.place.path), options)).join('\n')
}

/** One finding, with the article's line where `text` (the source that it speaks of) is known. */
export function findingBlock(
  finding: Finding,
  text: string | undefined,
  { colours, width = 100 }: TerminalOptions,
): string {
  const { step, verdict, place, suggestion } = finding
  const fault = finding.drift && finding.level !== 'error' ? finding.drift : `fault of ${verdictWords[verdict]}`
  const colour = finding.level === 'error' ? colours.red : finding.level === 'warning' ? colours.yellow : colours.cyan
  const label = (text: string) => `    ${colours.dim(text.padEnd(10))} `
  const lines = [
    `  ${colour(`${finding.level === 'error' ? '✘' : '!'} ${step ? `Step ${step.number}: ` : ''}${printable(finding.message)}`)}`,
    `    ${colours.dim(`${finding.rule} · ${fault}`)}`,
  ]
  if (place) lines.push('', `    ${colours.cyan(`${place.path}:${place.start.line}:${place.start.column}`)}`)
  if (place && text !== undefined) lines.push(...excerpt(text, place, { colours, width }))
  if (finding.said !== undefined || finding.found.length > 0 || finding.remedy || suggestion) lines.push('')
  if (finding.said !== undefined) lines.push(`${label('said')}${printable(finding.said)}`)
  if (finding.found.length > 0) lines.push(`${label('found')}${finding.found.slice(0, 5).map(printable).join(' | ')}`)
  if (finding.drift) lines.push(`${label('drift')}${driftWords[finding.drift]}`)
  if (suggestion) {
    lines.push(`${label('suggested')}${colours.red(`- ${printable(suggestion.before)}`)}`)
    lines.push(`${' '.repeat(15)}${colours.green(`+ ${printable(suggestion.after)}`)}`)
  }
  if (finding.remedy) lines.push(`${label('do')}${printable(finding.remedy)}`)
  return `${lines.join('\n')}\n`
}

/**
 * What a run ends with: how many articles and steps of which status, what is wrong in one line each, what was left
 * behind, where the report is, and last of all the cloud.
 */
export function closing(
  run: RunResult,
  { colours, width = 100, report }: TerminalOptions & { report?: string },
): string {
  const steps = run.articles.flatMap(article => article.steps)
  const lines = [
    `${colours.bold('Articles')}  ${
      tally(
        run.articles.map(article => article.status),
        colours,
      ) || 'none'
    }`,
    `${colours.bold('Steps')}     ${
      tally(
        steps.map(step => step.status),
        colours,
      ) || 'none'
    }`,
    `${colours.bold('Time')}      ${duration(elapsed(run))}`,
  ]
  for (const { article, findings } of findingsOfRun(run)) {
    if (findings.length > 0) lines.push('', `${colours.bold(printable(article.title))}  ${colours.dim(article.path)}`)
    lines.push(...findings.map(finding => findingLine(finding, { colours, width })))
  }
  lines.push(...comparisonLines(run, { colours, width }))
  for (const problem of run.problems) lines.push('', `${colours.red('✘')} ${printable(problem.message)}`)
  const left = run.cleanup.filter(item => item.status === 'left')
  if (left.length > 0)
    lines.push('', colours.red(`Left behind: ${list(left.map(item => item.id))}. Run 'verbatim sweep'.`))
  if (run.interrupted) lines.push('', colours.yellow('Interrupted: the steps that remained were not run.'))
  if (run.articles.length === 0) lines.push('', colours.yellow('Nothing was run: an empty run is not a pass.'))
  if (report) lines.push('', `Report: ${report}`)
  lines.push('', run.cloud.rehearsal ? colours.yellow(colours.bold(cloudLine(run.cloud))) : cloudLine(run.cloud))
  return `${lines.join('\n')}\n`
}

/** What was made on two surfaces and differs; where nothing does, one line says so. */
function comparisonLines(
  { comparisons = [] }: RunResult,
  { colours, width }: { colours: Colors; width: number },
): string[] {
  if (comparisons.length === 0) return []
  const equal = comparisons.filter(({ status }) => status === 'equal').length
  const lines = [
    '',
    `${colours.bold('Compared')}  ${equal} of ${comparisons.length} resources are equal on both surfaces`,
  ]
  for (const { type, name, surfaces, differences } of comparisons.filter(({ status }) => status !== 'equal')) {
    lines.push(`  ${printable(name)}  ${colours.dim(`${type.split('/').at(-1) ?? type}, ${surfaces.join(' and ')}`)}`)
    for (const { path, cause, explanation } of differences) {
      const head = `    ${cause === 'named' ? '✘' : '·'} ${printable(path)}  `
      lines.push(`${head}${colours.dim(shorten(printable(explanation), width - head.length))}`)
    }
  }
  return lines
}

const marks: Record<Status, string> = {
  passed: '✓',
  drifted: '≈',
  failed: '✘',
  skipped: '↷',
  assumed: '◌',
  'not-run': '·',
}
const quiet: Partial<Record<Status, string>> = {
  skipped: 'skipped',
  assumed: 'assumed, not carried out',
  'not-run': 'not run',
}

function paint(status: Status, verdict: Verdict | undefined, colours: Colors) {
  if (status === 'failed') return verdict === 'environment' || verdict === 'driver' ? colours.cyan : colours.red
  if (status === 'passed') return colours.green
  return status === 'drifted' ? colours.yellow : colours.dim
}

function dimmed(status: Status, colours: Colors): (text: string) => string {
  return status === 'passed' || status === 'drifted' || status === 'failed' ? String : colours.dim
}

function excerpt(
  text: string,
  place: NonNullable<Finding['place']>,
  { colours, width }: { colours: Colors; width: number },
): string[] {
  const line = text.split(/\r\n|\n|\r/)[place.start.line - 1]
  if (line === undefined) return []
  const gutter = `${String(place.start.line).padStart(6)} | `
  const room = Math.max(20, width - gutter.length)
  const column = place.start.column - 1
  const end = place.end.line === place.start.line ? place.end.column - 1 : line.length
  const from = end > room ? Math.max(0, Math.min(column - 8, line.length - room)) : 0
  const shown = printable(line.slice(from, from + room))
  const length = Math.max(1, Math.min(end, from + room) - column)
  return [
    `${colours.dim(gutter)}${shown}`,
    `${colours.dim(' '.repeat(7) + '| ')}${' '.repeat(Math.max(0, column - from))}${colours.red('^'.repeat(length))}`,
  ]
}

function findingLine(
  { level, step, message, place }: Finding,
  { colours, width }: { colours: Colors; width: number },
): string {
  const mark = { error: colours.red('✘'), warning: colours.yellow('≈'), note: colours.dim('·') }[level]
  const where = place ? `:${place.start.line}` : ''
  const head = step ? `step ${step.number}${where}  ` : where && `line ${where.slice(1)}  `
  return `  ${mark} ${colours.dim(head)}${shorten(printable(message), width - head.length - 4)}`
}

function tally(statuses: (keyof typeof statusMeanings | 'refused')[], colours: Colors): string {
  const order = ['failed', 'refused', 'drifted', 'passed', 'assumed', 'skipped', 'not-run'] as const
  const colour: Record<string, (text: string) => string> = {
    failed: colours.red,
    refused: colours.red,
    drifted: colours.yellow,
    passed: colours.green,
  }
  return order
    .map(status => ({ status, number: statuses.filter(one => one === status).length }))
    .filter(({ number }) => number > 0)
    .map(({ status, number }) => (colour[status] ?? colours.dim)(`${number} ${status.replace('-', ' ')}`))
    .join(', ')
}

function elapsed(run: RunResult): number {
  const wall = run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : Number.NaN
  return Number.isNaN(wall) ? run.articles.reduce((sum, article) => sum + article.duration, 0) : wall
}

/** An article is untrusted: no control character of it (and so no escape sequence) reaches a terminal. */
function printable(text: string): string {
  return text.replace(/\s/g, ' ').replace(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}

function shorten(text: string, width: number): string {
  return text.length <= Math.max(8, width) ? text : `${text.slice(0, Math.max(8, width) - 1).trimEnd()}…`
}
