import { createLocalJWKSet, errors, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTPayload } from 'jose'
import { ArmFailure } from './failure.ts'
import type { Principal } from './request.ts'

/** Whom Resource Manager trusts, and what it calls itself. */
export interface Trust {
  keys: Promise<JSONWebKeySet>
  /** Without a trailing slash; tokens may carry it with one (azure-facts.md §5). */
  audience: string
  /** The issuer whose tokens it takes. */
  issuer: string
  tenant: string
  /** Where a client may get a better token. */
  authority: string
  /** The `sid` that people's tokens must carry; without it, any. */
  signIn?: (() => string) | undefined
}

export type Authenticate = (authorization: string | undefined) => Promise<Principal>

/** Checks bearer tokens; throws the 401 failures of azure-facts.md §4.2. */
export function createAuthentication(trust: Trust): Authenticate {
  const keys = trust.keys.then(createLocalJWKSet)
  const known = new Map<string, Known>()
  return async authorization => {
    if (!authorization) {
      throw refuse(trust, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.")
    }
    const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
    if (!token) {
      throw refuse(
        trust,
        'AuthenticationFailed',
        "Authentication failed. The 'Authorization' header is provided in an invalid format.",
      )
    }
    const before = known.get(token)
    if (before && before.until > Date.now()) return checkSignIn(before, trust)
    const claims = await readClaims(token, await keys, trust)
    checkAudience(claims, trust)
    checkIssuer(claims, trust)
    const principal = {
      client: String(claims['idtyp'] === 'user' ? claims['upn'] : claims['appid']),
      objectId: String(claims['oid']),
    }
    if (known.size >= mostKnown) known.clear()
    const read = { principal, until: (claims.exp ?? 0) * 1000, signIn: textOf(claims['sid']) }
    known.set(token, read)
    return checkSignIn(read, trust)
  }
}

interface Known {
  principal: Principal
  /** Milliseconds since 1970. */
  until: number
  signIn: string | undefined
}

const textOf = (claim: unknown) => (typeof claim === 'string' ? claim : undefined)

/** Whoever a sign-in made known is so no longer when it is over. */
function checkSignIn({ principal, signIn }: Known, trust: Trust): Principal {
  if (!trust.signIn || signIn === undefined || signIn === trust.signIn()) return principal
  throw expired(trust, Date.now())
}

/** Tokens whose signature was checked: to check it takes longer than most answers. */
const mostKnown = 1000

async function readClaims(
  token: string,
  keys: ReturnType<typeof createLocalJWKSet>,
  trust: Trust,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, { algorithms: ['RS256'], requiredClaims: ['exp', 'oid', 'appid'] })
    return payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw expired(trust, (error.payload.exp ?? 0) * 1000)
    }
    throw refuse(trust, 'InvalidAuthenticationToken', 'The access token is invalid.')
  }
}

function checkAudience({ aud }: JWTPayload, trust: Trust) {
  const allowed = [`${trust.audience}/`, trust.audience]
  if (typeof aud === 'string' && allowed.includes(aud)) return
  throw refuse(
    trust,
    'InvalidAuthenticationTokenAudience',
    `The access token has been obtained for wrong audience or resource '${String(aud)}'. It should exactly match with one of the allowed audiences ${allowed.map(one => `'${one}'`).join(',')}.`,
  )
}

/** Hosts may differ, since Entra writes the one the client used; the tenant may not. */
function checkIssuer({ iss, tid }: JWTPayload, trust: Trust) {
  if (tid === trust.tenant) return
  throw refuse(
    trust,
    'InvalidAuthenticationTokenTenant',
    `The access token is from the wrong issuer '${String(iss)}'. It must match the tenant '${trust.issuer}' associated with this subscription. Please use the authority (URL) '${trust.authority}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
  )
}

/** `at`, in milliseconds since 1970. */
function expired(trust: Trust, at: number) {
  const [expiry, now] = [new Date(at), new Date()].map(spell)
  return refuse(
    trust,
    'ExpiredAuthenticationToken',
    `The access token expiry UTC time '${expiry}' is earlier than current UTC time '${now}'.`,
  )
}

function refuse(trust: Trust, code: string, message: string) {
  return new ArmFailure(401, { code, message }, 'gateway', {
    'www-authenticate': `Bearer authorization_uri="${trust.authority}", error="invalid_token", error_description="${message}"`,
  })
}

/** `M/d/yyyy h:mm:ss tt` in UTC. */
function spell(date: Date) {
  return date.toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replaceAll(/\s/g, ' ')
}
