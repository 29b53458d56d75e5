import { resolve } from 'node:path'
import { parseDocument } from 'yaml'
import * as z from 'zod'
import { azures } from './azures.ts'
import { CloudError } from './cloud-error.ts'
import { secretsOfSession } from './portal-session.ts'

/** How a secret stands in a file: by the name of the environment variable that holds it. */
const fromEnvironment = z.strictObject({ env: z.string() })

/** What may be named more than once: hosts, regions, tenants, subscriptions. */
const names = z.array(z.string()).min(1)

/** What a run on a cloud may use. What is left out is not limited. */
export const Allowed = z.strictObject({
  tenants: names.optional().describe('Ids of the tenants that a run may be in.'),
  subscriptions: names.optional().describe('Ids of the subscriptions that a run may use.'),
  regions: names.optional().describe('Regions in which a run may make something: `westus` or `West US`.'),
})
export type Allowed = z.infer<typeof Allowed>

/** How a program gets tokens for Resource Manager. Secrets are of the given shape, files count from the definition. */
const credentialOf = <Secret extends z.ZodType<string | { env: string }>>(secret: Secret) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('client-secret'), clientId: z.string(), clientSecret: secret }),
    /** A PEM file with the private key and the certificate. */
    z.strictObject({
      kind: z.literal('client-certificate'),
      clientId: z.string(),
      certificate: z.string(),
      passphrase: secret.optional(),
    }),
    /** A token of another issuer in a file: GitHub, Azure Pipelines, Kubernetes. */
    z.strictObject({ kind: z.literal('workload-identity'), clientId: z.string(), tokenFile: z.string() }),
    /** The identity of the machine; `clientId` where it has several. */
    z.strictObject({ kind: z.literal('managed-identity'), clientId: z.string().optional() }),
    z.strictObject({ kind: z.literal('azure-cli') }),
    /** What the SDK reads from `AZURE_CLIENT_ID` and its neighbours. */
    z.strictObject({ kind: z.literal('environment') }),
    /** Whatever `DefaultAzureCredential` finds: environment, workload identity, managed identity, Azure CLI. */
    z.strictObject({ kind: z.literal('default') }),
  ])

/** Who signs in to the portal. */
const personOf = <Secret extends z.ZodType<string | { env: string }>>(secret: Secret) =>
  z.union([
    /** `totpSecret`: the base32 secret of an authenticator app, for the second factor. */
    z.strictObject({ userName: z.string(), password: secret, totpSecret: secret.optional() }),
    /** A Playwright storage state of somebody who has signed in: a secret. */
    z.strictObject({ storageState: z.string() }),
    /** A certificate that Entra takes for a person: PEM files, or one PFX file. */
    z.strictObject({
      userName: z.string(),
      clientCertificate: z
        .strictObject({
          certificate: z.string().optional(),
          key: z.string().optional(),
          pfx: z.string().optional(),
          passphrase: secret.optional(),
          /** Where Entra asks for it; by default `certauth.` before Entra's host, and the tenant's own host. */
          origins: z.array(z.url()).min(1).optional(),
        })
        .refine(({ certificate, key, pfx }) => (pfx === undefined ? certificate && key : !certificate && !key), {
          message: 'Name `certificate` and `key`, or `pfx`',
        }),
    }),
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
const definitionOf = <Secret extends z.ZodType<string | { env: string }>>(secret: Secret) =>
  z.strictObject({
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
    credential: credentialOf(secret).default({ kind: 'default' }),
    person: personOf(secret).optional(),
    allow: Allowed.optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  })

/** Of what the sandbox prints, the secrets that no run needs are left out here, so that none can leave them anywhere. */
const withoutSandboxKeys = (read: unknown) =>
  isRecord(read) ? Object.fromEntries(Object.entries(read).filter(([key]) => !sandboxKeys.includes(key))) : read

/** A definition in use: its secrets are there. */
export const CloudDefinition = z.preprocess(withoutSandboxKeys, definitionOf(z.string()))
export type CloudDefinition = z.infer<typeof CloudDefinition>

/** A definition in a file: its secrets are names of environment variables. Only a sandbox prints its own into it. */
export const CloudFile = z.preprocess(withoutSandboxKeys, definitionOf(z.union([fromEnvironment, z.string()])))

/** The names that `--cloud` takes beside a file. */
export const cloudNames = ['sandbox', 'azure', 'azure-us-government', 'azure-china'] as const

/** What of the process environment a cloud's definition is completed from. */
export type Settings = Record<string, string | undefined>

/**
 * The definition of a real Azure, completed from the environment: `AZURE_TENANT_ID`, `AZURE_SUBSCRIPTION_ID`, and what
 * `programFrom` and `personFrom` read.
 *
 * @throws CloudError where the name is unknown or a setting is missing.
 */
export function namedCloud(
  name: string,
  settings: Settings,
  { portal, session }: { portal: boolean; session?: string | undefined },
): CloudDefinition {
  const hosts = Object.hasOwn(azures, name) ? azures[name] : undefined
  if (!hosts)
    throw new CloudError(
      `There is no cloud named '${name}'.`,
      `Use one of ${cloudNames.join(', ')}, or the path of a cloud definition.`,
    )
  const missing = ['AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID'].filter(key => !settings[key])
  const person = personFrom(settings) ?? (session === undefined ? undefined : { storageState: session })
  if (portal && !person)
    missing.push(
      `a portal session (\`verbatim login --cloud ${name}\`, VERBATIM_STORAGE_STATE, or VERBATIM_PORTAL_USER and VERBATIM_PORTAL_PASSWORD)`,
    )
  if (missing.length > 0)
    throw new CloudError(
      `The cloud '${name}' lacks ${missing.join(', ')}.`,
      'Sign in or set these environment variables; docs/azure.md says how to get each.',
    )
  return {
    name,
    rehearsal: false,
    ...hosts,
    tenant: settings.AZURE_TENANT_ID,
    subscription: settings.AZURE_SUBSCRIPTION_ID,
    credential: programFrom(settings),
    ...(person ? { person } : {}),
    facts: {},
  }
}

/**
 * Reads a cloud definition from the text of a file. Secrets are taken from the environment variables that it names; files
 * that it names count from `folder`.
 *
 * @throws CloudError where it isn't JSON or YAML of that shape, holds a secret, or names a variable that is not set.
 */
export function readCloud(path: string, text: string, settings: Settings = {}, folder = ''): CloudDefinition {
  const document = parseDocument(text, { prettyErrors: true })
  const broken = document.errors[0]
  if (broken)
    throw new CloudError(
      `${path}: ${broken.message}`,
      'A cloud definition is JSON or YAML; `verbatim sandbox --json` prints one.',
    )
  const parsed = CloudFile.safeParse(document.toJS())
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(issue => `${issue.path.join('.') || 'the file'}: ${reasonOf(issue)}`)
    throw new CloudError(
      `${path} is not a cloud definition: ${reasons.join('; ')}.`,
      '`verbatim sandbox --json` prints one to start from.',
    )
  }
  const { credential, person, ...rest } = parsed.data
  const resolved = (part: object, at: string) =>
    withPaths(withSecrets(part, { path, at, settings, rehearsal: rest.rehearsal }), folder)
  return CloudDefinition.parse({
    ...rest,
    credential: resolved(credential, 'credential'),
    ...(person ? { person: resolved(person, 'person') } : {}),
  })
}

/** Whether the browser may go to an address of this host. */
export function isPortalHost(cloud: Pick<CloudDefinition, 'portalHosts'>, host: string): boolean {
  return cloud.portalHosts.some(allowed =>
    allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed,
  )
}

/** Every secret that the definition holds, for masking. Cookies of a stored session too: each is as good as a password. */
export function secretsOf(cloud: Pick<CloudDefinition, 'credential' | 'person'>): string[] {
  const { credential, person } = cloud
  const told = [
    credential.kind === 'client-secret' ? credential.clientSecret : undefined,
    credential.kind === 'client-certificate' ? credential.passphrase : undefined,
    ...(person && 'password' in person ? [person.password, person.totpSecret] : []),
    ...(person && 'clientCertificate' in person ? [person.clientCertificate.passphrase] : []),
    ...(person && 'storageState' in person ? secretsOfSession(person.storageState) : []),
  ]
  return told.filter(secret => secret !== undefined)
}

/**
 * The origins at which Entra asks a person for a certificate: `certauth.` before its host, and the tenant's own
 * (`portal-facts.md` §9).
 */
export function certificateOrigins({ entra, tenant, person }: CloudDefinition): string[] {
  if (!person || !('clientCertificate' in person)) return []
  if (person.clientCertificate.origins) return person.clientCertificate.origins.map(each => new URL(each).origin)
  const { host } = new URL(entra)
  return [`https://certauth.${host}`, ...(tenant ? [`https://t${tenant}.certauth.${host}`] : [])]
}

/**
 * Who signs in to the portal: `VERBATIM_STORAGE_STATE`, or `VERBATIM_PORTAL_USER` with a certificate or a password (and
 * the secret of an authenticator app).
 */
function personFrom(settings: Settings): CloudDefinition['person'] {
  const {
    VERBATIM_STORAGE_STATE: storageState,
    VERBATIM_PORTAL_USER: userName,
    VERBATIM_PORTAL_PASSWORD: password,
    VERBATIM_PORTAL_TOTP_SECRET: totpSecret,
    VERBATIM_PORTAL_CERTIFICATE: certificate,
    VERBATIM_PORTAL_CERTIFICATE_KEY: key,
    VERBATIM_PORTAL_CERTIFICATE_PASSPHRASE: passphrase,
  } = settings
  if (storageState) return { storageState }
  if (userName && certificate)
    return {
      userName,
      clientCertificate: {
        ...(key ? { certificate, key } : { pfx: certificate }),
        ...(passphrase ? { passphrase } : {}),
      },
    }
  return userName && password ? { userName, password, ...(totpSecret ? { totpSecret } : {}) } : undefined
}

/** The program whose own secret, certificate or token the environment holds whole; else whatever the SDK finds. */
function programFrom(settings: Settings): CloudDefinition['credential'] {
  const {
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_CLIENT_CERTIFICATE_PATH: certificate,
    AZURE_CLIENT_CERTIFICATE_PASSWORD: passphrase,
    AZURE_FEDERATED_TOKEN_FILE: tokenFile,
  } = settings
  if (!clientId) return { kind: 'default' }
  if (clientSecret) return { kind: 'client-secret', clientId, clientSecret }
  if (certificate) return { kind: 'client-certificate', clientId, certificate, ...(passphrase ? { passphrase } : {}) }
  return tokenFile ? { kind: 'workload-identity', clientId, tokenFile } : { kind: 'default' }
}

/** Keys that hold a secret, wherever they stand. */
const secretKeys = ['clientSecret', 'password', 'passphrase', 'totpSecret']

interface SecretsAt {
  path: string
  at: string
  settings: Settings
  rehearsal: boolean
}

function withSecrets(part: object, from: SecretsAt): object {
  return Object.fromEntries(
    Object.entries(part).map(([key, value]: [string, unknown]) => {
      const at = `${from.at}.${key}`
      if (secretKeys.includes(key)) return [key, secretAt(value, { ...from, at })]
      return [key, isRecord(value) ? withSecrets(value, { ...from, at }) : value]
    }),
  )
}

function secretAt(value: unknown, { path, at, settings, rehearsal }: SecretsAt): unknown {
  if (isRecord(value)) {
    const name = String(value['env'])
    if (settings[name]) return settings[name]
    throw new CloudError(
      `${path}: ${at} is to be in the environment variable ${name}, which is not set.`,
      `Set ${name}, from your pipeline's secrets for example.`,
    )
  }
  if (value === undefined || rehearsal) return value
  throw new CloudError(
    `${path}: ${at} is a secret, and stands in the file.`,
    `Write \`{ env: NAME }\` there, and set that environment variable.`,
  )
}

/** Keys that name a file. */
const fileKeys = ['certificate', 'key', 'pfx', 'tokenFile', 'storageState']

function withPaths(part: object, folder: string): object {
  return Object.fromEntries(
    Object.entries(part).map(([key, value]: [string, unknown]) => [
      key,
      isRecord(value)
        ? withPaths(value, folder)
        : fileKeys.includes(key) && typeof value === 'string'
          ? resolve(folder, value)
          : value,
    ]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of a union the reason that goes deepest: "Invalid input" helps nobody. */
function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message
  const branches = issue.errors.flatMap(branch => branch.slice(0, 1))
  return (
    branches.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join(', or ') ||
    issue.message
  )
}
