import type { Place, Point } from '../../article/article.ts'

/** The place of a span of a file's text. Offsets are UTF-16 units. */
export function placeIn(path: string, text: string, start: number, end: number): Place {
  const lines = lineStartsOf(text)
  return { path, start: pointIn(lines, start), end: pointIn(lines, end) }
}

function pointIn(lineStarts: readonly number[], offset: number): Point {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1, offset }
}

/** A rule asks for many places of one text after the other. */
let last = { text: '', lineStarts: [0] }

function lineStartsOf(text: string): readonly number[] {
  if (last.text !== text) {
    const lineStarts = [0]
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
    last = { text, lineStarts }
  }
  return last.lineStarts
}
