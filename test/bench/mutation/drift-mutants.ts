import type { PlannedAction } from '../../../src/plan/plan.ts'
import { driftNames, driftSwitches, traitsOf, type DriftName, type Era } from '../../../src/sandbox/portal/traits.ts'
import { equivalent, idOf, replaced, type Made } from './change.ts'
import { actionsOf, type Original, type OriginalStep } from './original.ts'
import { foldWords, standsBy } from './words.ts'

/** The article as it is, on a portal that differs from its year in one thing that the article speaks of. */
export function driftMutants(original: Original, era: Era): Made {
  const made: Made = { mutants: [], equivalents: [] }
  for (const drift of driftNames) {
    const { verdict, change } = driftSwitches[drift]
    const kind = 'decoy' in driftSwitches[drift] ? 'decoy' : 'renamed'
    const [article, lines] =
      drift === 'decoy-region' ? inWestUs(original) : [original.text, speaks(drift, original, era)]
    if (verdict === 'none' || lines.length === 0) {
      made.equivalents.push(equivalent(original, kind, drift, { change, rule: 'not-spoken-of' }))
      continue
    }
    made.mutants.push({
      id: idOf(original, kind, drift),
      class: kind,
      article: original.name,
      surface: 'portal',
      change: `portal: ${change}`,
      text: article,
      drift,
      expected: { lines, verdict: 'doc', drift: verdict },
    })
  }
  return made
}

/** The lines on which an article speaks of what a drift changes. */
function speaks(drift: DriftName, original: Original, era: Era): [number, number][] {
  const is = mentions[drift]
  if (!is) return []
  const before = traitsOf(era, [])
  const all = actionsOf(original)
  const earlier = all.map(({ planned }) => planned)
  return all
    .filter(({ planned }, at) => is(planned, { traits: before, earlier: earlier.slice(0, at) }))
    .map(({ step, planned }) => linesOfMention(planned, step))
}

/** From the place that a step names, which may stand in a row above, to the action that happens in it. */
function linesOfMention({ said: { place, where } }: PlannedAction, { words }: OriginalStep): [number, number] {
  const named = words.filter(each => each.start < place.end.offset && where.some(other => same(each.text, other)))
  return [Math.min(place.start.line, ...named.map(each => each.line)), place.end.line]
}

type Mentions = (
  planned: PlannedAction,
  facts: { traits: ReturnType<typeof traitsOf>; earlier: readonly PlannedAction[] },
) => boolean

const selects = ({ said }: PlannedAction, label: string) => said.do === 'select' && same(said.target, label)
const names = ({ said }: PlannedAction, label: string) =>
  [said.target, 'value' in said ? said.value : undefined, ...said.where].some(each => same(each, label))

/** By which words an article speaks of what a drift changes; those that no reader notices are not here. */
const mentions: Partial<Record<DriftName, Mentions>> = {
  'vault-service': (planned, { traits }) => names(planned, traits.continuity),
  'addresses-tab': (planned, { traits }) => names(planned, traits.addressesTab),
  'machine-menu': (planned, { traits }) => selects(planned, traits.machineItem),
  'deletion-box': (planned, { traits }) => names(planned, traits.deletionBox),
  'create-command': (planned, { traits, earlier }) =>
    selects(planned, traits.createCommand) && planned.effect === undefined && !sends(earlier),
  footer: ({ said }) => said.do === 'select' && /^next\b/i.test(said.target),
  'review-tab': (planned, { traits }) => names(planned, traits.reviewTab),
  'section-case': (planned, { traits }) => names(planned, traits.sections),
  directory: (planned, { traits }) => names(planned, traits.directory),
  'move-link': (planned, { traits }) => selects(planned, traits.move),
  'decoy-vault': (planned, { traits }) => selects(planned, traits.vaultCommand),
  'decoy-deletion': (planned, { traits }) => selects(planned, traits.deleteGroup),
}

/** After "Review + create" the command Create sends a form, and is not the one of a list. */
function sends(earlier: readonly PlannedAction[]): boolean {
  const acts = earlier.filter(({ said }) => said.do !== 'wait' && said.do !== 'review' && said.do !== 'verify')
  const last = acts.at(-1)?.said
  return last?.do === 'select' && /^review\b/i.test(last.target)
}

/** The article with every region made West US: as true as before, until that region is gone. */
function inWestUs(original: Original): [text: string, lines: [number, number][]] {
  const regions = actionsOf(original).flatMap(({ step, planned }) => {
    if (planned.becomes !== 'location' || !('value' in planned.said)) return []
    const { value = '', place } = planned.said
    const words = step.words.find(each => same(each.text, value) && standsBy(each, place) === 'inside')
    return words ? [{ words, place }] : []
  })
  return [
    replaced(
      original.text,
      regions.map(({ words: { start, end } }) => ({ start, end, text: 'West US' })),
    ),
    regions.map(({ place }) => [place.start.line, place.end.line]),
  ]
}

function same(one: string | undefined, other: string): boolean {
  return one !== undefined && foldWords(one).replace(/[:.]+$/, '') === foldWords(other).replace(/[:.]+$/, '')
}
