import type { Cell, Row, Table } from '../article/article.ts'
import type { Action } from './action.ts'
import { bareLabel } from './places.ts'
import type { SentenceReader } from './read-step.ts'
import { splitSentences } from './sentences.ts'
import { stated, supplied } from './supplied.ts'
import { textOf, tokenize, type Token } from './tokens.ts'

/**
 * A settings table: each row gives a field its value. A bold row without a value is the group of those below; with
 * three columns a first column of tabs or sections is the place, and carries down over empty cells.
 */
export function readTable(table: Table, reader: SentenceReader): Action[] {
  const columns = columnsOf(table)
  let outer: string[] = []
  let group: string[] = []
  return table.rows.flatMap(row => {
    const name = textIn(row, columns.field)
    const value = row.cells[columns.value]
    if (columns.place !== undefined) {
      const place = textIn(row, columns.place)
      if (place !== '') {
        outer = [place]
        group = []
      }
    }
    if (name === '') return []
    if (!value || value.text === '') {
      group = [name]
      return []
    }
    return readRow(name, value, [...outer, ...group], reader)
  })
}

interface Columns {
  place?: number
  field: number
  value: number
}

const placeHeader = /^(?:tab|section|page|group|blade|pane|category|area|step|screen)s?\b/i

function columnsOf({ header, rows }: Table): Columns {
  const width = Math.max(header.length, ...rows.slice(0, 50).map(({ cells }) => cells.length))
  if (width < 3) return { field: 0, value: 1 }
  const first = header[0]?.text ?? ''
  const carriesDown = rows.some(({ cells }) => cells[0]?.text === '' && (cells[1]?.text ?? '') !== '')
  return placeHeader.test(first) || carriesDown ? { place: 0, field: 1, value: 2 } : { field: 0, value: 1 }
}

function readRow(name: string, value: Cell, group: string[], reader: SentenceReader): Action[] {
  const around = reader.whereabouts.names.length
  const sentences = splitSentences(tokenize(value.children))
  const plain = readPlainValue(name, value)
  const read = plain ?? readSentences(sentences, name, value, reader)
  return read.map(action => ({
    ...action,
    where: [...reader.whereabouts.names, ...group, ...action.where.slice(around)],
  }))
}

// > | Size | Leave the default        Soft delete | Selected
//             ^ one word for what to do
function readPlainValue(name: string, { text, place }: Cell): Action[] | undefined {
  const bare = text
    .replace(/[.*]+$/, '')
    .trim()
    .toLowerCase()
  if (keeps.test(bare)) return [{ do: 'keep', target: name, where: [], place }]
  if (/^(?:selected|checked|tick(?:ed)?|check|select)$/.test(bare))
    return [{ do: 'check', target: name, where: [], place }]
  if (/^(?:unselected|not selected|unchecked|cleared|deselected|uncheck|clear)$/.test(bare))
    return [{ do: 'clear', target: name, where: [], place }]
  return undefined
}

const keeps =
  /^(?:(?:leave|keep|use|accept|select)?\s*(?:(?:the|as|at|its|all|your) )*defaults?(?: (?:values?|settings?|options?|selections?))*(?: \(.*\))?|no changes?|blank|leave (?:it |this )?(?:blank|empty|as is|unchanged)|empty|n\/a|unchanged|leave as-is|not applicable)$/

function readSentences(sentences: Token[][], name: string, value: Cell, reader: SentenceReader): Action[] {
  const [first = []] = sentences
  const actions = sentences
    .flatMap(sentence => reader.readSentence(sentence, name))
    .filter(({ do: kind }) => kind !== 'review')
  const driving = actions.filter(({ do: kind }) => kind !== 'manual')
  const startsBare =
    first.length > 0 && !reader.readSentence(first, name).some(({ do: kind }) => kind !== 'manual' && kind !== 'review')
  if (!startsBare) return actions
  const bare: Action = {
    do: 'set',
    target: name,
    value: bareValue(sentences, value),
    where: reader.whereabouts.names,
    place: value.place,
  }
  return [bare, ...driving]
}

// > | VM name | `myVM`          Name | The name of the registry.
//               ^ no verb              ^ describes what the reader supplies
function bareValue(sentences: Token[][], value: Cell): string {
  const [first = []] = sentences
  const [start] = first
  if (
    start &&
    (start.kind === 'literal' || start.kind === 'label') &&
    (first.length === 1 || first[1]?.kind !== 'label')
  )
    return stated(bareLabel(start.text))
  const aside = first.findIndex(({ text }, index) => index > 0 && text === '(')
  const own = aside > 0 ? first.slice(0, aside) : first
  const text = textOf(own)
  return isDescription(own, value.text) ? supplied(nounPhrase(own)) : stated(bareLabel(text))
}

function isDescription(tokens: Token[], whole: string): boolean {
  const [first] = tokens
  if (first?.kind !== 'word') return false
  if (
    /^(?:the|a|an|your|name of|this|any|unique|custom|specify|whether|how|number of|optional)\b/i.test(textOf(tokens))
  )
    return true
  return /\.\s*$/.test(whole) && tokens.length > 3
}

function nounPhrase(tokens: Token[]): string {
  const at = tokens.findIndex(
    ({ lower, kind }, index) =>
      index > 0 && kind === 'word' && /^(?:must|is|are|can|should|will|has|may|that|which)$/.test(lower),
  )
  return textOf(at < 0 ? tokens : tokens.slice(0, at))
}

function textIn({ cells }: Row, column: number): string {
  return bareLabel(cells[column]?.text ?? '')
}
