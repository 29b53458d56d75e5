import { randomBytes, randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { createCertificateAuthority } from './certificate-authority.ts'
import { controlPath, createControl } from './control.ts'
import type { Directory, FederatedCredential } from './entra/directory.ts'
import { createClientCertificate } from './entra/client-certificate.ts'
import { createEntraApp } from './entra/entra.ts'
import { startManagedIdentity } from './entra/managed-identity.ts'
import { createSignIns } from './entra/sign-ins.ts'
import { createTokenSigner, issuerOf } from './entra/token.ts'
import { createTotpSecret } from './entra/totp.ts'
import { createFaults } from './fault.ts'
import type { Fault } from './fault.ts'
import { makeKeys, type SandboxKeys } from './keys.ts'
import { listen } from './listener.ts'
import type { Listener } from './listener.ts'
import { createPace, randomNumbers } from './pace.ts'
import type { PortalPace } from './portal/app/settings.ts'
import { createPortalApps } from './portal/server.ts'
import type { DriftName, Era } from './portal/traits.ts'
import { recordRequests } from './request-log.ts'
import type { RecordedRequest, ServerName } from './request-log.ts'
import { createAuthentication } from './resource-manager/authentication.ts'
import { crossOrigin } from './resource-manager/cross-origin.ts'
import { createResourceManagerApp } from './resource-manager/resource-manager.ts'

export type { Fault } from './fault.ts'
export type { RecordedRequest } from './request-log.ts'

export interface SandboxOptions {
  /** Which year's portal; the newest by default. */
  portalEra?: Era | undefined
  /** In what the portal differs from its year. */
  portalDrifts?: readonly DriftName[] | undefined
  /** The portal's own seed and pace; by default those of the whole. */
  portalSeed?: number | undefined
  portalPace?: PortalPace | undefined
  /** Decides all that is random but no secret: how long things take, what the portal does in between. */
  seed?: number | undefined
  /** `fast` (the default) takes a hundredth of the seconds that `realistic` takes. */
  pace?: 'fast' | 'realistic' | undefined
  /** Fixed ports; free ones where left out. */
  ports?: SandboxPorts | undefined
  faults?: readonly Fault[] | undefined
  /** How many more people there are, each with a subscription of their own in which nobody else may do anything. */
  people?: number | undefined
  /** Milliseconds on the clock by which rate limits refill and authorization codes end, for tests that don't wait. */
  now?: (() => number) | undefined
  /** How many of Azure's seconds pass in one, for tests that look at what lasts only a moment. */
  speed?: number | undefined
  /** Keys that are being made already; else it makes its own. */
  keys?: SandboxKeys | undefined
}

export interface SandboxPorts {
  portal?: number | undefined
  frame?: number | undefined
  entra?: number | undefined
  resourceManager?: number | undefined
}

/** Where a sandbox is and how to get in: a cloud definition as plain data. */
export interface SandboxDefinition {
  name: 'sandbox'
  /** A run here proves nothing about Azure. */
  rehearsal: true
  portal: string
  portalHosts: string[]
  entra: string
  resourceManager: string
  audience: string
  tenant: string
  subscription: string
  /** PEM. */
  certificateAuthority: string
  credential: { kind: 'client-secret'; clientId: string; clientSecret: string }
  person: { userName: string; password: string }
  /** The same program's certificate and its key, PEM. */
  certificateCredential: { clientId: string; pem: string }
  /** A program that was right once: its secret is over. */
  expiredCredential: { clientId: string; clientSecret: string }
  /** A program that was right once, too: it is disabled. */
  disabledCredential: { clientId: string; clientSecret: string }
  /** Somebody who may not sign in any more. */
  disabledPerson: { userName: string; password: string }
  /** A token of another issuer, with which a workload says that it is the program. */
  federatedToken: string
  /** `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` of a machine with an identity of its own, an owner too. */
  managedIdentity: { endpoint: string; header: string }
  /** Everybody who may sign in, `person` first. Those with a secret (base32) are asked for a code, too. */
  people: SandboxPerson[]
  facts: { portalEra: Era; seed: number; portalSeed: number; portalPace: PortalPace; portalDrift?: string }
}

export interface SandboxPerson {
  userName: string
  password: string
  totpSecret?: string
  /** Set for those who have a subscription of their own, and no role in the definition's. */
  own?: { subscription: string; credential: SandboxDefinition['credential'] }
}

export interface Sandbox {
  definition: SandboxDefinition
  /** Programs that may do less than that of the definition. */
  programs: Record<'contributor' | 'reader', { clientId: string; clientSecret: string }>
  /** Every request so far, in order of arrival. */
  requests: RecordedRequest[]
  addFault(fault: Fault): void
  /** Ends all connections and all work under way. */
  stop(): Promise<void>
}

const tenantName = 'Verbatim Sandbox'
const tenantDomain = 'verbatim-sandbox.example'

/**
 * Starts the embedded cloud on loopback: an Entra, a Resource Manager with an empty subscription, and a portal, over TLS
 * with an own certificate authority. All secrets are new. Rejects with `code` EADDRINUSE and `port` when a port is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { portalEra = '2026', portalDrifts = [], seed = 1, pace = 'fast', ports = {}, keys = makeKeys() } = options
  const { portalSeed = seed, portalPace = pace === 'fast' ? 'brisk' : 'real', faults: firstFaults = [] } = options
  const signer = createTokenSigner(keys.tokens)
  const otherIssuer = createTokenSigner(keys.program)
  const authority = createCertificateAuthority()
  const [certificate, otherKeys] = await Promise.all([
    createClientCertificate('Verbatim', keys.program),
    otherIssuer.keys,
  ])
  const listeners = await listenAll(authority.server, ports)
  const stopping = new AbortController()
  const signIns = createSignIns()

  const origins = {
    portal: `https://localhost:${listeners.portal.port}`,
    frame: `https://127.0.0.1:${listeners.frame.port}`,
    entra: `https://localhost:${listeners.entra.port}`,
    'resource-manager': `https://localhost:${listeners['resource-manager'].port}`,
  }
  const audience = origins['resource-manager']
  const subscription = randomUUID()
  const federated = { ...workload, keys: otherKeys }
  const directory = createDirectory(origins.portal, audience, { certificate: certificate.certificate, federated })
  const neighbours = Array.from({ length: options.people ?? 0 }, (_, index) => createNeighbour(index + 1))
  const everybody: Directory = {
    ...directory,
    applications: [...directory.applications, ...neighbours.map(({ application }) => application)],
    people: [...directory.people, ...neighbours.map(({ person }) => person)],
  }
  const [program, portalProgram, contributor, reader, expired, disabled] = directory.applications
  const [person, personWithCode, disabledPerson] = directory.people
  const machine = { clientId: randomUUID(), objectId: randomUUID() }

  const { portal, frame } = createPortalApps({
    portalOrigin: origins.portal,
    frameOrigin: origins.frame,
    entraOrigin: origins.entra,
    resourceManagerOrigin: origins['resource-manager'],
    audience,
    tenant: directory.tenant,
    tenantName,
    tenantDomain,
    subscription,
    portalClient: {
      clientId: portalProgram.clientId,
      clientSecret: portalProgram.clientSecret,
      redirectPath: '/signin/index/',
    },
    certificateAuthority: authority.certificate,
    era: portalEra,
    drifts: portalDrifts,
    seed: portalSeed,
    pace: portalPace,
  })
  const resourceManager = createResourceManagerApp({
    tenant: directory.tenant,
    subscriptions: [
      {
        id: subscription,
        name: tenantName,
        roles: {
          [program.objectId]: 'Owner',
          [person.objectId]: 'Owner',
          [personWithCode.objectId]: 'Owner',
          [machine.objectId]: 'Owner',
          [contributor.objectId]: 'Contributor',
          [reader.objectId]: 'Reader',
        },
      },
      ...neighbours.map(({ subscription, person, application }) => ({
        id: subscription,
        name: `Subscription of ${person.name}`,
        roles: { [person.objectId]: 'Owner', [application.objectId]: 'Owner' } as const,
      })),
    ],
    authenticate: createAuthentication({
      keys: signer.keys,
      audience,
      issuer: issuerOf(origins.entra, directory.tenant),
      tenant: directory.tenant,
      authority: `${origins.entra}/${directory.tenant}`,
      signIn: signIns.current,
    }),
    endpoints: { portal: origins.portal, entra: origins.entra, audience, tenant: directory.tenant },
    pace: createPace(pace, seed, stopping.signal, options.now, options.speed),
  })

  const requests: RecordedRequest[] = []
  const faults = createFaults(stopping.signal, signIns.endAll, randomNumbers(seed))
  firstFaults.forEach(faults.add)
  const apps = {
    portal,
    frame,
    entra: createEntraApp(everybody, signer, options.now, signIns),
    'resource-manager': resourceManager,
  }
  for (const name of secureServers) {
    const front = new Hono()
    if (name === 'resource-manager') front.route(controlPath, createControl(faults, requests))
    front.use(recordRequests(name, requests))
    if (name === 'resource-manager') front.use(crossOrigin([origins.portal, origins.frame]))
    front.use(faults.middleware(name))
    front.route('/', apps[name])
    listeners[name].serve((request, env) => front.fetch(request, env))
  }

  const managedIdentity = await startManagedIdentity(machine, {
    directory,
    signer,
    origin: origins.entra,
    front: [recordRequests('managed-identity', requests), faults.middleware('managed-identity')],
  })
  return {
    definition: {
      name: 'sandbox',
      rehearsal: true,
      portal: origins.portal,
      portalHosts: ['localhost', '127.0.0.1'],
      entra: origins.entra,
      resourceManager: origins['resource-manager'],
      audience,
      tenant: directory.tenant,
      subscription,
      certificateAuthority: authority.certificate,
      credential: { kind: 'client-secret', clientId: program.clientId, clientSecret: program.clientSecret },
      person: { userName: person.userName, password: person.password },
      certificateCredential: { clientId: program.clientId, pem: certificate.pem },
      expiredCredential: credentialOf(expired),
      disabledCredential: credentialOf(disabled),
      disabledPerson: { userName: disabledPerson.userName, password: disabledPerson.password },
      federatedToken: await otherIssuer.sign(
        { iss: workload.issuer, sub: workload.subject, aud: workload.audience },
        thirtyDays,
      ),
      managedIdentity: { endpoint: managedIdentity.endpoint, header: managedIdentity.header },
      people: [
        { userName: person.userName, password: person.password },
        {
          userName: personWithCode.userName,
          password: personWithCode.password,
          totpSecret: personWithCode.totpSecret,
        },
        ...neighbours.map(({ person, application, subscription }) => ({
          userName: person.userName,
          password: person.password,
          own: { subscription, credential: { kind: 'client-secret' as const, ...credentialOf(application) } },
        })),
      ],
      facts: {
        portalEra,
        seed,
        portalSeed,
        portalPace,
        ...(portalDrifts.length > 0 ? { portalDrift: portalDrifts.join(',') } : {}),
      },
    },
    programs: { contributor: credentialOf(contributor), reader: credentialOf(reader) },
    requests,
    addFault: faults.add,
    async stop() {
      stopping.abort()
      await Promise.all([managedIdentity.close(), ...secureServers.map(name => listeners[name].close())])
    },
  }
}

/** Those that speak TLS: a managed identity's endpoint doesn't. */
const secureServers = ['portal', 'frame', 'entra', 'resource-manager'] as const satisfies readonly ServerName[]
type SecureServer = (typeof secureServers)[number]

async function listenAll(certificate: { chain: string; key: string }, ports: SandboxPorts) {
  const wanted: Record<SecureServer, number | undefined> = {
    portal: ports.portal,
    frame: ports.frame,
    entra: ports.entra,
    'resource-manager': ports.resourceManager,
  }
  const results = await Promise.allSettled(secureServers.map(name => listen(certificate, wanted[name])))
  const listening = results.filter(result => result.status === 'fulfilled').map(({ value }) => value)
  const failed = results.find(result => result.status === 'rejected')
  if (failed) {
    await Promise.all(listening.map(listener => listener.close()))
    throw failed.reason
  }
  const entries = secureServers.map((name, index) => [name, listening[index]])
  return Object.fromEntries(entries) as Record<SecureServer, Listener>
}

/** A workload that its own issuer vouches for; the host belongs to nobody (RFC 6761). */
const workload = {
  issuer: 'https://other-issuer.example',
  subject: 'system:serviceaccount:verbatim:sandbox',
  audience: 'api://AzureADTokenExchange',
}

/** As long as the sandbox's certificates. Real issuers give an hour, but a definition may be kept in a file. */
const thirtyDays = 30 * 24 * 60 * 60

/**
 * Programs for tests, one for each role, one whose secret is over and one that is disabled; the portal's own program, which
 * has no rights itself; and two people, one of whom needs a code, beside one who is disabled.
 */
function createDirectory(
  portalOrigin: string,
  audience: string,
  { certificate, federated }: { certificate: string; federated: FederatedCredential },
) {
  return {
    tenant: randomUUID(),
    tenantName,
    tenantDomain,
    applications: [
      { ...createApplication('Verbatim', []), certificate, federatedCredentials: [federated] },
      createApplication('Verbatim sandbox portal', [`${portalOrigin}/signin/index/`]),
      createApplication('Verbatim contributor', []),
      createApplication('Verbatim reader', []),
      { ...createApplication('Verbatim expired', []), secretEnds: new Date('2020-01-01') },
      { ...createApplication('Verbatim disabled', []), disabled: true },
    ],
    people: [
      {
        userName: `avery.author@${tenantDomain}`,
        password: randomBytes(18).toString('base64url'),
        objectId: randomUUID(),
        name: 'Avery Author',
      },
      {
        userName: `robin.reviewer@${tenantDomain}`,
        password: randomBytes(18).toString('base64url'),
        totpSecret: createTotpSecret(),
        objectId: randomUUID(),
        name: 'Robin Reviewer',
      },
      {
        userName: `logan.leaver@${tenantDomain}`,
        password: randomBytes(18).toString('base64url'),
        objectId: randomUUID(),
        name: 'Logan Leaver',
        disabled: true,
      },
    ],
    resources: [audience, 'https://management.azure.com', 'https://graph.microsoft.com'],
  } as const satisfies Directory
}

/** Somebody with a subscription, and a program that is its owner too. */
function createNeighbour(number: number) {
  const person = {
    userName: `neighbour${number}@${tenantDomain}`,
    password: randomBytes(18).toString('base64url'),
    objectId: randomUUID(),
    name: `Neighbour ${number}`,
  }
  return { person, application: createApplication(`Verbatim ${number}`, []), subscription: randomUUID() }
}

function credentialOf({ clientId, clientSecret }: { clientId: string; clientSecret: string }) {
  return { clientId, clientSecret }
}

function createApplication(name: string, redirectUris: readonly string[]) {
  return {
    clientId: randomUUID(),
    clientSecret: randomBytes(30).toString('base64url'),
    objectId: randomUUID(),
    name,
    redirectUris,
  }
}
