import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { textOf } from '../tokens.ts'
import { namesOf } from '../where.ts'

/** Toggles. */
export const turn: Phrase = {
  examples: {
    'Turn on **Soft delete**.': [{ do: 'turnOn', target: 'Soft delete' }],
    'Disable **Public access**.': [{ do: 'turnOff', target: 'Public access' }],
    'Toggle **Alerts** to **Off**.': [{ do: 'turnOff', target: 'Alerts' }],
  },
  verbs: verbs(
    'turn on, turn off, switch on, switch off, toggle on, toggle off, toggle, enable, disable, turn, switch, activate, deactivate',
  ),
  read(clause) {
    if (clause.verb === 'enable' && /\bcheck ?box\b/i.test(textOf(clause.objects))) return undefined
    const { things, to, places, field } = readObjects(clause.objects)
    const labels = things.filter(({ kind }) => kind === 'label' || kind === 'literal')
    if (labels.length === 0 && clause.row === undefined) return undefined
    const last = clause.objects.at(-1)?.lower ?? ''
    const state =
      /^(?:off|disabled|no)$/i.test(to?.text ?? last) || /off$|^disable|^deactivate/.test(clause.verb)
        ? 'turnOff'
        : 'turnOn'
    if (clause.verb === 'switch' && to && !/^(?:on|off|enabled|disabled|yes|no)$/i.test(to.text)) return undefined
    if ((clause.verb === 'switch' || clause.verb === 'turn') && to === undefined && last !== 'on' && last !== 'off')
      return undefined
    if (labels.length === 0) return clause.row === undefined ? undefined : [{ do: state, target: clause.row }]
    const where = [...namesOf(places), ...(field === undefined ? [] : [field])]
    return labels.map(({ text }): Draft => ({ do: state, target: text, where }))
  },
}
