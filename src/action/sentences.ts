import type { Token } from './tokens.ts'

/** Cuts tokens into sentences. The full stop stays out; a colon ends one where another instruction begins after it. */
export function splitSentences(tokens: Token[]): Token[][] {
  const sentences: Token[][] = []
  let sentence: Token[] = []
  const end = () => {
    if (sentence.length > 0) sentences.push(sentence)
    sentence = []
  }
  let closing = -1
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]
    if (token.text === '(' && token.kind === 'mark' && index > closing) closing = closeOf(tokens, index)
    if (index < closing) {
      sentence.push(token)
      continue
    }
    if (token.kind === 'break' || endsSentence(token, sentence.at(-1), next)) {
      end()
      continue
    }
    sentence.push(token)
    if (token.kind === 'label' && /[.]$/.test(token.text) && next && startsSentence(next)) end()
  }
  end()
  return sentences
}

/** Where a short parenthesis closes: a full stop inside of it ends nothing. */
function closeOf(tokens: Token[], open: number): number {
  for (let at = open + 1; at < Math.min(tokens.length, open + 30); at++) {
    if (tokens[at]?.kind === 'break') return -1
    if (tokens[at]?.kind === 'mark' && tokens[at]?.text === ')') return at
  }
  return -1
}

function endsSentence({ kind, text }: Token, before: Token | undefined, next: Token | undefined): boolean {
  if (kind !== 'mark') return false
  if (text === '!' || text === '?') return true
  if (text === ':') return next === undefined
  if (text !== '.') return false
  if (next === undefined) return true
  if (next.kind === 'mark' && !next.spaced) return false
  if (before?.kind === 'word' && abbreviations.has(before.lower)) return false
  return startsSentence(next)
}

function startsSentence({ kind, text }: Token): boolean {
  return kind !== 'word' || /^[^a-z]/.test(text)
}

const abbreviations = new Set(['e.g', 'i.e', 'vs', 'etc', 'approx', 'no', 'fig'])
