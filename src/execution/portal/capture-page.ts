import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Frame, Page } from '@playwright/test'
import { PNG } from 'pngjs'

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

/** The account button (`portal-facts.md` §1), e-mail addresses, identifiers of subscriptions and tenants, passwords. */
async function personalAreas(page: Page): Promise<Area[]> {
  const account = page.getByRole('button', { name: /^Account menu/ })
  const buttons = await Promise.all((await account.all()).map(button => button.boundingBox()))
  const frames = await Promise.all(page.frames().map(frame => areasIn(frame)))
  return [...buttons.flatMap(box => box ?? []), ...frames.flat()]
}

async function areasIn(frame: Frame): Promise<Area[]> {
  const offset = frame.parentFrame() ? await (await frame.frameElement()).boundingBox() : { x: 0, y: 0 }
  if (!offset) return []
  const areas = await frame.evaluate(findPersonal)
  return areas.map(area => ({ ...area, x: area.x + offset.x, y: area.y + offset.y }))
}

/** Runs in the page. */
function findPersonal(): Area[] {
  const personal = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi
  const found: DOMRect[] = []
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const match of (node.nodeValue ?? '').matchAll(personal)) {
      const range = document.createRange()
      range.setStart(node, match.index)
      range.setEnd(node, match.index + match[0].length)
      found.push(...range.getClientRects())
    }
  }
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    const { type, value } = field
    if (type === 'password' || value.search(personal) >= 0) found.push(field.getBoundingClientRect())
  }
  return found.map(({ x, y, width, height }) => ({ x, y, width, height }))
}

/** In the colour that stands just left of it, so that nothing seems to be missing. */
function paintOver({ data, width, height }: PNG, area: Area): void {
  const left = Math.max(0, Math.floor(area.x) - 1)
  const top = Math.max(0, Math.floor(area.y) - 1)
  const right = Math.min(width, Math.ceil(area.x + area.width) + 1)
  const bottom = Math.min(height, Math.ceil(area.y + area.height) + 1)
  if (left >= right || top >= bottom) return
  const at = (Math.min(height - 1, Math.floor((top + bottom) / 2)) * width + Math.max(0, left - 1)) * 4
  const colour = Buffer.from(data.subarray(at, at + 4))
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) colour.copy(data, (row * width + column) * 4)
}
