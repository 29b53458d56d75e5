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

test('keeps containers and shares in the services of an account', async ({ storage }) => {
  await storage.storageAccounts.create('rg1', 'mystore1', account, quickly)
  const { blobContainers, blobServices, fileShares, fileServices } = storage
  expect(await blobContainers.create('rg1', 'mystore1', 'photos', {})).toMatchObject({
    name: 'photos',
    publicAccess: 'None',
  })
  await blobContainers.update('rg1', 'mystore1', 'photos', { metadata: { a: '1' } })
  expect(await blobContainers.get('rg1', 'mystore1', 'photos')).toMatchObject({ metadata: { a: '1' } })
  expect((await collect(blobContainers.list('rg1', 'mystore1'))).map(({ name }) => name)).toEqual(['photos'])
  expect(await failureOf(blobContainers.create('rg1', 'mystore1', 'My Photos', {}))).toMatchObject({
    status: 400,
    code: 'InvalidResourceName',
  })
  await blobContainers.delete('rg1', 'mystore1', 'photos')
  expect(await failureOf(blobContainers.get('rg1', 'mystore1', 'photos'))).toMatchObject({
    status: 404,
    code: 'ContainerNotFound',
  })
  await blobServices.setServiceProperties('rg1', 'mystore1', { isVersioningEnabled: true })
  expect(await blobServices.getServiceProperties('rg1', 'mystore1')).toMatchObject({
    name: 'default',
    isVersioningEnabled: true,
  })
  await fileShares.create('rg1', 'mystore1', 'docs', { shareQuota: 100 })
  expect(await fileShares.get('rg1', 'mystore1', 'docs')).toMatchObject({ shareQuota: 100, enabledProtocols: 'SMB' })
  expect(await fileServices.getServiceProperties('rg1', 'mystore1')).toMatchObject({
    shareDeleteRetentionPolicy: { enabled: true, days: 7 },
  })
  await storage.storageAccounts.delete('rg1', 'mystore1')
  expect(await failureOf(collect(blobContainers.list('rg1', 'mystore1')))).toMatchObject({ status: 404 })
})

test('makes another of two keys', async ({ storage: { storageAccounts } }) => {
  await storageAccounts.create('rg1', 'mystore1', account, quickly)
  const values = ({ keys }: Awaited<ReturnType<typeof storageAccounts.listKeys>>) => keys?.map(({ value }) => value)
  const before = values(await storageAccounts.listKeys('rg1', 'mystore1'))
  const after = values(await storageAccounts.regenerateKey('rg1', 'mystore1', { keyName: 'key2' }))
  expect(after?.[0]).toBe(before?.[0])
  expect(after?.[1]).not.toBe(before?.[1])
  expect(values(await storageAccounts.listKeys('rg1', 'mystore1'))).toEqual(after)
  expect(await failureOf(storageAccounts.regenerateKey('rg1', 'mystore1', { keyName: 'key3' }))).toMatchObject({
    status: 400,
  })
})

test('answers at once when an account is put as it is', async ({ storage, sandbox: { definition } }) => {
  await storage.storageAccounts.create('rg1', 'mystore1', account, quickly)
  const url = '/resourceGroups/rg1/providers/Microsoft.Storage/storageAccounts/mystore1?api-version=2025-08-01'
  const same = await arm(definition, 'PUT', url, { body: account })
  expect([same.status, same.json()]).toMatchObject([200, { name: 'mystore1', kind: 'StorageV2' }])
  const other = await arm(definition, 'PUT', url, { body: { ...account, tags: { a: '1' } } })
  expect([other.status, other.text]).toEqual([202, ''])
})
