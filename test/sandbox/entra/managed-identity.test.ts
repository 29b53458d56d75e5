import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { decodeJwt } from 'jose'
import type { SandboxDefinition } from '../../../src/sandbox/sandbox.ts'
import { send } from '../clients.ts'
import { expect, test } from '../sandbox-fixture.ts'

const project = fileURLToPath(new URL('../../../', import.meta.url))

test('a machine makes a resource group with its own identity', async ({ sandbox: { definition } }) => {
  const { endpoint, header } = definition.managedIdentity
  const token = await tokenOf({ IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header }, definition.audience)
  expect(decodeJwt(token)).toMatchObject({ aud: definition.audience, idtyp: 'app', tid: definition.tenant })
  const group = `${definition.resourceManager}/subscriptions/${definition.subscription}/resourcegroups/rg1`
  const made = await send(definition, `${group}?api-version=2021-04-01`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ location: 'westus' }),
  })
  expect(made.status).toBe(201)
})

test('answers as App Service does', async ({ sandbox: { definition } }) => {
  const { status, body } = await ask(definition, {})
  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'Bearer', resource: definition.audience })
  expect(Object.keys(body).sort()).toEqual(['access_token', 'client_id', 'expires_on', 'resource', 'token_type'])
  expect(Number(body['expires_on'])).toBeGreaterThan(Date.now() / 1000 + 3600)
  expect(body['expires_on']).toEqual(expect.stringMatching(/^\d+$/))
  const named = await ask(definition, { query: { client_id: String(body['client_id']) } })
  expect(named.status).toBe(200)
})

const refused: [what: string, status: number, changes: Changes][] = [
  ['no header', 401, { header: undefined }],
  ['a wrong header', 401, { header: 'guess' }],
  ['an unknown service', 400, { query: { resource: 'https://elsewhere.example' } }],
  ['no service', 400, { query: { resource: '' } }],
  ['another api-version', 400, { query: { 'api-version': '2017-09-01' } }],
  ['an identity that the machine has not', 400, { query: { client_id: 'somebody' } }],
]

for (const [what, status, changes] of refused)
  test(`answers ${status} to ${what}`, async ({ sandbox: { definition } }) => {
    const answer = await ask(definition, changes)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ statusCode: status })
    expect(answer.body).not.toHaveProperty('access_token')
  })

test('stands in the record of requests, without its tokens', async ({ sandbox }) => {
  await ask(sandbox.definition, {})
  await ask(sandbox.definition, { header: 'guess' })
  const recorded = sandbox.requests.filter(({ server }) => server === 'managed-identity')
  expect(recorded.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['GET', '/msi/token', 200],
    ['GET', '/msi/token', 401],
  ])
  expect(recorded[0]?.query).toContain(`resource=${encodeURIComponent(sandbox.definition.audience)}`)
})

test('fails when it is told to, and the credential tries again', async ({ sandbox: { definition, ...sandbox } }) => {
  sandbox.addFault({ do: 'answer', server: 'managed-identity', status: 500, times: 2 })
  expect((await ask(definition, {}).catch(() => undefined))?.status).not.toBe(200)
  const { endpoint, header } = definition.managedIdentity
  const token = await tokenOf({ IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header }, definition.audience)
  expect(decodeJwt(token)).toMatchObject({ idtyp: 'app' })
  const recorded = sandbox.requests.filter(({ server }) => server === 'managed-identity')
  expect(recorded.map(({ status }) => status)).toEqual([500, 500, 200])
  sandbox.addFault({ do: 'drop', server: 'managed-identity' })
  await expect(ask(definition, {})).rejects.toThrow()
  expect(sandbox.requests.at(-1)).toMatchObject({ server: 'managed-identity', status: 0 })
  sandbox.addFault({ do: 'answer', server: 'entra', status: 500 })
  expect((await ask(definition, {})).status).toBe(200)
})

test('is told to fail at the control address too', async ({ sandbox: { definition } }) => {
  const armed = await send(definition, `${definition.resourceManager}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'x-verbatim-sandbox': 'control' },
    body: JSON.stringify({ do: 'answer', server: 'managed-identity', status: 429, body: {} }),
  })
  expect(armed.status).toBe(201)
  expect((await ask(definition, {})).status).toBe(429)
})

test('ends with the sandbox', async ({ sandbox }) => {
  await ask(sandbox.definition, {})
  await sandbox.stop()
  await expect(ask(sandbox.definition, {})).rejects.toThrow()
})

interface Changes {
  header?: string | undefined
  query?: Record<string, string>
}

async function ask({ managedIdentity, audience }: SandboxDefinition, changes: Changes) {
  const header = 'header' in changes ? changes.header : managedIdentity.header
  const query = new URLSearchParams({ 'api-version': '2019-08-01', resource: audience, ...changes.query })
  const response = await fetch(`${managedIdentity.endpoint}?${query.toString()}`, {
    headers: header === undefined ? {} : { 'x-identity-header': header },
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** In a process of its own, because the credential reads the environment and keeps tokens for all instances. */
async function tokenOf(env: Record<string, string>, audience: string) {
  const code = `
    import { ManagedIdentityCredential } from '@azure/identity'
    const { token } = await new ManagedIdentityCredential().getToken(process.argv[1] + '/.default')
    process.stdout.write(token)`
  const started = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code, audience], {
    cwd: project,
    env: { PATH: process.env['PATH'], ...env },
  })
  return (await started).stdout
}
