import type { PlannedAction } from '../../plan/plan.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome } from '../surface.ts'
import { clickFor, findOne, type Driver } from './driver.ts'
import { findControl, remarkOn, type Finding } from './find.ts'
import { remarksOnPlaces } from './places.ts'
import type { Screen } from './screen.ts'

/**
 * Downloads a file: it has come already where the control that an earlier action used brought it; else the control of that
 * name is used, or the one that says that it downloads.
 *
 * @throws StepFailure `no-effect` where no file comes.
 */
export async function download({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const target = action.target ?? ''
  const here = driver.downloads?.shift()
  if (here !== undefined) return passed(`${here} was downloaded`)
  const { where } = action
  const found = await findOne(driver, screen => findDownload(screen, target, where), {
    what: 'control',
    said: target,
    place: said.place,
  })
  const remarks = [
    ...(found.match.drift ? remarkOn(target, found) : []),
    ...remarksOnPlaces(found.screen, where, driver),
  ]
  const effect = await clickFor(driver, found.node, { place: said.place, label: target, patient: true })
  const file = driver.downloads?.shift()
  if (file !== undefined) return passed(`${file} was downloaded`, remarks)
  throw new StepFailure(
    {
      rule: 'no-effect',
      message: `Selecting “${target}” brought no file.`,
      found: [effect],
      remedy: 'Look at the screenshot: the page may ask something first.',
      place: said.place,
    },
    { verdict: 'product' },
  )
}

/** > | Download the RDP file: a button “Download RDP file”, or just “Download”. */
function findDownload(screen: Screen, target: string, where: readonly string[]): Finding {
  const bare = target.replace(/^(?:the|a|an|your)\s+/i, '')
  const labels = [target, bare, `Download ${bare}`, `Download the ${bare}`, 'Download']
  const findings = labels.map(label => findControl(screen, { label, where }))
  return findings.find(({ best }) => best.length > 0) ?? { best: [], near: findings[2]?.near ?? [] }
}
