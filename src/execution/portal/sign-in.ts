import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { PlannedAction } from '../../plan/plan.ts'
import { passed, type Outcome } from '../surface.ts'
import { notSignedIn, type Driver } from './driver.ts'
import { isGlobalSearch } from './find.ts'
import { labelOf, takeScreen } from './screen.ts'

/** How long the portal may take from a cold start to its search box, in milliseconds (`portal-facts.md` §11). */
const coldStart = 120_000

/**
 * Opens the portal and goes through Entra's pages: user name, password, “Stay signed in?” (`portal-facts.md` §9).
 *
 * @throws StepFailure `not-signed-in`, which is no fault of the article.
 */
export async function signIn({ said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const { page, surroundings } = driver
  const { cloud } = surroundings
  const deadline = Date.now() + coldStart
  await page.goto(`${cloud.portal}/?l=en.en-us`, { waitUntil: 'domcontentloaded', timeout: coldStart })
  const answered = new Set<string>()
  while (Date.now() < deadline) {
    if (isAt(page, cloud.entra) && !isAt(page, cloud.portal)) await answerEntra(driver, answered, said.place)
    else if (await isPortalUp(page)) {
      const screen = await takeScreen(page)
      const account = screen.nodes.find(node => /^account menu/i.test(node.name))
      return passed(
        account
          ? `signed in (${labelOf(account)
              .replace(/^account menu\s*/i, '')
              .slice(0, 120)})`
          : 'the portal is open',
      )
    }
    await sleep(150)
  }
  throw notSignedIn(said.place, 'The portal did not open in two minutes')
}

/** What each of Entra's pages is known by, and what a person does there. The names are Entra's own. */
async function answerEntra(
  driver: Driver,
  answered: Set<string>,
  place: PlannedAction['said']['place'],
): Promise<void> {
  const { page, surroundings } = driver
  const { person } = surroundings.cloud
  const shows = (selector: string) => page.locator(selector).first().isVisible()
  const problem = page.locator('#usernameError, #passwordError, [role=alert], #exceptionMessageContainer').first()
  if (await problem.isVisible().catch(() => false)) {
    const words = (await problem.textContent().catch(() => null))?.trim()
    if (words) throw notSignedIn(place, `Entra says “${words}”`)
  }
  if (!person || !('password' in person)) throw notSignedIn(place, 'The stored session has ended')
  if (await shows('input[name=passwd]')) return answer('password', person.password, 'input[name=passwd]')
  if (await shows('input[name=loginfmt]')) return answer('user name', person.userName, 'input[name=loginfmt]')
  if (await shows('#idBtn_Back')) return press('stay signed in', '#idBtn_Back')
  if (await shows('#otherTile, [data-test-id]'))
    return press('account', `[data-test-id="${person.userName.toLowerCase()}"], #otherTile`)
  if (await shows('input[name=otc]')) throw notSignedIn(place, 'Entra asks for a second factor')

  async function answer(page_: string, value: string, selector: string): Promise<void> {
    if (answered.has(page_)) return
    answered.add(page_)
    await page.locator(selector).first().fill(value)
    await page.locator('#idSIButton9').click()
  }

  async function press(page_: string, selector: string): Promise<void> {
    if (answered.has(page_)) return
    answered.add(page_)
    await page.locator(selector).first().click()
  }
}

function isAt(page: Page, origin: string): boolean {
  return page.url().startsWith(origin)
}

async function isPortalUp(page: Page): Promise<boolean> {
  const screen = await takeScreen(page).catch(() => undefined)
  return screen?.nodes.some(isGlobalSearch) ?? false
}
