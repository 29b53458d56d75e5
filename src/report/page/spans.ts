import type { PhrasingContent, Text } from 'mdast'

/** Offsets in the source, the end exclusive. */
export interface Span {
  start: number
  end: number
}

/** The sentences of a paragraph, heading or cell, as spans of the source text. */
export function sentences(children: PhrasingContent[], source: string): Span[] {
  const characters = children.flatMap(child => charactersOf(child, source))
  const text = characters.map(character => character.value).join('')
  const spans: Span[] = []
  let open: number | undefined
  for (const { segment, index } of segmenter.segment(text)) {
    const from = open ?? index + (segment.length - segment.trimStart().length)
    const to = index + segment.trimEnd().length
    open = abbreviation.test(segment) ? from : undefined
    const first = characters[from]
    const last = characters[to - 1]
    if (open === undefined && first && last && to > from) spans.push({ start: first.start, end: last.end })
  }
  const rest = open === undefined ? undefined : characters[open]
  const last = characters.at(-1)
  return rest && last ? [...spans, { start: rest.start, end: last.end }] : spans
}

/** Puts what lies within a span into a wrapper (several, where it begins or ends inside of bold text or a link). */
export function wrapSpan(
  children: PhrasingContent[],
  span: Span,
  source: string,
  wrap: (children: PhrasingContent[]) => PhrasingContent,
): PhrasingContent[] {
  const result: PhrasingContent[] = []
  let group: PhrasingContent[] = []
  const flush = () => {
    if (group.length > 0) result.push(wrap(group))
    group = []
  }
  for (const child of children.flatMap(child => splitAt(child, span, source))) {
    const extent = extentOf(child)
    if (!extent || extent.end <= span.start || extent.start >= span.end) {
      flush()
      result.push(child)
    } else if (extent.start >= span.start && extent.end <= span.end) {
      group.push(child)
    } else {
      flush()
      if ('children' in child)
        child.children = wrapSpan(child.children as PhrasingContent[], span, source, wrap) as typeof child.children
      result.push(child)
    }
  }
  flush()
  return result
}

/** Replaces what lies within a span by other nodes. */
export function replaceSpan(
  children: PhrasingContent[],
  span: Span,
  source: string,
  replacement: PhrasingContent[],
): PhrasingContent[] {
  let done = false
  return children
    .flatMap(child => splitAt(child, span, source))
    .flatMap(child => {
      const extent = extentOf(child)
      if (!extent || extent.end <= span.start || extent.start >= span.end) return [child]
      if (done) return []
      done = true
      return replacement
    })
}

/** Whether two spans share a character; an empty one is taken for one character. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < Math.max(b.end, b.start + 1) && b.start < Math.max(a.end, a.start + 1)
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
const abbreviation = /\b(?:e\.g|i\.e|etc|vs|cf)\.\s*$/i

interface Character extends Span {
  value: string
}

function charactersOf(node: PhrasingContent, source: string): Character[] {
  if (node.type === 'text') return align(node, source)
  if ('children' in node) return (node.children as PhrasingContent[]).flatMap(child => charactersOf(child, source))
  const span = positionOf(node)
  if (!span || node.type === 'html') return []
  const value = node.type === 'inlineCode' ? node.value.replace(/[\s.!?]/g, 'x') : ' '
  return [...value].map(value => ({ value, ...span }))
}

/** Which character of the source each character of a text node comes from: escapes, references and indentation vanish. */
function align(node: Text, source: string): Character[] {
  const span = positionOf(node)
  if (!span) return []
  const characters: Character[] = []
  let offset = span.start
  for (const value of node.value.split('')) {
    const reference = /^&(?:#\w+|\w+);/.exec(source.slice(offset, offset + 40))?.[0]
    if (source[offset] !== value && source[offset] === '\\') offset += 1
    while (offset < span.end && source[offset] !== value && /[ \t>\r]/.test(source[offset] ?? '')) offset += 1
    const length =
      source[offset] !== value && reference ? reference.length : value === '&' && reference ? reference.length : 1
    characters.push({ value: value === '\n' ? ' ' : value, start: offset, end: Math.min(offset + length, span.end) })
    offset += length
  }
  return characters
}

function splitAt(node: PhrasingContent, span: Span, source: string): PhrasingContent[] {
  if (node.type !== 'text') return [node]
  const characters = align(node, source)
  const from = characters.findIndex(character => character.start >= span.start)
  const after = characters.findIndex(character => character.start >= span.end)
  const cuts = [from, after].filter(index => index > 0)
  const bounds = [0, ...cuts, characters.length]
  return bounds.slice(1).flatMap((end, index) => {
    const begin = bounds[index] ?? 0
    const first = characters[begin]
    const last = characters[end - 1]
    if (!first || !last || end <= begin) return []
    return [{ type: 'text' as const, value: node.value.slice(begin, end), position: position(first.start, last.end) }]
  })
}

function extentOf(node: PhrasingContent): Span | undefined {
  if (!('children' in node)) return positionOf(node)
  const extents = (node.children as PhrasingContent[]).flatMap(child => extentOf(child) ?? [])
  if (extents.length === 0) return positionOf(node)
  return {
    start: Math.min(...extents.map(extent => extent.start)),
    end: Math.max(...extents.map(extent => extent.end)),
  }
}

function positionOf({ position }: PhrasingContent): Span | undefined {
  const start = position?.start.offset
  const end = position?.end.offset
  return start === undefined || end === undefined ? undefined : { start, end }
}

/** Only the offset is ever looked at. */
function position(start: number, end: number) {
  return { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } }
}
