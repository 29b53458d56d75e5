import type { TokenCredential } from '@azure/identity'
import type { CloudDefinition } from './definition.ts'

/**
 * The credential that a cloud's definition names, from @azure/identity (loaded only here: it takes most of a second).
 * For a cloud with its own certificate authority, instance discovery is off, because only login.microsoftonline.com
 * could answer it (`azure-facts.md` §2.2).
 */
export async function createCredential(cloud: CloudDefinition): Promise<TokenCredential> {
  const { ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity')
  const options = {
    authorityHost: cloud.entra,
    ...(cloud.certificateAuthority
      ? { disableInstanceDiscovery: true, tlsOptions: { ca: cloud.certificateAuthority } }
      : {}),
  }
  if (cloud.credential.kind === 'default')
    return new DefaultAzureCredential({ ...options, ...(cloud.tenant ? { tenantId: cloud.tenant } : {}) })
  return new ClientSecretCredential(
    cloud.tenant ?? 'organizations',
    cloud.credential.clientId,
    cloud.credential.clientSecret,
    options,
  )
}
