import type { Clause } from '../clauses.ts'
import { bareLabel, findPlaces } from '../places.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { textOf } from '../tokens.ts'
import { namesOf } from '../where.ts'

/** Leaving something as it is. */
export const keep: Phrase = {
  examples: {
    'Leave the other settings at their defaults.': [{ do: 'keep' }],
    'Accept the default of **Standard**.': [{ do: 'keep', value: 'Standard' }],
    'Leave **Geo-redundant** in place.': [{ do: 'keep', target: 'Geo-redundant' }],
    'Leave **Preview** selected.': [{ do: 'keep', target: 'Preview', value: 'selected' }],
    'Leave the type as **Basic**.': [{ do: 'keep', target: 'type', value: 'Basic' }],
    'Leave the **Status** pane open.': [],
    "Don't change the other options.": [{ do: 'keep' }],
    'Do not make any changes.': [{ do: 'keep' }],
  },
  verbs: verbs("leave, accept, keep, use, don't change, do not change, don't, do not, retain, take, skip"),
  read(clause) {
    const text = textOf(clause.tokens).toLowerCase()
    if (!leaves(clause, text)) return undefined
    if (clause.verb === "don't" || clause.verb === 'do not') {
      if (!/\b(?:change|modify|alter|edit|make any changes)\b/.test(text)) return []
    }
    if (/\b(?:leave|keep)\b.* (?:open|running)(?: for .*| until .*| while .*)?$/.test(text)) return []
    const around = findPlaces(clause.objects)
    const box = around.at(-1)
    const labels = clause.objects
      .filter(({ kind }) => kind === 'label' || kind === 'literal')
      .map(({ text: label }) => ({ text: bareLabel(label) }))
      .filter(({ text: label }) => !around.some(({ name }) => name === label))
    if (labels.length === 0 && box?.kind === 'field') return [{ do: 'keep', target: box.name }]
    if (labels.length === 0) return [clause.row === undefined ? fieldOf(clause) : { do: 'keep', target: clause.row }]
    if (/\bdefaults?(?: \w+)? (?:of|for)\b|\bdefault(?: value| setting| option)?$/.test(beforeLabel(clause)))
      return [defaultOf(clause, labels[0]?.text ?? '')]
    const state = /\b(selected|checked|unchecked|unselected|cleared|enabled|disabled|blank|empty)\b/.exec(text)?.[1]
    if (labels.length === 1 && clause.row !== undefined)
      return [{ do: 'keep', target: clause.row, value: labels[0]?.text ?? '' }]
    const [target, value] = labels
    if (value && target && /^(?:as|to|at|of)$/.test(wordBefore(clause, value.text)))
      return [{ do: 'keep', target: target.text, value: value.text }]
    const owner = labels.length === 1 ? /^the ([\w -]+?) (?:as|at|set to)$/i.exec(beforeLabel(clause))?.[1] : undefined
    if (owner !== undefined && !/\b(?:default|other|rest)\b/.test(owner))
      return [{ do: 'keep', target: owner, value: labels[0]?.text ?? '' }]
    return labels.map((label): Draft => ({
      do: 'keep',
      target: label.text,
      ...(state ? { value: state } : {}),
      where: namesOf(around),
    }))
  },
}

/** The word before a label. */
function wordBefore({ objects }: Clause, label: string): string {
  const at = objects.findIndex(({ text, kind }) => kind !== 'word' && bareLabel(text) === label)
  return objects[at - 1]?.lower ?? ''
}

function leaves({ verb, objects }: Clause, text: string): boolean {
  if (verb === 'leave' || verb === 'keep' || verb.endsWith('change') || verb === 'retain') return true
  if (verb === "don't" || verb === 'do not') return true
  if (verb === 'skip') return false
  return objects.some(({ lower }) => /^defaults?$/.test(lower)) && !/\bdefault (?:directory|network|view)\b/.test(text)
}

function fieldOf({ field }: Clause): Draft {
  return field === undefined ? { do: 'keep' } : { do: 'keep', target: field }
}

function defaultOf({ row, field, objects }: Clause, label: string): Draft {
  const owner = field ?? row
  const isFor = objects.some(
    ({ lower }, index) => lower === 'for' && objects.slice(index).some(({ kind }) => kind === 'label'),
  )
  if (owner === undefined && isFor) return { do: 'keep', target: label }
  return owner === undefined ? { do: 'keep', value: label } : { do: 'keep', target: owner, value: label }
}

function beforeLabel({ objects }: Clause): string {
  const at = objects.findIndex(({ kind }) => kind === 'label' || kind === 'literal')
  return textOf(objects.slice(0, at)).toLowerCase()
}
