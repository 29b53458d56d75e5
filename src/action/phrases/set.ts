import type { Clause } from '../clauses.ts'
import { readObjects, type Objects, type Thing } from '../objects.ts'
import type { NamedPlace } from '../places.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { stated, supplied } from '../supplied.ts'
import { textOf, type Token } from '../tokens.ts'
import { namesOf } from '../where.ts'

/** Giving a field its value. */
export const set: Phrase = {
  examples: {
    'Enter *myVault*.': [{ do: 'set', value: 'myVault' }],
    'Enter *myVault* in **Vault name**.': [{ do: 'set', target: 'Vault name', value: 'myVault' }],
    'Set **Public access** to **Disabled**.': [{ do: 'set', target: 'Public access', value: 'Disabled' }],
    'Enter a unique name.': [{ do: 'set', value: '?a unique name' }],
    'Enter a **Vault name**.': [{ do: 'set', target: 'Vault name', value: '?a Vault name' }],
    'Set **Minimum instances** to 1.': [{ do: 'set', target: 'Minimum instances', value: '1' }],
    'Set the retention range to `30`.': [{ do: 'set', target: 'retention range', value: '30' }],
    'In the repository field, enter `main`.': [{ do: 'set', target: 'repository', value: 'main' }],
    'In the **Address** field, paste your **Endpoint** URL.': [
      { do: 'set', target: 'Address', value: '?your Endpoint URL' },
    ],
    'Fill in the **Group** and **Name**.': [
      { do: 'set', target: 'Group', value: '?the Group' },
      { do: 'set', target: 'Name', value: '?Name' },
    ],
    'Enter values for **Title** and **Subtitle**.': [
      { do: 'set', target: 'Title', value: '?values' },
      { do: 'set', target: 'Subtitle', value: '?values' },
    ],
    'Give the network a name, `net1`.': [{ do: 'set', target: 'name', value: 'net1' }],
    '**Name** the rule `cold`.': [{ do: 'set', target: 'Name', value: 'cold' }],
    'Move the **Memory** slider to `64`.': [{ do: 'set', target: 'Memory', value: '64' }],
    'Change the type from **Old** to **New**.': [{ do: 'set', target: 'type', value: 'New' }],
    'Enter *cost* for **Name** and *47* for **Value**.': [
      { do: 'set', target: 'Name', value: 'cost' },
      { do: 'set', target: 'Value', value: '47' },
    ],
    'Enter `rg1` for the resource group name.': [{ do: 'set', target: 'resource group name', value: 'rg1' }],
  },
  verbs: verbs(
    'enter, type, specify, provide, set, input, paste, type in, paste in, fill in, change, update, insert, supply, re-enter, reenter, name, give, adjust, move, drag',
  ),
  read(clause) {
    const objects = readObjects(clause.objects)
    if (clause.verb === 'name' || clause.verb === 'give') return readNaming(clause)
    if (['adjust', 'move', 'drag'].includes(clause.verb)) return readSlider(clause, objects)
    if (clause.verb === 'set' || clause.verb === 'change' || clause.verb === 'update')
      return readSetting(clause, objects)
    const several = readValuesFor(clause.objects) ?? readPairs(clause)
    if (several) return several
    if (objects.things.length === 0 || isSearch(clause, objects)) return undefined
    if (clause.objects.some(({ lower }) => lower === 'browser'))
      return [{ do: 'manual', target: textOf(clause.tokens) }]
    return objects.things.map(thing => readEntry(thing, clause, objects))
  },
}

// > | Enter values for **Title** and **Subtitle**.
//                        ^             ^
function readValuesFor(objects: Token[]): Draft[] | undefined {
  const labels = objects.findIndex(({ kind }) => kind === 'label')
  if (labels < 0 || !/^(?:the )?values for(?: the)?$/i.test(textOf(objects.slice(0, labels)))) return undefined
  const { things } = readObjects(objects.slice(labels))
  return things.map(({ text }) => ({ do: 'set', target: text, value: '?values' }))
}

// > | Enter *cost* for **Name** and *47* for **Value**.
//           ^          ^            ^          ^
function readPairs({ objects, row }: Clause): Draft[] | undefined {
  const pairs: Draft[] = []
  for (let at = 0; at < objects.length;) {
    const [value, preposition] = objects.slice(at, at + 2)
    const label = objects.slice(at + 2).find(({ lower }) => lower !== 'the')
    if (!value || !preposition || !label || !isStated(value) || label.kind !== 'label') return undefined
    if (!['for', 'in', 'into', 'as'].includes(preposition.lower)) return undefined
    pairs.push({
      do: 'set',
      target: label.text,
      value: stated(value.text),
      tokens: [value],
      ...(row ? { where: [row] } : {}),
    })
    at = objects.indexOf(label) + 1
    while (['and', ','].includes(objects[at]?.lower ?? '')) at++
  }
  return pairs.length > 1 ? pairs : undefined
}

function isStated({ kind, text }: Token): boolean {
  return kind === 'label' || kind === 'literal' || /^\d/.test(text)
}

export function isSearch(clause: Clause, objects: Objects): boolean {
  return [...clause.places, ...objects.places].some(({ kind }) => kind === 'search')
}

// > | Name the connection **demo**.
//                         ^
function readNaming({ objects, tokens, verb }: Clause): Draft[] | undefined {
  const name = objects.at(-1)
  if (!name || (name.kind !== 'label' && name.kind !== 'literal')) return undefined
  if (verb === 'give' && !objects.some(({ lower }) => lower === 'name')) return undefined
  if (verb === 'give' && name.lower === 'name') return [{ do: 'set', target: name.text, value: `?a ${name.text}` }]
  if (verb === 'give') return [{ do: 'set', target: 'name', value: stated(name.text) }]
  const [control] = tokens
  if (control?.kind === 'label') return [{ do: 'set', target: control.text, value: stated(name.text) }]
  return [{ do: 'set', value: stated(name.text) }]
}

// > | Move the **Memory** slider to 64 GB
function readSlider({ objects }: Clause, { things: [thing], to }: Objects): Draft[] | undefined {
  const goal = objects.findIndex(({ lower }) => lower === 'to')
  if (
    objects.every(({ kind }, at) => at >= goal || kind === 'word') &&
    /^the (?:\w+ )?slider$/i.test(textOf(objects.slice(0, Math.max(goal, 0))))
  )
    return [
      {
        do: 'set',
        target: textOf(objects.slice(1, goal)),
        value: to && to.kind !== 'phrase' ? valueOf(to) : supplied(textOf(objects.slice(goal + 1))),
      },
    ]
  if (!thing || !to) return undefined
  if (thing.kind === 'phrase' && !/\bslider$/i.test(thing.text)) return undefined
  if (thing.kind !== 'phrase' && !/\bslider\b/i.test(thing.noun)) return undefined
  return [{ do: 'set', target: thing.text, value: valueOf(to) }]
}

// > | Set **X** to **Y**
function readSetting(clause: Clause, { things, to, places, when, field: tail }: Objects): Draft[] | undefined {
  const { row, field } = clause
  const [thing] = things
  const around = when ? { when } : {}
  if (!thing) return undefined
  if (/occurrence|permission/.test(thing.text)) return [{ do: 'manual', target: textOf(clause.tokens) }]
  if (to)
    return [
      {
        do: 'set',
        target: thing.text.replace(/^the /i, ''),
        value: valueOf(to),
        where: [
          ...(row === undefined ? [] : [row]),
          ...namesOf(places.filter(({ preposition }) => clause.verb === 'set' || preposition !== 'from')),
        ],
        ...around,
      },
    ]
  const assignment = /^([\w.-]+)=(.+)$/.exec(thing.text)
  if (thing.kind === 'literal' && assignment)
    return [{ do: 'set', target: assignment[1] ?? '', value: stated(assignment[2] ?? ''), ...around }]
  const plain = row === undefined && thing.kind === 'phrase' ? readPlain(clause.objects) : undefined
  if (plain) return [{ ...plain, where: namesOf(places), ...around }]
  const named = tail ?? undefined
  if (thing.kind !== 'phrase' && named !== undefined && clause.verb === 'set')
    return [{ do: 'set', target: thing.text, value: stated(named), where: namesOf(places), ...around }]
  const owner = field ?? row
  if (owner !== undefined) return [{ do: 'set', target: owner, value: valueOf(thing), ...around }]
  if (thing.kind === 'phrase') return [{ do: 'manual', target: textOf(clause.tokens) }]
  if (clause.objects.length > 2 || clause.verb !== 'set') return undefined
  return [{ do: 'set', target: thing.text, value: supplied(thing.text), where: namesOf(places), ...around }]
}

// > | set the retention range to `30`
//                                ^ the field is named in plain words
function readPlain(objects: Token[]): { do: 'set'; target: string; value: string } | undefined {
  const to = objects.findIndex(({ lower, kind }) => kind === 'word' && lower === 'to')
  const value = objects[to + 1]
  if (to < 2 || to > 6 || to + 2 !== objects.length || !value || objects[0]?.lower !== 'the') return undefined
  if (value.kind !== 'literal' && value.kind !== 'label') return undefined
  if (objects.slice(0, to).some(({ kind }) => kind !== 'word')) return undefined
  return { do: 'set', target: textOf(objects.slice(1, to)), value: stated(value.text) }
}

function readEntry(thing: Thing, clause: Clause, { field, places, when, to }: Objects): Draft {
  const last = places.at(-1)
  const named = clause.field ?? field ?? (last && takesValue(last) ? last.name : undefined) ?? innermostField(clause)
  const where = namesOf(places).filter(name => name !== named)
  const around = { ...(thing.or ? { or: true as const } : {}), ...(when ? { when } : {}) }
  const inField = clause.field ?? innermostField(clause)
  if (
    thing.kind === 'label' &&
    /^(?:in )?(?:your|the) /i.test(`${thing.before} `) &&
    inField !== undefined &&
    to === undefined
  )
    return {
      do: 'set',
      target: inField,
      value: supplied(textOf(clause.objects.slice(clause.objects[0]?.lower === 'in' ? 1 : 0))),
      where,
      ...around,
    }
  if (
    thing.kind === 'label' &&
    thing.before === '' &&
    /^fill/.test(clause.verb) &&
    to === undefined &&
    named === undefined
  )
    return { do: 'set', target: thing.text, value: supplied(thing.text), where, ...around }
  if (thing.kind === 'label' && thing.before !== '' && to === undefined)
    return { do: 'set', target: thing.text, value: supplied(`${thing.before} ${thing.text}`), where, ...around }
  if (to !== undefined && thing.kind !== 'phrase')
    return { do: 'set', target: thing.text, value: valueOf(to), where, ...around }
  const value = valueOf(thing)
  if (clause.row === undefined)
    return { do: 'set', ...(named === undefined ? {} : { target: named }), value, where, ...around }
  if (named === undefined || named === clause.row) return { do: 'set', target: clause.row, value, where, ...around }
  return { do: 'set', target: named, value, where: [clause.row, ...where], ...around }
}

function takesValue({ kind, preposition }: NamedPlace): boolean {
  return kind === 'field' || (kind === 'bare' && preposition !== 'on')
}

function innermostField({ places }: Clause): string | undefined {
  const last = places.at(-1)
  return last?.kind === 'field' ? last.name : undefined
}

export function valueOf(thing: Thing): string {
  if (/^\d[\d.,]*(?:%| (?:days?|hours?|minutes?|seconds?|gb|gib|mb|mib))?$/i.test(thing.text)) return thing.text
  return thing.kind === 'phrase' ? supplied(thing.text) : stated(thing.text)
}
