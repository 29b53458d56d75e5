import type { ActionResult, ArticleResult, Picture, RequestResult, StepResult } from '../../result/result.ts'
import { changeOf, unifiedDiff } from '../diff.ts'
import { findings, type Finding } from '../finding.ts'
import { imagePath } from '../image-path.ts'
import { markup, type Insert, type Markup } from '../markup.ts'
import { count, driftWords, duration, statusMeanings, statusWords, verdictWords } from '../wording.ts'
import { icon, lookOf, ornament } from './icon.ts'
import type { Surroundings } from './surroundings.ts'

/** What a page shows beside a step: what was found, said and done, with pictures, requests and times. */
export function evidence(article: ArticleResult, step: StepResult, around: Surroundings): Markup {
  if (step.status === 'not-run' || step.status === 'skipped') return leftOut(article, step)
  const wrong = findings(article).filter(finding => finding.step?.id === step.id)
  const open = step.status === 'failed' || step.status === 'drifted'
  const fault = step.status === 'failed' && step.verdict ? `${verdictWords[step.verdict]} is at fault` : ''
  const requests = article.requests.filter(request => request.step === step.id)
  const carriedOut = step.status === 'passed' || step.status === 'drifted' || step.status === 'failed'
  const summary = [
    `${statusWords[step.status]}${step.drift ? `, ${step.drift}` : ''}`,
    fault,
    carriedOut && duration(step.duration),
  ]
  return markup`<details class="evidence e-${lookOf(step)}"${open ? markup` open` : ''}><summary>${ornament(lookOf(step))}<span>Step ${step.number}: ${summary.filter(Boolean).join(' · ')}</span></summary><div class="card">${[
    carriedOut ? '' : markup`<p class="reason">${step.reason ?? statusMeanings[step.status]}</p>`,
    wrong.map(finding => problem(finding, article, around)),
    pictures(step, around),
    step.timedOut && wrong.length === 0 && markup`<p class="reason">The step did not end in time.</p>`,
    step.output !== undefined &&
      markup`<p class="label">Output</p><pre class="output" tabindex="0">${step.output}</pre>`,
    actionList(step),
    requestList(requests),
    links(article, step, around),
  ]}</div></details>`
}

/** Why a step was not carried out; what holds for a row of steps is said once. */
function leftOut(article: ArticleResult, step: StepResult): Markup {
  const before = article.steps[article.steps.indexOf(step) - 1]
  if (before?.status === step.status && before.reason === step.reason) return markup``
  return markup`<p class="evidence-none">${statusWords[step.status]}: ${step.reason ?? statusMeanings[step.status]}</p>`
}

/** A finding in full: what happened, what the article says, what was there, what to do, what to write instead. */
export function problem(finding: Finding, article: ArticleResult, around: Surroundings): Markup {
  const { message, said, found, remedy, drift, rule, detail } = finding
  const facts: Insert[] = [
    said !== undefined && markup`<div><dt>The article says</dt><dd class="quote">${said}</dd></div>`,
    found.length > 0 &&
      markup`<div><dt>${said === undefined ? 'Found' : 'Found instead'}</dt><dd>${found.slice(0, 6).map(one => markup`<span class="chip">${one}</span> `)}</dd></div>`,
    remedy !== undefined && markup`<div><dt>What to do</dt><dd>${remedy}</dd></div>`,
    drift !== undefined && markup`<div><dt>Drift</dt><dd>${driftWords[drift]}</dd></div>`,
  ]
  return markup`<div class="problem"><p class="message">${message} <code class="rule">${rule}</code></p>${[
    suggestion(finding, article, around),
    facts.some(Boolean) && markup`<dl>${facts}</dl>`,
    detail !== undefined &&
      markup`<details class="detail"><summary>Details for the log</summary><pre tabindex="0">${detail}</pre></details>`,
  ]}</div>`
}

/** The suggested change as a reader of diffs knows it, to be copied as a sentence or as a patch. */
export function suggestion({ suggestion }: Finding, article: ArticleResult, around: Surroundings): Markup | false {
  if (!suggestion) return false
  const change = changeOf(suggestion, around.textOf(suggestion.place.path) ?? around.sources(article.hash))
  const { head, removed, added, tail } = change?.parts ?? {
    head: '',
    removed: suggestion.before,
    added: suggestion.after,
    tail: '',
  }
  const line = (sign: string, name: string, text: Markup) =>
    markup`<div class="${name}"><span class="sign" aria-hidden="true">${sign}</span><span class="vh">${sign === '+' ? 'new: ' : 'old: '}</span><span>${head.trimStart()}${text}${tail}</span></div>`
  return markup`<figure class="diff"><figcaption>Suggested change <span class="muted">${suggestion.reason}</span></figcaption><div class="lines">${[
    line('−', 'old', markup`<del>${removed}</del>`),
    line('+', 'new', markup`<ins>${added}</ins>`),
  ]}</div><p class="buttons">${[
    copyButton('Copy the sentence', change ? change.after.trim() : suggestion.after),
    change && copyButton('Copy as a patch', unifiedDiff([change])),
  ]}</p></figure>`
}

function copyButton(words: string, text: string): Markup {
  return markup`<button type="button" class="copy" data-copy="${text}">${words}</button>`
}

function pictures(step: StepResult, around: Surroundings): Markup | false {
  const { screenshot, images = [] } = step
  const own = images
    .map(image => ({ ...image, address: around.articlePicture(imagePath(image.source, image.place.path) ?? '') }))
    .filter(image => image.address)
  if (!screenshot && own.length === 0) return false
  return markup`<div class="pictures">${[
    screenshot && shot(screenshot, step, around),
    own.map(
      ({ address, alt, comparison }) =>
        markup`<figure><figcaption>${captionOf(comparison)}</figcaption><span class="shot"><img src="${address}" alt="${alt}" loading="lazy"></span></figure>`,
    ),
  ]}</div>`
}

function captionOf(comparison: NonNullable<StepResult['images']>[number]['comparison']): string {
  if (comparison?.status === 'stale') return 'In the article: not what was on screen'
  if (comparison?.status === 'refreshed') return 'In the article: written anew by this run'
  return comparison?.status === 'current' ? 'In the article: still like the screen' : 'In the article'
}

function shot({ path, width, height, box }: Picture, step: StepResult, around: Surroundings): Markup {
  const address = around.picture(path)
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}%`
  const outline =
    box &&
    markup`<span class="outline" style="left:${percent(box.x, width)};top:${percent(box.y, height)};width:${percent(box.width, width)};height:${percent(box.height, height)}"></span>`
  const where = box ? ', with the element that was used outlined' : ''
  return markup`<figure><figcaption>${step.status === 'failed' ? 'What was on screen' : 'On screen'}</figcaption><a class="shot" href="${address}" aria-label="Screenshot of step ${step.number} in full size"><img src="${address}" width="${width}" height="${height}" alt="Screenshot of step ${step.number}${where}" loading="lazy">${outline}</a></figure>`
}

const verbs: Record<string, string> = {
  signIn: 'sign in',
  goTo: 'go to',
  turnOn: 'turn on',
  turnOff: 'turn off',
}

function actionList(step: StepResult): Markup | false {
  if (step.actions.length === 0) return false
  return markup`<p class="label">${count(step.actions.length, 'action')}</p><ol class="actions">${step.actions.map(action => actionItem(action, step))}</ol>`
}

function actionItem(action: ActionResult, step: StepResult): Markup {
  const { status, target, value, where, effect, reason, remarks } = action
  const look = lookOf({ status, verdict: step.verdict })
  return markup`<li>${icon(look, statusWords[status])}<div><span>${verbs[action.do] ?? action.do} ${target !== undefined && markup`<b>${target}</b>`}${
    value !== undefined && markup` = <code>${value}</code>`
  }${where.length > 0 && markup` <span class="muted">on ${where.join(' › ')}</span>`}</span>${[
    effect !== undefined && markup`<span class="note">${effect}</span>`,
    reason !== undefined && status !== 'passed' && markup`<span class="note">${reason}</span>`,
    remarks.map(({ message, drift }) => markup`<span class="note">${drift && `${drift} drift: `}${message}</span>`),
  ]}</div>${action.duration > 0 && markup`<span class="time">${duration(action.duration)}</span>`}</li>`
}

/** The requests that were made for a step, or for an article as a whole. */
export function requestList(requests: RequestResult[]): Markup | false {
  if (requests.length === 0) return false
  return markup`<details class="requests"><summary>${count(requests.length, 'request')} to the cloud</summary><ul>${requests.map(
    ({ at, method, path, status, duration: time, correlation, purpose }) =>
      markup`<li><code>${method} ${path}</code><span class="muted">${[
        status === undefined ? 'no answer' : String(status),
        purpose,
        duration(time),
        at.slice(11, 19),
        correlation && `correlation ${correlation}`,
      ]
        .filter(Boolean)
        .join(' · ')}</span></li>`,
  )}</ul></details>`
}

function links(article: ArticleResult, step: StepResult, around: Surroundings): Markup {
  const { path, start } = step.place
  return markup`<p class="links">${[
    markup`<a href="${around.sourceAddress(path, start.line)}">${path.split('/').at(-1)}, line ${start.line}</a>`,
    article.trace !== undefined && markup` <a href="${around.picture(article.trace)}">Trace</a>`,
    article.video !== undefined && markup` <a href="${around.picture(article.video)}">Video</a>`,
  ]}</p>`
}
