import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../../article/article.ts'
import type { PlannedAction } from '../../plan/plan.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome } from '../surface.ts'
import { findOne, use, type Driver } from './driver.ts'
import { findField, isGlobalSearch, type Finding } from './find.ts'
import { takeScreen, type Screen } from './screen.ts'
import { searchResults } from './search-results.ts'

/** Types into the portal's search box, or the page's box that the article names, and waits for the reaction. */
export async function search({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  if (action.do !== 'search') throw new Error(`search can't do ${action.do}`)
  driver.setFields = []
  driver.lastSearch = { value: action.value, box: action.target }
  const count = await typeSearch(driver, driver.lastSearch, said.place)
  return passed(action.target === undefined ? `${count} results came up` : `the list was filtered by “${action.value}”`)
}

/** Milliseconds between keys; early or filled-in input is dropped at times (`portal-facts.md` §1.1, §18). */
const keyDelay = 50

/**
 * Enters a text and waits for results. Filling is tried first; where the box does not react, keys are pressed.
 *
 * @returns how many results came up.
 * @throws StepFailure where no result comes up at all.
 */
export async function typeSearch(
  driver: Driver,
  { value, box }: { value: string; box: string | undefined },
  place: Place,
): Promise<number> {
  const find = (screen: Screen): Finding =>
    box === undefined ? findSearchBox(screen) : findField(screen, { label: box, where: [] })
  const { node } = await findOne(driver, find, {
    what: 'search box',
    said: box ?? 'Search resources, services, and docs',
    place,
    limit: 30_000,
  })
  driver.lastBox = node.box
  await driver.beforeUse?.()
  await use(driver, node, async (input, timeout) => {
    await input.click({ timeout })
    await input.fill('', { timeout })
    await input.fill(value, { timeout })
  })
  if (box !== undefined) return 0
  const quick = await resultsFor(driver, value, 2_500)
  if (quick > 0) return quick
  const { node: again } = await findOne(driver, find, { what: 'search box', said: 'Search', place })
  await use(driver, again, async (input, timeout) => {
    await input.click({ timeout })
    await input.fill('', { timeout })
    await input.pressSequentially(value, { delay: keyDelay, timeout: timeout + keyDelay * value.length })
  })
  const slow = await resultsFor(driver, value, 10_000)
  if (slow > 0) return slow
  throw new StepFailure(
    {
      rule: 'search-without-results',
      message: `The search for “${value}” came back with nothing.`,
      said: value,
      remedy: 'Search for a word that the service or resource bears in its name.',
      place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
}

function findSearchBox({ nodes }: Screen): Finding {
  return { best: nodes.filter(isGlobalSearch).map(node => ({ node, match: { rank: 0 } })), near: [] }
}

async function resultsFor(driver: Driver, value: string, limit: number): Promise<number> {
  const deadline = Date.now() + limit
  for (;;) {
    const screen = await takeScreen(driver.page)
    const typed = screen.nodes.find(isGlobalSearch)?.text === value
    const results = searchResults(screen)
    if (typed && results.length > 0) return results.length
    if (Date.now() > deadline) return 0
    await sleep(100)
  }
}
