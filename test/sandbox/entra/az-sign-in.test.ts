import { execFile } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '../sandbox-fixture.ts'

const az = fileURLToPath(new URL('../../../node_modules/.cache/azure-cli/az', import.meta.url))

test('az signs in with a certificate, and with the token of another issuer', async ({
  sandbox: { definition },
}, testInfo) => {
  test.skip(!existsSync(az), 'There is no azure-cli: test/sandbox/azure-cli/unpack.sh makes one.')
  const { resourceManager, entra, tenant, certificateCredential, federatedToken } = definition
  const [certificate, authority] = [testInfo.outputPath('certificate.pem'), testInfo.outputPath('authority.pem')]
  writeFileSync(certificate, certificateCredential.pem)
  writeFileSync(authority, definition.certificateAuthority)
  const env = {
    ...process.env,
    AZURE_CONFIG_DIR: testInfo.outputPath('az'),
    REQUESTS_CA_BUNDLE: authority,
    AZURE_CORE_COLLECT_TELEMETRY: '0',
  }
  const run = async (...args: string[]) => (await promisify(execFile)(az, args, { env })).stdout
  await run(
    ...['cloud', 'register', '--name', 'sandbox', '--endpoint-resource-manager', resourceManager],
    ...['--endpoint-active-directory', `${entra}/adfs`],
    ...['--endpoint-active-directory-resource-id', `${resourceManager}/`],
    ...['--endpoint-active-directory-graph-resource-id', `${entra}/graph/`],
    ...['--endpoint-management', `${resourceManager}/`],
  )
  await run('cloud', 'set', '--name', 'sandbox')
  const signIn = ['login', '--service-principal', '--username', certificateCredential.clientId, '--tenant', tenant]
  await run(...signIn, '--password', certificate)
  expect(await run('group', 'create', '--name', 'rg1', '--location', 'westus', '--output', 'tsv')).toContain('rg1')
  await run('logout')
  await run(...signIn, '--federated-token', federatedToken)
  expect(await run('group', 'list', '--query', '[].name', '--output', 'tsv')).toBe('rg1\n')
})
