import type { Place } from '../../article/article.ts'
import type { PlannedAction, PlannedStep } from '../../plan/plan.ts'
import type { Remark } from '../../result/result.ts'
import { StepFailure } from '../step-failure.ts'
import { leftOut, passed, type Outcome } from '../surface.ts'
import { clickFor, findOne, quietScreen, type Driver } from './driver.ts'
import { findControl, findField, remarkOn, type Candidate, type Finding } from './find.ts'
import { openFolded } from './folded.ts'
import { remarksOnPlaces } from './places.ts'
import { matchLabel, matchValue } from './label-match.ts'
import { labelOf, takeScreenAnew, textOf, type Screen, type ScreenNode } from './screen.ts'
import { searchResults, sectionOf } from './search-results.ts'
import { typeSearch } from './search.ts'
import { setField } from './set.ts'

/** Selects a button, link, tab, menu item, option or search result by its label. */
export async function select({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const label = action.target ?? ''
  const { where } = action
  const place = said.place
  const remarks = await rereadFields(driver, place)
  if (where.some(isResults)) return selectResult(driver, { label, place, remarks })
  const kind = kindWord(said.target ?? label, driver.step)
  const opened = new Set<string>()
  try {
    const found = await findOne(
      driver,
      screen => withPlainNext(screen, findControl(screen, { label, where, kind }), label),
      {
        what: 'control',
        said: label,
        place,
        again: attempt => openFolded(driver.page, { where, opened, namedOnly: attempt === 0 }),
        ...(said.when === undefined ? {} : { limit: 2_000 }),
      },
    )
    if (isAlreadyChosen(found.node)) return passed(`${label} is selected already`, remarks)
    const places = remarksOnPlaces(found.screen, where, driver)
    const effect = await clickFor(driver, found.node, { place, label })
    return passed(effect, [
      ...remarks,
      ...(found.match.drift ? remarkOn(label, found) : []),
      ...nextRemark(label, found),
      ...places,
    ])
  } catch (error) {
    const absent = error instanceof StepFailure && error.problem.rule === 'control-not-found'
    if (said.when !== undefined && absent) return leftOut(`The condition did not come up: ${said.when}.`)
    throw error
  }
}

/**
 * Reads again what was set on this page: a form that loads late resets fields that were set early (`portal-facts.md`
 * §18). What was lost is set once more, as a reader would, and told.
 */
async function rereadFields(driver: Driver, place: Place): Promise<Remark[]> {
  const fields = driver.setFields
  driver.setFields = []
  if (fields.length === 0) return []
  await quietScreen(driver)
  const screen = await takeScreenAnew(driver.page)
  const lost = fields.filter(({ label, where, value }) => {
    const [found] = findField(screen, { label, where }).best
    return found !== undefined && matchValue(value, shownValue(found.node)) === undefined
  })
  const remarks: Remark[] = []
  for (const field of lost) {
    remarks.push({
      rule: 'value-reset',
      message: `The form had reset “${field.label}”; it was set to “${field.value}” again.`,
    })
    await setField(driver, { ...field, place, secret: false })
  }
  driver.setFields = []
  return remarks
}

function shownValue(node: ScreenNode): string {
  return textOf(node) || node.name
}

/** Sections of the search's results, in the order in which a reader takes them (`portal-facts.md` §1.1). */
const sections = [
  'services',
  'resources',
  'resource groups',
  'microsoft entra id',
  'azure active directory',
  'marketplace',
  'documentation',
]

async function selectResult(
  driver: Driver,
  { label, place, remarks }: { label: string; place: Place; remarks: Remark[] },
): Promise<Outcome> {
  const own = Object.values(driver.surroundings.plan.names).includes(label)
  const order = own ? ['resource groups', 'resources', ...sections] : sections
  const { lastSearch } = driver
  const found = await findOne(driver, screen => findResult(screen, label, { order, own }), {
    what: 'search result',
    said: label,
    place,
    // What was made a moment ago is not found at once (portal-facts.md §1.1).
    ...(lastSearch ? { again: async attempt => attempt > 0 && typeSearch(driver, lastSearch, place) } : {}),
    ...(own ? { limit: driver.surroundings.plan.limits.step / 2 } : {}),
  })
  const effect = await clickFor(driver, found.node, { place, label })
  return passed(effect, [...remarks, ...remarkOn(label, found)])
}

function findResult(
  screen: Screen,
  label: string,
  { order, own }: { order: readonly string[]; own: boolean },
): Finding {
  const results = searchResults(screen)
  const listed = results.length > 0 ? results : screen.nodes.filter(node => node.role === 'option')
  const { best: exact, near } = findControl({ ...screen, nodes: listed }, { label, where: [] })
  const best = exact.length > 0 || !own ? exact : listed.filter(node => bearsType(node, label)).map(asCandidate)
  const rankOf = ({ node }: Candidate) => {
    const at = order.indexOf(sectionOf(node))
    return at < 0 ? order.length : at
  }
  const first = Math.min(...best.map(rankOf))
  return { best: best.filter(candidate => rankOf(candidate) === first), near }
}

/** A resource's result carries its type behind its name (`portal-facts.md` §1.1); only an own name can be told from the type. */
function bearsType(node: ScreenNode, name: string): boolean {
  return labelOf(node).startsWith(`${name} `)
}

function asCandidate(node: ScreenNode): Candidate {
  return { node, match: { rank: 0 } }
}

function isResults(place: string): boolean {
  return /^(?:the )?(?:search )?results?$/i.test(place)
}

/** A tab that is selected or a radio button that is on changes nothing when it is selected again. */
function isAlreadyChosen({ role, selected, checked }: ScreenNode): boolean {
  return (role === 'tab' && selected) || (role === 'radio' && checked === true)
}

/** The word behind the label in the article's text: *Select the **Networking** tab*. */
function kindWord(label: string, { title }: PlannedStep): string | undefined {
  const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`${escaped}\\s+(tab|button|link|option|tile|check ?box)\\b`, 'i').exec(title)?.[1]?.toLowerCase()
}

/** "Next: Disks" where the wizard's button says just "Next" by now (`portal-facts.md` §14). */
function withPlainNext(screen: Screen, finding: Finding, label: string): Finding {
  if (finding.best.length > 0 || !/^next\s*:/i.test(label)) return finding
  return findControl(screen, { label: 'Next', where: [] })
}

function nextRemark(label: string, { node }: Candidate): Remark[] {
  if (!/^next\s*:/i.test(label) || matchLabel('Next', node.name) === undefined) return []
  return [
    {
      drift: 'cosmetic',
      rule: 'label-differs',
      message: `The article says “${label}”; on screen it is “${node.name}”.`,
      found: node.name,
    },
  ]
}
