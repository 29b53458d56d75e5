import type { PlannedStep } from '../../plan/plan.ts'

/**
 * The steps that an article asks to repeat: those before the step in the same procedure, by their numbers.
 *
 * @returns a reason where nobody can know for certain what is to be done: the second time is to be different, or would make
 * something that no sentence describes.
 */
export function stepsToRepeat(target: string, step: PlannedStep, all: readonly PlannedStep[]): PlannedStep[] | string {
  const own = all.filter(({ procedure }) => procedure === step.procedure)
  const before = own.slice(0, own.indexOf(step))
  const words = target.trim().replace(/\.$/, '')
  const [, first, last = first, rest = ''] =
    /^(?:the )?(?:preceding |previous )?steps? (\d+)(?:\s*(?:-|–|to|through|and)\s*(\d+))?(.*)$/i.exec(words) ?? []
  const previous = /^(?:the )?(?:previous|preceding|last) step\b(.*)$/i.exec(words)
  const otherwise = (previous?.[1] ?? rest).trim()
  if (otherwise !== '' && !/^(?:again|once more|above)$/i.test(otherwise))
    return `What is to be different the second time (“${otherwise}”) is not said in full.`
  const from = Number(first)
  const to = Number(last)
  const steps = previous
    ? before.slice(-1)
    : before.filter(({ number }) => Number(number) >= from && Number(number) <= to)
  if (steps.length === 0 || (!previous && steps.length !== to - from + 1))
    return `It is not certain which steps “${target}” means.`
  if (steps.some(each => each.skip !== undefined)) return 'A step that is to be repeated is skipped.'
  if (steps.some(({ actions }) => actions.some(({ effect }) => effect !== undefined)))
    return 'Steps that make or delete something are not repeated.'
  return steps
}
