import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import {
  cropPicture,
  decodePicture,
  encodePicture,
  isDark,
  scalePicture,
  type Pixels,
} from '../../src/execution/picture.ts'
import { test, type World } from './verbatim-fixture.ts'

// Several runs each: how the portal loads is not what they are about.
test.use({ sandboxOptions: ['--portal-pace', 'instant'] })

const sources = ['vaults.png', 'part.jpg', 'search.png']

const article = `# Look at the vaults

## Find them

1. Sign in to the [Azure portal](https://portal.azure.com).

1. In the search box at the top of the page, enter **resiliency**. Select **Resiliency** from the search results.

    ![The results of the search.](media/search.png)

1. In the service menu, under **Manage**, select **Vaults**.

    :::image type="content" source="media/vaults.png" alt-text="The page with the vaults.":::

    ![The menu alone.](media/part.jpg)
`

const run = ['run', 'docs/look.md', '--cloud', 'cloud.json', '--output', 'out']

test('writes missing pictures when asked to, and lists them when not', async ({ world, attached }) => {
  expect(attached.definition.name).toBe('sandbox')
  world.write({ 'docs/look.md': article })
  const missing = await world.verbatim(run)
  expect(missing.code, missing.stdout).toBe(0)
  expect(comparisons(world)).toEqual({ 'vaults.png': 'missing', 'part.jpg': 'missing', 'search.png': 'missing' })
  expect(missing.stdout).toContain("The picture 'media/vaults.png' does not exist")

  const fresh = await world.verbatim([...run, '--refresh-images'])
  expect(fresh.code, fresh.stdout).toBe(0)
  expect(fresh.stderr).toContain('don’t publish')
  expect(comparisons(world)).toEqual({ 'vaults.png': 'refreshed', 'part.jpg': 'refreshed', 'search.png': 'refreshed' })
  expect(existsSync(join(world.folder, 'out/captures'))).toBe(false)
  const vaults = picture(world, 'vaults.png')
  expect([vaults.width, vaults.height]).toEqual([1600, 1200])
  expect(readFileSync(join(world.folder, 'docs/media/part.jpg')).subarray(0, 2).toString('hex')).toBe('ffd8')
  // The account button stands at the right of the top bar: what was written there is gone, the bar is not.
  expect(colours(cropPicture(vaults, { x: 1365, y: 8, width: 190, height: 26 })).size).toBe(1)
  expect(colours(cropPicture(vaults, { x: 0, y: 0, width: 1300, height: 40 })).size).toBeGreaterThan(20)
})

test('writes stale pictures anew when asked to, and lists them when not', async ({ world, attached }) => {
  expect(attached.definition.name).toBe('sandbox')
  world.write({ 'docs/look.md': article })
  const fresh = await world.verbatim([...run, '--refresh-images'])
  expect(fresh.code, fresh.stdout).toBe(0)
  const vaults = picture(world, 'vaults.png')

  // A part of the screen, made smaller, is still that part; another screen is not.
  const part = cropPicture(vaults, { x: 0, y: 120, width: 800, height: 500 })
  write(world, 'part.jpg', scalePicture(part, 640, 400))
  write(world, 'search.png', cropPicture(vaults, { x: 0, y: 90, width: 300, height: 360 }))
  const before = readFileSync(join(world.folder, 'docs/media/search.png'))
  const compared = await world.verbatim(run)
  expect(compared.code, compared.stdout).toBe(0)
  expect(comparisons(world)).toEqual({ 'vaults.png': 'current', 'part.jpg': 'current', 'search.png': 'stale' })
  expect(compared.stdout).toContain("The picture 'media/search.png' is not what was on screen")
  expect(readFileSync(join(world.folder, 'docs/media/search.png')).equals(before)).toBe(true)
  const page = readFileSync(join(world.folder, 'out/index.html'), 'utf8')
  expect(page).toContain('Pictures that need a look')
  expect(page).toContain('In the article: not what was on screen')
  expect(page).toContain('In the article: still like the screen')

  await world.verbatim([...run, '--refresh-images'])
  expect(comparisons(world)).toEqual({ 'vaults.png': 'current', 'part.jpg': 'current', 'search.png': 'refreshed' })
  const search = picture(world, 'search.png')
  expect([search.width, search.height]).toEqual([300, 360])
})

test('cuts out what it can’t find around the element that was used, and takes a dark picture in the dark theme', async ({
  world,
  attached,
}) => {
  world.write({ 'docs/look.md': article })
  write(world, 'part.jpg', noise(240, 180))
  const dark = { width: 300, height: 360, data: new Uint8Array(300 * 360 * 4).fill(20) }
  write(world, 'search.png', dark)
  const { code, stdout } = await world.verbatim([...run, '--refresh-images'])
  expect(code, stdout).toBe(0)
  expect(comparisons(world)).toEqual({
    'vaults.png': 'refreshed',
    'part.jpg': 'refreshed',
    'search.png': 'refreshed',
  })
  const search = picture(world, 'search.png')
  expect([search.width, search.height, isDark(search)]).toEqual([300, 360, true])
  expect(colours(search).size).toBeGreaterThan(20)
  const corner = cropPicture(picture(world, 'vaults.png'), { x: 0, y: 0, width: 240, height: 180 })
  expect(differing(picture(world, 'part.jpg'), corner)).toBeGreaterThan(0.05)
  expect(isDark(picture(world, 'vaults.png'))).toBe(false)

  const again = await world.verbatim(run)
  expect(again.code, again.stdout).toBe(0)
  expect(comparisons(world)).toMatchObject({ 'vaults.png': 'current', 'search.png': 'current' })
  expect(attached.definition.name).toBe('sandbox')
})

test('leaves alone what is no picture, and what lies outside of the repository', async ({ world, attached }) => {
  const odd = article.replace('media/search.png', '../../outside.png').replace('media/part.jpg', 'media/part.gif')
  world.write({
    'repository/docs/look.md': odd,
    'repository/.git/HEAD': '',
    'repository/docs/media/vaults.png': 'no picture',
    'repository/docs/media/part.gif': 'GIF89a',
    'repository/cloud.json': JSON.stringify(attached.definition),
  })
  const { code, stdout } = await world.verbatim([...run, '--refresh-images'], { cwd: join(world.folder, 'repository') })
  expect(code, stdout).toBe(0)
  expect(existsSync(join(world.folder, 'outside.png'))).toBe(false)
  expect(readFileSync(join(world.folder, 'repository/docs/media/vaults.png'), 'utf8')).toBe('no picture')
  expect(readFileSync(join(world.folder, 'repository/docs/media/part.gif'), 'utf8')).toBe('GIF89a')
})

function comparisons(world: World): Record<string, string | undefined> {
  const images = world.result('out').articles.flatMap(({ steps }) => steps.flatMap(step => step.images ?? []))
  return Object.fromEntries(
    sources.map(name => [name, images.find(image => image.source.endsWith(name))?.comparison?.status]),
  )
}

function picture(world: World, name: string): Pixels {
  return decodePicture(readFileSync(join(world.folder, 'docs/media', name)), name.replace(/.*(?=\.)/, ''))
}

function write(world: World, name: string, pixels: Pixels): void {
  mkdirSync(join(world.folder, 'docs/media'), { recursive: true })
  writeFileSync(join(world.folder, 'docs/media', name), encodePicture(pixels, name.replace(/.*(?=\.)/, '')))
}

function noise(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 4).map((_, at) => (at % 4 === 3 ? 255 : 128 + ((at * 7919) % 128)))
  return { width, height, data }
}

/** The share of pixels that are not alike. */
function differing(one: Pixels, other: Pixels): number {
  const unlike = one.data.filter((value, at) => at % 4 === 0 && Math.abs(value - (other.data[at] ?? 0)) > 40)
  return unlike.length / (one.data.length / 4)
}

function colours({ data }: Pixels): Set<string> {
  const found = new Set<string>()
  for (let at = 0; at < data.length; at += 4) found.add([data[at], data[at + 1], data[at + 2]].join(','))
  return found
}
