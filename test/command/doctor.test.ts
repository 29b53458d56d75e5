import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { ownArticle } from './own-article.ts'
import { test as base, type World } from './verbatim-fixture.ts'

const test = base.extend<{ sandbox: Awaited<ReturnType<typeof startSandbox>> }>({
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox()
    await use(sandbox)
    await sandbox.stop()
  },
})

interface Told {
  ready: boolean
  checks: { name: string; status: string; message: string; remedy?: string }[]
}

async function examine(world: World, ...args: string[]): Promise<{ code: number | null; told: Told }> {
  const { code, stdout, stderr } = await world.verbatim(['doctor', ...args, '--cloud', 'cloud.json', '--json'])
  expect(stderr).toBe('')
  return { code, told: JSON.parse(stdout) as Told }
}

const check = ({ checks }: Told, name: string) => checks.find(each => each.name === name)

test('finds all that a run needs, for the articles that are named', async ({ world, sandbox }) => {
  world.write({ 'cloud.json': JSON.stringify(sandbox.definition), 'article.md': ownArticle })
  const { code, told } = await examine(world, 'article.md')
  expect(code, JSON.stringify(told)).toBe(0)
  expect(told.ready).toBe(true)
  expect(told.checks.filter(({ status }) => status === 'ok').map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      ...['Node', 'disk', 'browser', 'cloud', 'limits', 'Entra', 'clock', 'credential', 'subscription'],
      ...['permissions', 'provider Microsoft.RecoveryServices', 'regions', 'leftover groups', 'ledgers'],
    ]),
  )
  expect(check(told, 'quotas')?.status).toBe('unknown')
  const changing = sandbox.requests.filter(({ server, method }) => server === 'resource-manager' && method !== 'GET')
  expect(changing).toEqual([])
})

test('names a wrong secret by Entra’s number, and does not tell it', async ({ world, sandbox }) => {
  const credential = { ...sandbox.definition.credential, clientSecret: 'canary-7431' }
  world.write({ 'cloud.json': JSON.stringify({ ...sandbox.definition, credential }) })
  const { code, told } = await examine(world)
  expect(code).toBe(3)
  expect(check(told, 'credential')).toMatchObject({
    status: 'missing',
    message: expect.stringContaining('AADSTS7000215'),
  })
  expect(JSON.stringify(told)).not.toContain('canary')
})

test('finds out a reader, who may make nothing', async ({ world, sandbox }) => {
  const credential = { kind: 'client-secret', ...sandbox.programs.reader }
  world.write({ 'cloud.json': JSON.stringify({ ...sandbox.definition, credential }) })
  const { code, told } = await examine(world)
  expect(code).toBe(3)
  expect(check(told, 'permissions')).toMatchObject({
    status: 'missing',
    message: expect.stringContaining('Microsoft.Resources/subscriptions/resourceGroups/write'),
    remedy: expect.stringContaining('Contributor'),
  })
  const contributor = { kind: 'client-secret', ...sandbox.programs.contributor }
  world.write({ 'cloud.json': JSON.stringify({ ...sandbox.definition, credential: contributor }) })
  const enough = await examine(world)
  expect(enough.code, JSON.stringify(enough.told)).toBe(0)
  expect(check(enough.told, 'permissions')).toMatchObject({
    status: 'warning',
    message: 'The program may not do Microsoft.Authorization/locks/write, Microsoft.Authorization/locks/delete.',
  })
})

test('finds out a foreign authority, a wrong tenant and a subscription that is not there', async ({
  world,
  sandbox,
}) => {
  const other = await startSandbox()
  const { certificateAuthority } = other.definition
  await other.stop()
  world.write({ 'cloud.json': JSON.stringify({ ...sandbox.definition, certificateAuthority }) })
  const untrusted = await examine(world)
  expect(untrusted.code).toBe(3)
  expect(check(untrusted.told, 'Entra')?.remedy).toContain('certificateAuthority')

  world.write({ 'cloud.json': JSON.stringify({ ...sandbox.definition, tenant: randomUUID() }) })
  const elsewhere = await examine(world)
  expect(elsewhere.code).toBe(2)
  expect(check(elsewhere.told, 'Entra')?.remedy).toContain('AZURE_TENANT_ID')

  world.write({ 'cloud.json': JSON.stringify({ ...sandbox.definition, subscription: randomUUID() }) })
  const absent = await examine(world)
  expect(absent.code).toBe(3)
  expect(check(absent.told, 'subscription')?.message).toContain('SubscriptionNotFound')
})

test('tells what limits, faults and leftovers stand in the way', async ({ world, sandbox }) => {
  const { definition } = sandbox
  sandbox.addFault({
    do: 'answer',
    server: 'resource-manager',
    path: 'providers/Microsoft.RecoveryServices\\?',
    status: 200,
    body: { namespace: 'Microsoft.RecoveryServices', registrationState: 'NotRegistered' },
  })
  world.write({
    'cloud.json': JSON.stringify({
      ...definition,
      allow: { tenants: [randomUUID()], regions: ['West US', 'Atlantis'] },
    }),
    'article.md': ownArticle,
    'reports/old/ledger/run.jsonl': [
      {
        ...{ type: 'run', run: 'kx3f9a', at: '2026-01-01T00:00:00.000Z', pid: 999_999_999 },
        cloud: { ...definition, private: false },
      },
      {
        ...{ type: 'expected', article: 'a', existed: false, at: '2026-01-01T00:00:01.000Z' },
        resource: {
          type: 'Microsoft.Resources/resourceGroups',
          id: `/subscriptions/${definition.subscription}/resourceGroups/old`,
          apiVersion: '2021-04-01',
        },
      },
    ]
      .map(line => `${JSON.stringify(line)}\n`)
      .join(''),
  })
  const { code, told } = await examine(world, 'article.md')
  expect(code).toBe(2)
  expect(check(told, 'limits')).toMatchObject({ status: 'missing', remedy: expect.stringContaining('allow.tenants') })
  expect(check(told, 'regions')?.message).toContain('Atlantis')
  expect(check(told, 'provider Microsoft.RecoveryServices')).toMatchObject({
    status: 'missing',
    remedy: 'az provider register --namespace Microsoft.RecoveryServices',
  })
  expect(check(told, 'ledgers')).toMatchObject({ status: 'warning', remedy: 'verbatim sweep --cloud cloud.json' })
})

test('says in words what is missing, and how to get it', async ({ world }) => {
  const { code, stdout } = await world.verbatim(['doctor', '--cloud', 'azure'])
  expect(code).toBe(2)
  expect(stdout).toMatch(/✘ cloud: The cloud 'azure' lacks AZURE_TENANT_ID, AZURE_SUBSCRIPTION_ID\.\n {4}\S/)
  expect(stdout).toContain('1 thing is missing.')
})
