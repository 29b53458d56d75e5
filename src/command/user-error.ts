/** A mistake of the user's, told without a stack: problem, place, remedy. Its exit code is 2 unless it says otherwise. */
export class UserError extends Error {
  override name = 'UserError'
  readonly remedy: string
  /** `file:line:column`, where there is one. */
  readonly place: string | undefined
  readonly exitCode: number

  constructor(
    message: string,
    remedy: string,
    facts: { place?: string | undefined; exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: facts.cause })
    this.remedy = remedy
    this.place = facts.place
    this.exitCode = facts.exitCode ?? 2
  }
}
