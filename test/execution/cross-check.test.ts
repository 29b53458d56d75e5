import { expect, test } from '@playwright/test'
import { crossCheck } from '../../src/execution/cross-check.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { ArticleResult, Comparison } from '../../src/result/result.ts'
import { planOf, shippedTypes, vaultArticle } from '../plan/plan-of.ts'
import { articleOf } from '../result/result-of.ts'

const subscription = '/subscriptions/9b8a7c6d-0000-4000-8000-123456789abc'

/** What Resource Manager would tell of the vault that a plan describes, with the properties named. */
function resultOf(plan: Plan, properties: object, more: object = {}): ArticleResult {
  const vault = plan.resources.find(({ type }) => type.endsWith('/vaults'))
  if (!vault) throw new Error('The plan makes no vault.')
  const id = vault.id.replace('/subscriptions/{subscription}', subscription)
  return articleOf({
    id: plan.id,
    surface: plan.surface,
    names: plan.names,
    resources: [
      {
        type: vault.type,
        name: vault.name,
        id,
        status: 'as-described',
        differences: [],
        snapshot: JSON.parse(
          JSON.stringify({ id, name: vault.name, type: vault.type, location: 'northeurope', ...more, properties }),
        ) as Record<string, never>,
        place: vault.place,
      },
    ],
  })
}

function compared(one: object, other: object, more: [object, object] = [{}, {}]): Comparison {
  const plans = [
    planOf(vaultArticle, { run: 'k3x9q20', surface: 'portal' }),
    planOf(vaultArticle, { run: 'k3x9q21', surface: 'arm' }),
  ] as const
  const [comparison] = crossCheck(
    [resultOf(plans[0], one, more[0]), resultOf(plans[1], other, more[1])],
    plans,
    shippedTypes,
  )
  if (!comparison) throw new Error('Nothing was compared.')
  return comparison
}

const own = (run: string) => `${subscription}/resourceGroups/myGroup-${run}/providers/N/things/myVault-${run}-x`

for (const [what, one, other] of [
  ['own names in what is derived from them', { thing: own('k3x9q20') }, { thing: own('k3x9q21') }],
  ['upper and lower case', { state: 'enabled' }, { state: 'Enabled' }],
  ['times, GUIDs and states', { creationTime: '1', vmId: 'a', etag: 'b' }, { creationTime: '2', vmId: 'c' }],
  ['a value and a list of one', { addressPrefix: '10.0.0.0/24' }, { addressPrefixes: ['10.0.0.0/24'] }],
  ['the order of things with names', { s: [{ name: 'a' }, { name: 'b' }] }, { s: [{ name: 'b' }, { name: 'a' }] }],
] as const)
  test(`counts as equal: ${what}`, () => {
    expect(compared(one, other)).toMatchObject({
      surfaces: ['portal', 'arm'],
      name: 'myVault',
      status: 'equal',
      differences: [],
    })
  })

for (const [what, one, other, cause, words] of [
  [
    'a setting that the article names',
    { redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant' } },
    { redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant' } },
    'named',
    'The article names “Backup Storage Redundancy”',
  ],
  [
    'a setting of the form that it doesn’t name',
    { securitySettings: { immutabilitySettings: { state: 'Unlocked' } } },
    {},
    'default',
    'No sentence names “Enable immutability”: each surface has a default of its own (Unlocked on portal, nothing on arm)',
  ],
  ['something of the form’s own request', { monitoring: { alerts: 'on' } }, {}, 'form', 'Only one surface asks for it'],
  [
    'what is made up anew',
    { disk: 'myVault-k3x9q20_Disk_269cfe845f474e88af35b53d8ee96c01' },
    { disk: 'myVault-k3x9q21_Disk_2b847f2a5cf34ea39df03cbf400dc0fc' },
    'service',
    'makes it up anew',
  ],
  ['what the service decides', { tier: 'one' }, { tier: 'two' }, 'service', 'one on portal, two on arm'],
] as const)
  test(`explains ${what}`, () => {
    const { status, differences } = compared(one, other)
    expect(status).toBe(cause === 'named' ? 'differs' : 'explained')
    expect(differences).toEqual([expect.objectContaining({ cause, explanation: expect.stringContaining(words) })])
  })

test('compares nothing that was not read back on both surfaces, nor one surface with itself', () => {
  const plans = [
    planOf(vaultArticle, { run: 'k3x9q20', surface: 'portal' }),
    planOf(vaultArticle, { run: 'k3x9q21', surface: 'arm' }),
  ]
  const [portal, arm] = plans as [Plan, Plan]
  const told = resultOf(portal, {})
  expect(crossCheck([told, articleOf({ id: arm.id, surface: 'arm', names: arm.names })], plans, shippedTypes)).toEqual(
    [],
  )
  expect(crossCheck([told, told], [portal], shippedTypes)).toEqual([])
})
