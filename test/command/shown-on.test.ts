import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { CloudDefinition } from '../../src/cloud/definition.ts'
import { openResourceManager } from '../../src/cloud/resource-manager.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { ArticleResult } from '../../src/result/result.ts'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'
import { lineOf } from './own-article.ts'
import { project, test as base, type World } from './verbatim-fixture.ts'

/** Other people's articles, unmodified: they lie beside this checkout, or they don't. */
const corpus = join(project, '../shared/corpus')
const zones = join(corpus, 'extended-zones')
const labs = existsSync(corpus) ? readdirSync(corpus).find(name => name.includes('AZ-104')) : undefined
const instructions = join(corpus, labs ?? '', 'Instructions/Labs')

const test = base
test.skip(!existsSync(zones) || labs === undefined, 'the corpus is not beside this checkout')
test.slow()

/** Copies an article into the test's folder, and gives its text. */
function copy({ folder }: World, source: string, name: string): string {
  copyFileSync(source, join(folder, name))
  return readFileSync(source, 'utf8')
}

const instant = ['--portal-pace', 'instant']

const run = (world: World, article: string, more: readonly string[]) =>
  world.verbatim(['run', article, ...more, '--output', 'out'])

const failedIn = (told: ArticleResult | undefined) => told?.steps.find(({ status }) => status === 'failed')

test.describe('the article about backing a machine up', () => {
  const source = join(zones, 'backup-virtual-machine.md')

  test('passes on both surfaces in the portal of 2024', async ({ world }) => {
    copy(world, source, 'article.md')
    const { code, stdout } = await run(world, 'article.md', [
      '--surface',
      'portal,arm',
      '--portal-era',
      '2024',
      ...instant,
    ])
    expect(code, stdout).toBe(0)
    const statuses = world.result('out').articles.map(({ status, drift }) => [status, drift])
    expect(statuses).toEqual([
      ['drifted', 'cosmetic'],
      ['passed', undefined],
    ])
  })

  for (const [era, now] of [
    ['2025', 'Business Continuity Center'],
    ['2026', 'Resiliency'],
  ] as const)
    test(`fails in the portal of ${era} at Backup center, and says what became of it`, async ({ world }) => {
      const text = copy(world, source, 'article.md')
      const { code, stdout } = await run(world, 'article.md', ['--portal-era', era, ...instant])
      expect(code, stdout).toBe(1)
      const failed = failedIn(world.result('out').articles[0])
      expect(failed).toMatchObject({
        verdict: 'doc',
        drift: 'blocking',
        suggestion: {
          before: 'Backup center',
          after: now,
          place: { start: { line: lineOf(text, '**Backup center**') } },
        },
        error: { remedy: expect.stringContaining(`${now} > Manage > Vaults > + Vault`) },
      })
    })
})

test('the article about deploying a machine passes on both surfaces as far as the connection', async ({ world }) => {
  copy(world, join(zones, 'deploy-vm-portal.md'), 'article.md')
  const skipped = [1, 2, 3, 4].map(
    number =>
      `  - step: 'Connect to virtual machine #${number}'\n    reason: The sandbox's machines have no desktop to connect to.\n`,
  )
  world.write({ 'article.runbook.yaml': `skip:\n${skipped.join('')}` })
  const { code, stdout } = await run(world, 'article.md', [
    '--surface',
    'portal,arm',
    '--portal-era',
    '2024',
    ...instant,
  ])
  expect(code, stdout).toBe(0)
  for (const { steps, drift } of world.result('out').articles) {
    expect(drift ?? 'cosmetic').toBe('cosmetic')
    expect(steps.filter(({ status }) => status === 'skipped')).toHaveLength(4)
    expect(steps.find(({ title }) => title.endsWith('select Go to resource.'))?.status).toMatch(/passed|assumed/)
  }
})

/** What of a lab is carried out: its steps by procedure. The rest is skipped for the reason of its procedure. */
interface Part {
  lab: string
  kept: Record<string, readonly string[]>
  reasons: Record<string, string>
  otherwise: string
}

async function runbookOf(world: World, { lab, kept, reasons, otherwise }: Part): Promise<string> {
  const { stdout } = await world.verbatim(['plan', lab, '--format', 'json'])
  const { plans } = JSON.parse(stdout) as { plans: Plan[] }
  const left = (plans[0]?.steps ?? []).filter(
    ({ procedure, number }) =>
      !Object.entries(kept).some(([name, numbers]) => procedure.startsWith(name) && numbers.includes(number)),
  )
  const entries = left.map(({ id, procedure, number }) => {
    const reason =
      reasons[`${procedure.slice(0, 6)} #${number}`] ??
      Object.entries(reasons).find(([name]) => procedure.startsWith(name))?.[1] ??
      otherwise
    return `  - step: ${JSON.stringify(id)}\n    reason: ${JSON.stringify(reason)}\n`
  })
  return `skip:\n${entries.join('')}`
}

/** Makes groups in East US, and in the first of them a machine in a network, as a lab takes for made. */
async function setUp(definition: SandboxDefinition, groups: readonly string[], machine?: string): Promise<void> {
  const manager = await openResourceManager(CloudDefinition.parse(definition))
  const subscription = `/subscriptions/${definition.subscription}`
  const location = 'eastus'
  for (const group of groups)
    await manager.write(
      {
        type: 'Microsoft.Resources/resourceGroups',
        id: `${subscription}/resourceGroups/${group}`,
        apiVersion: '2021-04-01',
      },
      { location },
    )
  if (machine === undefined) return
  const put = async (type: string, name: string, apiVersion: string, properties: object) => {
    const id = `${subscription}/resourceGroups/${groups[0] ?? ''}/providers/${type}/${name}`
    await manager.write({ type, id, apiVersion }, { location, properties } as Parameters<typeof manager.write>[1])
    const state = async () => (await manager.read({ type, id, apiVersion }))?.properties?.['provisioningState']
    await expect.poll(state).toBe('Succeeded')
    return id
  }
  const net = await put('Microsoft.Network/virtualNetworks', 'lab-net', '2024-05-01', {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: [{ name: 'default', properties: { addressPrefix: '10.0.0.0/24' } }],
  })
  const card = await put('Microsoft.Network/networkInterfaces', 'lab-card', '2024-05-01', {
    ipConfigurations: [{ name: 'one', properties: { subnet: { id: `${net}/subnets/default` } } }],
  })
  await put('Microsoft.Compute/virtualMachines', machine, '2024-07-01', {
    hardwareProfile: { vmSize: 'Standard_D2s_v3' },
    osProfile: { computerName: 'lab', adminUsername: 'localadmin', adminPassword: 'Correct-horse-7' },
    storageProfile: {
      imageReference: {
        publisher: 'MicrosoftWindowsServer',
        offer: 'WindowsServer',
        sku: '2022-datacenter-azure-edition',
        version: 'latest',
      },
    },
    networkProfile: { networkInterfaces: [{ id: card }] },
  })
}

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index))

test('the lab about networks passes as far as the network is deployed', async ({ world, attached }) => {
  copy(world, join(instructions, 'LAB_04-Implement_Virtual_Networking.md'), 'lab.md')
  await setUp(attached.definition, ['az104-rg4'])
  const part: Part = {
    lab: 'lab.md',
    kept: { 'Task 1': [...numbers(1, 4), ...numbers(7, 9)] },
    reasons: {
      'Task 1 #5': 'The addresses leave no room for the subnet that the form proposes, and step 6 is skipped.',
      'Task 1 #6': 'One table stands for two turns through a pane, whose field the sandbox calls Name.',
      'Task 1': 'The sandbox exports no template.',
    },
    otherwise: 'The sandbox has no security groups, DNS zones or custom deployments in its portal.',
  }
  world.write({ 'lab.runbook.yaml': await runbookOf(world, part) })
  const { code, stdout, stderr } = await run(world, 'lab.md', ['--cloud', 'cloud.json'])
  expect(code, stdout + stderr).toBe(0)
  expectCarriedOut(world, [...numbers(1, 4), ...numbers(7, 9)].length)
})

test('the lab about backup passes as far as a policy is to be made', async ({ world, attached }) => {
  copy(world, join(instructions, 'LAB_10-Implement_Data_Protection.md'), 'lab.md')
  await setUp(attached.definition, ['az104-rg-region1', 'az104-rg-region2'], 'az104-10-vm0')
  const part: Part = {
    lab: 'lab.md',
    kept: {
      'Task 1': ['2'],
      'Task 2': numbers(1, 7),
      'Task 3': numbers(1, 4),
      'Task 4': numbers(1, 4),
      'Task 5': numbers(1, 3),
    },
    reasons: {
      'Task 1': 'The machine is made by the test: the lab’s files are not here.',
      'Task 3': 'The sandbox’s portal makes no policies, and the lab goes on with the one that it makes.',
      'Task 2': 'The sandbox has one pane for all security settings, which is called so.',
    },
    otherwise: 'The sandbox has no diagnostic settings and no replication.',
  }
  world.write({ 'lab.runbook.yaml': await runbookOf(world, part) })
  const { code, stdout, stderr } = await run(world, 'lab.md', ['--cloud', 'cloud.json'])
  expect(code, stdout + stderr).toBe(0)
  expectCarriedOut(world, 1 + 7 + 4 + 4 + 3)
})

/** Everything but what is skipped by name was done, and nothing worse than cosmetic was met. */
function expectCarriedOut(world: World, count: number): void {
  const [told] = world.result('out').articles
  expect(told?.drift ?? 'cosmetic').toBe('cosmetic')
  const done = told?.steps.filter(({ status }) => status !== 'skipped') ?? []
  expect(done).toHaveLength(count)
  expect(done.filter(({ status }) => status !== 'passed' && status !== 'drifted' && status !== 'assumed')).toEqual([])
}
