import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test as base } from '@playwright/test'
import { CloudDefinition, readCloud } from '../../../src/cloud/definition.ts'
import type { SandboxDefinition } from '../../../src/sandbox/sandbox.ts'

const project = fileURLToPath(new URL('../../../', import.meta.url))
const unpackedAz = join(project, 'node_modules/.cache/azure-cli')

interface Started {
  printed: string
  /** Ends it as Ctrl+C does. */
  interrupt(): Promise<number | null>
}

/** `verbatim sandbox` from its sources, and a shell to paste into. */
const test = base.extend<{ start: (args: string[], until: RegExp) => Promise<Started> }>({
  start: async ({}, use) => {
    const ends: (() => Promise<number | null>)[] = []
    await use(async (args, until) => {
      const source = ['--import', 'jiti/register', 'src/command/verbatim.ts', 'sandbox']
      const child = spawn(process.execPath, [...source, ...args], { cwd: project, env: plain })
      const ended = new Promise<number | null>(resolve => child.once('close', resolve))
      const interrupt = () => {
        child.kill('SIGINT')
        return ended
      }
      ends.push(interrupt)
      return { printed: await heard(child.stdout, until), interrupt }
    })
    await Promise.all(ends.map(end => end()))
  },
})

test('prints what an SDK needs, for DefaultAzureCredential and nothing else', async ({ start }) => {
  const { printed } = await start([], /Ctrl\+C/)
  const program = `
    import { DefaultAzureCredential } from '@azure/identity'
    import { ResourceManagementClient } from '@azure/arm-resources'
    const credential = new DefaultAzureCredential({ disableInstanceDiscovery: true })
    const options = { endpoint: process.argv[1], credentialScopes: process.argv[1] + '/.default' }
    const client = new ResourceManagementClient(credential, process.env.AZURE_SUBSCRIPTION_ID, options)
    console.log((await client.resourceGroups.createOrUpdate('rg1', { location: 'westus' })).name)`
  const endpoint = /Resource Manager\s+(\S+)/.exec(printed)?.[1] ?? ''
  const { code, stdout } = await shell([
    pasted(printed, 'For the SDKs'),
    `${process.execPath} --input-type=module --eval '${program.replaceAll("'", `'\\''`)}' ${endpoint}`,
  ])
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'rg1\n' })
})

test('prints what az needs', async ({ start }) => {
  test.skip(!existsSync(join(unpackedAz, 'az')), 'There is no azure-cli: test/sandbox/azure-cli/unpack.sh makes one.')
  const { printed } = await start([], /Ctrl\+C/)
  const { code, stdout } = await shell([
    pasted(printed, 'For az'),
    'az group create --name rg1 --location westus --query name',
  ])
  expect(code).toBe(0)
  expect(stdout).toMatch(/"rg1"\n$/)
})

test('keeps the authority in a file of its own, until it ends', async ({ start }) => {
  const { printed, interrupt } = await start([], /Ctrl\+C/)
  const [, file = ''] = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(printed) ?? []
  expect(readFileSync(file, 'utf8')).toContain('BEGIN CERTIFICATE')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
  expect(await interrupt()).toBe(0)
  expect(existsSync(dirname(file))).toBe(false)
})

test('prints nothing but a cloud definition with --json, and runs need none of the other ways in', async ({
  start,
}) => {
  const { printed } = await start(['--json'], /^\}/m)
  const printedKeys = Object.keys(JSON.parse(printed) as object)
  const others = [
    'certificateCredential',
    'disabledCredential',
    'disabledPerson',
    'expiredCredential',
    'federatedToken',
    'managedIdentity',
    'people',
  ]
  expect(printedKeys).toEqual(expect.arrayContaining(others))
  const read = readCloud('cloud.json', printed)
  for (const key of others) expect(read).not.toHaveProperty(key)
  expect(CloudDefinition.safeParse({ ...read, peoples: [] }).success).toBe(false)
})

test('prints more people with --people, each with what replaces the definition’s own', async ({ start }) => {
  const { printed } = await start(['--json', '--people', '2'], /^\}/m)
  const { people, ...definition } = JSON.parse(printed) as SandboxDefinition
  expect(people).toHaveLength(4)
  const { own, userName = '', password = '' } = people.at(-1) ?? {}
  const replaced = readCloud('cloud.json', JSON.stringify({ ...definition, ...own, person: { userName, password } }))
  expect(replaced.subscription).not.toBe(definition.subscription)
  expect(replaced).toMatchObject({ ...own, person: { userName: 'neighbour2@verbatim-sandbox.example' } })

  const lines = (await start(['--people', '1'], /Ctrl\+C/)).printed
  expect(lines).toMatch(/Sign in as {8}neighbour1@verbatim-sandbox.example {2}\S+\n {2}Subscription {6}[0-9a-f-]{36}\n/)
})

const plain = { PATH: `${unpackedAz}:${process.env['PATH'] ?? ''}`, HOME: process.env['HOME'], NO_COLOR: '1' }

/** The lines below a heading, up to an empty one. */
function pasted(printed: string, heading: string) {
  const [, block = ''] = new RegExp(`^${heading}.*\n([^]*?)\n\n`, 'm').exec(printed) ?? []
  return block
}

function heard(output: NodeJS.ReadableStream, until: RegExp) {
  return new Promise<string>((resolve, reject) => {
    let text = ''
    output.on('data', (data: Buffer) => {
      text += data.toString()
      if (until.test(text)) resolve(text)
    })
    output.once('end', () => reject(new Error(`It ended before it said ${String(until)}:\n${text}`)))
  })
}

function shell(lines: string[]) {
  const child = spawn('bash', ['-euc', lines.join('\n')], { cwd: project, env: plain })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  return new Promise<{ code: number | null; stdout: string; stderr: string }>(resolve =>
    child.once('close', code => resolve({ code, stdout, stderr })),
  )
}
