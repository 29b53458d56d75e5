import type { Article, Content, Procedure, Step } from '../article/article.ts'
import type { Action, StepReading, Unread } from './action.ts'
import { readSentence, type Clause, type Part } from './clauses.ts'
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

/** What a sentence is read into: also the cells of tables use it. */
export interface Reader {
  readonly path: string
  readonly whereabouts: Whereabouts
  readSentence(sentence: Token[], row?: string): Action[]
  unread(unread: Unread): void
}

class StepReader implements Reader {
  readonly whereabouts = new Whereabouts()
  private readonly actions: Action[] = []
  private readonly problems: Unread[] = []
  path: string

  constructor(private readonly step: Step) {
    this.path = step.place.path
  }

  read(): StepReading {
    for (const content of this.step.content) this.readContent(content)
    return { step: this.step, actions: this.actions, unread: this.problems }
  }

  unread(unread: Unread): void {
    this.problems.push(unread)
  }

  private readContent(content: Content): void {
    this.path = content.place.path
    if (content.type === 'paragraph')
      for (const sentence of splitSentences(tokenize(content.children)))
        this.actions.push(...this.readSentence(sentence))
    if (content.type === 'table') this.actions.push(...readTable(content, this))
  }

  readSentence(sentence: Token[], row?: string): Action[] {
    return readSentence(sentence).flatMap(part => this.readPart(part, row))
  }

  private readPart(part: Part, row: string | undefined): Action[] {
    if (part.type === 'places') {
      this.whereabouts.enter(part.places)
      return []
    }
    if (part.type === 'wait') return this.complete([{ do: 'wait', target: textOf(part.tokens) }], part.tokens)
    if (part.type === 'clause') return this.readClause(row === undefined ? part.clause : { ...part.clause, row })
    return []
  }

  private readClause(clause: Clause): Action[] {
    if (introducesList(clause)) return []
    const readings = new Map<string, Draft[]>()
    for (const phrase of Object.values(phrases)) {
      if (!phrase.verbs.has(clause.verb)) continue
      const drafts = phrase.read(clause)
      if (drafts) readings.set(JSON.stringify(drafts.map(({ tokens: _, ...rest }) => rest)), drafts)
    }
    const [drafts, ...others] = [...readings.values()]
    if (drafts && others.length === 0) return this.complete(drafts, clause.tokens, clause)
    const place = placeOf(clause.tokens, this.path)
    if (!place) return []
    const candidates = [...readings.values()].map(each => this.complete(each, clause.tokens, clause))
    this.unread({
      status: drafts ? 'ambiguous' : 'unknown',
      text: textOf(clause.tokens),
      place,
      readings: candidates,
      hints: [],
    })
    return []
  }

  private complete(drafts: Draft[], tokens: Token[], clause?: Clause): Action[] {
    const actions: Action[] = []
    for (const [index, { where, tokens: own, ...draft }] of drafts.entries()) {
      const place = placeOf(own ?? tokens, this.path)
      if (!place) continue
      const action = {
        ...draft,
        where: [...this.whereabouts.names, ...(where ?? [])],
        ...(clause?.optional ? { optional: true as const } : {}),
        ...(clause?.when && !('when' in draft) ? { when: clause.when } : {}),
        ...(clause?.or && index === 0 ? { or: true as const } : {}),
        place,
      } as Action
      actions.push(action)
      if (action.do === 'select') this.whereabouts.select()
      if (action.do === 'search') this.whereabouts.select()
    }
    return actions
  }
}

// > | Enter or select the following information:
//                         ^ the table says what
function introducesList({ objects }: Clause): boolean {
  const text = textOf(objects)
  return /\b(?:following|below)\b/i.test(text) && !objects.some(({ kind }) => kind === 'label' || kind === 'literal')
}
