import type { FrameLocator, Locator } from '@playwright/test'
import type { World } from './portal-fixture.ts'
import { expect } from './portal-fixture.ts'

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

/** Fills the newer form of a vault, for a group that is there, and goes to its last tab. */
export async function reviewVault({ frame }: World, group: string, name: string): Promise<FrameLocator> {
  const form = frame('RecoveryServicesVaultCreate')
  await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US', { timeout: 20_000 })
  await form.getByRole('combobox', { name: /Resource group/ }).click()
  await form.getByRole('option', { name: group }).click()
  await form.getByRole('textbox', { name: 'Vault name' }).fill(name)
  await form.getByRole('button', { name: 'Review + create', exact: true }).click()
  return form
}
