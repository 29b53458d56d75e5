import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Driver } from './driver.ts'
import { quietScreen, use } from './driver.ts'
import type { Finding } from './find.ts'
import { takeScreen, type Screen, type ScreenNode } from './screen.ts'

/** How many times a list is scrolled before it counts as seen to its end. */
const screenfuls = 60

/**
 * Looks for a row that a long list does not hold yet, because it draws only the rows in sight: filters the list, else scrolls
 * through it (`portal-facts.md` §4, §18).
 *
 * @returns how the row was brought up; undefined where it wasn't.
 */
export async function bringUpRow(
  driver: Driver,
  label: string,
  find: (screen: Screen) => Finding,
): Promise<'filtered' | 'scrolled' | undefined> {
  const { page } = driver
  const screen = await takeScreen(page)
  const list = screen.nodes.find(node => /^(?:grid|treegrid|table|listbox|tree)$/.test(node.role) && node.box)
  if (!list) return undefined
  const isThere = async () => find(await quietScreen(driver)).best.length > 0
  const box = screen.nodes.find(isFilter)
  if (box) {
    await type(driver, box, label)
    // Filter boxes react late (portal-facts.md §17).
    for (const deadline = Date.now() + 1_500; Date.now() < deadline; await sleep(100))
      if (await isThere()) return 'filtered'
    await type(driver, box, '')
  }
  if (!list.box) return undefined
  const { x, y, width, height } = list.box
  await page.mouse.move(x + width / 2, y + Math.min(height / 2, 300))
  for (let turn = 0; turn < screenfuls; turn++) {
    const before = rowsOf(await takeScreen(page))
    await page.mouse.wheel(0, Math.max(100, Math.min(height, 900) * 0.7))
    if (!(await hasMoved(page, before))) return undefined
    if (await isThere()) return 'scrolled'
  }
  return undefined
}

/** At its end a list stays as it is. */
async function hasMoved(page: Page, before: string): Promise<boolean> {
  for (const deadline = Date.now() + 600; Date.now() < deadline; await sleep(20))
    if (rowsOf(await takeScreen(page)) !== before) return true
  return false
}

async function type(driver: Driver, box: ScreenNode, text: string): Promise<void> {
  await use(driver, box, async (input, timeout) => {
    await input.fill('', { timeout })
    await input.pressSequentially(text, { timeout: timeout + 20 * text.length })
  })
}

function isFilter({ role, name, placeholder }: ScreenNode): boolean {
  const words = `${name} ${placeholder ?? ''}`
  return (
    /^(?:textbox|searchbox)$/.test(role) && /\b(?:filter|search)\b/i.test(words) && !/^search resources/i.test(words)
  )
}

function rowsOf({ nodes }: Screen): string {
  return nodes
    .filter(({ role }) => /^(?:row|option|treeitem|listitem|gridcell|cell)$/.test(role))
    .map(({ name, text, box }) => `${name}|${text}|${box?.y}`)
    .join('\n')
}
