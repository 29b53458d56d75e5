import { controlNouns, placeNouns } from './nouns.ts'
import { bareLabel, placePrepositions, readPlacePhrase, type NamedPlace } from './places.ts'
import { textOf, type Token } from './tokens.ts'
import { beginsPurpose, determiners, readVerb, wordAt } from './verbs.ts'

/** One thing that a verb acts on. */
export interface Thing {
  kind: 'label' | 'literal' | 'link' | 'phrase'
  text: string
  /** The words before a label: *your* **Subscription**. */
  before: string
  /** What the thing is called: *button*, *check box*. */
  noun: string
  tokens: Token[]
  or?: true
  /** It follows a `>`. */
  chained?: true
  url?: string
}

export interface Objects {
  things: Thing[]
  /** Where it happens, said after the objects: *from the search results*. */
  places: NamedPlace[]
  /** The field that it is for: *for **Pricing plan***. */
  field?: string
  /** Whether the field is named by a label, or by *as*. */
  fieldLabelled?: boolean
  /** A condition that follows: *if prompted*. */
  when?: string
  /** What the objects are set to or named: *to **Yes***, *named `x`*. */
  to?: Thing
  /** What follows and says nothing about where or what. */
  rest: Token[]
}

/** Reads what follows a verb; `whole` takes a noun phrase with commas for one thing. Its
 * objects, and the places, the field and the condition said behind them. */
export function readObjects(tokens: Token[], whole = false): Objects {
  const found: Objects = { things: [], places: [], rest: [] }
  let at = readThings(tokens, 0, found, whole)
  while (at < tokens.length) {
    const next = readTail(tokens, at, found)
    if (next === at) {
      found.rest = tokens.slice(at)
      break
    }
    at = next
  }
  return found
}

function readThings(tokens: Token[], from: number, found: Objects, whole = false): number {
  let at = from
  let or = false
  let chained = false
  for (;;) {
    const start = at
    let cursor = at
    while (cursor < tokens.length && isModifier(tokens, cursor, start)) cursor++
    const token = tokens[cursor]
    if (!token || !isNamed(token)) {
      if (found.things.length > 0) return start === from ? start : lastSeparator(tokens, start)
      return readPhrases(tokens, from, found, whole)
    }
    const after = skipNouns(tokens, cursor + 1)
    found.things.push({
      kind: token.kind as Thing['kind'],
      text: bareLabel(token.text),
      before: textOf(tokens.slice(start, cursor)),
      noun: textOf(tokens.slice(cursor + 1, after)),
      tokens: tokens.slice(start, after),
      ...(or ? { or: true as const } : {}),
      ...(chained ? { chained: true as const } : {}),
      ...(token.url === undefined ? {} : { url: token.url }),
    })
    at = skipParenthesis(tokens, after)
    const separator = readSeparator(tokens, at)
    if (!separator) return at
    chained = separator.chained
    or = separator.or || (or && separator.comma)
    if (separator.comma && !separator.or && leadsToOr(tokens, separator.next)) or = true
    at = separator.next
  }
}

/** Whether more labels follow and the last of them after *or*: then all are alternatives. */
function leadsToOr(tokens: Token[], from: number): boolean {
  for (let at = from; at < Math.min(tokens.length, from + 24); at++) {
    const token = tokens[at]
    if (token?.lower === 'or') return true
    if (
      token?.lower === 'and' ||
      (token?.kind === 'word' && !controlNouns.has(token.lower) && !determiners.has(token.lower))
    )
      return false
  }
  return false
}

function lastSeparator(tokens: Token[], start: number): number {
  let at = start
  while (at > 0 && [',', '>', 'and', 'or', 'then', '+', '&'].includes(tokens[at - 1]?.lower ?? '')) at--
  return at
}

function isNamed(token: Token): boolean {
  return token.kind === 'label' || token.kind === 'literal' || token.kind === 'link'
}

// > | select the new **X**      select your **Subscription**
//            ^
function isModifier(tokens: Token[], at: number, start: number): boolean {
  const token = tokens[at]
  if (token?.kind === 'mark') return token.text === '"' || token.text === '“'
  if (token?.kind !== 'word' || at - start > 3) return false
  return (
    determiners.has(token.lower) ||
    modifiers.has(token.lower) ||
    (at > start && !boundaries.has(token.lower) && isNamed(tokens[at + 1] ?? token))
  )
}

const modifiers = new Set(
  'new existing following blue first second third last top same default only option value name named icon button tab link on resource type'.split(
    ' ',
  ),
)
const boundaries = new Set(
  'to for from in on at under of with by if when that which where as using and or then'.split(' '),
)

function skipNouns(tokens: Token[], from: number): number {
  let at = from
  while (
    tokens[at]?.kind === 'word' &&
    (controlNouns.has(tokens[at]?.lower ?? '') ||
      tokens[at]?.lower === 'slider' ||
      thingNouns.has(tokens[at]?.lower ?? '') ||
      (tokens[at]?.lower === 'check' && wordAt(tokens, at + 1) === 'box') ||
      (tokens[at]?.lower === 'radio' && wordAt(tokens, at + 1) === 'button'))
  )
    at++
  return at
}

const thingNouns = new Set(
  'variable parameter property argument attribute key entry checkbox box boxes checkboxes tabs pages field fields radio drop-down dropdown list section blade setting settings value role resource service group template node area policy toggle switch menu again'.split(
    ' ',
  ),
)

// > | **Endpoint** (preview)
//                  ^
function skipParenthesis(tokens: Token[], at: number): number {
  if (tokens[at]?.text === '"' || tokens[at]?.text === '”') return skipParenthesis(tokens, at + 1)
  if (tokens[at]?.text !== '(') return at
  const close = tokens.findIndex((token, index) => index > at && token.text === ')')
  return close < 0 ? at : close + 1
}

function readSeparator(
  tokens: Token[],
  from: number,
): { next: number; or: boolean; comma: boolean; chained: boolean } | undefined {
  let at = from
  let or = false
  let comma = false
  let chained = false
  for (; at < tokens.length && at - from < 4; at++) {
    const { lower, kind } = tokens[at] as Token
    if (lower === 'or' || lower === 'and/or') or = true
    else if (lower === ',') comma = true
    else if (lower === '>' || lower === '->' || lower === '→' || lower === 'then') chained = true
    else if (!['and', '&', '-', '–', '|', '+'].includes(lower) || kind === 'label') break
  }
  return at === from ? undefined : { next: at, or, comma, chained }
}

/** A noun phrase for each of the things that are named without a label: *a subscription, resource group, and region*. */
function readPhrases(tokens: Token[], from: number, found: Objects, whole: boolean): number {
  const apposed = readApposition(tokens, from, found)
  if (apposed !== undefined) return apposed
  const end = endOfPhrase(tokens, from)
  const span = tokens.slice(from, end)
  let start = 0
  let or = false
  const add = (to: number) => {
    const piece = trim(span.slice(start, to))
    if (piece.length > 0)
      found.things.push({
        kind: 'phrase',
        text: textOf(piece),
        before: '',
        noun: '',
        tokens: piece,
        ...(or ? { or: true as const } : {}),
      })
  }
  if (!whole && isEnumeration(span))
    for (const [index, token] of span.entries()) {
      if (index >= endOfHead(span)) break
      if (token.text !== ',' && token.lower !== 'and' && token.lower !== 'or') continue
      if (token.lower === 'and' && span.slice(start, index).some(({ lower }) => lower === 'between')) continue
      add(index)
      or = token.lower === 'or' ? true : token.lower === 'and' ? false : or
      start = index + 1
    }
  add(span.length)
  return end
}

// > | provide the resource group name, `rg1`
//                                      ^ what the phrase before it means
function readApposition(tokens: Token[], from: number, found: Objects): number | undefined {
  if (!determiners.has(wordAt(tokens, from) ?? '')) return undefined
  let at = from
  while (tokens[at]?.kind === 'word' && at - from < 8 && !boundaries.has(tokens[at]?.lower ?? '')) at++
  const comma = tokens[at]?.text === ','
  const named = tokens[comma ? at + 1 : at]
  if (!comma || !named || (named.kind !== 'label' && named.kind !== 'literal')) return undefined
  const next = (comma ? at + 1 : at) + 1
  const after = tokens[next]
  if (after && after.text !== ',' && after.kind !== 'word') return undefined
  found.things.push({
    kind: named.kind,
    text: bareLabel(named.text),
    before: '',
    noun: textOf(tokens.slice(from, at)),
    tokens: tokens.slice(from, next),
  })
  return next
}

/** Whether commas and *and* separate things rather than words of one: each is short. */
function isEnumeration(span: Token[]): boolean {
  const head = span.slice(0, endOfHead(span))
  const separators = head.filter(token => token.text === ',' || token.lower === 'and').length
  return separators > 0 && head.length <= separators * 6 + 6
}

// > | the user name and password that you created before, and noted
//                                ^ what follows describes
function endOfHead(span: Token[]): number {
  const at = span.findIndex(({ lower }) => ['that', 'which', 'you', 'where'].includes(lower))
  return at < 0 ? span.length : at
}

function trim(tokens: Token[]): Token[] {
  let from = 0
  while (tokens[from] && ['and', 'or', ',', 'then'].includes(tokens[from]?.lower ?? '')) from++
  return tokens.slice(from)
}

function endOfPhrase(tokens: Token[], from: number): number {
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (at > from && token.text === ',' && isAside(tokens, at + 1)) return at
    if (token.text === '(' && at > from) return at
    if (
      token.text === ':' ||
      token.text === ';' ||
      token.text === '–' ||
      token.text === '—' ||
      (token.text === '-' && token.kind === 'mark')
    )
      return at
    if (token.kind !== 'word') continue
    if (at > from && endsPhrase(tokens, at)) return at
  }
  return tokens.length
}

function isAside(tokens: Token[], at: number): boolean {
  const words = textOf(tokens.slice(at, at + 3)).toLowerCase()
  return /^(?:such as|for example|like|e\.g|which|where|including|if|as|then|or (?:leave|use|keep|accept)|so|using|based|but|in|on|from|for|with)\b/.test(
    words,
  )
}

function endsPhrase(tokens: Token[], at: number): boolean {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  if (beginsPurpose(tokens, at)) return !endsInInfinitive(tokens, at)
  if (
    (word === 'as' && next !== 'the') ||
    (word === 'such' && next === 'as') ||
    word === 'if' ||
    word === 'when' ||
    word === 'by' ||
    word === 'again'
  )
    return true
  if (word === 'for' && next === 'example') return true
  if (word === 'for' && (tokens[at + 1]?.kind === 'label' || tokens[at + 2]?.kind === 'label')) return true
  if (word === 'to' && /^the (?:far )?(?:right|left)\b/i.test(textOf(tokens.slice(at + 1, at + 4)))) return true
  if (word !== 'in' && word !== 'from' && word !== 'on' && word !== 'at' && word !== 'under' && word !== 'into')
    return false
  const place = readPlacePhrase(tokens, at)
  if (!place) return false
  const noun = tokens[place.next - 1]
  const listed = place.places.at(-1)?.name.startsWith('list of ') === true
  return place.places.length === 0 || noun?.kind === 'label' || listed || placeNouns.has(noun?.lower ?? '')
}

// > | select the disk to remove
//                     ^ which one, where *to open the pane* would say why
function endsInInfinitive(tokens: Token[], at: number): boolean {
  const verb = readVerb(tokens, at + 1)
  if (!verb || verb.next !== tokens.length || at + 2 !== verb.next) return false
  return !/^(?:continue|proceed|confirm|finish|begin|start|exit|refresh|return|save|complete|submit)$/.test(verb.verb)
}

/** Reads one phrase behind the objects. Returns where it began when it is none that counts. */
function readTail(tokens: Token[], at: number, found: Objects): number {
  const word = wordAt(tokens, at)
  const token = tokens[at]
  if (token?.text === ',' || token?.text === ')' || token?.text === '"') return at + 1
  if (word === undefined) return at
  if (word === 'for' || word === 'as') return readField(tokens, at, found)
  if (word === 'if' || word === 'when' || word === 'as') return readCondition(tokens, at, found)
  if (word === 'to') return readGoal(tokens, at, found)
  if (word === 'named' || word === 'called') return readName(tokens, at + 1, found)
  if (!placePrepositions.has(word) && word !== 'of') return at
  const place = readPlacePhrase(tokens, at)
  if (!place) return at
  found.places.push(...place.places)
  return place.next
}

function readField(tokens: Token[], at: number, found: Objects): number {
  let next = at + 1
  while (determiners.has(wordAt(tokens, next) ?? '') || wordAt(tokens, next) === 'new') next++
  const token = tokens[next]
  if (!token) return at
  if (token.kind === 'label' || token.kind === 'literal') {
    found.field ??= bareLabel(token.text)
    found.fieldLabelled = true
    let end = next + 1
    while (
      tokens[end]?.kind === 'word' &&
      (controlNouns.has(tokens[end]?.lower ?? '') || thingNouns.has(tokens[end]?.lower ?? ''))
    )
      end++
    return end
  }
  let end = next
  while (tokens[end]?.kind === 'word' && end - next < 5 && !boundaries.has(tokens[end]?.lower ?? '')) end++
  if (end === next || tokens[at + 1]?.lower !== 'the' || end - next > 4 || found.things[0]?.kind === 'phrase') return at
  found.field ??= textOf(tokens.slice(next, end))
  found.fieldLabelled ??= wordAt(tokens, at) === 'as'
  return end
}

const conditions =
  /^(?:if|when) (?:you(?:'re| are) )?(prompted|asked|necessary|needed|required|desired|available|applicable|it appears|.+)$/i

function readCondition(tokens: Token[], at: number, found: Objects): number {
  const text = textOf(tokens.slice(at))
  if (
    /^(?:when|once|after) (?:you(?:'re| are| have)|done|finished|complete)\b/i.test(text) &&
    !/prompt|asked/i.test(text)
  )
    return tokens.length
  if (/^(?:when|if) \w+ing\b/i.test(text)) return tokens.length
  const match = conditions.exec(text)
  if (!match) return at
  found.when = text.replace(/^(?:if|when|as) /i, '')
  return tokens.length
}

// > | set **X** to **Y**      select **X** to open the **Y** page
//              ^
function readGoal(tokens: Token[], at: number, found: Objects): number {
  if (readVerb(tokens, at + 1)) {
    found.rest = tokens.slice(at)
    return tokens.length
  }
  const inner: Objects = { things: [], places: [], rest: [] }
  const next = readThings(tokens, at + 1, inner)
  const [thing] = inner.things
  if (!thing) return at
  found.to = thing
  return next
}

function readName(tokens: Token[], at: number, found: Objects): number {
  const inner: Objects = { things: [], places: [], rest: [] }
  const next = readThings(tokens, at, inner)
  const [thing] = inner.things
  if (!thing) return at
  found.to = thing
  return next
}
