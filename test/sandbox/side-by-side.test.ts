import { StorageManagementClient } from '@azure/arm-storage'
import { test as base } from '@playwright/test'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import type { Sandbox, SandboxDefinition } from '../../src/sandbox/sandbox.ts'
import { browserOptions } from './browser.ts'
import { arm, collect, connect, failureOf, quickly, send } from './clients.ts'
import { expect } from './sandbox-fixture.ts'

/** A sandbox with two more people, and the cloud as each of their programs sees it. */
const test = base.extend<{ sandbox: Sandbox; neighbours: [SandboxDefinition, SandboxDefinition] }>({
  launchOptions: browserOptions(),
  ignoreHTTPSErrors: true,
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox({ people: 2 })
    await use(sandbox)
    await sandbox.stop()
  },
  neighbours: async ({ sandbox }, use) => {
    const [first, second] = cloudsOf(sandbox.definition)
    if (first && second) await use([first, second])
  },
})

/** The definition once for each neighbour, as a script makes it from what `--json` prints. */
function cloudsOf(definition: SandboxDefinition): SandboxDefinition[] {
  return definition.people.flatMap(({ own, userName, password }) =>
    own ? [{ ...definition, ...own, person: { userName, password } }] : [],
  )
}

const vault = { location: 'westus', sku: { name: 'RS0', tier: 'Standard' } }
const groups = '/resourcegroups?api-version=2021-04-01'

test('shows everybody their own subscription, and the first two the same as ever', async ({ sandbox, neighbours }) => {
  const seen = async (definition: SandboxDefinition) =>
    (await collect(connect(definition).subscriptions.subscriptions.list())).map(
      ({ subscriptionId, displayName }) => `${displayName} ${subscriptionId}`,
    )
  const { definition } = sandbox
  expect(await seen(definition)).toEqual([`Verbatim Sandbox ${definition.subscription}`])
  expect(await seen(neighbours[0])).toEqual([`Subscription of Neighbour 1 ${neighbours[0].subscription}`])
  expect(await seen(neighbours[1])).toEqual([`Subscription of Neighbour 2 ${neighbours[1].subscription}`])
  expect(definition.people.map(({ own }) => own !== undefined)).toEqual([false, false, true, true])
  expect(new Set(definition.people.map(({ userName }) => userName)).size).toBe(4)
})

test('refuses what anybody does in the subscription of another', async ({ sandbox: { definition }, neighbours }) => {
  const [mine, theirs] = neighbours
  await connect(theirs).resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  for (const there of [theirs, definition]) {
    const intruder = connect({ ...there, credential: mine.credential })
    for (const attempt of [
      () => collect(intruder.resources.resourceGroups.list()),
      () => intruder.resources.resourceGroups.get('rg1'),
      () => intruder.resources.resourceGroups.createOrUpdate('rg2', { location: 'westus' }),
      () => intruder.resources.resourceGroups.beginDeleteAndWait('rg1', quickly),
      () => intruder.resources.providers.unregister('Microsoft.RecoveryServices'),
      () => intruder.subscriptions.subscriptions.get(there.subscription),
    ])
      expect(await failureOf(attempt())).toMatchObject({ status: 403, code: 'AuthorizationFailed' })
  }
  expect((await collect(connect(theirs).resources.resourceGroups.list())).map(({ name }) => name)).toEqual(['rg1'])
})

test('keeps groups, vaults, deployments and registrations of the same names apart', async ({ neighbours }) => {
  const [one, other] = neighbours.map(definition => ({ definition, ...connect(definition) })) as [Side, Side]
  for (const [{ resources, vaults }, location] of [
    [one, 'westus'],
    [other, 'eastus'],
  ] as const) {
    await resources.resourceGroups.createOrUpdate('rg1', { location })
    await vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { ...vault, location }, quickly)
  }
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [],
  }
  const deployments = '/resourcegroups/rg1/providers/Microsoft.Resources/deployments'
  const deployed = await arm(one.definition, 'PUT', `${deployments}/d1?api-version=2021-04-01`, {
    body: { properties: { mode: 'Incremental', template } },
  })
  expect(deployed.status).toBe(201)
  await one.resources.providers.unregister('Microsoft.Storage')

  expect((await arm(other.definition, 'GET', `${deployments}/d1?api-version=2021-04-01`)).status).toBe(404)
  expect(await other.resources.providers.get('Microsoft.Storage')).toMatchObject({ registrationState: 'Registered' })
  expect(await other.vaults.vaults.get('rg1', 'v1')).toMatchObject({ location: 'eastus' })
  await one.vaults.vaults.beginDeleteAndWait('rg1', 'v1', quickly)
  expect(await other.vaults.vaults.get('rg1', 'v1')).toMatchObject({ location: 'eastus' })
  const deleted = async ({ definition }: Side) =>
    (
      await arm(
        definition,
        'GET',
        '/providers/Microsoft.RecoveryServices/locations/westus/deletedVaults?api-version=2026-05-01',
      )
    ).json()['value']
  expect(await deleted(one)).toHaveLength(1)
  expect(await deleted(other)).toEqual([])
})

type Side = ReturnType<typeof connect> & { definition: SandboxDefinition }

test('knows an operation only in its own subscription', async ({ neighbours: [mine, theirs] }) => {
  await connect(mine).resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  const started = await arm(mine, 'DELETE', '/resourcegroups/rg1?api-version=2021-04-01')
  const address = new URL(String(started.headers['location']))
  const path = address.pathname.replace(`/subscriptions/${mine.subscription}`, '') + address.search
  expect([200, 202]).toContain((await arm(mine, 'GET', path)).status)
  expect((await arm(theirs, 'GET', path)).status).toBe(404)
  const peeking = await arm({ ...mine, credential: theirs.credential }, 'GET', path)
  expect(peeking.json()).toMatchObject({ error: { code: 'AuthorizationFailed' } })
})

test('takes names of storage accounts in all subscriptions', async ({ neighbours }) => {
  const [one, other] = neighbours.map(definition => {
    const { credential, options } = connect(definition)
    return new StorageManagementClient(credential, definition.subscription, {
      ...options,
      credentials: { scopes: options.credentialScopes },
    })
  }) as [StorageManagementClient, StorageManagementClient]
  for (const definition of neighbours)
    await connect(definition).resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  const account = { location: 'westus', kind: 'StorageV2', sku: { name: 'Standard_LRS' } } as const
  await one.storageAccounts.create('rg1', 'mystore1', account, quickly)
  const name = { name: 'mystore1', type: 'Microsoft.Storage/storageAccounts' } as const
  expect(await other.storageAccounts.checkNameAvailability(name)).toMatchObject({ nameAvailable: false })
  const taken = async () => other.storageAccounts.create('rg1', 'mystore1', account, quickly)
  expect(await failureOf(taken())).toMatchObject({ code: 'StorageAccountAlreadyTaken' })
  await one.storageAccounts.delete('rg1', 'mystore1')
  expect(await other.storageAccounts.checkNameAvailability(name)).toMatchObject({ nameAvailable: true })
})

test('adds no type to what is another’s, and hangs no lock on nothing', async ({ neighbours: [mine, theirs] }) => {
  const thing = '/providers/Microsoft.Automation/gadgets?api-version=2024-01-01'
  const added = await arm({ ...theirs, credential: mine.credential }, 'GET', thing)
  expect(added.json()).toMatchObject({ error: { code: 'InvalidResourceType' } })
  const { resourceTypes } = await connect(theirs).resources.providers.get('Microsoft.Automation')
  expect(resourceTypes?.map(({ resourceType }) => resourceType)).not.toContain('gadgets')

  const { token } = await connect(mine).credential.getToken(`${mine.audience}/.default`)
  const lock = `${mine.resourceManager}/somewhere/providers/Microsoft.Authorization/locks/l1?api-version=2020-05-01`
  const locked = await send(mine, lock, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"properties":{"level":"ReadOnly"}}',
  })
  expect([locked.status, locked.json()]).toMatchObject([404, { error: { code: 'MissingSubscription' } }])
})

test('signs a neighbour in to the portal, which shows their subscription', async ({ neighbours: [mine], page }) => {
  const listed = page.waitForResponse(
    response =>
      response.url().startsWith(`${mine.resourceManager}/subscriptions?`) && response.request().method() === 'GET',
  )
  await page.goto(mine.portal)
  await page.locator('input[name=loginfmt]').fill(mine.person.userName)
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=passwd]').fill(mine.person.password)
  await page.locator('#idSIButton9').click()
  await page.locator('#idBtn_Back').click()
  expect(await (await listed).json()).toMatchObject({ value: [{ subscriptionId: mine.subscription }] })
})

test('a hundred clients in ten subscriptions don’t meet', async () => {
  test.setTimeout(180_000)
  const sandbox = await startSandbox({ people: 10 })
  try {
    const clouds = cloudsOf(sandbox.definition)
    const seen = await Promise.all(
      clouds.flatMap(cloud => Array.from({ length: 10 }, (_, index) => work(cloud, index))),
    )
    expect(seen).toHaveLength(100)
    for (const { subscription, ids } of seen) {
      expect(ids.length).toBeGreaterThan(0)
      expect(ids.filter(id => !id.startsWith(`/subscriptions/${subscription}/`))).toEqual([])
    }
    for (const cloud of [sandbox.definition, ...clouds]) {
      expect((await arm(cloud, 'GET', groups)).json()['value']).toEqual([])
      expect((await arm(cloud, 'GET', '/resources?api-version=2021-04-01')).json()['value']).toEqual([])
    }
    expect(sandbox.requests.length).toBeGreaterThan(1000)
    expect(sandbox.requests.filter(({ status }) => status === 0 || status === 429 || status >= 500)).toEqual([])
  } finally {
    await sandbox.stop()
  }
})

/** One client: makes a group and a vault, looks around, and deletes both. The same names are used in each subscription. */
async function work(definition: SandboxDefinition, index: number) {
  const { resources, vaults } = connect(definition)
  const group = `rg${index}`
  await resources.resourceGroups.createOrUpdate(group, { location: 'westus', tags: { of: definition.subscription } })
  const made = await vaults.vaults.beginCreateOrUpdateAndWait(group, 'v1', vault, quickly)
  const [all, own] = await Promise.all([
    collect(vaults.vaults.listBySubscriptionId()),
    collect(resources.resources.listByResourceGroup(group)),
  ])
  expect(own.map(({ id }) => id)).toEqual([made.id])
  expect((await resources.resourceGroups.get(group)).tags).toEqual({ of: definition.subscription })
  await vaults.vaults.beginDeleteAndWait(group, 'v1', quickly)
  await resources.resourceGroups.beginDeleteAndWait(group, quickly)
  return { subscription: definition.subscription, ids: all.map(({ id = '' }) => id) }
}
