import { UserError } from './user-error.ts'

/** What a run can be told as; each but `terminal` can be made again from a stored result. */
export const reporterNames = [
  'terminal',
  'html',
  'junit',
  'json',
  'sarif',
  'github',
  'digest',
  'badge',
  'issues',
] as const
export type ReporterName = (typeof reporterNames)[number]

/** Playwright's own reporters that print to standard output. */
export const engineReporterNames: readonly string[] = ['list', 'line', 'dot']

/** @throws UserError for a name that is not among the known ones. */
export function chooseReporters(
  wanted: readonly string[],
  others: readonly string[] = [],
): { reporters: ReporterName[]; others: string[] } {
  const known = [...reporterNames, ...others]
  const unknown = wanted.find(name => !(known as string[]).includes(name))
  if (unknown !== undefined)
    throw new UserError(`There is no reporter '${unknown}'.`, `Use one or more of ${known.join(', ')}.`)
  return {
    reporters: reporterNames.filter(name => wanted.includes(name)),
    others: others.filter(name => wanted.includes(name)),
  }
}
