import { RecoveryServicesClient } from '@azure/arm-recoveryservices'
import { ResourceManagementClient } from '@azure/arm-resources'
import { SubscriptionClient } from '@azure/arm-resources-subscriptions'
import { ClientSecretCredential } from '@azure/identity'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'

/** The real clients, pointed at a sandbox as azure-facts.md §2.1 says. */
export function connect(definition: SandboxDefinition, changes: { secret?: string; scope?: string } = {}) {
  const { entra, resourceManager, audience, tenant, subscription, certificateAuthority } = definition
  const tlsOptions = { ca: certificateAuthority }
  const credential = new ClientSecretCredential(
    tenant,
    definition.credential.clientId,
    changes.secret ?? definition.credential.clientSecret,
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
