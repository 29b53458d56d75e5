import type { FrameLocator, Locator } from '@playwright/test'
import type { World } from './portal-fixture.ts'

/** A command of a page's bar, which is a tool bar or a menu bar; the glyph before its name is part of what is read. */
export function command(page: FrameLocator | Locator, name: string): Locator {
  const wanted = { name: new RegExp(`^[^A-Za-z]*${name}$`) }
  const inToolbar = page.getByRole('toolbar').getByRole('button', wanted)
  return inToolbar.or(page.getByRole('menubar').getByRole('menuitem', wanted))
}

/** What the bell lists, whatever toasts are gone. */
export async function notifications({ page }: World): Promise<Locator> {
  const pane = page.getByRole('region', { name: 'Notifications' })
  if (!(await pane.isVisible())) await page.getByRole('button', { name: /^Notifications/ }).click()
  return pane
}
