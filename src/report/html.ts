import type { RunResult } from '../result/result.ts'
import { articlePage } from './page/article-page.ts'
import { pageOf } from './page/page-address.ts'
import { runPage } from './page/run-page.ts'
import { surroundingsOf } from './page/surroundings.ts'
import type { Sources } from './sources.ts'
import type { Trends } from './trend.ts'

export interface HtmlOptions {
  /**
   * Where a picture is shown from: an address relative to the output folder, or a data URI. Asked with the path of a
   * screenshot (which without an answer is taken to stand under the output folder) and with the path of an article's own image
   * (which without an answer is replaced by its description).
   */
  picture?: (path: string) => string | undefined
  /** The address of an article's line in its repository; without one, links lead to the text on the page. */
  sourceLink?: (path: string, line: number) => string | undefined
  /** What came before, this run included; see `trends`. */
  history?: Trends
  /** The version of a page that shows newer ones by itself, from the server of `verbatim watch`. */
  live?: number
  /** For ages; by default when the run ended. */
  now?: Date
}

/**
 * The pages of a run, to be written under its output folder. One article: `index.html` is its page. Several: `index.html` is the
 * run's page, and each article has one under `articles/`. The pages need no network and no server.
 */
export function html(run: RunResult, sources: Sources, options: HtmlOptions = {}): { path: string; content: string }[] {
  const [only, ...others] = run.articles
  if (only && others.length === 0) {
    return [{ path: 'index.html', content: articlePage(only, surroundingsOf(run, sources, options, '')) }]
  }
  const pages = run.articles.map(article => ({
    path: pageOf(run, article),
    content: articlePage(article, surroundingsOf(run, sources, options, '../'), {
      address: '../index.html',
      words: 'All articles of this run',
    }),
  }))
  return [
    { path: 'index.html', content: runPage(run, surroundingsOf(run, sources, options, ''), options.history) },
    ...pages,
  ]
}
