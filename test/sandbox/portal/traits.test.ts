import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { driftNames, driftSwitches, eras, traitsOf } from '../../../src/sandbox/portal/traits.ts'

const manual = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8')

for (const name of driftNames)
  test(`the drift ${name} changes one thing in every year, and the manual tells its verdict`, () => {
    for (const era of eras) {
      const before = Object.entries(traitsOf(era, []))
      const after = new Map(Object.entries(traitsOf(era, [name])))
      const changed = before.filter(([trait, value]) => JSON.stringify(after.get(trait)) !== JSON.stringify(value))
      expect(changed).toHaveLength(1)
    }
    const { verdict } = driftSwitches[name]
    expect(manual).toMatch(new RegExp(`^\\| \`${name}\` \\|.*\\| ${verdict} \\|$`, 'm'))
  })

test('each year differs from the one before', () => {
  expect(traitsOf('2024', [])).not.toEqual(traitsOf('2025', []))
  expect(traitsOf('2025', [])).not.toEqual(traitsOf('2026', []))
})
