import type { Cell, Place, Row, Table } from '../article/article.ts'
import type { Action } from './action.ts'
import { untangle } from './asides.ts'
import { bareLabel } from './places.ts'
import type { SentenceReader } from './read-step.ts'
import { splitSentences } from './sentences.ts'
import { units } from './phrases/verify.ts'
import { stated, supplied } from './supplied.ts'
import { textOf, tokenize, wordsOf, type Token } from './tokens.ts'

/**
 * A settings table: each row gives a field its value. A bold row without a value is the group of those below; with
 * three columns a first column of tabs or sections is the place, and carries down over empty cells.
 */
export function readTable(table: Table, reader: SentenceReader): Action[] {
  reader.startForm()
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
      const led = readLeading(row.cells[columns.field], reader)
      if (led) {
        group = []
        return led
      }
      group = [name]
      return []
    }
    const tab = tabOf(row, columns.field)
    return readRow(name, value, tab === undefined ? [...outer, ...group] : [...outer, tab], reader)
  })
}

// > | Select **Advanced** | |
//     ^ an instruction between the fields
function readLeading(cell: Cell | undefined, reader: SentenceReader): Action[] | undefined {
  const tokens = tokenize(cell?.children ?? [])
  const leads = /^(?:select|click|expand|open)$/.test(tokens[0]?.lower ?? '') && tokens[1]?.kind === 'label'
  return leads ? reader.whereabouts.during(() => reader.readSentence(tokens)) : undefined
}

const tabNote = /\s\((?:on )?(?:the )?([A-Z][\w ]*?) (?:tab|page|section|blade|pane)\)$/

// > | Job title (Properties tab)
//                ^ where the field is
function tabOf({ cells }: Row, column: number): string | undefined {
  return tabNote.exec(cells[column]?.text ?? '')?.[1]
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

/** A field and what is said behind its name, as a row of a table or as an item of a list has it. */
export function readField(name: string, value: Token[], reader: SentenceReader): Action[] {
  const first = value[0]
  const last = value.at(-1)
  if (!first || !last) return []
  const place = { path: reader.path, start: first.start, end: last.end }
  return readValue(name, { tokens: value, text: textOf(value), place }, [], reader)
}

function readRow(name: string, { children, text, place }: Cell, group: string[], reader: SentenceReader): Action[] {
  return readValue(name, { tokens: tokenize(children), text, place }, group, reader)
}

interface Value {
  tokens: Token[]
  text: string
  place: Place
}

function readValue(name: string, value: Value, group: string[], reader: SentenceReader): Action[] {
  const around = reader.whereabouts.names.length
  const sentences = splitSentences(unquote(value.tokens))
  const read =
    readPlainValue(name, value) ?? reader.whereabouts.during(() => readSentences(sentences, name, value, reader))
  return read.map(action => ({
    ...action,
    where: [...reader.whereabouts.names, ...group, ...action.where.slice(around)],
  }))
}

// > | Size | Leave the default        Soft delete | Selected
//             ^ one word for what to do
function readPlainValue(name: string, { text, place }: Value): Action[] | undefined {
  const bare = text
    .replace(/\s\([^()]*\)$/, '')
    .replace(/[.*]+$/, '')
    .trim()
    .toLowerCase()
  if (bare === 'blank') return [{ do: 'keep', target: name, value: text, where: [], place }]
  if (keeps.test(bare)) return [{ do: 'keep', target: name, where: [], place }]
  if (/^(?:selected|checked|tick(?:ed)?|check|select|(?:check|select|tick) (?:the |this )?(?:check ?)?box)$/.test(bare))
    return [{ do: 'check', target: name, where: [], place }]
  if (
    /^(?:unselected|not selected|unchecked|cleared|deselected|uncheck|clear|(?:uncheck|clear|deselect) (?:the |this )?(?:check ?)?box)$/.test(
      bare,
    )
  )
    return [{ do: 'clear', target: name, where: [], place }]
  return undefined
}

const keeps =
  /^(?:(?:review and )?(?:leave|keep|use|accept|select|take)?\s*(?:(?:the|as|at|its|all|your) )*defaults?(?: (?:values?|settings?|options?|selections?))*|no changes?|leave (?:it |this )?(?:blank|empty|as is|unchanged)|empty|n\/a|unchanged|leave as-is|not applicable)$/

function readSentences(sentences: Token[][], name: string, value: Value, reader: SentenceReader): Action[] {
  const [first = [], ...others] = sentences
  const { main, asides } = untangle(first)
  const opening = instructions(main, name, reader)
  const rest = [...asides, ...others].flatMap(sentence => instructions(sentence, name, reader))
  const kept = opening.find(({ do: kind }) => kind === 'keep')
  if (kept && opening.length > 1 && opening.every(action => action === kept || suppliesField(action, name))) {
    const { or: _, ...keep } = kept
    return [keep]
  }
  if (opening.some(({ do: kind }) => kind !== 'manual'))
    return [...opening, ...rest.filter(({ do: kind }) => kind !== 'manual')]
  const choices = opening.length === 0 ? choicesIn(main) : undefined
  if (choices)
    return choices.map((choice, index): Action => ({
      do: 'set',
      target: name,
      value: choice,
      where: reader.whereabouts.names,
      ...(index > 0 ? { or: true as const } : {}),
      place: value.place,
    }))
  const literal = opening.length > 0 ? literalAfterWith(main) : undefined
  const said = literal ?? bareValue(main, value)
  const bare: Action = { do: 'set', target: name, value: said, where: reader.whereabouts.names, place: value.place }
  return [bare, ...rest.filter(({ do: kind }) => kind !== 'manual')]
}

// > | Size | Choose a size or leave the default
//             ^ the default will do
function suppliesField(action: Action, name: string): boolean {
  return action.do === 'set' && action.target === name && action.value.startsWith('?')
}

/** What a sentence of a cell asks for; remarks on what to notice are nothing. */
function instructions(sentence: Token[], name: string, reader: SentenceReader): Action[] {
  return reader.readSentence(sentence, name).filter(({ do: kind }) => kind !== 'review')
}

// > | Scope | Either **Subscription** or **Group**
//                    ^ alternatives
function choicesIn(tokens: Token[]): string[] | undefined {
  const [either, first, or, second] = tokens
  if (either?.lower !== 'either' || or?.lower !== 'or' || tokens.length !== 4) return undefined
  const named = [first, second].filter(token => token?.kind === 'label' || token?.kind === 'literal')
  return named.length === 2 ? named.map(token => stated(bareLabel(token?.text ?? ''))) : undefined
}

// > | Address | Replace the old one with `10.0.0.0/16`
//                                        ^ the value
function literalAfterWith(tokens: Token[]): string | undefined {
  const at = tokens.findIndex(
    ({ lower }, index) => (lower === 'with' || lower === 'to') && tokens[index + 1]?.kind === 'literal',
  )
  return at < 0 ? undefined : stated(tokens[at + 1]?.text ?? '')
}

// > | Password | **Provide a complex password**
//                ^ an instruction, however it is set
function unquote(tokens: Token[]): Token[] {
  return tokens.flatMap(token => {
    if (token.kind !== 'label' && token.kind !== 'literal') return [token]
    if (
      !/^(?:(?:select|choose) (?:your|any|one)|(?:enter|provide|type|specify) (?:a|an|the|your|any)|your|the name of|any) /i.test(
        token.text,
      )
    )
      return [token]
    return wordsOf(token)
  })
}

// > | VM name | `myVM`          Name | The name of the registry.
//               ^ no verb              ^ describes what the reader supplies
function bareValue(first: Token[], value: Value): string {
  const whole = value.tokens
  const bracketed = whole[0]?.text === '(' || whole[0]?.text.startsWith('(')
  if (bracketed) return stated(bareLabel(textOf(splitSentences(whole)[0] ?? [])))
  const [start, unit] = first
  if (first.length === 2 && start?.kind === 'literal' && unit && unit.kind === 'word' && units.test(unit.lower))
    return stated(textOf(first))
  if (
    start &&
    (start.kind === 'literal' || start.kind === 'label') &&
    (first.length === 1 || first[1]?.kind !== 'label')
  )
    return stated(bareLabel(start.text))
  const own = first.length > 0 ? first : (splitSentences(value.tokens)[0] ?? [])
  const text = textOf(own)
  return isDescription(own, value.text) ? supplied(nounPhrase(own)) : stated(bareLabel(text))
}

function isDescription(tokens: Token[], whole: string): boolean {
  const [first] = tokens
  if (first?.kind !== 'word') return false
  if (
    /^(?:the|a|an|your|current|today's|tomorrow's|yesterday's|name of|this|any|unique|custom|specify|whether|how|number of|optional)\b/i.test(
      textOf(tokens),
    )
  )
    return true
  if (tokens.length > 5 && /\b(?:your|which|that|used|is|are)\b/i.test(textOf(tokens))) return true
  return /\.\s*$/.test(whole) && tokens.length > 3
}

function nounPhrase(tokens: Token[]): string {
  const at = tokens.findIndex(
    ({ lower, kind }, index) =>
      index > 0 && kind === 'word' && /^(?:must|is|are|can|should|will|has|may|that|which)$/.test(lower),
  )
  return textOf(at < 0 ? tokens : tokens.slice(0, at))
}

// > | Image (see all images)
//            ^ no part of the name
function textIn({ cells }: Row, column: number): string {
  return bareLabel(
    (cells[column]?.text ?? '')
      .replace(tabNote, '')
      .replace(/\s\((?:see|optional|required|if|default|note)\b[^()]*\)$/i, ''),
  )
}
