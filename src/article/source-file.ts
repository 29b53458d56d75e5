import type { Definition, Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import type { Place, Point } from './article.ts'
import { maskDirectives, type Directive } from './learn-directives.ts'
import { sectionsWithoutSteps, type SectionBody } from './sections-without-steps.ts'

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

/** Parses a file. What leaves no trace in an article is left out of the tree, unless the whole is asked for. */
export function openSource(path: string, text: string, { whole = false }: { whole?: boolean }): SourceFile {
  const { text: masked, directives } = maskDirectives(text)
  const sound = withoutEndlessEmphasis(withoutEndlessHtml(masked))
  const tree = (whole ? undefined : parseWithout(sectionsWithoutSteps(sound, directives), sound)) ?? parse(sound)
  return { path, text, masked, directives, tree, definitions: definitionsIn(tree), lineStarts: lineStartsOf(text) }
}

function parse(text: string): Root {
  const tables = delimiterRow.test(text)
  return fromMarkdown(text, {
    extensions: tables ? [yaml, gfmTable()] : [yaml],
    mdastExtensions: tables ? [yamlFromMarkdown, gfmTableFromMarkdown()] : [yamlFromMarkdown],
  })
}

/** Undefined where one of them turns out not to be the body of a section. */
function parseWithout(bodies: readonly SectionBody[], text: string): Root | undefined {
  if (bodies.length === 0) return undefined
  const kept = bodies.map(({ start }, index) => text.slice(bodies[index - 1]?.end ?? 0, start))
  const tree = parse(kept.join('') + text.slice(bodies.at(-1)?.end))
  let next = 0
  let gone = 0
  let lines = 0
  let found = 0
  for (const child of tree.children) {
    for (let body = bodies[next]; body && body.start - gone <= startOf(child); body = bodies[++next]) {
      lines += lineStartsOf(text.slice(body.start, body.end)).length - 1
      gone += body.end - body.start
    }
    if (child.type === 'heading' && startOf(child) + gone === bodies[next]?.heading) found++
    if (gone > 0) move(child, gone, lines)
  }
  return found === bodies.length ? tree : undefined
}

function move(node: Nodes, offset: number, lines: number): void {
  for (const point of [node.position?.start, node.position?.end]) {
    if (!point) continue
    point.line += lines
    point.offset = (point.offset ?? 0) + offset
  }
  if ('children' in node) for (const child of node.children) move(child, offset, lines)
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

/** UTF-16 units. What is shorter is parsed in a second, whatever it holds. */
const longText = 50_000
const mostEmphasis = 2000
/** Before an empty line, and before what begins a list item, a quote, a heading or a row. */
const betweenBlocks = /(?<=[\r\n])(?=[ \t>]*(?:[\r\n]|[-*+#|]|\d{1,9}[.)]))/

/** The parser compares each mark of emphasis with those before it: what one block has beyond thousands is taken for spaces. */
function withoutEndlessEmphasis(text: string): string {
  if (text.length < longText) return text
  return text
    .split(betweenBlocks)
    .map(block => {
      let marks = 0
      return block.replace(/[*_]+/g, run => (++marks > mostEmphasis ? ' '.repeat(run.length) : run))
    })
    .join('')
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
