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
  const { name, message, code, statusCode, response, errors } = shape(error)
  const inner = errors?.[0]
  if (inner && !code) return armError(inner)
  if (message.startsWith('endpoints_resolution_error'))
    return new ArmError('Entra’s address can’t be reached, or its certificate is not trusted.', {
      code: 'EntraUnreachable',
      cause: error,
    })
  const operation = /long-running operation has failed\. (\w+)\. ([\s\S]*)/.exec(message)
  return new ArmError(operation?.[2] ?? message, {
    code: code ?? operation?.[1] ?? /AADSTS\d+/.exec(message)?.[0] ?? codes[name] ?? 'Unknown',
    status: statusCode,
    requestId: response?.headers?.get('x-ms-request-id') ?? undefined,
    cause: error,
  })
}

/** The error is about the surroundings (network, sign-in, permission, quota, throttling), not about what was asked. */
export function isEnvironmental({ code, status }: ArmError): boolean {
  if (status === 401 || status === 403 || status === 408 || status === 429) return true
  if (status !== undefined && status >= 500) return true
  return network.test(code) || surroundings.test(code)
}

/** Node's codes for what goes wrong between here and a server; its other codes are about files and processes. */
const network =
  /^E(?:CONN[A-Z]+|NOTFOUND|TIMEDOUT|AI_[A-Z]+|(?:HOST|NET)[A-Z]+|PIPE|PROTO)$|CERT|VERIFY|^REQUEST_SEND_ERROR$/

const surroundings =
  /^AADSTS|^EntraUnreachable$|^CredentialUnavailable$|Quota|Throttled|^Aborted$|SubscriptionNotFound|MissingSubscriptionRegistration/

/** What errors that bear no code are, by their name. */
const codes: Record<string, string> = {
  AbortError: 'Aborted',
  CredentialUnavailableError: 'CredentialUnavailable',
  AuthenticationRequiredError: 'CredentialUnavailable',
}

interface Shape {
  name: string
  message: string
  code?: string
  statusCode?: number
  response?: { headers?: { get(name: string): string | undefined } }
  errors?: unknown[]
}

function shape(error: unknown): Shape {
  if (error instanceof Error) return error
  return { name: '', message: String(error) }
}
