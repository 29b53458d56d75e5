import { phrases } from './phrases/index.ts'

/** The two examples that share most words with a text: how it could be worded so that it is understood. */
export function closestExamples(text: string): string[] {
  const wanted = wordsOf(text)
  const scored = Object.values(phrases)
    .flatMap(phrase => Object.keys(phrase.examples))
    .map(example => {
      const words = wordsOf(example)
      const shared = [...words].filter(word => wanted.has(word)).length
      return { example, score: shared / Math.sqrt(words.size + 1) }
    })
    .filter(({ score }) => score > 0)
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, 2)
    .map(({ example }) => example)
}

function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .slice(0, 500)
      .toLowerCase()
      .match(/[a-z]+/g),
  )
}
