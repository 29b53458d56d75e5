import { decodeJwt } from 'jose'
import { connect, failureOf, send } from '../clients.ts'
import { expect, test } from '../sandbox-fixture.ts'

test('gives a service principal a token for Resource Manager', async ({ sandbox: { definition }, clients }) => {
  const token = await clients.credential.getToken(`${definition.audience}/.default`)
  const { iat = 0, exp = 0, ...claims } = decodeJwt(token.token)
  expect(claims).toMatchObject({
    aud: definition.audience,
    tid: definition.tenant,
    appid: definition.credential.clientId,
    idtyp: 'app',
    iss: `${definition.entra}/${definition.tenant}/`,
  })
  expect(claims['oid']).toMatch(/^[0-9a-f-]{36}$/)
  expect(exp - iat).toBeGreaterThanOrEqual(3600)
})

test('asks Entra for its configuration and one token, however many calls follow', async ({ sandbox, clients }) => {
  await clients.resources.resourceGroups.checkExistence('a')
  await clients.resources.resourceGroups.checkExistence('b')
  const { tenant } = sandbox.definition
  expect(sandbox.requests.filter(({ server }) => server === 'entra').map(({ path }) => path)).toEqual([
    `/${tenant}/v2.0/.well-known/openid-configuration`,
    `/${tenant}/oauth2/v2.0/token`,
  ])
})

test('refuses a wrong secret with AADSTS7000215', async ({ sandbox: { definition } }) => {
  const { credential } = connect(definition, { secret: 'wrong' })
  const failure = await failureOf(credential.getToken(`${definition.audience}/.default`))
  expect(failure?.message).toContain('AADSTS7000215: Invalid client secret provided.')
})

test('refuses a secret that is over with AADSTS7000222, but first a wrong one', async ({ sandbox: { definition } }) => {
  const scope = `${definition.audience}/.default`
  const over = await failureOf(connect(definition, definition.expiredCredential).credential.getToken(scope))
  expect(over?.message).toContain(
    `AADSTS7000222: The provided client secret keys for app '${definition.expiredCredential.clientId}' are expired.`,
  )
  const { clientId } = definition.expiredCredential
  const wrong = await failureOf(connect(definition, { clientId, secret: 'wrong' }).credential.getToken(scope))
  expect(wrong?.message).toContain('AADSTS7000215')
})

test('refuses a disabled application with AADSTS7000112, also with a wrong secret', async ({
  sandbox: { definition },
}) => {
  const { clientId, clientSecret } = definition.disabledCredential
  for (const secret of [clientSecret, 'wrong']) {
    const answer = await send(definition, `${definition.entra}/${definition.tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
        scope: `${definition.audience}/.default`,
      }).toString(),
    })
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({ error: 'unauthorized_client', error_codes: [7000112] })
  }
  const { credential } = connect(definition, { clientId, secret: clientSecret })
  const failure = await failureOf(credential.getToken(`${definition.audience}/.default`))
  expect(failure?.message).toContain(`AADSTS7000112: Application '${clientId}'(Verbatim disabled) is disabled.`)
})

test('refuses an application that it does not know with AADSTS700016', async ({ sandbox: { definition } }) => {
  const stranger = { ...definition, credential: { ...definition.credential, clientId: definition.subscription } }
  const failure = await failureOf(connect(stranger).credential.getToken(`${definition.audience}/.default`))
  expect(failure?.message).toContain('AADSTS700016')
})

test('refuses a tenant that it does not know with AADSTS90002', async ({ sandbox: { definition } }) => {
  const answer = await send(definition, `${definition.entra}/${definition.subscription}/oauth2/v2.0/token`, {
    method: 'POST',
  })
  expect(answer.status).toBe(400)
  expect(answer.json()).toMatchObject({ error: 'invalid_request', error_codes: [90002] })
})

test('refuses a service that it does not know', async ({ clients }) => {
  const failure = await failureOf(clients.credential.getToken('https://elsewhere.example/.default'))
  expect(failure?.message).toContain('AADSTS500011')
})

test('publishes itself under /adfs and 127.0.0.1, as the client wrote it', async ({ sandbox: { definition } }) => {
  const adfs = await send(definition, `${definition.entra}/adfs/.well-known/openid-configuration`)
  expect(adfs.json()).toMatchObject({ token_endpoint: `${definition.entra}/adfs/oauth2/v2.0/token` })
  const other = definition.entra.replace('localhost', '127.0.0.1')
  const numeric = await send(definition, `${other}/${definition.tenant}/v2.0/.well-known/openid-configuration`)
  expect(numeric.json()).toMatchObject({ issuer: `${other}/${definition.tenant}/v2.0` })
})
