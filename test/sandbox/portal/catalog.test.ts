import { expect, test } from '@playwright/test'
import { createCatalog, searchEntries } from '../../../src/sandbox/portal/app/catalog.ts'
import { traitsOf, type Era } from '../../../src/sandbox/portal/traits.ts'

const titles = (era: Era, query: string, section: 'services' | 'marketplace' = 'services') =>
  searchEntries(createCatalog(traitsOf(era, []))[section], query).map(({ title }) => title)

test('Backup center is found in 2024 and gone in 2026', () => {
  expect(titles('2024', 'backup')[0]).toBe('Backup center')
  expect(titles('2026', 'backup')).not.toContain('Backup center')
  expect(titles('2026', 'backup center')).toEqual([])
})

test('Resiliency is found by its name and by what it is about', () => {
  for (const query of ['resiliency', 'Resil', 'backup', 'business continuity']) {
    expect(titles('2026', query)).toContain('Resiliency')
  }
  expect(titles('2024', 'resiliency')).toEqual([])
})

test('a near title comes along, the exact one first', () => {
  expect(titles('2026', 'virtual network')).toEqual(['Virtual networks', 'Virtual network gateways'])
})

test('the Marketplace has an item of the same name as the service', () => {
  expect(titles('2024', 'backup center', 'marketplace')).toEqual(['Backup center'])
  expect(titles('2026', 'resiliency', 'marketplace')).toEqual(['Resiliency'])
})
