import { readLead, startsInstruction, type Lead } from './leads.ts'
import type { NamedPlace } from './places.ts'
import { textOf, type Token } from './tokens.ts'
import { beginsPurpose, readVerb, readVerbInside, wordAt } from './verbs.ts'

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
  /** It follows an *or*. */
  or?: true
  /** What it is for, when the sentence says so before its verb: *To create a rule, ...* */
  purpose?: string
  /** Its purpose speaks of *it* or *one*: what the sentence before was about. */
  refersBack?: true
  /** The row of a settings table that it stands in. */
  row?: string
}

/** A sentence in its order: what it waits for first, its instructions, and what only informs. */
export type Part =
  | { type: 'clause'; clause: Clause }
  | { type: 'wait'; tokens: Token[] }
  | { type: 'inform'; tokens: Token[]; lead: Lead }
  | { type: 'places'; places: NamedPlace[] }

export function readSentence(tokens: Token[]): Part[] {
  const parts: Part[] = []
  let at = 0
  let carried: Pick<Clause, 'when' | 'optional' | 'field'> = {}
  let verb: string | undefined
  let or = false
  while (at < tokens.length) {
    const lead = readLead(tokens, at)
    at = lead.next
    if (lead.places.length > 0) parts.push({ type: 'places', places: lead.places })
    carried = carry(carried, lead)
    const found = readVerb(tokens, at) ?? elided(tokens, at, verb) ?? permitted(tokens, at, carried)
    if (!found) {
      if (at < tokens.length) parts.push({ type: 'inform', tokens: tokens.slice(at), lead })
      return parts
    }
    if (lead.wait) parts.push({ type: 'wait', tokens: lead.wait })
    if (lead.before) parts.push(...readGerund(lead.before))
    const { end, next, also, objects, or: followedByOr } = readObjects(tokens, found.next)
    verb = found.verb
    parts.push({
      type: 'clause',
      clause: {
        verb,
        ...(also === undefined ? {} : { also }),
        objects: tokens.slice(objects, end),
        tokens: tokens.slice(at, end),
        places: lead.places,
        ...carried,
        ...purposeOf(lead.purpose),
        ...(or || lead.or ? { or: true as const } : {}),
      },
    })
    if (carried.field !== undefined && !lead.field) carried = { ...carried }
    or = followedByOr
    at = next
  }
  return parts
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
  return purpose.some(({ lower }) => ['instead', 'different', 'another', 'other', 'existing'].includes(lower))
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

// > | select **A**, then **B**
//                        ^ without its verb
function elided(tokens: Token[], at: number, verb: string | undefined): { verb: string; next: number } | undefined {
  if (verb === undefined) return undefined
  const token = tokens[at]
  return token?.kind === 'label' ? { verb, next: at } : undefined
}

// > | You can also select **Other**.
//             ^ an option, when it names a control
function permitted(
  tokens: Token[],
  at: number,
  carried: Pick<Clause, 'optional'>,
): { verb: string; next: number } | undefined {
  const text = textOf(tokens.slice(at, at + 4)).toLowerCase()
  const match =
    /^you (can|may|could|should|must|need to|have to|'ll need to)(?: also| optionally| now| then| instead)?/.exec(text)
  if (!match) return undefined
  const found = readVerb(tokens, at + match[0].split(' ').length)
  if (!found || !tokens.slice(found.next).some(({ kind }) => kind === 'label')) return undefined
  if (!controlVerbs.has(found.verb)) return undefined
  if (match[1] === 'can' || match[1] === 'may' || match[1] === 'could') carried.optional = true
  return found
}

const controlVerbs = new Set(['select', 'click', 'choose', 'enter', 'clear', 'turn on', 'turn off', 'click on'])

interface ObjectsFound {
  objects: number
  end: number
  next: number
  also?: string
  or: boolean
}

/** Finds where a verb's objects end, which is where the next instruction begins. */
function readObjects(tokens: Token[], from: number): ObjectsFound {
  let objects = from
  let also: string | undefined
  const second = joinedVerb(tokens, from)
  if (second) {
    objects = second.next
    also = second.verb
  }
  let purpose = false
  let depth = 0
  for (let at = objects; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token) break
    if (token.text === '(') depth++
    if (token.text === ')') depth--
    if (depth > 0) continue
    if (beginsPurpose(tokens, at)) purpose = true
    const connective = readConnective(tokens, at)
    if (!connective) continue
    if (beginsClause(tokens, connective, purpose))
      return { objects, end: at, next: connective.next, ...(also === undefined ? {} : { also }), or: connective.or }
    at = Math.max(at, connective.next - 1)
  }
  return { objects, end: tokens.length, next: tokens.length, ...(also === undefined ? {} : { also }), or: false }
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
    else if (kind === 'word' && (lower === 'then' || lower === 'next' || lower === 'finally')) then = true
    else if (kind === 'mark' && (lower === ')' || lower === '"' || lower === '.')) continue
    else break
  }
  if (next === at || (!then && !or && !strong && !['and', 'but', 'so'].includes(tokens[at]?.lower ?? '')))
    return undefined
  return { next, or, then, strong: strong || then }
}

function beginsClause(tokens: Token[], { next, strong, then }: Connective, purpose: boolean): boolean {
  const token = tokens[next]
  if (!token) return false
  if (then && token.kind === 'label') return true
  const found = readVerbInside(tokens, next)
  if (found) return strong || !purpose || interfaceVerbs.has(found.verb)
  return leadsIn(token) && startsInstruction(tokens, next)
}

const interfaceVerbs = new Set(['select', 'click', 'choose', 'enter', 'click on'])

function leadsIn({ kind, lower }: Token): boolean {
  return (
    kind === 'word' &&
    ['for', 'in', 'on', 'under', 'from', 'if', 'at', 'when', 'after', 'once', 'to', 'optionally', 'also'].includes(
      lower,
    )
  )
}

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
