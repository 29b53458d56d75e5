import type { PhrasingContent, Text } from 'mdast'
import { directivesWithin, endOf, pointAt, startOf, type SourceFile } from './source-file.ts'
import type { Directive } from './learn-directives.ts'

/** What stands in for an inline directive: nodes, or nothing. */
export type Expand = (directive: Directive, file: SourceFile) => PhrasingContent[]

/**
 * mdast's inline nodes with Learn's additions resolved: directives expanded, references followed, `<br>` in all its
 * spellings a break, simple HTML formatting as Markdown's. Every text node is cut where its value and the source part
 * ways (line ends, escapes, entities), so that the n-th character of a node stands n characters after its start.
 */
export function readInline(nodes: PhrasingContent[], file: SourceFile, expand: Expand): PhrasingContent[] {
  return pairHtml(nodes.flatMap(node => readNode(node, file, expand)))
}

/** The plain text of inline nodes: images and comments say nothing, a break is a space. */
export function plainText(nodes: PhrasingContent[]): string {
  return collect(nodes).replace(/\s+/g, ' ').trim()
}

function collect(nodes: PhrasingContent[]): string {
  return nodes
    .map(node => {
      if (node.type === 'text' || node.type === 'inlineCode') return node.value
      if (node.type === 'break') return ' '
      return 'children' in node ? collect(node.children as PhrasingContent[]) : ''
    })
    .join('')
}

function readNode(node: PhrasingContent, file: SourceFile, expand: Expand): PhrasingContent[] {
  if (node.type === 'text') return cutText(node, file, expand)
  if (node.type === 'html') return readHtml(node.value, node.position)
  if (node.type === 'linkReference') {
    const url = file.definitions.get(node.identifier)?.url
    const children = readInline(node.children, file, expand)
    return url === undefined ? children : [{ type: 'link', url, children, ...positionOf(node) }]
  }
  if (node.type === 'imageReference') {
    const url = file.definitions.get(node.identifier)?.url ?? ''
    return [{ type: 'image', url, alt: node.alt ?? '', ...positionOf(node) }]
  }
  if ('children' in node) {
    const children = readInline(node.children as PhrasingContent[], file, expand)
    return [{ ...node, children } as PhrasingContent]
  }
  if (node.type === 'inlineCode' || node.type === 'image') return [restore(node, file)]
  return [node]
}

function positionOf(node: PhrasingContent) {
  return node.position ? { position: node.position } : {}
}

/** Code and image titles may hold masked text: the source has the original. */
function restore<Node extends PhrasingContent>(node: Node, file: SourceFile): Node {
  if (node.type !== 'inlineCode' || !node.value.includes('\uE0F0')) return node
  const raw = file.text.slice(startOf(node), endOf(node)).replace(/^`+ ?| ?`+$/g, '')
  return { ...node, value: raw.replace(/\s+/g, ' ') }
}

const breakTag = /^<\/?\s*br\s*\/?>$/i
const htmlTag = /^<\/?\s*([a-z][a-z0-9]*)\b[^>]*>$/i
const knownTags = new Set(
  (
    'a abbr area article aside audio b blockquote br button caption center cite code col colgroup dd del details div dl dt em ' +
    'figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label li link mark nav ol ' +
    'option p pre q s script section select small source span strike strong style sub summary sup svg table tbody td ' +
    'template textarea tfoot th thead tr u ul var video wbr'
  ).split(' '),
)

// > | Enter *a*.</br> Select <resource-name>.
//               ^            ^
function readHtml(value: string, position: Text['position']): PhrasingContent[] {
  const at = position ? { position } : {}
  if (breakTag.test(value)) return [{ type: 'break', ...at }]
  if (value.startsWith('<!--')) return []
  const tag = htmlTag.exec(value)?.[1]?.toLowerCase()
  if (tag === undefined || !knownTags.has(tag)) return [{ type: 'text', value, ...at }]
  return [{ type: 'html', value, ...at }]
}

const htmlFormats: Record<string, 'strong' | 'emphasis' | 'code'> = {
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
  code: 'code',
  kbd: 'code',
}

/** `<b>Save</b>` becomes what `**Save**` is; every other tag disappears and its content stays. */
function pairHtml(nodes: PhrasingContent[]): PhrasingContent[] {
  if (!nodes.some(node => node.type === 'html')) return nodes
  const result: PhrasingContent[] = []
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]
    if (!node) continue
    if (node.type !== 'html') {
      result.push(node)
      continue
    }
    const name = /^<([a-z]+)/i.exec(node.value)?.[1]?.toLowerCase() ?? ''
    const format = htmlFormats[name]
    if (!format) continue
    const length = nodes
      .slice(at + 1, at + 21)
      .findIndex(other => other.type === 'html' && other.value.toLowerCase() === `</${name}>`)
    if (length < 0) continue
    const close = at + 1 + length
    const children = nodes.slice(at + 1, close).filter(child => child.type !== 'html')
    const last = nodes[close]?.position
    const position = node.position && last ? { position: { start: node.position.start, end: last.end } } : {}
    result.push(
      format === 'code'
        ? { type: 'inlineCode', value: collect(children), ...position }
        : { type: format, children, ...position },
    )
    at = close
  }
  return result
}

function cutText(node: Text, file: SourceFile, expand: Expand): PhrasingContent[] {
  const start = startOf(node)
  const end = endOf(node)
  const directives = directivesWithin(file, start, end)
  let upcoming = 0
  const exact = node.value.length === end - start && !node.value.includes('\n')
  if (exact && directives.length === 0) return [node]
  const pieces: PhrasingContent[] = []
  let from = start
  const { runs } = alignText(node.value, file.masked, start, end)
  for (const run of runs) {
    let at = run.start
    while (at < run.end) {
      const inside = file.directives.length > 0 ? directiveAround(file, at) : undefined
      if (inside) {
        if (inside.start >= from && inside.start >= start) {
          pieces.push(...expand(inside, file))
          from = inside.end
        }
        at = Math.min(inside.end, run.end)
        continue
      }
      while ((directives[upcoming]?.start ?? Infinity) <= at) upcoming++
      const next = directives[upcoming]?.start ?? run.end
      const stop = Math.min(next, run.end)
      const value = run.exact ? run.value.slice(at - run.start, stop - run.start) : run.value
      pieces.push(textNode(value, file, at, run.exact ? stop : run.end))
      at = run.exact ? stop : run.end
    }
  }
  return pieces
}

function textNode(value: string, file: SourceFile, start: number, end: number): Text {
  return { type: 'text', value, position: { start: pointAt(file, start), end: pointAt(file, end) } }
}

function directiveAround(file: SourceFile, offset: number): Directive | undefined {
  let low = 0
  let high = file.directives.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const directive = file.directives[middle]
    if (!directive) return undefined
    if (directive.end <= offset) low = middle + 1
    else if (directive.start > offset) high = middle - 1
    else return directive
  }
  return undefined
}

interface Run {
  value: string
  start: number
  end: number
  /** Whether each character of the value stands for one of the source. */
  exact: boolean
}

/** > | a &amp; b: an ampersand that the source spells out, in one of its spellings. */
function isAmpersand(source: string, at: number): boolean {
  return /^&(?:amp|#38|#x26);/i.test(source.slice(at, at + 6))
}

/** Lays a text node's value beside its source and cuts both where they part ways. */
function alignText(value: string, source: string, start: number, end: number): { runs: Run[] } {
  const runs: Run[] = []
  let runStart = start
  let valueStart = 0
  let at = start
  let index = 0
  const flush = () => {
    if (index > valueStart) runs.push({ value: value.slice(valueStart, index), start: runStart, end: at, exact: true })
  }
  const special = (length: number, to: number) => {
    flush()
    runs.push({ value: value.slice(index, index + length), start: at, end: to, exact: false })
    index += length
    at = to
    valueStart = index
    runStart = at
  }
  while (index < value.length && at < end) {
    const wanted = value[index]
    const found = source[at]
    if (wanted === '\n' || wanted === '\r') {
      // Spaces before a line's end are not part of the value, and it ends as the file's lines end.
      const gap = /[ \t]*(?:\r\n|\r|\n)[ \t>]*/y
      gap.lastIndex = at
      special(value.startsWith('\r\n', index) ? 2 : 1, gap.test(source) ? Math.min(gap.lastIndex, end) : at + 1)
    } else if (found === '\\' && source[at + 1] === wanted && wanted !== undefined && /[!-/:-@[-`{-~]/.test(wanted)) {
      special(1, at + 2)
    } else if (found === wanted && !(found === '&' && isAmpersand(source, at))) {
      at++
      index++
    } else if (found === '&') {
      const semicolon = source.indexOf(';', at)
      const to = semicolon > 0 && semicolon - at <= 32 ? semicolon + 1 : at + 1
      const next = source[to]
      special(value[index + 1] !== next && value[index + 2] === next ? 2 : 1, to)
    } else break
  }
  flush()
  if (index < value.length) {
    runs.push({ value: value.slice(index), start: at, end: Math.max(end, at), exact: false })
  }
  return { runs }
}
