import type { PlannedAction } from '../../plan/plan.ts'
import type { Remark } from '../../result/result.ts'
import { reachableOf, type Driver } from './driver.ts'
import { findControl, isEverywhere } from './find.ts'
import { takeScreen } from './screen.ts'
import { select } from './select.ts'

/** Actions that happen where the article says, and don't lead there. */
const inPlace = new Set(['select', 'set', 'check', 'clear', 'turnOn', 'turnOff', 'keep', 'verify', 'review', 'expand'])

/**
 * > | On the **Networking** tab, for **Virtual network**, select **net1**.
 *
 * Goes to the tabs that an action is said to happen on, where they are on screen and not open: a reader does so without
 * being told to select them. It is told.
 */
export async function openNamedTabs({ action, said }: PlannedAction, driver: Driver): Promise<Remark[]> {
  if (!inPlace.has(action.do) || said.when !== undefined) return []
  const remarks: Remark[] = []
  for (const place of action.where.filter(each => !isEverywhere(each))) {
    const screen = await takeScreen(driver.page)
    const tabs = { ...screen, nodes: screen.nodes.filter(({ role }) => role === 'tab') }
    const [only, second] = findControl(tabs, { label: place, where: [] }).best
    if (!only || second || only.node.selected || only.node.disabled) continue
    if ((await reachableOf(driver.page, [only])).length === 0) continue
    const way = { do: 'select' as const, target: place, where: [], place: said.place }
    const { remarks: onTheWay } = await select({ action: way, said: way }, driver)
    remarks.push(...onTheWay, {
      rule: 'tab-opened',
      message: `The “${place}” tab was opened: the sentence is about it, and no sentence says to select it.`,
    })
  }
  return remarks
}
