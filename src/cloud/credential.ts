import type { TokenCredential } from '@azure/identity'
import type { CloudDefinition } from './definition.ts'

type Identity = typeof import('@azure/identity')
type Kind = CloudDefinition['credential']['kind']

/** What every credential is made with. */
interface Options {
  authorityHost: string
  disableInstanceDiscovery?: boolean
  tlsOptions?: { ca: string }
}

interface Making<Named extends Kind> {
  identity: Identity
  credential: Extract<CloudDefinition['credential'], { kind: Named }>
  tenant: string | undefined
  options: Options
}

/**
 * The credential that a cloud's definition names, from @azure/identity (loaded only here: it takes most of a second).
 * For a cloud with its own certificate authority, instance discovery is off, because only login.microsoftonline.com
 * could answer it (`azure-facts.md` §2.2).
 */
export async function createCredential(cloud: CloudDefinition): Promise<TokenCredential> {
  const identity = await import('@azure/identity')
  const options = {
    authorityHost: cloud.entra,
    ...(cloud.certificateAuthority
      ? { disableInstanceDiscovery: true, tlsOptions: { ca: cloud.certificateAuthority } }
      : {}),
  }
  const make = makers[cloud.credential.kind] as (making: Making<Kind>) => TokenCredential
  return make({ identity, credential: cloud.credential, tenant: cloud.tenant, options })
}

const makers: { [Named in Kind]: (making: Making<Named>) => TokenCredential } = {
  'client-secret': ({ identity, credential: { clientId, clientSecret }, tenant, options }) =>
    new identity.ClientSecretCredential(tenant ?? 'organizations', clientId, clientSecret, options),
  'client-certificate': ({ identity, credential: { clientId, certificate, passphrase }, tenant, options }) =>
    new identity.ClientCertificateCredential(
      tenant ?? 'organizations',
      clientId,
      { certificatePath: certificate, ...(passphrase === undefined ? {} : { certificatePassword: passphrase }) },
      options,
    ),
  'workload-identity': ({ identity, credential: { clientId, tokenFile }, tenant, options }) =>
    new identity.WorkloadIdentityCredential({
      ...options,
      tenantId: tenant ?? 'organizations',
      clientId,
      tokenFilePath: tokenFile,
    }),
  'managed-identity': ({ identity, credential: { clientId }, options }) =>
    clientId === undefined
      ? new identity.ManagedIdentityCredential(options)
      : new identity.ManagedIdentityCredential(clientId, options),
  'azure-cli': ({ identity, tenant }) => new identity.AzureCliCredential(tenant ? { tenantId: tenant } : {}),
  environment: ({ identity, options }) => new identity.EnvironmentCredential(options),
  default: ({ identity, tenant, options }) =>
    new identity.DefaultAzureCredential({ ...options, ...(tenant ? { tenantId: tenant } : {}) }),
}
