import { Agent, request } from 'node:https'
import fc from 'fast-check'
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts'
import { connect } from './clients.ts'
import { test } from './sandbox-fixture.ts'

test.describe.configure({ timeout: 180_000 })

let sandbox: Sandbox
let token = ''
let agent: Agent

test.beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7 })
  agent = new Agent({ ca: sandbox.definition.certificateAuthority, keepAlive: true, maxSockets: 8 })
  const { credential, resources } = connect(sandbox.definition)
  token = (await credential.getToken(`${sandbox.definition.audience}/.default`)).token
  await resources.resourceGroups.createOrUpdate('rg1', { location: 'westus' })
})

test.afterAll(async () => {
  agent.destroy()
  await sandbox.stop()
})

interface Answer {
  status: number
  text: string
}

/** As it is given, whatever it is: no client mends a path on its way. */
function ask(
  origin: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const sent = body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) }
    const call = request({ hostname, port, method, path, headers: sent, agent, timeout: 10_000 }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    call.on('timeout', () => call.destroy(new Error(`No answer to ${method} ${path}`)))
    call.on('error', reject)
    call.end(body)
  })
}

const arm = (method: string, path: string, body?: string, authorization = `Bearer ${token}`) =>
  ask(sandbox.definition.resourceManager, method, path, { authorization, 'content-type': 'application/json' }, body)

/** Everything in the subscription, as the lists tell it. */
async function inventory() {
  const { subscription } = sandbox.definition
  const lists = ['resourcegroups', 'resources', 'tagNames', 'providers/Microsoft.Authorization/locks']
  const answers = await Promise.all(
    lists.map(list =>
      arm(
        'GET',
        `/subscriptions/${subscription}/${list}?api-version=${list.endsWith('locks') ? '2016-09-01' : '2021-04-01'}`,
      ),
    ),
  )
  return answers.map(({ text }) => text).join('\n')
}

function checkRefusal({ status, text }: Answer, what: string) {
  if (status >= 500) throw new Error(`${what}: ${status} ${text}`)
  if (status < 400 || text === '') return
  const { error } = JSON.parse(text) as { error?: { code?: unknown; message?: unknown } }
  if (typeof error?.code !== 'string' || typeof error.message !== 'string')
    throw new Error(`${what}: ${status} ${text}`)
}

const types = [
  'Microsoft.RecoveryServices/vaults',
  'Microsoft.Network/virtualNetworks',
  'Microsoft.Network/networkSecurityGroups',
  'Microsoft.Network/publicIPAddresses',
  'Microsoft.Network/networkInterfaces',
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Compute/disks',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.Web/sites',
  'Microsoft.Resources/deployments',
  'Microsoft.Authorization/locks',
  'Microsoft.Nowhere/things',
]
const versions = [
  '2026-01-01',
  '2025-05-01',
  '2024-04-01',
  '2023-09-01',
  '2022-10-01',
  '2021-04-01',
  '2016-09-01',
  '',
  'x',
  '2999-01-01',
]
const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS')
/** What an HTTP client can send at all. */
const segment = fc.oneof(
  fc.constantFrom(
    'subscriptions',
    'resourceGroups',
    'rg1',
    'providers',
    'v1',
    '..',
    '%2e%2e',
    '%',
    '%zz',
    '%00',
    '%E0%A4%A',
    "'",
    '(',
    '*',
    '',
    'a'.repeat(300),
    ...types.flatMap(type => type.split('/')),
  ),
  fc.string({ maxLength: 12 }).map(text => encodeURIComponent(Buffer.from(text).toString())),
)
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>('', 'westus', -1, 1e400, [], {}, null, 'a'.repeat(5000)),
)
/** An object with the members that providers look at, and anything in them. */
const body = fc
  .dictionary(
    fc.constantFrom(
      'location',
      'sku',
      'tags',
      'properties',
      'kind',
      'identity',
      'zones',
      'extendedLocation',
      'id',
      'name',
    ),
    fc.oneof(
      value,
      fc.dictionary(
        fc.constantFrom(
          ...[
            'name',
            'addressSpace',
            'subnets',
            'securityRules',
            'ipConfigurations',
            'hardwareProfile',
            'osProfile',
            'networkProfile',
          ],
          ...[
            'storageProfile',
            'creationData',
            'template',
            'parameters',
            'mode',
            'level',
            'provisioningState',
            'addressPrefixes',
          ],
        ),
        fc.oneof(value, fc.array(fc.dictionary(fc.constantFrom('name', 'id', 'properties'), value), { maxLength: 3 })),
      ),
    ),
  )
  .chain(one =>
    fc
      .constantFrom(
        {},
        { location: 'westus' },
        { location: 'westus', kind: 'StorageV2', sku: { name: 'Standard_LRS' } },
      )
      .map(right => JSON.stringify({ ...one, ...right })),
  )
const text = fc.oneof(
  body,
  fc.string(),
  fc.constantFrom('{', '[]', 'null', '"x"', '{"location":', '\u0000', '{"__proto__":{"a":1}}'),
)

test('any path gets an answer of Azure’s, never a 500, and a refusal changes nothing', async () => {
  const before = await inventory()
  await fc.assert(
    fc.asyncProperty(
      method,
      fc.array(segment, { maxLength: 9 }),
      fc.constantFrom(...versions),
      text,
      async (verb, segments, version, content) => {
        const path = `/${segments.join('/')}?api-version=${version}`
        const answer = await arm(verb, path, verb === 'GET' || verb === 'HEAD' ? undefined : content)
        checkRefusal(answer, `${verb} ${path} ${content}`)
        if (answer.status < 300 && verb !== 'GET') return
        if ((await inventory()) !== before)
          throw new Error(`${verb} ${path} ${content}: ${answer.status} and yet a change`)
      },
    ),
    { numRuns: 300 },
  )
})

test('any body gets an answer of Azure’s, never a 500, and a refusal makes nothing', async () => {
  const { subscription } = sandbox.definition
  let count = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('PUT', 'PATCH', 'POST', 'DELETE'),
      fc.constantFrom(...types),
      fc.constantFrom('v', 'v-', 'v ', 'V_'),
      text,
      async (verb, type, beginning, content) => {
        const name = `${beginning}${++count}`
        const path = `/subscriptions/${subscription}/resourceGroups/rg1/providers/${type}/${encodeURIComponent(name)}?api-version=${versionOf(type)}`
        const answer = await arm(verb, path, content)
        checkRefusal(answer, `${verb} ${path} ${content}`)
        const made = (await inventory()).includes(`/${name}"`)
        if (made && (answer.status >= 400 || verb !== 'PUT'))
          throw new Error(`${verb} ${path} ${content}: ${answer.status} and yet it is there`)
        if (made) await arm('DELETE', path)
      },
    ),
    { numRuns: 500 },
  )
})

function versionOf(type: string) {
  const known: Record<string, string> = {
    'Microsoft.RecoveryServices/vaults': '2021-03-01',
    'Microsoft.Compute/virtualMachines': '2023-09-01',
    'Microsoft.Compute/disks': '2023-04-02',
    'Microsoft.Storage/storageAccounts': '2023-05-01',
    'Microsoft.Resources/deployments': '2021-04-01',
    'Microsoft.Authorization/locks': '2016-09-01',
  }
  return known[type] ?? '2023-09-01'
}

const functions =
  `concat format toLower substring split join replace padLeft length contains empty first last indexOf uniqueString guid base64
  uri uriComponent uriComponentToString string bool int json null true array createArray createObject union intersection skip take
  range min max if and or not equals less coalesce add sub mul div mod resourceId subscriptionResourceId reference listKeys
  resourceGroup subscription deployment environment copyIndex utcNow newGuid parameters variables items constructor __proto__
  toString contoso.x`.split(/\s+/)
const literals = [
  "'a'",
  "''",
  "'{0:D2}'",
  '0',
  '-1',
  '3',
  '99999999999999999999',
  "'__proto__'",
  "'x'",
  "'%zz'",
  "'P1D'",
]
const { expression } = fc.letrec<{ expression: string }>(tie => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...literals),
    fc
      .tuple(fc.constantFrom(...functions), fc.array(tie('expression'), { maxLength: 4 }))
      .map(([name, parts]) => `${name}(${parts.join(', ')})`),
    fc.tuple(tie('expression'), tie('expression')).map(([one, key]) => `${one}[${key}]`),
    tie('expression').map(one => `${one}.constructor`),
  ),
}))
const templateText = fc.oneof(
  expression.map(one => `[${one}]`),
  fc.string().map(one => `[${one}]`),
  fc.constantFrom('[]', '[[', '[', '[[x]', 'a', '[concat(]', "[']"),
)
const templateValue = fc.oneof(
  templateText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(fc.constantFrom('copy', 'count', 'name', 'input', 'value', 'type', '__proto__', 'x'), templateText),
  templateText.map(input => ({ copy: [{ name: 'x', count: 2, input }] })),
)
const declared = fc
  .dictionary(
    fc.constantFrom('condition', 'copy', 'dependsOn', 'tags', 'location', 'properties', 'resources', 'name', 'type'),
    fc.oneof(templateValue, fc.array(templateValue, { maxLength: 3 })),
  )
  .map(one => ({ type: 'Microsoft.Web/sites', apiVersion: '2022-09-01', name: 'cart', location: 'westus', ...one }))
const template = fc.record(
  {
    parameters: fc.oneof(
      templateValue,
      fc.record({ x: fc.record({ type: fc.constantFrom('string', 'int', 'x'), defaultValue: templateValue }) }),
    ),
    variables: fc.oneof(templateValue, fc.record({ x: templateValue, a: templateValue })),
    outputs: fc.oneof(
      templateValue,
      fc.record({ o: fc.record({ type: fc.constant('string'), value: templateValue }) }),
    ),
    resources: fc.oneof(
      templateValue,
      fc.array(declared, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('x', '__proto__', 'a'), declared),
    ),
  },
  { requiredKeys: ['resources'] },
)

test('any template gets an answer of Azure’s, never a 500, and its deployment comes to an end', async () => {
  const { subscription } = sandbox.definition
  const root = `/subscriptions/${subscription}/resourceGroups/rg1/providers/Microsoft.Resources/deployments/any`
  const ends = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(template, async given => {
      const sent = JSON.stringify({ properties: { mode: 'Incremental', template: given } })
      checkRefusal(await arm('POST', `${root}/validate?api-version=2021-04-01`, sent), sent)
      let answer = await arm('PUT', `${root}?api-version=2021-04-01`, sent)
      checkRefusal(answer, sent)
      let end = String(answer.status)
      while (answer.status < 400) {
        answer = await arm('GET', `${root}?api-version=2021-04-01`)
        if (answer.status !== 200) throw new Error(`${sent}: ${answer.status} ${answer.text}`)
        const { properties } = JSON.parse(answer.text) as { properties: { provisioningState: string } }
        end = properties.provisioningState
        if (/^(?:Succeeded|Failed)$/.test(end)) break
      }
      if (answer.text.includes('InternalServerError')) throw new Error(`${sent}: ${answer.text}`)
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }),
    { numRuns: 500 },
  )
  // Not everything is refused, and not everything fails.
  for (const end of ['400', 'Succeeded', 'Failed'])
    if (!ends.has(end)) throw new Error(`No deployment ended with ${end}: ${JSON.stringify([...ends])}`)
})

test('any token is refused with 401', async () => {
  const { subscription } = sandbox.definition
  const path = `/subscriptions/${subscription}/resourcegroups?api-version=2021-04-01`
  const [header = '', payload = '', signature = ''] = token.split('.')
  const forged = fc.oneof(
    fc.string().map(words => words.replace(/[^\x20-\x7e]/g, '')),
    fc.constantFrom(
      'Bearer',
      'Bearer ',
      'Basic eDp5',
      `Bearer ${header}.${payload}.`,
      `Bearer ${header}..${signature}`,
      `Bearer ${payload}.${payload}.${signature}`,
    ),
    fc
      .nat(token.length - 1)
      .map(at => `Bearer ${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`),
  )
  await fc.assert(
    fc.asyncProperty(forged, async authorization => {
      // The last characters of a signature may stand for the same bits.
      if (authorization.slice(0, -2) === `Bearer ${token}`.slice(0, -2)) return
      const answer = await arm('GET', path, undefined, authorization)
      checkRefusal(answer, authorization)
      if (answer.status !== 401) throw new Error(`${answer.status} for ${authorization}`)
    }),
    { numRuns: 200 },
  )
})

test('any form gets an answer of Entra’s, never a 500', async () => {
  const { entra, tenant, credential } = sandbox.definition
  const field = fc.constantFrom(
    ...[
      'grant_type',
      'client_id',
      'client_secret',
      'scope',
      'resource',
      'code',
      'refresh_token',
      'client_assertion',
      'client_assertion_type',
      'redirect_uri',
    ],
  )
  const content = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'client_credentials',
      'authorization_code',
      'refresh_token',
      credential.clientId,
      'a.b.c',
      'openid',
      `${sandbox.definition.audience}/.default`,
    ),
  )
  const form = fc.array(fc.tuple(field, content), { maxLength: 8 }).map(pairs => new URLSearchParams(pairs).toString())
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(tenant, 'adfs', 'common', 'nobody', '%'),
      fc.oneof(form, fc.string()),
      async (segmentOfTenant, sent) => {
        const path = `/${segmentOfTenant}/oauth2/v2.0/token`
        const answer = await ask(entra, 'POST', path, { 'content-type': 'application/x-www-form-urlencoded' }, sent)
        if (answer.status < 400 || answer.status >= 500)
          throw new Error(`${answer.status} for ${path} ${sent}: ${answer.text}`)
        if (!/AADSTS\d+/.test(answer.text)) throw new Error(`No code for ${path} ${sent}: ${answer.text}`)
      },
    ),
    { numRuns: 300 },
  )
})
