import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../../article/article.ts'
import type { PlannedAction } from '../../plan/plan.ts'
import type { Remark } from '../../result/result.ts'
import { masked } from '../mask.ts'
import { likeness, nearest } from '../near-miss.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome } from '../surface.ts'
import { placeOfWords } from '../words-place.ts'
import { clickFor, findOne, quietScreen, use, type Driver } from './driver.ts'
import {
  complaints,
  findControl,
  findField,
  findFieldIn,
  isTitle,
  openOptions,
  remarkOn,
  type Candidate,
  type Finding,
} from './find.ts'
import { remarksOnPlaces } from './places.ts'
import { matchLabel, matchValue, type LabelMatch } from './label-match.ts'
import { bringUpRow } from './rows.ts'
import { turnTo } from './toggle.ts'
import { descendants, labelOf, lineage, locate, takeScreen, textOf, type Screen, type ScreenNode } from './screen.ts'

/** Gives a field its value: types it, or chooses the option, and looks whether the field shows it then. */
export async function set({ action, said, secret }: PlannedAction, driver: Driver): Promise<Outcome> {
  if (action.do !== 'set') throw new Error(`set can't do ${action.do}`)
  const value = secret === undefined ? action.value : (driver.surroundings.secrets[secret] ?? '')
  return setField(driver, {
    label: action.target,
    where: action.where,
    value,
    place: said.place,
    secret: secret !== undefined,
  })
}

/** A field and what it shall hold. Without a label it is the field for typing nearest to the places. */
export interface Setting {
  label: string | undefined
  where: readonly string[]
  value: string
  place: Place
  secret: boolean
}

/**
 * @throws StepFailure `field-not-found`, `value-not-offered` with the options that are, `value-not-taken` where the
 * field shows something else afterwards, `value-refused` with what the page complains of.
 */
export async function setField(driver: Driver, setting: Setting): Promise<Outcome> {
  const { label, where, value, place, secret } = setting
  const find = (screen: Screen): Finding =>
    label === undefined ? findUnnamed(screen, setting) : findNamed(screen, setting, label)
  const found = await findOne(driver, find, { what: 'field', said: label ?? where.at(-1) ?? value, place })
  const { node } = found
  const remarks = [
    ...(label === undefined ? [] : remarkOn(label, found)),
    ...remarksOnPlaces(found.screen, where, driver),
  ]
  driver.lastBox = node.box
  await driver.beforeUse?.()
  if (label !== undefined && !secret) driver.setFields.push({ label, where, value, place })
  const shown = secret ? masked : value
  if (isChoice(node)) {
    const effect =
      node.checked === true || node.selected
        ? `${value} is chosen already`
        : await clickFor(driver, node, { place, label: value })
    return passed(effect, remarks)
  }
  if (node.role === 'checkbox' || node.role === 'switch') return turn(driver, node, { find, setting }, remarks)
  if (await isForTyping(driver, node)) {
    await type(driver, node, { find, setting })
    return passed(`${label ?? 'the field'} holds “${shown}”`, remarks)
  }
  const chosen = (await chooseNative(driver, node, setting)) ?? (await choose(driver, node, { find, setting }))
  return passed(chosen.effect, [...remarks, ...chosen.remarks])
}

/** A field, or a group of radio buttons of that name from which one is chosen. */
function findNamed(screen: Screen, { where, value }: Setting, label: string): Finding {
  const fields = findField(screen, { label, where })
  const groups = fields.best.filter(({ node }) => node.role === 'radiogroup')
  const inGroup = (nodes: readonly ScreenNode[]) =>
    nodes.filter(node => node.role === 'radio' && matchValue(value, labelOf(node)))
  if (groups[0]) {
    const radios = inGroup([...descendants(groups[0].node)])
    if (radios.length > 0) return { best: radios.map(node => ({ node, match: { rank: 0 } })), near: [] }
  }
  if (fields.best.length > 0) return { ...fields, best: inOpenRow(fields.best) }
  // > | <div role="group" aria-label="Connectivity method"><input type="radio">…</div>
  const named = screen.nodes.filter(
    node => (node.role === 'group' || node.role === 'list') && matchLabel(label, node.name),
  )
  const radios = inGroup(named.flatMap(node => [...descendants(node)]))
  if (radios.length > 0) return { best: radios.map(node => ({ node, match: { rank: 0 } })), near: [] }
  // > | In **Azure Extended Zones**, select **Los Angeles**.: what is named is the pane, and the value is one of the things in it.
  if (!screen.nodes.some(node => isTitle(node) && matchLabel(label, node.name)))
    return onlyFieldThere(screen, label, where) ?? fields
  const choices = findControl(screen, { label: value, where: [...where, label] })
  return choices.best.length > 0 && choices.best.every(({ node }) => isChoice(node)) ? choices : fields
}

/** How alike the name of the only field of a pane must be for it to be the field that is meant. */
const alikeEnough = 0.5

const takesValue = /^(?:textbox|spinbutton|searchbox|combobox|listbox|slider|radio)$/

/**
 * > | In **Delete a resource group**, enter *rg1* for **Enter resource group name to confirm deletion**.
 *
 * The only field of a pane or dialog that the step names, under a name that is alike: whoever is there finds it. On a page with a
 * list beside it, it is not the only one.
 */
function onlyFieldThere(screen: Screen, label: string, where: readonly string[]): Finding | undefined {
  const panes = screen.nodes.filter(
    node => /^(?:dialog|alertdialog|region|complementary)$/.test(node.role) && isNamedPlace(node, where),
  )
  const [pane] = panes
  if (!pane || panes.length > 1) return undefined
  const [only, another] = [...descendants(pane)].filter(({ role }) => takesValue.test(role))
  if (!only || another || !/^(?:textbox|spinbutton)$/.test(only.role) || likeness(label, only.name) < alikeEnough)
    return undefined
  return {
    best: [{ node: only, match: { rank: 8, drift: 'cosmetic', how: 'other words, but the only field there' } }],
    near: [],
  }
}

function isNamedPlace({ name }: ScreenNode, where: readonly string[]): boolean {
  return where.some(place => matchLabel(place, name) !== undefined)
}

/** Something that is chosen by selecting it, and not a field that takes a value. */
function isChoice({ role, expanded }: ScreenNode): boolean {
  return (
    /^(?:radio|option|tab|treeitem|menuitem|menuitemradio|link)$/.test(role) ||
    (role === 'button' && expanded === undefined)
  )
}

/**
 * Of boxes of one name in the rows of a grid, the one that is to be filled in next: empty, in the row that is begun, or the
 * only empty one (tags, `portal-facts.md` §5.1).
 */
function inOpenRow(fields: Candidate[]): Candidate[] {
  if (fields.length < 2) return fields
  const rows = fields.map(({ node }) => [...lineage(node)].find(({ role }) => /^(?:row|listitem)$/.test(role)))
  if (rows.some(row => row === undefined)) return fields
  const empty = fields.filter(({ node }) => textOf(node) === '')
  const isBegun = (row: ScreenNode | undefined) =>
    row !== undefined &&
    [...descendants(row)].some(each => /^(?:textbox|combobox)$/.test(each.role) && textOf(each) !== '')
  const begun = empty.filter(({ node }) => isBegun(rows[fields.findIndex(each => each.node === node)]))
  const left = begun.length > 0 ? begun : empty
  return left.length > 0 ? left : fields
}

/** The innermost place may be the field itself: *For **Resource group**, select …* */
function findUnnamed(screen: Screen, { where, value }: Setting): Finding {
  const innermost = where.at(-1)
  const field = innermost === undefined ? undefined : findField(screen, { label: innermost, where: where.slice(0, -1) })
  if (field?.best.length === 1) return field
  const choice = findControl(screen, { label: value, where })
  const typing = findFieldIn(screen, where)
  return typing.best.length > 0 ? typing : choice
}

async function isForTyping(driver: Driver, node: ScreenNode): Promise<boolean> {
  if (node.role === 'textbox' || node.role === 'searchbox' || node.role === 'spinbutton') return true
  if (node.role === 'slider') return isNativeInput(driver, node)
  if (node.role !== 'combobox') return false
  return locate(driver.page, node).evaluate(
    element =>
      element instanceof HTMLInputElement &&
      !element.readOnly &&
      element.getAttribute('aria-autocomplete') !== 'list' &&
      element.getAttribute('aria-haspopup') === null &&
      !element.hasAttribute('aria-expanded'),
  )
}

function isNativeInput(driver: Driver, node: ScreenNode): Promise<boolean> {
  return locate(driver.page, node).evaluate(element => element instanceof HTMLInputElement)
}

interface Way {
  find: (screen: Screen) => Finding
  setting: Setting
}

async function type(driver: Driver, node: ScreenNode, { find, setting }: Way): Promise<void> {
  const { place, secret, label } = setting
  const { kind, isUnderLabel, isCovered } = await use(driver, node, (input, timeout) =>
    input.evaluate(describeInput, undefined, { timeout }),
  )
  const value = asTyped(setting.value, kind)
  const holds = await use(driver, node, async (input, timeout) => {
    const read = () => input.evaluate(readInput, undefined, { timeout })
    // The pointer finds out what lies over a field, and brings it into view.
    if (isCovered || isUnderLabel) await input.click({ timeout, force: isUnderLabel })
    // Fields that listen to keys see nothing of a filled-in value (portal-facts.md §12): the last character is a key press.
    const characters = [...value]
    const last = wholeOnly.test(kind) ? undefined : characters.pop()
    await input.fill(characters.join(''), { timeout })
    if (last !== undefined) await input.pressSequentially(last, { timeout })
    let held = await read()
    if (held !== value && !wholeOnly.test(kind)) {
      await input.fill('', { timeout })
      await input.pressSequentially(value, { delay: 30, timeout: timeout + 30 * value.length })
      held = await read()
    }
    return held
  })
  if (holds !== value && !(kind === 'range' && Number(holds) === Number(value)))
    throw notTaken(setting, secret ? masked : holds)
  const screen = await quietScreen(driver)
  const [after] = find(screen).best
  if (!after?.node.invalid) return
  throw new StepFailure(
    {
      rule: 'value-refused',
      message: `“${label ?? 'The field'}” does not accept “${secret ? masked : value}”.`,
      said: secret ? masked : value,
      found: complaints(screen),
      remedy: 'Name a value that the field accepts.',
      place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
}

async function turn(
  driver: Driver,
  node: ScreenNode,
  { find, setting: { value, place, label } }: Way,
  remarks: Remark[],
): Promise<Outcome> {
  const on = !/^(?:no|off|disabled?|none|false|unselected|cleared)$/i.test(value.trim())
  if ((node.checked === true) === on) return passed(`${label ?? value} is ${on ? 'on' : 'off'} already`, remarks)
  return passed(await turnTo(driver, node, { on, label: label ?? value, place, find }), remarks)
}

/** Runs in the page: what an input holds; it is left then, which is when forms look at it. */
function readInput(element: Element): string {
  const held =
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
      ? element.value
      : (element.textContent ?? '').trim()
  if (element instanceof HTMLElement) element.blur()
  return held
}

/** Runs in the page: the type of an input, whether its own floating label lies over it, and whether a pointer doesn't reach it. */
function describeInput(element: Element): { kind: string; isUnderLabel: boolean; isCovered: boolean } {
  const other = element instanceof HTMLTextAreaElement ? 'text' : 'editable'
  const kind = element instanceof HTMLInputElement ? element.type : other
  const { left, top, width, height } = element.getBoundingClientRect()
  const hit = element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2)
  const isUnderLabel = hit !== null && hit !== element && hit.closest('label')?.control === element
  return { kind, isUnderLabel, isCovered: hit === null || !(element === hit || element.contains(hit)) }
}

/** Dates and their like can't be filled in by halves. */
const wholeOnly = /^(?:date|time|datetime-local|month|week|number|color|range)$/

/** > | 11/22/2026: in a field for dates the browser shows it so, and takes `2026-11-22`. */
function asTyped(value: string, kind: string): string {
  if (kind === 'time') {
    const [, hour, minute, half] = /^(\d{1,2}):(\d{2})\s*([ap])\.?m\.?$/i.exec(value.trim()) ?? []
    if (hour === undefined || half === undefined) return value
    return `${String((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)).padStart(2, '0')}:${minute ?? '00'}`
  }
  if (kind !== 'date' || /^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  const day = Date.parse(`${value} UTC`)
  return Number.isNaN(day) ? value : new Date(day).toISOString().slice(0, 10)
}

/** Chooses from a `<select>`, whose list is the browser's own and not on the page. */
async function chooseNative(
  driver: Driver,
  node: ScreenNode,
  setting: Setting,
): Promise<{ effect: string; remarks: Remark[] } | undefined> {
  const { value, label, place } = setting
  const field = locate(driver.page, node)
  const options = await field.evaluate(element =>
    element instanceof HTMLSelectElement ? [...element.options].map(option => option.text) : undefined,
  )
  if (!options) return undefined
  const matching = options.flatMap((text, index) => {
    const match = matchValue(value, text)
    return match ? [{ text, index, match }] : []
  })
  const least = Math.min(...matching.map(({ match }) => match.rank))
  const [only, ...others] = matching.filter(({ match }) => match.rank === least)
  if (!only) throw notOffered(driver, setting, options)
  if (others.length > 0)
    throw severalOptions(
      value,
      label,
      place,
      [only, ...others].map(({ text }) => text),
    )
  await field.selectOption({ index: only.index })
  return { effect: `${label ?? 'The field'} shows ${only.text}`, remarks: remarkOnValue(value, only.text, only.match) }
}

/** Opens a list, takes the one option that matches, and looks whether the field shows it. */
async function choose(
  driver: Driver,
  node: ScreenNode,
  { find, setting }: Way,
): Promise<{ effect: string; remarks: Remark[] }> {
  const { value, label, place } = setting
  const field = label ?? 'The field'
  const ready = await settled(driver, find)
  const current = matchValue(value, valueShown(ready ?? node))
  if (current)
    return {
      effect: `${field} shows ${valueShown(ready ?? node)} already`,
      remarks: remarkOnValue(value, valueShown(ready ?? node), current),
    }

  const known = new Set(openOptions(await takeScreen(driver.page)).map(labelOf))
  const opener = find(await takeScreen(driver.page)).best[0]?.node ?? node
  await use(driver, opener, (locator, timeout) => locator.click({ timeout }))
  const { option, match } = await findOption(driver, setting, { known, opener })
  const text = labelOf(option)
  driver.lastBox = option.box
  await use(driver, option, (locator, timeout) => locator.click({ timeout }))

  const deadline = Date.now() + 5_000
  for (;;) {
    const after = find(await takeScreen(driver.page)).best[0]?.node
    const shown = after ? valueShown(after) : ''
    if (matchValue(value, shown) ?? matchLabel(text, shown))
      return { effect: `${field} shows ${shown}`, remarks: remarkOnValue(value, text, match) }
    if (Date.now() > deadline) {
      if (!after) return { effect: `${text} was chosen`, remarks: remarkOnValue(value, text, match) }
      throw notTaken({ ...setting, place }, shown)
    }
    await sleep(120)
  }
}

/** "Loading..." as a value is no value yet (`portal-facts.md` §5.1). */
async function settled(driver: Driver, find: Way['find']): Promise<ScreenNode | undefined> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const node = find(await takeScreen(driver.page)).best[0]?.node
    if (node && !node.disabled && !/^loading\b/i.test(valueShown(node))) return node
    if (Date.now() > deadline) return node
    await sleep(150)
  }
}

async function findOption(
  driver: Driver,
  { value, label, place }: Setting,
  { known, opener }: { known: ReadonlySet<string>; opener: ScreenNode },
): Promise<{ option: ScreenNode; match: LabelMatch }> {
  const deadline = Date.now() + Math.min(driver.surroundings.plan.limits.action, 8_000)
  const filterAfter = Date.now() + 1_200
  let filtered = false
  const seen = new Set<string>()
  for (;;) {
    const screen = await takeScreen(driver.page)
    const options = openOptions(screen)
    const fresh = options.filter(option => !known.has(labelOf(option)))
    const offered = fresh.length > 0 ? fresh : options
    for (const option of offered) seen.add(labelOf(option))
    const matching = offered.flatMap(option => {
      const match = matchValue(value, labelOf(option)) ?? innerMatch(option, value)
      return match ? [{ option, match }] : []
    })
    const least = Math.min(...matching.map(({ match }) => match.rank))
    const best = matching.filter(({ match }) => match.rank === least)
    const [only] = best
    if (only && best.length === 1) {
      // In a long list only what is in view is there, and something else in it may be liker to the value.
      if (!only.match.drift || filtered || offered.length < longList) return only
      if (!(await filter(driver, screen, labelOf(only.option)))) return only
      // Filtered lists are drawn anew: the option is looked up again in the shorter one.
      filtered = true
      await sleep(200)
      continue
    }
    if (best.length > 1)
      throw severalOptions(
        value,
        label,
        place,
        best.map(({ option }) => labelOf(option)),
      )
    if (!filtered && Date.now() > filterAfter) {
      filtered = true
      const done = await filter(driver, screen, value)
      if (!done && offered.length === 0) await openByKeys(driver, opener, value)
      if (!done && offered.length > 0) await bringUpRow(driver, value, now => offeredIn(now, value, known))
    }
    if (Date.now() > deadline) {
      await driver.page.keyboard.press('Escape')
      throw notOffered(driver, { value, label, place }, [...seen])
    }
    await sleep(120)
  }
}

function offeredIn(screen: Screen, value: string, known: ReadonlySet<string>): Finding {
  const best = openOptions(screen).filter(option => !known.has(labelOf(option)) && matchValue(value, labelOf(option)))
  return { best: best.map(node => ({ node, match: { rank: 0 } })), near: [] }
}

/** Boxes with a list of their own open it for what is typed, or by the arrow key (APG's combobox), and not by a click. */
async function openByKeys(driver: Driver, opener: ScreenNode, value: string): Promise<void> {
  await use(driver, opener, async (locator, timeout) => {
    const isBox = await locator.evaluate(element => element instanceof HTMLInputElement && !element.readOnly)
    if (!isBox) return locator.press('ArrowDown', { timeout })
    await locator.fill('', { timeout })
    await locator.pressSequentially(value, { timeout: timeout + 20 * value.length })
  })
}

function innerMatch(option: ScreenNode, value: string): LabelMatch | undefined {
  const matches = [...descendants(option)].flatMap(each =>
    each.children.length === 0 ? (matchValue(value, each.name || each.text) ?? []) : [],
  )
  const [best] = matches.sort((a, b) => a.rank - b.rank)
  return best && { ...best, rank: best.rank + 4 }
}

/** From how many options on a list is filtered before one is taken that isn't exactly what is said. */
const longList = 12

/** Long lists hold only the rows in view, and have a box to filter them by (`portal-facts.md` §5.1, §18). */
async function filter(driver: Driver, { nodes }: Screen, value: string): Promise<boolean> {
  const box = nodes.find(
    node =>
      (node.role === 'textbox' || node.role === 'searchbox') &&
      /filter/i.test(node.name || (node.placeholder ?? '')) &&
      /option|item/i.test(node.name || (node.placeholder ?? '')),
  )
  if (!box) return false
  await use(driver, box, async (input, timeout) => {
    await input.fill('', { timeout })
    await input.pressSequentially(value.replace(/^\([^)]*\)\s*/, ''), {
      delay: 20,
      timeout: timeout + 20 * value.length,
    })
  })
  return true
}

function valueShown(node: ScreenNode): string {
  return textOf(node)
}

function remarkOnValue(value: string, shown: string, match: LabelMatch): Remark[] {
  if (!match.drift) return []
  return [
    {
      drift: match.drift,
      rule: 'value-differs',
      message: `The article says “${value}”; on screen it is “${shown}” (${match.how ?? 'other words'}).`,
      found: shown,
    },
  ]
}

function notOffered(
  driver: Driver,
  { value, label, place }: Pick<Setting, 'value' | 'label' | 'place'>,
  options: readonly string[],
): StepFailure {
  const near = nearest(value, options)
  const [first] = near
  const after = first?.replace(/^\([^)]*\)\s*/, '')
  const words =
    first === undefined || likeness(value, first) < 0.6 ? undefined : placeOfWords(value, place, driver.step.place)
  return new StepFailure(
    {
      rule: 'value-not-offered',
      message: `“${label ?? 'The field'}” does not offer “${value}”.`,
      said: value,
      found: [...new Set([...near, ...options])].slice(0, 12),
      remedy: first === undefined ? 'Name an option that the form offers.' : `If the article means “${after}”, say so.`,
      place,
    },
    {
      verdict: 'doc',
      drift: 'blocking',
      suggestion:
        words && after !== undefined
          ? { place: words, before: value, after, reason: `The form offers “${first}”.` }
          : undefined,
    },
  )
}

function severalOptions(value: string, label: string | undefined, place: Place, options: string[]): StepFailure {
  return new StepFailure(
    {
      rule: 'value-ambiguous',
      message: `“${label ?? 'The field'}” has ${options.length} options that could be “${value}”.`,
      said: value,
      found: options,
      remedy: 'Name the option in full.',
      place,
    },
    { verdict: 'doc', drift: 'misleading' },
  )
}

function notTaken({ label, value, place, secret }: Setting, shown: string): StepFailure {
  return new StepFailure(
    {
      rule: 'value-not-taken',
      message: `“${label ?? 'The field'}” shows “${shown}” after “${secret ? masked : value}” was set.`,
      said: secret ? masked : value,
      found: [shown],
      remedy: 'Look at the screenshot: the form may cut or change what is typed.',
      place,
    },
    { verdict: 'product' },
  )
}
