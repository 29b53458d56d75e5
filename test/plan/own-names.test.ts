import { expect, test } from '@playwright/test'
import type { Action } from '../../src/action/action.ts'
import { ownName, renameAction, withOwnNames } from '../../src/plan/own-names.ts'
import { actionsOf, planOf, vaultArticle } from './plan-of.ts'

const place = {
  path: 'article.md',
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 2, offset: 1 },
}

const cuts: [name: string, rules: { maxLength: number; separator: string }, own: string][] = [
  ['myVault', { maxLength: 50, separator: '-' }, 'myVault-k3x9q2'],
  ['mystorage', { maxLength: 24, separator: '' }, 'mystoragek3x9q2'],
  ['aVeryLongStorageName', { maxLength: 16, separator: '' }, 'aVeryLongSk3x9q2'],
  ['aVeryLongVaultName', { maxLength: 12, separator: '-' }, 'aVery-k3x9q2'],
  ['myVault', { maxLength: 14, separator: '-' }, 'myVault-k3x9q2'],
  ['x', { maxLength: 8, separator: '-' }, 'x-k3x9q2'],
]

for (const [name, rules, own] of cuts)
  test(`names ${name} ${own} where ${rules.maxLength} characters and '${rules.separator}' are allowed`, () => {
    expect(ownName(name, 'k3x9q2', rules)).toBe(own)
    expect(own.length).toBeLessThanOrEqual(rules.maxLength)
  })

test('never cuts the run’s id, even where it alone is longer than the type allows', () => {
  expect(ownName('myVault', 'k3x9q2', { maxLength: 3, separator: '-' })).toMatch(/k3x9q2$/)
})

const names = { myVM: 'myVM-k3x9q2', myRG: 'myRG-k3x9q2', 'myRG-logs': 'myRG-logs-k3x9q2', 'rg (1)': 'rg (1)-k3x9q2' }

const texts: [text: string, renamed: string][] = [
  ['myVM', 'myVM-k3x9q2'],
  ['(new) myVM-ip', '(new) myVM-k3x9q2-ip'],
  ['Go to myVM, then stop myVM.', 'Go to myVM-k3x9q2, then stop myVM-k3x9q2.'],
  ['myVM_OsDisk_1', 'myVM-k3x9q2_OsDisk_1'],
  ['/resourceGroups/myRG/providers', '/resourceGroups/myRG-k3x9q2/providers'],
  ['myRG-logs', 'myRG-logs-k3x9q2'],
  ['myVMs', 'myVMs'],
  ['notmyVM', 'notmyVM'],
  ['myVM2', 'myVM2'],
  ['myvm', 'myvm'],
  ['ämyVM', 'ämyVM'],
  ['rg (1)', 'rg (1)-k3x9q2'],
  ['', ''],
]

for (const [text, renamed] of texts)
  test(`reads “${text}” as “${renamed}” in this run`, () => {
    expect(withOwnNames(text, names)).toBe(renamed)
  })

test('renames in targets, values, places and code, and leaves the article’s action alone', () => {
  const set: Action = { do: 'set', target: 'myVM name', value: 'myVM', where: ['Create myVM'], place }
  const run: Action = { do: 'run', target: 'bash', code: 'az vm show -g myRG -n myVM', where: [], place }
  expect(renameAction(set, names)).toEqual({
    ...set,
    target: 'myVM-k3x9q2 name',
    value: 'myVM-k3x9q2',
    where: ['Create myVM-k3x9q2'],
  })
  expect(renameAction(run, names)).toEqual({ ...run, code: 'az vm show -g myRG-k3x9q2 -n myVM-k3x9q2' })
  expect(set.value).toBe('myVM')
})

test('gives what a form makes a name of its own everywhere in the article, the deletion included', () => {
  const plan = planOf(vaultArticle)
  expect(plan.names).toEqual({ myGroup: 'myGroup-k3x9q2', myVault: 'myVault-k3x9q2' })
  const renamed = actionsOf(plan).filter(({ source }) => source === 'own-name')
  expect(renamed.map(({ action }) => [action.do, 'value' in action ? action.value : action.target])).toEqual([
    ['set', 'myGroup-k3x9q2'],
    ['set', 'myVault-k3x9q2'],
    ['search', 'myGroup-k3x9q2'],
    ['select', 'myGroup-k3x9q2'],
    ['set', 'myGroup-k3x9q2'],
  ])
  expect(renamed.every(({ said }) => JSON.stringify(said).includes('k3x9q2') === false)).toBe(true)
})

test('keeps the article’s names when it is told to', () => {
  const plan = planOf(vaultArticle, { names: 'literal' })
  expect(plan.names).toEqual({})
  expect(JSON.stringify(plan.steps)).not.toContain('k3x9q2')
  expect(plan.resources.map(({ name }) => name)).toEqual(['myGroup', 'myVault'])
})

test('leaves the name of a resource group alone that the article takes as given', () => {
  const text = vaultArticle.replace(
    'Select **Create new**. <br> Enter *myGroup* in **Name**. <br> Select **OK**.',
    'Select **sharedGroup**.',
  )
  const plan = planOf(text)
  expect(plan.names).toEqual({ myVault: 'myVault-k3x9q2' })
  expect(plan.resources.map(({ type, resourceGroup }) => [type, resourceGroup])).toEqual([
    ['Microsoft.RecoveryServices/vaults', 'sharedGroup'],
  ])
})
