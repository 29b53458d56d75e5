import { openNamedTabs } from '../../../src/execution/portal/named-tab.ts'
import type { Action } from '../../../src/action/action.ts'
import { set } from '../../../src/execution/portal/set.ts'
import { expect, place, test, type World } from './world.ts'

/** A wizard of two tabs; what they hold is drawn when they are opened. */
const wizard = (more = '') => `<div role="tablist">
  <button role="tab" aria-selected="true" onclick="turn(this, 'Vault name')">Basics</button>
  <button role="tab" aria-selected="false" ${more} onclick="turn(this, 'Virtual network')">Networking</button></div>
  <div id="content"><label>Vault name <input></label></div>
  <script>function turn(tab, label) {
    for (const each of document.querySelectorAll('[role=tab]')) each.setAttribute('aria-selected', each === tab)
    content.innerHTML = '<label>' + label + ' <input></label>'
  }</script>`

const lookFirst = (world: World, action: Partial<Action>) => {
  const said = { do: 'set', target: 'Virtual network', value: 'copper', where: [], place, ...action } as Action
  return openNamedTabs({ action: said, said }, world.driver)
}

test('opens the tab that a sentence is about, and tells so', async ({ world, page }) => {
  await world.show(wizard())
  expect(await lookFirst(world, { where: ['Networking'] })).toMatchObject([
    { rule: 'tab-opened', message: expect.stringContaining('“Networking”') },
  ])
  await expect(page.getByRole('tab', { name: 'Networking' })).toHaveAttribute('aria-selected', 'true')
  const networking = { do: 'set' as const, target: 'Virtual network', value: 'copper', where: ['Networking'] }
  expect((await world.perform(set, networking)).status).toBe('passed')
})

test('tells a tab that is written otherwise', async ({ world }) => {
  await world.show(wizard())
  const remarks = await lookFirst(world, { where: ['networking'] })
  expect(remarks.map(({ rule, drift }) => [rule, drift])).toEqual([
    ['label-differs', 'cosmetic'],
    ['tab-opened', undefined],
  ])
})

for (const [what, action, more] of [
  ['the tab that is open', { where: ['Basics'] }, ''],
  ['a tab that is disabled', { where: ['Networking'] }, 'disabled'],
  ['a place that is no tab', { where: ['Create a vault'] }, ''],
  ['a tab of an action that leads there itself', { do: 'goTo', target: 'Networking', where: ['Networking'] }, ''],
  ['a tab of an action under a condition', { where: ['Networking'], when: 'asked' }, ''],
] as const)
  test(`leaves ${what} alone`, async ({ world, page }) => {
    await world.show(wizard(more))
    expect(await lookFirst(world, { ...action, where: [...action.where] } as Partial<Action>)).toEqual([])
    await expect(page.getByRole('tab', { name: 'Basics' })).toHaveAttribute('aria-selected', 'true')
  })

test('never guesses between two tabs of one name', async ({ world, page }) => {
  await world.show(wizard() + '<div role="tablist"><button role="tab">Networking</button></div>')
  expect(await lookFirst(world, { where: ['Networking'] })).toEqual([])
  await expect(page.getByRole('tab', { name: 'Basics' })).toHaveAttribute('aria-selected', 'true')
})
