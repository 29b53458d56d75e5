import { isImperative } from '../article/imperative.ts'
import type { Token } from './tokens.ts'

export interface VerbFound {
  /** As `verbTable` has it: `select`, `go to`, `turn on`. */
  verb: string
  /** The index behind the verb. */
  next: number
}

/** Verbs of more than one word, by their first, the longest first. */
const compounds = group([
  'sign in to',
  'sign in',
  'sign into',
  'sign out',
  'sign back in',
  'log in to',
  'log in',
  'log into',
  'log on to',
  'log out',
  'go back to',
  'go to',
  'go into',
  'go back',
  'navigate back to',
  'navigate to',
  'navigate through',
  'navigate',
  'browse to',
  'browse for',
  'switch back to',
  'switch to',
  'switch on',
  'switch off',
  'return to',
  'move to',
  'proceed to',
  'continue to',
  'search for',
  'look for',
  'turn on',
  'turn off',
  'toggle on',
  'toggle off',
  'make sure',
  'make a note of',
  'make note of',
  'take a note of',
  'take note of',
  'take a moment to',
  'take a minute to',
  'take a few minutes to',
  'take some time to',
  'take time to',
  'make sure to',
  'remember to',
  'try to',
  "don't forget to",
  'browse through',
  'look through',
  'read through',
  'read back through',
  'move on to',
  'continue on to',
  'continue on',
  'proceed with',
  'continue with',
  'continue working',
  'place a checkmark next to',
  'place a check mark next to',
  'put a check mark next to',
  'place a checkbox next to',
  'put a checkmark next to',
  'place a checkmark in',
  'place a check in',
  'write down',
  'note down',
  'wait for',
  'wait until',
  'wait while',
  'wait till',
  'fill in',
  'fill out',
  'click on',
  'tap on',
  'press on',
  'scroll down',
  'scroll up',
  'scroll',
  'type in',
  'paste in',
  'set up',
  'check out',
  'look at',
  'look up',
  'look over',
  'check for',
  'check that',
  'check if',
  'check whether',
  'check to see',
  'check to make sure',
  'keep track of',
  'leave off',
  'zoom in',
  'zoom out',
  'save as',
  'be sure to',
  'be sure',
  "don't change",
  'do not change',
  "don't select",
  'do not select',
  "don't",
  'do not',
  'ssh into',
  'rdp into',
  'opt in',
  'opt out',
  'point to',
  'hover over',
  'click through',
  'step through',
  'pay attention to',
  'familiarize yourself with',
  'get familiar with',
  'browse back to',
  'replace',
])

/** Words that are verbs in one sentence and nouns in the next: only what follows tells. */
const nouns = new Set(
  (
    'name set note record view access display order map link list search filter query test share schedule request scope ' +
    'focus plan point process monitor report return run start stop release update upgrade use visit watch work copy change ' +
    'check drag export import label match push pull read import move store review start stop backup restore address group ' +
    'key show place save press type value support mount form state apply connect clear open close keep create delete' +
    ' tag limit scale block package output forward commit load ask study issue book edit upload download press contact finish skip install deploy project input log register assign'
  ).split(' '),
)
const alwaysVerbs = new Set(
  'select click choose enter navigate ensure verify configure provide specify expand sign deselect uncheck review confirm wait'.split(
    ' ',
  ),
)

/** The verb in the imperative that stands at an index, if one does. */
export function readVerb(tokens: Token[], at: number): VerbFound | undefined {
  const token = tokens[at]
  if (token?.kind !== 'word') return undefined
  const compound = compounds.get(token.lower)?.find(words => words.every((word, i) => wordAt(tokens, at + i) === word))
  if (compound) return { verb: compound.join(' '), next: at + compound.length }
  if (
    properNouns.has(token.lower) &&
    /^[A-Z]/.test(token.text) &&
    /^[A-Z]/.test(tokens[at + 1]?.text ?? '') &&
    tokens[at + 1]?.kind === 'word'
  )
    return undefined
  if (nouns.has(token.lower) && tokens[at + 1]?.text === ':' && at === 0) return undefined
  if (!isImperative(token.lower) && !extraVerbs.has(token.lower)) return undefined
  return { verb: token.lower, next: at + 1 }
}

/** The same in the middle of a sentence, where a noun may look like a verb: *the name and address*. */
export function readVerbInside(tokens: Token[], at: number): VerbFound | undefined {
  const found = readVerb(tokens, at)
  const token = tokens[at]
  if (!found || !token || found.verb.includes(' ') || alwaysVerbs.has(found.verb)) return found
  if (!nouns.has(found.verb) && !/^[a-z]+$/.test(found.verb)) return found
  const next = tokens[found.next]
  if (!next || next.kind === 'mark') return nouns.has(found.verb) ? undefined : found
  if (next.kind !== 'word') return found
  return determiners.has(next.lower) || afterVerbs.has(next.lower) ? found : nouns.has(found.verb) ? undefined : found
}

/** *Log Analytics*, *Access Control*: the first word of a name. */
const properNouns = new Set(
  'log backup access address group key policy project monitor schedule support test value network update resource site move'.split(
    ' ',
  ),
)

export const determiners = new Set(
  'the a an your this that these those each any all one another both its their every some two three several no either'.split(
    ' ',
  ),
)
const afterVerbs = new Set(
  'and or on off to in it them for from through until that whether as with up out by'.split(' '),
)
const extraVerbs = new Set([
  'ensure',
  'rerun',
  'reopen',
  'reselect',
  'refer',
  'ssh',
  'rdp',
  'sign',
  'hide',
  'consult',
  'place',
  'put',
  'observe',
  'obtain',
  'toggle',
  'respond',
  'agree',
])

/** Whether `to` at an index begins a purpose: *to confirm*, but not *that you want to delete*. */
export function beginsPurpose(tokens: Token[], at: number): boolean {
  if (wordAt(tokens, at) !== 'to' || wants.has(wordAt(tokens, at - 1) ?? '')) return false
  const next = tokens[at + 1]
  return readVerb(tokens, at + 1) !== undefined && next?.kind === 'word' && /^[a-z]/.test(next.text)
}

const wants = new Set(
  'configured designed supposed expected meant want wants need needs like plan intend try going able used have has ready allowed required wish prefer choose decide'.split(
    ' ',
  ),
)

export function wordAt(tokens: Token[], at: number): string | undefined {
  const token = tokens[at]
  return token?.kind === 'word' ? token.lower : undefined
}

function group(phrases: string[]): Map<string, string[][]> {
  const groups = new Map<string, string[][]>()
  for (const phrase of phrases) {
    const words = phrase.split(' ')
    const first = words[0] ?? ''
    groups.set(first, [...(groups.get(first) ?? []), words])
  }
  for (const list of groups.values()) list.sort((a, b) => b.length - a.length)
  return groups
}

// > | [Create a vault](vault.md) for your machines.
//     ^ an instruction that another article explains
export function isLinkedInstruction(tokens: Token[], at: number): boolean {
  const link = tokens[at]
  if (link?.kind !== 'link' || link.url === undefined) return false
  const [first = '', second = ''] = link.lower.split(/\s+/)
  const after = tokens[at + 1]?.lower ?? ''
  return isImperative(first) && determiners.has(second) && !/^(?:is|are|has|can|or|and)$/.test(after)
}
