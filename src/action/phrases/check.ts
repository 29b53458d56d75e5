import type { Clause } from '../clauses.ts'
import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { textOf } from '../tokens.ts'
import { besideBox } from './select.ts'
import { namesOf } from '../where.ts'

/** Check boxes. */
export const check: Phrase = {
  examples: {
    'Check **I agree**.': [{ do: 'check', target: 'I agree' }],
    'Clear the **Send usage data** check box.': [{ do: 'clear', target: 'Send usage data' }],
    'Place a checkmark next to **Archive**.': [{ do: 'check', target: 'Archive' }],
    'In the **Zones** drop-down, place a checkmark next to **Zone 2**.': [
      { do: 'check', target: 'Zone 2', where: ['Zones'] },
    ],
    'Check the box for the first machine.': [{ do: 'check', target: 'the first machine' }],
    'Place a checkbox next to **Read**.': [{ do: 'check', target: 'Read' }],
    'Clear the checkbox.': [{ do: 'clear', target: 'checkbox' }],
  },
  verbs: verbs(
    'enable, check, clear, uncheck, deselect, unselect, tick, place a checkmark next to, place a check mark next to, put a check mark next to, place a checkbox next to, put a checkmark next to, place a checkmark in, place a check in',
  ),
  read(clause) {
    if (clause.verb === 'enable' && !/\bcheck ?box\b/i.test(textOf(clause.objects))) return undefined
    const kind = /^(?:check|tick|place|put|enable)/.test(clause.verb) ? 'check' : 'clear'
    const beside = besideBox(clause)
    if (beside !== undefined) return [{ do: kind, target: beside, where: withRow(clause, []) }]
    const { things, places } = readObjects(clause.objects)
    const labels = things.filter(
      ({ kind, text }) =>
        kind === 'label' || (kind === 'literal' && clause.verb !== 'check') || /\bbox|checkbox\b/.test(text),
    )
    if (labels.length === 0) return undefined
    return labels.map(({ text }): Draft => ({
      do: kind,
      target: boxName(text),
      where: withRow(clause, [...listOf(clause), ...namesOf(places)]),
    }))
  },
}

// > | In the **Zones** drop-down, place a checkmark next to **Zone 2**.
//            ^ where it stands, though it takes no value
function listOf({ field, places }: Clause): string[] {
  return field === undefined ? places.filter(({ kind }) => kind === 'field').map(({ name }) => name) : [field]
}

function boxName(text: string): string {
  return text.replace(/^the /i, '')
}

function withRow({ row }: Clause, where: string[]): string[] {
  return row === undefined ? where : [row, ...where]
}
