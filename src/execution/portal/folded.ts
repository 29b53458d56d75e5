import type { Frame, Locator, Page } from '@playwright/test'
import { matchLabel } from './label-match.ts'
import { withoutGlyphs } from './screen.ts'

/**
 * Opens one more of the things that may hide a command: collapsed groups of a service menu, first the one that the step
 * names, and the menus of commands that did not fit, those of the portal's header last (`portal-facts.md` §1, §2, §4,
 * §18). Each is opened once.
 *
 * @param opened the names of those that were opened already; added to.
 * @param namedOnly whether only the one that the step names may be opened.
 * @returns whether there was one left to open.
 */
export async function openFolded(
  page: Page,
  { where, opened, namedOnly }: { where: readonly string[]; opened: Set<string>; namedOnly: boolean },
): Promise<boolean> {
  const all = (await Promise.all(page.frames().map(foldedIn))).flat()
  const left = all.filter(({ name }) => !opened.has(name))
  const isMore = ({ name }: Folded) => /^more\b/i.test(name)
  const onPage = left.filter(({ kind }) => kind === 'menu')
  const named = left.filter(({ name }) => where.some(place => matchLabel(place, name)))
  const byGuess = [...onPage.filter(isMore), ...onPage, ...left.filter(each => each.kind === 'header' && isMore(each))]
  for (const folded of namedOnly ? named : [...named, ...byGuess]) {
    opened.add(folded.name)
    if (!(await isInWindow(page, folded.locator))) continue
    await folded.locator.click({ timeout: 2_000 }).catch(() => undefined)
    return true
  }
  return false
}

interface Folded {
  name: string
  /** A part of a menu; something in the portal's header; or a section of the page, which hides only what the step says it does. */
  kind: 'menu' | 'header' | 'section'
  locator: Locator
}

async function foldedIn(frame: Frame): Promise<Folded[]> {
  // Snapshots tell what is expanded, but not what could be.
  const all = frame.locator('[aria-expanded="false"], details:not([open]) > summary')
  const told = await all.evaluateAll(describeFolded).catch(() => [])
  return told.flatMap((each, at) =>
    each ? [{ name: withoutGlyphs(each.name), kind: each.kind, locator: all.nth(at) }] : [],
  )
}

/** Runs in the page. Fields, whose lists are opened to choose from, hide no command. */
function describeFolded(elements: Element[]): (Omit<Folded, 'locator'> | undefined)[] {
  const menus = 'nav, [role=navigation], [role=menu], [role=menubar], [role=toolbar], [role=tree], ul, [role=list]'
  return elements.map(element => {
    if (element.getAttribute('role') === 'combobox' || element instanceof HTMLInputElement) return undefined
    const opensMenu = /^(?:menu|true)$/.test(element.getAttribute('aria-haspopup') ?? '')
    // A row's own menu may hold anything, for that row only.
    const inRow = element.closest('tr, [role=row], [role=grid], [role=treegrid]') !== null
    const inMenu = opensMenu || element.closest(menus) !== null
    const kind = element.closest('header, [role=banner]') ? 'header' : inMenu && !inRow ? 'menu' : 'section'
    return { name: element.getAttribute('aria-label') ?? element.textContent, kind }
  })
}

async function isInWindow(page: Page, locator: Locator): Promise<boolean> {
  const { width } = page.viewportSize() ?? { width: 1600 }
  const box = await locator.boundingBox({ timeout: 1_000 }).catch(() => null)
  return box !== null && box.width > 1 && box.x >= 0 && box.x < width
}
