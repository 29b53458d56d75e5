import { randomUUID } from 'node:crypto'

/** An error as Entra words it: OAuth's `error`, an AADSTS number and a sentence (azure-facts.md §2.2). */
export class EntraError extends Error {
  readonly status: 400 | 401
  readonly error: string
  readonly number: number

  constructor(status: 400 | 401, error: string, number: number, message: string) {
    super(message)
    this.name = 'EntraError'
    this.status = status
    this.error = error
    this.number = number
  }
}

/** The JSON body that a token endpoint answers. */
export function describeError({ error, number, message }: EntraError, origin: string, correlationId: string) {
  const trace = randomUUID()
  const timestamp = new Date()
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
  return {
    error,
    error_description: `AADSTS${number}: ${message} Trace ID: ${trace} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: trace,
    correlation_id: correlationId,
    error_uri: `${origin}/error?code=${number}`,
  }
}

export const unknownTenant = (tenant: string) =>
  new EntraError(
    400,
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  )

export const unknownApplication = (clientId: string, tenantName: string) =>
  new EntraError(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${tenantName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  )

/** Number and words as in AzureAD's and azure-docs' issues (azure-docs 28469), `error` as in Worklytics/psoxy 74. */
export const disabledApplication = ({ clientId, name }: { clientId: string; name: string }) =>
  new EntraError(400, 'unauthorized_client', 7000112, `Application '${clientId}'(${name}) is disabled.`)

/** learn.microsoft.com/entra/identity-platform/reference-error-codes: UserDisabled. */
export const disabledPerson = () => new EntraError(400, 'invalid_grant', 50057, 'The user account is disabled.')

export const wrongSecret = (clientId: string) =>
  new EntraError(
    401,
    'invalid_client',
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  )

export const missingCredential = () =>
  new EntraError(
    401,
    'invalid_client',
    7000218,
    `The request body must contain the following parameter: 'client_assertion' or 'client_secret'.`,
  )

export const expiredSecret = (clientId: string) =>
  new EntraError(
    401,
    'invalid_client',
    7000222,
    `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  )

export const malformedAssertion = (why = '') =>
  new EntraError(400, 'invalid_request', 50027, `JWT token is invalid or malformed.${why && ` ${why}`}`)

export const unknownAssertionKey = (thumbprint: string, clientId: string) =>
  new EntraError(
    401,
    'invalid_client',
    700027,
    `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${clientId}'.]`,
  )

export const wrongAssertionSignature = (thumbprint: string) =>
  new EntraError(
    401,
    'invalid_client',
    700027,
    `Client assertion failed signature validation. [Reason - The key was found, but use of the key to verify the signature failed., Thumbprint of key used by client: '${thumbprint}']`,
  )

export const wrongAssertionClient = () =>
  new EntraError(
    401,
    'invalid_client',
    700021,
    "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
  )

export const wrongAssertionAudience = () =>
  new EntraError(
    401,
    'invalid_client',
    700023,
    'Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
  )

/** `from` and `end` in seconds, as the assertion has them; one without a beginning began in 1970. */
export const assertionOutOfTime = ({ from = 0, end = 0 }: { from?: number | undefined; end?: number | undefined }) =>
  new EntraError(
    401,
    'invalid_client',
    700024,
    `Client assertion is not within its valid time range. Current time: ${ticks(Date.now())}, assertion valid from ${ticks(from * 1000)}, expiry time of assertion ${ticks(end * 1000)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
  )

const federatedNumbers = { issuer: 700211, audience: 700212, subject: 700213 }

/** The first claim that no federated credential has, and what the assertion has there. */
export const noFederatedCredential = (claim: keyof typeof federatedNumbers, value: string) =>
  new EntraError(
    401,
    'invalid_client',
    federatedNumbers[claim],
    `No matching federated identity record found for presented assertion ${claim} '${value}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  )

export const missingParameter = (name: string) =>
  new EntraError(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`)

export const unsupportedGrant = (grant: string) =>
  new EntraError(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`)

export const unsupportedResponseType = (type: string) =>
  new EntraError(
    400,
    'unsupported_response_type',
    70005,
    `The response_type '${type}' is not supported for the application.`,
  )

export const wrongScope = (scope: string) =>
  new EntraError(
    400,
    'invalid_scope',
    1002012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  )

export const unknownResource = (resource: string, tenantName: string) =>
  new EntraError(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${tenantName}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  )

export const wrongRedirect = (redirect: string, clientId: string) =>
  new EntraError(
    400,
    'invalid_request',
    50011,
    `The redirect URI '${redirect}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
  )

export const usedCode = () =>
  new EntraError(
    400,
    'invalid_grant',
    54005,
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  )

/** learn.microsoft.com/entra/identity-platform/reference-error-codes: ExpiredOrRevokedGrant. */
export const expiredCode = () =>
  new EntraError(
    400,
    'invalid_grant',
    70008,
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  )

/** A code that was never given, or to another application. */
export const unknownCode = () => new EntraError(400, 'invalid_grant', 70000, 'Provided grant is invalid or malformed.')

export const wrongVerifier = () =>
  new EntraError(
    400,
    'invalid_grant',
    501481,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  )

export const revokedGrant = () =>
  new EntraError(
    400,
    'invalid_grant',
    50173,
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
  )

export const unknownRefreshToken = () =>
  new EntraError(400, 'invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.')

export const interactionRequired = () =>
  new EntraError(400, 'login_required', 50058, 'A silent sign-in request was sent but no user is signed in.')

export const staleSignIn = () =>
  new EntraError(
    400,
    'invalid_request',
    165000,
    'Invalid Request: The request tokens do not match the user context. Start the sign-in again.',
  )

/** The last moment that JavaScript knows. Assertions may name later ones. */
const endOfTime = 8.64e15

/** A moment with the seven decimals that .NET prints. */
function ticks(milliseconds: number) {
  return new Date(Math.max(-endOfTime, Math.min(endOfTime, milliseconds))).toISOString().replace('Z', '0000Z')
}
