import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import type { JSONWebKeySet, JWTPayload } from 'jose'
import type { Application, Directory, Person } from './directory.ts'
import { makeRsaKey } from './rsa-key.ts'

/** How long a token is good for, in seconds. Clients renew two minutes before the end (azure-facts.md §2.2). */
export const tokenLifetime = 4500

/** Signs this sandbox's tokens. */
export interface TokenSigner {
  /** What verifiers need, once the key is made: `jwks_uri` serves it. */
  keys: Promise<JSONWebKeySet>
  sign(claims: JWTPayload, lifetime?: number): Promise<string>
}

/**
 * Signs with a new RSA key; tokens of another sandbox, or of this one before a restart, do not verify. Nobody waits for the
 * key before a token is asked for.
 */
export function createTokenSigner(key = makeRsaKey()): TokenSigner {
  const ready = identify(key)
  return {
    keys: ready.then(({ jwk, kid }) => ({ keys: [{ ...jwk, kid, x5t: kid, use: 'sig', alg: 'RS256' }] })),
    async sign(claims, lifetime = tokenLifetime) {
      const { kid, privateKey } = await ready
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({ iat: now, nbf: now, exp: now + lifetime, uti: randomUUID(), ...claims })
        .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t: kid })
        .sign(privateKey)
    },
  }
}

async function identify(key: Promise<CryptoKeyPair>) {
  const { publicKey, privateKey } = await key
  const jwk = await exportJWK(publicKey)
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url').slice(0, 27)
  return { jwk, kid, privateKey }
}

/** The issuer of access tokens; `azure-facts.md` §4.2 shows it in the errors of a wrong tenant. */
export const issuerOf = (origin: string, tenant: string) => `${origin}/${tenant}/`

/** Claims of a token that a service accepts: for a person through an application, or for the application itself. */
export function accessClaims(
  directory: Directory,
  origin: string,
  audience: string,
  application: Pick<Application, 'clientId' | 'objectId'>,
  person?: Person,
  signIn?: string,
): JWTPayload {
  const issuer = issuerOf(origin, directory.tenant)
  const common = {
    aud: audience,
    iss: issuer,
    idp: issuer,
    tid: directory.tenant,
    appid: application.clientId,
    appidacr: '1',
    ver: '1.0',
  }
  if (!person) return { ...common, idtyp: 'app', oid: application.objectId, sub: application.objectId }
  return {
    ...common,
    idtyp: 'user',
    oid: person.objectId,
    sub: person.objectId,
    upn: person.userName,
    unique_name: person.userName,
    name: person.name,
    scp: 'user_impersonation',
    ...(signIn === undefined ? {} : { sid: signIn }),
    amr: person.totpSecret ? ['pwd', 'mfa'] : ['pwd'],
  }
}

/** Claims of the token that tells an application who signed in. */
export function idClaims(
  directory: Directory,
  origin: string,
  application: Application,
  person: Person,
  extra: { nonce?: string | undefined; code?: string | undefined },
): JWTPayload {
  return {
    aud: application.clientId,
    iss: `${origin}/${directory.tenant}/v2.0`,
    tid: directory.tenant,
    oid: person.objectId,
    sub: person.objectId,
    name: person.name,
    preferred_username: person.userName,
    upn: person.userName,
    ver: '2.0',
    ...(extra.nonce ? { nonce: extra.nonce } : {}),
    ...(extra.code ? { c_hash: codeHash(extra.code) } : {}),
  }
}

/** OpenID Connect Core §3.3.2.11: the left half of the hash. */
function codeHash(code: string) {
  return createHash('sha256').update(code).digest().subarray(0, 16).toString('base64url')
}
