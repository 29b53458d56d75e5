import type { StepReading, Unread } from '../../action/action.ts'

/** Every piece of the steps that was not understood, in one of the two ways. */
export function unreadOf(readings: readonly StepReading[], status: Unread['status']): Unread[] {
  return readings.flatMap(({ unread }) => unread).filter(unread => unread.status === status)
}
