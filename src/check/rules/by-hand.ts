import type { ActionKind } from '../../action/action.ts'
import type { Problem, Subject } from '../rule.ts'

/** The actions of a kind that no surface carries out, unless they may be left out or a runbook skips their step. */
export const byHand =
  (kind: ActionKind, tell: (target: string) => string) =>
  ({ kept }: Subject): Problem[] =>
    kept
      .flatMap(({ actions }) => actions)
      .filter(action => action.do === kind && !action.optional && !action.or && action.when === undefined)
      .map(({ target = '', place }) => ({ message: tell(target), place }))
