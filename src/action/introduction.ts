import type { Clause } from './clauses.ts'
import { placeNouns } from './nouns.ts'
import { readObjects } from './objects.ts'
import { bareLabel, type NamedPlace } from './places.ts'
import { textOf } from './tokens.ts'

// > | On the **Basics** tab, enter or select the following information:
//                                            ^ the table or the nested items say what
/** Whether an instruction only introduces what follows it. */
export function introducesMore({ objects, tokens, verb }: Clause, beforeTable: boolean): boolean {
  const text = textOf(tokens)
  const labels = objects.filter(({ kind }) => kind === 'label' || kind === 'literal')
  const points = /\b(?:following|below|as follows)\b/i.test(text)
  if (verb.startsWith('wait') || verb === 'verify') return false
  if (
    beforeTable &&
    (points ||
      /\b(?:table|form|settings|values|information|details|options|these|properties|parameters|fields|configuration)\b/i.test(
        text,
      ))
  )
    return labels.length === 0 || points || labels.every((_, index) => isPlaceLabel(objects, index))
  return points && labels.every((_, index) => isPlaceLabel(objects, index))
}

function isPlaceLabel(objects: Clause['objects'], index: number): boolean {
  const labels = objects.flatMap(({ kind }, at) => (kind === 'label' || kind === 'literal' ? [at] : []))
  const at = labels[index] ?? 0
  return (
    placeNouns.has(objects[at + 1]?.lower ?? '') ||
    ['in', 'on', 'under'].includes(objects[at - 1]?.lower ?? '') ||
    ['in', 'on', 'under'].includes(objects[at - 2]?.lower ?? '')
  )
}

/** The places that an introduction names behind its verb: *complete the **Basics** tab with the following values*. */
export function placesOfIntroduction({ objects }: Clause): NamedPlace[] {
  const { places, things } = readObjects(objects)
  if (places.length > 0) return places
  const [thing] = things
  if (
    thing?.kind === 'label' &&
    placeNouns.has(objects[objects.indexOf(thing.tokens.at(-1) ?? objects[0]!)]?.lower ?? '')
  )
    return [{ name: bareLabel(thing.text), kind: 'page', preposition: 'on' }]
  const label = objects.findIndex(({ kind }) => kind === 'label')
  if (label < 0 || !placeNouns.has(objects[label + 1]?.lower ?? '')) return []
  return [{ name: bareLabel(objects[label]?.text ?? ''), kind: 'page', preposition: 'on' }]
}
