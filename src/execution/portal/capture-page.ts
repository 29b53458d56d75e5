import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Frame, Page } from '@playwright/test'
import { PNG } from 'pngjs'
import { isDark } from '../picture.ts'

interface Area {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Takes a picture of the portal as articles show it: at full size, and without anything of the person who is signed in.
 * What is personal is painted over before the picture is written.
 *
 * @throws Error when the page can't be looked through: then there is no picture.
 */
export async function capturePage(page: Page, path: string): Promise<void> {
  const areas = await personalAreas(page)
  const picture = PNG.sync.read(await page.screenshot({ type: 'png', animations: 'disabled', timeout: 5_000 }))
  for (const area of areas) paintOver(picture, area)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, PNG.sync.write(picture))
}

/**
 * The same in the dark theme, which a portal shows whose theme is Auto: that one follows the system (Learn,
 * `azure-portal/set-preferences`).
 *
 * @returns false, and writes nothing, when the page stays light for a second.
 */
export async function captureDark(page: Page, path: string): Promise<boolean> {
  await page.emulateMedia({ colorScheme: 'dark' })
  try {
    for (let attempt = 0; attempt < 4; attempt++) {
      await page.waitForTimeout(attempt * 150)
      if (!isDark(PNG.sync.read(await page.screenshot({ type: 'png', timeout: 5_000 })))) continue
      await capturePage(page, path)
      return true
    }
    return false
  } catch {
    return false
  } finally {
    await page.emulateMedia({ colorScheme: 'light' }).catch(() => undefined)
  }
}

/**
 * The account button (`portal-facts.md` §1) and the names that it tells, wherever they stand; e-mail addresses, identifiers
 * of subscriptions and tenants, public addresses of the network, passwords.
 */
async function personalAreas(page: Page): Promise<Area[]> {
  const account = await page.getByRole('button', { name: /^Account menu/ }).all()
  const buttons = await Promise.all(account.map(button => button.boundingBox()))
  const told = await Promise.all(account.map(button => button.getAttribute('aria-label')))
  const names = told.flatMap(label => namesIn(label ?? ''))
  const frames = await Promise.all(page.frames().map(frame => areasIn(frame, names)))
  return [...buttons.flatMap(box => box ?? []), ...frames.flat()]
}

// > | Account menu Currently signed in as jane.doe@contoso.com Contoso Ltd (contoso.onmicrosoft.com)
//                                         ^ the person         ^ the tenant ^ its domain
/** Longest first. A name of fewer than four letters is also a part of other words. */
export function namesIn(label: string): string[] {
  const [, user = '', tenant = ''] = /signed in as (\S+)\s*(.*)$/i.exec(label) ?? []
  const local = user.replace(/@.*$/, '')
  const domain = /\(([^()]+)\)\s*$/.exec(tenant)?.[1] ?? ''
  const names = [tenant.replace(/\s*\([^()]*\)\s*$/, ''), domain, local, local.replace(/[._-]+/g, ' ')]
  return [...new Set(names)].filter(name => name.length >= 4).toSorted((a, b) => b.length - a.length)
}

async function areasIn(frame: Frame, names: string[]): Promise<Area[]> {
  const areas = await frame.evaluate(findPersonal, names)
  if (areas.length === 0 || !frame.parentFrame()) return areas
  const element = await frame.frameElement()
  const box = await element.boundingBox()
  const border = await element.evaluate(({ clientLeft, clientTop }: Element) => ({ x: clientLeft, y: clientTop }))
  return box ? areas.map(area => ({ ...area, x: area.x + box.x + border.x, y: area.y + box.y + border.y })) : []
}

/** Runs in the page. */
function findPersonal(names: string[]): Area[] {
  const own = '10\\.|127\\.|0\\.|255\\.|192\\.168\\.|169\\.254\\.|168\\.63\\.129\\.16|172\\.(?:1[6-9]|2\\d|3[01])\\.'
  const parts = [
    '[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+',
    '\\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\\b',
    `(?<![\\d.])(?!${own})(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\d.])`,
    ...names.map(name => `(?<![\\p{L}\\d])${name.replace(/[.*+?^$()[\]{}|\\/]/g, '\\$&')}(?![\\p{L}\\d])`),
  ]
  const personal = new RegExp(parts.join('|'), 'giu')
  const found: DOMRect[] = []
  const look = (root: Document | ShadowRoot) => {
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (node instanceof Element && node.shadowRoot) look(node.shadowRoot)
      if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) {
        if (node.type === 'password' || node.value.search(personal) >= 0) found.push(node.getBoundingClientRect())
      }
      if (node.nodeType !== Node.TEXT_NODE) continue
      for (const match of (node.nodeValue ?? '').matchAll(personal)) {
        const range = document.createRange()
        range.setStart(node, match.index)
        range.setEnd(node, match.index + match[0].length)
        found.push(...range.getClientRects())
      }
    }
  }
  look(document)
  return found.map(({ x, y, width, height }) => ({ x, y, width, height }))
}

/** In the colour that is commonest there, so that nothing seems to be missing. */
function paintOver({ data, width, height }: PNG, area: Area): void {
  const left = Math.max(0, Math.floor(area.x) - 1)
  const top = Math.max(0, Math.floor(area.y) - 1)
  const right = Math.min(width, Math.ceil(area.x + area.width) + 1)
  const bottom = Math.min(height, Math.ceil(area.y + area.height) + 1)
  if (left >= right || top >= bottom) return
  const pixels: number[] = []
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) pixels.push((row * width + column) * 4)
  const counts = new Map<number, number>()
  for (const at of pixels) counts.set(data.readUInt32BE(at), (counts.get(data.readUInt32BE(at)) ?? 0) + 1)
  const [commonest = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? []
  for (const at of pixels) data.writeUInt32BE(commonest, at)
}
