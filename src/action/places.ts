import { placeNouns, fieldPlaces, sectionPlaces } from './nouns.ts'
import { textOf, type Token } from './tokens.ts'
import { determiners, wordAt } from './verbs.ts'

/** A named place that an instruction happens in. */
export interface NamedPlace {
  name: string
  /** `page` keeps its reader; from a `section` or menu a selection leads away; a `field` takes a value; a `search` box takes what to look for; `bare` doesn't say. */
  kind: 'page' | 'section' | 'field' | 'search' | 'bare'
  preposition: string
}

export interface PlacesFound {
  /** Outermost first. */
  places: NamedPlace[]
  next: number
}

export const placePrepositions = new Set([
  'in',
  'on',
  'at',
  'from',
  'under',
  'within',
  'inside',
  'below',
  'into',
  'beneath',
  'beside',
  'using',
])

/**
 * Reads a phrase that names a place. The portal itself is none, and neither is what has no name.
 *
 * ```
 * > | On the **Basics** tab of **Create a thing**, select
 *     ^
 * > | In the service menu, select    From the search results    At the top of the page
 *     ^
 * ```
 */
export function readPlacePhrase(tokens: Token[], at: number): PlacesFound | undefined {
  const beside = besideAt(tokens, at)
  if (beside > 0) return readPlaceNoun(tokens, at + beside, 'beside')
  const preposition = wordAt(tokens, at)
  if (preposition === undefined || !placePrepositions.has(preposition)) return undefined
  return readPlaceNoun(tokens, at + 1, preposition)
}

// > | Next to **Address**, select **Update**.      To the right of **disk1**, select **Detach**.
//     ^
/** How many words say that something is beside the place that follows them. */
export function besideAt(tokens: Token[], at: number): number {
  const isHere = (words: readonly string[]) => words.every((word, offset) => wordAt(tokens, at + offset) === word)
  return besidePhrases.find(isHere)?.length ?? 0
}

const besidePhrases = ['next to', 'to the right of', 'to the left of'].map(phrase => phrase.split(' '))

function readPlaceNoun(tokens: Token[], from: number, preposition: string): PlacesFound | undefined {
  let at = skipDeterminers(tokens, from)
  if (isPositionWord(tokens, at)) return readPosition(tokens, at, preposition)
  const owner = at
  while (at < tokens.length && at - owner < 8 && tokens[at]?.kind === 'word' && !stops.has(tokens[at]?.lower ?? ''))
    at++
  const named = tokens[at]
  if (named && (named.kind === 'label' || named.kind === 'literal') && ownerOnly(tokens.slice(owner, at)))
    return withOwner(tokens, readNamed(tokens, at, preposition), preposition)
  if (named?.kind === 'link') {
    const next = skipKind(tokens, at + 1)
    const kind = preposition === 'from' ? 'section' : 'bare'
    return { places: isPortal(named.text) ? [] : [{ name: named.text, kind, preposition }], next }
  }
  return readUnnamed(tokens, owner, preposition)
}

function skipDeterminers(tokens: Token[], at: number): number {
  while (determiners.has(wordAt(tokens, at) ?? '') || ['same', 'new', 'following'].includes(wordAt(tokens, at) ?? ''))
    at++
  return at
}

// > | On the VM's **Overview** page      in your registry's service menu      the left **Settings** menu
//            ^ the owner and what describes the place are dropped
function ownerOnly(words: Token[]): boolean {
  return (
    words.length <= 6 &&
    !words.some(({ lower }) => ['to', 'for', 'that', 'which', 'select', 'of', 'locate'].includes(lower))
  )
}

function readNamed(tokens: Token[], at: number, preposition: string): PlacesFound {
  const token = tokens[at] as Token
  const next = skipKind(tokens, at + 1)
  const nouns = tokens.slice(at + 1, next).map(({ lower }) => lower)
  const labelled = bareLabel(token.text)
  const inField = /^(.+) (?:field|drop-?down(?: list)?|text ?box)$/i.exec(labelled)?.[1]
  if (inField !== undefined) return { places: [{ name: inField, kind: 'field', preposition }], next }
  const name = labelled
  if (isPortal(name)) return { places: [], next }
  if (/^search\b/i.test(name) && !/results/i.test(name))
    return { places: [{ name, kind: 'search', preposition }], next }
  if (next === at + 1 && tokens[next]?.lower === 'and' && tokens[next + 1]?.kind === 'label') {
    const other = readNamed(tokens, next + 1, preposition)
    const plural = /^(?:tabs|pages|blades|panes)$/.test(tokens[next + 2]?.lower ?? '')
    if (plural) return { places: [{ name, kind: 'page', preposition }, ...other.places], next: other.next }
  }
  if (tokens[next]?.lower === 'or' && tokens[next + 1]?.kind === 'label') {
    const other = readNamed(tokens, next + 1, preposition)
    return { places: [{ name, kind: other.places[0]?.kind ?? 'page', preposition }], next: other.next }
  }
  if ((tokens[next]?.text === '>' || tokens[next]?.text === '|') && tokens[next + 1]?.kind === 'label') {
    const inner = readNamed(tokens, next + 1, preposition)
    return { places: [{ name, kind: 'section', preposition }, ...inner.places], next: inner.next }
  }
  const kind =
    nouns.every(noun => menuNouns.has(noun)) && menuGroups.has(name.toLowerCase())
      ? 'section'
      : kindOf(nouns, preposition)
  return { places: [{ name, kind, preposition }], next }
}

/** Groups of a resource's menu: *the **Settings** blade* is a part of the menu, not a page. */
const menuGroups = new Set(
  'settings|monitoring|operations|security|automation|networking|help|support + troubleshooting|data management|dns management|authoring|services|backup + disaster recovery|data storage|security + networking|access control|getting started|manage|management|infrastructure|protected items|development|tasks|deployment|diagnostics|availability + scale|connect'.split(
    '|',
  ),
)
const menuNouns = new Set('blade area section menu pane group heading'.split(' '))

function skipKind(tokens: Token[], at: number): number {
  while (
    at < tokens.length &&
    tokens[at]?.kind === 'word' &&
    (placeNouns.has(tokens[at]?.lower ?? '') ||
      (kindAdjectives.has(tokens[at]?.lower ?? '') && placeNouns.has(wordAt(tokens, at + 1) ?? '')))
  )
    at++
  return at
}

const kindAdjectives = new Set([
  'settings',
  'details',
  'text',
  'drop',
  'down',
  'service',
  'resource',
  'context',
  'dialog',
])

function kindOf(nouns: string[], preposition: string): NamedPlace['kind'] {
  const last = nouns.at(-1)
  if (nouns.some(noun => fieldPlaces.has(noun))) return 'field'
  if (
    nouns.some(noun => sectionPlaces.has(noun)) ||
    preposition === 'under' ||
    preposition === 'below' ||
    preposition === 'beneath'
  )
    return 'section'
  if (preposition === 'from' && last === undefined) return 'section'
  return last === undefined ? 'bare' : 'page'
}

// > | On the **Basics** tab of the **Create a thing** page
//                           ^ the outer place
function withOwner(tokens: Token[], found: PlacesFound, preposition: string): PlacesFound {
  const word = wordAt(tokens, found.next)
  if (word !== 'of' && word !== 'in' && word !== 'on' && word !== 'under') return found
  const outer = readPlaceNoun(tokens, found.next + 1, preposition)
  if (!outer) {
    if (word !== 'of') return found
    let at = found.next + 1
    while (tokens[at]?.kind === 'word' && at - found.next < 8 && !stops.has(tokens[at]?.lower ?? '')) at++
    return { places: found.places, next: at }
  }
  return { places: [...outer.places, ...found.places], next: outer.next }
}

const stops = new Set(
  'select click choose enter go find and then to for that which where you is are of in on at from under with as'.split(
    ' ',
  ),
)

// > | In the service menu, ...     From the search results ...    In Azure Arc, ...
//            ^
function readUnnamed(tokens: Token[], at: number, preposition: string): PlacesFound | undefined {
  let end = at
  while (end < tokens.length && end - at < 7 && tokens[end]?.kind === 'word' && !stops.has(tokens[end]?.lower ?? ''))
    end++
  const words = tokens.slice(at, end)
  const lastNoun = words.findLastIndex(({ lower }) => placeNouns.has(lower))
  if (lastNoun < 0) return readProperName(tokens, at, words, preposition)
  const named = words.slice(0, lastNoun + 1)
  const next = at + lastNoun + 1
  const noun = words[lastNoun]?.lower ?? ''
  const full = textOf(withoutOwner(named)).replace(/^(?:Microsoft )?(?:Azure )?portal (?=\w)/i, '')
  if (noun === 'group' && !isProper(textOf(named))) return undefined
  if (noun === 'row' && named.length === 1 && ['for', 'of', 'with', 'that'].includes(wordAt(tokens, next) ?? ''))
    return readRow(tokens, at, preposition)
  if (isPortal(textOf(named)) || noun === 'portal') return { places: [], next }
  if (/\bsearch\b/i.test(full) && noun !== 'results') return search(tokens, full, preposition, next)
  if (wordAt(tokens, next) === 'of' && fieldPlaces.has(noun)) return readListOf(tokens, at, next, preposition)
  const name = isProper(full) ? full.replace(kindSuffix, '') : full
  if (fieldPlaces.has(noun))
    return {
      places: namesField(full, name) ? [{ name: full.replace(kindSuffix, ''), kind: 'field', preposition }] : [],
      next,
    }
  if (vague.has(full.toLowerCase())) return { places: [], next }
  const section = sectionPlaces.has(noun) || (preposition === 'from' && noun !== 'page' && noun !== 'blade')
  return withOwner(tokens, { places: [{ name, kind: section ? 'section' : 'page', preposition }], next }, preposition)
}

// > | In the repository field, ...    but not: In the new text box, ...
//            ^
function namesField(full: string, name: string): boolean {
  if (isProper(full)) return name !== full
  return /\b(?:field|text-?box|text box)$/i.test(full) && !unspecific.test(full)
}

const unspecific =
  /^(?:field|text-?box|text box|(?:new|first|second|next|last|other|input|text|empty|entry|blank|required|respective|corresponding|appropriate|relevant|resulting|available|query|command|editor|search|filter|form|dialog|edit)\b.*)$/i

const kindSuffix =
  /(?:\s+(?:pages?|blades?|pane|panel|tab|section|menu|window|dialog(?: box)?|screen|form|drop-?down|drop|down|list|box|field|text|textbox|text-box|combobox|area|view|selector|picker))+$/i

/** Whether a name is written like one: *Basics tab*, not *service menu*. */
function isProper(name: string): boolean {
  return /^[A-Z]/.test(name)
}

// > | In the row for the disk that you want, ...
//            ^
function readRow(tokens: Token[], at: number, preposition: string): PlacesFound {
  let next = at
  while (next < tokens.length && next - at < 20 && tokens[next]?.kind !== 'mark') next++
  return { places: [{ name: textOf(tokens.slice(at, next)), kind: 'section', preposition }], next }
}

// > | In the list of assignments, ...
//            ^
function readListOf(tokens: Token[], at: number, of: number, preposition: string): PlacesFound {
  let next = of + 1
  while (tokens[next]?.kind === 'word' && next - of < 5 && !stops.has(tokens[next]?.lower ?? '')) next++
  return { places: [{ name: textOf(tokens.slice(at, next)), kind: 'section', preposition }], next }
}

// > | In Azure Arc, ...    On the Basics tab of Create a thing, ...
//        ^
function readProperName(tokens: Token[], at: number, words: Token[], preposition: string): PlacesFound | undefined {
  const [first] = words
  const after = tokens[at + words.length]
  if (!first || !/^[A-Z]/.test(first.text) || words.length > 5) return undefined
  const proper = words.every(({ text }) => /^[A-Z]/.test(text))
  if (!proper && after?.text !== ',') return undefined
  const name = textOf(words.map((word, index) => (index === 0 ? { ...word, spaced: false } : word)))
  const kind = preposition === 'from' || preposition === 'under' ? 'section' : 'page'
  return { places: isPortal(name) ? [] : [{ name, kind, preposition }], next: at + words.length }
}

// > | In the search box at the top of the portal, ...
//                       ^ only says which
function search(tokens: Token[], name: string, preposition: string, at: number): PlacesFound {
  const places: NamedPlace[] = [{ name, kind: 'search', preposition }]
  const where = wordAt(tokens, at)
  if (where === undefined || !placePrepositions.has(where)) return { places, next: at }
  return { places, next: readPlaceNoun(tokens, at + 1, where)?.next ?? at }
}

const vague = new Set([
  'page',
  'screen',
  'window',
  'section',
  'pane',
  'area',
  'tab',
  'blade',
  'form',
  'list',
  'view',
  'dialog',
  'next page',
  'next screen',
  'form',
  'dropdown menu',
  'page that appears',
])

function withoutOwner(words: Token[]): Token[] {
  const possessive = words.findLastIndex(({ lower }) => /'s$|s'$/.test(lower))
  const rest = words.slice(possessive + 1)
  return rest.length > 0 ? rest.map((word, index) => (index === 0 ? { ...word, spaced: false } : word)) : words
}

function isPositionWord(tokens: Token[], at: number): boolean {
  return (
    [
      'top',
      'bottom',
      'left',
      'right',
      'upper',
      'lower',
      'upper-left',
      'upper-right',
      'left-hand',
      'right-hand',
      'side',
      'corner',
      'top-right',
      'top-left',
      'end',
      'center',
      'middle',
    ].includes(wordAt(tokens, at) ?? '') && !placeNouns.has(wordAt(tokens, at + 1) ?? '')
  )
}

// > | at the top of the page      on the upper-left side of the portal
//            ^ says where to look, names nothing
function readPosition(tokens: Token[], from: number, preposition: string): PlacesFound {
  let at = from
  while (tokens[at]?.kind === 'word' && !stops.has(tokens[at]?.lower ?? '')) at++
  if (wordAt(tokens, at) !== 'of') return { places: [], next: at }
  const outer = readPlaceNoun(tokens, at + 1, preposition)
  return outer ?? { places: [], next: at }
}

export function isPortal(text: string): boolean {
  return /^(?:the |your )?(?:microsoft )?(?:azure |azure government )?portal$/i.test(text.trim())
}

/** The first places that a phrase names anywhere. */
export function findPlaces(tokens: Token[]): NamedPlace[] {
  for (let at = 0; at < tokens.length; at++) {
    const found = readPlacePhrase(tokens, at)
    if (found && found.places.length > 0) return found.places
  }
  return []
}

/** A label without the sign that stands for an icon, and without a trailing colon or full stop. */
export function bareLabel(text: string): string {
  const bare = text
    .replace(/^\+\s*(?=\S)/, '')
    .replace(/(\S)\s+\+$/, '$1')
    .replace(/\s*(?:\.{1,3}|…|:|,|;)$/, '')
    .trim()
  return bare === '' ? text.trim() : bare
}
