import type { PhrasingContent } from 'mdast'
import type { Cell, Place, Row, Step } from '../../../src/article/article.ts'

/** Words that an article sets apart, and exactly where they stand: without asterisks, back ticks and bars. Offsets in its text. */
export interface Words {
  kind: 'bold' | 'italic' | 'code' | 'cell'
  text: string
  start: number
  end: number
  line: number
  /** In a table: the row that they stand in, and the column, from 0. */
  row?: Row
  column?: number
}

/** What a step writes in bold, in italics or as code, and the plain cells of its tables. */
export function wordsOf({ content }: Step): Words[] {
  return content.flatMap((part): Words[] => {
    if (part.type === 'paragraph') return part.children.flatMap(inline)
    if (part.type !== 'table') return []
    return part.rows.flatMap(row => row.cells.flatMap((cell, column) => inCell(cell, { row, column })))
  })
}

/** Whether words stand within a place, or in the same row of a table as it. */
export function standsBy({ start, end, row }: Words, place: Place): 'inside' | 'row' | undefined {
  const within = (outer: Place) => outer.start.offset <= start && end <= outer.end.offset
  if (within(place)) return 'inside'
  const rowAround =
    row && row.place.start.offset <= place.start.offset && place.end.offset <= row.place.end.offset ? row : undefined
  return rowAround ? 'row' : undefined
}

/** A label as the actions have it: without the plus sign of an icon, in one case, blanks made one. */
export function foldWords(text: string): string {
  return text
    .replace(/^\s*\+\s*/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

const kinds = { strong: 'bold', emphasis: 'italic', inlineCode: 'code' } as const

function inline(node: PhrasingContent): Words[] {
  const { position } = node
  if (!position) return []
  if (node.type === 'inlineCode') {
    const marks = ((position.end.offset ?? 0) - (position.start.offset ?? 0) - node.value.length) / 2
    const start = (position.start.offset ?? 0) + marks
    // Back ticks with blanks inside of them are left alone.
    return Number.isInteger(marks)
      ? [{ kind: 'code', text: node.value, start, end: start + node.value.length, line: position.start.line }]
      : []
  }
  if (node.type === 'link') return node.children.flatMap(inline)
  if (node.type !== 'strong' && node.type !== 'emphasis') return []
  return innermost(node, kinds[node.type])
}

/** > ***backup***: bold around italic is one pair of marks around the same words. */
function innermost(node: PhrasingContent, kind: Words['kind']): Words[] {
  if (node.type !== 'strong' && node.type !== 'emphasis') return inline(node)
  const [only, ...others] = node.children
  if (only && others.length === 0 && only.type !== 'text') return innermost(only, kind)
  if (!node.children.every(child => child.type === 'text')) return []
  return plain(node.children, kind)
}

function plain(children: readonly PhrasingContent[], kind: Words['kind']): Words[] {
  const first = children[0]?.position?.start
  const last = children.at(-1)?.position?.end
  const text = children.map(child => (child.type === 'text' ? child.value : '')).join('')
  const [start, end] = [first?.offset, last?.offset]
  // Escapes and entities make the source longer than the text: where words stand in it is then not known to the letter.
  if (start === undefined || end === undefined || end - start !== text.length || text.trim() === '') return []
  const before = text.length - text.trimStart().length
  return [
    { kind, text: text.trim(), start: start + before, end: start + text.trimEnd().length, line: first?.line ?? 0 },
  ]
}

function inCell({ children }: Cell, where: { row: Row; column: number }): Words[] {
  const whole = children.length > 0 && children.every(child => child.type === 'text') ? plain(children, 'cell') : []
  return [...whole, ...children.flatMap(inline)].map(words => ({ ...words, ...where }))
}
