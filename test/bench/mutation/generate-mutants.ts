import type { Era } from '../../../src/sandbox/portal/traits.ts'
import type { Made } from './change.ts'
import { driftMutants } from './drift-mutants.ts'
import type { Mutant, MutantClass } from './mutant.ts'
import { mutantClasses } from './mutant.ts'
import type { Original } from './original.ts'
import { stepMutants } from './step-mutants.ts'
import { wordMutants } from './word-mutants.ts'

/** All mutants of an article that is true in a year's portal: always the same ones, in the same order. */
export function generateMutants(original: Original, era: Era): Made {
  const steps = stepMutants(original)
  const drifts = driftMutants(original, era)
  return {
    mutants: [...wordMutants(original), ...steps.mutants, ...drifts.mutants].sort(byClass),
    equivalents: [...steps.equivalents, ...drifts.equivalents],
  }
}

/**
 * At most `size` of the mutants, spread over classes, surfaces and articles as evenly as there are some; the same for the
 * same seed.
 */
export function sampleMutants(mutants: readonly Mutant[], size: number, seed: number): Mutant[] {
  const strata = new Map<string, Mutant[]>()
  for (const mutant of mutants) {
    const key = `${mutant.class} ${mutant.surface} ${mutant.article}`
    strata.set(key, [...(strata.get(key) ?? []), mutant])
  }
  const queues = [...strata.values()].map(stratum =>
    stratum
      .map(mutant => ({ mutant, rank: hash(`${seed} ${mutant.id}`) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ mutant }) => mutant),
  )
  const taken = new Set<Mutant>()
  for (let round = 0; taken.size < Math.min(size, mutants.length); round++)
    for (const queue of queues) {
      const next = queue[round]
      if (next && taken.size < size) taken.add(next)
    }
  return mutants.filter(mutant => taken.has(mutant))
}

/** @throws Error for a class that there is not. */
export function mutantClass(name: string): MutantClass {
  const known = mutantClasses.find(each => each === name)
  if (known) return known
  throw new Error(`There is no class '${name}'. Use one or more of ${mutantClasses.join(', ')}.`)
}

/** FNV-1a. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value
}

function byClass(one: Mutant, other: Mutant): number {
  return mutantClasses.indexOf(one.class) - mutantClasses.indexOf(other.class)
}
