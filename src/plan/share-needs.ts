import type { Plan, PlannedStep } from './plan.ts'

/** Kinds of action with which an article finds its way by itself, wherever the browser is. */
const startsAnew = new Set(['signIn', 'goTo', 'search'])

/**
 * Whether a plan may take what another plan of the run has made, which others take as well: it must begin anywhere, and
 * leave what they share to them. What was made up for one of the two plans alone is nothing to share.
 */
export function mayShare(plan: Plan, needed: readonly Plan[]): boolean {
  const own = plan.steps.filter(step => step.setUp === undefined && step.needed === undefined)
  const shared = needed.flatMap(({ resources }) => resources.map(({ id }) => id.toLowerCase()))
  return beginsAnywhere(own) && !deletesAny(own, shared) && !needed.some(makesUpNames)
}

function beginsAnywhere(steps: readonly PlannedStep[]): boolean {
  const first = steps.find(({ actions }) => actions.length > 0)?.actions[0]?.action
  return first !== undefined && startsAnew.has(first.do)
}

/** A group goes with all that is in it. */
function deletesAny(steps: readonly PlannedStep[], ids: readonly string[]): boolean {
  return steps.some(({ actions }) =>
    actions.some(({ effect }) => {
      if (effect?.kind !== 'delete' || effect.id === '') return false
      const gone = effect.id.toLowerCase()
      return ids.some(id => id === gone || id.startsWith(`${gone}/`))
    }),
  )
}

/** A name that was made up holds the run's id, and each plan has one of its own. */
function makesUpNames({ steps, run }: Plan): boolean {
  return steps.some(({ actions }) =>
    actions.some(({ action, source }) => source === 'generated' && 'value' in action && action.value?.includes(run)),
  )
}
