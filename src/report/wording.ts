import type { Drift, RunResult, Status, Verdict } from '../result/result.ts'

/** What every report of a run on the sandbox says first. */
export const rehearsalNotice = 'Rehearsal on the sandbox: says nothing about Azure'

const cloudNames: Record<string, string> = {
  azure: 'Azure',
  'azure-us-government': 'Azure Government',
  'azure-china': 'Azure operated by 21Vianet',
  sandbox: 'the sandbox',
}

/** A cloud as a reader knows it. */
export function cloudName(cloud: RunResult['cloud']): string {
  return cloudNames[cloud.name] ?? cloud.name
}

/** The line that names the cloud on every page, badge and closing summary. */
export function cloudLine(cloud: RunResult['cloud']): string {
  if (!cloud.rehearsal) return `Ran on ${cloudName(cloud)}`
  return cloud.name === 'sandbox' ? rehearsalNotice : `Rehearsal on ${cloudName(cloud)}: says nothing about Azure`
}

export const statusWords: Record<Status | 'refused', string> = {
  passed: 'Passed',
  drifted: 'Drifted',
  failed: 'Failed',
  skipped: 'Skipped',
  assumed: 'Assumed',
  'not-run': 'Not run',
  refused: 'Refused',
}

/** What each status means, in a sentence for people who see it for the first time. */
export const statusMeanings: Record<Status, string> = {
  passed: 'Carried out, and its effect was seen.',
  drifted: 'It works, but the words differ from the product.',
  failed: 'It could not be carried out, or had no effect.',
  skipped: 'Left out by name in the runbook.',
  assumed: 'Followed on paper only; nothing was carried out.',
  'not-run': 'The run did not get this far.',
}

export const verdictWords: Record<Verdict, string> = {
  doc: 'the article',
  product: 'the service',
  environment: 'the surroundings',
  driver: 'the driver',
  cleanup: 'the clean-up',
}

export const driftWords: Record<Drift, string> = {
  blocking: 'blocking: a reader gets stuck',
  misleading: 'misleading: a reader has to guess',
  cosmetic: 'cosmetic: a reader finds the way',
}

/** Milliseconds as people say them: `0.4 s`, `12 s`, `3 min 5 s`, `1 h 4 min`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 ? `${minutes} min ${whole % 60} s` : `${minutes} min`
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 60)} h`
}

const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })

/** A moment as `22 November 2026, 15:40 UTC`; what is no date stays as it is. */
export function moment(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : `${dateFormat.format(date)}, ${timeFormat.format(date)} UTC`
}

/** A day as `22 November 2026`. */
export function day(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : dateFormat.format(date)
}

/** How long ago something was: `today`, `yesterday`, `5 days ago`, `3 months ago`. */
export function age(iso: string, now: Date): string {
  const days = Math.floor((now.getTime() - new Date(iso).getTime()) / 86_400_000)
  if (days < 1) return 'today'
  if (days === 1) return 'yesterday'
  if (days < 60) return `${days} days ago`
  return days < 730 ? `${Math.round(days / 30.4)} months ago` : `${Math.round(days / 365)} years ago`
}

/** `1 step`, `2 steps`. */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : nouns}`
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
