import { placeNouns } from './nouns.ts'
import { bareLabel } from './places.ts'
import { textOf, type Token } from './tokens.ts'
import { determiners } from './verbs.ts'

const opens = /^(?:opens?|appears?|displays?|displayed|loads|open|return|taken|redirected|shown)$/
const pages = new Set('page pane blade dialog window form screen panel wizard'.split(' '))

// > | The portal opens the **Monitor** page.      Select **A** to open the **B** pane.
//                          ^
/** The page that a sentence says is then open. */
export function openedPage(tokens: Token[]): string | undefined {
  const verb = tokens.findIndex(({ kind, lower }) => kind === 'word' && opens.test(lower))
  if (verb < 0) return undefined
  const label = tokens.findIndex(
    ({ kind }, index) =>
      kind === 'label' && index <= verb + 4 && pages.has(tokens[index + 1]?.lower ?? '') && index >= verb - 3,
  )
  return label < 0 ? undefined : bareLabel(tokens[label]?.text ?? '')
}

// > | - **Charts** - Shows charts.
//       ^ the place of what follows
export function startsWithName(tokens: Token[]): string | undefined {
  const [label, separator] = tokens
  if (label?.kind !== 'label' || !separator) return undefined
  const named = separator.kind === 'mark' && ['-', '–', '—', ':'].includes(separator.text)
  return named || /:$/.test(label.text) ? bareLabel(label.text) : undefined
}

/** Whether a sentence that begins with no known verb still reads like an instruction: *Frobnicate the **Widget**.* */
export function seemsImperative(tokens: Token[]): boolean {
  const [first, second] = tokens
  if (first?.kind !== 'word' || !second || !/^[A-Z][a-z]{2,}$/.test(first.text)) return false
  if (subjects.has(first.lower) || /(?:s|ing|ed|ly|ion)$/.test(first.lower) || placeNouns.has(first.lower)) return false
  if (second.kind === 'label' || second.kind === 'literal')
    return tokens.length <= 12 && !/^(?:is|are|has|can|will|\w+s)$/.test(tokens[2]?.lower ?? '')
  return determiners.has(second.lower) && second.lower !== 'no' && textOf(tokens).split(' ').length <= 25
}

const subjects = new Set(
  (
    'upon near given despite per via the this that these those it its you your they there here azure microsoft what how why when where which who if for from in on at to by with without and but or so as ' +
    'because since while although though after before once until unless also all any each every both either neither some many most more only even not no yes ' +
    'note tip important caution warning example optional within under over during between through about like than then now later today portal windows linux ' +
    'instead however therefore otherwise however currently whether such same other another learn well'
  ).split(' '),
)
