import { createHash } from 'node:crypto'
import type { RunResult } from '../../result/result.ts'
import { markup, trusted, type Markup } from '../markup.ts'
import { cloudLine, cloudName, moment, statusWords } from '../wording.ts'
import { ornament, type Look } from './icon.ts'
import { liveScript } from './live.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** A whole page: self-contained, fetching nothing but pictures that stand beside it; it names the cloud at its top and end. */
export function document({
  title,
  body,
  run,
  kind,
  live,
}: {
  title: string
  body: Markup
  run: RunResult
  kind: 'article' | 'run'
  live: number | undefined
}): string {
  const scripts = live === undefined ? [script] : [script, liveScript]
  const hashes = scripts.map(text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ')
  const connect = live === undefined ? '' : " connect-src 'self';"
  const policy = `default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src ${hashes};${connect} base-uri 'none'; form-action 'none'`
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${run.cloud.rehearsal && 'Rehearsal · '}${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body class="page-${kind}"${live !== undefined && markup` data-version="${live}"`}>
<a class="skip" href="#main">Skip to the content</a>
${banner(run)}
<div class="page">
${body}
<footer class="foot"><p>${cloudLine(run.cloud)}. Run <code>${run.run}</code>, ${moment(run.startedAt)}, Verbatim ${run.verbatim}.</p></footer>
</div>
<div class="vh" role="status" aria-live="polite" id="status"></div>
${scripts.map(text => markup`<script>${trusted(text)}</script>\n`)}</body>
</html>
`.html
}

function banner(run: RunResult): Markup {
  const words = run.cloud.rehearsal
    ? markup`<strong>${cloudLine(run.cloud)}</strong>`
    : markup`Ran on <strong>${cloudName(run.cloud)}</strong>`
  const state = [
    run.state === 'running' && 'This run has not ended.',
    run.interrupted && 'This run was interrupted.',
  ].filter(Boolean)
  return markup`<div class="banner${run.cloud.rehearsal && ' banner-rehearsal'}" role="region" aria-label="Cloud"><p><span>${words}</span>${
    state.length > 0 && markup` <span class="state">${state.join(' ')}</span>`
  }</p></div>`
}

const words: Record<Look, string> = {
  ...statusWords,
  product: 'The service failed',
  environment: 'Surroundings failed',
  cleanup: 'Clean-up failed',
  partly: 'Partly tried',
  rehearsed: 'Rehearsed',
}

const order: Look[] = [
  'failed',
  'refused',
  'product',
  'cleanup',
  'environment',
  'drifted',
  'partly',
  'rehearsed',
  'passed',
  'assumed',
  'skipped',
  'not-run',
]

/** How many of each: a bar whose parts are named below it. */
export function statusBar(looks: Look[]): Markup {
  const counts = order
    .map(look => ({ look, number: looks.filter(one => one === look).length }))
    .filter(({ number }) => number > 0)
  return markup`<div class="tally"><div class="bar" aria-hidden="true">${counts.map(
    ({ look, number }) => markup`<span class="b-${look}" style="flex-grow:${number}"></span>`,
  )}</div><ul>${counts.map(
    ({ look, number }) => markup`<li>${ornament(look)}<b>${number}</b> ${words[look].toLowerCase()}</li>`,
  )}</ul></div>`
}

/** What a look is called. */
export function lookWords(look: Look): string {
  return words[look]
}
