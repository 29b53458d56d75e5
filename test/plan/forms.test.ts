import { expect, test } from '@playwright/test'
import { actionsOf, planOf, vaultArticle } from './plan-of.ts'

/** The vault's article with other rows in its table. */
function withRows(...rows: [setting: string, value: string][]): string {
  const table = rows.map(([setting, value]) => `    | ${setting} | ${value} |`).join('\n')
  return vaultArticle.replace(/ {4}\| \*\*Project details[\s\S]*?North Europe\*\*\. \|/, table)
}

const group: [string, string] = [
  'Resource group',
  'Select **Create new**. <br> Enter *myGroup* in **Name**. <br> Select **OK**.',
]
const name: [string, string] = ['Vault name', 'Enter *myVault*.']
const region: [string, string] = ['Region', 'Select **North Europe**.']

function vaultOf(text: string) {
  const vault = planOf(text, { names: 'literal' }).resources.find(({ type }) => type.endsWith('/vaults'))
  expect(vault).toBeDefined()
  return vault
}

test('turns a settings table into the resource group and the vault that it makes', () => {
  const plan = planOf(vaultArticle)
  expect(plan.resources).toMatchObject([
    {
      type: 'Microsoft.Resources/resourceGroups',
      name: 'myGroup-k3x9q2',
      location: { setting: 'Region', value: 'North Europe' },
    },
    {
      type: 'Microsoft.RecoveryServices/vaults',
      name: 'myVault-k3x9q2',
      resourceGroup: 'myGroup-k3x9q2',
      location: { setting: 'Region', value: 'North Europe' },
      missing: [],
    },
  ])
  expect(plan.resources[0]).not.toHaveProperty('resourceGroup')
})

test('makes both at the command that sends the form, and at no other', () => {
  const made = actionsOf(planOf(vaultArticle)).filter(({ effect }) => effect?.kind === 'create')
  expect(made.map(({ said }) => said.target)).toEqual(['Create'])
})

test('says which part of the request each field becomes', () => {
  const parts = actionsOf(planOf(vaultArticle)).flatMap(({ said, becomes }) =>
    becomes ? [[said.target, becomes]] : [],
  )
  expect(parts).toEqual([
    ['Subscription', 'subscription'],
    ['Name', 'resourceGroup'],
    ['Vault name', 'name'],
    ['Region', 'location'],
    ['Backup Storage Redundancy', 'properties.redundancySettings.standardTierStorageRedundancy'],
  ])
})

test('points a difference at the row that gives the value', () => {
  const line = vaultArticle.split('\n').findIndex(row => row.includes('North Europe')) + 1
  expect(vaultOf(vaultArticle)?.location?.place.start.line).toBe(line)
})

test('makes no resource group where the article takes one that is there', () => {
  const plan = planOf(withRows(['Resource group', 'Select **shared**.'], name, region), { names: 'literal' })
  expect(plan.resources.map(each => [each.type, each.resourceGroup])).toEqual([
    ['Microsoft.RecoveryServices/vaults', 'shared'],
  ])
})

const redundancies: [said: string, expected: string][] = [
  ['Geo-redundant', 'GeoRedundant'],
  ['Locally-redundant', 'LocallyRedundant'],
  ['Zone-redundant', 'ZoneRedundant'],
  ['locally-redundant storage', 'LocallyRedundant'],
]

for (const [said, expected] of redundancies)
  test(`expects ${expected} where the article says ${said}`, () => {
    const text = vaultArticle.replace('select **Locally-redundant**', `select **${said}**`)
    expect(vaultOf(text)?.properties).toMatchObject([
      {
        setting: 'Backup Storage Redundancy',
        value: said,
        expected,
        path: 'properties.redundancySettings.standardTierStorageRedundancy',
      },
    ])
  })

test('expects nothing of a setting that the article does not speak of', () => {
  const text = vaultArticle.replace(/1\. On the \*\*Redundancy\*\* tab.*\n/, '')
  expect(vaultOf(text)?.properties).toEqual([])
})

test('expects the default that the article names', () => {
  const text = vaultArticle.replace(
    'for **Backup Storage Redundancy**, select **Locally-redundant**',
    'for **Backup Storage Redundancy**, accept the default of **Geo-redundant**',
  )
  expect(vaultOf(text)?.properties).toMatchObject([{ expected: 'GeoRedundant' }])
})

const optional: [what: string, sentence: string][] = [
  [
    'may be left out',
    'Optionally, on the **Redundancy** tab, for **Backup Storage Redundancy**, select **Zone-redundant**.',
  ],
  [
    'depends on a condition',
    'If your company has two sites, for **Backup Storage Redundancy**, select **Zone-redundant**.',
  ],
]

for (const [what, sentence] of optional)
  test(`expects nothing of a setting that ${what}`, () => {
    const text = vaultArticle.replace(/On the \*\*Redundancy\*\* tab.*/, sentence)
    const set = actionsOf(planOf(text)).find(({ said }) => 'value' in said && said.value === 'Zone-redundant')
    expect(set?.said.optional ?? set?.said.when).toBeTruthy()
    expect(vaultOf(text)?.properties).toEqual([])
  })

const required: [left: string, rows: [string, string][], missing: string[]][] = [
  ['Region', [group, name], ['Region']],
  ['Vault name', [group, region], ['Vault name']],
  ['Resource group', [name, region], ['Resource group']],
  ['nothing', [group, name, region], []],
  ['Region, but names Location', [group, name, ['Location', 'Select **North Europe**.']], []],
]

for (const [left, rows, missing] of required)
  test(`${missing.length > 0 ? `misses ${missing.join()} in` : 'misses nothing in'} a table that leaves out ${left}`, () => {
    expect(vaultOf(withRows(...rows))?.missing).toEqual(missing)
  })

test('counts a field as said, but without a value, that the article tells to leave as it is', () => {
  const vault = vaultOf(withRows(group, name, ['Region', 'Leave the default.']))
  expect(vault?.missing).toEqual(['Region'])
  expect(vault?.unsaid).toEqual([])
})

test('reads a form whose fields are given sentence by sentence', () => {
  const text = [
    '# Make a vault',
    '## Make it',
    '1. On the **Create Recovery Services vault** page, for **Resource group**, select **Create new**, enter *rg1*, and then select **OK**.',
    '1. Enter *vault1* in **Vault name**.',
    '1. For **Region**, select **West US**.',
    '1. Select **Review + create** > **Create**.',
    '',
  ].join('\n')
  const plan = planOf(text)
  expect(plan.refusals).toEqual([])
  expect(plan.resources).toMatchObject([
    { type: 'Microsoft.Resources/resourceGroups', name: 'rg1-k3x9q2' },
    { name: 'vault1-k3x9q2', resourceGroup: 'rg1-k3x9q2', location: { value: 'West US' }, missing: [] },
  ])
})

test('reads the form of a resource group that stands alone', () => {
  const text = [
    '# Make a group',
    '## Make it',
    '1. On the **Create a resource group** page, enter or select these values:',
    '',
    '    | Setting | Value |',
    '    | --- | --- |',
    '    | Resource group | *aloneGroup* |',
    '    | Region | West US |',
    '',
    '1. Select **Review + create**, and then select **Create**.',
    '',
  ].join('\n')
  const plan = planOf(text)
  expect(plan.resources).toMatchObject([
    {
      type: 'Microsoft.Resources/resourceGroups',
      name: 'aloneGroup-k3x9q2',
      location: { value: 'West US' },
      missing: [],
    },
  ])
  expect(plan.resources[0]).not.toHaveProperty('resourceGroup')
  expect(plan.names).toEqual({ aloneGroup: 'aloneGroup-k3x9q2' })
})

test('does not take the command that opens a form for the one that sends it', () => {
  const text = vaultArticle.replace('1. Sign in', '1. Select **Create**.\n1. Sign in')
  const made = actionsOf(planOf(text)).flatMap(({ effect, said }) =>
    effect?.kind === 'create' ? [said.place.start.line] : [],
  )
  expect(made).toEqual([text.split('\n').lastIndexOf('1. Select **Create**.') + 1])
})

test('does not take the OK of a field’s own dialog for the command that sends the form', () => {
  const text = vaultArticle.replace('Select **OK**', 'Select **Create**')
  const made = actionsOf(planOf(text)).filter(({ effect }) => effect?.kind === 'create')
  expect(made).toHaveLength(1)
  expect(made[0]?.effect).toMatchObject({ resources: [{}, { missing: [] }] })
})

test('expects nothing where the form is never sent', () => {
  expect(planOf(vaultArticle.replace('1. Select **Create**.\n', '')).resources).toEqual([])
})

test('expects nothing where the runbook skips the step that sends the form', () => {
  const step = { step: 'Create the vault #5', reason: 'costs money' }
  const plan = planOf(vaultArticle, { runbook: { skip: [step] } })
  expect(plan.refusals).toEqual([])
  expect(plan.resources).toEqual([])
})

const deletions: [what: string, steps: string[], name: string][] = [
  [
    'the name typed to confirm it',
    ['Select **Delete resource group**.', 'In the box, enter *typedGroup*, and then select **Delete**.'],
    'typedGroup',
  ],
  [
    'the group that was selected before',
    ['Select **chosenGroup** from the search results.', 'Select **Delete resource group**.', 'Select **Delete**.'],
    'chosenGroup',
  ],
  [
    'the group that was searched for',
    ['Search for **soughtGroup**.', 'Select **Delete resource group**.'],
    'soughtGroup',
  ],
  ['nothing that it names', ['Search for **Resource groups**.', 'Select **Delete resource group**.'], ''],
]

for (const [what, steps, deleted] of deletions)
  test(`deletes ${what}`, () => {
    const text = ['# Remove', '## Clean up', ...steps.map(step => `1. ${step}`), ''].join('\n')
    const effects = actionsOf(planOf(text)).flatMap(({ effect }) => (effect ? [effect] : []))
    expect(effects).toMatchObject([{ kind: 'delete', type: 'Microsoft.Resources/resourceGroups', name: deleted }])
  })

test('deletes what was made and then selected in its list', () => {
  const ways = ['Search for **Resource groups**.', 'Select **myGroup**.', 'Select **Delete resource group**.']
  const text = vaultArticle.replace(
    /\n## Clean up[^]*/i,
    ['\n## Clean up', ...ways.map(way => `1. ${way}`), ''].join('\n'),
  )
  const effects = actionsOf(planOf(text)).flatMap(({ effect }) => (effect?.kind === 'delete' ? [effect] : []))
  expect(effects).toMatchObject([{ kind: 'delete', name: 'myGroup-k3x9q2' }])
})

test('does not take for the group’s name what was looked for before there was a group', () => {
  const text = vaultArticle
    .replace('1. On the **Basics**', '1. Search for **Resiliency**.\n1. On the **Basics**')
    .replace(/\n## Clean up[^]*/i, '\n## Clean up\n\n1. Select **Delete resource group**.\n')
  const effects = actionsOf(planOf(text)).flatMap(({ effect }) => (effect?.kind === 'delete' ? [effect] : []))
  expect(effects).toMatchObject([{ name: '', place: { start: { line: 29 } } }])
})

test('deletes by the last of the confirming commands', () => {
  const text = vaultArticle.replace(/$/, '1. Select **Delete** once more to confirm.\n')
  const actions = actionsOf(planOf(text))
  expect(actions.findIndex(({ effect }) => effect?.kind === 'delete')).toBe(actions.length - 1)
})

test('deletes the group by the run’s own name', () => {
  const effects = actionsOf(planOf(vaultArticle)).flatMap(({ effect }) => (effect?.kind === 'delete' ? [effect] : []))
  expect(effects).toMatchObject([{ kind: 'delete', name: 'myGroup-k3x9q2' }])
})
