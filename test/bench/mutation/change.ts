import type { PlannedStep } from '../../../src/plan/plan.ts'
import type { Equivalent, EquivalenceRule, Mutant, MutantClass } from './mutant.ts'
import type { Original } from './original.ts'

/** A piece of an article's text that is replaced. Offsets. */
export interface Replacement {
  start: number
  end: number
  text: string
}

/** The text with pieces replaced. @throws Error where two pieces overlap. */
export function replaced(text: string, replacements: readonly Replacement[]): string {
  let end = text.length
  let result = text
  for (const piece of [...replacements].sort((a, b) => b.start - a.start)) {
    if (piece.end > end) throw new Error(`Two changes overlap at offset ${piece.start}.`)
    end = piece.start
    result = result.slice(0, piece.start) + piece.text + result.slice(piece.end)
  }
  return result
}

/** 1-based. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** First and last line of a step, in the article as it is. */
export function linesOf({ place }: Pick<PlannedStep, 'place'>): [first: number, last: number] {
  return [place.start.line, place.end.line]
}

/** What a generator gives: mutants, and the changes that it argues to be equivalent. */
export interface Made {
  mutants: Mutant[]
  equivalents: Equivalent[]
}

/** The id of a change: where it is, and which of several there. */
export function idOf({ name }: Original, kind: MutantClass, at: number | string, variant = ''): string {
  return [name.replace(/\.md$/, ''), kind, at, ...(variant === '' ? [] : [variant])].join(':')
}

/** A change that makes no difference. */
export function equivalent(
  original: Original,
  kind: MutantClass,
  at: number | string,
  { change, rule }: { change: string; rule: EquivalenceRule },
): Equivalent {
  return { id: idOf(original, kind, at), class: kind, article: original.name, change, rule }
}
