import type { Article, Code, Content, Note, Paragraph, Procedure, Step, Table } from '../article/article.ts'
import type { Action, StepReading, Unread } from './action.ts'
import { readSentence, type Clause, type Part } from './clauses.ts'
import { untangle } from './asides.ts'
import { closestExamples } from './hints.ts'
import { introducesMore, placesOfIntroduction } from './introduction.ts'
import { isRunnable } from './languages.ts'
import { openedPage, seemsImperative, startsWithName } from './informing.ts'
import { bareLabel } from './places.ts'
import type { Draft } from './phrase.ts'
import { phrases } from './phrases/index.ts'
import { readTable } from './read-table.ts'
import { splitSentences } from './sentences.ts'
import { placeOf, textOf, tokenize, type Token } from './tokens.ts'
import { Whereabouts } from './where.ts'

/** What a step asks for, in reading order. What looks like an instruction and isn't understood is unread, never guessed. */
export function readStep(step: Step): StepReading {
  return new StepReader(step).read()
}

export interface ProcedureReading {
  procedure: Procedure
  readings: StepReading[]
}

/** Every step of an article, understood as far as possible. */
export function readSteps(article: Article): ProcedureReading[] {
  return article.procedures.map(procedure => ({ procedure, readings: procedure.steps.map(step => readStep(step)) }))
}

/** What reads a sentence: also the cells of tables use it. */
export interface SentenceReader {
  readonly path: string
  readonly whereabouts: Whereabouts
  readSentence(sentence: Token[], row?: string): Action[]
}

class StepReader implements SentenceReader {
  path: string
  readonly whereabouts = new Whereabouts()
  private readonly actions: Action[] = []
  private readonly problems: Unread[] = []
  private readonly tablesRead = new Set<Table>()
  /** What the paragraph that is being read may point at. */
  private nextTable: Table | undefined
  private nextCode: Code | undefined
  private optional = false
  private noting = false
  private lastCondition: string | undefined

  constructor(private readonly step: Step) {
    this.path = step.place.path
  }

  read(): StepReading {
    for (const [index, content] of this.step.content.entries()) this.readContent(content, index)
    return { step: this.step, actions: this.actions, unread: this.problems }
  }

  private readContent(content: Content, index: number): void {
    this.path = content.place.path
    if (content.type === 'paragraph') this.readParagraph(content, index)
    if (content.type === 'table' && !this.tablesRead.has(content) && !this.describes(index))
      this.actions.push(...readTable(content, this))
    if (content.type === 'note') this.readNote(content)
    if (content.type === 'code') this.readCode(content, index)
  }

  private readParagraph(paragraph: Paragraph, index: number): void {
    const following = this.step.content.slice(index + 1).find(({ type }) => type !== 'image' && type !== 'note')
    this.nextTable = following?.type === 'table' ? following : undefined
    this.nextCode = following?.type === 'code' && isRunnable(following) ? following : undefined
    const tokens = tokenize(paragraph.children)
    if (index === 0) this.optional = /^\(?optional\b/i.test(textOf(tokens.slice(0, 2)))
    for (const sentence of splitSentences(tokens)) this.actions.push(...this.readSentence(sentence))
    this.nextTable = undefined
    this.nextCode = undefined
  }

  /** Whether a table is only spoken about: *The following table lists the limits.* */
  private describes(index: number): boolean {
    const before = this.step.content.slice(0, index).findLast(({ type }) => type === 'paragraph')
    if (before?.type !== 'paragraph') return false
    const last = splitSentences(tokenize(before.children)).at(-1)
    return last !== undefined && readSentence(last).every(({ type }) => type === 'inform')
  }

  // > | > [!NOTE]
  // > | > If the list is empty, select **Refresh**.
  //       ^ counts only because it says select
  private readNote(note: Note): void {
    this.noting = true
    for (const paragraph of note.children) {
      this.path = paragraph.place.path
      for (const sentence of splitSentences(tokenize(paragraph.children)))
        if (instructsInNote(sentence)) this.actions.push(...this.readSentence(sentence))
    }
    this.noting = false
  }

  private readCode(code: Code, index: number): void {
    if (!isRunnable(code)) return
    const before = this.step.content[index - 1]
    const when =
      before?.type === 'paragraph' ? /\(([^()]{2,40})\):?$/.exec(textOf(tokenize(before.children)))?.[1] : undefined
    this.actions.push({
      do: 'run',
      target: code.language,
      code: code.value,
      where: [],
      ...(this.optional ? { optional: true as const } : {}),
      ...(when && /\b(?:macos|linux|windows|bash|powershell|cli)\b/i.test(when) ? { when } : {}),
      place: code.place,
    })
  }

  readSentence(sentence: Token[], row?: string): Action[] {
    const { main, asides } = untangle(sentence)
    return [main, ...asides].flatMap(tokens => readSentence(tokens).flatMap(part => this.readPart(part, row)))
  }

  private readPart(part: Part, row: string | undefined): Action[] {
    if (part.type === 'places') {
      this.whereabouts.enter(part.places)
      return []
    }
    if (part.type === 'wait') return this.complete([{ do: 'wait', target: textOf(part.tokens) }], part.tokens)
    if (part.type === 'inform') return this.readInformation(part, row)
    const { clause } = part
    if (clause.refersBack && this.lastCondition && !clause.when) clause.when = this.lastCondition
    if (this.noting && clause.purpose && !clause.when) clause.when = clause.purpose
    return this.readClause(row === undefined ? clause : { ...clause, row })
  }

  private readInformation({ tokens, lead }: Extract<Part, { type: 'inform' }>, row: string | undefined): Action[] {
    this.lastCondition = lead.when
    const page = openedPage(tokens)
    if (page !== undefined) this.whereabouts.open(page)
    const name = this.step.depth > 1 ? startsWithName(tokens) : undefined
    if (name !== undefined) this.whereabouts.open(name)
    const seen = row === undefined && !this.noting ? expectation(tokens) : undefined
    if (seen) return this.complete([{ do: 'verify', target: textOf(seen) }], tokens)
    if (row === undefined && !this.noting && seemsImperative(tokens)) this.report('unknown', tokens, [])
    return []
  }

  private readClause(clause: Clause): Action[] {
    if (clause.how) return this.enterHow(clause)
    if (introducesMore(clause, this.nextTable !== undefined)) return this.readIntroduced(clause)
    if (this.nextCode && isCoveredByCode(clause)) return []
    const readings = new Map<string, Draft[]>()
    for (const phrase of Object.values(phrases)) {
      if (!phrase.verbs.has(clause.verb)) continue
      const drafts = phrase.read(clause)
      if (drafts) readings.set(JSON.stringify(drafts.map(({ tokens: _, ...rest }) => rest)), drafts)
    }
    const [drafts, ...others] = [...readings.values()]
    if (drafts && others.length === 0) return this.complete(drafts, clause.tokens, clause)
    const candidates = [...readings.values()].map(each => this.complete(each, clause.tokens, clause))
    if (clause.row === undefined) this.report(drafts ? 'ambiguous' : 'unknown', clause.tokens, candidates)
    return []
  }

  // > | Specify the **Scope** by clicking the icon
  //                 ^ where the click happens
  private enterHow({ objects }: Clause): Action[] {
    const labels = objects.filter(({ kind }) => kind === 'label')
    const [label] = labels
    if (label && labels.length === 1)
      this.whereabouts.enter([{ name: bareLabel(label.text), kind: 'page', preposition: 'on' }])
    return []
  }

  private readIntroduced(clause: Clause): Action[] {
    this.whereabouts.enter(placesOfIntroduction(clause))
    const table = this.nextTable
    const repeated = clause.verb === 'repeat' ? (phrases.repeat?.read(clause) ?? []) : []
    const actions = this.complete(repeated, clause.tokens, clause)
    if (!table || this.tablesRead.has(table)) return actions
    this.nextTable = undefined
    this.tablesRead.add(table)
    return [...actions, ...readTable(table, this)]
  }

  private report(status: Unread['status'], tokens: Token[], readings: Action[][]): void {
    const place = placeOf(tokens, this.path)
    if (!place) return
    const text = textOf(tokens)
    this.problems.push({ status, text, place, readings, hints: closestExamples(text) })
  }

  private complete(drafts: Draft[], tokens: Token[], clause?: Clause): Action[] {
    const actions: Action[] = []
    for (const [index, { where, tokens: own, chained, ...draft }] of drafts.entries()) {
      const place = placeOf(own ?? tokens, this.path)
      if (!place) continue
      if (chained) this.whereabouts.select()
      if (draft.do === 'set' && draft.target !== undefined) this.whereabouts.leaveField(draft.target)
      const action = {
        ...draft,
        where: [...this.whereabouts.names, ...(where ?? [])],
        ...(clause?.optional || this.optional ? { optional: true as const } : {}),
        ...(clause?.when && !('when' in draft) ? { when: clause.when } : {}),
        ...(clause?.or && index === 0 ? { or: true as const } : {}),
        place,
      } as Action
      actions.push(action)
    }
    if (actions.some(({ do: kind }) => kind === 'select' || kind === 'search')) this.whereabouts.select()
    const page = clause ? openedPage(clause.objects) : undefined
    if (page !== undefined) this.whereabouts.open(page)
    return actions
  }
}

/** A code block does what the sentence above it says, except for what is to be replaced in it. */
function isCoveredByCode({ verb, objects }: Clause): boolean {
  return (
    !['replace', 'edit', 'update', 'change', 'substitute', 'sign in to', 'sign in', 'go to', 'open'].includes(verb) &&
    !objects.some(({ kind }) => kind === 'label')
  )
}

function instructsInNote(sentence: Token[]): boolean {
  return readSentence(sentence).some(
    part =>
      part.type === 'clause' &&
      !part.clause.optional &&
      (part.clause.verb.startsWith('wait') ||
        (part.clause.verb === 'select' && part.clause.objects.some(({ kind }) => kind === 'label'))),
  )
}

// > | You should see **Validation passed**.
//     ^
function expectation(tokens: Token[]): Token[] | undefined {
  const words = textOf(tokens.slice(0, 3)).toLowerCase()
  const match = /^(?:you should (?:now )?see|you'll see|you will see|you should (?:be able|have|receive|get))\b/.exec(
    textOf(tokens.slice(0, 5)).toLowerCase(),
  )
  if (!match || words === '') return undefined
  const count = match[0].split(' ').length
  return tokens.slice(match[0].startsWith('you should') && !match[0].endsWith('see') ? 0 : count)
}
