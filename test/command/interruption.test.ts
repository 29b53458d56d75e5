import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { ownArticle } from './own-article.ts'
import { test, type World } from './verbatim-fixture.ts'

const run = ['run', 'article.md', '--surface', 'arm', '--cloud', 'cloud.json', '--output', 'out']

/** The vault is made and the run then stays in a step that takes long. */
const lingering = ownArticle.replace(
  '## Clean up resources',
  '## Rest\n\n1. Run the command:\n\n   ```bash\n   sleep 60\n   ```\n\n## Clean up resources',
)

/** Waits until the run has made its resource group. */
async function untilMade(resourceGroups: () => Promise<string[]>): Promise<void> {
  await expect.poll(async () => (await resourceGroups()).length, { timeout: 30_000 }).toBe(1)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`${signal} stops the steps, cleans up and writes what there is`, async ({ world, attached }) => {
    world.write({ 'article.md': lingering })
    const running = world.start([...run, '--allow-shell'])
    await untilMade(attached.resourceGroups)
    await running.said(/select \*{0,2}Create|select Create/i)
    running.process.kill(signal)
    const { code, stdout, stderr } = await running.ended
    expect(code, stdout + stderr).toBe(130)
    expect(stderr).toContain('Interrupted: stopping the steps and cleaning up.')
    expect(await attached.resourceGroups()).toEqual([])
    const result = world.result('out')
    expect(result).toMatchObject({ state: 'finished', interrupted: true, exitCode: 130 })
    expect(result.cleanup.some(item => item.status === 'deleted')).toBe(true)
    expect(readdirSync(join(world.folder, 'out'))).toContain('index.html')
  })

test('a time limit ends the step, and what was made is cleaned up', async ({ world, attached }) => {
  world.write({ 'article.md': lingering, 'article.runbook.yaml': 'shell: true\nlimits:\n  step: 3\n' })
  const { code, stdout } = await world.verbatim(run)
  expect(code, stdout).not.toBe(0)
  const step = world.result('out').articles[0]?.steps.find(each => each.status === 'failed')
  expect(step).toMatchObject({ procedure: 'Rest', timedOut: true })
  expect(await attached.resourceGroups()).toEqual([])
})

test("an article's time limit ends it in the middle of a step, and what was made is cleaned up", async ({
  world,
  attached,
}) => {
  world.write({ 'article.md': lingering, 'article.runbook.yaml': 'shell: true\nlimits:\n  article: 8\n' })
  const { code, stdout } = await world.verbatim(run)
  expect(code, stdout).toBe(3)
  const step = world.result('out').articles[0]?.steps.find(each => each.status === 'failed')
  expect(step).toMatchObject({
    procedure: 'Rest',
    timedOut: true,
    verdict: 'environment',
    error: { rule: 'article-timed-out' },
  })
  expect(await attached.resourceGroups()).toEqual([])
})

test('what a killed run left is removed by sweep, and its report can still be made', async ({ world, attached }) => {
  world.write({ 'article.md': lingering })
  const running = world.start([...run, '--allow-shell'])
  await untilMade(attached.resourceGroups)
  running.process.kill('SIGKILL')
  await running.ended
  await expectNobodyDrives(world)
  expect(await attached.resourceGroups()).toHaveLength(1)

  const rehearsed = await world.verbatim(['sweep', '.', '--cloud', 'cloud.json', '--dry-run'])
  expect(rehearsed.stdout).toMatch(/would remove .*contoso-recovery-/)
  expect(await attached.resourceGroups()).toHaveLength(1)

  const swept = await world.verbatim(['sweep', '.', '--cloud', 'cloud.json'])
  expect(swept.code, swept.stdout + swept.stderr).toBe(0)
  expect(swept.stdout).toMatch(/deleted .*contoso-recovery-/)
  expect(await attached.resourceGroups()).toEqual([])

  const again = await world.verbatim(['sweep', '.', '--cloud', 'cloud.json'])
  expect(again.stdout).toContain('Nothing was left behind.')
  expect((await world.verbatim(['report', 'out'])).code).toBe(0)
})

/** The workers of a killed command end by themselves: the journal stays as it is. */
async function expectNobodyDrives({ result }: World): Promise<void> {
  const seen = JSON.stringify(result('out').articles[0]?.steps.map(step => step.status))
  await expect
    .poll(() => JSON.stringify(result('out').articles[0]?.steps.map(step => step.status)), { timeout: 2_000 })
    .toBe(seen)
}

test('with literal names, what existed before the run is never deleted', async ({ world, attached }) => {
  world.write({ 'article.md': ownArticle, 'keep.md': ownArticle.slice(0, ownArticle.indexOf('## Clean up resources')) })
  const { openResourceManager } = await import('../../src/cloud/resource-manager.ts')
  const { CloudDefinition } = await import('../../src/cloud/definition.ts')
  const manager = await openResourceManager(CloudDefinition.parse(attached.definition))
  const group = {
    type: 'Microsoft.Resources/resourceGroups',
    id: `/subscriptions/${manager.subscriptionId}/resourceGroups/contoso-recovery`,
    apiVersion: '2021-04-01',
  }
  await manager.write(group, { location: 'northeurope' })

  const { code, stdout } = await world.verbatim([...run, '--names', 'literal'])
  expect(code, stdout).toBe(3)
  expect(stdout).toContain("Verbatim won't delete 'contoso-recovery'")
  expect(await attached.resourceGroups()).toEqual(['contoso-recovery'])
  expect((await manager.resourcesIn('contoso-recovery')).map(resource => resource.name)).toEqual([])
})
