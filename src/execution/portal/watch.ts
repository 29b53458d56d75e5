import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page, Request } from '@playwright/test'

/** What is known of a page without looking at it: its documents tell by themselves when something in them changes. */
export interface Watch {
  /** Goes up with every change in any frame. */
  changes: number
  /** When the last change was, or the last use of an element, by `Date.now()`. */
  last: number
  /** Requests for data that are under way, and when they began. */
  requests: Map<Request, number>
}

const watches = new WeakMap<Page, Watch>()
const contexts = new WeakMap<BrowserContext, Promise<void>>()

/**
 * Watches a page from the first call on. Asking a page costs a round trip for each frame, and a snapshot in the trace;
 * being told costs nothing.
 */
export async function watchPage(page: Page): Promise<Watch> {
  const known = watches.get(page)
  if (known) return known
  const watch: Watch = { changes: 0, last: Date.now(), requests: new Map() }
  watches.set(page, watch)
  const note = () => noteChange(page)
  page.on('framenavigated', note)
  page.on('frameattached', note)
  page.on('framedetached', note)
  page.on('request', request => {
    if (/^(?:xhr|fetch|document|script)$/.test(request.resourceType())) watch.requests.set(request, Date.now())
  })
  page.on('requestfinished', request => watch.requests.delete(request))
  page.on('requestfailed', request => watch.requests.delete(request))
  const context = page.context()
  const ready = contexts.get(context) ?? watchContext(context)
  contexts.set(context, ready)
  await ready
  // Documents that were there before. One that is about to go doesn't answer, and need not.
  const asked = Promise.all(page.frames().map(frame => frame.evaluate(watchDocument, binding).catch(() => undefined)))
  await Promise.race([asked, sleep(1_000, undefined, { ref: false })])
  return watch
}

/** Something changed, or was used and may change because of it. */
export function noteChange(page: Page): void {
  const watch = watches.get(page)
  if (!watch) return
  watch.changes++
  watch.last = Date.now()
}

/** The portal polls with requests that last longer than this. Milliseconds. */
const pollsAfter = 2_000

/** Whether data is on its way. */
export function isLoading({ requests }: Watch): boolean {
  const since = Date.now() - pollsAfter
  return [...requests.values()].some(began => began > since)
}

/** What documents call when something in them changes. */
const binding = 'verbatimChanged'

async function watchContext(context: BrowserContext): Promise<void> {
  await context.exposeBinding(binding, ({ page }) => noteChange(page))
  await context.addInitScript(watchDocument, binding)
}

/** Runs in the page: tells of changes of its tree, shadow roots included, of fields, scrolling, popovers and transitions. */
function watchDocument(binding: string): void {
  const key = Symbol.for('verbatim.watch')
  const held = globalThis as unknown as Record<symbol, boolean | undefined>
  if (held[key]) return
  held[key] = true
  /** At most one call in so many milliseconds. */
  const pause = 30
  let waiting = false
  let again = false
  const observed = new WeakSet<Node>()
  const observer = new MutationObserver(records => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node instanceof Element) enter(node)
    tell()
  })
  observe(document)
  for (const type of ['scroll', 'toggle', 'input', 'change', 'transitionend', 'animationend', 'load'])
    addEventListener(type, () => tell(), true)
  let fields = values()
  // What is told by an event needn't be told again by the next look.
  for (const type of ['input', 'change']) addEventListener(type, () => (fields = values()), true)
  setInterval(look, 100)

  function tell(): void {
    if (waiting) {
      again = true
      return
    }
    waiting = true
    const call = (globalThis as unknown as Record<string, (() => Promise<void>) | undefined>)[binding]
    call?.().catch(() => undefined)
    setTimeout(() => {
      waiting = false
      if (again) tell()
      again = false
    }, pause)
  }

  function observe(root: Document | ShadowRoot): void {
    if (observed.has(root)) return
    observed.add(root)
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true })
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) observe(element.shadowRoot)
    tell()
  }

  /** An observer sees nothing of what is in a shadow root. */
  function enter(added: Element): void {
    if (added.shadowRoot) observe(added.shadowRoot)
    for (const element of added.querySelectorAll('*')) if (element.shadowRoot) observe(element.shadowRoot)
  }

  /** Nor of what a script puts into a field, nor of a pane that slides in. Spinners turn for ever, and tell nothing. */
  function look(): void {
    const now = values()
    const moves = document.getAnimations().some(({ playState, effect }) => {
      const { endTime } = effect?.getComputedTiming() ?? {}
      return playState === 'running' && endTime !== Infinity
    })
    if (now !== fields || moves) tell()
    fields = now
  }

  function values(): string {
    const held: string[] = []
    for (const element of document.querySelectorAll('input, select, textarea'))
      if (element instanceof HTMLInputElement) held.push(element.value, String(element.checked))
      else if (element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) held.push(element.value)
    return held.join('\n')
  }
}
