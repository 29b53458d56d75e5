/** What Resource Manager or Entra said when it refused, whatever generation of SDK said it (`azure-facts.md` §4.3, §3.4). */
export class ArmError extends Error {
  override name = 'ArmError'
  /** `ResourceGroupNotFound`, `AADSTS7000215`, `ECONNREFUSED`, ... */
  readonly code: string
  readonly status: number | undefined
  readonly requestId: string | undefined

  constructor(
    message: string,
    facts: { code: string; status?: number | undefined; requestId?: string | undefined; cause?: unknown },
  ) {
    super(message, { cause: facts.cause })
    this.code = facts.code
    this.status = facts.status
    this.requestId = facts.requestId
  }
}

/** Any error of the Azure SDK as an `ArmError`. */
export function armError(error: unknown): ArmError {
  if (error instanceof ArmError) return error
  const { message, code, statusCode, response, errors } = shape(error)
  const inner = errors?.[0]
  if (inner && !code) return armError(inner)
  const operation = /long-running operation has failed\. (\w+)\. ([\s\S]*)/.exec(message)
  return new ArmError(operation?.[2] ?? message, {
    code: code ?? operation?.[1] ?? /AADSTS\d+/.exec(message)?.[0] ?? (isAbort(error) ? 'Aborted' : 'Unknown'),
    status: statusCode,
    requestId: response?.headers?.get('x-ms-request-id') ?? undefined,
    cause: error,
  })
}

/** The error is about the surroundings (network, sign-in, permission, quota, throttling), not about what was asked. */
export function isEnvironmental({ code, status }: ArmError): boolean {
  if (status === 401 || status === 403 || status === 408 || status === 429) return true
  if (status !== undefined && status >= 500) return true
  return /^AADSTS|^E[A-Z]+$|CERT|VERIFY|Quota|Throttled|Aborted|SubscriptionNotFound|MissingSubscriptionRegistration/.test(
    code,
  )
}

interface Shape {
  message: string
  code?: string
  statusCode?: number
  response?: { headers?: { get(name: string): string | undefined } }
  errors?: unknown[]
}

function shape(error: unknown): Shape {
  if (error instanceof Error) return error as Error & Omit<Shape, 'message'>
  return { message: String(error) }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
