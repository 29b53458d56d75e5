import { descendants, labelOf, readTree, textOf, withoutGlyphs } from '../../../src/execution/portal/screen.ts'
import { brief, stored } from './stored.ts'
import { expect, test } from './world.ts'

const window = { width: 1600, height: 1200 }
const box = (x: number, width = 100) => ({ x, y: 10, width, height: 20 })

test('leaves out the blade that is parked off the screen', () => {
  const names = stored('wizard').nodes.map(({ name }) => name)
  expect(names).not.toContain('Recovery Services vaults')
  expect(names).not.toContain('Refresh')
})

test('leaves out what its container cuts off', () => {
  expect(stored('list').nodes.map(({ name }) => name)).not.toContain('Move')
})

test('sees into the frame that is shown, and into no parked or hidden one', () => {
  const { nodes } = stored('frames')
  expect(nodes.filter(({ role }) => role === 'iframe')).toHaveLength(1)
  expect(nodes.filter(({ name }) => name === 'Vault').map(brief)).toEqual(['button “Vault” in toolbar “Commands”'])
})

test('leaves out what lies beside a frame’s own window', () => {
  expect(stored('frames').nodes.map(({ name }) => name)).not.toContain('Out of the frame')
})

test('gives boxes in the window, whatever frame an element is in', () => {
  const { nodes } = stored('frames')
  const frame = nodes.find(({ role }) => role === 'iframe')
  const button = nodes.find(({ name }) => name === 'Vault')
  expect(frame?.box?.y).toBeGreaterThan(20)
  expect(button?.box?.y).toBeGreaterThan(frame?.box?.y ?? Infinity)
})

test('frees names of icon glyphs', () => {
  expect(
    stored('wizard')
      .nodes.filter(({ name }) => name === 'Review + create')
      .map(({ role }) => role),
  ).toEqual(['tab', 'button'])
  expect(withoutGlyphs('\uE710 \u200BCreate\u00A0 new\uFEFF')).toBe('Create new')
  expect(withoutGlyphs('\u{F0001}保管庫')).toBe('保管庫')
})

test('knows what is disabled, invalid, chosen and checked', () => {
  const { nodes } = stored('wizard')
  const only = (role: string, name: string) => nodes.find(node => node.role === role && node.name === name)
  expect(only('button', 'Previous')?.disabled).toBe(true)
  expect(only('button', 'Next')?.disabled).toBe(false)
  expect(only('combobox', 'Create new or use existing Resource group')?.disabled).toBe(true)
  expect(only('textbox', 'Vault name *')?.invalid).toBe(true)
  expect(only('tab', 'Basics (1)')?.selected).toBe(true)
  expect(only('radio', 'Allow public access from all networks')?.checked).toBe(true)
  expect(only('radio', 'Deny public access and allow private access')?.checked).toBeFalsy()
  expect(stored('search').nodes.find(({ role }) => role === 'combobox')?.expanded).toBe(true)
})

test('takes what a disabled group holds for disabled', () => {
  const [, child] = readTree(
    { role: 'group', disabled: true, box: box(0), children: [{ role: 'button', name: 'Save', box: box(0) }] },
    window,
  )
  expect(child?.disabled).toBe(true)
})

test('tells all text inside of a node, in reading order', () => {
  const dialog = stored('list').nodes.find(({ role }) => role === 'dialog')
  expect(dialog && textOf(dialog)).toBe(
    'Delete a resource group Enter resource group name to confirm deletion Delete Cancel',
  )
  expect(dialog && labelOf(dialog)).toBe('Delete a resource group')
  expect(dialog && [...descendants(dialog)].map(({ role }) => role)).toEqual([
    'heading',
    'generic',
    'text',
    'textbox',
    'button',
    'button',
  ])
})

const edges: [what: string, x: number, width: number, seen: boolean][] = [
  ['left of the window', -400, 300, false],
  ['right of the window', 1600, 100, false],
  ['across its left edge', -50, 100, true],
  ['across its right edge', 1550, 100, true],
  ['in the window', 0, 1600, true],
]

for (const [what, x, width, seen] of edges)
  test(`${seen ? 'sees' : 'leaves out'} what stands ${what}`, () => {
    const tree = { role: 'main', box: box(0, 1600), children: [{ role: 'button', name: 'Save', box: box(x, width) }] }
    expect(readTree(tree, window).some(({ name }) => name === 'Save')).toBe(seen)
  })

test('looks into what has no size itself, and for what stands below the fold', () => {
  const tree = [
    { role: 'generic', box: box(-10, 0), children: [{ role: 'button', name: 'Inside', box: box(5) }] },
    { role: 'button', name: 'Below', box: { x: 5, y: 5_000, width: 90, height: 20 } },
  ]
  expect(readTree(tree, window).flatMap(({ name }) => name || [])).toEqual(['Inside', 'Below'])
})

test('takes anything for a screen, also what is none', () => {
  for (const tree of [undefined, null, [], 'text', 7, { children: [] }, [{}]])
    expect(() => readTree(tree, window)).not.toThrow()
})
