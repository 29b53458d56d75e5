import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { PNG } from 'pngjs'
import { captureDark, capturePage, namesIn } from '../../../src/execution/portal/capture-page.ts'
import { isDark } from '../../../src/execution/picture.ts'
import { expect, test } from './world.ts'

const account = 'Account menu Currently signed in as jane.doe@contoso.com Contoso Ltd (contoso.onmicrosoft.com)'

const personal: Record<string, string> = {
  'the account button': `<button data-look aria-label="${account}">JANE.DOE@CONTOSO.COM</button>`,
  'an e-mail address': '<span data-look>someone@fabrikam.example</span>',
  'an identifier': '<span data-look>11111111-2222-3333-4444-555555555555</span>',
  'the name of the tenant': '<b data-look>Contoso Ltd</b>',
  'its domain': '<b data-look>CONTOSO.onmicrosoft.com</b>',
  'the name of the person': '<b data-look>Jane Doe</b>',
  'a public address': '<span data-look>20.120.1.9</span>',
  'a password': '<input data-look type="password" value="x">',
  'a field with an address': '<input data-look value="owner: jane.doe@contoso.com">',
}

const shown: Record<string, string> = {
  'a private address': '<span data-look>10.0.0.4</span>',
  'a range of the article': '<span data-look>172.16.0.0/24</span>',
  'a name of the article': '<span data-look>contoso-vault</span>',
  'a version': '<span data-look>10.0.17763.1</span>',
}

for (const [cases, gone] of [
  [personal, true],
  [shown, false],
] as const)
  for (const [what, html] of Object.entries(cases))
    test(`${gone ? 'paints over' : 'leaves'} ${what}`, async ({ world }) => {
      const button = what === 'the account button' ? '' : `<button aria-label="${account}">x</button>`
      await world.show(`<style>* { font: 20px monospace }</style>${button}<p>${html}</p>`)
      const path = join(mkdtempSync(join(tmpdir(), 'verbatim-capture-')), 'page.png')
      await capturePage(world.page, path)
      expect((await coloursIn(path, world.page.locator('[data-look]'))) === 1).toBe(gone)
    })

test('paints over what stands in a shadow tree and in a frame', async ({ world }) => {
  await world.show(
    `<button aria-label="${account}">x</button><div id="host"></div>
     <iframe id="inner" srcdoc="<body style='margin:0;font:20px monospace'>jane.doe@contoso.com"></iframe>`,
  )
  await world.page.locator('#host').evaluate(host => {
    host.attachShadow({ mode: 'open' }).innerHTML = '<span data-look>Contoso Ltd</span>'
  })
  await world.page.frameLocator('#inner').getByText('jane').waitFor()
  const path = join(mkdtempSync(join(tmpdir(), 'verbatim-capture-')), 'page.png')
  await capturePage(world.page, path)
  expect(await coloursIn(path, world.page.locator('[data-look]'))).toBe(1)
  expect(await coloursIn(path, world.page.locator('#inner'), 4)).toBe(1)
})

test('takes a page that follows the system in its dark theme, without what is personal, and gives it back light', async ({
  world,
}) => {
  await world.show(
    `<style>:root { color-scheme: light dark } * { font: 20px monospace }</style><button aria-label="${account}">x</button>
     <b data-look>Contoso Ltd</b>`,
  )
  const path = join(mkdtempSync(join(tmpdir(), 'verbatim-capture-')), 'page.png')
  expect(await captureDark(world.page, path)).toBe(true)
  expect(isDark(PNG.sync.read(readFileSync(path)))).toBe(true)
  expect(await coloursIn(path, world.page.locator('[data-look]'))).toBe(1)
  expect(isDark(PNG.sync.read(await world.page.screenshot()))).toBe(false)
})

test('takes no dark picture of a page that stays light', async ({ world }) => {
  await world.show('<p>Light</p>')
  const path = join(mkdtempSync(join(tmpdir(), 'verbatim-capture-')), 'page.png')
  expect(await captureDark(world.page, path)).toBe(false)
  expect(existsSync(path)).toBe(false)
})

test('the account button tells the person, the tenant and its domain', () => {
  expect(namesIn(account)).toEqual(['contoso.onmicrosoft.com', 'Contoso Ltd', 'jane.doe', 'jane doe'])
  expect(namesIn('Account menu Currently signed in as al@x.io Abc')).toEqual([])
  expect(namesIn('Account menu')).toEqual([])
})

/** How many colours a picture has where an element stands. `within` leaves out its border, in CSS pixels. */
async function coloursIn(path: string, element: Locator, within = 0): Promise<number> {
  const box = await element.boundingBox()
  if (!box) throw new Error('The element is not on screen.')
  const { data, width } = PNG.sync.read(readFileSync(path))
  const colours = new Set<number>()
  for (let y = Math.ceil(box.y) + within; y < Math.floor(box.y + box.height) - within; y++)
    for (let x = Math.ceil(box.x) + within; x < Math.floor(box.x + box.width) - within; x++)
      colours.add(data.readUInt32BE((y * width + x) * 4))
  return colours.size
}
