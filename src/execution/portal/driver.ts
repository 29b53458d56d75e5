import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errors, type Download, type FileChooser, type Locator, type Page } from '@playwright/test'
import type { Place } from '../../article/article.ts'
import { isPortalHost } from '../../cloud/definition.ts'
import type { PlannedStep } from '../../plan/plan.ts'
import type { Remark, Suggestion } from '../../result/result.ts'
import { likeness } from '../near-miss.ts'
import { StepFailure } from '../step-failure.ts'
import { placeOfWords } from '../words-place.ts'
import type { Outcome, Surroundings } from '../surface.ts'
import { dismissInterruption } from './interruptions.ts'
import { complaints, type Candidate, type Finding } from './find.ts'
import { hostKeptFrom } from './keep-on-hosts.ts'
import { moveOf, tellMove, type Move } from './moves.ts'
import {
  hasMovedOn,
  labelOf,
  lineage,
  locate,
  takeScreen,
  textOf,
  type Box,
  type Screen,
  type ScreenNode,
} from './screen.ts'
import { isLoading, noteChange, watchPage, type Watch } from './watch.ts'

/** What the portal's handlers share: the page, and what earlier actions left to be remembered. */
export interface Driver {
  /** The tab that is driven; another one where a link opened one on the cloud's hosts. */
  page: Page
  readonly surroundings: Surroundings
  /** The step that is being carried out. */
  step: PlannedStep
  /** The box of the element that was used last, in CSS pixels of the window. */
  lastBox: Box | undefined
  /** What the last search was for, and in which box. */
  lastSearch: { value: string; box: string | undefined } | undefined
  /** Places that were remarked on in this step: once is enough. */
  remarkedPlaces: Set<string>
  /** What was put away since an action began, because it lay over what was looked for. */
  putAway: Remark[]
  /** Fields set on the page that is open, to be read again before it is left. */
  setFields: { label: string; where: readonly string[]; value: string; place: Place }[]
  /** Tabs that lie under the one that is driven. */
  tabs?: Page[] | undefined
  /** Names of files that have come and that no step has asked for yet. */
  downloads?: string[]
  /** The chooser of files that the last action has opened. */
  fileChooser?: FileChooser | undefined
  /** Called just before an element is used. */
  beforeUse?: (() => Promise<void>) | undefined
}

/**
 * How often it is asked whether a page rests, for how long it must not change to rest, and how long rest is waited for. Looking
 * costs far more than being told of a change, and would slow down a page that is being drawn. Milliseconds.
 */
const look = { every: 10, rest: 40, limit: 400 }

/**
 * How long a screen must stay the same to count as quiet: where no data is on its way, and otherwise; and how long quiet
 * is waited for. Milliseconds.
 */
const quiet = { idle: 100, still: 250, limit: 5_000 }

/** How long nothing may happen before another way is tried, in milliseconds. */
const patience = 1_200

/**
 * Looks until exactly one best candidate is there that can be reached and is enabled.
 *
 * @throws StepFailure `control-not-found` with what comes nearest, `control-ambiguous` with the candidates,
 * `control-disabled` with what the page complains of, `not-signed-in` where sign-in has come between.
 */
export async function findOne(
  driver: Driver,
  find: (screen: Screen) => Finding,
  facts: Facts & {
    /** Tried where a quiet page doesn't show it: at once with 0, then now and then with the number of the attempt. */
    again?: (attempt: number) => Promise<unknown>
    limit?: number
  },
): Promise<Candidate & { screen: Screen }> {
  const { page, surroundings } = driver
  const limit = facts.limit ?? surroundings.plan.limits.action
  const watch = await watchPage(page)
  let began = Date.now()
  let lastShape = ''
  let stillSince = began
  let triedAgain = 0
  let seen: Screen | undefined
  for (;;) {
    await restOf(watch)
    const screen = await takeScreen(page)
    keepToPortal(page, surroundings, facts.place)
    const now = Date.now()
    if (screen !== seen) {
      const shape = shapeOf(screen)
      if (shape !== lastShape) stillSince = now
      lastShape = shape
      seen = screen
    }
    const idle = now - stillSince
    const { best, near, others = [] } = find(screen)
    const [first] = best
    // The pointer finds out by itself whether it reaches the only one that there is.
    const isOnly = best.length === 1 && others.length === 0
    const reachable = isOnly || !first ? best : await uppermost(page, { best, others })
    const [only, second] = reachable
    if (only && !second && !only.node.disabled && (isQuiet(watch) || idle > quiet.still || now - began > quiet.limit))
      return { ...only, screen }
    if (best.length > 0 && reachable.length === 0 && idle > 600)
      driver.putAway.push(...(await dismissInterruption(page, screen)))
    if (best.length === 0 && facts.again && isQuiet(watch) && idle > patience * triedAgain) {
      await facts.again(triedAgain++)
      noteChange(page)
      // Scrolling through a long list, or searching again, takes its time: that is no time in which nothing came.
      const spent = Date.now() - now
      began += spent
      stillSince += spent
    }
    if (now - began > limit) {
      if (only && second) throw ambiguous(reachable, facts)
      if (only?.node.disabled) throw disabled(only, await explain(driver, screen), facts)
      if (only && !second) return { ...only, screen }
      if (first) throw covered(first.node, facts)
      if (isBlank(screen)) throw blank(screen, facts)
      throw notFound(driver, screen, near, facts)
    }
    await sleep(look.every)
  }
}

/** Waits until a page that is changing, or loading, pauses; not for long. */
async function restOf(watch: Watch): Promise<void> {
  const deadline = Date.now() + look.limit
  const rests = () => Date.now() - watch.last >= look.rest && !isLoading(watch)
  while (!rests() && Date.now() < deadline) await sleep(look.every)
}

/**
 * Uses an element and looks for the effect: something on screen or in the address must change, or a tab, a file or the
 * chooser of files come.
 *
 * @param patient whether a file must come, so that a change of the page is not all.
 * @throws StepFailure `no-effect` where nothing changes.
 */
export async function clickFor(
  driver: Driver,
  node: ScreenNode,
  { place, label, patient = false }: { place: Place; label: string; patient?: boolean },
): Promise<string> {
  const { page } = driver
  driver.lastBox = node.box
  await driver.beforeUse?.()
  const before = await takeScreen(page)
  const comers = expectComers(driver)
  const boxed = /^(?:checkbox|radio|switch)$/.test(node.role)
  try {
    await use(driver, node, async (locator, timeout) =>
      locator.click({ timeout, force: boxed && (await locator.evaluate(isUnderItsLabel, undefined, { timeout })) }),
    )
    const effect = await effectSince(driver, before, { comer: comers.effect, patient })
    if (effect) return effect
  } finally {
    comers.forget()
  }
  throw new StepFailure(
    {
      rule: 'no-effect',
      message: `Selecting “${label}” changed nothing on screen.`,
      found: complaints(await takeScreen(page)),
      remedy: 'A reader would be stuck here: the command is dead, or something must be filled in before.',
      place,
    },
    { verdict: 'product' },
  )
}

/** What may come of a click beside a change of the page. */
function expectComers(driver: Driver): { effect(): Promise<string | undefined>; forget(): void } {
  const { page } = driver
  const context = page.context()
  const tabs: Page[] = []
  const files: Download[] = []
  let chooser: FileChooser | undefined
  const onTab = (tab: Page) => tabs.push(tab)
  const onFile = (file: Download) => files.push(file)
  const onChooser = (opened: FileChooser) => (chooser = opened)
  context.on('page', onTab)
  page.on('download', onFile)
  page.on('filechooser', onChooser)
  return {
    async effect() {
      const [tab] = tabs
      const [file] = files
      if (tab && !tab.isClosed()) return followTab(driver, tab)
      if (file) return keepFile(driver, file)
      if (!chooser) return undefined
      driver.fileChooser = chooser
      return 'the chooser of files opened'
    },
    forget() {
      context.off('page', onTab)
      page.off('download', onFile)
      page.off('filechooser', onChooser)
    },
  }
}

/** A link may open a tab of its own: readers go on there. */
async function followTab(driver: Driver, tab: Page): Promise<string> {
  await tab.waitForLoadState('domcontentloaded').catch(() => undefined)
  const url = tab.url()
  const { cloud } = driver.surroundings
  if (!url.startsWith('http') || !isPortalHost(cloud, new URL(url).hostname)) {
    await tab.close().catch(() => undefined)
    const where = url.startsWith('http') ? ` (${new URL(url).hostname})` : ''
    driver.putAway.push({
      rule: 'tab-not-followed',
      message: `A tab outside of the cloud's hosts opened${where} and was closed: Verbatim stays in the portal.`,
    })
    return 'a tab outside of the cloud opened'
  }
  const { page } = driver
  driver.tabs = [...(driver.tabs ?? []), page]
  driver.page = tab
  driver.putAway.push({ rule: 'tab-followed', message: 'The link opened a new tab: the steps go on there.' })
  tab.once('close', () => {
    driver.tabs = driver.tabs?.filter(each => each !== tab)
    if (driver.page === tab) driver.page = driver.tabs?.pop() ?? page
  })
  return `a new tab opened: ${await tab.title()}`
}

async function keepFile(driver: Driver, file: Download): Promise<string> {
  const { output, plan } = driver.surroundings
  const name = file.suggestedFilename()
  await file.saveAs(join(output, 'downloads', plan.id, basename(name)))
  driver.downloads = [...(driver.downloads ?? []), name]
  return `${name} was downloaded`
}

/** A check box whose own label or checkmark lies over it: the label takes the pointer and hands it on (`portal-facts.md` §5.1). */
function isUnderItsLabel(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect()
  const hit = element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2)
  return hit !== null && hit !== element && hit.closest('label')?.control === element
}

/** Milliseconds that one attempt to use an element may take before the element is looked up again. */
const attempt = 1_500

/**
 * Uses an element that was seen, and looks it up again where the page has drawn it anew since or put something over it:
 * forms redraw their fields while they load.
 *
 * @throws StepFailure `control-covered` where something lay over it until the action's time limit, or what the last attempt
 * threw.
 */
export async function use<Value>(
  driver: Driver,
  node: ScreenNode,
  act: (locator: Locator, timeout: number) => Promise<Value>,
): Promise<Value> {
  const { page, surroundings } = driver
  const deadline = Date.now() + surroundings.plan.limits.action
  let current = node
  for (;;) {
    try {
      const value = await act(locate(page, current), attempt)
      noteChange(page)
      return value
    } catch (error) {
      const movedOn = hasMovedOn(error)
      const late = error instanceof errors.TimeoutError ? error.message : undefined
      if (late === undefined && !movedOn) throw error
      const isCovered = /intercepts pointer events|outside of the viewport/.test(late ?? '')
      const said = labelOf(node)
      if (Date.now() > deadline)
        throw isCovered ? covered(node, { what: 'control', said, place: driver.step.place }) : error
      noteChange(page)
      const screen = await takeScreen(page)
      keepToPortal(page, surroundings, driver.step.place)
      driver.putAway.push(...(await dismissInterruption(page, screen)))
      if (movedOn) await sleep(look.every)
      current = sameNode(await takeScreen(page), node) ?? current
    }
  }
}

/** What an action came to, with a remark for each interruption that had to be put away for it. */
export async function tellingPutAway(driver: Driver, act: () => Promise<Outcome>): Promise<Outcome> {
  driver.putAway = []
  const outcome = await act()
  return { ...outcome, remarks: [...outcome.remarks, ...driver.putAway] }
}

/** The element that was seen before, on a screen taken since: same role and name, nearest to where it was. */
function sameNode({ nodes }: Screen, { role, name, text, box }: ScreenNode): ScreenNode | undefined {
  const distance = (node: ScreenNode) =>
    Math.hypot((node.box?.x ?? 0) - (box?.x ?? 0), (node.box?.y ?? 0) - (box?.y ?? 0))
  const same = nodes.filter(
    node => node.role === role && node.name === name && (name !== '' || node.text === text) && node.ref !== undefined,
  )
  return same.sort((a, b) => distance(a) - distance(b))[0]
}

/** Waits for a change since a screen was taken, and says in words what changed; undefined where nothing did. */
export async function effectSince(
  driver: Driver,
  before: Screen,
  { comer, patient = false }: { comer?: () => Promise<string | undefined>; patient?: boolean } = {},
): Promise<string | undefined> {
  const { page } = driver
  const limit = Math.min(5_000, driver.surroundings.plan.limits.action)
  const shape = shapeOf(before)
  const deadline = Date.now() + limit
  const watch = await watchPage(page)
  let seen: string | undefined
  for (;;) {
    const came = await comer?.()
    if (came) return came
    if (!page.isClosed()) await restOf(watch)
    const after = page.isClosed() ? undefined : await takeScreen(page).catch(() => undefined)
    if (after && after.url !== before.url) seen = `the page became ${after.title || after.url}`
    else if (after && shapeOf(after) !== shape) seen = describeChange(before, after)
    else if (page.isClosed() && driver.page !== page) seen = 'the tab was closed'
    if (Date.now() > deadline || (seen !== undefined && !patient)) return seen
    await sleep(look.every)
  }
}

/** The screen, once it has stayed the same for a moment; at the limit, as it is then. */
export async function quietScreen({ page }: Pick<Driver, 'page'>): Promise<Screen> {
  const watch = await watchPage(page)
  const began = Date.now()
  await restOf(watch)
  let shape: string | undefined
  let since = began
  while (!isQuiet(watch)) {
    await sleep(look.every)
    const now = Date.now()
    if (now - began < quiet.still || now - watch.last > quiet.idle) continue
    // What moves without a word changing must not keep anybody waiting.
    const screen = await takeScreen(page)
    if (shapeOf(screen) !== shape) since = now
    shape = shapeOf(screen)
    if (now - since >= quiet.still || now - began > quiet.limit) return screen
  }
  return takeScreen(page)
}

function isQuiet(watch: Watch): boolean {
  const still = Date.now() - watch.last
  return still >= quiet.still || (still >= quiet.idle && !isLoading(watch))
}

/**
 * Of candidates that are equal for a reader, those in the surface that lies on top: what is covered can't be meant, and
 * of what is not, a callout, pane or dialog hides what it was opened from (`portal-facts.md` §2).
 */
async function uppermost(
  page: Page,
  { best, others }: { best: Candidate[]; others: Candidate[] },
): Promise<Candidate[]> {
  const reached = await reachableOf(page, best)
  const left = reached.length > 0 ? reached : await reachableOf(page, others)
  if (left.length < 2) return left
  const layered = await Promise.all(
    left.map(async candidate => ({ candidate, layers: await layersOf(page, candidate.node) })),
  )
  const top = layered.map(({ layers }) => layers).sort(byLayers)[0] ?? []
  return layered.filter(({ layers }) => byLayers(layers, top) === 0).map(({ candidate }) => candidate)
}

/** The heights of the surfaces that an element is in, outermost first, those of the frame around it before its own. */
async function layersOf(page: Page, node: ScreenNode): Promise<number[]> {
  const frame = frameOf(node)
  const own = await locate(page, node)
    .evaluate(measureLayers, undefined, { timeout: 1_000 })
    .catch(() => [])
  return frame ? [...(await layersOf(page, frame)), ...own] : own
}

/** Runs in the page. */
function measureLayers(element: Element): number[] {
  const layers: number[] = []
  for (let each: Element | null = element; each;) {
    const { position, zIndex } = getComputedStyle(each)
    const floats = position === 'fixed' || (position === 'absolute' && Number(zIndex) > 0)
    if (each.matches(':modal, :popover-open')) layers.unshift(Number.MAX_SAFE_INTEGER)
    else if (floats) layers.unshift(Number(zIndex) || 0)
    const root: Node = each.getRootNode()
    each = each.assignedSlot ?? each.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
  }
  return layers
}

/** Higher ones first; what floats is above what doesn't. */
function byLayers(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (b[at] ?? -1) - (a[at] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

/** Of candidates, those that a pointer would reach: nothing lies over their middle, in their frame and in the window. */
export async function reachableOf(page: Page, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const reached = await Promise.all(
    candidates.map(async candidate => ((await isReachable(page, candidate.node)) ? [candidate] : [])),
  )
  return reached.flat()
}

async function isReachable(page: Page, node: ScreenNode): Promise<boolean> {
  if (node.ref === undefined) return false
  const locator = locate(page, node)
  try {
    return (
      (await locator.evaluate(
        async element => {
          element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
          const { left, top, width, height } = element.getBoundingClientRect()
          if (width < 1 || height < 1) return false
          const [x, y] = [left + width / 2, top + height / 2]
          const hit = element.ownerDocument.elementFromPoint(x, y)
          if (!hit) return false
          const label = hit.closest('label')
          return (
            element === hit ||
            element.contains(hit) ||
            hit.contains(element) ||
            (label !== null && (label.control === element || label.contains(element)))
          )
        },
        undefined,
        { timeout: 1_000 },
      )) && (await isFrameReachable(page, node))
    )
  } catch {
    return false
  }
}

/** An overlay of the shell may lie over the frame that the element is in. */
async function isFrameReachable(page: Page, node: ScreenNode): Promise<boolean> {
  const frame = frameOf(node)
  if (!frame || !node.box) return true
  const box = await locate(page, node).boundingBox({ timeout: 1_000 })
  if (!box) return false
  return locate(page, frame).evaluate(
    (element, [x, y]) => element.ownerDocument.elementFromPoint(x, y) === element,
    [box.x + box.width / 2, box.y + box.height / 2] as const,
    { timeout: 1_000 },
  )
}

function frameOf(node: ScreenNode): ScreenNode | undefined {
  for (let each = node.parent; each; each = each.parent) if (each.role === 'iframe') return each
  return undefined
}

/** Everything on screen that a reader could notice changing; not what moves by itself. */
export function shapeOf({ url, title, nodes }: Screen): string {
  const shape = nodes.map(({ role, name, text, disabled, expanded, checked, selected, pressed, invalid }) =>
    role === 'progressbar' || role === 'tooltip'
      ? ''
      : `${role}|${name}|${text}|${disabled}${expanded}${checked}${selected}${pressed}${invalid}`,
  )
  return [url, title, ...shape].join('\n')
}

function describeChange(before: Screen, after: Screen): string {
  const known = new Set(before.nodes.map(node => `${node.role}|${labelOf(node)}`))
  const fresh = after.nodes.filter(node => !known.has(`${node.role}|${labelOf(node)}`) && labelOf(node) !== '')
  const telling =
    fresh.find(node =>
      /^(?:dialog|alertdialog|heading|listbox|menu|tree|tabpanel|region|status|alert)$/.test(node.role),
    ) ?? fresh[0]
  if (!telling) return 'the screen changed'
  const words = labelOf(telling)
  return `${telling.role} “${words.length > 80 ? `${words.slice(0, 79)}…` : words}” appeared`
}

function keepToPortal(page: Page, { cloud }: Surroundings, place: Place): void {
  const url = page.url()
  if (url.startsWith('chrome-error:')) {
    const kept = hostKeptFrom(page)
    throw kept === undefined ? notLoaded(place) : leftTheCloud(kept, place)
  }
  const { hostname, host } = new URL(url.startsWith('http') ? url : cloud.portal)
  if (host === new URL(cloud.entra).host && host !== new URL(cloud.portal).host) throw notSignedIn(place)
  if (isPortalHost(cloud, hostname)) return
  throw leftTheCloud(hostname, place)
}

/** What Chromium shows then has words, and none of them is the portal's. */
function notLoaded(place: Place): StepFailure {
  return new StepFailure(
    {
      rule: 'page-empty',
      message: 'The page could not be loaded: the browser shows an error of its own.',
      remedy: 'Run the article again. If it happens again, look at the request log: the portal could not be reached.',
      place,
    },
    { verdict: 'environment' },
  )
}

function leftTheCloud(host: string, place: Place): StepFailure {
  return new StepFailure(
    {
      rule: 'left-the-cloud',
      message: `The browser left the cloud's hosts for ${host}.`,
      remedy: 'Verbatim keeps the browser on the hosts of the cloud definition (`portalHosts`).',
      place,
    },
    { verdict: 'environment' },
  )
}

export function notSignedIn(place: Place, why = 'The portal asks for sign-in'): StepFailure {
  return new StepFailure(
    {
      rule: 'not-signed-in',
      message: `${why}: the session is not signed in.`,
      remedy: 'Check the person of the cloud definition, or renew the storage state; docs/azure.md says how.',
      place,
    },
    { verdict: 'environment' },
  )
}

interface Facts {
  what: string
  said: string
  place: Place
}

function notFound(driver: Driver, screen: Screen, near: string[], { what, said, place }: Facts): StepFailure {
  const move = moveOf(said, screen)
  const suggestion = suggest(driver, place, said, { near, move })
  return new StepFailure(
    {
      rule: `${what}-not-found`,
      message: `There is no ${what} “${said}” on “${screen.title}”.`,
      said,
      found: [...new Set([...(move ? [move.now] : []), ...near, ...controlsOn(screen)])].slice(0, 12),
      remedy: move
        ? `${tellMove(said, move)} Change the article${move.way.length > 0 ? ' here and in the steps that go on from there' : ''}.`
        : suggestion
          ? `If it is called “${suggestion.after}” now, change the article.`
          : 'Compare this sentence with the screenshot: the page is not where the article says, or the control has gone.',
      place,
    },
    { verdict: 'doc', drift: 'blocking', suggestion },
  )
}

/** How much of the largest frame on screen must be nothing but a frame for the page to count as empty. Square pixels. */
const worthLookingAt = 300 * 200

/** Whether the page, or the frame that holds its content, has come to nothing: no word in it but that it is loading. */
function isBlank({ nodes }: Screen): boolean {
  const frames = nodes.filter(({ role, box }) => role === 'iframe' && box && box.width * box.height > worthLookingAt)
  const says = (node: ScreenNode) => `${node.name} ${node.text}`.trim()
  const isEmpty = (inner: readonly ScreenNode[]) =>
    inner.every(node => node.role === 'progressbar' || /^(?:loading\b.*)?$/i.test(says(node)))
  if (nodes.length === 0 || isEmpty(nodes)) return true
  return (
    frames.length > 0 &&
    frames.every(frame => isEmpty(nodes.filter(node => [...lineage(node)].slice(1).includes(frame))))
  )
}

/** Nobody can say whether an article is right about a page that isn't there. */
function blank({ title }: Screen, { said, place }: Facts): StepFailure {
  return new StepFailure(
    {
      rule: 'page-empty',
      message: `The page “${title}” stayed empty, so “${said}” could not be looked for.`,
      said,
      remedy: 'Run the article again. If the page stays empty, look at the request log: what it loads did not come.',
      place,
    },
    { verdict: 'environment' },
  )
}

/** What can be selected on the page itself, the portal's header and menus left out. */
function controlsOn({ nodes }: Screen): string[] {
  const around = /^(?:banner|navigation)$/
  const own = nodes.filter(node =>
    /^(?:button|link|tab|menuitem|option|radio|textbox|combobox|checkbox)$/.test(node.role),
  )
  const onPage = own.filter(
    node =>
      ![...lineage(node)].some(each => around.test(each.role)) &&
      !/^(?:close|pin|toggle) |^more content/i.test(node.name),
  )
  return [...new Set(onPage.map(labelOf).filter(words => words !== '' && words.length < 60))]
}

/** How alike a label must be to be suggested, and how far ahead of the next one. */
const suggestible = { likeness: 0.6, lead: 0.1 }

/** What became of the label, else the nearest one on screen in its place, where one is clearly the nearest. */
function suggest(
  driver: Driver,
  place: Place,
  said: string,
  { near, move }: { near: readonly string[]; move: Move | undefined },
): Suggestion | undefined {
  if (move) {
    const words = placeOfWords(said, place, driver.step.place)
    return words && { place: words, before: said, after: move.now, reason: tellMove(said, move) }
  }
  const [first, second] = near
  if (first === undefined || likeness(said, first) < suggestible.likeness) return undefined
  if (second !== undefined && likeness(said, first) - likeness(said, second) < suggestible.lead) return undefined
  const words = placeOfWords(saidInArticle(driver, said), place, driver.step.place)
  return (
    words && { place: words, before: saidInArticle(driver, said), after: first, reason: `On screen it is “${first}”.` }
  )
}

/** An own name stands for a name of the article's. */
function saidInArticle({ surroundings }: Driver, words: string): string {
  return Object.entries(surroundings.plan.names).find(([, own]) => own === words)?.[0] ?? words
}

function ambiguous(candidates: readonly Candidate[], { what, said, place }: Facts): StepFailure {
  return new StepFailure(
    {
      rule: `${what}-ambiguous`,
      message: `“${said}” could be any of ${candidates.length} on screen, and Verbatim doesn't guess.`,
      said,
      found: candidates.map(({ node }) => `${node.role} “${labelOf(node)}”${placeOf(node)}`),
      remedy: 'Name the page, tab or pane in the sentence: “On the **X** pane, select **Y**.”',
      place,
    },
    { verdict: 'driver' },
  )
}

function disabled({ node }: Candidate, why: string[], { what, said, place }: Facts): StepFailure {
  return new StepFailure(
    {
      rule: `${what}-disabled`,
      message: `The ${node.role} “${said}” is there, but disabled.`,
      said,
      found: why,
      remedy: 'Something that the form requires is missing or not accepted: add it to the steps before this one.',
      place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
}

function covered(node: ScreenNode, { what, said, place }: Facts): StepFailure {
  return new StepFailure(
    {
      rule: `${what}-covered`,
      message: `The ${node.role} “${said}” is there, but something lies over it.`,
      said,
      remedy: 'Look at the screenshot: a pane, dialog or prompt must be closed first.',
      place,
    },
    { verdict: 'driver' },
  )
}

function placeOf(node: ScreenNode): string {
  for (let each = node.parent; each; each = each.parent)
    if (each.name && /^(?:dialog|region|navigation|menu|toolbar|tabpanel|group|banner|listbox)$/.test(each.role))
      return ` in ${each.role} “${each.name}”`
  return ''
}

/** Why a command is disabled: what the page says, and what the tabs that count errors say when opened. */
export async function explain(driver: Driver, screen: Screen): Promise<string[]> {
  const said = complaints(screen)
  const faulty = screen.nodes.filter(
    node => node.role === 'tab' && (/\(\d+\)$/.test(node.name) || /error|invalid/i.test(node.name)),
  )
  for (const tab of faulty) {
    try {
      await locate(driver.page, tab).click({ timeout: 2_000 })
      const inner = await quietScreen(driver)
      const fields = inner.nodes
        .filter(node => node.invalid && node.name !== '')
        .map(node => `${node.name} (${node.role}) is not accepted`)
      said.push(...fieldsInError(inner), ...fields)
    } catch {
      // The page may be going away; what it said so far is told.
    }
  }
  return [...new Set(said)]
}

/** > Region * | The value must not be empty.: the complaint with the label that stands before it. */
function fieldsInError({ nodes }: Screen): string[] {
  return nodes.flatMap((node, at) => {
    if (node.children.length > 0 || !/must not be empty|is required|not valid|invalid/i.test(textOf(node))) return []
    const label = nodes
      .slice(0, at)
      .findLast(each => /^(?:combobox|textbox|spinbutton)$/.test(each.role) && each.name !== '')
    return label ? [`${label.name}: ${textOf(node)}`] : [textOf(node)]
  })
}
