import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Answer } from './az.ts'

test.describe.configure({ timeout: 120_000 })

/** What az printed, after it said that all went well. */
function done(answer: Answer): unknown {
  expect(answer.stderr.replace(/^WARNING: .*$/gm, '').trim()).toBe('')
  expect(answer.code).toBe(0)
  return answer.stdout.trim() === '' ? undefined : answer.json()
}

test('groups: made, shown, listed, changed, deleted, waited for', async ({ world: { az } }) => {
  const name = 'rg-of-groups'
  expect(done(await az('group', 'create', '-n', name, '-l', 'West US'))).toMatchObject({ name, location: 'westus' })
  expect(done(await az('group', 'show', '-n', name))).toMatchObject({ properties: { provisioningState: 'Succeeded' } })
  expect(done(await az('group', 'list', '--query', `[?name=='${name}'].name`))).toEqual([name])
  expect(done(await az('group', 'exists', '-n', name))).toBe(true)
  expect(done(await az('group', 'update', '-n', name, '--set', 'tags.team=docs'))).toMatchObject({
    tags: { team: 'docs' },
  })
  done(await az('group', 'delete', '-n', name, '-y'))
  done(await az('group', 'wait', '--deleted', '-n', name, '--interval', '1'))
  expect(done(await az('group', 'exists', '-n', name))).toBe(false)
  const gone = await az('group', 'show', '-n', name)
  expect(gone.code).toBe(3)
  expect(gone.stderr).toContain('(ResourceGroupNotFound)')
})

test('vaults: made, shown, listed, deleted', async ({ world: { az }, group }) => {
  expect(done(await az('backup', 'vault', 'create', '-g', group, '-n', 'v1', '-l', 'westus'))).toMatchObject({
    name: 'v1',
    properties: { provisioningState: 'Succeeded' },
  })
  expect(done(await az('backup', 'vault', 'show', '-g', group, '-n', 'v1'))).toMatchObject({ location: 'westus' })
  expect(done(await az('backup', 'vault', 'list', '-g', group, '--query', '[].name'))).toEqual(['v1'])
  done(await az('backup', 'vault', 'delete', '-g', group, '-n', 'v1', '-y'))
  expect(done(await az('backup', 'vault', 'list', '-g', group))).toEqual([])
})

test('backup: policies, the vault’s settings, an item from its protection to its deletion', async ({
  world: { az, sandbox },
  group,
}) => {
  const vault = ['-g', group, '-v', 'v1']
  done(await az('backup', 'vault', 'create', '-g', group, '-n', 'v1', '-l', 'westus'))
  expect(done(await az('backup', 'policy', 'list', ...vault, '--query', '[].name'))).toContain('DefaultPolicy')
  const properties = ['backup', 'vault', 'backup-properties']
  done(
    await az(
      ...properties,
      'set',
      '-g',
      group,
      '-n',
      'v1',
      '--backup-storage-redundancy',
      'LocallyRedundant',
      '--only-show-errors',
    ),
  )
  expect(
    done(await az(...properties, 'show', '-g', group, '-n', 'v1', '--query', '[].properties.storageType')),
  ).toEqual(['LocallyRedundant'])

  // az asks for the machine itself with a part of it that Debian left out.
  const { resourceManager, subscription } = sandbox.definition
  const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.RecoveryServices/vaults/v1`
  const name = 'iaasvmcontainerv2;other;vm1'
  const item = `${resourceManager}${id}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;${name}/protectedItems/vm;${name}?api-version=2023-06-01`
  const body = {
    properties: {
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      policyId: `${id}/backupPolicies/DefaultPolicy`,
      sourceResourceId: '',
      friendlyName: 'vm1',
      virtualMachineId: '',
    },
  }
  done(await az('rest', '--method', 'put', '--url', item, '--body', JSON.stringify(body)))
  const one = [...vault, '-c', 'vm1', '-i', 'vm1', '--backup-management-type', 'AzureIaasVM']
  expect(done(await az('backup', 'item', 'list', ...vault, '--query', '[].properties.friendlyName'))).toEqual(['vm1'])
  expect(done(await az('backup', 'protection', 'backup-now', ...one))).toMatchObject({
    properties: { operation: 'Backup', status: 'Completed' },
  })
  expect(done(await az('backup', 'recoverypoint', 'list', ...one, '--query', 'length(@)'))).toBe(1)
  const refused = await az('backup', 'vault', 'delete', '-g', group, '-n', 'v1', '-y')
  expect(refused.stderr).toContain('(ServiceResourceNotEmptyWithContainerDetails)')
  done(
    await az(
      ...properties,
      'set',
      '-g',
      group,
      '-n',
      'v1',
      '--soft-delete-feature-state',
      'Disable',
      '--only-show-errors',
    ),
  )
  done(await az('backup', 'protection', 'disable', ...one, '--delete-backup-data', 'true', '-y'))
  expect(done(await az('backup', 'job', 'list', ...vault, '--query', '[].properties.operation'))).toEqual([
    'DeleteBackupData',
    'Backup',
    'ConfigureBackup',
  ])
  done(await az('backup', 'vault', 'delete', '-g', group, '-n', 'v1', '-y'))
})

test('resources of any type: made, listed, shown, tagged, deleted', async ({ world: { az }, group }) => {
  const net = ['-g', group, '--resource-type', 'Microsoft.Network/virtualNetworks', '-n', 'net1']
  const properties = JSON.stringify({ addressSpace: { addressPrefixes: ['10.0.0.0/16'] } })
  expect(done(await az('resource', 'create', ...net, '-l', 'westus', '--properties', properties))).toMatchObject({
    properties: { provisioningState: 'Succeeded' },
  })
  expect(done(await az('resource', 'list', '-g', group, '--query', '[].type'))).toEqual([
    'Microsoft.Network/virtualNetworks',
  ])
  expect(done(await az('resource', 'show', ...net))).toMatchObject({ name: 'net1' })
  expect(done(await az('resource', 'tag', ...net, '--tags', 'a=1'))).toMatchObject({ tags: { a: '1' } })
  done(await az('resource', 'delete', ...net))
  const gone = await az('resource', 'show', ...net)
  expect([gone.code, gone.stderr]).toEqual([3, expect.stringContaining('(ResourceNotFound)')])
  const plan = ['-g', group, '--resource-type', 'Microsoft.Web/serverfarms', '-n', 'plan1']
  expect(done(await az('resource', 'create', ...plan, '-l', 'westus', '--properties', '{}'))).toMatchObject({
    name: 'plan1',
  })
})

test('storage accounts and disks: made, shown, deleted', async ({ world: { az }, group }) => {
  const store = ['-g', group, '-n', 'azstore1']
  expect(
    done(await az('storage', 'account', 'create', ...store, '-l', 'westus', '--sku', 'Standard_LRS')),
  ).toMatchObject({
    name: 'azstore1',
    kind: 'StorageV2',
  })
  expect(done(await az('storage', 'account', 'show', ...store))).toMatchObject({ primaryLocation: 'westus' })
  expect(done(await az('storage', 'account', 'keys', 'list', ...store, '--query', '[].keyName'))).toEqual([
    'key1',
    'key2',
  ])
  expect(done(await az('storage', 'account', 'check-name', '-n', 'azstore1'))).toMatchObject({ nameAvailable: false })
  done(await az('storage', 'account', 'delete', ...store, '-y'))
  const disk = ['-g', group, '-n', 'disk1']
  expect(done(await az('disk', 'create', ...disk, '-l', 'westus', '--size-gb', '8'))).toMatchObject({ diskSizeGb: 8 })
  expect(done(await az('disk', 'list', '-g', group, '--query', '[].name'))).toEqual(['disk1'])
  done(await az('disk', 'delete', ...disk, '-y'))
})

test('locks keep a group, until they go', async ({ world: { az }, group }) => {
  done(await az('lock', 'create', '-n', 'keep', '-g', group, '--lock-type', 'CanNotDelete'))
  expect(done(await az('lock', 'list', '-g', group, '--query', '[].level'))).toEqual(['CanNotDelete'])
  const kept = await az('group', 'delete', '-n', group, '-y')
  expect(kept.code).not.toBe(0)
  expect(kept.stderr).toContain('(ScopeLocked)')
  done(await az('lock', 'delete', '-n', 'keep', '-g', group))
  done(await az('group', 'delete', '-n', group, '-y'))
})

test('deployments: validated, made, shown', async ({ world: { az, folder }, group }) => {
  const template = join(folder, 'template.json')
  const network = {
    type: 'Microsoft.Network/virtualNetworks',
    apiVersion: '2023-09-01',
    name: "[parameters('name')]",
    location: '[resourceGroup().location]',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
  }
  const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
  writeFileSync(
    template,
    JSON.stringify({
      $schema: schema,
      contentVersion: '1.0.0.0',
      parameters: { name: { type: 'string' } },
      resources: [network],
      outputs: {
        id: { type: 'string', value: "[resourceId('Microsoft.Network/virtualNetworks', parameters('name'))]" },
      },
    }),
  )
  const common = ['-g', group, '-f', template, '-p', 'name=net1']
  done(await az('deployment', 'group', 'validate', ...common))
  const made = done(await az('deployment', 'group', 'create', '-n', 'd1', ...common))
  expect(made).toMatchObject({
    properties: {
      provisioningState: 'Succeeded',
      outputs: { id: { value: expect.stringMatching(/virtualNetworks\/net1$/) as unknown } },
    },
  })
  expect(done(await az('deployment', 'group', 'show', '-g', group, '-n', 'd1', '--query', 'name'))).toBe('d1')
  expect(
    done(await az('deployment', 'operation', 'group', 'list', '-g', group, '-n', 'd1', '--query', 'length(@)')),
  ).toBeGreaterThan(0)
})

test('the account, its locations, providers, tags and any request', async ({ world: { az, sandbox }, group }) => {
  const { definition } = sandbox
  expect(done(await az('account', 'show'))).toMatchObject({ id: definition.subscription, tenantId: definition.tenant })
  expect(done(await az('account', 'list-locations', '--query', "[?name=='westus'].displayName"))).toEqual(['West US'])
  expect(done(await az('account', 'get-access-token'))).toMatchObject({ tokenType: 'Bearer' })
  expect(done(await az('provider', 'show', '-n', 'Microsoft.Storage'))).toMatchObject({
    registrationState: 'Registered',
  })
  expect(done(await az('provider', 'list', '--query', "[?namespace=='Microsoft.Network'].registrationState"))).toEqual([
    'Registered',
  ])
  done(await az('group', 'update', '-n', group, '--set', 'tags.purpose=test'))
  expect(done(await az('tag', 'list', '--query', "[?tagName=='purpose'].tagName"))).toEqual(['purpose'])
  const url = `${definition.resourceManager}/subscriptions/${definition.subscription}?api-version=2022-12-01`
  expect(done(await az('rest', '--method', 'get', '--url', url))).toMatchObject({ state: 'Enabled' })
})

test('names and values of tags: made, listed, refused, deleted', async ({ world: { az }, group }) => {
  expect(done(await az('tag', 'create', '-n', 'az-team'))).toMatchObject({ tagName: 'az-team' })
  expect(done(await az('tag', 'add-value', '-n', 'az-team', '--value', 'docs'))).toMatchObject({ tagValue: 'docs' })
  done(await az('group', 'update', '-n', group, '--set', 'tags.az-team=ops'))
  expect(done(await az('tag', 'list', '--query', "[?tagName=='az-team'].values[].tagValue"))).toEqual(['ops', 'docs'])
  const used = await az('tag', 'delete', '-n', 'az-team', '-y')
  expect([used.code, used.stderr]).toEqual([1, expect.stringContaining('(TagNameInUse)')])
  done(await az('tag', 'remove-value', '-n', 'az-team', '--value', 'docs'))
  done(await az('group', 'update', '-n', group, '--tags', ''))
  done(await az('tag', 'delete', '-n', 'az-team', '-y'))
  expect(done(await az('tag', 'list', '--query', "[?tagName=='az-team']"))).toEqual([])
})

test('rest: whatever it is told, with its body and its errors', async ({ world: { az, sandbox }, group }) => {
  const { resourceManager, subscription } = sandbox.definition
  const url = (name: string) =>
    `${resourceManager}/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/${name}?api-version=2023-09-01`
  const body = JSON.stringify({
    location: 'westus',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
  })
  expect(done(await az('rest', '--method', 'put', '--url', url('net1'), '--body', body))).toMatchObject({
    name: 'net1',
  })
  expect(done(await az('rest', '--method', 'get', '--url', url('net1')))).toMatchObject({ location: 'westus' })
  done(await az('rest', '--method', 'delete', '--url', url('net1')))
  const gone = await az('rest', '--method', 'get', '--url', url('none'))
  expect(gone.code).not.toBe(0)
  expect(gone.stderr).toContain('ResourceNotFound')
})

test('locks on a resource: made, shown, listed, deleted', async ({ world: { az }, group }) => {
  done(await az('backup', 'vault', 'create', '-g', group, '-n', 'v1', '-l', 'westus'))
  const vault = ['-g', group, '--resource-type', 'Microsoft.RecoveryServices/vaults', '--resource-name', 'v1']
  done(await az('lock', 'create', '-n', 'keep', ...vault, '--lock-type', 'CanNotDelete', '--notes', 'why'))
  expect(done(await az('lock', 'show', '-n', 'keep', ...vault))).toMatchObject({ level: 'CanNotDelete', notes: 'why' })
  expect(done(await az('lock', 'list', ...vault, '--query', '[].name'))).toEqual(['keep'])
  expect((await az('backup', 'vault', 'delete', '-g', group, '-n', 'v1', '-y')).stderr).toContain('(ScopeLocked)')
  done(await az('lock', 'delete', '-n', 'keep', ...vault))
  expect(done(await az('lock', 'list', ...vault))).toEqual([])
})

test('deployments with loops and parts: listed, refused, made complete, deleted', async ({
  world: { az, folder },
  group,
}) => {
  const template = join(folder, 'parts.json')
  const network = {
    type: 'Microsoft.Network/virtualNetworks',
    apiVersion: '2023-09-01',
    name: "[format('net{0}', copyIndex(1))]",
    copy: { name: 'nets', count: "[parameters('count')]" },
    location: '[resourceGroup().location]',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
  }
  const inner = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name: 'inner',
    dependsOn: ['nets'],
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: { id: { value: "[reference('net1').resourceGuid]" } },
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: { id: { type: 'string' } },
        resources: [],
        outputs: { length: { type: 'int', value: "[length(parameters('id'))]" } },
      },
    },
  }
  writeFileSync(
    template,
    JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: { count: { type: 'int', maxValue: 3 } },
      resources: [network, inner],
      outputs: { length: { type: 'int', value: "[reference('inner').outputs.length.value]" } },
    }),
  )
  const common = ['-g', group, '-f', template, '-n', 'd1']
  const refused = await az('deployment', 'group', 'validate', ...common, '-p', 'count=4')
  expect(refused.code).not.toBe(0)
  expect(refused.stderr).toContain('InvalidTemplate')
  expect(done(await az('deployment', 'group', 'create', ...common, '-p', 'count=2'))).toMatchObject({
    properties: { outputs: { length: { value: 36 } }, provisioningState: 'Succeeded' },
  })
  const list = done(await az('deployment', 'group', 'list', '-g', group, '--query', '[].name')) as string[]
  expect(list.sort()).toEqual(['d1', 'inner'])
  expect(done(await az('deployment', 'group', 'export', '-g', group, '-n', 'd1'))).toMatchObject({
    parameters: { count: { type: 'int' } },
  })
  done(await az('deployment', 'group', 'create', ...common, '-p', 'count=1', '--mode', 'Complete'))
  expect(done(await az('resource', 'list', '-g', group, '--query', '[].name'))).toEqual(['net1'])
  done(await az('deployment', 'group', 'delete', '-g', group, '-n', 'd1'))
  expect(done(await az('deployment', 'group', 'list', '-g', group, '--query', '[].name'))).toEqual(['inner'])
})
