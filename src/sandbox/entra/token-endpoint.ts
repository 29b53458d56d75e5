import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { checkClientAssertion } from './client-assertion.ts'
import type { Application, Directory, Person } from './directory.ts'
import { isResource, requireApplication } from './directory.ts'
import {
  disabledPerson,
  expiredCode,
  expiredSecret,
  missingCredential,
  missingParameter,
  unknownCode,
  revokedGrant,
  unknownRefreshToken,
  unknownResource,
  unsupportedGrant,
  usedCode,
  wrongRedirect,
  wrongScope,
  wrongSecret,
  wrongVerifier,
} from './error.ts'
import type { SignIns } from './sign-ins.ts'
import type { TokenSigner } from './token.ts'
import { accessClaims, idClaims, tokenLifetime } from './token.ts'

/** What a person agreed to on the sign-in pages, waiting for the application to redeem it. */
export interface Grant {
  application: Application
  person: Person
  /** The `sid` of the sign-in at which it was given. */
  signIn: string
  redirectUri: string
  scope: string
  nonce?: string | undefined
  codeChallenge?: string | undefined
  codeChallengeMethod?: string | undefined
}

export interface TokenEndpoint {
  /** A code that can be redeemed once. */
  issueCode(grant: Grant): string
  /** Throws an EntraError. */
  redeem(form: URLSearchParams, origin: string): Promise<Record<string, string | number>>
}

/** The token endpoint's grants: client_credentials, authorization_code (with PKCE where it was asked for), refresh_token. */
export function createTokenEndpoint(
  directory: Directory,
  signer: TokenSigner,
  signIns: SignIns,
  now: () => number = Date.now,
): TokenEndpoint {
  const codes = new Map<string, Code>()
  const refreshTokens = new Map<string, Grant>()

  const grants: Record<string, (form: URLSearchParams, origin: string) => Promise<Record<string, string | number>>> = {
    async client_credentials(form, origin) {
      const application = await authenticate(directory, form, origin)
      const audience = readClientAudience(directory, form)
      const claims = accessClaims(directory, origin, audience, application)
      const token = await signer.sign(form.has('client_assertion') ? { ...claims, appidacr: '2' } : claims)
      return { token_type: 'Bearer', ...lifetime(), access_token: token }
    },
    async authorization_code(form, origin) {
      const application = await authenticate(directory, form, origin)
      const code = required(form, 'code')
      const known = codes.get(code)
      if (known?.grant.application !== application) throw unknownCode()
      if (known.used) throw usedCode()
      if (now() >= known.ends) throw expiredCode()
      known.used = true
      const { grant } = known
      const redirect = required(form, 'redirect_uri')
      if (redirect !== grant.redirectUri) throw wrongRedirect(redirect, application.clientId)
      checkVerifier(grant, form.get('code_verifier'))
      return tokensFor({ ...grant, scope: form.get('scope') ?? grant.scope }, origin)
    },
    async refresh_token(form, origin) {
      const application = await authenticate(directory, form, origin)
      const grant = refreshTokens.get(required(form, 'refresh_token'))
      if (!grant || grant.application !== application) throw unknownRefreshToken()
      return tokensFor({ ...grant, scope: form.get('scope') ?? grant.scope }, origin)
    },
  }

  async function tokensFor(grant: Grant, origin: string) {
    const { application, person, nonce, signIn } = grant
    if (person.disabled) throw disabledPerson()
    if (signIn !== signIns.current()) throw revokedGrant()
    const audience = audienceOf(directory, grant.scope) ?? application.clientId
    const scopes = grant.scope.split(' ')
    return {
      token_type: 'Bearer',
      scope: grant.scope,
      ...lifetime(),
      access_token: await signer.sign(accessClaims(directory, origin, audience, application, person, signIn)),
      ...(scopes.includes('offline_access') ? { refresh_token: keep(refreshTokens, grant) } : {}),
      ...(scopes.includes('openid')
        ? { id_token: await signer.sign(idClaims(directory, origin, application, person, { nonce })) }
        : {}),
    }
  }

  return {
    issueCode: grant => keep(codes, { grant, used: false, ends: now() + codeLifetime }),
    async redeem(form, origin) {
      const grant = grants[required(form, 'grant_type')]
      if (!grant) throw unsupportedGrant(form.get('grant_type') ?? '')
      return grant(form, origin)
    },
  }
}

/** A code stays known when it is over, because Entra tells in which way it is. */
interface Code {
  grant: Grant
  used: boolean
  ends: number
}

/** Ten minutes (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). */
const codeLifetime = 10 * 60 * 1000

function required(form: URLSearchParams, name: string) {
  const value = form.get(name)
  if (!value) throw missingParameter(name)
  return value
}

async function authenticate(directory: Directory, form: URLSearchParams, origin: string): Promise<Application> {
  const application = requireApplication(directory, required(form, 'client_id'))
  const assertion = form.get('client_assertion')
  if (assertion) {
    if (form.get('client_assertion_type') !== jwtBearer) throw missingParameter('client_assertion_type')
    await checkClientAssertion(assertion, application, { directory, origin })
    return application
  }
  const secret = form.get('client_secret')
  if (!secret) throw missingCredential()
  if (!sameSecret(secret, application.clientSecret)) throw wrongSecret(application.clientId)
  if (application.secretEnds && application.secretEnds <= new Date()) throw expiredSecret(application.clientId)
  return application
}

/** RFC 7523 §2.2. */
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

function sameSecret(one: string, other: string) {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}

/** `scope=<resource>/.default`, or `resource=<resource>` as the endpoint without `v2.0` takes it. */
function readClientAudience(directory: Directory, form: URLSearchParams) {
  const resource = form.get('resource')
  if (resource) return knownResource(directory, resource)
  const scope = required(form, 'scope')
  if (!scope.endsWith('/.default')) throw wrongScope(scope)
  return knownResource(directory, scope.slice(0, -'/.default'.length))
}

const openIdScopes = new Set(['openid', 'profile', 'email', 'offline_access'])

/** The service that a scope such as `openid https://host/.default` asks for. */
function audienceOf(directory: Directory, scope: string) {
  const wanted = scope.split(' ').find(part => part !== '' && !openIdScopes.has(part))
  return wanted && knownResource(directory, wanted.slice(0, wanted.lastIndexOf('/')))
}

/** Keeps a trailing slash: az asks for `<resource>//.default` and gets such an audience (azure-facts.md §5). */
function knownResource(directory: Directory, resource: string) {
  if (!isResource(directory, resource)) throw unknownResource(resource, directory.tenantName)
  return resource
}

function checkVerifier({ codeChallenge, codeChallengeMethod }: Grant, verifier: string | null) {
  if (!codeChallenge) return
  const computed =
    codeChallengeMethod === 'S256'
      ? createHash('sha256')
          .update(verifier ?? '')
          .digest('base64url')
      : verifier
  if (computed !== codeChallenge) throw wrongVerifier()
}

function lifetime() {
  return { expires_in: tokenLifetime, ext_expires_in: tokenLifetime }
}

function keep<Kept>(store: Map<string, Kept>, kept: Kept) {
  const key = '1.' + randomBytes(48).toString('base64url')
  store.set(key, kept)
  return key
}
