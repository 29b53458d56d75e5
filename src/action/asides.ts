import { startsInstruction } from './leads.ts'
import type { Token } from './tokens.ts'
import { readVerb, wordAt } from './verbs.ts'

export interface Untangled {
  main: Token[]
  /** What stood in parentheses and instructs by itself. */
  asides: Token[][]
}

/**
 * Takes a sentence apart before it is read.
 *
 * ```
 * > | Enter the settings (leave the others as they are).
 *                        ^ a sentence of its own; what only informs is dropped
 * > | Set the scope by clicking the icon and selecting a group, leaving the rest.
 *                      ^ read as: click the icon and select a group, leave the rest
 * ```
 */
export function untangle(sentence: Token[]): Untangled {
  const main: Token[] = []
  const asides: Token[][] = []
  for (let at = 0; at < sentence.length; at++) {
    const token = sentence[at] as Token
    const close = token.kind === 'mark' && token.text === '(' ? closingOf(sentence, at) : undefined
    if (close === undefined || isOptionalMark(sentence, at)) {
      main.push(token)
      continue
    }
    const aside = withoutStop(sentence.slice(at + 1, close))
    if (
      aside.length > 1 &&
      instructing.has(aside[0]?.lower ?? '') &&
      (aside[0]?.lower === 'if' || startsInstruction(aside, 0)) &&
      (aside[0]?.lower !== 'create' || (aside.length === 2 && aside[1]?.lower === 'new'))
    )
      asides.push(aside)
    at = close
  }
  return { main: withoutGerunds(withoutColons(main)), asides }
}

const instructing = new Set(
  'if leave leaving keep accept select click choose enter press take use optionally create'.split(' '),
)

function withoutStop(tokens: Token[]): Token[] {
  return tokens.at(-1)?.text === '.' ? tokens.slice(0, -1) : tokens
}

function closingOf(tokens: Token[], open: number): number | undefined {
  let depth = 0
  for (let at = open; at < Math.min(tokens.length, open + 60); at++) {
    if (tokens[at]?.kind !== 'mark') continue
    if (tokens[at]?.text === '(') depth++
    if (tokens[at]?.text === ')' && --depth === 0) return at
  }
  return undefined
}

function isOptionalMark(tokens: Token[], at: number): boolean {
  return at === 0 && tokens[1]?.lower === 'optional'
}

// > | Change the name to: **New name**
//                       ^
function withoutColons(tokens: Token[]): Token[] {
  return tokens.filter(
    ({ text, kind }, at) =>
      !(
        kind === 'mark' &&
        text === ':' &&
        tokens[at - 1]?.kind === 'word' &&
        ['label', 'literal'].includes(tokens[at + 1]?.kind ?? '') &&
        !offersLabels(tokens.slice(at + 1))
      ),
  )
}

// > | Select one of the options: **Upload**, **Paste**, or **Link**
//                              ^ what follows it are the options
function offersLabels(tokens: Token[]): boolean {
  const between = tokens.filter(({ kind }) => kind !== 'label')
  return between.some(({ lower }) => lower === 'or') && between.every(({ lower }) => lower === 'or' || lower === ',')
}

const gerunds: Record<string, string> = {
  clicking: 'click',
  selecting: 'select',
  choosing: 'choose',
  entering: 'enter',
  specifying: 'specify',
  pressing: 'press',
  leaving: 'leave',
  keeping: 'keep',
  accepting: 'accept',
  typing: 'type',
  searching: 'search',
}

function withoutGerunds(tokens: Token[]): Token[] {
  let means = false
  return tokens.map((token, at) => {
    const base = token.kind === 'word' ? gerunds[token.lower] : undefined
    const before = tokens[at - 1]?.lower
    if (base === undefined) return token
    const leaving = before === ',' && ['leave', 'keep', 'accept'].includes(base)
    if (before === 'by') means = true
    if (!leaving && !(means && (before === 'by' || before === 'and' || before === 'then' || before === ',')))
      return token
    return { ...token, text: base, lower: base }
  })
}

/** Whether *by* at an index says how something is done: with an instruction. */
export function saysHow(tokens: Token[], at: number): boolean {
  return (
    wordAt(tokens, at) === 'by' &&
    readVerb(tokens, at + 1) !== undefined &&
    Object.values(gerunds).includes(wordAt(tokens, at + 1) ?? '')
  )
}
