import type { Place } from '../article/article.ts'
import type { Excerpt } from './checked-file.ts'

const widest = 110

/** The first line of a place, cut to what fits a terminal; undefined where the place is no span of the text. */
export function excerptOf(text: string | undefined, { start, end }: Place): Excerpt | undefined {
  if (text === undefined || end.offset <= start.offset || start.offset >= text.length) return undefined
  const lineStart = text.lastIndexOf('\n', start.offset - 1) + 1
  const newline = text.indexOf('\n', start.offset)
  const lineEnd = newline < 0 ? text.length : newline
  const line = text.slice(lineStart, lineEnd).trimEnd()
  const from = Math.min(start.offset - lineStart, line.length)
  const length = Math.max(1, Math.min(end.offset - lineStart, line.length) - from)
  const cut = line.length <= widest ? 0 : Math.max(0, Math.min(from - 30, line.length - widest))
  const shown = line.slice(cut, cut + widest)
  const before = cut > 0 ? '…' : ''
  const after = cut + widest < line.length ? '…' : ''
  return {
    text: `${before}${shown}${after}`,
    from: from - cut + before.length,
    length: Math.min(length, shown.length - (from - cut) + after.length || 1),
  }
}
