import type { Article, Code, Content, Note, Paragraph, Place, Procedure, Step, Table } from '../article/article.ts'
import type { Action, StepReading, Unread } from './action.ts'
import { longestSentence, readSentence, type Clause, type Part } from './clauses.ts'
import { untangle } from './asides.ts'
import { closestExamples } from './hints.ts'
import { introducesMore, placesOfIntroduction } from './introduction.ts'
import { isRunnable } from './languages.ts'
import { openedPage, seemsImperative, startsWithName } from './informing.ts'
import { bareLabel } from './places.ts'
import type { Draft, Phrase } from './phrase.ts'
import { phrases } from './phrases/index.ts'
import { readField, readTable } from './read-table.ts'
import { splitSentences } from './sentences.ts'
import { supplied } from './supplied.ts'
import { placeOf, textOf, tokenize, type Token } from './tokens.ts'
import { determiners } from './verbs.ts'
import { namesOf, Whereabouts } from './where.ts'

/** What a step asks for, in reading order. What looks like an instruction and isn't understood is unread, never guessed. */
export function readStep(step: Step, context: StepContext = {}): StepReading {
  return new StepReader(step, context).read()
}

/** What a nested step needs to know of the step that it stands in. */
export interface StepContext {
  /** The verb that introduces the nested items: *Select the following categories:* */
  verb?: string
  /** The nested items are offered, not asked for: *On this page, you can:* */
  offered?: boolean
  /** Steps are nested in it. */
  leads?: boolean
}

export interface ProcedureReading {
  procedure: Procedure
  readings: StepReading[]
}

/** Every step of an article, understood as far as possible. */
export function readSteps(article: Article): ProcedureReading[] {
  return article.procedures.map(procedure => ({ procedure, readings: readProcedure(procedure) }))
}

function readProcedure({ steps }: Procedure): StepReading[] {
  const parents: Step[] = []
  return steps.map((step, index) => {
    parents.length = Math.min(parents.length, step.depth - 1)
    const parent = parents.at(-1)
    parents.push(step)
    const leads = (steps[index + 1]?.depth ?? 0) > step.depth
    return readStep(step, { ...(parent ? contextOf(parent) : {}), ...(leads ? { leads } : {}) })
  })
}

// > | Select the following categories:      On this page, you can:
//     ^ what to do with the nested items
function contextOf(parent: Step): StepContext {
  const sentences = parent.content.flatMap(content =>
    content.type === 'paragraph' ? splitSentences(tokenize(content.children)).slice(-1) : [],
  )
  const last = sentences.at(-1)
  if (last && /\byou can(?: also)?:?$/i.test(textOf(last))) return { offered: true }
  const verb = sentences.map(introducingVerb).findLast(found => found !== undefined)
  return verb === undefined ? {} : { verb }
}

function introducingVerb(sentence: Token[]): string | undefined {
  const clauses = readSentence(sentence).flatMap(part => (part.type === 'clause' ? [part.clause] : []))
  return clauses.findLast(clause => introducesMore(clause, false))?.verb
}

/** What reads a sentence: also the cells of tables use it. */
export interface SentenceReader {
  readonly path: string
  readonly whereabouts: Whereabouts
  readSentence(sentence: Token[], row?: string): Action[]
  /** A form begins: a command that led to it leaves behind where that command was. */
  startForm(): void
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
  /** A command led to a form: what is entered from now on is entered there. */
  private formOpened = false
  private endsInColon = false
  /** A command of a field led into it: *For **Group**, select **Create new**, enter ...* */
  private insideField: string | undefined
  /** The verb that introduced what the step's further paragraphs list. */
  private introducing: string | undefined
  private lastAction: Action | undefined
  private lastDone: Action['do'] | undefined
  private searched: { value: string; words: string } | undefined

  constructor(
    private readonly step: Step,
    private readonly context: StepContext,
  ) {
    this.path = step.place.path
  }

  read(): StepReading {
    for (const [index, content] of this.step.content.entries()) this.readContent(content, index)
    return { step: this.step, actions: withoutFinding(this.actions), unread: this.problems }
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
    this.endsInColon = tokens.at(-1)?.text.endsWith(':') === true
    if (index === 0) this.optional = this.context.offered === true || /^\(?optional\b/i.test(textOf(tokens.slice(0, 2)))
    const listed = this.readListed(tokens, index === 0 ? this.context.verb : this.introducing)
    if (listed) {
      this.actions.push(...listed)
      return
    }
    for (const sentence of splitSentences(tokens)) {
      if (/^did you know\b/i.test(textOf(sentence))) break
      const title = this.endsInColon && sentence.length === 1 && sentence[0]?.kind === 'label'
      if (!title) this.actions.push(...this.readSentence(sentence))
    }
    this.nextTable = undefined
    this.nextCode = undefined
  }

  // > | Select the following categories:
  // > | - **Audit logs**
  //       ^ takes the verb from above
  private readListed(tokens: Token[], verb: string | undefined): Action[] | undefined {
    if (verb !== undefined && /^(?:verify|confirm|ensure|check|make sure)/.test(verb) && !plainInstruction(tokens))
      return this.readClause({ verb: 'verify', objects: tokens, tokens, places: [] })
    const [label, ...rest] = tokens
    const bare = verb !== undefined && entering.has(verb) && this.step.depth > 1 && isBareName(tokens)
    if (bare) return this.complete([{ do: 'set', target: textOf(tokens), value: supplied(textOf(tokens)) }], tokens)
    if (label?.kind !== 'label') return undefined
    const name = bareLabel(label.text)
    const value =
      rest[0]?.kind === 'mark' && separators.has(rest[0].text)
        ? rest.slice(1)
        : /:$/.test(label.text)
          ? rest
          : undefined
    const single =
      this.step.depth > 1 && value?.filter(({ kind }) => kind !== 'mark').length === 1 && value[0]?.kind === 'literal'
    if (value && value.length > 0 && label.url === undefined && (single || (verb !== undefined && fills.has(verb))))
      return readField(name, value, this)
    if (verb === undefined) return undefined
    if (rest.some(({ kind }) => kind !== 'mark')) return undefined
    if (entering.has(verb)) return this.complete([{ do: 'set', target: name, value: supplied(name) }], tokens)
    return this.readClause({ verb, objects: [label], tokens: [label], places: [] })
  }

  /** Whether a table is only spoken about: *The following table lists the limits.* */
  private describes(index: number): boolean {
    const before = this.step.content.slice(0, index).findLast(({ type }) => type === 'paragraph')
    if (before?.type !== 'paragraph') return false
    const last = splitSentences(tokenize(before.children)).at(-1)
    return (
      last !== undefined &&
      /\b(?:table|following)\b/i.test(textOf(last)) &&
      readSentence(last).every(({ type }) => type === 'inform')
    )
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

  startForm(): void {
    if (this.formOpened) this.whereabouts.leave()
    this.formOpened = false
  }

  readSentence(sentence: Token[], row?: string): Action[] {
    this.insideField = undefined
    const { main, asides } = untangle(sentence)
    return [main, ...asides].flatMap(tokens => readSentence(tokens).flatMap(part => this.readPart(part, row)))
  }

  private readPart(part: Part, row: string | undefined): Action[] {
    if (part.type === 'places') {
      if (row !== undefined) return []
      if (part.places.some(({ kind }) => kind === 'page')) this.startForm()
      this.whereabouts.enter(part.places)
      return []
    }
    if (part.type === 'wait') return this.complete([{ do: 'wait', target: textOf(part.tokens) }], part.tokens)
    if (part.type === 'inform') return this.readInformation(part, row)
    const { clause } = part
    if (clause.refersBack && this.lastCondition && !clause.when) clause.when = this.lastCondition
    if (this.noting && clause.purpose && !clause.when) clause.when = clause.purpose
    if (this.lastDone) clause.after = this.lastDone
    if (clause.field !== undefined && clause.field === this.insideField) delete clause.field
    else this.insideField = undefined
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
    const unreadable = seemsImperative(tokens) || tokens.length > longestSentence
    if (row === undefined && !this.noting && unreadable) this.report('unknown', tokens, [])
    return []
  }

  private readClause(clause: Clause): Action[] {
    if (clause.how) return this.enterHow(clause)
    if (clause.objects.length === 0 ? this.endsInColon : introducesMore(clause, this.nextTable !== undefined))
      return this.readIntroduced(clause)
    if (this.nextCode && isCoveredByCode(clause, this.nextCode)) return []
    if (this.onlyLeads(clause)) return []
    const readings = readWith(phrases, clause)
    const [drafts, ...others] = readings
    if (drafts && others.length === 0) return this.complete(drafts, clause.tokens, clause)
    const candidates = readings.map(each => this.complete(each, clause.tokens, clause))
    if (clause.row === undefined) this.report(drafts ? 'ambiguous' : 'unknown', clause.tokens, candidates)
    return []
  }

  // > | Configure who is notified:
  //                              ^ the nested steps say how
  private onlyLeads({ verb, objects }: Clause): boolean {
    if (!this.endsInColon || this.context.leads !== true || !leading.has(verb)) return false
    return objects.every(({ kind }) => kind !== 'label' && kind !== 'literal')
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
    const places = placesOfIntroduction(clause)
    if (places.length > 0) this.startForm()
    this.whereabouts.enter(places)
    const table = this.nextTable
    if (!table) this.introducing = clause.verb
    const repeated = clause.verb === 'repeat' ? (phrases.repeat?.read(clause) ?? []) : []
    const actions = this.complete(repeated, clause.tokens, clause)
    if (!table || this.tablesRead.has(table)) return actions
    this.nextTable = undefined
    this.tablesRead.add(table)
    return [...actions, ...readTable(table, this)]
  }

  private fieldEntered(): string[] {
    return this.insideField === undefined ? [] : [this.insideField]
  }

  // > | On the **Backup** blade, review the choices and close the blade.
  //                                                          ^ which one
  private closePage(place: Place): Action {
    const target = this.whereabouts.names.at(-1) ?? ''
    this.whereabouts.leave()
    return { do: 'close', target, where: [], place }
  }

  // > | Search for `Tag policy`. Select the policy.
  //                              ^ what was found
  private resolveFound(draft: Draft): Draft {
    const { searched } = this
    if (draft.do !== 'select' && draft.do !== 'set') return draft
    const named = draft.do === 'select' ? draft.target : draft.value.slice(1)
    if (!searched || (draft.do === 'set' && (draft.target !== undefined || !draft.value.startsWith('?')))) return draft
    const noun = /^(?:the |this |that )(\w+)$/i.exec(named)?.[1]?.toLowerCase()
    const found =
      /^it$/i.test(named) || (noun !== undefined && (noun === 'result' || searched.words.split(/\W+/).includes(noun)))
    return found ? { do: 'select', target: searched.value, where: ['search results'] } : draft
  }

  private report(status: Unread['status'], tokens: Token[], readings: Action[][]): void {
    const place = placeOf(tokens, this.path)
    if (!place) return
    const text = textOf(tokens)
    this.problems.push({ status, text, place, readings, hints: closestExamples(text) })
  }

  private complete(unresolved: Draft[], tokens: Token[], clause?: Clause): Action[] {
    const actions: Action[] = []
    const drafts = unresolved.map(draft => withoutLeave(this.resolveFound(draft)))
    if (drafts.some(({ do: kind }) => kind === 'select')) this.searched = undefined
    for (const [index, { where, tokens: own, chained, ...draft }] of drafts.entries()) {
      const place = placeOf(own ?? tokens, this.path)
      if (!place) continue
      if (chained) this.whereabouts.select()
      if (this.formOpened && draft.do !== 'select') this.whereabouts.leave()
      this.formOpened &&= draft.do === 'select'
      if (draft.do === 'set' && draft.target !== undefined) this.whereabouts.leaveField(draft.target)
      if (draft.do === 'close' && isVague(draft.target) && this.whereabouts.names.length > 0) {
        actions.push(this.closePage(place))
        continue
      }
      const action = {
        ...draft,
        where:
          draft.do === 'wait'
            ? []
            : [...this.whereabouts.names, ...this.fieldEntered(), ...(where ?? []), ...placesInCell(draft, clause)],
        ...(clause?.optional || this.optional ? { optional: true as const } : {}),
        ...(clause?.when && !('when' in draft) ? { when: clause.when } : {}),
        ...(clause?.or && index === 0 ? { or: true as const } : {}),
        ...(clause?.sequel || (clause?.or && chained) ? { sequel: true as const } : {}),
        place,
      } as Action
      if (isSaidBefore(action, actions.at(-1) ?? this.lastAction)) continue
      actions.push(action)
    }
    if (
      clause?.field !== undefined &&
      drafts.some(draft => draft.do === 'select' && draft.where?.at(-1) === clause.field)
    )
      this.insideField = clause.field
    const last = actions.at(-1)
    if (last) {
      this.lastDone = last.do
      this.lastAction = last
    }
    if (last?.do === 'select' || last?.do === 'search') this.whereabouts.select()
    if (last?.do === 'select' && clause && opensForm(clause, last.target)) this.formOpened = true
    if (last?.do === 'search') this.searched = { value: last.value, words: textOf(tokens).toLowerCase() }
    const page = clause ? openedPage(clause.objects) : undefined
    if (page !== undefined) this.whereabouts.open(page)
    return actions
  }
}

// > | you can optionally change the disks
//     ^ says that it's optional, and nothing of what is to be done
function withoutLeave(draft: Draft): Draft {
  return draft.do === 'manual'
    ? { ...draft, target: draft.target.replace(/^you can (?:also |optionally )*/i, '') }
    : draft
}

// > | Find the disk that you made, and select it.
//                                             ^ one act with what it points at
function withoutFinding(actions: Action[]): Action[] {
  return actions.flatMap((action, index) => {
    const next = actions[index + 1]
    if (next && isFound(next) && foundBy(action) !== undefined) return []
    const before = actions[index - 1]
    const found = before && isFound(action) ? foundBy(before) : undefined
    return found === undefined ? [action] : [{ ...action, target: found }]
  })
}

const isFound = (action: Action): action is Extract<Action, { do: 'select' }> =>
  action.do === 'select' && /^(?:it|them)$/i.test(action.target)

function foundBy(action: Action): string | undefined {
  if (action.do === 'review') return action.target
  return action.do === 'manual' ? /^(?:find|locate) (.+)$/i.exec(action.target)?.[1] : undefined
}

/** The different readings of a clause; a family for what is left over is asked last. */
function readWith(families: Record<string, Phrase>, clause: Clause): Draft[][] {
  const all = Object.values(families)
  const readings = distinct(
    all.filter(phrase => !phrase.residual && phrase.verbs.has(clause.verb)),
    clause,
  )
  return readings.length > 0
    ? readings
    : distinct(
        all.filter(phrase => phrase.residual),
        clause,
      )
}

function distinct(families: Phrase[], clause: Clause): Draft[][] {
  const readings = new Map<string, Draft[]>()
  for (const phrase of families) {
    const drafts = phrase.read(clause)
    if (drafts) readings.set(JSON.stringify(drafts.map(({ tokens: _, ...rest }) => rest)), drafts)
  }
  return [...readings.values()]
}

/** Whether an item says by itself what to do. */
function plainInstruction(tokens: Token[]): boolean {
  return readSentence(tokens).some(({ type }) => type === 'clause')
}

const separators = new Set([':', '-', '–', '—'])
const entering = new Set(['enter', 'provide', 'specify', 'complete', 'fill in', 'fill out', 'type', 'set'])
/** Verbs of work that nested steps carry out. */
const leading = new Set(
  'configure add complete customize define provide specify use update change modify adjust'
    .split(' ')
    .concat('set up', 'fill in', 'fill out'),
)

// > | Enter the following information:
// > | - User name
//       ^ a field's name and nothing else
function isBareName(tokens: Token[]): boolean {
  return (
    tokens.length <= 3 &&
    tokens.every(({ kind, lower }) => kind === 'word' && !determiners.has(lower)) &&
    /^[A-Z]/.test(tokens[0]?.text ?? '')
  )
}

const fills = new Set([
  ...entering,
  'configure',
  'select',
  'use',
  'define',
  'add',
  'choose',
  'create',
  'set up',
  'update',
  'input',
  'supply',
  'make',
])

// > | Select **+ Add**.
//            ^ opens a form
function opensForm({ objects }: Clause, target: string): boolean {
  const label = objects.findLast(({ kind }) => kind === 'label')
  return label?.text.trimStart().startsWith('+') === true || /^(?:add|create|new)$/i.test(target)
}

/** The places that a sentence of a cell names, unless one is the field that it fills. */
function placesInCell(draft: Draft, clause: Clause | undefined): string[] {
  if (clause?.row === undefined) return []
  const target = 'target' in draft ? draft.target : undefined
  return namesOf(clause.places).filter(name => name !== target)
}

function isVague(target: string): boolean {
  return /^(?:the|this) (?:blade|pane|page|panel|dialog|window|tab)$/i.test(target)
}

/** A code block does what the sentence above it says, except for what is to be replaced in it. */
function isCoveredByCode({ verb, objects, when }: Clause, { value }: Code): boolean {
  if (/^(?:run|execute|use)$/.test(verb)) return true
  return (
    when === undefined &&
    !['replace', 'edit', 'change', 'substitute', 'sign in to', 'sign in', 'go to', 'open'].includes(verb) &&
    objects.every(({ kind, text }) => (kind !== 'label' && kind !== 'literal') || value.includes(text))
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

// > | You should see **Validation passed**.      The connection should succeed because ...
//                    ^                           ^
/** What a sentence tells the reader to expect. */
function expectation(tokens: Token[]): Token[] | undefined {
  const text = textOf(tokens.slice(0, 6)).toLowerCase()
  const seen =
    /^you(?: should|'ll| will)(?: now| also)? (?:see|receive|have|get|notice|be presented with|be shown)\b|^there should(?: now| also)? be\b/.exec(
      text,
    )
  const because = tokens.findIndex(({ lower }) => lower === 'because' || lower === 'since')
  const end = because < 0 ? tokens.length : because
  if (seen) return withoutAdverb(tokens.slice(seen[0].split(' ').length, end))
  const should = tokens.findIndex(({ lower, kind }) => kind === 'word' && lower === 'should')
  const subject = tokens[0]?.lower ?? ''
  const state = tokens[should + 1]?.lower ?? ''
  if (should < 1 || should > 8 || !['the', 'your', 'both', 'all'].includes(subject)) return undefined
  const described = tokens[should + 2]?.lower ?? ''
  const holds =
    state === 'be'
      ? /^(?:displayed|listed|shown|visible|updated|created|added|selected|similar|successful|available|online|active|running|in)$/.test(
          described,
        )
      : /^(?:succeed|fail|show|display|appear|look|say|read)$/.test(state)
  return holds ? tokens.slice(0, end) : undefined
}

function withoutAdverb(tokens: Token[]): Token[] {
  return /^(?:shortly|soon|now|momentarily)$/.test(tokens.at(-1)?.lower ?? '') ? tokens.slice(0, -1) : tokens
}

// > | Search for and select **Disks**, select **Disks** in the results, ...
//                                      ^ the same again
function isSaidBefore(action: Action, before: Action | undefined): boolean {
  return (
    action.do === 'select' &&
    before?.do === 'select' &&
    action.target === before.target &&
    before.where.at(-1) === 'search results' &&
    /\bresults\b/.test(action.where.at(-1) ?? '')
  )
}
