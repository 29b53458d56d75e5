import type { Clause } from '../clauses.ts'
import { readObjects } from '../objects.ts'
import type { Draft, Phrase } from '../phrase.ts'
import { textOf } from '../tokens.ts'
import { isPortal } from '../places.ts'
import { beginsPurpose } from '../verbs.ts'
import { supplied } from '../supplied.ts'

/** Work that an article asks for without naming a control. */
export const manual: Phrase = {
  examples: {
    'Create a service group.': [{ do: 'manual', target: 'Create a service group' }],
    'Configure the remaining settings, and then select **Review + create**.': [
      { do: 'manual', target: 'Configure the remaining settings' },
      { do: 'select', target: 'Review + create' },
    ],
    'Use the Azure portal.': [{ do: 'goTo', target: 'Azure portal' }],
    'Link the license to your machines.': [{ do: 'manual', target: 'Link the license to your machines' }],
    'Filter the machines as needed.': [{ do: 'manual', target: 'Filter the machines', optional: true }],
    'Refresh the page twice to create some entries.': [{ do: 'manual', target: 'Refresh the page twice' }],
    '**Description**: Add a sentence.': [{ do: 'set', target: 'Description', value: '?a sentence' }],
    'Create a new **Resource group** named `rg1`.': [{ do: 'set', target: 'Resource group', value: 'rg1' }],
  },
  residual: true,
  verbs: new Set(),
  read(clause) {
    const { verb, objects } = clause
    if (/^continue (?:working|with|on)$|^proceed with$/.test(verb)) return []
    if (/^continue(?: to)?$/.test(verb) && /^(?:to )?(?:the )?next\b/i.test(textOf(objects))) return []
    if (verb === 'skip' || (verb.startsWith('scroll') && objects.length === 0)) return []
    if (verb === 'use' && isPortal(textOf(objects))) return [{ do: 'goTo', target: 'Azure portal' }]
    const named = readNamed(clause)
    if (named) return named
    if (
      controlVerbs.has(verb) ||
      (objects.length === 0 && !verb.includes(' ') && verb !== 'refresh' && verb !== 'exit')
    )
      return undefined
    if (/^continue(?: to)?$/.test(verb) && /^(?:in|on|with) /i.test(textOf(objects))) return []
    const whole = textOf(withoutTail(clause)).replace(/,? (?:such as \w+ing|so that)\b.*$/i, '')
    const wish = /^(.+?),? as (?:needed|necessary|desired|appropriate)$/i.exec(whole)?.[1]
    if (wish !== undefined) return [{ do: 'manual', target: wish, optional: true }]
    const text = whole
    const when = /^(.+?),? (?:if|when) ((?:necessary|needed|required|desired|prompted|asked)\b.*)$/i.exec(text)
    return [when ? { do: 'manual', target: when[1] ?? '', when: when[2] ?? '' } : { do: 'manual', target: text }]
  },
}

/** Verbs of controls: when no other family reads them, they aren't understood. */
const controlVerbs = new Set(
  'select click choose press enter type pick tap'
    .split(' ')
    .concat('click on', 'search for', 'type in', 'sign in', 'sign in to'),
)

// > | create a new **Resource group** named `rg1`
function readNamed({ verb, objects, row, field, or }: Clause): Draft[] | undefined {
  if (verb !== 'create' && verb !== 'add') return undefined
  const { things, to } = readObjects(objects)
  const [thing] = things
  if (row !== undefined && /^new$/i.test(textOf(objects))) return [{ do: 'select', target: 'create new', where: [row] }]
  if (row !== undefined && or && thing?.kind === 'phrase')
    return [{ do: 'set', target: row, value: supplied(thing.text) }]
  if (verb === 'add' && field !== undefined && row === undefined && thing?.kind === 'phrase')
    return [{ do: 'set', target: field, value: supplied(thing.text) }]
  if (thing?.kind !== 'label' || to === undefined) return undefined
  return [{ do: 'set', target: thing.text, value: to.kind === 'phrase' ? supplied(to.text) : to.text }]
}

function withoutTail({ tokens, verb }: Clause) {
  const at = tokens.findIndex(
    ({ text, lower }, index) =>
      index > 1 &&
      (text === ':' ||
        (lower === 'to' && tokens[index + 1]?.lower === 'ensure') ||
        (index > 2 && verb !== 'use' && beginsPurpose(tokens, index))),
  )
  return at < 0 ? tokens : tokens.slice(0, at)
}
