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
