import type { Place } from '../article/article.ts'
import type { Action, ActionKind } from '../action/action.ts'
import type { CloudDefinition } from '../cloud/definition.ts'
import type { Location, ResourceManager } from '../cloud/resource-manager.ts'
import type { Plan, PlannedAction, PlannedStep } from '../plan/plan.ts'
import type { Picture, Remark } from '../result/result.ts'

/** What came of an action that did not fail. Failing is throwing a `StepFailure`. */
export interface Outcome {
  status: 'passed' | 'assumed' | 'skipped'
  remarks: Remark[]
  /** What was seen to happen: the proof. */
  effect?: string
  /** Why it was assumed or skipped. */
  reason?: string
}

/** What carries out one kind of action on one surface. */
export type StepHandler<Kind extends ActionKind, Context> = (
  planned: PlannedAction & { action: Extract<Action, { do: Kind }> },
  context: Context,
) => Promise<Outcome>

/** A handler for every kind of action: one that is missing does not compile. */
export type StepHandlers<Context> = { [Kind in ActionKind]: StepHandler<Kind, Context> }

/** Calls the handler for an action's kind. */
export function handle<Context>(
  handlers: StepHandlers<Context>,
  planned: PlannedAction,
  context: Context,
): Promise<Outcome> {
  const handler = handlers[planned.action.do] as StepHandler<ActionKind, Context>
  return handler(planned as PlannedAction & { action: Action }, context)
}

/** Where a plan is carried out. */
export interface Surface {
  perform(planned: PlannedAction, step: PlannedStep): Promise<Outcome>
  /** A picture of where the step has got to, under the output folder. */
  picture?(step: PlannedStep, failed: boolean): Promise<Picture | undefined>
  /** What the surface itself says about an operation under way: a message that it failed. */
  complaint?(): Promise<string | undefined>
  /** The question that the surface waits to be answered, in its words. */
  question?(): Promise<string | undefined>
  /** What a shell step printed. */
  output?(): string | undefined
  close(): Promise<void>
}

/** What surfaces are given. */
export interface Surroundings {
  plan: Plan
  cloud: CloudDefinition
  manager: ResourceManager
  locations(): Promise<Location[]>
  /** Resolves when a plan that this one needs has ended well. @throws StepFailure where it didn't. */
  whenNeeded(needed: NonNullable<PlannedStep['needed']>, place: Place): Promise<void>
  /** Secrets by name: what `planned.secret` stands for. */
  secrets: Record<string, string>
  /** The run's output folder. */
  output: string
}

export const passed = (effect: string, remarks: Remark[] = []): Outcome => ({ status: 'passed', effect, remarks })
export const assumed = (reason: string): Outcome => ({ status: 'assumed', reason, remarks: [] })
export const leftOut = (reason: string): Outcome => ({ status: 'skipped', reason, remarks: [] })
