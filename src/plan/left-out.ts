import type { Action } from '../action/action.ts'

/**
 * Why a run doesn't do what an article says: its first way is taken, and what may be left out is left out. A prompt is
 * looked for, because it may come up. Undefined for what is done.
 */
export function leftOutBecause({ or, sequel, optional, when }: Action): string | undefined {
  if (or || sequel) return 'The article offers it as an alternative to what was done.'
  if (optional) return 'The article says that it may be left out.'
  if (when !== undefined && !/\bprompt|\bask/.test(when)) return `It depends on a condition: ${when}.`
  return undefined
}
