import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../../article/article.ts'
import type { PlannedAction } from '../../plan/plan.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome } from '../surface.ts'
import { clickFor, effectSince, findOne, quietScreen, use, type Driver } from './driver.ts'
import { dialogsAround, findControl, findField, inRowOf, remarkOn, type Finding } from './find.ts'
import { bringUpRow } from './rows.ts'
import { remarksOnPlaces } from './places.ts'
import { labelOf, takeScreen, type Screen, type ScreenNode } from './screen.ts'

/** Puts a check box or a toggle into a state, and looks at it afterwards. */
export function toggle(on: boolean) {
  return async ({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> => {
    const label = action.target ?? ''
    const find = (screen: Screen) => findToggle(screen, label, action.where)
    const found = await findOne(driver, find, {
      what: 'check box',
      said: label,
      place: said.place,
      again: async attempt => attempt > 0 && bringUpRow(driver, label, find),
    })
    const remarks = [...remarkOn(label, found), ...remarksOnPlaces(found.screen, action.where, driver)]
    if (isOn(found.node) === on) return passed(`${label} is ${on ? 'on' : 'off'} already`, remarks)
    return passed(await turnTo(driver, found.node, { on, label, place: said.place, find }), remarks)
  }
}

/** What a toggle is to become, and how it is found again. */
interface Turn {
  on: boolean
  label: string
  place: Place
  find: (screen: Screen) => Finding
}

/**
 * Turns a toggle, and looks whether it is in its new state then.
 *
 * @throws StepFailure `no-effect` where it isn't, whatever else may have changed.
 */
export async function turnTo(driver: Driver, node: ScreenNode, { on, label, place, find }: Turn): Promise<string> {
  const effect = await clickFor(driver, node, { place, label })
  const deadline = Date.now() + driver.surroundings.plan.limits.action
  for (;;) {
    const [now] = find(await takeScreen(driver.page)).best
    // A page that was left can't be asked any more.
    if (!now) return effect
    if (isOn(now.node) === on) return `${label} is ${on ? 'on' : 'off'}`
    if (Date.now() > deadline) break
    await sleep(120)
  }
  throw new StepFailure(
    {
      rule: 'no-effect',
      message: `Selecting “${label}” did not turn it ${on ? 'on' : 'off'}.`,
      found: [effect],
      remedy: 'A reader would be stuck here: look at the screenshot.',
      place,
    },
    { verdict: 'product' },
  )
}

function isOn({ checked, pressed }: ScreenNode): boolean {
  return checked === true || pressed
}

/** Opens a section, a node of a tree or a row that is folded. */
export async function expand({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const label = action.target ?? ''
  const { where } = action
  const find = (screen: Screen) => findFold(screen, label, where)
  const found = await findOne(driver, find, { what: 'section', said: label, place: said.place })
  const remarks = [...remarkOn(label, found), ...remarksOnPlaces(found.screen, where, driver)]
  if (found.node.expanded === true) return passed(`${label} is open already`, remarks)
  const effect = await clickFor(driver, found.node, { place: said.place, label })
  const [now] = find(await takeScreen(driver.page)).best
  // A click selects a node of a tree; the arrow key opens it.
  if (now?.node.role === 'treeitem' && now.node.expanded !== true)
    await use(driver, now.node, (locator, timeout) => locator.press('ArrowRight', { timeout }))
  return passed(effect, remarks)
}

/** The section by its name, or the button that says that it opens it. */
function findFold(screen: Screen, label: string, where: readonly string[]): Finding {
  const named = findControl(screen, { label, where })
  const openers = named.best.length > 0 ? [] : [`Expand ${label}`, `Show ${label}`, `Open ${label}`]
  const found = openers.map(each => findControl(screen, { label: each, where })).find(({ best }) => best.length > 0)
  if (found) return found
  const inRow = named.best.length > 0 ? named : inRowOf(screen, label, /^button$/, /^(?:expand|show|toggle)\b/i)
  return inRow.best.length > 0 ? inRow : named
}

/** Closes a page, pane, dialog or notification by its own close button, or the browser's tab. */
export async function close({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const label = action.target ?? ''
  const { place } = said
  if (/\b(?:browser|new) (?:tab|window)\b/i.test(label)) return closeTab(driver, label, place)
  const { page } = driver
  const before = await quietScreen(driver)
  if (isUnnamed(label) && findClose(before, label, action.where).best.length === 0) {
    // Callouts and menus have no button of that kind.
    await page.keyboard.press('Escape')
    const effect = await effectSince(driver, before)
    if (effect) return passed(effect)
  }
  const found = await findOne(driver, screen => findClose(screen, label, action.where), {
    what: 'close button',
    said: label,
    place,
  })
  const { node } = found
  const effect = await clickFor(driver, node, { place, label: labelOf(node) })
  return passed(effect, remarksOnPlaces(found.screen, action.where, driver))
}

/** Only a tab that the article itself has opened. */
async function closeTab(driver: Driver, label: string, place: Place): Promise<Outcome> {
  const { page } = driver
  if ((driver.tabs ?? []).length === 0)
    throw new StepFailure(
      {
        rule: 'no-other-tab',
        message: `There is no other tab of the browser, so “${label}” can't be closed.`,
        remedy: 'Name the page or pane that is to be closed.',
        place,
      },
      { verdict: 'doc', drift: 'misleading' },
    )
  await page.close()
  return passed(`the tab was closed; ${await driver.page.title()} is in front again`)
}

function findToggle(screen: Screen, label: string, where: readonly string[]): Finding {
  const fields = findField(screen, { label, where })
  const toggles = fields.best.filter(({ node }) => /^(?:checkbox|switch)$/.test(node.role))
  if (toggles.length > 0) return { best: toggles, near: [] }
  // > | Select the check box next to **myVM**.
  const inRow = inRowOf(screen, label, /^(?:checkbox|switch)$/)
  if (inRow.best.length > 0) return inRow
  return findControl(screen, { label, where, kind: 'checkbox' })
}

/** > | Close the pane. */
function isUnnamed(label: string): boolean {
  return /^(?:the |this )?(?:current |open )?(?:blade|pane|panel|page|dialog(?: box)?|window|callout|popup|pop-up|menu|notifications?|message|toast|banner)$/i.test(
    label.trim(),
  )
}

/** "Close content '<title>'" on blades, "Dismiss …" on notifications (`portal-facts.md` §2, §7); plain "Close" on panes and dialogs. */
function findClose(screen: Screen, label: string, where: readonly string[]): Finding {
  if (!isUnnamed(label)) {
    const own = [`Close content '${label}'`, `Close ${label}`, `Dismiss ${label}`, `Close the ${label}`]
    const named = own.map(each => findControl(screen, { label: each, where })).find(({ best }) => best.length > 0)
    return named ?? findControl(screen, { label: 'Close', where: [...where, label] })
  }
  const isMessage = /notification|message|toast|banner/i.test(label)
  const words = isMessage ? /^(?:dismiss|close)\b/i : /^close\b/i
  const buttons = screen.nodes.filter(node => node.role === 'button' && words.test(labelOf(node)))
  const dismissing = isMessage ? buttons.filter(node => /^dismiss\b/i.test(labelOf(node))) : []
  const labels = [...new Set((dismissing.length > 0 ? dismissing : buttons).map(labelOf))]
  const found = labels.flatMap(each => findControl(screen, { label: each, where }).best)
  const deepest = Math.max(...found.map(({ node }) => dialogsAround(node)))
  return { best: found.filter(({ node }) => dialogsAround(node) === deepest), near: [] }
}
