import { verbs, type Phrase } from '../phrase.ts'
import { textOf } from '../tokens.ts'

/** Waiting for something to end. */
export const wait: Phrase = {
  examples: {
    'Wait for the deployment to finish.': [{ do: 'wait', target: 'the deployment to finish' }],
    'After validation passes, select **Create**.': [
      { do: 'wait', target: 'validation passes' },
      { do: 'select', target: 'Create' },
    ],
    'When you see the **Validation passed** message, select **Create**.': [
      { do: 'wait', target: 'the Validation passed message' },
      { do: 'select', target: 'Create' },
    ],
  },
  verbs: verbs('wait for, wait until, wait while, wait till, wait, await, allow'),
  read(clause) {
    const before = clause.objects.findIndex(({ lower, kind }) => kind === 'word' && lower === 'before')
    const target = textOf(before > 0 ? clause.objects.slice(0, before) : clause.objects)
    if (clause.verb === 'allow' && !/\b(?:minutes?|seconds?|hours?)\b/.test(target)) return undefined
    return [{ do: 'wait', target }]
  },
}
