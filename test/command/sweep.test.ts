import { expect } from '@playwright/test'
import { CloudDefinition } from '../../src/cloud/definition.ts'
import { openResourceManager } from '../../src/cloud/resource-manager.ts'
import { readRunTag, runTagName, writeRunTag } from '../../src/execution/run-tag.ts'
import { ownArticle } from './own-article.ts'
import { test, type Attached } from './verbatim-fixture.ts'

const hour = 3_600_000

async function groupsOf({ definition }: Attached) {
  const manager = await openResourceManager(CloudDefinition.parse(definition))
  const address = (name: string) => ({
    type: 'Microsoft.Resources/resourceGroups',
    id: `/subscriptions/${manager.subscriptionId}/resourceGroups/${name}`,
    apiVersion: '2021-04-01',
  })
  return {
    make: (name: string, tags: Record<string, string> = {}) =>
      manager.write(address(name), { location: 'westus', tags }),
    read: (name: string) => manager.read(address(name)),
  }
}

test('by their tag only groups go that a run of long ago made, and no look-alike', async ({ world, attached }) => {
  const groups = await groupsOf(attached)
  const old = Date.now() - 3 * hour
  const tag = (run: string, at: number, group: string) => ({ [runTagName]: writeRunTag({ run, at }, group) })
  await groups.make('contoso-kx3f9a0', tag('kx3f9a', old, 'contoso-kx3f9a0'))
  await groups.make('Upper-kx3f9a0', { ...tag('kx3f9a', old, 'upper-kx3f9a0'), owner: 'nobody' })
  const kept = {
    'contoso-kx3f9a1': {},
    'contoso-young': tag('kx3f9b', Date.now() - hour / 2, 'contoso-young'),
    'contoso-copied': tag('kx3f9a', old, 'contoso-kx3f9a0'),
    'contoso-other-key': { 'verbatim-runs': writeRunTag({ run: 'kx3f9a', at: old }, 'contoso-other-key') },
    'contoso-no-run': { [runTagName]: `nightly ${new Date(old).toISOString()} contoso-no-run` },
    'contoso-no-time': { [runTagName]: 'kx3f9a yesterday contoso-no-time' },
    'contoso-half': { [runTagName]: 'kx3f9a' },
    'contoso-more': { [runTagName]: `${writeRunTag({ run: 'kx3f9a', at: old }, 'contoso-more')} and more` },
  }
  for (const [name, tags] of Object.entries(kept)) await groups.make(name, tags)

  const told = await world.verbatim(['sweep', '--cloud', 'cloud.json', '--older-than', '2h', '--dry-run'])
  expect(told.code, told.stderr).toBe(0)
  expect(told.stdout.split('\n').filter(line => line.startsWith('would remove'))).toHaveLength(2)
  const without = await world.verbatim(['sweep', '.', '--cloud', 'cloud.json'])
  expect(without.stdout).toContain('Nothing was left behind.')
  expect(await attached.resourceGroups()).toHaveLength(10)

  const { code, stdout } = await world.verbatim(['sweep', '--cloud', 'cloud.json', '--older-than', '2h'])
  expect(code, stdout).toBe(0)
  expect(stdout).toContain('Removed 2; nothing is left.')
  expect((await attached.resourceGroups()).sort()).toEqual(Object.keys(kept).sort())
})

test('a ledger decides over a tag: what was there before its run stays, and what a young run made', async ({
  world,
  attached,
}) => {
  const groups = await groupsOf(attached)
  const old = Date.now() - 3 * hour
  const { resourceManager, subscription } = attached.definition
  const ledger = (run: string, at: number, name: string, existed: boolean) =>
    [
      {
        ...{ type: 'run', run, at: new Date(at).toISOString(), pid: 999_999_999 },
        cloud: { name: 'sandbox', resourceManager, subscription, private: false },
      },
      {
        ...{ type: 'expected', article: 'a', existed, at: new Date(at).toISOString() },
        resource: {
          type: 'Microsoft.Resources/resourceGroups',
          id: `/subscriptions/${subscription}/resourceGroups/${name}`,
          apiVersion: '2021-04-01',
        },
      },
    ]
      .map(line => `${JSON.stringify(line)}\n`)
      .join('')
  world.write({
    'reports/before/ledger/run.jsonl': ledger('kx3f9a', old, 'was-there', true),
    'reports/young/ledger/run.jsonl': ledger('kx3f9b', Date.now() - 60_000, 'is-young', false),
    'reports/old/ledger/run.jsonl': ledger('kx3f9c', old, 'is-old', false),
  })
  await groups.make('was-there', { [runTagName]: writeRunTag({ run: 'kx3f9a', at: old }, 'was-there') })
  await groups.make('is-young', { [runTagName]: writeRunTag({ run: 'kx3f9b', at: old }, 'is-young') })
  await groups.make('is-old')
  const { code, stdout } = await world.verbatim(['sweep', '--cloud', 'cloud.json', '--older-than', '2h'])
  expect(code, stdout).toBe(0)
  expect(stdout).toContain('reports/young: its run is not that old; left alone')
  expect((await attached.resourceGroups()).sort()).toEqual(['is-young', 'was-there'])
})

test('a run leaves its tag on the group that it made, and on none that was there', async ({ world, attached }) => {
  const groups = await groupsOf(attached)
  const kept = ownArticle.slice(0, ownArticle.indexOf('## Clean up resources'))
  const lingering = `${kept}\n## Rest\n\n1. Run the command:\n\n   \`\`\`bash\n   sleep 60\n   \`\`\`\n`
  world.write({ 'article.md': lingering })
  const running = world.start([
    ...['run', 'article.md', '--surface', 'arm', '--cloud', 'cloud.json', '--output', 'out', '--allow-shell'],
  ])
  await expect
    .poll(
      async () => {
        const [name] = await attached.resourceGroups()
        const group = name === undefined ? undefined : await groups.read(name)
        return group && readRunTag(group)?.run
      },
      { timeout: 60_000 },
    )
    .toMatch(/^[a-z][a-z2-9]{5}$/)
  running.process.kill('SIGTERM')
  await running.ended
  expect(await attached.resourceGroups()).toEqual([])
})

for (const time of ['2', 'soon', '2w', '-1h', '1.5h'])
  test(`takes no '${time}' for a time`, async ({ world }) => {
    const { code, stderr } = await world.verbatim(['sweep', '--older-than', time])
    expect(code).toBe(2)
    expect(stderr).toContain(`not '${time}'`)
  })
