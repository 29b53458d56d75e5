import type { PhrasingContent } from 'mdast'
import type { Cell, Row, Table } from './article.ts'
import { plainText } from './inline.ts'
import { placeBetween, pointAt, type SourceFile } from './source-file.ts'

/**
 * Reads a table that is written in HTML. `start` and `end` are where it stands in its file. Undefined when there is
 * none; whatever isn't table, row, cell or simple formatting is passed over.
 */
export function readHtmlTable(file: SourceFile, start: number, end: number): Table | undefined {
  const source = file.text.slice(start, end)
  if (!/<table\b/i.test(source)) return undefined
  const rows: { row: Row; header: boolean }[] = []
  let cells: Cell[] | undefined
  let rowStart = 0
  let header = false
  let cell: CellInProgress | undefined

  const endCell = (at: number) => {
    if (cell && cells) cells.push(finishCell(file, cell, start + at))
    cell = undefined
  }
  const endRow = (at: number) => {
    endCell(at)
    if (cells && cells.length > 0) {
      const place = placeBetween(file, start + rowStart, start + at)
      rows.push({ row: { type: 'row', cells, place }, header })
    }
    cells = undefined
  }

  let copied = 0
  for (const tag of source.matchAll(/<(\/?)([a-z][a-z0-9]{0,20})\b[^<>]{0,2000}>|<!--/gi)) {
    const name = (tag[2] ?? '').toLowerCase()
    const closing = tag[1] === '/'
    if (cell) addText(cell, file, start + copied, start + tag.index)
    copied = tag.index + tag[0].length
    if (name === 'tr' || name === 'table') {
      endRow(closing ? copied : tag.index)
      if (name === 'tr' && !closing) {
        cells = []
        rowStart = tag.index
        header = false
      }
    } else if (name === 'td' || name === 'th') {
      endCell(tag.index)
      if (!closing && cells) {
        cell = { start: start + copied, children: [], formats: [] }
        header ||= name === 'th' && cells.length === 0
      }
    } else if (cell) applyTag(cell, file, name, closing, start + tag.index, start + copied)
  }
  endRow(source.length)
  const head = rows[0]?.header ? rows[0].row.cells : []
  return {
    type: 'table',
    header: head,
    rows: rows.slice(rows[0]?.header ? 1 : 0).map(({ row }) => row),
    place: placeBetween(file, start, end),
  }
}

interface CellInProgress {
  start: number
  children: PhrasingContent[]
  formats: ('strong' | 'emphasis' | 'code')[]
}

const formats: Record<string, 'strong' | 'emphasis' | 'code'> = {
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
  code: 'code',
  kbd: 'code',
}

function applyTag(
  cell: CellInProgress,
  file: SourceFile,
  name: string,
  closing: boolean,
  start: number,
  end: number,
): void {
  const format = formats[name]
  if (format && closing) cell.formats = cell.formats.filter(open => open !== format)
  else if (format) cell.formats.push(format)
  else if (['br', 'p', 'li', 'div'].includes(name))
    cell.children.push({ type: 'break', position: { start: pointAt(file, start), end: pointAt(file, end) } })
}

function addText(cell: CellInProgress, file: SourceFile, start: number, end: number): void {
  const raw = file.text.slice(start, end)
  for (const piece of raw.matchAll(/[^\n&]+|&[a-z0-9#]{1,10};|&|\n/gi)) {
    const value = piece[0].replace(/^&([a-z0-9#]+);$/i, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
    const position = {
      start: pointAt(file, start + piece.index),
      end: pointAt(file, start + piece.index + piece[0].length),
    }
    const text = { type: 'text' as const, value, position }
    const format = cell.formats.at(-1)
    if (format === undefined || value.trim() === '') cell.children.push(text)
    else if (format === 'code') cell.children.push({ type: 'inlineCode', value: value.trim(), position })
    else cell.children.push({ type: format, children: [text], position })
  }
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', '#39': "'" }

function finishCell(file: SourceFile, { start, children }: CellInProgress, end: number): Cell {
  while (children[0]?.type === 'break') children.shift()
  while (children.at(-1)?.type === 'break') children.pop()
  return { type: 'cell', text: plainText(children), children, place: placeBetween(file, start, end) }
}
