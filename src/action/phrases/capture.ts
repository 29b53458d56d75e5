import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { claims } from './review.ts'
import { namesOf } from '../where.ts'

/** Keeping a value for later. */
export const capture: Phrase = {
  examples: {
    'Copy the **Public IP address**.': [{ do: 'capture', target: 'Public IP address' }],
    'Make a note of the resource ID.': [{ do: 'capture', target: 'the resource ID' }],
  },
  verbs: verbs(
    'copy, note, record, make a note of, make note of, take note of, take a note of, write down, note down, keep track of, save, store, remember',
  ),
  read(clause) {
    const first = clause.objects[0]
    if (first?.lower === 'that' || first?.lower === ':') return undefined
    if (clause.verb === 'note' && claims(clause.objects)) return undefined
    const { things, places } = readObjects(clause.objects)
    if (
      clause.verb === 'save' &&
      !things.some(({ text }) => /\b(?:key|value|secret|password|token|id|string|credentials?)\b/i.test(text))
    )
      return undefined
    if (things.length === 0) return undefined
    return things.map((thing): Draft => ({ do: 'capture', target: thing.text, where: namesOf(places) }))
  },
}
