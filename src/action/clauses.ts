import { readLead, startsInstruction, type Lead } from './leads.ts'
import type { NamedPlace } from './places.ts'
import { textOf, type Token } from './tokens.ts'
import type { Action } from './action.ts'
import { isImperative } from '../article/imperative.ts'
import { saysHow } from './asides.ts'
import { beginsPurpose, determiners, isLinkedInstruction, readVerb, readVerbInside, wordAt } from './verbs.ts'

/** One instruction of a sentence: a verb, what it acts on, and what stands around them. */
export interface Clause {
  verb: string
  /** A second verb on the same objects: *search for and select*, *enter or select*. */
  also?: string
  /** What follows the verb. */
  objects: Token[]
  /** Everything from the verb on. */
  tokens: Token[]
  /** Where it happens, as far as this sentence says. */
  places: NamedPlace[]
  /** The field that the sentence names before its verb: *For **Region**, ...* */
  field?: string
  when?: string
  optional?: true
  /** What follows says how to do it: *by selecting ...* */
  how?: true
  /** It follows an *or*. */
  or?: true
  /** It goes on from an alternative. */
  sequel?: true
  /** What it is for, when the sentence says so before its verb: *To create a rule, ...* */
  purpose?: string
  /** Its purpose speaks of *it* or *one*: what the sentence before was about. */
  refersBack?: true
  /** It points at steps that another article has: *For detailed steps, see ...* */
  steps?: true
  /** What the action before it does. */
  after?: Action['do']
  /** The row of a settings table that it stands in. */
  row?: string
}

/** A sentence in its order: what it waits for first, its instructions, and what only informs. */
export type Part =
  | { type: 'clause'; clause: Clause }
  | { type: 'wait'; tokens: Token[] }
  | { type: 'inform'; tokens: Token[]; lead: Lead }
  | { type: 'places'; places: NamedPlace[] }

/** Nobody writes, or follows, an instruction with more tokens; reading one would take time that grows with their square. */
export const longestSentence = 400

export function readSentence(tokens: Token[]): Part[] {
  if (tokens.length > longestSentence) return [{ type: 'inform', tokens, lead: readLead([], 0) }]
  const parts: Part[] = []
  let at = 0
  let carried: Pick<Clause, 'when' | 'optional' | 'field'> = {}
  let verb: string | undefined
  let or = false
  let ended = 0
  while (at < tokens.length) {
    const lead = readLead(tokens, at)
    at = lead.next
    if (lead.places.length > 0) parts.push({ type: 'places', places: lead.places })
    carried = carry(carried, lead)
    const found =
      plainVerb(tokens, at) ??
      ordered(tokens, at) ??
      elided(tokens, at, verb) ??
      permitted(tokens, at, carried) ??
      labelledVerb(tokens, at) ??
      linkedVerb(tokens, at)
    if (!found) {
      const later = laterInstruction(tokens, at)
      const end = later ?? tokens.length
      if (at < end) parts.push({ type: 'inform', tokens: tokens.slice(at, end), lead })
      if (later === undefined) return parts
      at = later
      continue
    }
    if (isOffered(tokens, at, found, verb)) or = true
    if (lead.wait) parts.push({ type: 'wait', tokens: lead.wait })
    if (lead.before) parts.push(...readGerund(lead.before))
    const { end, next, also, objects, or: followedByOr, how } = readObjects(tokens, found)
    verb = found.verb
    parts.push({
      type: 'clause',
      clause: {
        verb,
        ...(also === undefined ? {} : { also }),
        objects: tokens.slice(objects, found.objectsEnd ?? end),
        tokens: tokens.slice(at, end),
        places: lead.places,
        ...carried,
        ...purposeOf(lead.purpose),
        ...(how ? { how } : {}),
        ...(lead.steps ? { steps: true as const } : {}),
        ...(or || lead.or ? { or: true as const } : {}),
        ...(goesOn(parts, tokens.slice(ended, at + 1)) ? { sequel: true as const } : {}),
      },
    })
    parts.push(...readAssurance(tokens.slice(objects, end)))
    verb = also ?? verb
    or = followedByOr
    ended = end
    at = next
  }
  return parts
}

// > | Select **Disks**, or select **Next: Size**, then **Next: Disks**.
//                                               ^ belongs to the alternative
function goesOn(parts: readonly Part[], between: Token[]): boolean {
  const before = parts.findLast(part => part.type === 'clause')
  return (
    before?.type === 'clause' &&
    (before.clause.or ?? before.clause.sequel) === true &&
    between.some(({ lower }) => lower === 'then')
  )
}

// > | A dialog asks whether you are sure, select **Yes**.
//                                         ^ an instruction behind what informs
function laterInstruction(tokens: Token[], from: number): number | undefined {
  if (wordAt(tokens, from) === 'you' || wordAt(tokens, from) === 'this') return undefined
  for (let at = from + 1; at < tokens.length; at++) {
    if (!['select', 'click', 'choose', 'enter'].includes(wordAt(tokens, at) ?? '')) continue
    const object = tokens[at + 1]
    const before = tokens[at - 1]?.lower ?? ''
    if (object && object.kind === 'label' && [',', ';', ':', 'so', 'then', 'either', 'please'].includes(before))
      return at
  }
  return undefined
}

function carry(
  carried: Pick<Clause, 'when' | 'optional' | 'field'>,
  lead: Lead,
): Pick<Clause, 'when' | 'optional' | 'field'> {
  const departure = lead.purpose && isDeparture(lead.purpose) ? lowerFirst(textOf(lead.purpose)) : undefined
  const when = lead.when ?? departure ?? carried.when
  const optional =
    lead.optional ?? (lead.purpose?.some(({ lower }) => /\boptional\b/.test(lower)) ? true : carried.optional)
  const field = lead.field ?? (lead.places.length > 0 ? undefined : carried.field)
  return { ...(when ? { when } : {}), ...(optional ? { optional } : {}), ...(field ? { field } : {}) }
}

function purposeOf(purpose: Token[] | undefined): Pick<Clause, 'purpose' | 'refersBack'> {
  if (!purpose) return {}
  const back = purpose.some(({ lower }) => lower === 'it' || lower === 'one' || lower === 'them')
  return { purpose: lowerFirst(textOf(purpose)), ...(back ? { refersBack: true as const } : {}) }
}

/** Whether a purpose leads away from the main path: *To use an existing workspace instead, ...* */
function isDeparture(purpose: Token[]): boolean {
  const existing = purpose.some(({ lower }) => lower === 'existing') && purpose[1]?.lower === 'use'
  return existing || purpose.some(({ lower }) => ['instead', 'different', 'another'].includes(lower))
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

interface Start {
  verb: string
  next: number
  /** Where the objects end, when that isn't where the clause does. */
  objectsEnd?: number
}

/** The verb at an index; *be sure to* and *take a moment to* are passed over. */
function plainVerb(tokens: Token[], at: number): Start | undefined {
  const found = readVerb(tokens, at)
  if (!found || !prefixes.has(found.verb)) return found
  return readVerb(tokens, found.next) ?? labelledVerb(tokens, found.next) ?? found
}

const prefixes = new Set([
  'be sure to',
  'make sure to',
  'remember to',
  'take a moment to',
  'take a minute to',
  'take a few minutes to',
  'take some time to',
  'take time to',
  'try to',
  "don't forget to",
])

// > | and **Create** the account
//         ^ before *the*, it is the verb
function ordered(tokens: Token[], at: number): Start | undefined {
  return determiners.has(wordAt(tokens, at + 1) ?? '') ? labelledVerb(tokens, at) : undefined
}

// > | **Save** your changes.     Scroll down and **Create** the account.
//     ^ a control whose label is the verb
function labelledVerb(tokens: Token[], at: number): Start | undefined {
  const label = tokens[at]
  if (label?.kind !== 'label' || label.url !== undefined || label.text.endsWith(':')) return undefined
  const [first = '', ...others] = label.lower.split(/\s+/)
  const after = tokens[at + 1]
  if (!isImperative(first) || (after && after.kind !== 'word')) return undefined
  if (after && (isFinite(after.lower) || after.lower === 'to')) return undefined
  if (others.length === 0 && after && /ing$/.test(after.lower)) return { verb: first, next: at + 1 }
  if (others.length === 0 && ['copy', 'download', 'upload', 'name'].includes(first))
    return { verb: first, next: at + 1 }
  return { verb: 'select', next: at, objectsEnd: at + 1 }
}

function linkedVerb(tokens: Token[], at: number): Start | undefined {
  return isLinkedInstruction(tokens, at) ? { verb: 'follow link', next: at, objectsEnd: at + 1 } : undefined
}

function isFinite(word: string): boolean {
  return (
    /^(?:is|are|was|were|has|have|can|will|should|must|may|does|do|\w+(?:s|ed))$/.test(word) &&
    !/^(?:this|its)$/.test(word)
  )
}

// > | select **A**, then **B**
//                        ^ without its verb
function elided(tokens: Token[], at: number, verb: string | undefined): Start | undefined {
  if (verb === undefined) return undefined
  const token = tokens[at]
  return token?.kind === 'label' ? { verb, next: at } : undefined
}

// > | select **Save** to keep it, **Cancel** to drop it, or **Edit** to go on
//                                 ^ an alternative, as the last one is
function isOffered(tokens: Token[], at: number, { next }: Start, verb: string | undefined): boolean {
  if (verb === undefined || next !== at || tokens[at]?.kind !== 'label' || tokens[at - 1]?.text !== ',') return false
  return tokens.some(
    ({ lower }, index) =>
      index > at && lower === 'or' && tokens[index + 1]?.kind === 'label' && beginsPurpose(tokens, index + 2),
  )
}

// > | You can also select **Other**.
//             ^ an option, when it names a control
function permitted(tokens: Token[], at: number, carried: Pick<Clause, 'optional'>): Start | undefined {
  const text = textOf(tokens.slice(at, at + 6)).toLowerCase()
  const match =
    /^(?:then )?you (can|may(?: need to| have to)?|might(?: need to| have to| want to)?|could|should|must|need to|have to|'ll need to)(?: also| optionally| now| then| instead)?(?= )/.exec(
      text,
    )
  if (!match) return undefined
  const start = at + match[0].split(' ').length
  const found = readVerb(tokens, start) ?? labelledVerb(tokens, start)
  if (found && match[0].endsWith(' optionally') && !controlVerbs.has(found.verb)) {
    carried.optional = true
    return found
  }
  if (!found || !tokens.slice(found.next).some(({ kind }) => kind === 'label')) return undefined
  if (!controlVerbs.has(found.verb)) return undefined
  if (/^(?:can|may|might|could)/.test(match[1] ?? '')) carried.optional = true
  return found
}

const controlVerbs = new Set(['select', 'click', 'choose', 'enter', 'clear', 'turn on', 'turn off', 'click on'])

interface ObjectsFound {
  objects: number
  end: number
  next: number
  also?: string
  or: boolean
  how?: true
}

/** Finds where a verb's objects end, which is where the next instruction begins. */
function readObjects(tokens: Token[], { verb, next: from, objectsEnd }: Start): ObjectsFound {
  let objects = from
  let also: string | undefined
  const second = objectsEnd === undefined && !alone.has(verb) ? joinedVerb(tokens, from) : undefined
  if (second) {
    objects = second.next
    also = second.verb
  }
  let purpose = claims.has(verb)
  let relative = false
  let depth = 0
  for (let at = objects; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token) break
    if (token.text === '(') depth++
    if (token.text === ')') depth--
    if (depth > 0) continue
    if (beginsPurpose(tokens, at)) purpose = true
    if (isRelative(tokens, at)) relative = true
    if (at > objects && saysHow(tokens, at))
      return { objects, end: at, next: at + 1, ...(also === undefined ? {} : { also }), or: false, how: true }
    const connective = readConnective(tokens, at)
    if (!connective) continue
    if (beginsClause(tokens, connective, purpose || (relative && connective.or)))
      return { objects, end: at, next: connective.next, ...(also === undefined ? {} : { also }), or: connective.or }
    at = Math.max(at, connective.next - 1)
  }
  return { objects, end: tokens.length, next: tokens.length, ...(also === undefined ? {} : { also }), or: false }
}

// > | the machine for which you want to add or remove a disk
//                         ^ what follows describes it
function isRelative(tokens: Token[], at: number): boolean {
  return ['which', 'that', 'whom'].includes(wordAt(tokens, at) ?? '') && wordAt(tokens, at + 1) === 'you'
}

// > | search for and select **X**     enter, or select, the following
//                ^
function joinedVerb(tokens: Token[], at: number): { verb: string; next: number } | undefined {
  let next = at
  if (tokens[next]?.text === ',') next++
  if (!['and', 'or', '/', 'and/or', '&'].includes(tokens[next]?.lower ?? '')) return undefined
  if (wordAt(tokens, next + 1) === 'then') next++
  const found = readVerb(tokens, next + 1)
  if (!found) return undefined
  return { verb: found.verb, next: tokens[found.next]?.text === ',' ? found.next + 1 : found.next }
}

const alone = new Set(['refresh', 'scroll down', 'scroll up', 'sign in', 'log in', 'sign out', 'wait', 'exit'])

/** What follows these is a statement, in which verbs are no instructions. */
const claims = new Set(
  'verify confirm ensure notice note check validate observe repeat'
    .split(' ')
    .concat('make sure', 'check that', 'make sure that'),
)

interface Connective {
  next: number
  or: boolean
  strong: boolean
  then: boolean
}

// > | , and then      or      ;      , then      and
function readConnective(tokens: Token[], at: number): Connective | undefined {
  let next = at
  let or = false
  let then = false
  let strong = false
  for (; next < tokens.length && next - at < 5; next++) {
    const { lower, kind } = tokens[next] as Token
    if (
      kind === 'mark' &&
      (lower === ',' || lower === ';' || lower === ':' || lower === '-' || lower === '–' || lower === '—')
    )
      strong = true
    else if (kind === 'word' && (lower === 'and' || lower === 'but' || lower === 'so')) strong ||= false
    else if (kind === 'word' && lower === 'or') or = true
    else if (kind === 'word' && lower === 'next' && tokens[next + 1]?.lower === 'to') break
    else if (kind === 'word' && (lower === 'then' || lower === 'next' || lower === 'finally')) then = true
    else if (kind === 'mark' && (lower === ')' || lower === '"' || lower === '.')) continue
    else break
  }
  if (next === at || (!then && !or && !strong && !['and', 'but', 'so'].includes(tokens[at]?.lower ?? '')))
    return undefined
  return { next, or, then, strong: strong || then }
}

function beginsClause(tokens: Token[], { next, or, strong, then }: Connective, purpose: boolean): boolean {
  const token = tokens[next]
  if (!token) return false
  if (then && token.kind === 'label') return true
  if (strong && purpose && token.kind === 'label' && beginsPurpose(tokens, next + 1)) return true
  if (or && purpose && token.kind === 'label') return true
  const found = readVerbInside(tokens, next)
  if (found) return strong || !purpose || interfaceVerbs.has(found.verb)
  if (token.kind === 'label' && determiners.has(wordAt(tokens, next + 1) ?? '') && labelledVerb(tokens, next))
    return true
  return leadsIn(token) && (startsInstruction(tokens, next) || (strong && endsInPlaced(tokens, next)))
}

// > | Select **Create**, from the menu, **Disk**.
//                       ^ the same verb again
function endsInPlaced(tokens: Token[], at: number): boolean {
  return (
    wordAt(tokens, at) === 'from' &&
    tokens.length - at <= 8 &&
    tokens.at(-1)?.kind === 'label' &&
    tokens.at(-2)?.text === ','
  )
}

const interfaceVerbs = new Set(['select', 'click', 'choose', 'enter', 'click on', 'close', 'specify'])

function leadsIn({ kind, lower }: Token): boolean {
  return (
    kind === 'word' &&
    [
      'for',
      'in',
      'on',
      'under',
      'from',
      'if',
      'at',
      'when',
      'after',
      'once',
      'to',
      'optionally',
      'also',
      'back',
    ].includes(lower)
  )
}

// > | Refresh the page to ensure the **Status** is **Connected**.
//                      ^
function readAssurance(objects: Token[]): Part[] {
  const at = objects.findIndex(
    ({ lower }, index) =>
      index > 0 && lower === 'to' && ['ensure', 'verify', 'confirm'].includes(objects[index + 1]?.lower ?? ''),
  )
  if (at < 0) return []
  const claim = objects.slice(at + 2)
  if (!claim.some(({ lower, kind }) => kind === 'word' && finite.test(lower))) return []
  return [{ type: 'clause', clause: { verb: 'verify', objects: claim, tokens: objects.slice(at + 1), places: [] } }]
}

const finite =
  /^(?:is|are|has|have|displays?|appears?|shows?|changes?|lists?|contains?|exists?|works?|includes?|succeeds?)$/

const baseForms: Record<string, string> = {
  reviewing: 'review',
  verifying: 'verify',
  confirming: 'verify',
  checking: 'verify',
}

// > | After reviewing the settings, select ...
//           ^
function readGerund(tokens: Token[]): Part[] {
  const verb = baseForms[tokens[0]?.lower ?? '']
  if (verb === undefined) return []
  return [{ type: 'clause', clause: { verb, objects: tokens.slice(1), tokens, places: [] } }]
}
