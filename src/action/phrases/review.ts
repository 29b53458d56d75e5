import { readObjects } from '../objects.ts'
import { verbs, type Phrase } from '../phrase.ts'
import { readPlacePhrase } from '../places.ts'
import { textOf, type Token } from '../tokens.ts'
import { beginsPurpose } from '../verbs.ts'
import { namesOf } from '../where.ts'

/** Looking something over. */
export const review: Phrase = {
  examples: {
    'Review the settings, and then select **Create**.': [
      { do: 'review', target: 'the settings' },
      { do: 'select', target: 'Create' },
    ],
    'View alerts.': [{ do: 'review', target: 'alerts' }],
    'Take a few minutes to familiarize yourself with the menu.': [{ do: 'review', target: 'the menu' }],
    'Browse the **Gallery**.': [{ do: 'review', target: 'the Gallery' }],
    'Review the choices without making any changes.': [{ do: 'review', target: 'the choices' }],
    'Check the status of the job.': [{ do: 'review', target: 'the status of the job' }],
  },
  verbs: verbs(
    'review, examine, observe, explore, inspect, view, look at, take a moment to, see, notice, note, look over, study, consult, browse through, look through, read through, read back through, read, watch, scroll through, browse, familiarize yourself with, get familiar with, pay attention to, check',
  ),
  read(clause) {
    if (clause.verb === 'see' && clause.objects.some(({ url }) => url !== undefined)) return undefined
    if (clause.verb === 'check' && !isState(clause.objects)) return undefined
    const lead = readPlacePhrase(clause.objects, 0)
    const claimed = lead ? clause.objects.slice(lead.next) : clause.objects
    if (noticing.has(clause.verb) && (claims(claimed) || (clause.verb === 'note' && !quotes(claimed)))) return undefined
    const { places } = readObjects(clause.objects)
    const target = textOf(upToPurpose(clause.objects))
    const where = namesOf(places)
    return [target === '' ? { do: 'review', where } : { do: 'review', target, where }]
  },
}

const noticing = new Set(['notice', 'note', 'see', 'observe'])

/** Whether what is to be noticed is a statement: *there are no records*, *you can also search*. */
export function claims(tokens: Token[]): boolean {
  if (
    tokens[0]?.lower === 'you' ||
    tokens[0]?.lower === 'that' ||
    tokens[0]?.lower === 'how' ||
    tokens[0]?.lower === 'there'
  )
    return true
  const colon = tokens.findIndex(
    ({ text, lower }, index) => text === ':' || (index > 0 && /^(?:stating|saying|indicating|explaining)$/.test(lower)),
  )
  return tokens
    .slice(0, colon < 0 ? tokens.length : colon)
    .some(
      ({ kind, lower }, index) =>
        kind === 'word' && finite.test(lower) && !relative.has(tokens[index - 1]?.lower ?? ''),
    )
}

const finite =
  /^(?:is|are|was|were|has|have|can|cannot|can't|will|won't|should|must|isn't|aren't|doesn't|don't|shows|does)$/
const relative = new Set(['that', 'which', 'who', 'you'])

/** Whether what is to be noted is a message: *the banner stating that ...* */
export function quotes(tokens: Token[]): boolean {
  return tokens.some(({ lower, kind }, index) => index > 0 && kind === 'word' && /^(?:stating|saying)$/.test(lower))
}

// > | review the list of definitions in the **Authoring** blade
//                                    ^
function upToPurpose(tokens: Token[]): Token[] {
  const at = tokens.findIndex((token, index) => {
    if (index === 0) return false
    if (
      beginsPurpose(tokens, index) ||
      token.text === ':' ||
      (token.kind === 'mark' && /^[—–]$/.test(token.text)) ||
      (token.lower === 'before' && /(?:ing|ion)$/.test(tokens[index + 1]?.lower ?? '')) ||
      (token.lower === 'without' && /ing$/.test(tokens[index + 1]?.lower ?? '')) ||
      (token.lower === 'that' && /^(?:is|are)$/.test(tokens[index + 1]?.lower ?? ''))
    )
      return true
    const place = readPlacePhrase(tokens, index)
    return (
      place !== undefined &&
      place.places.length > 0 &&
      place.next === tokens.length &&
      tokens[index + 1]?.kind !== 'link'
    )
  })
  return at < 0 ? tokens : tokens.slice(0, at)
}

// > | Check the status of the job.
//           ^ something to look at
/** Whether what is to be checked is a thing rather than a statement. */
export function isState(tokens: Token[]): boolean {
  const thing =
    /^(?:the|its|your) (?:\w+ )?(?:status|state|progress|value|details|settings|list|results?) (?:of|for|in)\b/i
  return thing.test(textOf(tokens)) && !claims(tokens)
}
