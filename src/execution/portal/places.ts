import type { PlannedStep } from '../../plan/plan.ts'
import type { Remark } from '../../result/result.ts'
import { nearest } from '../near-miss.ts'
import { placeOfWords } from '../words-place.ts'
import { barePlace, isEverywhere, isTitle } from './find.ts'
import { matchLabel } from './label-match.ts'
import { labelOf, type Screen } from './screen.ts'

/** The step in whose course places are looked at, and those that were remarked on already. */
export interface PlaceWatch {
  step: PlannedStep
  remarkedPlaces: Set<string>
}

/**
 * Whether the places that a step names are there: as a heading, tab, menu item, region, dialog, label or the window's
 * title. The article's own sentences are the assertions. A place is remarked on once in a step, at its own words.
 */
export function remarksOnPlaces(screen: Screen, where: readonly string[], watch: PlaceWatch): Remark[] {
  return where.flatMap(place => {
    if (isEverywhere(place) || watch.remarkedPlaces.has(place)) return []
    const remark = remarkOnPlace(screen, place)
    if (!remark) return []
    watch.remarkedPlaces.add(place)
    const words = placeOfWords(place, watch.step.place)
    const suggestion = words &&
      remark.found !== undefined && { place: words, before: place, after: remark.found, reason: remark.message }
    return [{ ...remark, ...(words ? { place: words } : {}), ...(suggestion ? { suggestion } : {}) }]
  })
}

function remarkOnPlace(screen: Screen, named: string): Remark | undefined {
  const place = barePlace(named)
  const shown = [...screen.nodes.flatMap(node => [node.name, node.text]), ...screen.title.split(/ [-|] /)]
  const [best] = shown
    .flatMap(label => {
      const match = matchLabel(place, label)
      return match ? [{ label, match }] : []
    })
    .sort((a, b) => a.match.rank - b.match.rank)
  if (best?.match.drift)
    return {
      drift: best.match.drift,
      rule: 'place-differs',
      message: `“${place}” is there as “${best.label}” (${best.match.how ?? 'other words'}).`,
      found: best.label,
    }
  if (best) return undefined
  const near = nearest(place, screen.nodes.filter(isTitle).map(labelOf), { from: 0.6 })
  return {
    drift: 'misleading',
    rule: 'place-not-found',
    message: `Nothing on screen is called “${place}”.`,
    ...(near[0] ? { found: near[0] } : {}),
  }
}
