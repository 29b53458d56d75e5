import type { StepReading } from '../action/action.ts'
import type { UnderstoodStep } from './checked-file.ts'

/** The steps as other programs read them. */
export function understoodSteps(readings: readonly StepReading[]): UnderstoodStep[] {
  return readings.map(({ step, actions, unread }) => ({
    line: step.place.start.line,
    text: step.text,
    actions: actions.map(({ place, ...action }) => ({
      ...action,
      line: place.start.line,
      column: place.start.column,
    })),
    ...(unread.length > 0
      ? {
          unread: unread.map(({ status, text, place }) => ({
            status,
            text,
            line: place.start.line,
            column: place.start.column,
          })),
        }
      : {}),
  }))
}
