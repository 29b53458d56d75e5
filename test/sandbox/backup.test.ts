import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup'
import { collect, connect, failureOf, quickly } from './clients.ts'
import { expect, test as base } from './sandbox-fixture.ts'

const test = base.extend<{ backup: RecoveryServicesBackupClient }>({
  backup: async ({ sandbox: { definition }, clients }, use) => {
    const { credential, options } = connect(definition)
    await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
    await clients.vaults.vaults.beginCreateOrUpdateAndWait(
      'rg1',
      'v1',
      { location: 'westus', sku: { name: 'RS0', tier: 'Standard' } },
      quickly,
    )
    await use(new RecoveryServicesBackupClient(credential, definition.subscription, options))
  },
})

const daily = {
  backupManagementType: 'AzureIaasVM' as const,
  policyType: 'V1' as const,
  schedulePolicy: {
    schedulePolicyType: 'SimpleSchedulePolicy' as const,
    scheduleRunFrequency: 'Daily' as const,
    scheduleRunTimes: [new Date('2026-01-01T01:00:00Z')],
  },
  retentionPolicy: {
    retentionPolicyType: 'LongTermRetentionPolicy' as const,
    dailySchedule: {
      retentionTimes: [new Date('2026-01-01T01:00:00Z')],
      retentionDuration: { count: 14, durationType: 'Days' as const },
    },
  },
}

test('a new vault has three policies; others are made, shown and deleted', async ({ backup }) => {
  const { backupPolicies, protectionPolicies } = backup
  const names = async (filter?: string) =>
    (await collect(backupPolicies.list('v1', 'rg1', filter === undefined ? {} : { filter }))).map(({ name }) => name)
  expect(await names()).toEqual(['DefaultPolicy', 'EnhancedPolicy', 'HourlyLogBackup'])
  expect(await names("backupManagementType eq 'AzureIaasVM'")).toEqual(['DefaultPolicy', 'EnhancedPolicy'])
  const made = await protectionPolicies.createOrUpdate('v1', 'rg1', 'Fortnight', { properties: daily })
  expect(made).toMatchObject({ name: 'Fortnight', properties: { policyType: 'V1', timeZone: 'UTC' } })
  expect(await protectionPolicies.get('v1', 'rg1', 'fortnight')).toMatchObject({ name: 'Fortnight' })
  await protectionPolicies.beginDeleteAndWait('v1', 'rg1', 'Fortnight', quickly)
  expect(await names()).not.toContain('Fortnight')
})

test('refuses policies that no vault takes', async ({ backup }) => {
  const make = (name: string, properties: object) =>
    failureOf(backup.protectionPolicies.createOrUpdate('v1', 'rg1', name, { properties: { ...daily, ...properties } }))
  const hourly = { schedulePolicyType: 'SimpleSchedulePolicy', scheduleRunFrequency: 'Hourly' }
  for (const attempt of [
    make('1st', {}),
    make('Hourly', { schedulePolicy: hourly }),
    make('Instant', { instantRpRetentionRangeInDays: 6 }),
    make('Nothing', { schedulePolicy: undefined }),
  ])
    expect(await attempt).toMatchObject({ status: 400, code: 'BMSUserErrorInvalidPolicyInput' })
  expect(await make('Instant', { policyType: 'V2', instantRpRetentionRangeInDays: 6 })).toBeUndefined()
})

test('an item needs its policy, is softly deleted, comes back, and keeps its vault', async ({
  backup,
  clients,
  sandbox: { definition },
}) => {
  const vault = `/subscriptions/${definition.subscription}/resourceGroups/rg1/providers/Microsoft.RecoveryServices/vaults/v1`
  const place = ['v1', 'rg1', 'Azure', 'iaasvmcontainer;a', 'vm;a'] as const
  const item = (policy: string, more = {}) => ({
    properties: {
      protectedItemType: 'Microsoft.Compute/virtualMachines' as const,
      policyId: `${vault}/backupPolicies/${policy}`,
      ...more,
    },
  })
  expect(await failureOf(backup.protectedItems.createOrUpdate(...place, item('Nowhere')))).toMatchObject({
    code: 'BMSUserErrorPolicyNotFound',
  })
  const machine = `/subscriptions/${definition.subscription}/resourceGroups/rg1/providers/Microsoft.Compute/virtualMachines/no`
  expect(
    await failureOf(
      backup.protectedItems.createOrUpdate(...place, item('DefaultPolicy', { sourceResourceId: machine })),
    ),
  ).toMatchObject({ code: 'BMSUserErrorVMNotFound' })
  await backup.protectedItems.createOrUpdate(...place, item('DefaultPolicy'))
  expect(await backup.protectedItems.get(...place)).toMatchObject({
    properties: { isScheduledForDeferredDelete: false },
  })
  expect(
    await failureOf(backup.protectionPolicies.beginDeleteAndWait('v1', 'rg1', 'DefaultPolicy', quickly)),
  ).toMatchObject({
    code: 'BMSUserErrorPolicyInUse',
  })
  await backup.protectedItems.delete(...place)
  expect(await backup.protectedItems.get(...place)).toMatchObject({
    properties: { isScheduledForDeferredDelete: true },
  })
  expect(await failureOf(clients.vaults.vaults.beginDeleteAndWait('rg1', 'v1', quickly))).toMatchObject({
    code: 'ServiceResourceNotEmptyWithBackendMessage',
  })
  await backup.protectedItems.createOrUpdate(...place, item('DefaultPolicy', { isRehydrate: true }))
  expect(await backup.protectedItems.get(...place)).toMatchObject({
    properties: { isScheduledForDeferredDelete: false },
  })
})

test('jobs tell what a vault does; a backup leaves a recovery point, and stopped items resume', async ({
  backup,
  sandbox,
}) => {
  const { definition } = sandbox
  const vault = `/subscriptions/${definition.subscription}/resourceGroups/rg1/providers/Microsoft.RecoveryServices/vaults/v1`
  const place = ['v1', 'rg1', 'Azure', 'iaasvmcontainer;a', 'vm;a'] as const
  const policyId = `${vault}/backupPolicies/DefaultPolicy`
  const item = { properties: { protectedItemType: 'Microsoft.Compute/virtualMachines' as const, policyId } }
  const stateOf = async () => (await backup.protectedItems.get(...place)).properties as { protectionState?: string }
  const jobs = async (filter: string) =>
    (await collect(backup.backupJobs.list('v1', 'rg1', { filter }))).map(({ properties }) => properties?.operation)

  let address = ''
  await backup.protectedItems.createOrUpdate(...place, item, {
    onResponse: ({ status, headers }) => (address = `${status} ${headers.get('azure-asyncoperation') ?? ''}`),
  })
  expect(address).toMatch(/^202 .*\/protectedItems\/vm;a\/operationsStatus\//)
  const operation = new URL(address.slice(4)).pathname.split('/').at(-1) ?? ''
  const ended = async () => (await backup.backupOperationStatuses.get('v1', 'rg1', operation)).status
  await expect.poll(ended).toBe('Succeeded')
  const { properties: told } = await backup.backupOperationStatuses.get('v1', 'rg1', operation)
  expect(await backup.jobDetails.get('v1', 'rg1', String((told as { jobId?: string }).jobId))).toMatchObject({
    properties: { operation: 'ConfigureBackup', status: 'Completed', entityFriendlyName: 'a' },
  })
  expect((await backup.protectionPolicies.get('v1', 'rg1', 'DefaultPolicy')).properties).toMatchObject({
    protectedItemsCount: 1,
  })

  await backup.backups.trigger(...place, { properties: { objectType: 'IaasVMBackupRequest' } })
  expect(await jobs("status eq 'InProgress' and operation eq 'Backup'")).toEqual(['Backup'])
  await expect.poll(() => jobs("status eq 'Completed' and operation eq 'Backup'")).toEqual(['Backup'])
  const [point] = await collect(backup.recoveryPoints.list(...place))
  expect(await backup.recoveryPoints.get(...place, String(point?.name))).toMatchObject({ name: point?.name })
  expect(await stateOf()).toMatchObject({ protectionState: 'Protected', lastBackupStatus: 'Completed' })

  const stop = { ...item.properties, policyId: '', protectionState: 'ProtectionStopped' as const }
  await backup.protectedItems.createOrUpdate(...place, { properties: stop })
  expect(await stateOf()).toMatchObject({ protectionState: 'ProtectionStopped' })
  const again = backup.backups.trigger(...place, { properties: { objectType: 'IaasVMBackupRequest' } })
  expect(await failureOf(again)).toMatchObject({ code: 'BMSUserErrorProtectionStopped' })
  await backup.protectedItems.createOrUpdate(...place, item)
  expect(await stateOf()).toMatchObject({ protectionState: 'Protected' })
  expect(await collect(backup.recoveryPoints.list(...place))).toHaveLength(1)

  sandbox.addFault({ do: 'operation', method: 'DELETE', end: 'failed', message: 'The vault is busy.' })
  await backup.protectedItems.delete(...place)
  await expect.poll(() => jobs("status eq 'Failed'")).toEqual(['DeleteBackupData'])
  expect((await backup.protectedItems.get(...place)).properties).toMatchObject({ isScheduledForDeferredDelete: false })
})

test('what az sets beside a vault is the vault’s own: soft delete and redundancy', async ({ backup, clients }) => {
  const { backupResourceVaultConfigs: settings, backupResourceStorageConfigsNonCRR: storage } = backup
  await storage.update('v1', 'rg1', { properties: { storageModelType: 'LocallyRedundant' } })
  expect(await clients.vaults.vaults.get('rg1', 'v1')).toMatchObject({
    properties: { redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant' } },
  })
  const wrong = settings.update('v1', 'rg1', { properties: { softDeleteFeatureState: 'Perhaps' } })
  expect(await failureOf(wrong)).toMatchObject({ status: 400, code: 'BMSUserErrorInvalidInput' })
  await settings.update('v1', 'rg1', { properties: { softDeleteFeatureState: 'Disabled' } })
  expect((await settings.get('v1', 'rg1')).properties).toMatchObject({ softDeleteFeatureState: 'Disabled' })

  const place = ['v1', 'rg1', 'Azure', 'iaasvmcontainer;a', 'vm;a'] as const
  const properties = { protectedItemType: 'Microsoft.Compute/virtualMachines' as const }
  await backup.protectedItems.createOrUpdate(...place, { properties })
  const late = storage.update('v1', 'rg1', { properties: { storageModelType: 'GeoRedundant' } })
  expect(await failureOf(late)).toMatchObject({ code: 'BMSUserErrorStorageTypeLocked' })
  expect((await storage.get('v1', 'rg1')).properties).toMatchObject({ storageTypeState: 'Locked' })
  await backup.protectedItems.delete(...place)
  expect(await failureOf(backup.protectedItems.get(...place))).toMatchObject({ status: 404 })
  await clients.vaults.vaults.beginDeleteAndWait('rg1', 'v1', quickly)
})

test('a vault that is put again keeps its policies and its identity', async ({ backup, clients }) => {
  await backup.protectionPolicies.createOrUpdate('v1', 'rg1', 'Fortnight', { properties: daily })
  const vault = { location: 'westus', sku: { name: 'Standard' }, identity: { type: 'SystemAssigned' } }
  const first = await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', vault, quickly)
  expect(first.identity?.principalId).toMatch(/^[0-9a-f-]{36}$/)
  const again = await clients.vaults.vaults.beginCreateOrUpdateAndWait('rg1', 'v1', vault, quickly)
  expect(again.identity).toEqual(first.identity)
  expect(await backup.protectionPolicies.get('v1', 'rg1', 'Fortnight')).toMatchObject({ name: 'Fortnight' })
})
