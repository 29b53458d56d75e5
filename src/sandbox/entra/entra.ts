import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Directory } from './directory.ts'
import { isTenant } from './directory.ts'
import { describeError, EntraError, unknownTenant } from './error.ts'
import type { TokenSigner } from './token.ts'
import { contentSecurityPolicy, troublePage } from './pages.ts'
import { createSignInApp } from './sign-in.ts'
import { createSignIns } from './sign-ins.ts'
import { createTokenEndpoint } from './token-endpoint.ts'

/**
 * The sandbox's Entra: discovery, keys, tokens and the sign-in pages (azure-facts.md §2.2, §5).
 * `now`, in milliseconds, is the clock by which authorization codes end. Every address in an answer has the host that the client used: MSAL insists that the issuer does.
 */
export function createEntraApp(
  directory: Directory,
  signer: TokenSigner,
  now?: () => number,
  signIns = createSignIns(),
): Hono {
  const app = new Hono()
  const tokens = createTokenEndpoint(directory, signer, signIns, now)

  app.onError((error, context) => answerError(error, context))

  for (const path of ['/:tenant/v2.0/.well-known/openid-configuration', '/:tenant/.well-known/openid-configuration']) {
    app.get(path, context => context.json(discover(directory, originOf(context), knownTenant(directory, context))))
  }

  for (const path of ['/:tenant/discovery/v2.0/keys', '/:tenant/discovery/keys']) {
    app.get(path, async context => {
      knownTenant(directory, context)
      return context.json(await signer.keys)
    })
  }

  for (const path of ['/:tenant/oauth2/v2.0/token', '/:tenant/oauth2/token']) {
    app.post(path, async context => {
      knownTenant(directory, context)
      const form = new URLSearchParams(await context.req.text())
      const body = await tokens.redeem(form, originOf(context))
      return context.json(body, 200, { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' })
    })
  }

  app.route('/', createSignInApp(directory, signer, tokens, signIns))
  return app
}

/** The tenant as the client wrote it. Throws an EntraError for one that isn't here. */
function knownTenant(directory: Directory, context: Context) {
  const tenant = context.req.param('tenant') ?? ''
  if (!isTenant(directory, tenant)) throw unknownTenant(tenant)
  return tenant
}

function originOf(context: Context) {
  return new URL(context.req.url).origin
}

function discover(directory: Directory, origin: string, segment: string) {
  const base = `${origin}/${segment}`
  const issuerTenant = segment === 'organizations' || segment === 'common' ? '{tenantid}' : directory.tenant
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'code id_token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${origin}/${issuerTenant}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'oid',
      'c_hash',
    ],
    tenant_region_scope: null,
  }
}

function answerError(error: unknown, context: Context) {
  if (!(error instanceof EntraError)) throw error
  const correlationId =
    context.req.header('client-request-id') ?? context.req.query('client-request-id') ?? randomUUID()
  const body = describeError(error, originOf(context), correlationId)
  if (!context.req.header('accept')?.includes('text/html')) return context.json(body, error.status)
  return context.html(troublePage(body.error_description), error.status, {
    'content-security-policy': contentSecurityPolicy,
  })
}
