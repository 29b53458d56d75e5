import type { Action } from '../../../src/action/action.ts'
import type { PlannedAction, SurfaceName } from '../../../src/plan/plan.ts'
import type { Drift } from '../../../src/result/result.ts'
import { idOf, replaced } from './change.ts'
import type { Mutant, MutantClass } from './mutant.ts'
import { actionsOf, type Original, type OriginalStep } from './original.ts'
import { foldWords, standsBy, type Words } from './words.ts'

/**
 * Mutants of which some words are other words: labels of controls, options, typed values, regions, places, and labels
 * that are near the right ones.
 */
export function wordMutants(original: Original): Mutant[] {
  const taken = new Set<string>()
  return actionsOf(original)
    .flatMap(each => changesOf(each.planned, each.step, original).map(change => mutantOf(change, each, original)))
    .flat()
    .filter(({ id }) => !taken.has(id) && taken.add(id))
}

interface WordChange {
  class: MutantClass
  words: Words
  to: string
  variant: string
  surfaces: readonly SurfaceName[]
  drift: Drift
  /** More lines that may be blamed: where what was changed is used. */
  also?: readonly (readonly [number, number])[]
}

function mutantOf(
  { class: kind, words, to, variant, surfaces, drift, also = [] }: WordChange,
  { step, planned }: { step: OriginalStep; planned: PlannedAction },
  original: Original,
): Mutant[] {
  const text = replaced(original.text, [{ start: words.start, end: words.end, text: to }])
  const { start, end } = planned.said.place
  const own = [Math.min(words.line, start.line), Math.max(words.line, end.line)] as const
  const around = kind === 'wrong-place' ? [[words.line, step.place.end.line] as const] : [own]
  return surfaces.map(surface => ({
    id: idOf(original, kind, words.start, `${variant}@${surface}`),
    class: kind,
    article: original.name,
    surface,
    change: `line ${words.line}: “${words.text}” → “${to}”`,
    text,
    expected: { lines: [...around, ...also], verdict: 'doc', drift },
  }))
}

function changesOf(planned: PlannedAction, step: OriginalStep, original: Original): WordChange[] {
  const { said } = planned
  const near = (text: string | undefined) => (text === undefined ? undefined : wordsFor(text, said, step))
  const own = planned.source === 'own-name' || planned.source === 'generated'
  const target = near(said.target)
  const value = 'value' in said ? near(said.value) : undefined
  return [
    ...(target && isControl(said) && !(own && said.do === 'select') ? labelChanges(target, said) : []),
    ...(target && own && said.do === 'select' ? nameChanges(target, planned, original) : []),
    ...(value && said.do === 'set' ? valueChanges(value, planned, original) : []),
    ...(value && said.do === 'search' ? searchChanges(value, planned, original) : []),
    ...said.where.flatMap(place => placeChanges(place, said, step)),
  ]
}

/** Where an action's target or value stands: inside its span before elsewhere in its row. */
function wordsFor(text: string, said: Action, { words }: OriginalStep): Words | undefined {
  const same = words.filter(each => foldWords(each.text) === foldWords(text))
  return (
    same.find(each => standsBy(each, said.place) === 'inside') ??
    same.find(each => each.column === 0 && standsBy(each, said.place) === 'row')
  )
}

function isControl({ do: kind }: Action): boolean {
  return /^(?:select|set|check|clear|turnOn|turnOff|expand|close)$/.test(kind)
}

/** A label that is nowhere on screen, one that shares a word with the right one, and decoys: near, and something else. */
function labelChanges(words: Words, said: Action): WordChange[] {
  const common = { words, surfaces: ['portal'] as const, drift: 'blocking' as const }
  const plus = /^\s*\+\s*/.exec(words.text)?.[0] ?? ''
  const bare = words.text.slice(plus.length)
  const decoys = said.do === 'select' ? [`Edit ${bare}`, `${bare} template`] : [`${bare} template`]
  return [
    { ...common, class: 'label', variant: 'other', to: plus + unrelated(words) },
    { ...common, class: 'label', variant: 'part', to: plus + partly(bare, words) },
    ...decoys.map((to, at): WordChange => ({ ...common, class: 'decoy', variant: `near-${at}`, to: plus + to })),
  ]
}

/** The name of what the article made, where it is looked up again. */
function nameChanges(words: Words, planned: PlannedAction, original: Original): WordChange[] {
  const also = laterUses(planned, original)
  return [
    {
      class: 'value',
      words,
      to: otherName(words.text),
      variant: 'later',
      surfaces: ['portal'],
      drift: 'blocking',
      also,
    },
  ]
}

function valueChanges(words: Words, planned: PlannedAction, original: Original): WordChange[] {
  const { becomes, said, source } = planned
  if (becomes === 'location') return regionChanges(words)
  const names = becomes === 'name' || becomes === 'resourceGroup'
  const both = { surfaces: ['portal', 'arm'] as const, drift: 'blocking' as const, words }
  if (words.kind === 'bold' && !names)
    return ['other', 'part'].map((variant): WordChange => ({
      ...both,
      class: 'option',
      variant,
      to: variant === 'other' ? unrelated(words) : partly(words.text, words),
      surfaces: becomes ? ['portal', 'arm'] : ['portal'],
    }))
  const until = untilSent(planned, original)
  if (names)
    return [
      { ...both, class: 'value', variant: 'invalid', to: `${words.text}<&>`, also: until },
      ...differing(words, planned, original),
    ]
  if (source === 'own-name')
    return [
      { ...both, class: 'value', variant: 'later', to: otherName(words.text), also: laterUses(planned, original) },
    ]
  const broken = brokenValue(words.text)
  if (broken === undefined || said.do !== 'set') return []
  return [{ ...both, class: 'value', variant: 'invalid', to: broken, also: until, surfaces: ['portal'] }]
}

/** Another name in the table than the one that later steps use. */
function differing(words: Words, planned: PlannedAction, original: Original): WordChange[] {
  const later = laterUses(planned, original)
  if (later.length === 0) return []
  return [
    {
      class: 'value',
      words,
      variant: 'differs',
      to: otherName(words.text),
      surfaces: ['portal', 'arm'],
      // Who only looks for a name, and finds another, gets on.
      drift: usersOf(planned, original).every(({ do: kind }) => /^(?:verify|keep)$/.test(kind))
        ? 'misleading'
        : 'blocking',
      also: later,
    },
  ]
}

function searchChanges(words: Words, planned: PlannedAction, original: Original): WordChange[] {
  const own = planned.source === 'own-name'
  const to = own ? otherName(words.text) : unrelated(words).toLowerCase()
  const also = own ? laterUses(planned, original) : []
  return [{ class: 'value', words, variant: 'search', to, surfaces: ['portal'], drift: 'blocking', also }]
}

/** A name that every type's rules allow where they allow the first. */
function otherName(name: string): string {
  return `${/^x/i.test(name) ? 'z' : 'x'}${name.slice(1)}`
}

/** Regions that there are not, near the right one and far from it. */
function regionChanges(words: Words): WordChange[] {
  const common = { class: 'region', words, surfaces: ['portal', 'arm'], drift: 'blocking' } as const
  const group = /^\([^)]*\)\s*/.exec(words.text)?.[0] ?? ''
  const bare = words.text.slice(group.length)
  return [
    { ...common, variant: 'short', to: words.text.slice(0, -1) },
    { ...common, variant: 'number', to: `${words.text} 9` },
    { ...common, variant: 'turned', to: group + bare.split(' ').toReversed().join(' ') + ' Central' },
    { ...common, variant: 'other', to: 'Atlantis Central' },
  ]
}

/** A tab, page, pane or heading that the step says it happens in. Only those that stand in bold. */
function placeChanges(place: string, said: Action, { words }: OriginalStep): WordChange[] {
  const before = words.filter(
    each => each.kind === 'bold' && each.start < said.place.end.offset && foldWords(each.text) === foldWords(place),
  )
  const nearest = before.at(-1)
  if (!nearest) return []
  const common = { class: 'wrong-place', words: nearest, surfaces: ['portal'], drift: 'misleading' } as const
  return [
    { ...common, variant: 'other', to: unrelated(nearest) },
    { ...common, variant: 'part', to: partly(nearest.text, nearest) },
  ]
}

/** Later steps that name what this action names. */
function laterUses(planned: PlannedAction, original: Original): [number, number][] {
  return usersOf(planned, original).map(({ place }) => [place.start.line, place.end.line])
}

function usersOf({ said }: PlannedAction, original: Original): Action[] {
  const name = 'value' in said && said.value !== undefined ? said.value : said.target
  if (name === undefined) return []
  return actionsOf(original)
    .map(({ planned }) => planned.said)
    .filter(
      other =>
        other.place.start.offset > said.place.end.offset &&
        [other.target, 'value' in other ? other.value : undefined, ...other.where].some(text => text?.includes(name)),
    )
}

/** A form may refuse a value where it is typed, or where it is reviewed and sent. */
function untilSent({ said }: PlannedAction, original: Original): [number, number][] {
  const rest = actionsOf(original).filter(({ planned }) => planned.said.place.start.offset > said.place.start.offset)
  const sent = rest.findIndex(({ planned }) => planned.effect?.kind === 'create')
  return rest
    .slice(0, sent + 1)
    .filter(
      ({ planned: { said: other, effect } }) => effect !== undefined || /^(?:review|next)/i.test(other.target ?? ''),
    )
    .map(({ step }): [number, number] => [step.place.start.line, step.place.end.line])
}

/** > 10.0.0.0/16 → 10.0.0.0/99; numbers become letters. Of other values nobody can say what is wrong. */
function brokenValue(text: string): string | undefined {
  if (/^\d+(?:\.\d+){3}\/\d+$/.test(text)) return text.replace(/\/\d+$/, '/99')
  if (/^\d+(?:\.\d+){3}$/.test(text)) return text.replace(/^\d+/, '999')
  if (/^\d+$/.test(text)) return `x${text}`
  return undefined
}

/** Words that no portal has. */
const strange = ['Lantern', 'Harvest', 'Compass', 'Orchard', 'Saddle', 'Thimble', 'Walnut', 'Meadow', 'Anvil', 'Pebble']

/** As many strange words as there were, at most two; the same for the same place. */
function unrelated({ text, start }: Words): string {
  const count = Math.min(2, text.split(/\s+/).length)
  return Array.from({ length: count }, (_, at) => strange[(start * 7 + at * 3) % strange.length]).join(' ')
}

/** The last word is another one; of a single word, its second half. */
function partly(text: string, { start }: Words): string {
  const other = strange[(start * 3 + 1) % strange.length] ?? ''
  const words = text.split(' ')
  if (words.length > 1) return [...words.slice(0, -1), other.toLowerCase()].join(' ')
  return `${text.slice(0, Math.max(2, Math.ceil(text.length / 2)))}${other.toLowerCase()}`
}
