import type { Status, Verdict } from '../../result/result.ts'
import { markup, trusted, type Markup } from '../markup.ts'

/** How something looks: its status, and for a failure whose fault it is, because only some speak against the article. */
export type Look = Status | 'product' | 'environment' | 'cleanup' | 'refused' | 'partly' | 'rehearsed'

export function lookOf({ status, verdict }: { status: Status | 'refused'; verdict?: Verdict | undefined }): Look {
  if (status !== 'failed') return status
  return verdict ? faults[verdict] : 'failed'
}

/** A small picture of a look, with words for those who don't see it. Its strokes take the colour of the text. */
export function icon(look: Look, words: string, className = 'icon'): Markup {
  return markup`<span class="${className} i-${look}" role="img" aria-label="${words}"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${trusted(paths[look])}</svg></span>`
}

/** A picture beside words that say the same. */
export function ornament(look: Look): Markup {
  return markup`<span class="icon i-${look}" aria-hidden="true"><svg viewBox="0 0 16 16" width="16" height="16">${trusted(paths[look])}</svg></span>`
}

/** Words that only a screen reader says. */
export function hidden(words: string): Markup {
  return markup`<span class="vh">${words}</span>`
}

const faults: Record<Verdict, Look> = {
  doc: 'failed',
  product: 'product',
  environment: 'environment',
  driver: 'environment',
  cleanup: 'cleanup',
}

const circle = '<circle cx="8" cy="8" r="6.5"/>'

const paths: Record<Look, string> = {
  passed: `${circle}<path d="m5 8.3 2.1 2.1L11 6.2"/>`,
  drifted: `${circle}<path d="M4.4 9c1.2-2.2 2.4-2.2 3.6-1s2.4 1.2 3.6-1"/>`,
  failed: `${circle}<path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8"/>`,
  refused: `${circle}<path d="m3.6 12.4 8.8-8.8"/>`,
  product: '<path d="M8 1.8 14.4 13.5H1.6Z"/><path d="M8 6.3v3.4m0 1.6v.3"/>',
  environment: '<path d="M4.6 12.5a3 3 0 0 1-.4-6 4 4 0 0 1 7.7.7 2.7 2.7 0 0 1 0 5.3Z"/><path d="M8 7.2v2m0 1.5v.3"/>',
  cleanup: '<path d="M3.5 4.5h9M6.5 4.5v-2h3v2m-5 0 .6 9h5.8l.6-9"/>',
  skipped: `${circle.replace('/>', ' stroke-dasharray="2.5 2"/>')}<path d="M5.5 8h5"/>`,
  assumed: `${circle.replace('/>', ' stroke-dasharray="1 2.2" stroke-linecap="round"/>')}<path d="M6.2 6.3a1.9 1.9 0 1 1 2.7 1.9c-.6.3-.9.7-.9 1.3m0 1.7v.2"/>`,
  'not-run': circle.replace('/>', ' stroke-dasharray="2.5 2"/>'),
  rehearsed: `${circle}<path d="M6.5 5.3v5.4L11 8Z"/>`,
  partly: `${circle}<path d="M8 1.5a6.5 6.5 0 0 1 0 13Z" fill="currentColor" stroke="none"/>`,
}
