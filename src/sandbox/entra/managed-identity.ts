import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import type { Directory } from './directory.ts'
import { isResource } from './directory.ts'
import type { TokenSigner } from './token.ts'
import { accessClaims, tokenLifetime } from './token.ts'

/** The identity of a machine: an application without a secret of its own. */
export interface ManagedIdentity {
  clientId: string
  objectId: string
}

/** Where programs on "the machine" get tokens: what `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` are set to. */
export interface ManagedIdentityServer {
  endpoint: string
  header: string
  close(): Promise<void>
}

interface Surroundings {
  directory: Directory
  signer: TokenSigner
  /** Entra's, which signs as the issuer. */
  origin: string
  /** What stands before it, as before the other servers: the record of requests, and faults. */
  front: readonly MiddlewareHandler[]
}

/**
 * Serves tokens of a managed identity as App Service does (azure-facts.md §2.3): over plain http, as clients expect it
 * there, so only on loopback, and only to those who send the secret header.
 */
export async function startManagedIdentity(
  identity: ManagedIdentity,
  surroundings: Surroundings,
): Promise<ManagedIdentityServer> {
  const header = randomBytes(24).toString('hex')
  const app = createManagedIdentityApp(identity, header, surroundings)
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}/msi/token`,
    header,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function createManagedIdentityApp(identity: ManagedIdentity, header: string, surroundings: Surroundings) {
  const { directory, signer, origin, front } = surroundings
  const app = new Hono()
  app.use(...front)
  app.get('/msi/token', async context => {
    const refuse = (statusCode: 400 | 401, message: string) => context.json({ statusCode, message }, statusCode)
    if (!isSame(context.req.header('x-identity-header') ?? '', header)) {
      return refuse(401, 'The X-IDENTITY-HEADER header is missing or wrong.')
    }
    if (context.req.query('api-version') !== '2019-08-01') return refuse(400, 'Unsupported api-version.')
    const clientId = context.req.query('client_id') ?? identity.clientId
    const objectId = context.req.query('principal_id') ?? context.req.query('object_id') ?? identity.objectId
    if (clientId !== identity.clientId || objectId !== identity.objectId) {
      return refuse(
        400,
        'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
      )
    }
    const resource = context.req.query('resource') ?? ''
    if (!isResource(directory, resource)) {
      return refuse(
        400,
        `AADSTS500011: The resource principal named ${resource} was not found in the tenant named ${directory.tenantName}.`,
      )
    }
    const token = await signer.sign({ ...accessClaims(directory, origin, resource, identity), appidacr: '2' })
    const expiresOn = Math.floor(Date.now() / 1000) + tokenLifetime
    return context.json(
      {
        access_token: token,
        expires_on: String(expiresOn),
        resource,
        token_type: 'Bearer',
        client_id: identity.clientId,
      },
      200,
      { 'cache-control': 'no-store' },
    )
  })
  return app
}

function isSame(one: string, other: string) {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
