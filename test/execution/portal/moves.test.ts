import { expect, test } from '@playwright/test'
import { moveOf, tellMove } from '../../../src/execution/portal/moves.ts'
import { readTree, type Screen } from '../../../src/execution/portal/screen.ts'

const screenOf = (...labels: string[]): Screen => ({
  url: 'https://portal.example/',
  title: 'Try it',
  nodes: readTree(
    labels.map(name => ({ role: 'option', name, box: { x: 0, y: 0, width: 90, height: 20 } })),
    { width: 1600, height: 1200 },
  ),
})

for (const [said, shown, now, way] of [
  ['Backup center', ['Resiliency', 'Backup vaults'], 'Resiliency', 'Resiliency > Manage > Vaults > + Vault'],
  ['Backup center', ['Business Continuity Center'], 'Business Continuity Center', 'Center > Manage > Vaults > + Vault'],
  ['Business Continuity Center', ['Resiliency'], 'Resiliency', 'Resiliency > Manage'],
  ['IP Addresses', ['Address space'], 'Address space', undefined],
  ['Add', ['Create', 'Create new'], 'Create', undefined],
] as const)
  test(`knows that “${said}” became “${now}”`, () => {
    const move = moveOf(said, screenOf(...shown))
    expect(move?.now).toBe(now)
    expect(tellMove(said, move ?? { now: '', way: [] })).toContain(way ?? `“${now}” now.`)
  })

for (const [said, shown] of [
  ['Backup center', ['Backup vaults', 'Backup']],
  ['Backup', ['Resiliency']],
  ['Resiliency', ['Backup center', 'Business Continuity Center']],
  ['Business Continuity Center', ['Business Continuity Center']],
] as const)
  test(`says nothing of “${said}” where the screen shows ${shown.join(', ')}`, () => {
    expect(moveOf(said, screenOf(...shown))).toBeUndefined()
  })
