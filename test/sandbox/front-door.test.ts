import { arm, collect, connect, failureOf, send } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const version = 'api-version=2021-04-01'

test('turns a request without a token away, before anything else', async ({ sandbox: { definition } }) => {
  const answer = await send(definition, `${definition.resourceManager}/subscriptions/unknown`)
  expect(answer.status).toBe(401)
  expect(answer.json()).toMatchObject({ error: { code: 'AuthenticationFailed' } })
  expect(answer.headers['www-authenticate']).toContain(`authorization_uri="${definition.entra}/${definition.tenant}"`)
})

test('turns a forged token away', async ({ sandbox: { definition } }) => {
  const answer = await arm(definition, 'GET', `?${version}`, { headers: { authorization: 'Bearer a.b.c' } })
  expect(answer.json()).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } })
})

test('turns a token for another service away', async ({ sandbox: { definition } }) => {
  const { resources } = connect(definition, { scope: 'https://graph.microsoft.com/.default' })
  const failure = await failureOf(collect(resources.resourceGroups.list()))
  expect(failure).toMatchObject({ status: 401, code: 'InvalidAuthenticationTokenAudience' })
  expect(failure?.message).toContain(`'https://graph.microsoft.com'. It should exactly match`)
})

test('takes the audience with a trailing slash, as az writes it', async ({ sandbox: { definition } }) => {
  const { resources } = connect(definition, { scope: `${definition.audience}//.default` })
  expect(await collect(resources.resourceGroups.list())).toEqual([])
})

test('asks for an api-version before it looks at the subscription', async ({ sandbox: { definition } }) => {
  const answer = await arm(definition, 'GET', '/resourcegroups')
  expect(answer.json()).toMatchObject({ error: { code: 'MissingApiVersionParameter' } })
})

for (const { title, path, status, error } of [
  {
    title: 'a provider that is not there',
    path: `/resourcegroups/rg/providers/Microsoft.Nowhere/things/x?${version}`,
    status: 404,
    error: { code: 'InvalidResourceNamespace', message: "The resource namespace 'Microsoft.Nowhere' is invalid." },
  },
  {
    title: 'a type that its provider does not have',
    path: `/resourcegroups/rg/providers/Microsoft.RecoveryServices/things/x?${version}`,
    status: 404,
    error: { code: 'InvalidResourceType' },
  },
  {
    title: 'an api-version that a type does not have',
    path: `/resourcegroups/rg/providers/Microsoft.RecoveryServices/vaults/x?api-version=1999-01-01`,
    status: 400,
    error: { code: 'NoRegisteredProviderFound' },
  },
  {
    title: "an api-version that Resource Manager's own types do not have",
    path: '/resourcegroups?api-version=1999-01-01',
    status: 400,
    error: { code: 'InvalidApiVersionParameter' },
  },
  {
    title: 'a resource in a group that is not there',
    path: '/resourcegroups/rg/providers/Microsoft.RecoveryServices/vaults/x?api-version=2024-04-01',
    status: 404,
    error: { code: 'ResourceGroupNotFound', message: "Resource group 'rg' could not be found." },
  },
]) {
  test(`refuses ${title}`, async ({ sandbox: { definition } }) => {
    const answer = await arm(definition, 'GET', path)
    expect(answer.status).toBe(status)
    expect(answer.headers['x-ms-failure-cause']).toBe('gateway')
    expect(answer.json()).toMatchObject({ error })
  })
}

test('does not know other subscriptions', async ({ sandbox: { definition } }) => {
  const { resources } = connect({ ...definition, subscription: '00000000-0000-0000-0000-000000000000' })
  expect(await failureOf(collect(resources.resourceGroups.list()))).toEqual({
    status: 404,
    code: 'SubscriptionNotFound',
    message: "The subscription '00000000-0000-0000-0000-000000000000' could not be found.",
  })
})

test('reads paths in any case, with doubled slashes', async ({ sandbox: { definition }, clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('MyGroup', { location: 'westus' })
  const answer = await arm(definition, 'GET', `//RESOURCEGROUPS//mygroup?${version}`)
  expect(answer.json()).toMatchObject({ name: 'MyGroup' })
  expect((await arm(definition, 'GET', `/resourcegroups/my%ZZgroup?${version}`)).status).toBe(400)
})

test('names requests as Azure does, and echoes what it is asked to', async ({ sandbox: { definition } }) => {
  const headers = { 'x-ms-correlation-request-id': 'one', 'x-ms-client-request-id': 'two' }
  const quiet = await arm(definition, 'GET', `/resourcegroups?${version}`, { headers })
  expect(quiet.headers['x-ms-correlation-request-id']).toBe('one')
  expect(quiet.headers['x-ms-client-request-id']).toBeUndefined()
  expect(quiet.headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(quiet.headers['x-ms-routing-request-id']).toMatch(/^SANDBOX:\d{8}T\d{6}Z:[0-9a-f-]{36}$/)
  expect(quiet.headers['x-ms-ratelimit-remaining-subscription-reads']).toBe('24999')
  const loud = await arm(definition, 'GET', `/resourcegroups?${version}`, {
    headers: { ...headers, 'x-ms-return-client-request-id': 'true' },
  })
  expect(loud.headers['x-ms-client-request-id']).toBe('two')
})

test("lets the portal's pages in from the browser, and nobody else's", async ({ sandbox: { definition } }) => {
  const ask = (origin: string) =>
    send(definition, `${definition.resourceManager}/subscriptions`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
  const allowed = await ask(definition.portal)
  expect(allowed.status).toBe(204)
  expect(allowed.headers['access-control-allow-origin']).toBe(definition.portal)
  expect(allowed.headers['access-control-allow-headers']).toContain('authorization')
  expect((await ask('https://elsewhere.example')).headers['access-control-allow-origin']).toBeUndefined()
  const refused = await send(definition, `${definition.resourceManager}/subscriptions`, {
    headers: { origin: definition.portal },
  })
  expect(refused.headers['access-control-expose-headers']).toContain('azure-asyncoperation')
})

test('lists the subscription, its tenant and its regions', async ({ sandbox: { definition }, clients }) => {
  const { subscriptions } = clients
  const [subscription] = await collect(subscriptions.subscriptions.list())
  expect(subscription).toMatchObject({ subscriptionId: definition.subscription, state: 'Enabled' })
  expect((await collect(subscriptions.tenants.list())).map(({ tenantId }) => tenantId)).toEqual([definition.tenant])
  const locations = await collect(subscriptions.subscriptions.listLocations(definition.subscription))
  expect(locations.find(({ name }) => name === 'westus')).toMatchObject({
    displayName: 'West US',
    regionalDisplayName: '(US) West US',
    metadata: { regionType: 'Physical', pairedRegion: [{ name: 'eastus' }] },
  })
  const names = locations.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  const zones = await collect(
    subscriptions.subscriptions.listLocations(definition.subscription, { includeExtendedLocations: true }),
  )
  expect(zones.find(({ name }) => name === 'losangeles')).toMatchObject({ type: 'EdgeZone' })
})

test('describes its providers and their newest api-version', async ({ clients }) => {
  const provider = await clients.resources.providers.get('microsoft.recoveryservices')
  const vaults = provider.resourceTypes?.find(({ resourceType }) => resourceType === 'vaults')
  expect(provider.registrationState).toBe('Registered')
  expect(vaults?.locations).toContain('West US')
  expect(vaults?.apiVersions?.[0]).toBe('2026-07-01')
})

test('refuses to make resources of a provider that is not registered', async ({ clients }) => {
  const { resources, vaults } = clients
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
  await resources.providers.unregister('Microsoft.RecoveryServices')
  const make = () => vaults.vaults.beginCreateOrUpdate('rg1', 'v1', { location: 'westus', sku: { name: 'Standard' } })
  expect(await failureOf(make())).toMatchObject({ status: 409, code: 'MissingSubscriptionRegistration' })
  await resources.providers.register('Microsoft.RecoveryServices')
  expect(await failureOf(make())).toBeUndefined()
})

test('tells a tool that knows only its address where the rest is', async ({ sandbox: { definition } }) => {
  const endpoints = await send(definition, `${definition.resourceManager}/metadata/endpoints?api-version=2015-01-01`)
  expect(endpoints.json()).toMatchObject({ authentication: { loginEndpoint: `${definition.entra}/adfs` } })
})
