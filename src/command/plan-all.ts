import { procedureKey, type Provided } from '../plan/make-plan.ts'
import type { Plan, SurfaceName } from '../plan/plan.ts'
import { mayShare } from '../plan/share-needs.ts'
import type { Understood } from './articles.ts'

/** An article on one surface. */
export interface Wanted {
  understood: Understood
  surface: SurfaceName
}

/** Makes one plan; `index` tells the plans of a run apart. */
type MakePlan = (wanted: Wanted, index: number, provided?: readonly Provided[]) => Plan

/**
 * The plans of a run. What several articles need first is carried out once on each surface, by a plan of its own, where they
 * can share it; its steps are left out of theirs.
 */
export function planAll(all: readonly Wanted[], makePlan: MakePlan): Plan[] {
  const shared = new Map<string, Provided>()
  for (const [at, need] of neededTwice(all).entries()) {
    const plan = makePlan(need, all.length + at)
    const procedures = new Set(need.understood.procedures.map(({ procedure }) => procedureKey(procedure)))
    if (plan.refusals.length === 0) shared.set(keyOf(need), { plan: asNeeded(plan), procedures })
  }
  const used = new Set<Plan>()
  const plans = all.map((wanted, index) => {
    const provided = needsOf(wanted).flatMap(need => shared.get(keyOf(need)) ?? [])
    const sharing = provided.length > 0 ? makePlan(wanted, index, provided) : undefined
    const needed = provided.map(({ plan }) => plan)
    if (!sharing || sharing.refusals.length > 0 || !mayShare(sharing, needed)) return makePlan(wanted, index)
    for (const plan of needed) used.add(plan)
    return sharing
  })
  return [...used, ...plans]
}

function needsOf({ understood: { needs = [], job }, surface }: Wanted): Wanted[] {
  return job.runbook.shareNeeds === false ? [] : needs.map(understood => ({ understood, surface }))
}

function neededTwice(all: readonly Wanted[]): Wanted[] {
  const users = new Map<string, Wanted[]>()
  for (const need of all.flatMap(needsOf)) users.set(keyOf(need), [...(users.get(keyOf(need)) ?? []), need])
  return [...users.values()].flatMap(each => (each.length > 1 && each[0] ? [each[0]] : []))
}

/** An article with another runbook is another one. */
function keyOf({ understood: { job }, surface }: Wanted): string {
  return [job.path, job.runbookPath, surface].join('\n')
}

/** It may be one of the run's articles as well. */
function asNeeded(plan: Plan): Plan {
  return { ...plan, id: `${plan.id}-needed-first`, variant: [...plan.variant, 'needed first'], neededFirst: true }
}
