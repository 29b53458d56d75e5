import type { StepReading } from '../action/action.ts'
import type { Procedure, Variant } from '../article/article.ts'
import { foldLabel } from './label.ts'
import type { SurfaceName } from './plan.ts'

/** What each surface prefers where an article offers a choice: the ids and labels that Learn's articles use. */
const preferred: Record<SurfaceName, RegExp> = {
  portal: /portal/i,
  arm: /portal/i,
  shell: /\bcli\b|azure-cli|bash/i,
}

/**
 * The steps that one reader sees: of each group of tabs, pivots or monikers under a heading, the variant that the
 * runbook names, else the one that suits the surface, else the first.
 */
export function chooseVariants(
  procedures: readonly { procedure: Procedure; readings: readonly StepReading[] }[],
  surface: SurfaceName,
  wanted: readonly string[],
) {
  const groups = new Map<string, Variant[]>()
  const all = procedures.flatMap(({ procedure, readings }) => readings.map(reading => ({ procedure, reading })))
  for (const { procedure, reading } of all)
    variantsOf(procedure, reading).forEach((variant, depth) => {
      const key = groupKey(variant, depth)
      const group = groups.get(key) ?? []
      if (!group.some(each => each.id === variant.id)) group.push(variant)
      groups.set(key, group)
    })
  const isWanted = (variant: Variant) =>
    wanted.some(each => [variant.id, variant.label].some(name => foldLabel(name) === foldLabel(each)))
  const choice = new Map(
    [...groups].map(([key, group]) => [
      key,
      group.find(isWanted) ?? group.find(each => preferred[surface].test(each.id)) ?? group[0],
    ]),
  )
  const taken = (variant: Variant, depth: number) => choice.get(groupKey(variant, depth))?.id === variant.id
  const steps = all.filter(({ procedure, reading }) => variantsOf(procedure, reading).every(taken))
  const variant = [
    ...new Set([...choice.values()].flatMap(each => (each && groups.size > 0 ? [each.label || each.id] : []))),
  ]
  const offered = [...groups.values()].flat()
  return {
    steps,
    variant,
    offered: [...new Set(offered.map(each => each.label || each.id))],
    /** What was wanted, and isn't offered. */
    unknown: wanted.filter(
      each => !offered.some(({ id, label }) => [id, label].some(name => foldLabel(name) === foldLabel(each))),
    ),
  }
}

function variantsOf(procedure: Procedure, { step }: StepReading): Variant[] {
  return step.variants.length > 0 ? step.variants : procedure.variants
}

/** Learn keeps one choice for the whole page: a reader who takes the portal's tab once sees it everywhere. */
function groupKey(variant: Variant, depth: number): string {
  return `${variant.kind}/${depth}`
}
