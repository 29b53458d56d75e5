import type { PlannedAction } from '../../plan/plan.ts'
import { isPortalHost } from '../../cloud/definition.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome } from '../surface.ts'
import { clickFor, findOne, quietScreen, type Driver } from './driver.ts'
import { findControl, remarkOn } from './find.ts'
import { matchLabel } from './label-match.ts'
import type { Screen } from './screen.ts'
import { typeSearch } from './search.ts'
import { select } from './select.ts'
import { signIn } from './sign-in.ts'

/**
 * Goes to a page, resource or address: stays where it is if that is the place; takes the address; else a control of
 * that name; else the portal's search, as readers do, which is told.
 */
export async function goTo(planned: PlannedAction, driver: Driver): Promise<Outcome> {
  const { action, said } = planned
  const target = action.target ?? ''
  if (/^https?:\/\//.test(target)) return visit(target, planned, driver)
  if (/^(?:the )?azure portal$/i.test(target)) return signIn(planned, driver)
  const screen = await quietScreen(driver)
  if (isOn(screen, target)) return passed(`“${target}” is open already`)
  const here = findControl(screen, { label: target, where: action.where })
  if (here.best.length > 0) {
    const found = await findOne(driver, now => findControl(now, { label: target, where: action.where }), {
      what: 'page',
      said: target,
      place: said.place,
    })
    return passed(await clickFor(driver, found.node, { place: said.place, label: target }), remarkOn(target, found))
  }
  driver.lastSearch = { value: target, box: undefined }
  await typeSearch(driver, driver.lastSearch, said.place)
  const outcome = await select(
    { ...planned, action: { do: 'select', target, where: ['search results'], place: action.place } },
    driver,
  )
  return {
    ...outcome,
    remarks: [
      ...outcome.remarks,
      {
        rule: 'found-by-search',
        message: `“${target}” was opened through the portal's search: the article doesn't say how to get there.`,
      },
    ],
  }
}

async function visit(address: string, { said }: PlannedAction, { page, surroundings }: Driver): Promise<Outcome> {
  const { cloud } = surroundings
  const url = new URL(address)
  // Articles write public Azure's address; the cloud of this run may live elsewhere.
  const here = url.hostname === 'portal.azure.com' ? new URL(url.pathname + url.search + url.hash, cloud.portal) : url
  if (!isPortalHost(cloud, here.hostname))
    throw new StepFailure(
      {
        rule: 'outside-the-cloud',
        message: `${url.hostname} is not one of the cloud's hosts.`,
        said: address,
        remedy: 'Skip the step in the runbook with a reason.',
        place: said.place,
      },
      { verdict: 'environment' },
    )
  await page.goto(here.href, { waitUntil: 'domcontentloaded' })
  return passed(`opened ${here.pathname}${here.hash}`)
}

function isOn({ title, nodes }: Screen, target: string): boolean {
  const headings = nodes.filter(node => node.role === 'heading').map(node => node.name)
  return [...headings, ...title.split(/ [-|] /)].some(label => matchLabel(target, label))
}
