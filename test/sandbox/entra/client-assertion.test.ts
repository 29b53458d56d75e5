import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { ResourceManagementClient } from '@azure/arm-resources'
import { ClientAssertionCredential, ClientCertificateCredential, WorkloadIdentityCredential } from '@azure/identity'
import type { TokenCredential } from '@azure/identity'
import { decodeJwt, SignJWT } from 'jose'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { createCertificateAuthority } from '../../../src/sandbox/certificate-authority.ts'
import { createClientCertificate } from '../../../src/sandbox/entra/client-certificate.ts'
import { createEntraApp } from '../../../src/sandbox/entra/entra.ts'
import { createTokenSigner } from '../../../src/sandbox/entra/token.ts'
import { listen } from '../../../src/sandbox/listener.ts'
import type { SandboxDefinition } from '../../../src/sandbox/sandbox.ts'
import { collect, connect, failureOf } from '../clients.ts'
import { expect, test as base } from '../sandbox-fixture.ts'

/** `undefined` takes a claim away. */
type Changes = Record<string, string | number | undefined>

interface FederatedWorld {
  /** A token of the issuer that the application trusts, with some claims changed. */
  federated(changes: JWTPayload, lifetime?: number): Promise<string>
  stranger(changes: JWTPayload): Promise<string>
  credential(assertion: string): TokenCredential
}

const trusted = { issuer: 'https://issuer.example', subject: 'repo:octo/shop', audience: 'api://AzureADTokenExchange' }

/** An Entra whose one application trusts an issuer that the test speaks for. */
const test = base.extend<{ world: FederatedWorld }>({
  world: async ({}, use) => {
    const authority = createCertificateAuthority()
    const [issuer, stranger] = [createTokenSigner(), createTokenSigner()]
    const [tenant, clientId] = [randomUUID(), randomUUID()]
    const listener = await listen(authority.server)
    const app = createEntraApp(
      {
        tenant,
        tenantName: 'Example',
        tenantDomain: 'example.test',
        applications: [
          {
            clientId,
            clientSecret: 'hush',
            objectId: randomUUID(),
            name: 'Shop',
            redirectUris: [],
            federatedCredentials: [{ ...trusted, keys: await issuer.keys }],
          },
        ],
        people: [],
        resources: ['https://api.example.test'],
      },
      createTokenSigner(),
    )
    listener.serve((request, env) => app.fetch(request, env))
    const claims = { iss: trusted.issuer, sub: trusted.subject, aud: trusted.audience }
    await use({
      federated: (changes, lifetime) => issuer.sign({ ...claims, ...changes }, lifetime),
      stranger: changes => stranger.sign({ ...claims, ...changes }),
      credential: assertion =>
        new ClientAssertionCredential(tenant, clientId, () => Promise.resolve(assertion), {
          authorityHost: `https://localhost:${listener.port}`,
          disableInstanceDiscovery: true,
          tlsOptions: { ca: authority.certificate },
        }),
    })
    await listener.close()
  },
})

test('a program signs in with its certificate, as the same program', async ({ sandbox: { definition } }) => {
  const { clientId, pem } = definition.certificateCredential
  const credential = byCertificate(definition, pem)
  const { token } = await credential.getToken(`${definition.audience}/.default`)
  expect(decodeJwt(token)).toMatchObject({ appid: clientId, appidacr: '2', idtyp: 'app' })
  expect(clientId).toBe(definition.credential.clientId)
  await expectAccepted(definition, credential)
})

test('refuses a certificate that the program has not, and its own with another key', async ({
  sandbox: { definition },
}) => {
  const other = await createClientCertificate('Another')
  const stranger = await refusal(definition, byCertificate(definition, other.pem))
  expect(stranger).toContain('AADSTS700027: The certificate with identifier used to sign the client assertion is not')
  const [, certificate = ''] = definition.certificateCredential.pem.split(/(?=-----BEGIN CERTIFICATE)/)
  const [key = ''] = other.pem.split(/(?=-----BEGIN CERTIFICATE)/)
  const forged = await refusal(definition, byCertificate(definition, key + certificate))
  expect(forged).toContain('AADSTS700027: Client assertion failed signature validation.')
})

test('takes an assertion that names the certificate in the older way', async ({ sandbox: { definition } }) => {
  const header = { alg: 'RS256', x5t: thumbprint(definition, 'sha1') }
  for (const padding of ['', '=']) {
    const assertion = await selfSigned(definition, {}, { ...header, x5t: header.x5t + padding })
    await expectAccepted(definition, byAssertion(definition, assertion))
  }
})

const wrongs: [what: string, code: string, claims: (definition: SandboxDefinition) => Changes][] = [
  ['one that is over', 'AADSTS700024', () => ({ nbf: now() - 900, exp: now() - 300 })],
  ['one that is not yet', 'AADSTS700024', () => ({ nbf: now() + 3600, exp: now() + 7200 })],
  ['one for another service', 'AADSTS700023', () => ({ aud: 'https://elsewhere.example/token' })],
  ['one for another tenant', 'AADSTS700023', ({ entra }) => ({ aud: `${entra}/${randomUUID()}/oauth2/v2.0/token` })],
  ['one of another program', 'AADSTS700021', () => ({ iss: 'somebody', sub: 'somebody' })],
  ['one that never ends', 'AADSTS50027', () => ({ exp: undefined })],
  ['one that begins after the end of time', 'AADSTS700024', () => ({ nbf: 1e30 })],
  ['one that ended before its beginning', 'AADSTS700024', () => ({ exp: -1e30 })],
  ['one that begins soon', 'AADSTS50027', () => ({ nbf: 'soon' })],
]

for (const [what, code, claims] of wrongs)
  test(`refuses an assertion with ${code}: ${what}`, async ({ sandbox: { definition } }) => {
    const credential = byAssertion(definition, await selfSigned(definition, claims(definition)))
    expect(await refusal(definition, credential)).toContain(`${code}: `)
  })

for (const header of [{}, { x5t: 7 }, { x5t: '' }, { 'x5t#S256': {} }])
  test(`refuses an assertion with AADSTS50027 whose header has ${JSON.stringify(header)}`, async ({
    sandbox: { definition },
  }) => {
    const assertion = await selfSigned(definition, {}, { alg: 'PS256', ...header } as JWTHeaderParameters)
    expect(await refusal(definition, byAssertion(definition, assertion))).toContain('AADSTS50027')
  })

test('refuses what is no assertion at all', async ({ sandbox: { definition } }) => {
  expect(await refusal(definition, byAssertion(definition, 'not a token'))).toContain('AADSTS50027')
})

test('a workload signs in with the token of another issuer, from a file or a function', async ({
  sandbox: { definition },
}, testInfo) => {
  const { federatedToken, credential, tenant } = definition
  const file = testInfo.outputPath('token')
  writeFileSync(file, federatedToken)
  const options = { ...optionsFor(definition), tenantId: tenant, clientId: credential.clientId, tokenFilePath: file }
  await expectAccepted(definition, new WorkloadIdentityCredential(options))
  await expectAccepted(definition, byAssertion(definition, federatedToken))
})

test('another program has no use for that token', async ({ sandbox: { definition, programs } }) => {
  const credential = byAssertion(definition, definition.federatedToken, programs.reader.clientId)
  expect(await refusal(definition, credential)).toContain('AADSTS700211')
})

const mismatches: [claim: string, code: string, claims: JWTPayload][] = [
  ['issuer', 'AADSTS700211', { iss: `${trusted.issuer}/` }],
  ['audience', 'AADSTS700212', { aud: 'api://another' }],
  ['subject', 'AADSTS700213', { sub: 'repo:Octo/shop' }],
]

for (const [claim, code, claims] of mismatches)
  test(`refuses another ${claim} with ${code}, and tells it`, async ({ world }) => {
    const failure = await failureOf(world.credential(await world.federated(claims)).getToken(scope) as Promise<unknown>)
    const [value] = Object.values(claims)
    expect(failure?.message).toContain(
      `${code}: No matching federated identity record found for presented assertion ${claim} '${String(value)}'.`,
    )
  })

test('refuses a federated token that is over, and one that somebody else signed', async ({ world }) => {
  const good = await world.credential(await world.federated({})).getToken(scope)
  expect(decodeJwt(good?.token ?? '')).toMatchObject({ aud: 'https://api.example.test' })
  const over = await failureOf(world.credential(await world.federated({}, -60)).getToken(scope) as Promise<unknown>)
  expect(over?.message).toContain('AADSTS700024')
  const forged = await failureOf(world.credential(await world.stranger({})).getToken(scope) as Promise<unknown>)
  expect(forged?.message).toContain('AADSTS700027')
})

const scope = 'https://api.example.test/.default'

function now() {
  return Math.floor(Date.now() / 1000)
}

function optionsFor({ entra, certificateAuthority }: SandboxDefinition) {
  return { authorityHost: entra, disableInstanceDiscovery: true, tlsOptions: { ca: certificateAuthority } }
}

function byCertificate(definition: SandboxDefinition, certificate: string) {
  const { clientId } = definition.certificateCredential
  return new ClientCertificateCredential(definition.tenant, clientId, { certificate }, optionsFor(definition))
}

function byAssertion(
  definition: SandboxDefinition,
  assertion: string,
  clientId: string = definition.credential.clientId,
): ClientAssertionCredential {
  const { tenant } = definition
  return new ClientAssertionCredential(tenant, clientId, () => Promise.resolve(assertion), optionsFor(definition))
}

/** What MSAL makes of a certificate, with some claims or the header changed. */
function selfSigned(definition: SandboxDefinition, changes: Changes, header?: JWTHeaderParameters) {
  const { entra, tenant, certificateCredential } = definition
  const { clientId, pem } = certificateCredential
  const claims = { iss: clientId, sub: clientId, aud: `${entra}/${tenant}/oauth2/v2.0/token`, exp: now() + 600 }
  return new SignJWT({ ...claims, ...changes })
    .setProtectedHeader(header ?? { alg: 'PS256', 'x5t#S256': thumbprint(definition, 'sha256') })
    .sign(createPrivateKey(pem))
}

function thumbprint({ certificateCredential }: SandboxDefinition, hash: 'sha1' | 'sha256') {
  return createHash(hash).update(new X509Certificate(certificateCredential.pem).raw).digest('base64url')
}

/** Makes a resource group with a client that has nothing but this credential. */
async function expectAccepted(definition: SandboxDefinition, credential: TokenCredential) {
  const client = new ResourceManagementClient(credential, definition.subscription, connect(definition).options)
  const group = `rg-${randomUUID()}`
  await client.resourceGroups.createOrUpdate(group, { location: 'westus' })
  expect((await collect(client.resourceGroups.list())).map(({ name }) => name)).toContain(group)
}

async function refusal({ audience }: SandboxDefinition, credential: TokenCredential) {
  return (await failureOf(credential.getToken(`${audience}/.default`) as Promise<unknown>))?.message
}
