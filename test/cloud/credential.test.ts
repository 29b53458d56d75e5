import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isEnvironmental, type ArmError } from '../../src/cloud/arm-error.ts'
import { CloudDefinition } from '../../src/cloud/definition.ts'
import { openResourceManager } from '../../src/cloud/resource-manager.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { expect, test as base } from '../sandbox/sandbox-fixture.ts'

const test = base.extend<{ folder: string; environment: (variables: Record<string, string>) => void }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'verbatim-credential-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  /** The SDK reads this process's environment; it is put back after the test. */
  environment: async ({}, use) => {
    const before = { ...process.env }
    for (const name of Object.keys(process.env)) if (/^(?:AZURE_|IDENTITY_)/.test(name)) delete process.env[name]
    await use(variables => void Object.assign(process.env, variables))
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  },
})

async function subscriptionBy({ definition }: Sandbox, credential: CloudDefinition['credential']) {
  const manager = await openResourceManager({ ...CloudDefinition.parse(definition), credential })
  return (await manager.subscription()).name
}

test('signs in with a client’s certificate', async ({ sandbox, folder }) => {
  const { clientId, pem } = sandbox.definition.certificateCredential
  const certificate = join(folder, 'program.pem')
  writeFileSync(certificate, pem)
  expect(await subscriptionBy(sandbox, { kind: 'client-certificate', clientId, certificate })).toBe('Verbatim Sandbox')
})

test('signs in with the token of another issuer', async ({ sandbox, folder }) => {
  const tokenFile = join(folder, 'token')
  writeFileSync(tokenFile, sandbox.definition.federatedToken)
  const { clientId } = sandbox.definition.credential
  expect(await subscriptionBy(sandbox, { kind: 'workload-identity', clientId, tokenFile })).toBe('Verbatim Sandbox')
})

test('signs in with the machine’s identity', async ({ sandbox, environment }) => {
  const { endpoint, header } = sandbox.definition.managedIdentity
  environment({ IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header })
  expect(await subscriptionBy(sandbox, { kind: 'managed-identity' })).toBe('Verbatim Sandbox')
})

for (const kind of ['environment', 'default'] as const)
  test(`signs in with what the environment names, by the kind ${kind}`, async ({ sandbox, environment }) => {
    const { tenant, credential } = sandbox.definition
    environment({
      AZURE_TENANT_ID: tenant,
      AZURE_CLIENT_ID: credential.clientId,
      AZURE_CLIENT_SECRET: credential.clientSecret,
    })
    expect(await subscriptionBy(sandbox, { kind })).toBe('Verbatim Sandbox')
  })

test('signs in as az is signed in', async ({ sandbox, folder, environment }) => {
  const az = findAz()
  test.skip(az === undefined, 'There is no azure-cli: test/sandbox/azure-cli/unpack.sh makes one on Debian.')
  const { resourceManager, entra, credential, tenant } = sandbox.definition
  const authority = join(folder, 'authority.pem')
  writeFileSync(authority, sandbox.definition.certificateAuthority)
  environment({
    PATH: `${dirname(az ?? '')}:${process.env['PATH'] ?? ''}`,
    AZURE_CONFIG_DIR: join(folder, 'config'),
    AZURE_CORE_COLLECT_TELEMETRY: '0',
    REQUESTS_CA_BUNDLE: authority,
  })
  // The sandbox lives in this process: waiting for az without answering it would never end.
  const run = (...args: string[]) => promisify(execFile)(az ?? 'az', args)
  await run(
    ...['cloud', 'register', '--name', 'sandbox', '--endpoint-resource-manager', resourceManager],
    ...['--endpoint-active-directory', `${entra}/adfs`],
    ...['--endpoint-active-directory-resource-id', `${resourceManager}/`],
    ...['--endpoint-active-directory-graph-resource-id', `${entra}/graph/`],
    ...['--endpoint-management', `${resourceManager}/`],
  )
  await run('cloud', 'set', '--name', 'sandbox')
  await run(
    ...['login', '--service-principal', '--username', credential.clientId],
    ...[`--password=${credential.clientSecret}`, '--tenant', tenant],
  )
  expect(await subscriptionBy(sandbox, { kind: 'azure-cli' })).toBe('Verbatim Sandbox')
})

const wrong: [what: string, credential: (sandbox: Sandbox) => CloudDefinition['credential']][] = [
  ['a wrong secret', ({ definition }) => ({ ...definition.credential, clientSecret: 'wrong' })],
  ['a secret that is over', ({ definition }) => ({ kind: 'client-secret', ...definition.expiredCredential })],
  ['a program that is disabled', ({ definition }) => ({ kind: 'client-secret', ...definition.disabledCredential })],
  ['a machine without an identity', () => ({ kind: 'managed-identity' })],
]

for (const [what, credential] of wrong)
  test(`blames the surroundings for ${what}`, async ({ sandbox, environment }) => {
    environment({ IDENTITY_ENDPOINT: 'http://127.0.0.1:9/msi/token', IDENTITY_HEADER: 'none' })
    const error: unknown = await subscriptionBy(sandbox, credential(sandbox)).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(isEnvironmental(error as ArmError), String(error)).toBe(true)
  })

function findAz(): string | undefined {
  const unpacked = fileURLToPath(new URL('../../node_modules/.cache/azure-cli/az', import.meta.url))
  if (existsSync(unpacked)) return unpacked
  const folders = (process.env['PATH'] ?? '').split(':')
  return folders.map(folder => join(folder, 'az')).find(path => existsSync(path))
}
