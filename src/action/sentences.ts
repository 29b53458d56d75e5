import type { Token } from './tokens.ts'

/** Cuts tokens into sentences. The full stop stays out; a colon ends one where another instruction begins after it. */
export function splitSentences(tokens: Token[]): Token[][] {
  const sentences: Token[][] = []
  let sentence: Token[] = []
  const end = () => {
    if (sentence.length > 0) sentences.push(sentence)
    sentence = []
  }
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]
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
