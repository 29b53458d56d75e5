import { parseDocument } from 'yaml'
import { z } from 'zod'
import { CloudError } from './cloud-error.ts'

const credential = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('client-secret'), clientId: z.string(), clientSecret: z.string() }),
  /** Whatever `DefaultAzureCredential` finds: environment, workload identity, managed identity, Azure CLI. */
  z.strictObject({ kind: z.literal('default') }),
])

const person = z.union([
  z.strictObject({ userName: z.string(), password: z.string() }),
  /** A Playwright storage state of somebody who has signed in: a secret. */
  z.strictObject({ storageState: z.string() }),
])

/** The sandbox's further ways to sign in, which are for other clients than ours. */
const sandboxKeys = [
  'certificateCredential',
  'disabledCredential',
  'disabledPerson',
  'expiredCredential',
  'federatedToken',
  'managedIdentity',
  'people',
]

/**
 * One Azure: its hosts, the credentials to use and the certificate authority to trust.
 * The sandbox prints such a definition; a file of this shape is what `--cloud FILE` takes.
 */
const Definition = z.strictObject({
  name: z.string(),
  /** A run on this cloud says nothing about Azure. */
  rehearsal: z.boolean().default(false),
  portal: z.url(),
  /** Where the browser may go: host names, `*.` for their subdomains. */
  portalHosts: z.array(z.string()),
  /** The Entra authority host. */
  entra: z.url(),
  resourceManager: z.url(),
  /** The audience of Resource Manager's tokens, without `/.default`. */
  audience: z.string(),
  tenant: z.string().optional(),
  subscription: z.string().optional(),
  /** PEM. Where it is given, the clients trust it and nothing else. */
  certificateAuthority: z.string().optional(),
  credential: credential.default({ kind: 'default' }),
  person: person.optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
})

/** Of what the sandbox prints, the secrets that no run needs are left out here, so that none can leave them anywhere. */
export const CloudDefinition = z.preprocess(
  read =>
    typeof read === 'object' && read !== null && !Array.isArray(read)
      ? Object.fromEntries(Object.entries(read).filter(([key]) => !sandboxKeys.includes(key)))
      : read,
  Definition,
)
export type CloudDefinition = z.infer<typeof CloudDefinition>

/** The names that `--cloud` takes beside a file. */
export const cloudNames = ['sandbox', 'azure', 'azure-us-government', 'azure-china'] as const

/** What of the process environment a cloud's definition is completed from. */
export type Settings = Record<string, string | undefined>

/**
 * The definition of a real Azure, completed from the environment: `AZURE_TENANT_ID`, `AZURE_SUBSCRIPTION_ID`,
 * `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` (else `DefaultAzureCredential`), and for the portal
 * `VERBATIM_STORAGE_STATE`, or `VERBATIM_PORTAL_USER` and `VERBATIM_PORTAL_PASSWORD`.
 * Hosts: learn.microsoft.com/azure/azure-portal/azure-portal-safelist-urls and the national clouds' endpoint lists.
 *
 * @throws CloudError where the name is unknown or a setting is missing.
 */
export function namedCloud(name: string, settings: Settings, needs: { portal: boolean }): CloudDefinition {
  const hosts = Object.hasOwn(azures, name) ? azures[name] : undefined
  if (!hosts)
    throw new CloudError(
      `There is no cloud named '${name}'.`,
      `Use one of ${cloudNames.join(', ')}, or the path of a cloud definition.`,
    )
  const missing = ['AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID'].filter(key => !settings[key])
  const people = portalPerson(settings)
  if (needs.portal && !people)
    missing.push('VERBATIM_STORAGE_STATE (or VERBATIM_PORTAL_USER and VERBATIM_PORTAL_PASSWORD)')
  if (missing.length > 0)
    throw new CloudError(
      `The cloud '${name}' lacks ${missing.join(', ')}.`,
      'Set these environment variables; docs/azure.md says how to get each.',
    )
  const { AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: clientSecret } = settings
  return {
    name,
    rehearsal: false,
    ...hosts,
    tenant: settings.AZURE_TENANT_ID,
    subscription: settings.AZURE_SUBSCRIPTION_ID,
    credential: clientId && clientSecret ? { kind: 'client-secret', clientId, clientSecret } : { kind: 'default' },
    ...(people ? { person: people } : {}),
    facts: {},
  }
}

/**
 * Reads a cloud definition from the text of a file.
 *
 * @throws CloudError where it isn't JSON or YAML of that shape.
 */
export function readCloud(path: string, text: string): CloudDefinition {
  const document = parseDocument(text, { prettyErrors: true })
  const broken = document.errors[0]
  if (broken)
    throw new CloudError(
      `${path}: ${broken.message}`,
      'A cloud definition is JSON or YAML; `verbatim sandbox --json` prints one.',
    )
  const parsed = CloudDefinition.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const reasons = parsed.error.issues.map(issue => `${issue.path.join('.') || 'the file'}: ${issue.message}`)
  throw new CloudError(
    `${path} is not a cloud definition: ${reasons.join('; ')}.`,
    '`verbatim sandbox --json` prints one to start from.',
  )
}

/** Whether the browser may go to an address of this host. */
export function isPortalHost(cloud: Pick<CloudDefinition, 'portalHosts'>, host: string): boolean {
  return cloud.portalHosts.some(allowed =>
    allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed,
  )
}

/** Every secret that the definition holds, for masking. */
export function secretsOf(cloud: CloudDefinition): string[] {
  const { credential, person } = cloud
  return [
    ...(credential.kind === 'client-secret' ? [credential.clientSecret] : []),
    ...(person && 'password' in person ? [person.password] : []),
  ]
}

function portalPerson(settings: Settings): CloudDefinition['person'] {
  const {
    VERBATIM_STORAGE_STATE: storageState,
    VERBATIM_PORTAL_USER: userName,
    VERBATIM_PORTAL_PASSWORD: password,
  } = settings
  if (storageState) return { storageState }
  return userName && password ? { userName, password } : undefined
}

type Hosts = Pick<CloudDefinition, 'portal' | 'portalHosts' | 'entra' | 'resourceManager' | 'audience'>

const azures: Record<string, Hosts> = {
  azure: {
    portal: 'https://portal.azure.com',
    portalHosts: [
      'portal.azure.com',
      '*.portal.azure.com',
      '*.portal.azure.net',
      '*.ext.azure.com',
      'login.microsoftonline.com',
      'login.live.com',
      'login.windows.net',
      '*.certauth.login.microsoftonline.com',
      'certauth.login.microsoftonline.com',
    ],
    entra: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    audience: 'https://management.azure.com',
  },
  'azure-us-government': {
    portal: 'https://portal.azure.us',
    portalHosts: [
      'portal.azure.us',
      '*.portal.azure.us',
      '*.azureportal.usgovcloudapi.net',
      'login.microsoftonline.us',
      'login.live.com',
    ],
    entra: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    audience: 'https://management.usgovcloudapi.net',
  },
  'azure-china': {
    portal: 'https://portal.azure.cn',
    portalHosts: [
      'portal.azure.cn',
      '*.portal.azure.cn',
      '*.azureportal.chinacloudapi.cn',
      'login.chinacloudapi.cn',
      'login.partner.microsoftonline.cn',
    ],
    entra: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    audience: 'https://management.chinacloudapi.cn',
  },
}
