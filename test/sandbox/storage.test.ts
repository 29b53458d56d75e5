import { StorageManagementClient } from '@azure/arm-storage'
import { arm, collect, connect, failureOf, quickly } from './clients.ts'
import { expect, test as base } from './sandbox-fixture.ts'

const test = base.extend<{ storage: StorageManagementClient }>({
  storage: async ({ sandbox: { definition }, clients }, use) => {
    const { credential, options } = connect(definition)
    await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
    await use(
      new StorageManagementClient(credential, definition.subscription, {
        ...options,
        credentials: { scopes: options.credentialScopes },
      }),
    )
  },
})

const account = { location: 'westus', kind: 'StorageV2', sku: { name: 'Standard_LRS' } } as const

test('makes an account whose last answer is the account, and deletes it at once', async ({
  storage: { storageAccounts },
  sandbox: { definition },
}) => {
  expect(
    await storageAccounts.checkNameAvailability({ name: 'mystore1', type: 'Microsoft.Storage/storageAccounts' }),
  ).toMatchObject({
    nameAvailable: true,
  })
  const made = await storageAccounts.create('rg1', 'mystore1', account, quickly)
  expect(made).toMatchObject({
    name: 'mystore1',
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    provisioningState: 'Succeeded',
    primaryLocation: 'westus',
    accessTier: 'Hot',
    primaryEndpoints: { blob: 'https://mystore1.blob.core.windows.net/' },
  })
  const { keys } = await storageAccounts.listKeys('rg1', 'mystore1')
  expect(keys?.map(({ keyName }) => keyName)).toEqual(['key1', 'key2'])
  expect(
    await storageAccounts.checkNameAvailability({ name: 'mystore1', type: 'Microsoft.Storage/storageAccounts' }),
  ).toMatchObject({
    nameAvailable: false,
    reason: 'AlreadyExists',
  })
  await storageAccounts.delete('rg1', 'mystore1')
  expect(await collect(storageAccounts.list())).toEqual([])
  const raw = await arm(
    definition,
    'PUT',
    '/resourceGroups/rg1/providers/Microsoft.Storage/storageAccounts/raw1?api-version=2025-08-01',
    {
      body: account,
    },
  )
  expect([raw.status, raw.text]).toEqual([202, ''])
  expect(raw.headers['location']).toMatch(/\/locations\/westus\/asyncoperations\//)
})

test('refuses what Azure refuses', async ({ storage: { storageAccounts }, clients }) => {
  const make = (name: string, body: object, group = 'rg1') =>
    failureOf(storageAccounts.create(group, name, body as typeof account, quickly).pollUntilDone())
  expect(await make('My-Store', account)).toMatchObject({ status: 400, code: 'AccountNameInvalid' })
  expect(await make('mystore1', { ...account, sku: { name: 'Gold' } })).toMatchObject({
    status: 400,
    code: 'InvalidValuesForRequestParameters',
  })
  expect(await make('mystore1', { ...account, location: 'nowhere' })).toMatchObject({
    status: 400,
    code: 'LocationNotAvailableForResourceType',
  })
  await storageAccounts.create('rg1', 'mystore1', account, quickly)
  await clients.resources.resourceGroups.createOrUpdate('rg2', { location: 'westus' })
  expect(await make('mystore1', account, 'rg2')).toMatchObject({ status: 409, code: 'StorageAccountAlreadyTaken' })
})
