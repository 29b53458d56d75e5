import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.ts'

export { expect } from '@playwright/test'

export interface Answer {
  code: number
  stdout: string
  stderr: string
  /** What `--output json` printed. */
  json<Some>(): Some
}

interface World {
  sandbox: Sandbox
  folder: string
  az(...args: string[]): Promise<Answer>
}

/** A sandbox with an az that is signed in to it, for all tests of a worker; and a resource group for each test. */
export const test = base.extend<{ group: string }, { world: World }>({
  world: [
    async ({}, use) => {
      const program = findAz()
      base.skip(program === undefined, 'There is no azure-cli: test/sandbox/azure-cli/unpack.sh makes one on Debian.')
      const sandbox = await startSandbox()
      const folder = mkdtempSync(join(tmpdir(), 'verbatim-az-'))
      const authority = join(folder, 'authority.pem')
      writeFileSync(authority, sandbox.definition.certificateAuthority)
      const env = {
        ...process.env,
        AZURE_CONFIG_DIR: join(folder, 'config'),
        REQUESTS_CA_BUNDLE: authority,
        AZURE_CORE_COLLECT_TELEMETRY: '0',
        AZURE_CORE_NO_COLOR: '1',
      }
      const az = (...args: string[]) => run(program ?? 'az', args, env)
      await signIn(az, sandbox)
      await use({ sandbox, folder, az })
      await sandbox.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  group: async ({ world }, use, { testId }) => {
    const group = `rg-${testId.slice(-12)}`
    await world.az('group', 'create', '--name', group, '--location', 'westus')
    await use(group)
  },
})

/** As azure-facts.md §5 says: this az reaches a cloud of one's own only through an authority that ends in `/adfs`. */
async function signIn(az: World['az'], { definition }: Sandbox) {
  const { resourceManager, entra, credential, tenant } = definition
  const steps = [
    [
      ...['cloud', 'register', '--name', 'sandbox', '--endpoint-resource-manager', resourceManager],
      ...['--endpoint-active-directory', `${entra}/adfs`],
      ...['--endpoint-active-directory-resource-id', `${resourceManager}/`],
      ...['--endpoint-active-directory-graph-resource-id', `${entra}/graph/`],
      ...['--endpoint-management', `${resourceManager}/`],
    ],
    ['cloud', 'set', '--name', 'sandbox'],
    [
      ...['login', '--service-principal', '--username', credential.clientId],
      ...[`--password=${credential.clientSecret}`, '--tenant', tenant],
    ],
  ]
  for (const step of steps) {
    const { code, stderr } = await az(...step)
    if (code !== 0) throw new Error(`az ${step[0] ?? ''} failed: ${stderr}`)
  }
}

function findAz(): string | undefined {
  const unpacked = fileURLToPath(new URL('../../../node_modules/.cache/azure-cli/az', import.meta.url))
  if (existsSync(unpacked)) return unpacked
  try {
    execFileSync('az', ['version'], { stdio: 'ignore' })
    return 'az'
  } catch {
    return undefined
  }
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  return new Promise(resolve => {
    execFile(program, [...args, '--output', 'json'], { env, maxBuffer: 20_000_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, stdout, stderr, json: <Some>() => JSON.parse(stdout) as Some })
    })
  })
}
