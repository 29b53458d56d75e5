import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'
import { arm } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const network = 'Microsoft.Network'
const vaults = 'Microsoft.RecoveryServices/vaults'
const networkVersion = '2024-05-01'
const vaultVersion = '2024-04-01'
const space = { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } }
const net = { type: `${network}/virtualNetworks`, apiVersion: networkVersion, name: 'net1', location: 'westus' }
const sku = { name: 'RS0', tier: 'Standard' }
const vault = { type: vaults, apiVersion: vaultVersion, name: 'v1', location: 'westus', sku, properties: {} }
const lock = { type: 'Microsoft.Authorization/locks', apiVersion: '2020-05-01', properties: { level: 'CanNotDelete' } }
const address = (name: string) => `/resourcegroups/rg1/providers/Microsoft.Resources/deployments/${name}`

test.beforeEach(async ({ clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
})

/** Deploys, waits for the end, and says what became of each resource. */
async function deploy(definition: SandboxDefinition, resources: object[]) {
  const path = `${address('d1')}?api-version=2021-04-01`
  const body = { properties: { mode: 'Incremental', template: { contentVersion: '1.0.0.0', resources } } }
  const answer = await arm(definition, 'PUT', path, { body })
  if (answer.status >= 400) return { refused: answer.json(), states: [] }
  await expect
    .poll(async () => (await arm(definition, 'GET', path)).json())
    .toMatchObject({ properties: { provisioningState: expect.stringMatching(/Succeeded|Failed/) as unknown } })
  const { value } = (await arm(definition, 'GET', `${address('d1')}/operations?api-version=2021-04-01`)).json()
  const steps = value as { properties: { targetResource?: { resourceType: string }; provisioningState: string } }[]
  return {
    refused: undefined,
    states: steps.flatMap(({ properties: { targetResource, provisioningState } }) =>
      targetResource ? [`${targetResource.resourceType} ${provisioningState}`] : [],
    ),
  }
}

const get = async (definition: SandboxDefinition, path: string, version: string) =>
  arm(definition, 'GET', `/resourcegroups/rg1/providers/${path}?api-version=${version}`)

test('deploys subnets and rules as resources of their own', async ({ sandbox: { definition } }) => {
  const group = { ...net, type: `${network}/networkSecurityGroups`, name: 'nsg1', properties: {} }
  const { states } = await deploy(definition, [
    { ...net, properties: space },
    {
      ...net,
      type: `${network}/virtualNetworks/subnets`,
      name: 'net1/one',
      dependsOn: ['net1'],
      properties: { addressPrefix: '10.0.1.0/24' },
    },
    {
      ...group,
      resources: [
        {
          type: 'securityRules',
          apiVersion: networkVersion,
          name: 'https',
          dependsOn: ['nsg1'],
          properties: { priority: 100, direction: 'Inbound', access: 'Allow', protocol: 'Tcp' },
        },
      ],
    },
  ])
  expect(states.toSorted()).toEqual([
    'Microsoft.Network/networkSecurityGroups Succeeded',
    'Microsoft.Network/networkSecurityGroups/securityRules Succeeded',
    'Microsoft.Network/virtualNetworks Succeeded',
    'Microsoft.Network/virtualNetworks/subnets Succeeded',
  ])
  const subnet = await get(definition, `${network}/virtualNetworks/net1/subnets/one`, networkVersion)
  expect(subnet.json()).toMatchObject({ properties: { addressPrefix: '10.0.1.0/24' } })
  const rule = await get(definition, `${network}/networkSecurityGroups/nsg1/securityRules/https`, networkVersion)
  expect(rule.json()).toMatchObject({ properties: { priority: 100 } })
})

test('tells why a part could not be deployed', async ({ sandbox: { definition } }) => {
  const { states } = await deploy(definition, [
    { ...net, properties: space },
    {
      ...net,
      type: `${network}/virtualNetworks/subnets`,
      name: 'net1/one',
      dependsOn: ['net1'],
      properties: { addressPrefix: '192.168.0.0/24' },
    },
  ])
  expect(states).toContain('Microsoft.Network/virtualNetworks/subnets Failed')
  const failed = await arm(definition, 'GET', `${address('d1')}?api-version=2021-04-01`)
  expect(failed.json()).toMatchObject({ properties: { error: { details: [{ code: 'NetcfgInvalidSubnet' }] } } })
})

test('deploys a policy and the protection of a machine, and waits for its job', async ({ sandbox: { definition } }) => {
  const disk = { osType: 'Linux', creationData: { createOption: 'Empty' }, diskSizeGB: 4 }
  const machine = 'IaasVMContainer;iaasvmcontainerv2;rg1;vm1/VM;iaasvmcontainerv2;rg1;vm1'
  const policy = {
    backupManagementType: 'AzureIaasVM',
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicy',
      scheduleRunFrequency: 'Daily',
      scheduleRunTimes: ['2026-01-01T01:00:00Z'],
    },
    retentionPolicy: {
      retentionPolicyType: 'LongTermRetentionPolicy',
      dailySchedule: {
        retentionTimes: ['2026-01-01T01:00:00Z'],
        retentionDuration: { count: 14, durationType: 'Days' },
      },
    },
  }
  const { states, refused } = await deploy(definition, [
    vault,
    {
      type: 'Microsoft.Compute/disks',
      apiVersion: '2024-03-02',
      name: 'disk1',
      location: 'westus',
      sku: { name: 'Premium_LRS' },
      properties: disk,
    },
    {
      type: `${vaults}/backupPolicies`,
      apiVersion: vaultVersion,
      name: 'v1/Fortnight',
      dependsOn: ['v1'],
      properties: policy,
    },
    {
      type: `${vaults}/backupFabrics/protectionContainers/protectedItems`,
      apiVersion: vaultVersion,
      name: `v1/Azure/${machine}`,
      dependsOn: [`[resourceId('${vaults}/backupPolicies', 'v1', 'Fortnight')]`],
      properties: {
        protectedItemType: 'Microsoft.Compute/virtualMachines',
        policyId: `[resourceId('${vaults}/backupPolicies', 'v1', 'Fortnight')]`,
      },
    },
  ])
  expect(refused).toBeUndefined()
  expect(states.filter(state => !state.endsWith(' Succeeded'))).toEqual([])
  const jobs = await get(definition, `${vaults}/v1/backupJobs`, vaultVersion)
  expect(jobs.json()).toMatchObject({ value: [{ properties: { operation: 'ConfigureBackup', status: 'Completed' } }] })
})

test('locks what a template says, in each of its three ways', async ({ sandbox: { definition } }) => {
  const { states } = await deploy(definition, [
    vault,
    { ...lock, name: 'group' },
    { ...lock, name: 'scoped', scope: `[resourceId('${vaults}', 'v1')]`, dependsOn: ['v1'] },
    { ...lock, name: 'bicep', scope: `[format('${vaults}/{0}', 'v1')]`, dependsOn: ['v1'] },
    { ...lock, type: `${vaults}/providers/locks`, name: 'v1/Microsoft.Authorization/inside', dependsOn: ['v1'] },
  ])
  expect(states.filter(state => state.endsWith(' Succeeded'))).toHaveLength(5)
  const listed = await arm(
    definition,
    'GET',
    '/resourcegroups/rg1/providers/Microsoft.Authorization/locks?api-version=2020-05-01',
  )
  const ids = (listed.json().value as { id: string }[]).map(({ id }) => id.replace(/.*(?=rg1)/, ''))
  const inVault = `rg1/providers/${vaults}/v1/providers/Microsoft.Authorization/locks`
  expect(ids.toSorted()).toEqual([
    'rg1/providers/Microsoft.Authorization/locks/group',
    `${inVault}/bicep`,
    `${inVault}/inside`,
    `${inVault}/scoped`,
  ])
})

test('lets nobody lock through a template who may not lock', async ({ sandbox: { definition, programs } }) => {
  const contributor = { ...definition, credential: { ...definition.credential, ...programs.contributor } }
  const { refused } = await deploy(contributor, [{ ...lock, name: 'mine' }])
  expect(refused).toMatchObject({
    error: { code: 'InvalidTemplateDeployment', details: [{ code: 'AuthorizationFailed' }] },
  })
})

test('deploys other types of namespaces that it knows', async ({ sandbox: { definition } }) => {
  const { states } = await deploy(definition, [{ ...net, type: `${network}/neverHeard`, name: 'one', properties: {} }])
  expect(states).toEqual(['Microsoft.Network/neverHeard Succeeded'])
  expect((await get(definition, `${network}/neverHeard/one`, networkVersion)).status).toBe(200)
  const { refused } = await deploy(definition, [{ ...net, type: 'Microsoft.Nowhere/things', name: 'one' }])
  expect(refused).toMatchObject({ error: { details: [{ code: 'InvalidResourceNamespace' }] } })
})

test('locks nothing that is not there', async ({ sandbox: { definition } }) => {
  const locks = 'providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01'
  const body = { properties: { level: 'CanNotDelete' } }
  const put = async (scope: string) => {
    const answer = await arm(definition, 'PUT', `${scope}/${locks}`, { body })
    const { error } = answer.json() as { error?: { code: string } }
    return [answer.status, error?.code]
  }
  const network1 = '/resourcegroups/rg1/providers/Microsoft.Network/virtualNetworks/net1'
  expect(await put(network1)).toEqual([404, 'ResourceNotFound'])
  expect(await put('/resourcegroups/none')).toEqual([404, 'ResourceGroupNotFound'])
  await arm(definition, 'PUT', `${network1}?api-version=${networkVersion}`, {
    body: { location: 'westus', properties: space },
  })
  expect(await put(network1)).toEqual([201, undefined])
  expect(await put(`${network1}/subnets/none`)).toEqual([404, 'ResourceNotFound'])
  expect(await put('')).toEqual([201, undefined])
})
