import type { Cell, Table } from '../article/article.ts'
import type { Action } from './action.ts'
import type { Reader } from './read-step.ts'
import { splitSentences } from './sentences.ts'
import { stated } from './supplied.ts'
import { bareLabel } from './places.ts'
import { tokenize, type Token } from './tokens.ts'

/** A settings table: each row gives a field its value, a bold row without a value is the group of those below. */
export function readTable(table: Table, reader: Reader): Action[] {
  let group: string[] = []
  return table.rows.flatMap(row => {
    const name = nameOf(row.cells[0])
    const value = row.cells[1]
    if (name === '') return []
    if (!value || value.text === '') {
      group = [name]
      return []
    }
    return readRow(name, value, group, reader)
  })
}

function readRow(name: string, value: Cell, group: string[], reader: Reader): Action[] {
  const sentences = splitSentences(tokenize(value.children))
  const actions = sentences.flatMap(sentence => reader.readSentence(sentence, name))
  const found = actions.length > 0 ? actions : readBare(sentences[0] ?? [], value, name, reader)
  return found.map(action => ({ ...action, where: withGroup(action.where, group, reader.whereabouts.names) }))
}

function withGroup(where: string[], group: string[], around: string[]): string[] {
  return [...around, ...group, ...where.slice(around.length)]
}

// > | VM name | `myVM`
//               ^ no verb
function readBare(_sentence: Token[], value: Cell, name: string, reader: Reader): Action[] {
  return [{ do: 'set', target: name, value: stated(value.text), where: reader.whereabouts.names, place: value.place }]
}

function nameOf(cell: Cell | undefined): string {
  return cell ? bareLabel(cell.text) : ''
}
