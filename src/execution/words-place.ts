import { readFileSync } from 'node:fs'
import type { Place, Point } from '../article/article.ts'

/**
 * Where words stand in the article, inside or nearest after the start of a place: `**+ Vault**` for the label `Vault`
 * gives the place of `Vault`. A suggestion replaces exactly that.
 *
 * @returns undefined where the words don't stand there as such, or the file can't be read.
 */
export function placeOfWords(words: string, around: Place, within: Place = around): Place | undefined {
  const text = readSource(around.path)
  if (text === undefined || words === '') return undefined
  const inside = find(text, words, around.start.offset, around.end.offset)
  const at = inside ?? find(text, words, within.start.offset, within.end.offset)
  return at === undefined
    ? undefined
    : { path: around.path, start: pointAt(text, at), end: pointAt(text, at + words.length) }
}

function find(text: string, words: string, from: number, to: number): number | undefined {
  const at = text.slice(from, to).indexOf(words)
  return at < 0 ? undefined : from + at
}

function pointAt(text: string, offset: number): Point {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1, offset }
}

/** Articles are read once in a worker; a byte order mark is not counted. */
const sources = new Map<string, string | undefined>()

function readSource(path: string): string | undefined {
  if (!sources.has(path)) sources.set(path, tryRead(path))
  return sources.get(path)
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return undefined
  }
}
