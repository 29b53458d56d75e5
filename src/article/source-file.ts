import type { Definition, Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import type { Place, Point } from './article.ts'
import { maskDirectives, type Directive } from './learn-directives.ts'

/** One file of an article, parsed: the article itself or an include. */
export interface SourceFile {
  path: string
  text: string
  /** The text that was parsed: as long as `text`, with Learn's own syntax masked. */
  masked: string
  directives: Directive[]
  tree: Root
  definitions: Map<string, Definition>
  lineStarts: number[]
}

export function openSource(path: string, text: string): SourceFile {
  const { text: masked, directives } = maskDirectives(text)
  const tables = delimiterRow.test(masked)
  const tree = fromMarkdown(withoutEndlessHtml(masked), {
    extensions: tables ? [yaml, gfmTable()] : [yaml],
    mdastExtensions: tables ? [yamlFromMarkdown, gfmTableFromMarkdown()] : [yamlFromMarkdown],
  })
  return { path, text, masked, directives, tree, definitions: definitionsIn(tree), lineStarts: lineStartsOf(text) }
}

const yaml = frontmatter(['yaml'])
const yamlFromMarkdown = frontmatterFromMarkdown(['yaml'])

/** Without the row that makes a table, the extension that looks for one in every line isn't needed. */
const delimiterRow = /\|[ \t]*:?-|-:?[ \t]*\||(?:^|[\r\n])[ \t>]*:-|-:[ \t]*(?:[\r\n]|$)/

const htmlOpenings = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
] as const
const mostOpenings = 50

/** The parser looks for the end of each opening anew, so many that are never closed would take time that grows with their square. */
function withoutEndlessHtml(text: string): string {
  return htmlOpenings.reduce((kept, [opening, closing]) => {
    const from = kept.lastIndexOf(closing) + 1
    const open = kept.slice(from).split(opening)
    if (open.length <= mostOpenings) return kept
    return kept.slice(0, from) + open.join(opening.replace('<', ' '))
  }, text)
}

export function pointAt(file: SourceFile, offset: number): Point {
  let low = 0
  let high = file.lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((file.lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (file.lineStarts[low] ?? 0) + 1, offset }
}

export function placeBetween(file: SourceFile, start: number, end: number): Place {
  return { path: file.path, start: pointAt(file, start), end: pointAt(file, end) }
}

export function placeOf(file: SourceFile, node: Nodes): Place {
  return placeBetween(file, startOf(node), endOf(node))
}

export const startOf = (node: Nodes): number => node.position?.start.offset ?? 0
export const endOf = (node: Nodes): number => node.position?.end.offset ?? 0

/** The directives that begin within a span, in order. */
export function directivesWithin({ directives }: SourceFile, start: number, end: number): Directive[] {
  let low = 0
  let high = directives.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((directives[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  const found: Directive[] = []
  for (let at = low; at < directives.length; at++) {
    const directive = directives[at]
    if (!directive || directive.start >= end) break
    found.push(directive)
  }
  return found
}

function definitionsIn(tree: Root): Map<string, Definition> {
  const found = new Map<string, Definition>()
  const waiting: Nodes[] = [...tree.children]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node)
    if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote') waiting.push(...node.children)
  }
  return found
}

/** CommonMark ends a line at a line feed, a carriage return, or both together. */
function lineStartsOf(text: string): number[] {
  const starts = [0]
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length)
  return starts
}
