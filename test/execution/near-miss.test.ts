import { expect, test } from '@playwright/test'
import { likeness, nearest } from '../../src/execution/near-miss.ts'

const alike: [one: string, other: string, from: number, to: number][] = [
  ['+ Vault', 'Vault', 1, 1],
  ['Review + create', 'Review + Create', 1, 1],
  ['Create', 'Create vault', 0.85, 0.99],
  ['IP Addresses', 'IP address', 0.8, 0.99],
  ['Azure virtual machine', 'Virtual machine', 0.85, 0.99],
  ['Store', 'Vault', 0, 0.2],
  ['Delete', 'Restore', 0, 0.6],
  ['x', 'y', 0, 0],
  ['', 'Vault', 0, 0],
  ['+', '*', 1, 1],
]

for (const [one, other, from, to] of alike)
  test(`takes “${one}” and “${other}” for ${from === 1 ? 'the same' : to < 0.5 ? 'strangers' : 'alike'}`, () => {
    for (const score of [likeness(one, other), likeness(other, one)]) {
      expect(score).toBeGreaterThanOrEqual(from)
      expect(score).toBeLessThanOrEqual(to)
    }
  })

test('ranks what is on screen by likeness, best first, each once, and leaves strangers out', () => {
  const onScreen = ['Delete', 'Backup policies', 'Vaults', 'Backup policy', 'Backup', 'Refresh', 'Backup policy']
  expect(nearest('Backup policy', onScreen)).toEqual(['Backup policy', 'Backup', 'Backup policies'].sort(byLikeness))
  expect(nearest('Backup policy', onScreen)[0]).toBe('Backup policy')
  expect(nearest('Frobnicate', onScreen)).toEqual([])
})

test('names no more than it is asked for', () => {
  const many = Array.from({ length: 20 }, (_, index) => `Vault ${index}`)
  expect(nearest('Vault', many)).toHaveLength(5)
  expect(nearest('Vault', many, { limit: 2 })).toHaveLength(2)
  expect(nearest('Vault', ['Vaulted'], { from: 0.99 })).toEqual([])
})

function byLikeness(one: string, other: string): number {
  return likeness('Backup policy', other) - likeness('Backup policy', one)
}
