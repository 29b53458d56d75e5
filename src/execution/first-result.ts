import type { Plan, PlannedAction, PlannedStep } from '../plan/plan.ts'
import type { ActionResult, ArticleResult, StepResult } from '../result/result.ts'
import { articleStatus } from '../result/status.ts'
import { masked } from './mask.ts'

/** An article's result before anything was done: every step `not-run`. */
export function firstResult(plan: Plan): ArticleResult {
  const { article, refusals } = plan
  const steps = plan.steps.map(firstStep)
  const told = refusals.map(({ rule, message, remedy, place, said }) => ({
    rule,
    message,
    remedy,
    place,
    ...(said === undefined ? {} : { said }),
  }))
  return {
    id: plan.id,
    path: article.path,
    title: article.title,
    hash: article.hash,
    ...(article.owner === undefined ? {} : { owner: article.owner }),
    ...(article.service === undefined ? {} : { service: article.service }),
    surface: plan.surface,
    variant: plan.variant,
    ...articleStatus({ steps, refusals: told }),
    duration: 0,
    steps,
    refusals: told,
    resources: [],
    requests: [],
    names: plan.names,
  }
}

function firstStep({ id, number, procedure, title, place, actions, images, skip }: PlannedStep): StepResult {
  return {
    id,
    number,
    procedure,
    title,
    place,
    status: 'not-run',
    duration: 0,
    timedOut: false,
    actions: actions.map(firstAction),
    ...(images.length > 0 ? { images } : {}),
    ...(skip === undefined ? {} : { reason: skip }),
  }
}

/** An action before it was carried out. A secret's value never gets here: the plan holds only its name. */
export function firstAction({ said, action, secret }: PlannedAction): ActionResult {
  const value = secret !== undefined ? masked : 'value' in action ? action.value : undefined
  return {
    do: said.do,
    ...(action.target === undefined ? {} : { target: action.target }),
    ...(value === undefined ? {} : { value }),
    where: action.where,
    place: said.place,
    status: 'not-run',
    remarks: [],
    duration: 0,
  }
}
