import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CDPSession, Page } from '@playwright/test'
import type { PlannedAction, PlannedStep } from '../../plan/plan.ts'
import type { Picture, Remark } from '../../result/result.ts'
import { openShell, type Shell } from '../shell/shell.ts'
import {
  assumed,
  handle,
  passed,
  type Outcome,
  type StepHandlers,
  type Surface,
  type Surroundings,
} from '../surface.ts'
import { viewport } from '../spec.ts'
import { captureFolder, captureName } from '../captures.ts'
import { captureDark, capturePage } from './capture-page.ts'
import { tellingPutAway, type Driver } from './driver.ts'
import { download } from './download.ts'
import { goTo } from './go-to.ts'
import { keepOnHosts } from './keep-on-hosts.ts'
import { openNamedTabs } from './named-tab.ts'
import { capture, complaintOf, keep, questionOf, review, settle, verify, wait } from './observe.ts'
import { search } from './search.ts'
import { select } from './select.ts'
import { set } from './set.ts'
import { signIn } from './sign-in.ts'
import { stepsToRepeat } from './repeat.ts'
import { close, expand, toggle } from './toggle.ts'
import { upload } from './upload.ts'

interface PortalContext {
  driver: Driver
  shell: Shell
}

const inPortal =
  <Planned>(handler: (planned: Planned, driver: Driver) => Promise<Outcome>) =>
  (planned: Planned, { driver }: PortalContext) =>
    handler(planned, driver)

const handlers: StepHandlers<PortalContext> = {
  signIn: inPortal(signIn),
  goTo: inPortal(goTo),
  search: inPortal(search),
  select: inPortal(select),
  set: inPortal(set),
  check: inPortal(toggle(true)),
  clear: inPortal(toggle(false)),
  turnOn: inPortal(toggle(true)),
  turnOff: inPortal(toggle(false)),
  keep: inPortal(keep),
  review: inPortal(review),
  wait: inPortal(wait),
  verify: inPortal(verify),
  capture: inPortal(capture),
  expand: inPortal(expand),
  close: inPortal(close),
  download: inPortal(download),
  run: ({ action, said }, { shell }) => shell.run(action, said.place),
  upload: inPortal(upload),
  follow: async () => assumed('Another article is not followed.'),
  repeat: (planned, context) => repeat(planned, context),
  manual: async () => assumed('Only a person can do this.'),
}

/** Does the steps again that the article names; what they make was noted when they were first done. */
async function repeat({ action }: PlannedAction, context: PortalContext): Promise<Outcome> {
  const { driver } = context
  const { step } = driver
  const steps = stepsToRepeat(action.target ?? '', step, driver.surroundings.plan.steps)
  if (typeof steps === 'string') return assumed(steps)
  const remarks: Remark[] = []
  for (const again of steps)
    for (const planned of again.actions) {
      const outcome = await handle(handlers, planned, context)
      remarks.push(...outcome.remarks)
      if (outcome.status === 'assumed') return { ...outcome, remarks }
    }
  return passed(`did ${steps.map(({ number }) => number).join(', ')} again`, remarks)
}

/** Carries a plan out in the portal, in a real browser. Every action is followed by a look for its effect. */
export async function openPortalSurface(surroundings: Surroundings, page: Page): Promise<Surface> {
  const { cloud, output, plan } = surroundings
  const [first] = plan.steps
  if (!first) throw new Error(`The plan of ${plan.article.path} has no steps.`)
  await keepOnHosts(page, cloud)
  const shell = openShell(surroundings)
  const driver: Driver = {
    page,
    surroundings,
    step: first,
    lastBox: undefined,
    lastSearch: undefined,
    remarkedPlaces: new Set(),
    putAway: [],
    setFields: [],
  }
  let taken: Picture | undefined
  const shoot = async (full = false) => {
    const shot = { output, plan: plan.id, step: driver.step, box: driver.lastBox, full }
    taken = await takePicture(driver.page, shot).catch(() => undefined)
    if (!full) await captureForArticle()
  }
  let captures = 0
  let followsSystem = true
  /** What an article's own picture of a step may show: the screen before each use of an element, and at the step's end. */
  const captureForArticle = async () => {
    if (driver.step.images.length === 0) return
    const folder = join(output, captureFolder(plan.id, driver.step.id))
    await capturePage(driver.page, join(folder, captureName(captures++, driver.lastBox))).catch(() => undefined)
    if (driver.step.dark && followsSystem)
      followsSystem = await captureDark(driver.page, join(folder, captureName(captures++, driver.lastBox)))
  }
  driver.beforeUse = () => shoot()
  if (!plan.steps.some(step => step.actions.some(({ action }) => action.do === 'signIn'))) await signInFirst(driver)

  return {
    async perform(planned, step) {
      if (driver.step !== step) {
        taken = undefined
        driver.remarkedPlaces.clear()
      }
      driver.step = step
      return tellingPutAway(driver, async () => {
        const onTheWay = await openNamedTabs(planned, driver)
        const outcome = await handle(handlers, planned, { driver, shell })
        return { ...outcome, remarks: [...onTheWay, ...outcome.remarks] }
      })
    },
    async picture(_, failed) {
      if (failed) driver.lastBox = undefined
      if (failed || !taken) await shoot(failed)
      else if (driver.step.images.length > 0) {
        await settle(driver)
        await captureForArticle()
      }
      return taken
    },
    complaint: () => complaintOf(driver),
    question: () => questionOf(driver),
    output: () => shell.takeOutput(),
    close: () => shell.close(),
  }

  /** An article may take it for granted that its reader is in the portal. */
  async function signInFirst(driver: Driver): Promise<void> {
    const said = { do: 'signIn' as const, where: [], place: driver.step.place }
    await signIn({ action: said, said }, driver)
    if (cloud.rehearsal) await page.waitForURL(url => url.hash !== '' || url.pathname === '/', { timeout: 10_000 })
  }
}

/**
 * A report with a hundred articles must stay readable and below 60 MB. Measured on an article of 13 steps: 0.80 MB as JPEG at
 * full size, 0.50 MB as JPEG and 0.27 MB as WebP at three quarters. What was on screen when a step failed keeps its full size.
 */
const quality = 60
const scale = 0.75

interface Shot {
  output: string
  plan: string
  step: PlannedStep
  box: Driver['lastBox']
  full: boolean
}

async function takePicture(page: Page, { output, plan, step, box, full }: Shot): Promise<Picture> {
  const name = join('screenshots', plan, step.id)
  const { width, height } = page.viewportSize() ?? viewport
  mkdirSync(dirname(join(output, name)), { recursive: true })
  const small = full ? undefined : await takeSmall(page, { width, height })
  const path = small ? `${name}.webp` : `${name}.jpg`
  writeFileSync(join(output, path), small ?? (await takeFull(page)))
  return { path, width, height, ...(box ? { box } : {}) }
}

const chromiums = new WeakMap<Page, Promise<CDPSession>>()

/** Playwright can neither scale a screenshot down nor write WebP; Chromium itself can. */
async function takeSmall(
  page: Page,
  { width, height }: { width: number; height: number },
): Promise<Buffer | undefined> {
  try {
    const chromium = chromiums.get(page) ?? page.context().newCDPSession(page)
    chromiums.set(page, chromium)
    const clip = { x: 0, y: 0, width, height, scale }
    const { data } = await (await chromium).send('Page.captureScreenshot', { format: 'webp', quality, clip })
    return Buffer.from(data, 'base64')
  } catch {
    return undefined
  }
}

async function takeFull(page: Page): Promise<Buffer> {
  const mask = [page, ...page.frames()].map(each => each.locator('input[type=password]'))
  return page.screenshot({ type: 'jpeg', quality, animations: 'disabled', mask, timeout: 5_000 })
}
