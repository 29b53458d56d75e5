import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { namesOf } from '../where.ts'

/** Opening and closing sections, panes and dialogs. */
export const fold: Phrase = {
  examples: {
    'Expand **Advanced**.': [{ do: 'expand', target: 'Advanced' }],
    'Close the pane.': [{ do: 'close', target: 'the pane' }],
  },
  verbs: verbs('expand, close, exit, collapse, dismiss'),
  read(clause) {
    if (clause.verb === 'collapse') return undefined
    const { things, places } = readObjects(clause.objects)
    if (things.length === 0) return undefined
    const kind = clause.verb === 'expand' ? 'expand' : 'close'
    return things.map(({ text }): Draft => ({ do: kind, target: text, where: namesOf(places) }))
  },
}
