import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { lineOf, ownArticle } from './own-article.ts'
import { test } from './verbatim-fixture.ts'

const run = ['run', 'article.md', '--surface', 'arm', '--cloud', 'cloud.json', '--output', 'out']

test.describe.configure({ mode: 'parallel' })

for (const [what, allow] of [
  ['tenant', { tenants: [randomUUID()] }],
  ['subscription', { subscriptions: [randomUUID()] }],
] as const)
  test(`a ${what} that is not allowed is refused before anything is asked of the cloud`, async ({
    world,
    attached,
  }) => {
    world.write({
      'article.md': ownArticle,
      'cloud.json': JSON.stringify({ ...attached.definition, entra: 'https://localhost:9', allow }),
    })
    const { code, stderr } = await world.verbatim(run)
    expect(code).toBe(2)
    expect(stderr).toContain(`The ${what} ${attached.definition[what]} of the cloud 'sandbox' may not be used`)
    expect(stderr).toContain(`allow.${what}s`)
  })

test('a region that is not allowed is refused at its line, with what would be made there', async ({
  world,
  attached,
}) => {
  world.write({ 'article.md': ownArticle, 'verbatim.config.yaml': 'allow: { regions: [westus, West Europe] }\n' })
  const { code, stdout } = await world.verbatim(run)
  expect(code, stdout).toBe(2)
  const [article] = world.result('out').articles
  expect(article?.status).toBe('refused')
  const refusal = article?.refusals.find(({ message }) => message.includes('/vaults'))
  expect(refusal).toMatchObject({ rule: 'region-not-allowed', said: 'North Europe' })
  expect(refusal?.place.start.line).toBe(lineOf(ownArticle, 'North Europe'))
  expect(await attached.resourceGroups()).toEqual([])
})

test('regions count as the run’s parameters make them, however they are written', async ({ world, attached }) => {
  expect(attached.definition.name).toBe('sandbox')
  world.write({
    'article.md': ownArticle.replace('Select **North Europe**.', 'Select a region.'),
    'article.runbook.yaml': 'answers:\n  Region: { env: BACKUP_REGION }\n',
    'verbatim.config.yaml': 'allow: { regions: [westus] }\n',
  })
  const refused = await world.verbatim(run, { env: { BACKUP_REGION: 'Japan West' } })
  expect(refused.code, refused.stdout).toBe(2)
  expect(world.result('out').articles[0]?.refusals[0]?.message).toContain('Japan West')
  const passed = await world.verbatim(run, { env: { BACKUP_REGION: 'West US' } })
  expect(passed.code, passed.stdout).toBe(0)
})

test('what costs more than a run may is refused by name', async ({ world, attached }) => {
  world.write({ 'article.md': ownArticle })
  const { code, stdout } = await world.verbatim([...run, '--max-cost', 'free'])
  expect(code, stdout).toBe(2)
  expect(world.result('out').articles[0]?.refusals.map(({ rule, message }) => [rule, message])).toEqual([
    ['cost-not-allowed', expect.stringMatching(/RecoveryServices\/vaults 'contoso-vault.*' is of the cost class low/)],
  ])
  expect(await attached.resourceGroups()).toEqual([])
  const allowed = await world.verbatim([...run, '--max-cost', 'low'])
  expect(allowed.code, allowed.stdout).toBe(0)
})

test('a real cloud is spared what is expensive, without a word in the configuration', async ({ world, attached }) => {
  const { credential, person, ...definition } = attached.definition
  world.write({
    'article.md': ownArticle,
    'cloud.json': JSON.stringify({
      ...definition,
      rehearsal: false,
      credential: { ...credential, clientSecret: { env: 'LAB_SECRET' } },
    }),
    'verbatim.config.yaml': 'resources: [types]\n',
    'types/vault.yaml': `type: Microsoft.RecoveryServices/vaults
apiVersion: 2024-04-01
cost: high
called: [vault]
pages: [Create Recovery Services vault]
submit: [Create]
name: { setting: [Vault name], maxLength: 50 }
resourceGroup: [Resource group]
location: [Region]
`,
  })
  const { code, stdout, stderr } = await world.verbatim(run, { env: { LAB_SECRET: credential.clientSecret } })
  expect(code, stdout + stderr).toBe(2)
  expect(stdout).toContain('is of the cost class high, and a run may make what is medium at most')
  expect(person.userName).not.toBe('')
})

test('a window in which the portal folds its tools away is refused by the configuration', async ({ world }) => {
  world.write({ 'article.md': ownArticle, 'verbatim.config.yaml': 'window: { width: 1024, height: 768 }\n' })
  const { code, stderr } = await world.verbatim(['run', 'article.md'])
  expect(code).toBe(2)
  expect(stderr).toContain('window.width')
})
