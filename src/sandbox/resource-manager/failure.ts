/** The body of an ARM error; azure-facts.md §4.1. */
export type ErrorDetail = {
  code: string
  message: string
  target?: string | null | undefined
  details?: readonly ErrorDetail[] | null | undefined
  innerError?: null | undefined
}

/** A request that ends in an ARM error. `gateway` errors come from ARM's front door, `service` ones from a provider. */
export class ArmFailure extends Error {
  readonly status: number
  readonly error: ErrorDetail
  readonly source: 'gateway' | 'service'
  readonly headers: Record<string, string>

  constructor(status: number, error: ErrorDetail, source: 'gateway' | 'service' = 'gateway', headers = {}) {
    super(`${error.code}: ${error.message}`)
    this.name = 'ArmFailure'
    this.status = status
    this.error = error
    this.source = source
    this.headers = headers
  }
}
