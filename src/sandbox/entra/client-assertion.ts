import { createHash, X509Certificate } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { JWTPayload } from 'jose'
import type { Application, Directory } from './directory.ts'
import { isTenant } from './directory.ts'
import {
  assertionOutOfTime,
  malformedAssertion,
  noFederatedCredential,
  unknownAssertionKey,
  wrongAssertionAudience,
  wrongAssertionClient,
  wrongAssertionSignature,
} from './error.ts'

/**
 * Checks the JWT with which an application says who it is: one that it signed itself with the key of its certificate,
 * or one of an issuer that it trusts (azure-facts.md §2.3). Only the former has the application's id for an issuer.
 * Throws an EntraError. The numbers and sentences are those quoted in Azure/login and azure-workload-identity issues.
 */
export async function checkClientAssertion(
  assertion: string,
  application: Application,
  endpoint: { directory: Directory; origin: string },
): Promise<void> {
  const { iss } = read(() => decodeJwt(assertion))
  if (iss && URL.canParse(iss)) return checkFederated(assertion, application)
  const claims = await checkSignedByCertificate(assertion, application)
  if (claims.iss !== application.clientId || claims.sub !== application.clientId) throw wrongAssertionClient()
  if (![claims.aud].flat().some(audience => isEndpoint(audience, endpoint))) throw wrongAssertionAudience()
}

/** An end is asked for. MSAL rounds the beginning, so it may lie half a second ahead on the same machine's clock. */
const times = { requiredClaims: ['exp'], clockTolerance: 5 }

/** The certificate is named by its SHA-256 thumbprint (`x5t#S256`, MSAL's way) or its SHA-1 thumbprint (`x5t`). */
async function checkSignedByCertificate(assertion: string, { certificate, clientId }: Application) {
  const header = read(() => decodeProtectedHeader(assertion))
  const sha256 = header['x5t#S256']
  const thumbprint = typeof sha256 === 'string' ? sha256 : header.x5t
  if (typeof thumbprint !== 'string' || thumbprint === '') {
    throw malformedAssertion('No certificate SHA-1 thumbprint nor certificate SHA-256 thumbprint in token header.')
  }
  const registered = certificate && new X509Certificate(certificate)
  // Through the bytes, because MSAL for Python pads its base64.
  const shown = Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase()
  const algorithm = typeof sha256 === 'string' ? 'sha256' : 'sha1'
  if (!registered || createHash(algorithm).update(registered.raw).digest('hex').toUpperCase() !== shown) {
    throw unknownAssertionKey(shown, clientId)
  }
  const verified = jwtVerify(assertion, registered.publicKey, {
    algorithms: ['PS256', 'RS256'],
    ...times,
  })
  return verified.then(
    ({ payload }) => payload,
    (error: unknown) => {
      throw assertionFailure(error, shown)
    },
  )
}

/** Entra looks for a credential with all three claims before it looks at the signature. */
async function checkFederated(assertion: string, { federatedCredentials = [], clientId }: Application) {
  const { iss = '', sub = '', aud = '' } = read(() => decodeJwt(assertion))
  const ofIssuer = federatedCredentials.filter(({ issuer }) => issuer === iss)
  if (ofIssuer.length === 0) throw noFederatedCredential('issuer', iss)
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub)
  if (ofSubject.length === 0) throw noFederatedCredential('subject', sub)
  const credential = ofSubject.find(({ audience }) => [aud].flat().includes(audience))
  if (!credential) throw noFederatedCredential('audience', [aud].flat().join(','))
  const keys = createLocalJWKSet(credential.keys)
  await jwtVerify(assertion, keys, { algorithms: ['RS256'], ...times }).catch((error: unknown) => {
    const { kid = '' } = read(() => decodeProtectedHeader(assertion))
    throw error instanceof errors.JWKSNoMatchingKey ? unknownAssertionKey(kid, clientId) : assertionFailure(error, kid)
  })
}

/** Times are looked at after the signature, so a wrong key is told first. */
function assertionFailure(error: unknown, thumbprint: string) {
  if (error instanceof errors.JWTExpired) return outOfTime(error.payload)
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'nbf' && error.reason === 'check_failed' ? outOfTime(error.payload) : malformedAssertion()
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return wrongAssertionSignature(thumbprint)
  return malformedAssertion()
}

function outOfTime({ nbf, exp }: JWTPayload) {
  return assertionOutOfTime({ from: nbf, end: exp })
}

function read<Part>(decode: () => Part): Part {
  try {
    return decode()
  } catch {
    throw malformedAssertion()
  }
}

/** What may stand behind the tenant: the token endpoint, or the issuer's name. */
const endpointPaths = new Set(['oauth2/v2.0/token', 'oauth2/token', 'v2.0', ''])

function isEndpoint(audience: string | undefined, { directory, origin }: { directory: Directory; origin: string }) {
  if (!audience || !URL.canParse(audience)) return false
  const url = new URL(audience)
  const [, tenant = '', ...rest] = url.pathname.split('/')
  return url.origin === origin && isTenant(directory, tenant) && endpointPaths.has(rest.join('/'))
}
