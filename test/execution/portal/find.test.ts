import {
  complaints,
  findControl,
  findField,
  findFieldIn,
  isGlobalSearch,
  openOptions,
  remarkOn,
  type Wanted,
} from '../../../src/execution/portal/find.ts'
import { labelOf } from '../../../src/execution/portal/screen.ts'
import { brief, stored } from './stored.ts'
import { expect, test } from './world.ts'

const controls: [what: string, screen: string, wanted: Wanted, found: string[]][] = [
  [
    'the footer’s button rather than the tab of the same name',
    'wizard',
    { label: 'Review + create', where: [] },
    ['button “Review + create” in region “Create Recovery Services vault”'],
  ],
  [
    'the tab where the article says “tab”',
    'wizard',
    { label: 'Review + create', where: [], kind: 'tab' },
    ['tab “Review + create” in region “Create Recovery Services vault”'],
  ],
  [
    'the button where the article says “button”',
    'wizard',
    { label: 'Review + create', where: [], kind: 'button' },
    ['button “Review + create” in region “Create Recovery Services vault”'],
  ],
  [
    'a tab that counts its errors',
    'wizard',
    { label: 'Basics', where: [] },
    ['tab “Basics (1)” in region “Create Recovery Services vault”'],
  ],
  [
    'a link by what stands on it, though its name says more',
    'wizard',
    { label: 'Create new', where: ['Resource group'] },
    ['button “Resource group: Create new” in tabpanel “Basics”'],
  ],
  ['nothing by half of a label', 'wizard', { label: 'Create', where: [] }, []],
  ['nothing on a blade that is parked', 'wizard', { label: 'Refresh', where: [] }, []],
  [
    'a disabled button where there is no other',
    'wizard',
    { label: 'Previous', where: [] },
    ['button “Previous” in region “Create Recovery Services vault”'],
  ],
  [
    'the Delete of the dialog that the article names',
    'list',
    { label: 'Delete', where: ['Delete a resource group'] },
    ['button “Delete” in dialog “Delete a resource group”'],
  ],
  [
    'the Edit of the region that the article names',
    'list',
    { label: 'Edit', where: ['Monitoring'] },
    ['button “Edit” in region “Monitoring”'],
  ],
  [
    'both Edits where the article names no region, and doesn’t guess',
    'list',
    { label: 'Edit', where: [] },
    ['button “Edit” in region “Essentials”', 'button “Edit” in region “Monitoring”'],
  ],
  [
    'both Edits where the article names a region that is not there',
    'list',
    { label: 'Edit', where: ['Billing'] },
    ['button “Edit” in region “Essentials”', 'button “Edit” in region “Monitoring”'],
  ],
  [
    'West US among its neighbours, by no part of a name',
    'list',
    { label: '(US) West US', where: [] },
    ['option “(US) West US” in listbox “Region”'],
  ],
  [
    'one of two links to the same place',
    'search',
    { label: 'Resource groups', where: [], kind: 'link' },
    ['link “Resource groups”'],
  ],
  [
    'a button in a frame of another site, by its name without the glyph',
    'frames',
    { label: 'Vault', where: [] },
    ['button “Vault” in toolbar “Commands”'],
  ],
  ['a link in a table', 'frames', { label: 'copper', where: [] }, ['link “copper”']],
  [
    'a label in another case, at the price of a remark',
    'wizard',
    { label: 'Review + Create', where: [] },
    ['button “Review + create” in region “Create Recovery Services vault”'],
  ],
]

for (const [what, screen, wanted, found] of controls)
  test(`finds ${what}`, () => {
    const { best } = findControl(stored(screen), wanted)
    expect(best.map(({ node }) => brief(node))).toEqual(found)
  })

test('tells a label that is written otherwise, with its drift, and none that is not', () => {
  const screen = stored('wizard')
  const [other] = findControl(screen, { label: 'Review + Create', where: [] }).best
  const [same] = findControl(screen, { label: 'Next', where: [] }).best
  expect(other && remarkOn('Review + Create', other)).toMatchObject([
    { drift: 'cosmetic', rule: 'label-differs', found: 'Review + create' },
  ])
  expect(same && remarkOn('Next', same)).toEqual([])
})

test('names what comes nearest where nothing matches', () => {
  expect(findControl(stored('list'), { label: 'Delete group', where: [] }).near[0]).toBe('Delete resource group')
  expect(findControl(stored('frames'), { label: '+ Vaults', where: [] }).near).toContain('Vault')
  expect(findControl(stored('list'), { label: 'Frobnicate', where: [] }).near).toEqual([])
})

const fields: [what: string, screen: string, label: string, where: string[], found: string[]][] = [
  ['a text box whose name bears a mark', 'wizard', 'Vault name', [], ['textbox “Vault name *” in tabpanel “Basics”']],
  [
    'the list rather than the info button of the same name',
    'wizard',
    'Region',
    [],
    ['combobox “Region” in tabpanel “Basics”'],
  ],
  [
    'a list whose long name ends with the label',
    'wizard',
    'Resource group',
    [],
    ['combobox “Create new or use existing Resource group” in tabpanel “Basics”'],
  ],
  ['a box without a name behind its label', 'wizard', 'Retention in days', [], ['textbox “30” in tabpanel “Basics”']],
  [
    'a group of radio buttons',
    'wizard',
    'Connectivity method',
    [],
    ['radiogroup “Connectivity method” in tabpanel “Basics”'],
  ],
  [
    'the box without a name in a dialog',
    'list',
    'Enter resource group name to confirm deletion',
    [],
    ['textbox “” in dialog “Delete a resource group”'],
  ],
  ['no field where only a button bears the label', 'wizard', 'Notifications', [], []],
  ['no field by a part of its label', 'wizard', 'Vault', [], []],
  ['no field where a heading bears the label', 'wizard', 'Instance details', [], []],
]

for (const [what, screen, label, where, found] of fields)
  test(`takes for a field ${what}`, () => {
    expect(findField(stored(screen), { label, where }).best.map(({ node }) => brief(node))).toEqual(found)
  })

test('names the fields that come nearest where none matches', () => {
  expect(findField(stored('wizard'), { label: 'Name of the vault', where: [] }).near).toContain('Vault name *')
})

test('finds the box of the dialog for a value whose field is not named, never the portal’s search', () => {
  const { best } = findFieldIn(stored('list'), ['Delete a resource group'])
  expect(best.map(({ node }) => brief(node))).toEqual(['textbox “” in dialog “Delete a resource group”'])
  expect(findFieldIn(stored('search'), []).best).toEqual([])
})

test('knows the portal’s search box', () => {
  for (const name of ['wizard', 'search', 'frames'])
    expect(stored(name).nodes.filter(isGlobalSearch).map(labelOf)).toEqual([
      'Search resources, services, and docs (G+/)',
    ])
})

test('lists what is open to be chosen', () => {
  expect(openOptions(stored('list')).map(labelOf)).toEqual(['(US) West US 2', '(US) West US', '(US) West US 3'])
  expect(openOptions(stored('wizard'))).toEqual([])
})

test('hears what a page complains of', () => {
  expect(complaints(stored('wizard'))).toEqual(['The value must not be empty.'])
  expect(complaints(stored('list'))).toEqual([])
})
