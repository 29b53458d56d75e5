import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** Presses Tab until the keyboard is at something whose role and name look like this in a snapshot, e.g. `button "OK"`. */
export async function tabTo(page: Page, wanted: string | RegExp): Promise<void> {
  const seen: string[] = []
  for (let count = 0; count < 120; count++) {
    const here = await describeFocused(page)
    seen.push(here)
    if (typeof wanted === 'string' ? here.includes(wanted) : wanted.test(here)) return
    await page.keyboard.press('Tab')
  }
  expect(seen, `Tab never came to ${String(wanted)}`).toContain(wanted)
}

/** Role and name of what has the keyboard, in the document or in a frame; icons put private-use characters into names. */
async function describeFocused(page: Page): Promise<string> {
  for (const frame of page.frames()) {
    const isHere = await frame
      .evaluate(() => document.hasFocus() && !/^(IFRAME|BODY)$/.test(document.activeElement?.tagName ?? 'BODY'))
      .catch(() => false)
    if (!isHere) continue
    const snapshot = await frame
      .locator('*:focus')
      .ariaSnapshot({ timeout: 500 })
      .catch(() => '')
    return (snapshot.split('\n')[0] ?? '').replace(/[\ue000-\uf8ff] ?/g, '')
  }
  return ''
}
