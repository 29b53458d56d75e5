import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'
import { arm } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

interface Properties {
  template: object
  parameters?: Record<string, { value: unknown }>
}

interface Told {
  error?: { code: string; message: string; details?: { message: string }[] }
  properties?: {
    provisioningState: string
    outputs?: Record<string, { value?: unknown }>
    parameters?: Record<string, object>
    error?: { details?: { message: string }[] }
  }
}

const group = '/resourcegroups/rg1'
const version = 'api-version=2021-04-01'

/** Deploys to its end, or to the refusal. */
async function deploy(definition: SandboxDefinition, { template, parameters = {} }: Properties): Promise<Told> {
  const path = `${group}/providers/Microsoft.Resources/deployments/d1?${version}`
  const body = { properties: { mode: 'Incremental', template: { resources: [], ...template }, parameters } }
  const begun = await arm(definition, 'PUT', path, { body })
  if (begun.status >= 400) return begun.json() as Told
  for (;;) {
    const told = (await arm(definition, 'GET', path)).json() as Told
    if (/^(?:Succeeded|Failed|Canceled)$/.test(told.properties?.provisioningState ?? '')) return told
  }
}

async function namesIn(definition: SandboxDefinition, name = 'rg1'): Promise<string[]> {
  const { value } = (await arm(definition, 'GET', `/resourcegroups/${name}/resources?${version}`)).json() as {
    value: { name: string }[]
  }
  return value.map(one => one.name).sort()
}

test.beforeEach(async ({ clients }) => {
  await clients.resources.resourceGroups.createOrUpdate('rg1', { location: 'westus', tags: { team: 'docs' } })
})

/** What an expression of the template language gives. */
const expressions: [expression: string, value: unknown][] = [
  ["concat('a', 'b', 1)", 'ab1'],
  ['concat(createArray(1, 2), createArray(3))', [1, 2, 3]],
  ["format('{0}-{1}', 'a', 2)", 'a-2'],
  ["format('{0:D3}|{0,5}|{0,-3}|{1:N1}|{2:x2}|{0:000}', 7, 1234, 10)", '007|    7|7  |1,234.0|0a|007'],
  ["format('{{{0}}} {1}', 'a', true())", '{a} True'],
  ["toUpper(trim(' a '))", 'A'],
  ["substring('storage', 1, 3)", 'tor'],
  ["split('a,b;c', createArray(',', ';'))", ['a', 'b', 'c']],
  ["join(createArray('a', 'b'), '-')", 'a-b'],
  ["replace('a.b', '.', '$&')", 'a$&b'],
  ["padLeft('7', 3, '0')", '007'],
  ["startsWith('Name', 'na')", true],
  ["endsWith('Name', 'ME')", true],
  ["indexOf('name', 'M')", 2],
  ['length(createArray(1, 2))', 2],
  ["empty('')", true],
  ["contains(createObject('Key', 1), 'key')", true],
  ["first('name')", 'n'],
  ['last(createArray(1, 2))', 2],
  [
    "union(createObject('a', 1, 'b', createObject('c', 1)), createObject('b', createObject('d', 2)))",
    { a: 1, b: { c: 1, d: 2 } },
  ],
  ['intersection(createArray(1, 2), createArray(2, 3))', [2]],
  ['skip(createArray(1, 2, 3), 1)', [2, 3]],
  ["take('name', 2)", 'na'],
  ['range(3, 2)', [3, 4]],
  ['max(1, 5, 2)', 5],
  ["if(true(), 'yes', json('no json'))", 'yes'],
  ['and(true(), not(equals(1, 2)), or(false(), greater(2, 1)))', true],
  ["equals(createObject('a', 1), createObject('a', 1))", true],
  ["lessOrEquals('a', 'b')", true],
  ["coalesce(null(), 'x')", 'x'],
  ['div(7, 2)', 3],
  ['mod(7, 2)', 1],
  ["int('42')", 42],
  ["bool('True')", true],
  ['string(createArray(1))', '[1]'],
  ['json(\'{"a": [1]}\').a[0]', 1],
  ["base64ToString(base64('é'))", 'é'],
  ["uri('https://a.example/b/', 'c.json')", 'https://a.example/b/c.json'],
  ["uriComponent('a b')", 'a%20b'],
  ["length(uniqueString('a'))", 13],
  ["equals(uniqueString('a'), uniqueString('a'))", true],
  ["equals(guid('a'), guid('b'))", false],
  ["resourceGroup().TAGS['team']", 'docs'],
  ["last(split(subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r'), '/'))", 'r'],
  [
    "last(split(resourceId('other', 'Microsoft.Network/virtualNetworks/subnets', 'n', 's'), '/resourceGroups/'))",
    'other/providers/Microsoft.Network/virtualNetworks/n/subnets/s',
  ],
  ['environment().suffixes.storage', 'core.windows.net'],
  ['deployment().name', 'd1'],
]

test('the functions of the template language give what Azure’s give', async ({ sandbox: { definition } }) => {
  const outputs = Object.fromEntries(
    expressions.map(([expression], index) => [`o${index}`, { type: 'object', value: `[${expression}]` }]),
  )
  const { properties, error } = await deploy(definition, { template: { outputs } })
  expect(error).toBeUndefined()
  for (const [index, [expression, value]] of expressions.entries())
    expect(properties?.outputs?.[`o${index}`]?.value, expression).toEqual(value)
})

const doubled: [twice: string, first: unknown][] = [
  ['concat(V, V)', 'a'],
  ["format('{0}{0}', V)", 'a'],
  ["replace('aa', 'a', V)", 'a'],
  ["join(createArray(V, V), '')", 'a'],
  ['concat(V, V)', [1]],
  ['createArray(V, V)', 'a'],
  ["createObject('a', V, 'b', V)", 'a'],
]

const refused: [title: string, properties: Properties, says: string][] = [
  [
    'an unknown function',
    { template: { variables: {}, resources: [{ type: 'A.B/c', apiVersion: '1', name: "[frobnicate('a')]" }] } },
    "The template function 'frobnicate' is not valid",
  ],
  [
    'the name of a prototype',
    { template: { resources: [{ type: 'A.B/c', apiVersion: '1', name: '[constructor()]' }] } },
    "The template function 'constructor' is not valid",
  ],
  [
    'a wrong argument',
    { template: { resources: [{ type: 'A.B/c', apiVersion: '1', name: '[toLower(1)]' }] } },
    'expects its argument 1 to be a string',
  ],
  [
    'a variable that refers to itself',
    {
      template: {
        variables: { a: "[variables('a')]" },
        resources: [{ type: 'A.B/c', apiVersion: '1', name: "[variables('a')]" }],
      },
    },
    "The template variable 'a' refers to itself.",
  ],
  [
    'an expression without an end',
    { template: { resources: [{ type: 'A.B/c', apiVersion: '1', name: "[concat('a'" + ']' }] } },
    'in an expression',
  ],
  [
    'an expression nested too deeply',
    {
      template: {
        resources: [{ type: 'A.B/c', apiVersion: '1', name: `[${'not('.repeat(200)}true()${')'.repeat(200)}]` }],
      },
    },
    'nested too deeply',
  ],
  [
    'a loop of too many turns',
    { template: { resources: [{ type: 'A.B/c', apiVersion: '1', name: 'a', copy: { name: 'l', count: 801 } }] } },
    'cannot exceed 800',
  ],
  [
    'loops in loops',
    {
      template: {
        variables: { copy: [{ name: 'a', count: 800, input: { copy: [{ name: 'b', count: 800, input: 1 }] } }] },
        resources: [{ type: 'A.B/c', apiVersion: '1', name: "[string(variables('a'))]" }],
      },
    },
    'repeats something 640000 times',
  ],
  ...doubled.map(([twice, first]): [string, Properties, string] => [
    `what doubles forty times by ${twice} from ${JSON.stringify(first)}`,
    {
      template: {
        variables: Object.fromEntries([
          ['v0', first],
          ...Array.from({ length: 40 }, (_, at) => [`v${at + 1}`, `[${twice.replaceAll('V', `variables('v${at}')`)}]`]),
        ]) as Record<string, unknown>,
        resources: [{ type: 'A.B/c', apiVersion: '1', name: "[string(variables('v40'))]" }],
      },
    },
    'are allowed',
  ]),
  [
    'one expression that grows tenfold sixty times',
    {
      template: {
        resources: [
          {
            type: 'A.B/c',
            apiVersion: '1',
            name: `[${'replace('.repeat(60)}'a'${", 'a', 'aaaaaaaaaa')".repeat(60)}]`,
          },
        ],
      },
    },
    'are allowed',
  ],
  [
    'a list of a thousand million numbers',
    { template: { resources: [{ type: 'A.B/c', apiVersion: '1', name: '[string(range(0, 1000000000))]' }] } },
    'The template',
  ],
  [
    'a text as wide as a thousand million characters',
    { template: { resources: [{ type: 'A.B/c', apiVersion: '1', name: "[padLeft('a', 1000000000)]" }] } },
    'a smaller width',
  ],
  [
    'a list that doubles forty times',
    {
      template: {
        variables: Object.fromEntries([
          ['v0', [1]],
          ...Array.from({ length: 40 }, (_, at) => [
            `v${at + 1}`,
            `[concat(variables('v${at}'), variables('v${at}'))]`,
          ]),
        ]) as Record<string, unknown>,
        resources: [{ type: 'A.B/c', apiVersion: '1', name: "[string(length(variables('v40')))]" }],
      },
    },
    'are allowed',
  ],
  [
    'a name with too few parts',
    {
      template: {
        resources: [{ type: 'Microsoft.Network/virtualNetworks/subnets', apiVersion: '2024-05-01', name: 'a' }],
      },
    },
    'incorrect segment lengths',
  ],
  [
    'a parameter that is missing',
    { template: { parameters: { p: { type: 'string' } } } },
    "The value for the template parameter 'p' is not provided.",
  ],
  [
    'a parameter that nobody declared',
    { template: { parameters: {} }, parameters: { q: { value: 1 } } },
    "The template parameters 'q' in the parameters file are not valid",
  ],
  [
    'a value that is not allowed',
    {
      template: { parameters: { p: { type: 'string', allowedValues: ['a', 'b'] } } },
      parameters: { p: { value: 'c' } },
    },
    "The value 'c' is not part of the allowed value(s): 'a,b'.",
  ],
  [
    'a value of another type',
    { template: { parameters: { p: { type: 'int' } } }, parameters: { p: { value: 'c' } } },
    "Expected a value of type 'Int', but received a value of type 'string'.",
  ],
  [
    'a value that is too long',
    { template: { parameters: { p: { type: 'string', maxLength: 2 } } }, parameters: { p: { value: 'abc' } } },
    "less than or equal to '2'",
  ],
  [
    'a new GUID outside of a default',
    { template: { resources: [{ type: 'A.B/c', apiVersion: '1', name: '[newGuid()]' }] } },
    "The template function 'newGuid' is not expected at this location.",
  ],
  [
    'a type of a parameter that is the name of a prototype',
    { template: { parameters: { p: { type: '__proto__', defaultValue: 'a' } } } },
    "The template parameter 'p' has the type '__proto__'",
  ],
  [
    'another one',
    { template: { parameters: { p: { type: 'constructor', defaultValue: 'a' } } } },
    "The template parameter 'p' has the type 'constructor'",
  ],
]
for (const [title, properties, says] of refused)
  test(`refuses ${title}, and makes nothing`, async ({ sandbox: { definition } }) => {
    const { error } = await deploy(definition, properties)
    expect(error?.code).toBe('InvalidTemplate')
    expect(error?.message).toContain(says)
    expect(await namesIn(definition)).toEqual([])
  })

test('repeats resources, leaves out those whose condition is false, and waits for loops', async ({
  sandbox: { definition },
}) => {
  const network = {
    type: 'Microsoft.Network/virtualNetworks',
    apiVersion: '2024-05-01',
    location: '[resourceGroup().location]',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
  }
  const { properties } = await deploy(definition, {
    template: {
      parameters: { names: { type: 'array' }, extra: { type: 'bool', defaultValue: false } },
      resources: [
        { ...network, name: 'last', dependsOn: ['networks'] },
        { ...network, name: 'left-out', condition: "[parameters('extra')]" },
        {
          ...network,
          name: "[concat(parameters('names')[copyIndex()], copyIndex(1))]",
          copy: { name: 'networks', count: "[length(parameters('names'))]" },
          properties: {
            ...network.properties,
            copy: [
              {
                name: 'subnets',
                count: 2,
                input: {
                  name: "[concat('sub', copyIndex('subnets'))]",
                  properties: { addressPrefix: "[concat('10.0.', copyIndex('subnets'), '.0/24')]" },
                },
              },
            ],
          },
        },
      ],
      outputs: { subnet: { type: 'string', value: "[reference('a1').subnets[1].name]" } },
    },
    parameters: { names: { value: ['a', 'b'] } },
  })
  expect(properties?.provisioningState).toBe('Succeeded')
  expect(properties?.outputs).toEqual({ subnet: { type: 'string', value: 'sub1' } })
  expect(await namesIn(definition)).toEqual(['a1', 'b2', 'last'])
})

test('asks other resources when they are there, keys included, and shows no secret', async ({
  sandbox: { definition },
}) => {
  const { properties } = await deploy(definition, {
    template: {
      parameters: { secret: { type: 'secureString' }, stamp: { type: 'string', defaultValue: "[utcNow('yyyy')]" } },
      resources: [
        {
          type: 'Microsoft.Network/virtualNetworks',
          apiVersion: '2024-05-01',
          name: 'n',
          location: 'westus',
          tags: { key: "[substring(listKeys('templateaccount', '2024-01-01').keys[0].keyName, 0, 3)]" },
          properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
        },
        {
          type: 'Microsoft.Storage/storageAccounts',
          apiVersion: '2024-01-01',
          name: 'templateaccount',
          location: 'westus',
          kind: 'StorageV2',
          sku: { name: 'Standard_LRS' },
          properties: {},
        },
      ],
      outputs: {
        blob: { type: 'string', value: "[reference('templateaccount').primaryEndpoints.blob]" },
        secret: { type: 'secureString', value: "[parameters('secret')]" },
      },
    },
    parameters: { secret: { value: 'hidden-value' } },
  })
  expect(properties?.provisioningState).toBe('Succeeded')
  expect(properties?.outputs?.['blob']?.value).toBe('https://templateaccount.blob.core.windows.net/')
  expect(JSON.stringify(properties)).not.toContain('hidden-value')
  expect(properties?.parameters?.['stamp']).toMatchObject({
    type: 'String',
    value: String(new Date().getUTCFullYear()),
  })
  const network = await arm(
    definition,
    'GET',
    `${group}/providers/Microsoft.Network/virtualNetworks/n?api-version=2024-05-01`,
  )
  expect(network.json()).toMatchObject({ tags: { key: 'key' } })
})

test('deploys templates in templates, in their own scope and in another group', async ({
  sandbox: { definition },
  clients,
}) => {
  await clients.resources.resourceGroups.createOrUpdate('rg2', { location: 'westus' })
  const vault = {
    type: 'Microsoft.RecoveryServices/vaults',
    apiVersion: '2024-04-01',
    location: 'westus',
    sku: { name: 'RS0', tier: 'Standard' },
    properties: {},
  }
  const nested = { type: 'Microsoft.Resources/deployments', apiVersion: '2021-04-01' }
  const { properties } = await deploy(definition, {
    template: {
      variables: { name: 'outer-vault' },
      resources: [
        {
          ...nested,
          name: 'outer',
          properties: { mode: 'Incremental', template: { resources: [{ ...vault, name: "[variables('name')]" }] } },
        },
        {
          ...nested,
          name: 'inner',
          resourceGroup: 'rg2',
          properties: {
            mode: 'Incremental',
            expressionEvaluationOptions: { scope: 'inner' },
            parameters: { name: { value: "[concat(variables('name'), '-2')]" } },
            template: {
              parameters: { name: { type: 'string' } },
              resources: [{ ...vault, name: "[parameters('name')]" }],
              outputs: { place: { type: 'string', value: '[resourceGroup().name]' } },
            },
          },
        },
      ],
      outputs: { place: { type: 'string', value: "[reference('inner').outputs.place.value]" } },
    },
  })
  expect(properties?.error).toBeUndefined()
  expect(properties?.outputs?.['place']?.value).toBe('rg2')
  expect(await namesIn(definition)).toEqual(['outer-vault'])
  expect(await namesIn(definition, 'rg2')).toEqual(['outer-vault-2'])
})

test('takes resources with symbolic names, as Bicep writes them', async ({ sandbox: { definition } }) => {
  const { properties } = await deploy(definition, {
    template: {
      languageVersion: '2.0',
      resources: {
        card: {
          type: 'Microsoft.Network/networkInterfaces',
          apiVersion: '2024-05-01',
          name: 'card',
          location: 'westus',
          dependsOn: ['net'],
          properties: {
            ipConfigurations: [{ name: 'c', properties: { subnet: { id: "[reference('net').subnets[0].id]" } } }],
          },
        },
        net: {
          type: 'Microsoft.Network/virtualNetworks',
          apiVersion: '2024-05-01',
          name: 'net',
          location: 'westus',
          properties: {
            addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
            subnets: [{ name: 'default', properties: { addressPrefix: '10.0.0.0/24' } }],
          },
        },
      },
    },
  })
  expect(properties?.provisioningState).toBe('Succeeded')
  expect(await namesIn(definition)).toEqual(['card', 'net'])
})

test('waits for each resource that a property asks for, also for the second and third', async ({
  sandbox: { definition },
}) => {
  const net = (name: string) => ({
    type: 'Microsoft.Network/virtualNetworks',
    apiVersion: '2024-05-01',
    name,
    location: 'westus',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
  })
  const guidOf = (name: string) =>
    `[reference(resourceId('Microsoft.Network/virtualNetworks', '${name}')).resourceGuid]`
  const { properties, error } = await deploy(definition, {
    template: {
      resources: [
        {
          type: 'Microsoft.Web/sites',
          apiVersion: '2022-09-01',
          name: 'cart',
          location: 'westus',
          properties: { first: guidOf('a'), rest: [guidOf('b'), { third: guidOf('c') }] },
        },
        ...['a', 'b', 'c'].map(net),
      ],
    },
  })
  expect(error).toBeUndefined()
  expect(properties).toMatchObject({
    provisioningState: 'Succeeded',
    dependencies: [
      { resourceName: 'cart', dependsOn: [{ resourceName: 'a' }, { resourceName: 'b' }, { resourceName: 'c' }] },
    ],
  })
})
