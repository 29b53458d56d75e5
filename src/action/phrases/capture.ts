import { readObjects, type Thing } from '../objects.ts'
import { bareLabel } from '../places.ts'
import type { Token } from '../tokens.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { claims, quotes } from './review.ts'
import { namesOf } from '../where.ts'

/** Keeping a value for later. */
export const capture: Phrase = {
  examples: {
    'Copy the **Public IP address**.': [{ do: 'capture', target: 'Public IP address' }],
    'Copy the value of the connection **Key**.': [{ do: 'capture', target: 'Key' }],
    'Copy the address by using the **Copy** button.': [{ do: 'capture', target: 'the address' }],
    'Make a note of the resource ID.': [{ do: 'capture', target: 'the resource ID' }],
  },
  verbs: verbs(
    'copy, note, record, make a note of, make note of, take note of, take a note of, write down, note down, keep track of, save, store, remember',
  ),
  read(clause) {
    const first = clause.objects[0]
    if (first?.lower === 'that' || first?.lower === ':') return undefined
    if (clause.verb === 'note' && quotes(clause.objects)) return undefined
    if (clause.verb === 'note' && claims(clause.objects)) return undefined
    const { things, places } = readObjects(upToMeans(clause.objects))
    if (
      clause.verb === 'save' &&
      !things.some(({ text }) => /\b(?:key|value|secret|password|token|id|string|credentials?)\b/i.test(text))
    )
      return undefined
    if (things.length === 0) return undefined
    return things.map((thing): Draft => ({
      do: 'capture',
      target: labelOf(thing) ?? thing.text,
      where: namesOf(places),
    }))
  },
}

// > | the value of the connection **Key**
//                                 ^
function labelOf({ kind, text, tokens }: Thing): string | undefined {
  const last = tokens.at(-1)
  return kind === 'phrase' && last?.kind === 'label' && /^the (?:value|contents?) of /i.test(text)
    ? bareLabel(last.text)
    : undefined
}

function upToMeans(tokens: Token[]): Token[] {
  const at = tokens.findIndex(({ lower, kind }, index) => index > 0 && kind === 'word' && lower === 'using')
  if (at < 0) return tokens
  return tokens.slice(0, tokens[at - 1]?.lower === 'by' ? at - 1 : at)
}
