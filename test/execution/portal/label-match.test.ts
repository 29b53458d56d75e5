import { expect, test } from '@playwright/test'
import { matchLabel, matchValue } from '../../../src/execution/portal/label-match.ts'

type Match = 'same' | 'cosmetic' | 'misleading' | 'none'

/** What is said, what is on screen, and whether a reader takes it for the same (`portal-facts.md` §12, §14, §18). */
const labels: [said: string, shown: string, match: Match][] = [
  // §12, §18: decoration that nobody reads
  ['Create', 'Create', 'same'],
  ['Create', '\uE710 Create', 'same'],
  ['Create', '\uE710Create\uE70D', 'same'],
  ['Vault', '+ Vault', 'same'],
  ['+ Vault', 'Vault', 'same'],
  ['Name', 'Name *', 'same'],
  ['Name', 'Name*', 'same'],
  ['Name', 'Name:', 'same'],
  ['Loading', 'Loading...', 'same'],
  ['Browse…', 'Browse', 'same'],
  ['Basics', 'Basics (1)', 'same'],
  ['Basics', 'Basics (12)', 'same'],
  ['Resource  group', 'Resource group', 'same'],
  ['Resource group', 'Resource\u00A0group', 'same'],
  ['Next: Disks', 'Next : Disks >', 'same'],
  ['Previous', '< Previous', 'same'],
  // §14: cosmetic drift
  ['Review + Create', 'Review + create', 'cosmetic'],
  ['Review+create', 'Review + create', 'cosmetic'],
  ['Review and create', 'Review + create', 'cosmetic'],
  ['Review & create', 'Review + create', 'cosmetic'],
  ['Project Details', 'Project details', 'cosmetic'],
  ['Sign-in logs', 'Sign in logs', 'cosmetic'],
  ['What’s new', "What's new", 'cosmetic'],
  // §14: a product that bears another name
  ['Azure Active Directory', 'Microsoft Entra ID', 'misleading'],
  ['Azure AD', 'Microsoft Entra ID', 'misleading'],
  ['Azure Active Directory roles', 'Microsoft Entra ID roles', 'misleading'],
  ['Microsoft Entra ID', 'Azure Active Directory', 'misleading'],
  ['Azure Active Directory', 'Microsoft Entra Connect', 'none'],
  ['Azure Active Directory roles', 'Microsoft Entra ID', 'none'],
  // §14: another control
  ['Backup center', 'Resiliency', 'none'],
  ['IP Addresses', 'Address space', 'none'],
  ['Azure virtual machine', 'Virtual machine', 'none'],
  ['Add', 'Create', 'none'],
  ['Next: Disks', 'Next', 'none'],
  ['Type the resource group name:', 'Enter resource group name to confirm deletion', 'none'],
  // decoys
  ['Create', 'Create new', 'none'],
  ['Create', 'Review + create', 'none'],
  ['Create', 'Recreate', 'none'],
  ['Vault', 'Vaults', 'none'],
  ['Vaults', 'Vault', 'none'],
  ['Delete', 'Delete resource group', 'none'],
  ['Region', 'Regions', 'none'],
  ['Name', 'Vault name', 'none'],
  ['Next', 'Next: Disks', 'none'],
  ['Subnet 1-2', 'Subnet 12', 'none'],
  ['vm-1-23', 'vm-12-3', 'none'],
  ['Disk 1 2', 'Disk 12', 'none'],
  ['10.0.0.1', '10.0.01', 'none'],
  ['Step (1)', 'Step (2)', 'none'],
  ['C#', 'C', 'none'],
  ['*', ':', 'none'],
  ['', 'Create', 'none'],
  ['Create', '', 'none'],
  ['\uE710', '\uE710', 'none'],
]

/** Options and what fields show: beside decoration, a leading group in parentheses does not count. */
const values: [said: string, shown: string, match: Match][] = [
  ['West US', '(US) West US', 'same'],
  ['West US', 'West US', 'same'],
  ['(US) West US', '(US) West US', 'same'],
  ['(US) West US', 'West US', 'none'],
  ['north europe', '(Europe) North Europe', 'cosmetic'],
  ['rg1', '(New) rg1', 'same'],
  ['rg1', '(new) rg1', 'same'],
  ['West US', 'West US 2', 'none'],
  ['West US', '(US) West US 2', 'none'],
  ['West US 2', '(US) West US 3', 'none'],
  ['West US', '(US) North Central US', 'none'],
  ['West US', 'Southwest US', 'none'],
  ['rg1', '(New) rg11', 'none'],
  ['rg-1', '(New) rg1', 'cosmetic'],
  ['Geo-redundant', 'Geo-redundant storage', 'none'],
  ['Standard', 'Standard SSD', 'none'],
  ['None', '', 'none'],
  ['Zone 1', 'Zone 2', 'none'],
  ['(US) Central', '(Asia) Central', 'none'],
  ['(new) rg1', '(New) rg1', 'cosmetic'],
]

const words: Record<Match, string> = {
  same: 'the same as',
  cosmetic: 'a misspelling of',
  misleading: 'another name of',
  none: 'another than',
}

for (const [match, rows, name] of [
  [matchLabel, labels, 'label'],
  [matchValue, values, 'value'],
] as const)
  for (const [said, shown, expected] of rows)
    test(`takes the ${name} “${shown}” for ${words[expected]} “${said}”`, () => {
      const found = match(said, shown)
      expect(found === undefined ? 'none' : (found.drift ?? 'same')).toBe(expected)
      if (found?.drift) expect(found.how).toBeTruthy()
    })

test('ranks what is exactly as said before what is decorated, and that before what is misspelled', () => {
  const ranks = ['Review + create', 'Review + create *', 'Review + Create', 'Review+create'].map(
    shown => matchLabel('Review + create', shown)?.rank ?? NaN,
  )
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
  expect(new Set(ranks).size).toBe(4)
})

test('ranks an option as said before one with a group in front', () => {
  expect(matchValue('West US', 'West US')?.rank).toBeLessThan(matchValue('West US', '(US) West US')?.rank ?? 0)
})
