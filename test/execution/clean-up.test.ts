import { CloudDefinition } from '../../src/cloud/definition.ts'
import { openResourceManager, type ResourceManager } from '../../src/cloud/resource-manager.ts'
import { cleanUp, timingFor } from '../../src/execution/clean-up.ts'
import { openLedger, readLedger, type LedgerEntry } from '../../src/execution/ledger.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { arm } from '../sandbox/clients.ts'
import { expect, test as base } from '../sandbox/sandbox-fixture.ts'

const groups = 'Microsoft.Resources/resourceGroups'
const vaults = 'Microsoft.RecoveryServices/vaults'

/** A subscription, what a ledger says about it, and a clean-up of it. */
interface World {
  manager: ResourceManager
  group(name: string): { type: string; id: string; apiVersion: string }
  vault(group: string, name: string): { type: string; id: string; apiVersion: string }
  makeGroup(name: string): Promise<void>
  makeVault(group: string, name: string): Promise<void>
  note(...entries: LedgerEntry[]): void
  clean(timing?: Partial<ReturnType<typeof timingFor>>): Promise<string[]>
  messages: string[]
}

const test = base.extend<{ world: World }>({
  world: async ({ sandbox }, use, info) => {
    await use(await worldOf(sandbox, info.outputPath('run')))
  },
})

async function worldOf({ definition }: Sandbox, output: string): Promise<World> {
  const manager = await openResourceManager(CloudDefinition.parse(definition))
  const ledger = openLedger(output, 'article')
  const group = (name: string) => ({
    type: groups,
    id: `/subscriptions/${definition.subscription}/resourceGroups/${name}`,
    apiVersion: '2021-04-01',
  })
  const vault = (inGroup: string, name: string) => ({
    type: vaults,
    id: `${group(inGroup).id}/providers/${vaults}/${name}`,
    apiVersion: '2024-04-01',
  })
  const messages: string[] = []
  return {
    manager,
    group,
    vault,
    makeGroup: async name => void (await manager.write(group(name), { location: 'westus' })),
    makeVault: async (inGroup, name) =>
      void (await manager.write(vault(inGroup, name), {
        location: 'westus',
        properties: { publicNetworkAccess: 'Enabled' },
      })),
    note: (...entries) => entries.forEach(entry => ledger.append(entry)),
    messages,
    async clean(timing = {}) {
      const told: string[] = []
      const items = await cleanUp(readLedger(output), {
        manager,
        ledger,
        timing: { ...timingFor({ rehearsal: true }), settle: 300, ...timing },
        onItem: item => {
          told.push(`${item.id.split('/').at(-1)} ${item.status}`)
          if (item.message) messages.push(item.message)
        },
      })
      expect(items.map(item => `${item.id.split('/').at(-1)} ${item.status}`).sort()).toEqual([...told].sort())
      return [...told].sort()
    },
  }
}

const now = () => new Date().toISOString()
const absent = (resource: World['vault'] extends (...words: string[]) => infer R ? R : never): LedgerEntry => ({
  type: 'expected',
  article: 'a',
  resource,
  existed: false,
  at: now(),
})
const present = (resource: Parameters<typeof absent>[0]): LedgerEntry =>
  ({ ...absent(resource), existed: true }) as LedgerEntry
const appeared = ({ id }: { id: string }): LedgerEntry => ({ type: 'appeared', article: 'a', id, at: now() })

test('deletes a group with the vault in it, and verifies that both are gone', async ({ world }) => {
  await world.makeGroup('group1')
  await world.makeVault('group1', 'vault1')
  const [group, vault] = [world.group('group1'), world.vault('group1', 'vault1')]
  world.note(absent(group), absent(vault), appeared(group), appeared(vault))
  expect(await world.clean()).toEqual(['group1 deleted', 'vault1 deleted'])
  expect(await world.manager.resourceGroups()).toEqual([])
})

test('deletes what it noted beforehand and never saw', async ({ world }) => {
  await world.makeGroup('group1')
  world.note(absent(world.group('group1')))
  expect(await world.clean()).toEqual(['group1 deleted'])
  expect(await world.manager.resourceGroups()).toEqual([])
})

test('waits for what may still be coming into being', async ({ world }) => {
  world.note(absent(world.group('group1')))
  const cleaning = world.clean({ settle: 10_000 })
  await world.makeGroup('group1')
  expect(await cleaning).toEqual(['group1 deleted'])
  expect(await world.manager.resourceGroups()).toEqual([])
})

test('says that nothing came of what never appeared', async ({ world }) => {
  world.note(absent(world.group('group1')), absent(world.vault('group1', 'vault1')))
  expect(await world.clean()).toEqual(['group1 never-appeared', 'vault1 never-appeared'])
})

test('leaves alone what was there before, and only takes its own out of it', async ({ world }) => {
  await world.makeGroup('shared')
  await world.makeVault('shared', 'theirs')
  await world.makeVault('shared', 'ours')
  world.note(
    present(world.group('shared')),
    present(world.vault('shared', 'theirs')),
    absent(world.vault('shared', 'ours')),
    appeared(world.vault('shared', 'ours')),
  )
  expect(await world.clean()).toEqual(['ours deleted'])
  expect((await world.manager.resourcesIn('shared')).map(({ name }) => name)).toEqual(['theirs'])
})

test('leaves alone what the ledger does not speak of', async ({ world }) => {
  await world.makeGroup('stranger')
  await world.makeGroup('group1')
  world.note(absent(world.group('group1')), appeared(world.group('group1')))
  expect(await world.clean()).toEqual(['group1 deleted'])
  expect((await world.manager.resourceGroups()).map(({ name }) => name)).toEqual(['stranger'])
})

test('says that a locked group is left behind, with the reason, and keeps it open for a sweep', async ({
  world,
  sandbox,
}) => {
  await world.makeGroup('group1')
  const lock = '/resourceGroups/group1/providers/Microsoft.Authorization/locks/keep?api-version=2016-09-01'
  const made = await arm(sandbox.definition, 'PUT', lock, { body: { properties: { level: 'CanNotDelete' } } })
  expect(made.status).toBeLessThan(300)
  world.note(absent(world.group('group1')), appeared(world.group('group1')))
  expect(await world.clean()).toEqual(['group1 left'])
  expect(world.messages).toEqual([expect.stringContaining('ScopeLocked')])

  await arm(sandbox.definition, 'DELETE', lock)
  expect(await world.clean()).toEqual(['group1 deleted'])
  expect(await world.clean()).toEqual([])
})

test('takes away the locks that the run made before what they hold, and no others', async ({ world }) => {
  const lock = (scope: string, name: string) => ({
    type: 'Microsoft.Authorization/locks',
    id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
    apiVersion: '2016-09-01',
  })
  await world.makeGroup('group1')
  await world.makeVault('group1', 'vault1')
  await world.makeGroup('theirs')
  const ours = [
    lock(world.group('group1').id, 'on-group'),
    lock(world.vault('group1', 'vault1').id, 'on-vault'),
    lock(world.group('theirs').id, 'ours'),
  ]
  const foreign = lock(world.group('theirs').id, 'theirs')
  for (const each of [...ours, foreign]) await world.manager.write(each, { properties: { level: 'CanNotDelete' } })
  const made = [world.group('group1'), world.vault('group1', 'vault1'), ...ours]
  world.note(...made.flatMap(each => [absent(each), appeared(each)]))
  expect(await world.clean()).toEqual([
    ...['group1 deleted', 'on-group deleted', 'on-vault deleted', 'ours deleted', 'vault1 deleted'],
  ])
  expect((await world.manager.resourceGroups()).map(({ name }) => name)).toEqual(['theirs'])
  expect(await world.manager.read(foreign)).toBeDefined()
})

for (const state of ['protected', 'softly deleted'])
  test(`removes a vault with an item that is ${state}, and says what it did for that`, async ({ world, sandbox }) => {
    await world.makeGroup('group1')
    await world.makeVault('group1', 'vault1')
    const { id } = world.vault('group1', 'vault1')
    const path = id.slice(id.indexOf('/resourceGroups'))
    const item = `${path}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;a/protectedItems/vm;a?api-version=2023-04-01`
    const properties = {
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      policyId: `${id}/backupPolicies/DefaultPolicy`,
    }
    expect((await arm(sandbox.definition, 'PUT', item, { body: { properties } })).status).toBeLessThan(300)
    if (state === 'softly deleted') {
      expect((await arm(sandbox.definition, 'DELETE', item)).status).toBeLessThan(300)
      // The vault is held by it.
      expect((await arm(sandbox.definition, 'DELETE', `${path}?api-version=2024-04-01`)).status).toBe(400)
    }
    const made = [world.group('group1'), world.vault('group1', 'vault1')]
    world.note(...made.flatMap(each => [absent(each), appeared(each)]))
    expect(await world.clean()).toEqual(['group1 deleted', 'vault1 deleted'])
    const told = "stopped the backup of a in vault 'vault1', whose data Azure keeps for the days of its soft delete"
    expect(world.messages).toEqual(state === 'protected' ? [told] : [])
    expect(await world.manager.resourceGroups()).toEqual([])
  })

test('waits for a deletion that is under way already', async ({ world, sandbox }) => {
  await world.makeGroup('group1')
  await world.makeVault('group1', 'vault1')
  await arm(sandbox.definition, 'DELETE', '/resourceGroups/group1?api-version=2021-04-01')
  world.note(absent(world.group('group1')), appeared(world.group('group1')))
  expect(await world.clean()).toEqual([expect.stringMatching(/^group1 (?:deleted|gone)$/)])
  expect(await world.manager.resourceGroups()).toEqual([])
})

test('says what somebody else deleted meanwhile', async ({ world }) => {
  world.note(absent(world.group('group1')), appeared(world.group('group1')))
  expect(await world.clean()).toEqual(['group1 gone'])
})

test('tells what the article’s own steps deleted, and asks for nothing more', async ({ world, sandbox }) => {
  const { id } = world.group('group1')
  world.note(absent(world.group('group1')), appeared(world.group('group1')), {
    type: 'gone',
    article: 'a',
    id,
    by: 'article',
    at: now(),
  })
  const before = sandbox.requests.length
  expect(await world.clean()).toEqual(['group1 gone'])
  expect(sandbox.requests.length).toBe(before)
})

test('says that everything is left where the cloud can’t be reached, instead of taking it for gone', async ({
  world,
  sandbox,
}) => {
  await world.makeGroup('group1')
  world.note(absent(world.group('group1')), appeared(world.group('group1')))
  sandbox.addFault({
    server: 'resource-manager',
    path: 'group1',
    do: 'answer',
    status: 403,
    times: 50,
    body: { error: { code: 'AuthorizationFailed', message: 'No.' } },
  })
  expect(await world.clean()).toEqual(['group1 left'])
  expect(world.messages).toEqual([expect.stringContaining('AuthorizationFailed')])
})

test('comes over a conflict that passes', async ({ world, sandbox }) => {
  await world.makeGroup('group1')
  world.note(absent(world.group('group1')), appeared(world.group('group1')))
  sandbox.addFault({
    server: 'resource-manager',
    method: 'DELETE',
    path: 'group1',
    do: 'answer',
    status: 409,
    body: { error: { code: 'Conflict', message: 'Another operation is in progress.' } },
  })
  expect(await world.clean()).toEqual(['group1 deleted'])
})

test('gives up at its time limit', async ({ world, sandbox }) => {
  await world.makeGroup('group1')
  world.note(absent(world.group('group1')), appeared(world.group('group1')))
  sandbox.addFault({
    server: 'resource-manager',
    method: 'DELETE',
    path: 'group1',
    do: 'answer',
    status: 409,
    times: 100_000,
    body: { error: { code: 'Conflict', message: 'Another operation is in progress.' } },
  })
  expect(await world.clean({ limit: 500 })).toEqual(['group1 left'])
})

test('deletes several groups and leaves only the one that resists', async ({ world, sandbox }) => {
  for (const name of ['group1', 'group2', 'group3']) {
    await world.makeGroup(name)
    world.note(absent(world.group(name)), appeared(world.group(name)))
  }
  const lock = '/resourceGroups/group2/providers/Microsoft.Authorization/locks/keep?api-version=2016-09-01'
  await arm(sandbox.definition, 'PUT', lock, { body: { properties: { level: 'CanNotDelete' } } })
  expect(await world.clean()).toEqual(['group1 deleted', 'group2 left', 'group3 deleted'])
  expect((await world.manager.resourceGroups()).map(({ name }) => name)).toEqual(['group2'])
})
