/** How alike two labels are: 1 the same but for case and punctuation, 0 nothing in common. Dice's coefficient over letter pairs. */
export function likeness(one: string, other: string): number {
  const [a, b] = [fold(one), fold(other)]
  if (a === b) return 1
  const pairs = pairsOf(a)
  const left = pairsOf(b)
  const total = pairs.length + left.length
  if (total === 0) return 0
  const shared = pairs.filter(pair => {
    const at = left.indexOf(pair)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
  const dice = (2 * shared.length) / total
  // A label that holds all the words of the other is near, however much longer it is; the less longer, the nearer.
  return containsWords(a, b) || containsWords(b, a) ? Math.max(dice, 0.85 + dice / 10) : dice
}

/** The candidates nearest to a label, best first, at most `limit` of them; those with nothing in common are left out. */
export function nearest(label: string, candidates: Iterable<string>, { limit = 5, from = 0.3 } = {}): string[] {
  return [...new Set(candidates)]
    .map(candidate => ({ candidate, score: likeness(label, withoutGroup(candidate)) }))
    .filter(({ score }) => score >= from)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}

function fold(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function pairsOf(text: string): string[] {
  return text
    .split(' ')
    .flatMap(word =>
      word.length < 2
        ? [word].filter(Boolean)
        : Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)),
    )
}

function containsWords(whole: string, part: string): boolean {
  const words = new Set(whole.split(' '))
  return part !== '' && part.split(' ').every(word => words.has(word))
}

/** `(Europe) North Europe` is an option called North Europe, in a group (`portal-facts.md` §5). */
function withoutGroup(candidate: string): string {
  return candidate.replace(/^\([^)]*\)\s*(?=\S)/, '')
}
