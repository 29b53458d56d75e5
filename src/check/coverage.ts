import type { ActionKind, StepReading } from '../action/action.ts'
import type { Plan, PlannedAction, SurfaceName } from '../plan/plan.ts'
import { readShell } from '../plan/shell-code.ts'

/** How much of an article a run would carry out. */
export interface Coverage extends Figures {
  /** What each surface would do of the variant that it takes. */
  surfaces: Record<SurfaceName, Figures>
}

export interface Figures {
  steps: Tally
  actions: Tally
}

/** Each step or action counts once: `total` is the sum of the others. */
export interface Tally {
  total: number
  /** Carried out, and its effect looked for. */
  run: number
  /** Only looked at: reviewed, waited for, verified, captured, kept; a step that asks for nothing. */
  observed: number
  /** Understood, but left to people, or only followed on paper. */
  notRun: number
  notUnderstood: number
}

type Part = Exclude<keyof Tally, 'total'>

/** How far an article is covered, in all (whatever the surface) and by each surface. */
export function coverageOf(readings: readonly StepReading[], plans: readonly Plan[]): Coverage {
  const inAll = readings.map(reading => figuresOfStep(reading.actions.map(partOfAction), reading.unread.length))
  return { ...sum(inAll), surfaces: { portal: of('portal'), arm: of('arm'), shell: of('shell') } }

  function of(surface: SurfaceName): Figures {
    const unread = new Map(readings.map(({ step, unread }) => [step.place.start, unread.length]))
    const plan = plans.find(each => each.surface === surface)
    return sum(
      (plan?.steps ?? [])
        .filter(({ skip }) => skip === undefined)
        .map(({ actions, place }) => figuresOfStep(actions.map(bySurface[surface]), unread.get(place.start) ?? 0)),
    )
  }
}

export function sum(figures: readonly Figures[]): Figures {
  const total: Figures = { steps: nothing(), actions: nothing() }
  for (const { steps, actions } of figures) {
    add(total.steps, steps)
    add(total.actions, actions)
  }
  return total
}

export function sumCoverage(all: readonly Coverage[]): Coverage {
  const of = (surface: SurfaceName) => sum(all.map(each => each.surfaces[surface]))
  return { ...sum(all), surfaces: { portal: of('portal'), arm: of('arm'), shell: of('shell') } }
}

const kinds: Record<ActionKind, Part> = {
  signIn: 'run',
  goTo: 'run',
  search: 'run',
  select: 'run',
  set: 'run',
  check: 'run',
  clear: 'run',
  turnOn: 'run',
  turnOff: 'run',
  keep: 'observed',
  review: 'observed',
  wait: 'observed',
  verify: 'observed',
  capture: 'observed',
  upload: 'notRun',
  download: 'run',
  expand: 'run',
  close: 'run',
  run: 'run',
  follow: 'notRun',
  repeat: 'notRun',
  manual: 'notRun',
}

const bySurface: Record<SurfaceName, (planned: PlannedAction) => Part> = {
  portal: ({ action }) => partOfAction(action),
  arm: ({ action, effect, becomes }) =>
    effect || becomes !== undefined || action.do === 'signIn' || action.do === 'run' ? partOfAction(action) : 'notRun',
  shell: ({ action }) => (action.do === 'run' ? partOfAction(action) : 'notRun'),
}

function partOfAction(action: PlannedAction['action']): Part {
  return action.do === 'run' && readShell(action.code, action.target).problem ? 'notRun' : kinds[action.do]
}

/** A step is what the least understood of its actions is; one that informs is only looked at. */
function figuresOfStep(parts: readonly Part[], unread: number): Figures {
  const actions = nothing()
  for (const part of parts) count(actions, part)
  for (let each = 0; each < unread; each++) count(actions, 'notUnderstood')
  const steps = nothing()
  count(steps, (['notUnderstood', 'notRun', 'run'] as const).find(part => actions[part] > 0) ?? 'observed')
  return { steps, actions }
}

function nothing(): Tally {
  return { total: 0, run: 0, observed: 0, notRun: 0, notUnderstood: 0 }
}

function count(tally: Tally, part: Part): void {
  tally.total++
  tally[part]++
}

function add(tally: Tally, other: Tally): void {
  for (const key of Object.keys(tally) as (keyof Tally)[]) tally[key] += other[key]
}
