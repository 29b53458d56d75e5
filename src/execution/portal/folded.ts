import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'
import { matchLabel } from './label-match.ts'
import { withoutGlyphs } from './screen.ts'

/**
 * Opens one more of the things that may hide a command: collapsed groups of a service menu, first the one that the step
 * names, and the menus of commands that did not fit (`portal-facts.md` §2, §4, §18). Each is opened once.
 *
 * @param opened the names of those that were opened already; added to.
 * @returns whether there was one left to open.
 */
export async function openFolded(page: Page, where: readonly string[], opened: Set<string>): Promise<boolean> {
  const folded = (
    await Promise.all(page.frames().map(frame => foldedIn(frame.locator('[aria-expanded="false"]'), page)))
  ).flat()
  const left = folded.filter(({ name }) => !opened.has(name))
  const named = left.find(({ name }) => where.some(place => matchLabel(place, name)))
  const next = named ?? left.find(({ name }) => /^more\b/i.test(name)) ?? left[0]
  if (!next) return false
  opened.add(next.name)
  await next.locator.click({ timeout: 2_000 }).catch(() => undefined)
  await sleep(200)
  return true
}

interface Folded {
  name: string
  locator: Locator
}

async function foldedIn(all: Locator, page: Page): Promise<Folded[]> {
  const window = page.viewportSize() ?? { width: 1600, height: 1200 }
  const found: Folded[] = []
  for (const locator of await all.all().catch(() => [])) {
    const told = await locator.evaluate(describeFolded, undefined, { timeout: 1_000 }).catch(() => undefined)
    const box = told && (await locator.boundingBox({ timeout: 1_000 }).catch(() => null))
    if (told && box && box.width > 1 && box.x >= 0 && box.x < window.width)
      found.push({ name: withoutGlyphs(told), locator })
  }
  return found
}

/** The name of what opens a part of a menu or of a command bar; null for fields, whose lists are opened to choose from. */
function describeFolded(element: Element): string | null {
  if (element.getAttribute('role') === 'combobox' || element instanceof HTMLInputElement) return null
  if (element.closest('header, [role=banner]')) return null
  if (
    !element.closest(
      'nav, [role=navigation], [role=menu], [role=menubar], [role=toolbar], [role=tree], ul, [role=list]',
    )
  )
    return null
  return element.getAttribute('aria-label') ?? element.textContent ?? ''
}
