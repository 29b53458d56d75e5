import { posix } from 'node:path'
import type { ArticleResult, Status } from '../../result/result.ts'
import { changeOf, unifiedDiff, type Change } from '../diff.ts'
import { findings, isOfImage, type Finding } from '../finding.ts'
import { markup, type Insert, type Markup } from '../markup.ts'
import { count, duration, moment, statusMeanings, statusWords } from '../wording.ts'
import { answer } from './answer.ts'
import { evidence, problem, requestList } from './evidence.ts'
import { icon, lookOf, ornament, type Look } from './icon.ts'
import { document, statusBar } from './layout.ts'
import { stepAnchor } from './mark.ts'
import { renderArticle } from './rendered-article.ts'
import { sourceAnchor, type Surroundings } from './surroundings.ts'

/** An article's page: is it still true, which sentence isn't, what should it say; then the article itself, marked. */
export function articlePage(
  article: ArticleResult,
  around: Surroundings,
  back?: { address: string; words: string },
): string {
  const { run } = around
  const given = answer(article, run)
  const wrong = findings(article, run.cleanup)
  const body = markup`${back && markup`<nav aria-label="Reports" class="back"><a href="${back.address}">← ${back.words}</a></nav>`}
<header class="top">
<p class="eyebrow">${[article.service, ...article.variant, `${article.surface} surface`].filter(Boolean).join(' · ')}</p>
<h1>${article.title}</h1>
<section class="answer a-${given.look}" aria-label="Result">
<p class="headline">${ornament(given.look)}<strong>${given.headline}</strong></p>
<p class="lead">${given.detail}</p>
${article.steps.length > 0 && statusBar(article.steps.map(step => lookOf(step)))}
</section>
${meta(article, around)}
</header>
<main id="main">
${findingList(wrong, article, around)}
<section class="reading" aria-labelledby="reading-title">
<h2 id="reading-title" class="section-title">${article.status === 'refused' || article.status === 'skipped' ? 'The article' : 'The article, as it was carried out'}</h2>
${legend(article)}
${rendered(article, around)}
</section>
${resources(article)}
${comparisons(article, around)}
${cleanup(article, around)}
${names(article)}
${loose(article)}
${sourceText(article, around)}
</main>`
  return document({ title: `${given.headline}: ${article.title}`, body, run, kind: 'article', live: around.live })
}

function meta(article: ArticleResult, { run, sourceAddress, picture }: Surroundings): Markup {
  const facts: [string, Insert][] = [
    ['Article', markup`<a href="${sourceAddress(article.path, 1)}">${article.path}</a>`],
    ['Owner', article.owner],
    ['Ran', article.startedAt ? moment(article.startedAt) : moment(run.startedAt)],
    ['Took', article.duration > 0 ? duration(article.duration) : undefined],
    ['Browser', article.surface === 'portal' ? run.browser : undefined],
    ['Commit', run.commit && markup`<code>${run.commit.slice(0, 10)}</code>`],
    ['Trace', article.trace && markup`<a href="${picture(article.trace)}">Open</a>`],
  ]
  return markup`<dl class="meta">${facts.filter(([, value]) => value).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function findingList(wrong: Finding[], article: ArticleResult, around: Surroundings): Markup | false {
  if (wrong.length === 0) return false
  const changes = wrong.flatMap(({ suggestion }) => {
    const change =
      suggestion && changeOf(suggestion, around.textOf(suggestion.place.path) ?? around.sources(article.hash))
    return change ? [change] : []
  })
  const speaks = wrong.every(finding => finding.verdict === 'doc') && !around.run.cloud.rehearsal
  const heading =
    article.status === 'refused'
      ? 'What can’t be carried out'
      : wrong.every(isOfImage)
        ? 'Pictures that need a look'
        : speaks
          ? 'What is not true any more'
          : 'What went wrong'
  return markup`<section class="findings" aria-labelledby="findings-title"><h2 id="findings-title" class="section-title">${heading}</h2>${patchButton(changes)}<ol>${wrong.map(
    finding => findingItem(finding, article, around),
  )}</ol></section>`
}

function patchButton(changes: Change[]): Markup | false {
  if (changes.length < 2) return false
  return markup`<p class="buttons"><button type="button" class="copy" data-copy="${unifiedDiff(changes)}">Copy all ${changes.length} changes as a patch</button></p>`
}

function findingItem(finding: Finding, article: ArticleResult, around: Surroundings): Markup {
  const { step, place } = finding
  const look =
    finding.verdict === 'doc' && finding.level !== 'error'
      ? 'drifted'
      : lookOf({ status: 'failed', verdict: finding.verdict })
  const sentence = step?.title ?? (place && lineAt(around.textOf(place.path), place.start.line))
  const where: Insert[] = [
    step &&
      markup`<a href="#${stepAnchor(article, step)}">Step ${step.number}</a>${step.procedure && ` of “${step.procedure}”`}`,
    step && place && ' · ',
    place && markup`<a href="${around.sourceAddress(place.path, place.start.line)}">line ${place.start.line}</a>`,
  ]
  return markup`<li class="finding f-${look}">${where.some(Boolean) && markup`<p class="where">${icon(look, finding.level)}<span>${where}</span></p>`}${
    sentence && markup`<blockquote class="sentence">${emphasise(sentence, finding, look)}</blockquote>`
  }${problem(finding, article, around)}</li>`
}

/** A line of the article as plain words: without list marker, bars and emphasis. */
function lineAt(text: string | undefined, line: number): string | undefined {
  const source = text?.split(/\r?\n/)[line - 1]
  return source
    ?.trim()
    .replace(/^(?:\d+[.)]|[-*+>])\s+/, '')
    .replace(/^\||\|$/g, '')
    .replace(/\s*\|\s*/g, ': ')
    .replace(/<[^>]*>|\*+|`/g, '')
    .trim()
}

/** The step's words with the ones in question marked. */
function emphasise(title: string, { said, suggestion }: Finding, look: Look): Markup {
  const words = [said, suggestion?.before].find(words => words && words.length < title.length && title.includes(words))
  if (!words) return markup`${title}`
  const index = title.indexOf(words)
  return markup`${title.slice(0, index)}<mark class="spot s-${look}">${words}</mark>${title.slice(index + words.length)}`
}

function legend(article: ArticleResult): Markup | false {
  const order: Status[] = ['passed', 'drifted', 'failed', 'assumed', 'skipped', 'not-run']
  const used = order.filter(status =>
    article.steps.some(step => step.status === status || step.actions.some(action => action.status === status)),
  )
  if (used.length === 0) return false
  return markup`<details class="legend"><summary>How to read the marks</summary><ul>${used.map(
    status =>
      markup`<li><span class="said s-${status}">${ornament(status)} ${statusWords[status]}</span> <span class="muted">${statusMeanings[status]}</span></li>`,
  )}<li><span>No mark</span> <span class="muted">Asks for nothing, so nothing was tried.</span></li></ul></details>`
}

function rendered(article: ArticleResult, around: Surroundings): Markup {
  const text = around.sources(article.hash)
  const show = (step: ArticleResult['steps'][number]) => evidence(article, step, around)
  if (text === undefined) {
    return markup`<p class="missing">The article’s text was not kept with this result; these are its steps.</p><div class="article">${stepList(article, article.steps, show)}</div>`
  }
  const { html, unplaced } = renderArticle(article, text, {
    textOf: around.textOf,
    evidence: show,
    picture: ({ path, source, alt }) => {
      const address = around.articlePicture(path)
      return address === undefined
        ? markup`<span class="no-picture"><span class="vh">Image: </span>${alt || posix.basename(source)}</span>`
        : markup`<img src="${address}" alt="${alt}" loading="lazy">`
    },
  })
  return markup`<div class="article">${html}${
    unplaced.length > 0 &&
    markup`<h2>Steps from files that are not part of this report</h2>${stepList(article, unplaced, show)}`
  }</div>`
}

function stepList(
  article: ArticleResult,
  steps: ArticleResult['steps'],
  show: (step: ArticleResult['steps'][number]) => Markup,
): Markup {
  return markup`<ul class="steps">${steps.map(
    step =>
      markup`<li class="step s-${lookOf(step)}" id="${stepAnchor(article, step)}">${icon(lookOf(step), statusWords[step.status], 'badge')}<span class="said s-${lookOf(step)}">${step.title}</span>${show(step)}</li>`,
  )}</ul>`
}

const resourceWords: Record<ArticleResult['resources'][number]['status'], [string, Parameters<typeof icon>[0]]> = {
  'as-described': ['as the article describes it', 'passed'],
  deleted: ['deleted, as the article says', 'passed'],
  differs: ['not as the article describes it', 'failed'],
  missing: ['should exist, does not', 'failed'],
  'still-there': ['should be deleted, still there', 'failed'],
}

function resources(article: ArticleResult): Markup | false {
  if (article.resources.length === 0) return false
  return markup`<section aria-labelledby="resources-title"><h2 id="resources-title" class="section-title">What Azure Resource Manager says</h2><p class="muted">Read back after the steps, not taken from the page that was driven.</p><ul class="cards">${article.resources.map(
    ({ type, name, status, differences }) => {
      const [words, look] = resourceWords[status]
      return markup`<li>${icon(look, words)}<div><b>${name}</b> <span class="muted">${type}</span><br>${words}${
        differences.length > 0 &&
        markup`<div class="scroll" tabindex="0" role="group" aria-label="Differences of ${name}"><table><thead><tr><th scope="col">Setting</th><th scope="col">The article says</th><th scope="col">Found</th></tr></thead><tbody>${differences.map(
          ({ setting, said, found }) =>
            markup`<tr><th scope="row">${setting}</th><td>${said}</td><td>${found}</td></tr>`,
        )}</tbody></table></div>`
      }</div></li>`
    },
  )}</ul></section>`
}

/** What the article made on another surface, beside what it made on this one. */
function comparisons(article: ArticleResult, { run }: Surroundings): Markup | false {
  const own = (run.comparisons ?? []).filter(({ articles }) => articles.includes(article.id))
  if (own.length === 0) return false
  return markup`<section aria-labelledby="comparisons-title"><h2 id="comparisons-title" class="section-title">The same article on two surfaces</h2><p class="muted">What each of them made, compared property by property, without what is another’s every time.</p><ul class="cards">${own.map(
    ({ type, name, surfaces: [first, second], status, equal, differences }) => {
      const words =
        status === 'equal'
          ? `the same on ${first} and ${second}`
          : status === 'explained'
            ? `differs on ${first} and ${second} in what no sentence names`
            : `differs on ${first} and ${second} in what the article names`
      return markup`<li>${icon(status === 'differs' ? 'failed' : 'passed', words)}<div><b>${name}</b> <span class="muted">${type} · ${count(equal, 'equal property', 'equal properties')}</span><br>${words}${
        differences.length > 0 &&
        markup`<div class="scroll" tabindex="0" role="group" aria-label="How ${name} differs"><table><thead><tr><th scope="col">Property</th><th scope="col">${first}</th><th scope="col">${second}</th><th scope="col">Why</th></tr></thead><tbody>${differences.map(
          difference =>
            markup`<tr><th scope="row"><code>${difference.path}</code></th><td>${difference.first ?? 'not there'}</td><td>${difference.second ?? 'not there'}</td><td>${difference.explanation}</td></tr>`,
        )}</tbody></table></div>`
      }</div></li>`
    },
  )}</ul></section>`
}

const cleanupWords = {
  deleted: 'deleted by Verbatim',
  gone: 'deleted by the article’s own steps',
  'never-appeared': 'never appeared',
  left: 'left behind',
  kept: 'kept on purpose',
} as const

function cleanup(article: ArticleResult, { run }: Surroundings): Markup | false {
  const items = run.cleanup.filter(item => item.article === article.id)
  if (items.length === 0) return false
  return markup`<section aria-labelledby="cleanup-title"><h2 id="cleanup-title" class="section-title">Clean-up</h2><ul class="cards">${items.map(
    ({ type, id, status, message, duration: time }) =>
      markup`<li>${icon(status === 'left' ? 'cleanup' : status === 'kept' || status === 'never-appeared' ? 'skipped' : 'passed', cleanupWords[status])}<div><b>${cleanupWords[status]}</b> <span class="muted">${type} · ${duration(time)}</span><br><code class="long">${id}</code>${message !== undefined && markup`<br>${message}`}</div></li>`,
  )}</ul></section>`
}

function names(article: ArticleResult): Markup | false {
  const pairs = Object.entries(article.names)
  if (pairs.length === 0) return false
  return markup`<section aria-labelledby="names-title"><h2 id="names-title" class="section-title">Names of this run</h2><p class="muted">Verbatim used names of its own, so that runs do not collide.</p><dl class="names">${pairs.map(
    ([name, own]) => markup`<div><dt>${name}</dt><dd><code>${own}</code></dd></div>`,
  )}</dl></section>`
}

/** The requests that belong to no step. */
function loose(article: ArticleResult): Markup | false {
  const steps = new Set(article.steps.map(step => step.id))
  const requests = article.requests.filter(request => request.step === undefined || !steps.has(request.step))
  if (requests.length === 0) return false
  return markup`<section aria-labelledby="requests-title"><h2 id="requests-title" class="section-title">Before and after the steps</h2>${requestList(requests)}</section>`
}

/** The text itself with line numbers, so that a link to a line leads somewhere without a network. */
function sourceText(article: ArticleResult, { run, sources, textOf }: Surroundings): Markup {
  const paths = [...new Set([article.path, ...article.steps.map(step => step.place.path)])]
  const texts = paths.flatMap(path => {
    const text = path === article.path ? sources(article.hash) : textOf(path)
    return text === undefined ? [] : [{ path, text }]
  })
  const lines = (path: string, text: string) =>
    text
      .split(/\r?\n/)
      .map((line, index) => markup`<span id="${sourceAnchor(run, path)}-${index + 1}">${line}\n</span>`)
  return markup`<section aria-label="Source">${texts.map(
    ({ path, text }) =>
      markup`<details class="source"><summary>Source of ${path} <span class="muted">${count(text.split('\n').length, 'line')}</span></summary><pre tabindex="0">${lines(path, text)}</pre></details>`,
  )}</section>`
}
