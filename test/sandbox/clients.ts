import { request, type Agent } from 'node:https'
import { RecoveryServicesClient } from '@azure/arm-recoveryservices'
import { ResourceManagementClient } from '@azure/arm-resources'
import { SubscriptionClient } from '@azure/arm-resources-subscriptions'
import { ClientSecretCredential } from '@azure/identity'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'

/** The real clients, pointed at a sandbox as azure-facts.md §2.1 says. */
export function connect(
  definition: SandboxDefinition,
  changes: { clientId?: string; clientSecret?: string; secret?: string; scope?: string } = {},
) {
  const { entra, resourceManager, audience, tenant, subscription, certificateAuthority } = definition
  const tlsOptions = { ca: certificateAuthority }
  const credential = new ClientSecretCredential(
    tenant,
    changes.clientId ?? definition.credential.clientId,
    changes.clientSecret ?? changes.secret ?? definition.credential.clientSecret,
    { authorityHost: entra, disableInstanceDiscovery: true, tlsOptions },
  )
  const options = {
    endpoint: resourceManager,
    credentialScopes: [changes.scope ?? `${audience}/.default`],
    tlsOptions,
    retryOptions: { maxRetries: 3, retryDelayInMs: 1 },
  }
  return {
    credential,
    options,
    resources: new ResourceManagementClient(credential, subscription, options),
    vaults: new RecoveryServicesClient(credential, subscription, options),
    subscriptions: new SubscriptionClient(credential, options),
  }
}

/** Polls often: the sandbox's fast pace sends no Retry-After. */
export const quickly = { updateIntervalInMs: 20 }

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

export interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json(): Record<string, unknown>
}

/** One request over TLS that trusts nothing but the sandbox's authority, without any client's help. Without an agent, on a connection of its own. */
export function send(
  definition: SandboxDefinition,
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; agent?: Agent } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
        ca: definition.certificateAuthority,
        agent: options.agent ?? false,
      },
      response => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: () => JSON.parse(text) as Record<string, unknown>,
          }),
        )
      },
    )
    call.on('error', reject)
    call.end(options.body)
  })
}

/** Resource Manager spoken to directly, with the service principal's token. `path` starts behind the subscription. */
export async function arm(
  definition: SandboxDefinition,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
) {
  const { token } = await connect(definition).credential.getToken(`${definition.audience}/.default`)
  const url = `${definition.resourceManager}/subscriptions/${definition.subscription}${path}`
  return send(definition, url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...options.headers },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  })
}

/** What a client's error says: `code` and status where they are there. */
export async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason as Error & { code?: string; statusCode?: number },
  )
  return error && { code: error.code, status: error.statusCode, message: error.message }
}
