import { readObjects } from '../objects.ts'
import { verbs, type Phrase } from '../phrase.ts'
import { namesOf } from '../where.ts'

/** Looking something over. */
export const review: Phrase = {
  examples: {
    'Review the settings, and then select **Create**.': [
      { do: 'review', target: 'the settings' },
      { do: 'select', target: 'Create' },
    ],
    'View alerts.': [{ do: 'review', target: 'alerts' }],
  },
  verbs: verbs(
    'review, examine, observe, explore, inspect, view, look at, take a moment to, see, notice, note, look over, study',
  ),
  read(clause) {
    const { things, places } = readObjects(clause.objects)
    const where = namesOf(places)
    if (clause.verb === 'see' && clause.objects.some(({ url }) => url !== undefined)) return undefined
    if (clause.objects[0]?.lower === 'that') return undefined
    if (things.length === 0) return [{ do: 'review' }]
    return [{ do: 'review', target: things.map(({ text, before }) => `${before} ${text}`.trim()).join(' and '), where }]
  },
}
