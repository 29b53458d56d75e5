import type { Locator, Page } from '@playwright/test'
import { watchPage, type Watch } from './watch.ts'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** One element as a screen reader would meet it. */
export interface ScreenNode {
  role: string
  /** Accessible name without icon glyphs. */
  name: string
  /** Text of its own, or the value of a field, without icon glyphs. */
  text: string
  /** What Playwright finds it by, until the next screen is taken. */
  ref: string | undefined
  /** Relative to the window, whatever frame it is in; CSS pixels. */
  box: Box | undefined
  parent: ScreenNode | undefined
  children: ScreenNode[]
  /** Position in reading order. */
  order: number
  depth: number
  disabled: boolean
  invalid: boolean
  expanded: boolean | undefined
  checked: boolean | 'mixed' | undefined
  selected: boolean
  pressed: boolean
  focused: boolean
  /** The cursor says that it can be clicked. */
  clickable: boolean
  url: string | undefined
  placeholder: string | undefined
}

/** What is in the window, all frames together, in reading order. */
export interface Screen {
  url: string
  title: string
  nodes: ScreenNode[]
}

const taken = new WeakMap<Watch, { changes: number; screen: Screen }>()

/** Takes in what is in the window now, whether the page has told of a change or not: what scripts put into fields is told late. */
export async function takeScreenAnew(page: Page): Promise<Screen> {
  taken.delete(await watchPage(page))
  return takeScreen(page)
}

/**
 * Takes in what is in the window now, across frames; what was taken before, where nothing has changed since. Parked
 * blades, which stay visible to the DOM far off to the left, and frames that are hidden are left out (`portal-facts.md`
 * §2, §3, §12).
 */
export async function takeScreen(page: Page): Promise<Screen> {
  const watch = await watchPage(page)
  const { changes } = watch
  const last = taken.get(watch)
  if (last?.changes === changes && last.screen.url === page.url()) return last.screen
  const [tree, title] = await unlessMovedOn(() =>
    Promise.all([page.ariaSnapshotJSON({ mode: 'ai', boxes: true, timeout: 10_000 }), page.title()]),
  )
  const window = page.viewportSize() ?? { width: 1600, height: 1200 }
  const screen = { url: page.url(), title, nodes: readTree(tree, window) }
  taken.set(watch, { changes, screen })
  return screen
}

/** Looks again where the page went on to another one while it was looked at. @throws what `look` throws, the third time always. */
async function unlessMovedOn<Seen>(look: () => Promise<Seen>, tries = 3): Promise<Seen> {
  try {
    return await look()
  } catch (error) {
    if (tries <= 1 || !hasMovedOn(error)) throw error
    return unlessMovedOn(look, tries - 1)
  }
}

/** Whether something could not be asked because the page went on to another one meanwhile. The words are Playwright's. */
export function hasMovedOn(error: unknown): boolean {
  return (
    error instanceof Error &&
    /execution context was destroyed|cannot find context|interrupted by another navigation|frame was detached|invalid frame in aria-ref|net::ERR_ABORTED/i.test(
      error.message,
    )
  )
}

/** The nodes of a snapshot that are inside a window of this size. */
export function readTree(tree: unknown, window: { width: number; height: number }): ScreenNode[] {
  const nodes: ScreenNode[] = []
  const frame: Frame = { x: 0, y: 0, left: 0, right: window.width }
  for (const root of Array.isArray(tree) ? tree : [tree]) visit(root, undefined, frame)
  return nodes

  function visit(raw: unknown, parent: ScreenNode | undefined, frame: Frame): void {
    if (typeof raw === 'string') return void add({ role: 'text', text: raw }, parent, frame)
    if (!isRaw(raw)) return
    const node = add(raw, parent, frame)
    if (!node) return
    const inner = raw.role === 'iframe' && node.box ? frameIn(node.box, frame) : frame
    const children = raw.children ?? []
    for (const [at, child] of children.entries())
      visit(
        at === 0 && isSummary(raw, child) ? { ...child, role: 'button', expanded: children.length > 1 } : child,
        node,
        inner,
      )
  }

  function add(raw: RawNode, parent: ScreenNode | undefined, frame: Frame): ScreenNode | undefined {
    const box = raw.box && { ...raw.box, x: raw.box.x + frame.x, y: raw.box.y + frame.y }
    if (box && isOutside(box, frame, raw)) return undefined
    const node: ScreenNode = {
      role: raw.role,
      name: withoutGlyphs(raw.name ?? ''),
      text: withoutGlyphs(raw.text ?? ''),
      ref: raw.ref,
      box: box ?? parent?.box,
      parent,
      children: [],
      order: nodes.length,
      depth: (parent?.depth ?? -1) + 1,
      disabled: raw.disabled === true || parent?.disabled === true,
      invalid: raw.invalid !== undefined && raw.invalid !== false,
      expanded: raw.expanded,
      checked: raw.checked,
      selected: raw.selected === true,
      pressed: raw.pressed === true,
      focused: raw.active === true,
      clickable: raw.cursor === 'pointer',
      url: raw.url,
      placeholder: raw.placeholder,
    }
    parent?.children.push(node)
    nodes.push(node)
    return node
  }
}

/** Playwright's handle of a node; valid until the next screen is taken. */
export function locate(page: Page, node: ScreenNode): Locator {
  if (node.ref === undefined) throw new Error(`The ${node.role} '${node.name}' can't be addressed.`)
  return page.locator(`aria-ref=${node.ref}`)
}

/** What a person would call the element: its name, else all the text in it. */
export function labelOf(node: ScreenNode): string {
  return node.name || textOf(node)
}

/** All text inside a node, in reading order. */
export function textOf(node: ScreenNode): string {
  const own = node.text
  const inner = node.children.map(child => textOf(child) || (child.role === 'text' ? '' : child.name)).filter(Boolean)
  return [own, ...inner].filter(Boolean).join(' ').trim()
}

/** The node and everything that it stands in, innermost first. */
export function* lineage(node: ScreenNode): Generator<ScreenNode> {
  for (let each: ScreenNode | undefined = node; each; each = each.parent) yield each
}

/** Everything inside a node, itself left out, in reading order. */
export function* descendants(node: ScreenNode): Generator<ScreenNode> {
  for (const child of node.children) {
    yield child
    yield* descendants(child)
  }
}

/** Without private-use characters (icon fonts, `portal-facts.md` §12) and with plain spaces. */
export function withoutGlyphs(text: string): string {
  return text
    .replace(/[\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFD}\u200B-\u200F\u2060\uFEFF]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Where a frame's origin is in the window, and what part of the window it shows. */
interface Frame {
  x: number
  y: number
  left: number
  right: number
}

function frameIn(box: Box, outer: Frame): Frame {
  return { x: box.x, y: box.y, left: Math.max(outer.left, box.x), right: Math.min(outer.right, box.x + box.width) }
}

/** A box without size may still hold positioned children: only what has a size and is aside is outside. */
function isOutside(box: Box, frame: Frame, raw: RawNode): boolean {
  if (box.width <= 1 || box.height <= 1) return (raw.children ?? []).every(child => typeof child === 'string')
  return box.x + box.width <= frame.left + 1 || box.x >= frame.right - 1
}

/** > | <details><summary>Advanced</summary>…</details>: a group whose first part has a name though no role. */
function isSummary(group: RawNode, child: unknown): child is RawNode {
  return group.role === 'group' && !group.name && isRaw(child) && child.role === 'generic' && Boolean(child.name)
}

interface RawNode {
  role: string
  name?: string
  text?: string
  ref?: string
  box?: Box
  children?: unknown[]
  disabled?: boolean
  invalid?: boolean | string
  expanded?: boolean
  checked?: boolean | 'mixed'
  selected?: boolean
  pressed?: boolean
  active?: boolean
  cursor?: string
  url?: string
  placeholder?: string
}

function isRaw(raw: unknown): raw is RawNode {
  return typeof raw === 'object' && raw !== null && typeof (raw as RawNode).role === 'string'
}
