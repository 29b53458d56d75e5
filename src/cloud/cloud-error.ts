/** A cloud that can't be used as asked: what is wrong, and what to do. */
export class CloudError extends Error {
  override name = 'CloudError'
  readonly remedy: string

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options)
    this.remedy = remedy
  }
}
