/** The tag that a run puts on the groups that it made, once they are there: it helps where the ledger is lost. */
export const runTagName = 'verbatim-run'

/** What the tag says. */
export interface RunTag {
  run: string
  /** When the run began, in milliseconds since 1970. */
  at: number
}

/** > kx3f9a 2026-11-27T22:49:41.000Z contoso-recovery-kx3f9a0 */
export function writeRunTag({ run, at }: RunTag, group: string): string {
  return `${run} ${new Date(at).toISOString()} ${group}`
}

/**
 * The tag of a group. It names the group, too, so that a copy of it on another one, by hand or by a policy that hands tags
 * on, says nothing. @returns undefined for any value that no run wrote for this very group.
 */
export function readRunTag(group: { name: string; tags?: Record<string, string> | undefined }): RunTag | undefined {
  const value = group.tags?.[runTagName]
  const match = /^([a-z][a-z2-9]{5}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\S+)$/.exec(value ?? '')
  if (!match) return undefined
  const [, run = '', time = '', name = ''] = match
  const at = Date.parse(time)
  return Number.isNaN(at) || name.toLowerCase() !== group.name.toLowerCase() ? undefined : { run, at }
}
