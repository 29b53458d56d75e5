import type { Place } from '../../article/article.ts'
import type { PlannedAction, PlannedStep } from '../../plan/plan.ts'
import type { Remark } from '../../result/result.ts'
import { StepFailure } from '../step-failure.ts'
import { leftOut, passed, type Outcome } from '../surface.ts'
import { clickFor, findOne, quietScreen, type Driver } from './driver.ts'
import {
  barePlace,
  findControl,
  findField,
  inRowOf,
  isEverywhere,
  remarkOn,
  type Candidate,
  type Finding,
} from './find.ts'
import { bringUpRow } from './rows.ts'
import { openFolded } from './folded.ts'
import { remarksOnPlaces } from './places.ts'
import { matchLabel, matchValue } from './label-match.ts'
import {
  descendants,
  labelOf,
  lineage,
  takeScreen,
  takeScreenAnew,
  textOf,
  type Screen,
  type ScreenNode,
} from './screen.ts'
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
  const find = (screen: Screen) => withOthers(screen, findControl(screen, { label, where, kind }), { label, where })
  if (await isOptionOfField(driver, action, find)) {
    const field = { label: where.at(-1), where: where.slice(0, -1), value: label, place, secret: false }
    const outcome = await setField(driver, field)
    return { ...outcome, remarks: [...remarks, ...outcome.remarks] }
  }
  let brought: string | undefined
  try {
    const found = await findOne(driver, find, {
      what: 'control',
      said: label,
      place,
      again: async attempt => {
        if (await openFolded(driver.page, { where, opened, namedOnly: attempt === 0 })) return
        if (attempt > 0) brought ??= await bringUpRow(driver, label, find)
      },
      ...(said.when === undefined ? {} : { limit: 2_000 }),
    })
    if (isAlreadyChosen(found.node)) return passed(`${label} is selected already`, remarks)
    const places = remarksOnPlaces(found.screen, where, driver)
    const effect = await clickFor(driver, found.node, { place, label })
    return passed(effect, [
      ...remarks,
      ...unfoldedRemark(label, where, opened),
      ...(brought === undefined ? [] : [broughtRemark(label, brought)]),
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
 * > | For **Choose an option**, select **Delete the data**.
 *
 * What sounds like a command is an option where the place is a field to choose from and no command of that name is at hand.
 */
async function isOptionOfField(
  driver: Driver,
  { where }: PlannedAction['action'],
  find: (screen: Screen) => Finding,
): Promise<boolean> {
  const innermost = where.at(-1)
  if (innermost === undefined || isEverywhere(innermost)) return false
  const isOption = (screen: Screen) => {
    const [field, another] = findField(screen, { label: innermost, where: where.slice(0, -1) }).best
    if (!field || another || !/^(?:combobox|listbox|radiogroup)$/.test(field.node.role)) return false
    const [command] = find(screen).best
    return !command || command.match.rank > 1 || command.node.disabled
  }
  // A command may come after the field that it stands beside.
  return isOption(await takeScreen(driver.page)) && isOption(await quietScreen(driver))
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
    const { best } = findField(screen, { label, where })
    return best.length > 0 && best.every(({ node }) => isFieldWithout(value, node))
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

/** What is chosen from a group, or switched, shows no value of its own; it was looked at when it was set. */
function isFieldWithout(value: string, node: ScreenNode): boolean {
  if (!/^(?:textbox|searchbox|spinbutton|combobox)$/.test(node.role)) return false
  return matchValue(value, textOf(node)) === undefined
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

/** Labels that say less or more than what is on screen bears. */
function withOthers(
  screen: Screen,
  finding: Finding,
  { label, where }: { label: string; where: readonly string[] },
): Finding {
  if (isEllipsis(label)) return findEllipsis(screen, where)
  if (finding.best.length === 0 && isParenthesised(label)) return findParenthesised(screen, finding, where)
  return withPlainNext(screen, finding, label)
}

function isEllipsis(label: string): boolean {
  return /^(?:\.{3}|…|(?:the )?ellips[ie]s(?: \((?:\.{3}|…)\))?|more options \((?:\.{3}|…)\))$/i.test(label.trim())
}

/** > | Select **...** next to **myVM**: the button of that row, which says "Open context menu" or the like (`portal-facts.md` §4). */
function findEllipsis(screen: Screen, where: readonly string[]): Finding {
  const opensMore = /^(?:\.{3}|…|⋯|⋮)?$|\b(?:menu|more|actions|options)\b/i
  const ofRow = where.toReversed().map(place => inRowOf(screen, barePlace(place), /^(?:button|menuitem)$/, opensMore))
  const found = ofRow.find(({ best }) => best.length > 0)
  if (found) return found
  const buttons = screen.nodes.filter(
    node =>
      /^(?:button|menuitem)$/.test(node.role) &&
      /^(?:\.{3}|…|⋯|⋮|more(?: options| actions| commands)?|see more)$/i.test(node.name),
  )
  return { best: buttons.map(asCandidate), near: [] }
}

function isParenthesised(label: string): boolean {
  return /^\([^()]+\)$/.test(label.trim())
}

/**
 * > | Select **(change)** next to **Resource group**.
 *
 * A small link in parentheses belongs to what it stands beside, and says in a word what it does: where there is one, it is meant,
 * whatever its word (`portal-facts.md` §14).
 */
function findParenthesised({ nodes }: Screen, finding: Finding, where: readonly string[]): Finding {
  const besides = nodes
    .filter(node => /^(?:link|button)$/.test(node.role) && isParenthesised(labelOf(node)))
    .map(node => ({ node, steps: stepsTo(node, where) }))
  const nearest = Math.min(...besides.map(({ steps }) => steps))
  const [only, another] = besides.filter(({ steps }) => steps === nearest)
  if (!only || another || nearest > 1) return finding
  const how = 'another word for the link that stands there'
  return { ...finding, best: [{ node: only.node, match: { rank: 8, drift: 'cosmetic', how } }] }
}

/** How many elements around a node are left for one in which a place is named. */
function stepsTo(node: ScreenNode, where: readonly string[]): number {
  const around = [...lineage(node)].filter(each => each !== node)
  const at = around.findIndex(each =>
    [...descendants(each)].some(({ name, text }) => where.some(place => matchLabel(barePlace(place), name || text))),
  )
  return at < 0 ? Infinity : at
}

/** A command in a menu that the step does not name was found by opening one after the other. */
function unfoldedRemark(label: string, where: readonly string[], opened: ReadonlySet<string>): Remark[] {
  const unnamed = [...opened].filter(name => !where.some(place => matchLabel(place, name)))
  const last = unnamed.at(-1)
  if (last === undefined) return []
  return [{ rule: 'found-folded', message: `“${label}” was found by opening “${last}”: the article doesn't say so.` }]
}

function broughtRemark(label: string, how: string): Remark {
  return { rule: 'row-brought-up', message: `“${label}” was not in sight: the list was ${how} for it.` }
}

/** "Next: Disks" where the wizard's button says just "Next" by now (`portal-facts.md` §14). */
function withPlainNext(screen: Screen, finding: Finding, label: string): Finding {
  if (finding.best.length > 0) return finding
  if (namesNextTab.test(label)) return findControl(screen, { label: 'Next', where: [] })
  if (matchLabel('Next', label) === undefined) return finding
  // > | Next : Disks >: as it was before (portal-facts.md §5, §14)
  const buttons = screen.nodes.filter(({ role, name }) => role === 'button' && namesNextTab.test(name))
  return buttons.length > 0 ? { best: buttons.map(asCandidate), near: [] } : finding
}

const namesNextTab = /^next\s*:/i

function nextRemark(label: string, { node }: Candidate): Remark[] {
  if (namesNextTab.test(label) === namesNextTab.test(node.name)) return []
  if (matchLabel('Next', namesNextTab.test(label) ? node.name : label) === undefined) return []
  return [
    {
      drift: 'cosmetic',
      rule: 'label-differs',
      message: `The article says “${label}”; on screen it is “${node.name}”.`,
      found: node.name,
    },
  ]
}
