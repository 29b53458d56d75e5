import type { RunResult } from '../../result/result.ts'
import type { Sources } from '../sources.ts'
import type { HtmlOptions } from '../html.ts'

/** What a page knows beside the result itself. */
export interface Surroundings {
  run: RunResult
  sources: Sources
  now: Date
  /** The text of an article or include, by its path. */
  textOf(path: string): string | undefined
  /** The address, from this page, of a file under the output folder. */
  picture(path: string): string
  /** The address, from this page, of an image of the article; undefined where it is not at hand. */
  articlePicture(path: string): string | undefined
  /** Where a line of the article can be read: in the repository, or on this page. */
  sourceAddress(path: string, line: number): string
  /** See `HtmlOptions`. */
  live: number | undefined
  /** From this page to the output folder: '' or '../'. */
  up: string
}

/** The surroundings of a page that stands `up` from the output folder. */
export function surroundingsOf(run: RunResult, sources: Sources, options: HtmlOptions, up: string): Surroundings {
  const relative = (address: string) =>
    /^(?:data:|https?:|file:|\/)/.test(address) ? address : up + encodeURI(address)
  const articlePicture = (path: string) => {
    const address = options.picture?.(path)
    return address === undefined ? undefined : relative(address)
  }
  return {
    run,
    sources,
    up,
    live: options.live,
    now: options.now ?? new Date(run.finishedAt ?? run.startedAt),
    textOf: path => (run.sources[path] === undefined ? undefined : sources(run.sources[path])),
    picture: path => relative(options.picture?.(path) ?? path),
    articlePicture,
    sourceAddress: (path, line) => options.sourceLink?.(path, line) ?? `#${sourceAnchor(run, path)}-${line}`,
  }
}

/** Where a file's text stands on a page. */
export function sourceAnchor(run: RunResult, path: string): string {
  return `source-${Math.max(0, Object.keys(run.sources).indexOf(path))}`
}
