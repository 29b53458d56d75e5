import { expect, test } from '@playwright/test'
import { createTokenSigner } from '../../../src/sandbox/entra/token.ts'
import { createPace } from '../../../src/sandbox/pace.ts'
import { createAuthentication } from '../../../src/sandbox/resource-manager/authentication.ts'
import { ArmFailure } from '../../../src/sandbox/resource-manager/failure.ts'
import { createResourceManagerApp } from '../../../src/sandbox/resource-manager/resource-manager.ts'

const audience = 'https://arm.example'
const tenant = '11111111-1111-1111-1111-111111111111'
const subscription = '22222222-2222-2222-2222-222222222222'
const authority = `https://entra.example/${tenant}`
const claims = { aud: audience, iss: `${authority}/`, tid: tenant, oid: 'somebody', appid: 'a-program' }

async function createDoor() {
  const signer = createTokenSigner()
  const trust = { keys: signer.keys, audience, issuer: `${authority}/`, tenant, authority }
  return { sign: signer.sign, authenticate: createAuthentication(trust) }
}

async function refusal(answer: Promise<unknown>) {
  const failure: unknown = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(failure instanceof ArmFailure)) throw new Error('Expected a failure.')
  return { status: failure.status, ...failure.error }
}

test('knows a program by its application id and a person by the user name', async () => {
  const { sign, authenticate } = await createDoor()
  expect(await authenticate(`Bearer ${await sign(claims)}`)).toEqual({ client: 'a-program', objectId: 'somebody' })
  const person = await sign({ ...claims, idtyp: 'user', upn: 'ada@example.test' })
  expect(await authenticate(`Bearer ${person}`)).toEqual({ client: 'ada@example.test', objectId: 'somebody' })
})

test('says since when a token has expired', async () => {
  const { sign, authenticate } = await createDoor()
  const { status, code, message } = await refusal(authenticate(`Bearer ${await sign(claims, -60)}`))
  expect({ status, code }).toEqual({ status: 401, code: 'ExpiredAuthenticationToken' })
  expect(message).toMatch(/expiry UTC time '\d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M' is earlier than current UTC time/)
})

test('names both tenants when a token comes from another', async () => {
  const { sign, authenticate } = await createDoor()
  const stranger = await sign({ ...claims, tid: 'other', iss: 'https://entra.example/other/' })
  const { code, message } = await refusal(authenticate(`Bearer ${stranger}`))
  expect(code).toBe('InvalidAuthenticationTokenTenant')
  expect(message).toContain(`'https://entra.example/other/'. It must match the tenant '${authority}/'`)
})

test('does not take a token that another sandbox signed', async () => {
  const [{ authenticate }, other] = await Promise.all([createDoor(), createDoor()])
  const { code } = await refusal(authenticate(`Bearer ${await other.sign(claims)}`))
  expect(code).toBe('InvalidAuthenticationToken')
})

test('lets nobody act who has no role, and shows them no subscription', async () => {
  const stopped = new AbortController().signal
  const app = createResourceManagerApp({
    tenant,
    subscriptions: [{ id: subscription, name: 'Example', roles: { 'somebody else': 'Owner' } }],
    authenticate: () => Promise.resolve({ client: 'a-program', objectId: 'somebody' }),
    endpoints: { portal: 'https://portal.example', entra: 'https://entra.example', audience, tenant },
    pace: createPace('fast', 1, stopped),
  })
  const path = `/subscriptions/${subscription}/resourcegroups/rg1`
  const refused = await app.request(`${audience}${path}?api-version=2021-04-01`, { method: 'DELETE' })
  expect(refused.status).toBe(403)
  expect(await refused.json()).toEqual({
    error: {
      code: 'AuthorizationFailed',
      message: `The client 'a-program' with object id 'somebody' does not have authorization to perform action 'Microsoft.Resources/subscriptions/resourceGroups/delete' over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    },
  })
  const list = await app.request(`${audience}/subscriptions?api-version=2022-12-01`)
  expect(await list.json()).toMatchObject({ value: [] })
})
