import type { Problem, Subject } from '../rule.ts'

/** Why a run would not start, on whichever surface, each reason once. */
export const fromPlan =
  (rule: string) =>
  ({ plans }: Subject): Problem[] => {
    const refusals = plans.flatMap(plan => plan.refusals).filter(refusal => refusal.rule === rule)
    const distinct = new Map(
      refusals.map(refusal => [`${refusal.place.path}:${refusal.place.start.offset}:${refusal.said}`, refusal]),
    )
    return [...distinct.values()].map(({ message, remedy, place }) => ({ message: `${message} ${remedy}`, place }))
  }
