import { verbs, type Phrase } from '../phrase.ts'
import { textOf } from '../tokens.ts'

/** Doing steps again. */
export const repeat: Phrase = {
  examples: {
    'Repeat steps 2 to 4 for the second network.': [{ do: 'repeat', target: 'steps 2 to 4 for the second network' }],
    'Repeat the previous step.': [{ do: 'repeat', target: 'the previous step' }],
  },
  verbs: verbs('repeat'),
  read(clause) {
    const text = textOf(clause.objects)
      .replace(/,? (?:with|but|using) (?:the )?following\b.*$/i, '')
      .replace(/[:,]$/, '')
    return [{ do: 'repeat', target: text }]
  },
}
