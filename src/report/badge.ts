import type { ArticleResult, RunResult } from '../result/result.ts'
import { markup } from './markup.ts'
import { answer } from './page/answer.ts'
import type { Look } from './page/icon.ts'
import type { Trend } from './trend.ts'
import { age, cloudName } from './wording.ts'

/**
 * An article's badge (SVG): `Azure | verified 2 days ago`. It names the cloud, and a rehearsal never says `verified`. Ages are counted
 * at `now`, so a badge is written anew every night.
 */
export function badge(
  article: ArticleResult,
  run: RunResult,
  { trend, now = new Date(run.finishedAt ?? run.startedAt) }: { trend?: Trend; now?: Date } = {},
): string {
  const label = run.cloud.rehearsal ? `rehearsal on ${cloudName(run.cloud)}` : cloudName(run.cloud)
  const { words, colour } = say(article, run, trend, now)
  const left = widthOf(label) + 14
  const right = widthOf(words) + 14
  const width = left + right
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${label}: ${words}"><title>${label}: ${words}</title><clipPath id="r"><rect width="${width}" height="20" rx="4"/></clipPath><g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3b4148"/><rect x="${left}" width="${right}" height="20" fill="${colour}"/></g><g fill="#fff" text-anchor="middle" font-family="Segoe UI,Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="${left / 2}" y="14" textLength="${left - 14}" lengthAdjust="spacingAndGlyphs">${label}</text><text x="${left + right / 2}" y="14" textLength="${right - 14}" lengthAdjust="spacingAndGlyphs">${words}</text></g></svg>\n`
    .html
}

/** White text on each of these has a contrast of at least 4.5. */
const colours = {
  green: '#17653a',
  amber: '#7d4c00',
  red: '#a8201a',
  blue: '#26567d',
  violet: '#54459a',
  grey: '#565d66',
}

const sayings: Partial<Record<Look, [string, string]>> = {
  failed: ['no longer true', colours.red],
  refused: ['can’t be carried out', colours.red],
  drifted: ['works, wording differs', colours.amber],
  product: ['service failed', colours.violet],
  cleanup: ['clean-up failed', colours.amber],
  partly: ['partly tried', colours.violet],
}

function say(
  article: ArticleResult,
  run: RunResult,
  trend: Trend | undefined,
  now: Date,
): { words: string; colour: string } {
  const { look } = answer(article, run)
  const [words, colour] = look === 'failed' && run.cloud.rehearsal ? ['failed', colours.red] : (sayings[look] ?? [])
  if (words && colour) return { words, colour }
  if (run.cloud.rehearsal) return { words: look === 'rehearsed' ? 'understood' : 'not known', colour: colours.blue }
  if (look === 'passed')
    return { words: `verified ${age(article.startedAt ?? run.startedAt, now)}`, colour: colours.green }
  if (trend?.verified) return { words: `last verified ${age(trend.verified.at, now)}`, colour: colours.grey }
  return { words: 'not verified', colour: colours.grey }
}

/** About what 11 px Verdana takes; `textLength` makes it exact in any font. */
function widthOf(text: string): number {
  const wide = [...text].map(character =>
    /[ilj.,:'’|1 tf]/.test(character) ? 4.2 : /[mwMW]/.test(character) ? 10 : 6.7,
  )
  return Math.ceil(wide.reduce((sum, width) => sum + width, 0))
}
