import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'
import { arm, collect, failureOf, quickly } from './clients.ts'
import type { connect } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const type = 'Microsoft.RecoveryServices/vaults'
const apiVersion = '2024-04-01'
const sku = { name: 'RS0', tier: 'Standard' }
const one = { type, apiVersion, name: 'v1', location: 'westus', sku, properties: {} }

interface Step {
  properties: {
    provisioningOperation: string
    provisioningState: string
    statusCode: string
    targetResource: { resourceName: string }
  }
}

function template(resources: object[], more: object = {}, parameters: Record<string, { value: string }> = {}) {
  return { mode: 'Incremental', template: { contentVersion: '1.0.0.0', resources, ...more }, parameters }
}

/** The generic client: the deployments client is another package. */
function deploy(clients: ReturnType<typeof connect>, properties: Record<string, unknown>) {
  return clients.resources.resources.beginCreateOrUpdate(
    'rg1',
    'Microsoft.Resources',
    '',
    'deployments',
    'd1',
    '2021-04-01',
    { properties },
    quickly,
  )
}

async function deployment(definition: SandboxDefinition, method = 'GET', rest = '', body?: unknown) {
  const path = `/resourcegroups/rg1/providers/Microsoft.Resources/deployments/d1${rest}?api-version=2021-04-01`
  const answer = await arm(definition, method, path, { body })
  return { status: answer.status, body: answer.text ? answer.json() : {} }
}

async function stepsOf(definition: SandboxDefinition) {
  const path = '/resourcegroups/rg1/deployments/d1/operations?api-version=2021-04-01'
  const { value } = (await arm(definition, 'GET', path)).json()
  return (value as Step[]).map(({ properties }) => properties)
}

// Slow enough to be looked at while it runs, also on a busy machine.
test.use({ speed: 10 })

test.beforeEach(async ({ clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
})

test('deploys a template, dependencies first, and tells the steps', async ({ sandbox: { definition }, clients }) => {
  const second = { ...one, name: 'second', dependsOn: ["[resourceId('Microsoft.RecoveryServices/vaults', 'first')]"] }
  const first = { ...one, name: "[parameters('vaultName')]", location: '[resourceGroup().location]' }
  const id = "[resourceId('Microsoft.RecoveryServices/vaults', parameters('vaultName'))]"
  const more = { parameters: { vaultName: { type: 'String' } }, outputs: { id: { type: 'String', value: id } } }
  const poller = await deploy(clients, template([second, first], more, { vaultName: { value: 'first' } }))
  const done = await poller.pollUntilDone()
  expect(done.properties).toMatchObject({
    provisioningState: 'Succeeded',
    outputs: { id: { value: expect.stringMatching(/vaults\/first$/) as unknown } },
    parameters: { vaultName: { value: 'first' } },
    outputResources: [{}, {}],
  })
  const vault = await clients.vaults.vaults.get('rg1', 'first')
  expect(vault).toMatchObject({ location: 'westus', properties: { provisioningState: 'Succeeded' } })
  const made = (await stepsOf(definition)).filter(step => step.provisioningOperation === 'Create')
  expect(made.map(({ targetResource, statusCode }) => [targetResource.resourceName, statusCode])).toEqual([
    ['first', 'Created'],
    ['second', 'Created'],
  ])
})

test('is accepted before it runs, and active until it ends', async ({ sandbox: { definition }, clients }) => {
  const poller = await deploy(clients, template([one]))
  const { body } = await deployment(definition)
  expect(body).toMatchObject({
    properties: { provisioningState: expect.stringMatching(/^(Accepted|Running)$/) as unknown },
  })
  expect(await failureOf(deploy(clients, template([one])))).toMatchObject({ status: 409, code: 'DeploymentActive' })
  await poller.pollUntilDone()
  const list = await arm(
    definition,
    'GET',
    '/resourcegroups/rg1/providers/Microsoft.Resources/deployments?api-version=2021-04-01',
  )
  expect(list.json()).toMatchObject({ value: [{ name: 'd1' }] })
})

test('fails with what the provider said, and makes nothing that depends on what failed', async ({
  sandbox: { definition },
  clients,
}) => {
  await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', { location: 'westus', sku }, quickly)
  const elsewhere = { ...one, location: 'eastus' }
  const poller = await deploy(clients, template([elsewhere, { ...elsewhere, name: 'v2', dependsOn: ['v1'] }]))
  expect((await failureOf(poller.pollUntilDone()))?.message).toContain('DeploymentFailed')
  expect((await deployment(definition)).body).toMatchObject({
    properties: {
      provisioningState: 'Failed',
      error: { code: 'DeploymentFailed', details: [{ code: 'InvalidResourceLocation' }] },
    },
  })
  const steps = await stepsOf(definition)
  expect(steps.map(step => [step.provisioningState, step.statusCode])).toEqual([['Failed', 'Conflict']])
  expect(await failureOf(clients.vaults.vaults.get('rg1', 'v2'))).toMatchObject({ code: 'ResourceNotFound' })
})

test('validates without making anything', async ({ sandbox: { definition }, clients }) => {
  const good = await deployment(definition, 'POST', '/validate', { properties: template([one]) })
  expect(good).toMatchObject({ status: 200, body: { properties: { provisioningState: 'Succeeded' } } })
  expect(await collect(clients.vaults.vaults.listByResourceGroup('rg1'))).toEqual([])
  const bad = await deployment(definition, 'POST', '/validate', {
    properties: template([{ ...one, location: 'moon' }]),
  })
  expect(bad).toMatchObject({
    status: 400,
    body: { error: { code: 'InvalidTemplateDeployment', details: [{ code: 'LocationNotAvailableForResourceType' }] } },
  })
})

for (const { title, resources } of [
  { title: 'an unknown parameter', resources: [{ ...one, name: "[parameters('x')]" }] },
  { title: 'an unknown function', resources: [{ ...one, name: '[magic()]' }] },
  {
    title: 'a broken expression',
    resources: [
      { ...one, name: "[concat('a'" },
      { ...one, name: "[concat('a'']" },
    ],
  },
  { title: 'a dependency on nothing', resources: [{ ...one, dependsOn: ['b'] }] },
  {
    title: 'a circle',
    resources: [
      { ...one, name: 'a', dependsOn: ['b'] },
      { ...one, name: 'b', dependsOn: ['a'] },
    ],
  },
]) {
  test(`refuses a template with ${title}`, async ({ clients }) => {
    expect(await failureOf(deploy(clients, template(resources)))).toMatchObject({
      status: 400,
      code: 'InvalidTemplate',
    })
  })
}

test('can be cancelled while it runs', async ({ sandbox: { definition }, clients }) => {
  const poller = await deploy(clients, template([one]))
  expect((await deployment(definition, 'POST', '/cancel')).status).toBe(204)
  expect(await failureOf(poller.pollUntilDone())).toBeDefined()
  expect((await deployment(definition)).body).toMatchObject({ properties: { provisioningState: 'Canceled' } })
  expect((await deployment(definition, 'POST', '/cancel')).status).toBe(409)
})

test('goes with its group', async ({ sandbox: { definition }, clients }) => {
  await (await deploy(clients, template([one]))).pollUntilDone()
  await clients.resources.resourceGroups.beginDeleteAndWait('rg1', quickly)
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  expect(await deployment(definition)).toMatchObject({ status: 404, body: { error: { code: 'DeploymentNotFound' } } })
})

test('in mode Complete, takes away what the template does not declare', async ({
  sandbox: { definition },
  clients,
}) => {
  const network = (name: string) => ({
    type: 'Microsoft.Network/virtualNetworks',
    apiVersion: '2024-05-01',
    name,
    location: 'westus',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
  })
  await (await deploy(clients, template([one, network('n1'), network('n2')]))).pollUntilDone()
  const complete = { ...template([one]), mode: 'Complete' }
  const lock = `/resourcegroups/rg1/providers/Microsoft.Network/virtualNetworks/n1/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`
  await arm(definition, 'PUT', lock, { body: { properties: { level: 'CanNotDelete' } } })

  expect(await failureOf((await deploy(clients, complete)).pollUntilDone())).toBeDefined()
  expect((await deployment(definition)).body).toMatchObject({
    properties: { error: { code: 'DeploymentFailed', details: [{ code: 'ScopeLocked' }] } },
  })
  const names = async () => (await collect(clients.resources.resources.listByResourceGroup('rg1'))).map(r => r.name)
  expect((await names()).toSorted()).toEqual(['n1', 'v1'])

  await arm(definition, 'DELETE', lock)
  await (await deploy(clients, complete)).pollUntilDone()
  expect(await names()).toEqual(['v1'])
  const steps = await stepsOf(definition)
  expect(steps.map(step => [step.provisioningOperation, step.provisioningState])).toEqual([
    ['EvaluateDeploymentOutput', 'Succeeded'],
    ['Create', 'Succeeded'],
    ['Delete', 'Succeeded'],
  ])
  const policies = `/resourcegroups/rg1/providers/Microsoft.RecoveryServices/vaults/v1/backupPolicies?api-version=2024-04-01`
  expect((await arm(definition, 'GET', policies)).json().value).not.toEqual([])
})

test('refuses a mode that there is not', async ({ clients }) => {
  expect(await failureOf(deploy(clients, { ...template([one]), mode: 'Half' }))).toMatchObject({
    status: 400,
    code: 'InvalidRequestContent',
  })
})

test('does not write to what a lock keeps as it is', async ({ sandbox: { definition }, clients }) => {
  await (await deploy(clients, template([one]))).pollUntilDone()
  const lock = `/resourcegroups/rg1/providers/${type}/v1/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`
  await arm(definition, 'PUT', lock, { body: { properties: { level: 'ReadOnly' } } })
  expect(await failureOf((await deploy(clients, template([one]))).pollUntilDone())).toBeDefined()
  expect((await deployment(definition)).body).toMatchObject({
    properties: { error: { details: [{ code: 'ScopeLocked' }] } },
  })
})
