import type { Clause } from './clauses.ts'
import { placeNouns } from './nouns.ts'
import { bareLabel, findPlaces, placePrepositions, type NamedPlace } from './places.ts'
import { textOf } from './tokens.ts'

// > | On the **Basics** tab, enter or select the following information:
//                                            ^ the table or the nested items say what
/** Whether an instruction only introduces what follows it. */
export function introducesMore({ objects, tokens, verb }: Clause, beforeTable: boolean): boolean {
  if (objects.length === 0) return true
  const text = textOf(tokens)
  const words = textOf(tokens.filter(({ kind }) => kind !== 'label'))
  const labels = objects.filter(({ kind }) => kind === 'label' || kind === 'literal')
  const linked = objects.some(({ url }) => url !== undefined)
  const points =
    !(linked && /\bone of these\b/i.test(text)) &&
    /\b(?:following|below|as follows|one of these \w+$)\b/i.test(text.replace(/:$/, ''))
  if (verb.startsWith('wait') || verb === 'verify') return false
  if (beforeTable && configures.has(verb) && labels.every((_, index) => isPlaceLabel(objects, index))) return true
  if (
    beforeTable &&
    (points ||
      /\b(?:table|form|settings|values|information|details|options|these|properties|parameters|fields|configuration)\b/i.test(
        words,
      ))
  )
    return labels.length === 0 || points || labels.every((_, index) => isPlaceLabel(objects, index))
  return points && labels.every((_, index) => isPlaceLabel(objects, index))
}

const configures = new Set(
  'configure complete define create add fill provide specify customize'
    .split(' ')
    .concat('fill in', 'fill out', 'set up'),
)

function isPlaceLabel(objects: Clause['objects'], index: number): boolean {
  const labels = objects.flatMap(({ kind }, at) => (kind === 'label' || kind === 'literal' ? [at] : []))
  const at = labels[index] ?? 0
  return (
    placeNouns.has(objects[at + 1]?.lower ?? '') ||
    /^(?:properties|configuration|details|information)$/.test(objects[at + 1]?.lower ?? '') ||
    (objects[at + 1]?.lower === 'to' && objects.slice(at + 2).some(({ lower }) => lower === 'following')) ||
    ['in', 'on', 'under'].includes(objects[at - 1]?.lower ?? '') ||
    ['in', 'on', 'under'].includes(objects[at - 2]?.lower ?? '')
  )
}

/** The places that an introduction names behind its verb: *complete the **Basics** tab with the following values*. */
export function placesOfIntroduction({ objects, verb }: Clause): NamedPlace[] {
  const label = objects.findIndex(({ kind }) => kind === 'label')
  if (label === 0 && verb === 'select') return []
  const preposition = objects[label - 1]?.lower === 'the' ? objects[label - 2]?.lower : objects[label - 1]?.lower
  if (label >= 0 && !placePrepositions.has(preposition ?? ''))
    return [{ name: bareLabel(objects[label]?.text ?? ''), kind: 'page', preposition: 'on' }]
  return findPlaces(objects)
}
