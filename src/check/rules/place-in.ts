import type { Place, Point } from '../../article/article.ts'

/** The place of a span of a file's text. Offsets are UTF-16 units. */
export function placeIn(path: string, text: string, start: number, end: number): Place {
  return { path, start: pointIn(text, start), end: pointIn(text, end) }
}

function pointIn(text: string, offset: number): Point {
  let line = 1
  let lineStart = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++
    lineStart = at + 1
  }
  return { line, column: offset - lineStart + 1, offset }
}
