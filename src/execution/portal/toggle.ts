import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../../article/article.ts'
import type { PlannedAction } from '../../plan/plan.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome } from '../surface.ts'
import { clickFor, findOne, type Driver } from './driver.ts'
import { findControl, findField, remarkOn, type Finding } from './find.ts'
import { remarksOnPlaces } from './places.ts'
import { labelOf, takeScreen, type Screen, type ScreenNode } from './screen.ts'

/** Puts a check box or a toggle into a state, and looks at it afterwards. */
export function toggle(on: boolean) {
  return async ({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> => {
    const label = action.target ?? ''
    const found = await findOne(driver, screen => findToggle(screen, label, action.where), {
      what: 'check box',
      said: label,
      place: said.place,
    })
    const remarks = [...remarkOn(label, found), ...remarksOnPlaces(found.screen, action.where, driver)]
    if (isOn(found.node) === on) return passed(`${label} is ${on ? 'on' : 'off'} already`, remarks)
    const find = (screen: Screen) => findToggle(screen, label, action.where)
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

/** Opens a section that is folded. */
export async function expand({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const label = action.target ?? ''
  const found = await findOne(driver, screen => findControl(screen, { label, where: action.where }), {
    what: 'section',
    said: label,
    place: said.place,
  })
  const remarks = [...remarkOn(label, found), ...remarksOnPlaces(found.screen, action.where, driver)]
  if (found.node.expanded === true) return passed(`${label} is open already`, remarks)
  return passed(await clickFor(driver, found.node, { place: said.place, label }), remarks)
}

/** Closes a page, pane or dialog by its own close button. */
export async function close({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const label = action.target ?? ''
  const found = await findOne(driver, screen => findClose(screen, label, action.where), {
    what: 'close button',
    said: label,
    place: said.place,
  })
  return passed(await clickFor(driver, found.node, { place: said.place, label: labelOf(found.node) }))
}

function findToggle(screen: Screen, label: string, where: readonly string[]): Finding {
  const fields = findField(screen, { label, where })
  const toggles = fields.best.filter(({ node }) => /^(?:checkbox|switch)$/.test(node.role))
  if (toggles.length > 0) return { best: toggles, near: [] }
  return findControl(screen, { label, where, kind: 'checkbox' })
}

/** "Close content '<title>'" on blades (`portal-facts.md` §2); plain "Close" on panes and dialogs. */
function findClose(screen: Screen, label: string, where: readonly string[]): Finding {
  const named = findControl(screen, { label: `Close content '${label}'`, where })
  return named.best.length > 0 ? named : findControl(screen, { label: 'Close', where: [...where, label] })
}
