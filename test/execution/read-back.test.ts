import type { ExpectedResource } from '../../src/plan/plan.ts'
import { CloudDefinition } from '../../src/cloud/definition.ts'
import { openResourceManager, type Resource, type ResourceManager } from '../../src/cloud/resource-manager.ts'
import { addressOf, findLocation, groupAddress, readAbsence, readBack } from '../../src/execution/read-back.ts'
import { StepFailure } from '../../src/execution/step-failure.ts'
import type { Surface, Surroundings } from '../../src/execution/surface.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { planOf } from '../plan/plan-of.ts'
import { expect, test } from '../sandbox/sandbox-fixture.ts'

const place = {
  path: 'article.md',
  start: { line: 7, column: 5, offset: 90 },
  end: { line: 7, column: 20, offset: 105 },
}
const rowPlace = { ...place, start: { line: 12, column: 7, offset: 200 } }

const locations = [
  { name: 'westus', displayName: 'West US' },
  { name: 'westus2', displayName: 'West US 2' },
  { name: 'northeurope', displayName: 'North Europe' },
]

const spellings: [said: string, name: string | undefined][] = [
  ['West US', 'westus'],
  ['west us', 'westus'],
  ['(US) West US', 'westus'],
  ['westus', 'westus'],
  ['West US 2', 'westus2'],
  ['(US) West US 2', 'westus2'],
  ['(Europe) North Europe', 'northeurope'],
  ['West', undefined],
  ['West US 3', undefined],
  ['', undefined],
]

for (const [said, name] of spellings)
  test(`takes “${said}” for ${name ?? 'no location'}`, () => {
    expect(findLocation(said, locations)?.name).toBe(name)
  })

const expected: ExpectedResource = {
  type: 'Microsoft.RecoveryServices/vaults',
  apiVersion: '2024-04-01',
  name: 'vault1',
  resourceGroup: 'group1',
  location: { setting: 'Region', value: 'West US', place: rowPlace },
  properties: [
    {
      setting: 'Backup Storage Redundancy',
      value: 'Locally-redundant',
      expected: 'LocallyRedundant',
      path: 'properties.redundancySettings.standardTierStorageRedundancy',
      place: rowPlace,
    },
  ],
  id: '/subscriptions/{subscription}/resourceGroups/group1/providers/Microsoft.RecoveryServices/vaults/vault1',
  body: {},
  unmapped: [],
  missing: [],
  unsaid: [],
  place,
}

test('knows where a resource and where a group lives', () => {
  expect(addressOf(expected, 's').id).toBe(
    '/subscriptions/s/resourceGroups/group1/providers/Microsoft.RecoveryServices/vaults/vault1',
  )
  expect(groupAddress('group1', 's').id).toBe('/subscriptions/s/resourceGroups/group1')
})

/** A cloud that answers one question after the other, the last one for ever. */
function cloudWith(...answers: (Partial<Resource> | undefined)[]): Surroundings {
  let at = 0
  const manager = {
    subscriptionId: 's',
    async read() {
      const answer = answers[Math.min(at++, answers.length - 1)]
      return answer && ({ id: '/x', name: 'vault1', type: 'T', ...answer } as Resource)
    },
  } as unknown as ResourceManager
  return {
    plan: planOf('# Empty\n'),
    cloud: { rehearsal: true } as CloudDefinition,
    manager,
    locations: async () => locations,
    whenNeeded: () => Promise.resolve(),
    secrets: {},
    output: '',
  }
}

const silent = {} as Surface

function described(changes: Record<string, unknown> = {}): Partial<Resource> {
  return {
    location: 'westus',
    properties: {
      provisioningState: 'Succeeded',
      redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant' },
      ...changes,
    },
  }
}

function readFrom(surroundings: Surroundings, surface = silent, limit = 300) {
  return readBack(expected, { surroundings, surface, limit, place })
}

async function failureOf(promise: Promise<unknown>): Promise<StepFailure> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(StepFailure)
  return error as StepFailure
}

test('finds a resource as described when it is', async () => {
  expect(await readFrom(cloudWith(described()))).toMatchObject({ status: 'as-described', differences: [] })
})

test('waits until it is there, and until its making has ended', async () => {
  const making = described({ provisioningState: 'Provisioning', redundancySettings: {} })
  expect(await readFrom(cloudWith(undefined, making, described()), silent, 5_000)).toMatchObject({
    status: 'as-described',
  })
})

test('takes a resource that tells no state for one that is made', async () => {
  expect(await readFrom(cloudWith({ location: 'westus', properties: {} }))).toMatchObject({ status: 'differs' })
})

const differences: [what: string, resource: Partial<Resource>, differences: [string, string, string][]][] = [
  ['another region', { ...described(), location: 'westus2' }, [['Region', 'West US', 'West US 2']]],
  ['a region that nobody knows', { ...described(), location: 'moon1' }, [['Region', 'West US', 'moon1']]],
  [
    'another redundancy',
    described({ redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant' } }),
    [['Backup Storage Redundancy', 'Locally-redundant', 'GeoRedundant']],
  ],
  [
    'a setting that is not there',
    described({ redundancySettings: undefined }),
    [['Backup Storage Redundancy', 'Locally-redundant', '(not set)']],
  ],
  ['another name', { ...described(), name: 'vault2' }, [['Name', 'vault1', 'vault2']]],
  ['its name in another case only', { ...described(), name: 'VAULT1' }, []],
  ['its region written as people do', { ...described(), location: 'West US' }, []],
  [
    'two differences',
    { ...described({ redundancySettings: {} }), location: 'northeurope' },
    [
      ['Region', 'West US', 'North Europe'],
      ['Backup Storage Redundancy', 'Locally-redundant', '(not set)'],
    ],
  ],
]

for (const [what, resource, told] of differences)
  test(`tells ${what}, at the row that says so`, async () => {
    const result = await readFrom(cloudWith(resource))
    expect(result.differences.map(({ setting, said, found }) => [setting, said, found])).toEqual(told)
    expect(result.status).toBe(told.length === 0 ? 'as-described' : 'differs')
    for (const difference of result.differences)
      expect(difference.place).toEqual(difference.setting === 'Name' ? place : rowPlace)
  })

test('says that the making failed as soon as it did', async () => {
  for (const provisioningState of ['Failed', 'Canceled']) {
    const failure = await failureOf(readFrom(cloudWith(described({ provisioningState })), silent, 60_000))
    expect(failure.problem.rule).toBe('creation-failed')
    expect(failure.message).toContain(provisioningState)
  }
})

test('says what the page complains of while nothing comes into being', async () => {
  const surface = { complaint: async () => 'The deployment failed: quota.' } as unknown as Surface
  const failure = await failureOf(readFrom(cloudWith(undefined), surface, 60_000))
  expect(failure.message).toContain('The deployment failed: quota.')
})

test('says that nothing came into being when the time is over', async () => {
  const failure = await failureOf(readFrom(cloudWith(undefined)))
  expect(failure.verdict).not.toBe('doc')
  expect(failure.message).toContain('vault1')
})

test('sees a group’s end, and that it does not come', async ({ sandbox }) => {
  const surroundings = { ...cloudWith(undefined), ...(await managed(sandbox)) }
  const address = groupAddress('group1', sandbox.definition.subscription)
  expect(await readAbsence(address, { surroundings, surface: silent, limit: 100, place })).toBe(true)
  await surroundings.manager.write(address, { location: 'westus' })
  expect(await readAbsence(address, { surroundings, surface: silent, limit: 300, place })).toBe(false)
  const [gone] = await Promise.all([
    readAbsence(address, { surroundings, surface: silent, limit: 30_000, place }),
    surroundings.manager.remove(address),
  ])
  expect(gone).toBe(true)
})

async function managed({ definition }: Sandbox) {
  return { manager: await openResourceManager(CloudDefinition.parse(definition)) }
}

test('says that the page still asks where nothing goes because no sentence answers it', async ({ sandbox }) => {
  const surroundings = { ...cloudWith(undefined), ...(await managed(sandbox)) }
  const address = groupAddress('group2', sandbox.definition.subscription)
  await surroundings.manager.write(address, { location: 'westus' })
  const surface = { question: async () => 'Delete confirmation Delete group2?' } as unknown as Surface
  const failure = await failureOf(readAbsence(address, { surroundings, surface, limit: 60_000, place }))
  expect(failure.problem).toMatchObject({ rule: 'question-unanswered', found: ['Delete confirmation Delete group2?'] })
  expect(failure).toMatchObject({ verdict: 'doc', drift: 'blocking' })
})
