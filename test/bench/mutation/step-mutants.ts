import type { Action } from '../../../src/action/action.ts'
import type { PlannedAction } from '../../../src/plan/plan.ts'
import { equivalent, idOf, lineAt, linesOf, replaced, type Made, type Replacement } from './change.ts'
import type { EquivalenceRule, Expectation, Mutant } from './mutant.ts'
import { actionsOf, type Original, type OriginalStep } from './original.ts'

/** Mutants of which a step is missing, a row of a required setting is missing, or two steps are swapped. */
export function stepMutants(original: Original): Made {
  const made: Made = { mutants: [], equivalents: [] }
  const add = (each: Mutant | ReturnType<typeof equivalent> | undefined) => {
    if (each && 'rule' in each) made.equivalents.push(each)
    else if (each) made.mutants.push(each)
  }
  original.steps.forEach((_, at) => add(withoutStep(original, at)))
  original.steps.forEach((_, at) => add(swapped(original, at)))
  withoutRows(original).forEach(add)
  return made
}

function withoutStep(original: Original, at: number) {
  const { steps, text } = original
  const step = steps[at]
  // A step with steps under it stays: what is under it would hang in the air.
  if (!step || (steps[at + 1]?.depth ?? 0) > step.depth || step.actions.length === 0) return undefined
  const change = `line ${step.place.start.line}: the step “${shortly(step.title)}” is missing`
  const rule = whyMissingIsEquivalent(step, steps[at + 1], original)
  if (rule) return equivalent(original, 'missing-step', step.place.start.offset, { change, rule })
  const cut = wholeLines(step, text)
  const gone = text.slice(cut.start, cut.end).split('\n').length - 1
  const later = blameAfterLoss(original, at).map(
    ({ place }) => [place.start.line - gone, place.end.line - gone] as const,
  )
  const before = blameBeforeLoss(original, at).map(linesOf)
  return mutant(original, {
    class: 'missing-step',
    at: step.place.start.offset,
    change,
    text: replaced(text, [cut]),
    lines: [...before, ...later],
  })
}

/** The step that can't be done any more: the next one; of a form, any up to the one that sends it. */
function blameAfterLoss(original: Original, at: number): OriginalStep[] {
  const { steps } = original
  const fills = steps[at]?.actions.some(({ said }) => fillsIn(said))
  if (!fills) return steps.slice(at + 1, at + 2)
  const sent = steps.findIndex((step, index) => index > at && step.actions.some(({ effect }) => effect !== undefined))
  return steps.slice(at + 1, Math.max(at + 2, sent + 1))
}

/** Where a deletion is not confirmed, the step before is the one after which nothing was deleted. */
function blameBeforeLoss({ steps }: Original, at: number): OriginalStep[] {
  const actions = steps[at]?.actions ?? []
  const last = actions.at(-1)?.said
  const ends = actions.some(({ effect }) => effect !== undefined) || (last !== undefined && commits(last))
  return ends ? steps.slice(Math.max(0, at - 1), at) : []
}

function whyMissingIsEquivalent(
  step: OriginalStep,
  next: OriginalStep | undefined,
  original: Original,
): EquivalenceRule | undefined {
  const acts = step.actions.filter(({ said }) => doesSomething(said))
  if (acts.length === 0) return 'does-nothing'
  if (acts.every(({ said }) => said.do === 'signIn')) return 'signs-in-anyway'
  const leavesDefaults = acts.every(planned => hasDefault(planned, original))
  if (leavesDefaults && next?.actions.some(({ said }) => reviews(said))) return 'has-a-default'
  const onlyGoes = acts.every(({ said, effect }) => goes(said) && effect === undefined && !commits(said))
  return onlyGoes && (!next || startsAnywhere(next)) ? 'only-looks' : undefined
}

function swapped(original: Original, at: number) {
  const { steps, text } = original
  const [one, other] = [steps[at], steps[at + 1]]
  if (!one || !other || one.procedure !== other.procedure || one.depth !== other.depth) return undefined
  // Nested steps belong to the one above them, and don't move with it.
  if (one.place.end.offset > other.place.start.offset || (steps[at + 2]?.depth ?? 0) > other.depth) return undefined
  if (one.actions.length === 0 || other.actions.length === 0) return undefined
  const change = `line ${one.place.start.line}: the step “${shortly(one.title)}” comes after the next one`
  const rule = whyOrderIsEquivalent(one, other)
  if (rule) return equivalent(original, 'order', one.place.start.offset, { change, rule })
  const [first, second] = [sourceOf(one, text), sourceOf(other, text)]
  const changed = replaced(text, [
    { start: one.place.start.offset, end: one.place.start.offset + first.length, text: second },
    { start: other.place.start.offset, end: other.place.start.offset + second.length, text: first },
  ])
  const shift = second.length - first.length
  const lines = [
    [lineAt(changed, one.place.start.offset), lineAt(changed, one.place.start.offset + second.length)],
    [
      lineAt(changed, other.place.start.offset + shift),
      lineAt(changed, other.place.start.offset + shift + first.length),
    ],
    // On another tab or page than the step after both expects, it is that one that can't be done.
    ...(one.actions.some(({ said }) => said.where.length > 0) ? steps.slice(at + 2, at + 3).map(linesOf) : []),
  ] as const
  return mutant(original, { class: 'order', at: one.place.start.offset, change, text: changed, lines })
}

function whyOrderIsEquivalent(one: OriginalStep, other: OriginalStep): EquivalenceRule | undefined {
  const acts = one.actions.filter(({ said }) => doesSomething(said))
  if (acts.length === 0) return 'does-nothing'
  if (startsAnywhere(other)) return 'starts-anywhere'
  const last = acts.at(-1)?.said
  const sends = other.actions.some(({ effect, said }) => effect !== undefined || commits(said) || reviews(said))
  if (last && fillsIn(last) && !sends) return 'fields-in-any-order'
  const opens = last?.do === 'select' ? last.target.toLowerCase() : undefined
  const findsItself = other.actions.every(
    ({ said }) => opens !== undefined && said.where.some(place => place.toLowerCase() === opens),
  )
  return findsItself ? 'fields-in-any-order' : undefined
}

/** Rows of a table without whose setting the form can't be sent. */
function withoutRows(original: Original): (Mutant | ReturnType<typeof equivalent>)[] {
  const { steps, text } = original
  const seen = new Set<number>()
  return steps.flatMap((step, at) =>
    step.actions.flatMap((planned): (Mutant | ReturnType<typeof equivalent>)[] => {
      const row = rowAround(planned, step)
      const label = row?.cells[0]?.text ?? ''
      if (!row || seen.has(row.place.start.offset)) return []
      const change = `line ${row.place.start.line}: the row “${label}” is missing`
      if (planned.becomes === 'subscription') {
        seen.add(row.place.start.offset)
        return [equivalent(original, 'missing-row', row.place.start.offset, { change, rule: 'one-subscription' })]
      }
      if (!isRequired(planned, label, original)) return []
      seen.add(row.place.start.offset)
      const cut = linesAround(row.place.start.offset, row.place.end.offset, text)
      const sent = steps.findIndex((other, index) => index > at && other.actions.some(({ effect }) => effect))
      const blamed = steps.slice(at, Math.max(at + 1, sent + 1)).map(({ place }, index) => {
        const shift = index === 0 ? 0 : 1
        return [place.start.line - shift, place.end.line - 1] as const
      })
      return (['portal', 'arm'] as const).map(surface =>
        mutant(original, {
          class: 'missing-row',
          at: row.place.start.offset,
          change,
          text: replaced(text, [cut]),
          lines: blamed,
          surface,
          drift: 'misleading',
        }),
      )
    }),
  )
}

function rowAround({ said: { place } }: PlannedAction, { content }: OriginalStep) {
  return content
    .flatMap(part => (part.type === 'table' ? part.rows : []))
    .find(row => row.place.start.offset <= place.start.offset && place.end.offset <= row.place.end.offset)
}

function isRequired({ becomes, said }: PlannedAction, label: string, { types, steps }: Original): boolean {
  if (becomes !== 'name' && becomes !== 'location' && becomes !== 'resourceGroup') return false
  const made = actionsOf({ steps } as Original).find(
    ({ planned }) => planned.said.place.start.offset > said.place.end.offset && planned.effect?.kind === 'create',
  )
  const effect = made?.planned.effect
  if (effect?.kind !== 'create') return false
  return types.some(
    type =>
      effect.resources.some(resource => resource.type === type.type) &&
      type.required.some(required => required.toLowerCase() === label.toLowerCase()),
  )
}

/** An article that doesn't set it is true, too: it makes another thing. */
function hasDefault({ becomes, said }: PlannedAction, { types, steps }: Original): boolean {
  if (!fillsIn(said) || !becomes?.startsWith('properties.')) return false
  const labels = [said.target, ...said.where].map(label => label?.toLowerCase())
  const made = actionsOf({ steps } as Original).flatMap(({ planned: { effect } }) =>
    effect?.kind === 'create' ? effect.resources.map(({ type }) => type) : [],
  )
  return types
    .filter(({ type }) => made.includes(type))
    .every(({ required }) => !required.some(label => labels.includes(label.toLowerCase())))
}

interface Shape {
  class: Mutant['class']
  at: number
  change: string
  text: string
  lines: Expectation['lines']
  surface?: Mutant['surface']
  drift?: Expectation['drift']
}

function mutant(original: Original, shape: Shape): Mutant {
  const { class: kind, at, change, text, lines, surface = 'portal', drift = 'blocking' } = shape
  return {
    id: idOf(original, kind, at, `@${surface}`),
    class: kind,
    article: original.name,
    surface,
    change,
    text,
    expected: { lines, verdict: 'doc', drift },
  }
}

function doesSomething({ do: kind }: Action): boolean {
  return !/^(?:wait|verify|review|keep|capture)$/.test(kind)
}

function goes({ do: kind }: Action): boolean {
  return /^(?:goTo|search|select|expand|close)$/.test(kind)
}

function fillsIn({ do: kind }: Action): boolean {
  return /^(?:set|check|clear|turnOn|turnOff)$/.test(kind)
}

function reviews(said: Action): boolean {
  return said.do === 'select' && /^(?:review|next)\b/i.test(said.target)
}

/** Commands that change something for good. */
function commits(said: Action): boolean {
  return (
    said.do === 'select' &&
    /^(?:create|save|add|ok|apply|delete|yes|move|stop|start|restart|assign|associate|enable backup|undelete)\b/i.test(
      said.target,
    )
  )
}

/** The search box of the portal and an address can be used wherever one is. */
function startsAnywhere({ actions }: OriginalStep): boolean {
  const first = actions.map(({ said }) => said).find(doesSomething)
  return first?.do === 'signIn' || first?.do === 'goTo' || (first?.do === 'search' && first.target === undefined)
}

/** From the list marker to the end of the step's own text, without line ends. */
function sourceOf({ place }: OriginalStep, text: string): string {
  return text.slice(place.start.offset, place.end.offset).trimEnd()
}

function wholeLines({ place }: OriginalStep, text: string): Replacement {
  return linesAround(place.start.offset, place.end.offset, text)
}

/** Whole lines, and an empty line that follows. */
function linesAround(from: number, to: number, text: string): Replacement {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const ended = text.slice(0, to).endsWith('\n') ? to : text.indexOf('\n', to) + 1 || text.length
  return { start, end: ended, text: '' }
}

function shortly(title: string): string {
  const words = title.replace(/\s+/g, ' ')
  return words.length > 60 ? `${words.slice(0, 59)}…` : words
}
