import { readFileSync, writeFileSync } from 'node:fs'
import { readTree, type ScreenNode } from '../../../src/execution/portal/screen.ts'
import { expect, screens, test } from './world.ts'

for (const name of ['wizard', 'search', 'list', 'frames'])
  test(`sees the page ${name} as it is stored (UPDATE=1 stores it)`, async ({ world, page }) => {
    await world.show(`${name}.html`)
    await page.waitForLoadState('networkidle')
    const tree = await page.ariaSnapshotJSON({ mode: 'ai', boxes: true })
    const file = `${screens}${name}.json`
    if (process.env['UPDATE'] === '1') writeFileSync(file, `${JSON.stringify(tree, null, 1)}\n`)
    const window = { width: 1600, height: 1200 }
    expect(readTree(tree, window).map(describe)).toEqual(
      readTree(JSON.parse(readFileSync(file, 'utf8')), window).map(describe),
    )
  })

/** What does not depend on fonts. */
function describe({ role, name, text, disabled, expanded, checked, selected, invalid }: ScreenNode) {
  return { role, name, text, disabled, expanded, checked, selected, invalid }
}
