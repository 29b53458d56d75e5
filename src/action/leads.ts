import { bareLabel, besideAt, placePrepositions, readPlacePhrase, type NamedPlace } from './places.ts'
import { textOf, type Token } from './tokens.ts'
import { determiners, isLinkedInstruction, readVerb, wordAt } from './verbs.ts'

/** What stands before an instruction's verb: *On the **Basics** tab, for **Region**, if you want, ...* */
export interface Lead {
  places: NamedPlace[]
  field?: string
  /** A condition, in the article's words. */
  when?: string
  /** What happens first, in the article's words: *after validation passes*. */
  wait?: Token[]
  /** The reader's own act, of which only a review counts: *after reviewing the settings*. */
  before?: Token[]
  purpose?: Token[]
  /** It speaks of steps told elsewhere: *for detailed steps*. */
  steps?: true
  optional?: true
  /** It begins with *or*: an alternative to what was said before. */
  or?: true
  /** The index behind the lead. */
  next: number
}

/** Reads everything that stands before a verb. It may be empty; `next` is where the verb should be. */
export function readLead(tokens: Token[], from: number): Lead {
  const lead: Lead = { places: [], next: from }
  for (let count = 0; count < 12; count++) {
    const at = lead.next
    const optional = readOptional(tokens, at)
    if (optional !== undefined) {
      lead.optional = true
      lead.next = optional
    } else if (wordAt(tokens, at) === 'or') {
      lead.or = true
      lead.next = at + 1
    } else if (isFiller(tokens, at)) {
      if (['alternatively', 'otherwise'].includes(tokens[at]?.lower ?? '')) lead.or = true
      lead.next = at + 1
    } else if (!readAdverbial(tokens, lead)) break
  }
  return lead
}

function isFiller(tokens: Token[], at: number): boolean {
  const token = tokens[at]
  if (!token) return false
  if (token.kind === 'mark') return [',', ')', '-', '–', '—', ';', ':'].includes(token.text)
  return token.kind === 'word' && fillers.has(token.lower) && besideAt(tokens, at) === 0
}

const fillers = new Set(
  'please back either then next now finally first second third also simply just again afterwards afterward lastly and instead so but carefully quickly directly alternatively otherwise manually'.split(
    ' ',
  ),
)

// > | (Optional) Select ...    Optionally, select ...    If you want, ...
//     ^
function readOptional(tokens: Token[], at: number): number | undefined {
  const words = [0, 1, 2].map(offset => tokens[at + offset]?.lower ?? '')
  if (words[0] === '(' && words[1] === 'optional' && words[2] === ')') return at + 3
  if (words[0] === 'optional' && (words[1] === ':' || words[1] === ',')) return at + 2
  if (words[0] === 'optional' && tokens[at]?.kind !== 'word') return at + 1
  if (words[0] === 'optionally') return at + 1
  const wish = textOf(tokens.slice(at, at + 4)).toLowerCase()
  const length = /^if (?:you want|you like|you'd like|desired|you wish|you prefer)\b/.exec(wish)?.[0].split(' ').length
  if (length === undefined) return undefined
  const after = tokens[at + length]
  return after?.text === ',' ? at + length + 1 : undefined
}

function readAdverbial(tokens: Token[], lead: Lead): boolean {
  const word = wordAt(tokens, lead.next)
  if (word === undefined) return readLabelLead(tokens, lead)
  if (word === 'for' || word === 'as') return readFieldLead(tokens, lead)
  if (besideAt(tokens, lead.next) > 0) return readPlaces(tokens, lead)
  if (
    word === 'if' ||
    word === 'unless' ||
    word === 'when' ||
    word === 'whenever' ||
    word === 'once' ||
    word === 'after' ||
    word === 'before' ||
    word === 'until' ||
    word === 'while' ||
    word === 'as' ||
    word === 'where'
  )
    return readTemporal(tokens, lead, word)
  if (word === 'to' || (word === 'in' && wordAt(tokens, lead.next + 1) === 'order')) return readPurpose(tokens, lead)
  if (placePrepositions.has(word)) return readPlaces(tokens, lead)
  if (otherPrepositions.has(word)) return skipUnnamed(tokens, lead)
  return false
}

const otherPrepositions = new Set(
  'near next alongside by via through during with without upon per besides throughout based depending'.split(' '),
)

// > | **Name**: Enter a name.    **Region** - Select a region.
//     ^
function readLabelLead(tokens: Token[], lead: Lead): boolean {
  const token = tokens[lead.next]
  const separator = tokens[lead.next + 1]
  if (!token || (token.kind !== 'label' && token.kind !== 'link') || lead.next !== 0 || !separator) return false
  const attached = /[:]$/.test(token.text)
  if (!attached && !(separator.kind === 'mark' && [':', '-', '–', '—'].includes(separator.text))) return false
  const at = lead.next + (attached ? 1 : 2)
  if (!startsInstruction(tokens, at)) return false
  lead.field = bareLabel(token.text)
  lead.next = at
  return true
}

// > | For **Region**, select ...     For the username, enter ...
//     ^
function readFieldLead(tokens: Token[], lead: Lead): boolean {
  const comma = commaBefore(tokens, lead.next, startsInstruction)
  let at = lead.next + 1
  while (determiners.has(wordAt(tokens, at) ?? '')) at++
  const label = tokens[at]
  if (label && (label.kind === 'label' || label.kind === 'literal')) {
    let next = at + 1
    while (
      tokens[next]?.kind === 'word' &&
      (tokens[next + 1]?.text === ',' || !startsInstruction(tokens, next)) &&
      next - at < 4
    )
      next++
    if (tokens[next]?.text !== ',' && !startsInstruction(tokens, next)) return false
    const rest = next === at + 2 && naming.has(tokens[at + 1]?.lower ?? '') ? ` ${tokens[at + 1]?.text}` : ''
    lead.field = `${bareLabel(label.text)}${rest}`
    lead.next = next
    return true
  }
  if (comma === undefined || comma - lead.next > 10) return false
  const introduced = wordAt(tokens, lead.next) === 'as' || ['a', 'an'].includes(wordAt(tokens, lead.next + 1) ?? '')
  if (introduced) {
    lead.next = comma + 1
    return true
  }
  const phrase = textOf(tokens.slice(at, comma))
  if (/^(?:\w+ )*(?:steps|instructions)$/i.test(phrase)) {
    lead.steps = true
    lead.next = comma + 1
    return true
  }
  const any =
    ['any', 'all', 'every'].includes(wordAt(tokens, lead.next + 1) ?? '') ||
    /\b(?:other|remaining|rest|not specified)\b/i.test(phrase)
  if (any) {
    lead.next = comma + 1
    return true
  }
  if (/\b(?:this|example|more|details|simplicity|now|exercise|lab|demo|each)\b/i.test(phrase)) {
    lead.next = comma + 1
    return true
  }
  lead.field = phrase
  lead.next = comma + 1
  return true
}

// > | For **Access** type, select ...
//                    ^ half of the field's name
const naming = new Set(['type', 'level', 'tier', 'size', 'mode'])

// > | When the deployment is complete, ...    If you're prompted, ...    After reviewing the settings, ...
//     ^
function readTemporal(tokens: Token[], lead: Lead, word: string): boolean {
  const comma = commaBefore(tokens, lead.next, startsInstructionOrInfo) ?? verbAfter(tokens, lead.next)
  if (comma === undefined) return false
  const from = lead.next + (word === 'as' ? 3 : 1)
  const clause = tokens.slice(from, comma)
  const text = textOf(clause)
  lead.next = [',', ':'].includes(tokens[comma]?.text ?? '') ? comma + 1 : comma
  if (word === 'if' || word === 'unless' || word === 'where') {
    lead.when = [lead.when, word === 'unless' ? `unless ${text}` : text].filter(Boolean).join(', ')
    return true
  }
  if (/^(?:you(?:'re| are))? ?(?:asked|prompted)/i.test(text)) lead.when = text
  else if (
    word === 'when' ||
    word === 'once' ||
    word === 'after' ||
    word === 'as' ||
    word === 'until' ||
    word === 'whenever'
  ) {
    const opened = openedPlace(clause)
    if (opened) lead.places.push(opened)
    else if (/^you see\b/i.test(text)) lead.wait = clause.slice(2)
    else if (/^(?:\w+ing)\b/i.test(text)) lead.before = clause
    else if (!isReadersAct(text)) lead.wait = clause
  }
  return true
}

// > | after the validation click **Create**
//                          ^ without a comma
function verbAfter(tokens: Token[], from: number): number | undefined {
  for (let at = from + 2; at < Math.min(tokens.length, from + 14); at++)
    if (
      ['select', 'click', 'choose', 'enter', 'move', 'go', 'navigate', 'expand'].includes(wordAt(tokens, at) ?? '') ||
      /^(?:be|make) sure/.test(textOf(tokens.slice(at, at + 2)))
    )
      return at
  return undefined
}

// > | When the **New vault** pane opens, ...
//              ^ where what follows happens
function openedPlace(clause: Token[]): NamedPlace | undefined {
  const at = clause.findIndex(({ kind }) => kind === 'label')
  const label = clause[at]
  if (!label || !clause.slice(0, at).every(({ lower }) => determiners.has(lower) || lower === 'new')) return undefined
  const opens =
    /^(?:(?:dialog|window|pane|page|prompt|blade|panel|wizard|tab|screen)(?: box)? )?(?:appears|opens|loads|is displayed|is shown|displays|is open)$/i
  return opens.test(textOf(clause.slice(at + 1)))
    ? { name: bareLabel(label.text), kind: 'page', preposition: 'on' }
    : undefined
}

function isReadersAct(text: string): boolean {
  return (
    /^(?:you|your? (?:have|are|changes)|that|this|done|finished|complete|completed|ready|there|selected)\b/i.test(
      text,
    ) ||
    /\b(?:dialog|window|pane|page|prompt|blade|panel|wizard|menu|box)(?: box)? (?:appears|opens|loads|is displayed|is shown|displays|is open)$/i.test(
      text,
    ) ||
    /\b(?:details|settings|values|fields|information|options|changes) (?:are|is|have been) (?:provided|entered|filled|selected|specified|configured|made|set)\b/i.test(
      text,
    )
  )
}

// > | To create a rule, select ...
//     ^
function readPurpose(tokens: Token[], lead: Lead): boolean {
  const comma = commaBefore(tokens, lead.next, startsInstruction)
  if (comma === undefined) return false
  lead.purpose = tokens.slice(lead.next, comma)
  lead.places.push(...purposePlaces(lead.purpose))
  lead.next = comma + 1
  return true
}

// > | To specify the **Scope**, click the icon
//                    ^ what the icon belongs to
function purposePlaces(purpose: Token[]): NamedPlace[] {
  if (!['specify', 'set', 'configure', 'define', 'choose'].includes(purpose[1]?.lower ?? '')) return []
  const labels = purpose.filter(({ kind }) => kind === 'label')
  const [label] = labels
  return label && labels.length === 1 ? [{ name: bareLabel(label.text), kind: 'page', preposition: 'on' }] : []
}

function readPlaces(tokens: Token[], lead: Lead): boolean {
  const found = readPlacePhrase(tokens, lead.next)
  if (!found) return skipUnnamed(tokens, lead)
  let next = found.next
  while (next < tokens.length && next - found.next < 8 && tokens[next]?.text !== ',' && !readVerb(tokens, next)) {
    if (!looseWords.has(tokens[next]?.lower ?? '') && tokens[next]?.kind !== 'word') return false
    if (placePrepositions.has(tokens[next]?.lower ?? '') || ['for', 'to', 'if'].includes(tokens[next]?.lower ?? ''))
      break
    next++
  }
  lead.places.push(...found.places)
  lead.next = ownerEnd(tokens, next) ?? next
  return true
}

// > | In the service menu for your workspace, select ...
//                         ^ whose it is, and no field
function ownerEnd(tokens: Token[], at: number): number | undefined {
  if (wordAt(tokens, at) !== 'for') return undefined
  const comma = commaBefore(tokens, at, startsInstruction)
  if (comma === undefined || comma - at > 8) return undefined
  return tokens.slice(at, comma).every(({ kind }) => kind === 'word') ? comma : undefined
}

const looseWords = new Set(['(', ')', '"'])

function skipUnnamed(tokens: Token[], lead: Lead): boolean {
  const comma = commaBefore(tokens, lead.next, startsInstruction)
  if (comma === undefined || comma - lead.next > 14) return false
  lead.next = comma + 1
  return true
}

/** The first comma after which an instruction begins; without one, the first comma. */
function commaBefore(
  tokens: Token[],
  from: number,
  begins: (tokens: Token[], at: number) => boolean,
): number | undefined {
  const end = Math.min(tokens.length, from + 60)
  for (let at = from; at < end; at++)
    if ((tokens[at]?.text === ',' || (tokens[at]?.text === ':' && at > from + 1)) && begins(tokens, at + 1)) return at
  return undefined
}

const leadWords = new Set([
  ...placePrepositions,
  'for',
  'if',
  'when',
  'then',
  'and',
  'to',
  'once',
  'after',
  'also',
  'optionally',
  'please',
  'back',
])

/** Whether a verb stands at an index, or what may stand before one. */
export function startsInstruction(tokens: Token[], at: number): boolean {
  if (readVerb(tokens, at)) return true
  const word = wordAt(tokens, at)
  if (word === undefined || !leadWords.has(word)) return false
  for (let next = at + 1; next < Math.min(tokens.length, at + 30); next++) {
    const token = tokens[next]
    if (token?.text === ',' && (readVerb(tokens, next + 1) ?? leadWords.has(wordAt(tokens, next + 1) ?? '')))
      return true
    if (word === 'then' || word === 'and' || word === 'also' || word === 'please' || word === 'optionally')
      return Boolean(readVerb(tokens, next))
    if (token?.kind === 'label' && (readVerb(tokens, next + 1) ?? readVerb(tokens, next + 2))) return true
    if (word === 'after' && ['select', 'click', 'choose'].includes(token?.lower ?? '')) return true
  }
  return false
}

function startsInstructionOrInfo(tokens: Token[], at: number): boolean {
  const word = wordAt(tokens, at)
  return (
    startsInstruction(tokens, at) ||
    isLinkedInstruction(tokens, at) ||
    (tokens[at]?.kind === 'label' && at >= tokens.length - 2) ||
    ['you', 'the', 'a', 'an', 'it', 'this', 'your', 'there'].includes(word ?? '')
  )
}
