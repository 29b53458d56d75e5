import { posix } from 'node:path'
import type { ArticleResult, RunResult, StepResult } from '../../result/result.ts'
import { findings } from '../finding.ts'
import { markup, type Insert, type Markup } from '../markup.ts'
import { isVerified, type Night, type Trend, type Trends } from '../trend.ts'
import { age, cloudName, count, day, duration, moment, statusWords, verdictWords } from '../wording.ts'
import { answer } from './answer.ts'
import { icon, lookOf, ornament, type Look } from './icon.ts'
import { document, lookWords, statusBar } from './layout.ts'
import { pageOf } from './page-address.ts'
import { stepAnchor } from './mark.ts'
import type { Surroundings } from './surroundings.ts'

/** The page of a run of several articles: which need a hand, what changed since the run before, and all of them by owner. */
export function runPage(run: RunResult, around: Surroundings, history?: Trends): string {
  const rows = run.articles.map(article => rowOf(article, run, history?.articles[article.id]))
  const given = run.cloud.rehearsal ? rehearsalOf(rows) : answerOf(rows)
  const body = markup`<header class="top">
<p class="eyebrow">${count(rows.length, 'article')} on ${cloudName(run.cloud)}</p>
<h1>${run.cloud.rehearsal ? 'Rehearsal' : 'Run'} of ${day(run.startedAt)}</h1>
<section class="answer a-${given.look}" aria-label="Result">
<p class="headline">${ornament(given.look)}<strong>${given.headline}</strong></p>
${rows.length > 0 && statusBar(rows.map(row => row.look))}
</section>
${meta(run)}
</header>
<main id="main">
${problems(run)}
${rows.length > 0 && articleTable(rows, around)}
${changes(rows)}
${charts(run, history)}
${left(run)}
</main>`
  return document({ title: given.headline, body, run, kind: 'run', live: around.live })
}

interface Row {
  article: ArticleResult
  look: Look
  page: string
  trend?: Trend | undefined
  /** What is wrong first of all, in a line. */
  first?: string | undefined
  change?: 'broken' | 'recovered' | 'new' | undefined
}

function rowOf(article: ArticleResult, run: RunResult, trend: Trend | undefined): Row {
  const [first] = findings(article, run.cleanup)
  const { look } = answer(article, run)
  return { article, look, page: pageOf(run, article), trend, first: first?.message, change: changeOf(look, trend, run) }
}

function changeOf(look: Look, trend: Trend | undefined, run: RunResult): Row['change'] {
  if (!trend || run.cloud.rehearsal) return undefined
  if (!trend.previous) return 'new'
  const before = lookOf(trend.previous.status === 'refused' ? { status: 'refused' } : { ...trend.previous })
  if (isBroken(look) && !isBroken(before) && before !== 'environment') return 'broken'
  return isBroken(before) && (look === 'passed' || look === 'drifted' || look === 'partly') ? 'recovered' : undefined
}

function isBroken(look: Look): boolean {
  return look === 'failed' || look === 'product' || look === 'refused' || look === 'cleanup'
}

function answerOf(rows: Row[]): { look: Look; headline: string } {
  const number = (...looks: Look[]) => rows.filter(row => looks.includes(row.look)).length
  const wrong = number('failed')
  const drifted = number('drifted')
  const service = number('product', 'cleanup', 'refused')
  const passed = number('passed')
  if (rows.length === 0) return { look: 'not-run', headline: 'Nothing was run. An empty run is not a pass.' }
  if (wrong > 0) {
    const also =
      drifted > 0 ? `, and ${drifted} more ${drifted === 1 ? 'says' : 'say'} something else than the product` : ''
    return {
      look: 'failed',
      headline: `${wrong} of ${count(rows.length, 'article')} ${wrong === 1 ? 'is' : 'are'} no longer true${also}`,
    }
  }
  if (service > 0)
    return {
      look: 'product',
      headline: `${service} of ${count(rows.length, 'article')} could not be judged or cleaned up`,
    }
  if (drifted > 0)
    return {
      look: 'drifted',
      headline: `All work, but ${count(drifted, 'article')} ${drifted === 1 ? 'says' : 'say'} something else than the product`,
    }
  if (passed === rows.length) return { look: 'passed', headline: `All ${count(rows.length, 'article')} are still true` }
  if (passed === 0)
    return {
      look: number('environment') > 0 ? 'environment' : 'not-run',
      headline: 'Not known: no article was carried out in full',
    }
  return {
    look: 'partly',
    headline: `${passed} of ${count(rows.length, 'article')} are still true; the others were not carried out in full`,
  }
}

function rehearsalOf(rows: Row[]): { look: Look; headline: string } {
  const through = rows.filter(row => row.look === 'rehearsed' || row.look === 'partly').length
  if (rows.length === 0) return answerOf(rows)
  const look = through === rows.length ? 'rehearsed' : answerOf(rows).look
  return { look, headline: `${through} of ${count(rows.length, 'article')} went through the rehearsal` }
}

function meta(run: RunResult): Markup {
  const wall = run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : Number.NaN
  const steps = run.articles.flatMap(article => article.steps)
  const carried = steps.filter(step => ['passed', 'drifted', 'failed'].includes(step.status)).length
  const facts: [string, Insert][] = [
    ['Began', moment(run.startedAt)],
    ['Took', Number.isNaN(wall) ? undefined : duration(wall)],
    [
      'Steps carried out',
      steps.length > 0 ? `${carried} of ${steps.length} (${Math.floor((100 * carried) / steps.length)} %)` : undefined,
    ],
    ['Browser', run.browser],
    ['Commit', run.commit && markup`<code>${run.commit.slice(0, 10)}</code>`],
  ]
  return markup`<dl class="meta">${facts.filter(([, value]) => value).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function problems(run: RunResult): Markup | false {
  if (run.problems.length === 0) return false
  return markup`<section class="findings" aria-labelledby="problems-title"><h2 id="problems-title" class="section-title">Problems of the run</h2><ol>${run.problems.map(
    ({ message, rule, remedy }) =>
      markup`<li class="finding"><div class="problem"><p class="message">${message} <code class="rule">${rule}</code></p>${remedy !== undefined && markup`<p>${remedy}</p>`}</div></li>`,
  )}</ol></section>`
}

function articleTable(rows: Row[], around: Surroundings): Markup {
  const owners = groupBy(rows, row => row.article.owner ?? 'No owner')
  const options = (name: keyof Data, title: string, values: string[], words = (value: string) => value) =>
    markup`<label>${title}<select name="${name}" aria-label="${title}"><option value="">All</option>${[
      ...new Set(values),
    ]
      .filter(Boolean)
      .sort()
      .map(value => markup`<option value="${value}">${words(value)}</option>`)}</select></label>`
  const data = rows.map(row => dataOf(row, around))
  return markup`<section aria-labelledby="articles-title"><h2 id="articles-title" class="section-title">Articles</h2>
<form class="filters" hidden role="search" aria-label="Articles">
<label>Search<input type="search" name="q" autocomplete="off"></label>
<label>Group by<select name="by" aria-label="Group by"><option value="owner">Owner</option><option value="service">Service</option><option value="folder">Folder</option><option value="result">Result</option><option value="age">Last verified</option></select></label>
${options(
  'look',
  'Result',
  data.map(one => one.look),
  look => lookWords(look as Look),
)}
${options(
  'owner',
  'Owner',
  data.map(one => one.owner),
)}
${options(
  'service',
  'Service',
  data.map(one => one.service),
)}
${options(
  'folder',
  'Folder',
  data.map(one => one.folder),
)}
<label class="box"><input type="checkbox" name="changed" value="yes">Changed</label>
<label class="box"><input type="checkbox" name="flaky" value="yes">Flaky</label>
<button type="reset">Clear</button>
</form>
<p class="shown" id="shown" role="status">All ${rows.length} articles</p>
<div id="groups">${[...owners]
    .sort(([, a], [, b]) => rank(a) - rank(b))
    .map(([owner, rows]) => group(owner, rows, around))}</div></section>`
}

const looks: Look[] = [
  'failed',
  'refused',
  'product',
  'cleanup',
  'drifted',
  'environment',
  'partly',
  'assumed',
  'not-run',
  'skipped',
  'rehearsed',
  'passed',
]

function rank(rows: Row[]): number {
  return Math.min(...rows.map(row => looks.indexOf(row.look)))
}

function group(owner: string, rows: Row[], around: Surroundings): Markup {
  const sorted = rows.toSorted((a, b) => looks.indexOf(a.look) - looks.indexOf(b.look))
  const broken = rows.filter(row => row.look !== 'passed' && row.look !== 'rehearsed').length
  return markup`<section class="group"><h3>${owner} <span>${count(rows.length, 'article')}${broken > 0 && `, ${broken} to look at`}</span></h3><table><thead><tr><th scope="col" class="c-article">Article</th><th scope="col" class="c-result">Result</th><th scope="col" class="c-strip">Lately</th><th scope="col" class="c-verified">Last verified</th><th scope="col" class="c-time">Time</th></tr></thead><tbody>${sorted.map(
    row => tableRow(row, around),
  )}</tbody></table></section>`
}

interface Data {
  look: string
  result: string
  owner: string
  service: string
  folder: string
  age: string
}

function dataOf({ article, look, trend }: Row, { run, now }: Surroundings): Data {
  const verified = verifiedAt(article, trend, run)
  const days = verified ? (now.getTime() - Date.parse(verified)) / 86_400_000 : Infinity
  return {
    look,
    result: lookWords(look),
    owner: article.owner ?? 'No owner',
    service: article.service ?? 'No service',
    folder: posix.dirname(article.path),
    age:
      days === Infinity
        ? 'Never'
        : days <= 2
          ? '1. In the last two days'
          : days <= 14
            ? '2. In the last two weeks'
            : '3. Longer ago',
  }
}

function tableRow(row: Row, around: Surroundings): Markup {
  const { article, look, page, trend, first, change } = row
  const { run, now } = around
  const data = dataOf(row, around)
  const verified = verifiedAt(article, trend, run)
  const title = [article.title, article.path, article.owner, article.service, first]
    .filter(Boolean)
    .join(' ')
    .toLowerCase()
  const how = [article.surface === 'portal' ? '' : `${article.surface} surface`, ...article.variant]
    .filter(Boolean)
    .join(', ')
  const carried = article.steps.filter(step => ['passed', 'drifted', 'failed'].includes(step.status)).length
  const since = trend?.failingSince
  return markup`<tr data-title="${title}" data-look="${look}" data-result="${data.result}" data-owner="${data.owner}" data-service="${data.service}" data-folder="${data.folder}" data-age="${data.age}" data-changed="${change ? 'yes' : 'no'}" data-flaky="${trend?.flaky ? 'yes' : 'no'}"><th scope="row"><a href="${page}">${article.title}</a>${
    change === 'new' && markup`<span class="tag">new</span>`
  }${trend?.flaky && markup`<span class="tag">flaky</span>`}${first !== undefined && markup`<span class="words">${first}</span>`}<small>${article.path}${how && ` · ${how}`}</small></th><td class="c-result" data-name="Result"><span class="result">${ornament(look)}<span>${lookWords(look)}${
    article.status === 'failed' && article.verdict && markup`<small>fault of ${verdictWords[article.verdict]}</small>`
  }${article.status === 'drifted' && article.drift && markup`<small>${article.drift}</small>`}${
    since &&
    isBroken(look) &&
    markup`<small>since ${day(since.at)}${since.commit && markup`, at <code>${since.commit.slice(0, 8)}</code>`}</small>`
  }</span></span></td><td data-name="Lately">${trend ? strip(trend) : markup`<span class="muted">no history</span>`}</td><td data-name="Last verified">${
    verified
      ? markup`<time datetime="${verified}">${age(verified, now)}</time>`
      : markup`<span class="muted">${run.cloud.rehearsal ? 'not in a rehearsal' : 'never'}</span>`
  }</td><td class="t" data-name="Time">${article.duration > 0 ? duration(article.duration) : '–'}<small>${carried} of ${count(article.steps.length, 'step')}</small></td></tr>`
}

function verifiedAt(article: ArticleResult, trend: Trend | undefined, run: RunResult): string | undefined {
  if (trend) return trend.verified?.at
  const all =
    article.status === 'passed' && article.steps.length > 0 && article.steps.every(step => step.status === 'passed')
  return all && !run.cloud.rehearsal ? (article.startedAt ?? run.startedAt) : undefined
}

/** An article's latest results as bars, oldest first: taller and darker is worse, so that colour is not needed to read it. */
function strip({ strip: results }: Trend): Markup {
  const width = 100 / Math.max(12, results.length)
  const bars = results.map((result, index) => {
    const look = lookOfEntry(result)
    const height = heights[look] ?? 8
    return markup`<rect x="${(index * width).toFixed(2)}" y="${18 - height}" width="${(width * 0.78).toFixed(2)}" height="${height}" class="v-${look}"/>`
  })
  const good = results.filter(isVerified).length
  const words = `Of the latest ${count(results.length, 'result')}, ${good} passed; the last ones: ${results
    .slice(-3)
    .map(result => lookWords(lookOfEntry(result)).toLowerCase())
    .join(', ')}`
  return markup`<svg class="strip" viewBox="0 0 100 18" preserveAspectRatio="none" role="img" aria-label="${words}">${bars}</svg>`
}

const heights: Partial<Record<Look, number>> = {
  failed: 18,
  refused: 18,
  product: 18,
  drifted: 13,
  environment: 5,
  passed: 8,
  partly: 8,
  skipped: 3,
  'not-run': 3,
}

function lookOfEntry(entry: Trend['strip'][number]): Look {
  const look = lookOf({ status: entry.status, verdict: entry.verdict })
  return look === 'passed' && !isVerified(entry) ? 'partly' : look
}

const changeWords = { broken: 'Newly broken', recovered: 'Recovered', new: 'New' } as const

function changes(rows: Row[]): Markup | false {
  if (rows.every(row => !row.trend)) return false
  const kinds = (['broken', 'recovered', 'new'] as const).map(kind => ({
    kind,
    rows: rows.filter(row => row.change === kind),
  }))
  const flaky = rows.filter(row => row.trend?.flaky)
  if (kinds.every(({ rows }) => rows.length === 0) && flaky.length === 0) {
    return markup`<section aria-labelledby="changes-title"><h2 id="changes-title" class="section-title">Since the run before</h2><p>Nothing changed.</p></section>`
  }
  const list = (words: string, rows: Row[]) =>
    rows.length > 0 &&
    markup`<div><h3>${words} (${rows.length})</h3><ul>${rows
      .slice(0, 12)
      .map(
        ({ article, look, page }) =>
          markup`<li>${icon(look, lookWords(look))}<a href="${page}">${article.title}</a></li>`,
      )}</ul>${rows.length > 12 && markup`<p class="muted">and ${rows.length - 12} more</p>`}</div>`
  return markup`<section aria-labelledby="changes-title"><h2 id="changes-title" class="section-title">Since the run before</h2><div class="changes">${kinds.map(
    ({ kind, rows }) => list(changeWords[kind], rows),
  )}${list('Flaky: by turns, with the same text', flaky)}</div></section>`
}

function charts(run: RunResult, history: Trends | undefined): Markup | false {
  const slow = slowest(run)
  const nights = history?.nights ?? []
  if (slow.length === 0 && nights.length < 2) return false
  return markup`<section aria-labelledby="time-title"><h2 id="time-title" class="section-title">Over time</h2><div class="charts">${[
    nights.length > 1 && nightChart(nights),
    nights.length > 1 && timeChart(nights),
    slow.length > 0 && slowList(slow, run),
  ]}</div></section>`
}

const kinds = ['failed', 'refused', 'drifted', 'environment', 'not-run', 'skipped', 'passed'] as const
const chart = { width: 480, height: 170, left: 22, bottom: 24, top: 22 }

function nightChart(nights: Night[]): Markup {
  const most = Math.max(...nights.map(total))
  const scale = (chart.height - chart.bottom - chart.top) / most
  const step = (chart.width - chart.left) / nights.length
  const bars = nights.map((night, index) => {
    let top = chart.height - chart.bottom
    return [...kinds].reverse().map(kind => {
      const height = (night.counts[kind] ?? 0) * scale
      top -= height
      return (
        height > 0 &&
        markup`<rect x="${(chart.left + index * step).toFixed(1)}" y="${top.toFixed(1)}" width="${(step * 0.8).toFixed(1)}" height="${height.toFixed(1)}" class="v-${kind}"/>`
      )
    })
  })
  const [last] = nights.slice(-1)
  const words = last
    ? `The last one: ${kinds
        .filter(kind => last.counts[kind])
        .map(
          kind =>
            `${last.counts[kind]} ${kind === 'environment' ? 'with failed surroundings' : statusWords[kind].toLowerCase()}`,
        )
        .join(', ')}.`
    : ''
  return markup`<figure><figcaption>Results of the latest ${nights.length} runs</figcaption><svg viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-label="${words}">${axis(most, String)}${bars}${ends(nights)}</svg></figure>`
}

function timeChart(nights: Night[]): Markup {
  const most = Math.max(1, ...nights.map(night => night.duration))
  const scale = (chart.height - chart.bottom - chart.top) / most
  const step = (chart.width - chart.left) / nights.length
  const points = nights.map(
    (night, index) =>
      `${(chart.left + (index + 0.4) * step).toFixed(1)},${(chart.height - chart.bottom - night.duration * scale).toFixed(1)}`,
  )
  const last = nights.at(-1)
  return markup`<figure><figcaption>Time of all articles together</figcaption><svg viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-label="${`The last run took ${duration(last?.duration ?? 0)}, the longest ${duration(most)}.`}">${axis(most, duration)}<polyline points="${points.join(' ')}" fill="none" stroke="var(--environment-bar)" stroke-width="2"/>${ends(nights)}</svg></figure>`
}

function axis(most: number, words: (value: number) => string): Markup {
  const bottom = chart.height - chart.bottom
  return markup`<line x1="${chart.left}" x2="${chart.width}" y1="${bottom}" y2="${bottom}" stroke="var(--line)"/><text x="${chart.left - 4}" y="${bottom}" text-anchor="end">0</text><text x="${chart.left}" y="12">${words(most)}</text>`
}

function ends(nights: Night[]): Markup {
  const y = chart.height - 6
  return markup`<text x="${chart.left}" y="${y}">${day(nights[0]?.at ?? '')}</text><text x="${chart.width}" y="${y}" text-anchor="end">${day(nights.at(-1)?.at ?? '')}</text>`
}

function total(night: Night): number {
  return Object.values(night.counts).reduce((sum, number) => sum + number, 0)
}

function slowest(run: RunResult): { article: ArticleResult; step: StepResult }[] {
  return run.articles
    .flatMap(article => article.steps.map(step => ({ article, step })))
    .filter(({ step }) => step.duration > 0)
    .sort((a, b) => b.step.duration - a.step.duration)
    .slice(0, 6)
}

function slowList(slow: { article: ArticleResult; step: StepResult }[], run: RunResult): Markup {
  const most = slow[0]?.step.duration ?? 1
  return markup`<figure><figcaption>Slowest steps</figcaption><ol class="slow">${slow.map(
    ({ article, step }) =>
      markup`<li><span><a href="${pageOf(run, article)}#${stepAnchor(article, step)}">Step ${step.number}</a> of ${article.title}</span><span class="time">${duration(step.duration)}</span><span class="meter" aria-hidden="true"><span style="width:${((100 * step.duration) / most).toFixed(1)}%"></span></span></li>`,
  )}</ol></figure>`
}

function left(run: RunResult): Markup | false {
  const items = run.cleanup.filter(item => item.status === 'left')
  if (items.length === 0) return false
  return markup`<section aria-labelledby="left-title"><h2 id="left-title" class="section-title">Left behind</h2><ul class="cards">${items.map(
    ({ type, id, message }) =>
      markup`<li>${icon('cleanup', 'Left behind')}<div><b>${type}</b><br><code class="long">${id}</code>${message !== undefined && markup`<br>${message}`}</div></li>`,
  )}</ul></section>`
}

function groupBy(rows: Row[], name: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(name(row), [...(groups.get(name(row)) ?? []), row])
  return groups
}
