import { setTimeout as sleep } from 'node:timers/promises'
import type { PlannedAction } from '../../plan/plan.ts'
import type { Remark } from '../../result/result.ts'
import { StepFailure } from '../step-failure.ts'
import { assumed, passed, type Outcome } from '../surface.ts'
import { explain, findOne, quietScreen, shapeOf, type Driver } from './driver.ts'
import { complaints, findField, remarkOn, unasked } from './find.ts'
import { remarksOnPlaces } from './places.ts'
import { matchLabel, matchValue } from './label-match.ts'
import { descendants, labelOf, lineage, takeScreen, textOf, type Screen, type ScreenNode } from './screen.ts'

/** The field must be there, and hold the default that the article names. */
export async function keep({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  if (action.target === undefined) return assumed('The article names no field to look at.')
  const label = action.target
  const found = await findOne(driver, screen => findField(screen, { label, where: action.where }), {
    what: 'field',
    said: label,
    place: said.place,
  })
  driver.lastBox = found.node.box
  const shown = textOf(found.node)
  const remarks = [...remarkOn(label, found), ...remarksOnPlaces(found.screen, action.where, driver)]
  if (action.do !== 'keep' || action.value === undefined)
    return passed(`${label} is there${shown ? ` and shows ${shown}` : ''}`, remarks)
  if (matchValue(action.value, shown)) return passed(`${label} shows ${shown}`, remarks)
  const differs: Remark = {
    drift: 'misleading',
    rule: 'default-differs',
    message: `The article says that “${label}” is “${action.value}” by default; it is “${shown}”.`,
    found: shown,
  }
  return passed(`${label} is there`, [...remarks, differs])
}

/** There must be something to look at; judging it is the reader's. */
export async function review({ action }: PlannedAction, driver: Driver): Promise<Outcome> {
  const screen = await quietScreen(driver)
  const remarks = remarksOnPlaces(screen, action.where, driver)
  return { ...assumed(`The page “${screen.title}” was open to be looked at.`), remarks }
}

/** Words in which pages say that something has ended well, or not (`portal-facts.md` §5, §7). */
const ended = /\b(?:complete[ds]?|succeeded|passed|finished|deleted|created|ready)\b/i
const failed = /\b(?:failed|unsuccessful|canceled)\b/i

/** What operations are about: the page's words must be about the same as the article's. */
const subject = /\b(?:deploy|validat|creat|delet|provision|install|updat|sav|backup|restor)/i

/** Waits until the page says that what was under way has ended, or shows what is waited for. */
export async function wait({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const target = action.target ?? ''
  const about = subject.exec(target)?.[0].toLowerCase()
  const shown = about === undefined ? claimIn(target, 'page') : undefined
  const { step } = driver.surroundings.plan.limits
  const began = Date.now()
  for (;;) {
    const screen = await takeScreen(driver.page)
    const told = statementsOn(screen).filter(
      words => words.length < 120 && (about === undefined || words.toLowerCase().includes(about)),
    )
    const bad = told.find(words => failed.test(words))
    if (bad && about === 'validat') throw validationFailed(bad, await explain(driver, screen), said)
    if (bad) throw waitFailed(target, `the page says “${bad}”`, said)
    if (shown !== undefined && isShown(screen, shown)) return passed(`“${shown}” is on screen`)
    const good = about === undefined ? undefined : told.find(words => ended.test(words))
    if (good) return passed(`the page says “${good}”`)
    const waited = Date.now() - began
    // > | Wait a few minutes.
    if (isTime.test(target) && isIdle(screen) && isIdle(await quietScreen(driver)))
      return passed('nothing on screen is under way any more')
    if (isIdle(screen) && waited > step * 0.4)
      return assumed('Nothing on screen is under way, and nothing says that it has ended.')
    if (waited > step * 0.9) throw waitFailed(target, 'it did not end within the step’s time limit', said)
    await sleep(100)
  }
}

const isTime =
  /^(?:for )?(?:about |approximately |up to |at least )?(?:a |an |one |two |few |several |some |\d+ ?(?:-|to) ?)*\d* ?(?:few |couple of )?(?:moments?|seconds?|minutes?|hours?|while|time)\b/i

/** Each thing that the page says by itself: the words of a container are those of several. */
function statementsOn({ nodes }: Screen): string[] {
  return nodes
    .filter(node => node.children.length === 0 || /^(?:heading|status|alert|paragraph|listitem|cell)$/.test(node.role))
    .map(labelOf)
}

/** What the article tells the reader to see must be on screen; a named field or property must hold the named value. */
export async function verify({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const target = action.target ?? ''
  const value = action.do === 'verify' ? action.value : undefined
  const claim = value === undefined ? claimIn(target, 'any') : undefined
  const deadline = Date.now() + driver.surroundings.plan.limits.action
  for (;;) {
    const screen = await quietScreen(driver)
    const holds = value === undefined ? undefined : valueOf(screen, target, action.where)
    if (value !== undefined && holds !== undefined && matchValue(value, holds.text)) {
      driver.lastBox = holds.box
      return passed(`${target} shows ${holds.text}`, remarksOnPlaces(screen, action.where, driver))
    }
    if (value === undefined && (isShown(screen, target) || (claim !== undefined && isShown(screen, claim))))
      return passed(`“${claim ?? target}” is on screen`, remarksOnPlaces(screen, action.where, driver))
    const canKnow = claim !== undefined || holds !== undefined
    if (Date.now() < deadline && (canKnow || value !== undefined)) {
      await sleep(100)
      continue
    }
    if (value !== undefined && holds !== undefined) throw differs(target, value, holds.text, said)
    if (claim !== undefined) throw notShown(claim, said)
    // What the page calls otherwise may still show the value for all to see.
    if (value !== undefined && isShown(screen, value)) return passed(`“${value}” is on screen`)
    return assumed(`Whether “${target}” holds can't be read off the screen for certain.`)
  }
}

/** > | **myVM** appears in the list: what must be on screen; undefined where the sentence says something else. */
function claimIn(target: string, about: 'page' | 'any'): string | undefined {
  const leading = about === 'page' ? /^(?:for |until )*(?:the |a |an |your )?/i : /^that /i
  const thing = target.replace(leading, '')
  const shows =
    about === 'page'
      ? /^(.+?)(?: (?:page|blade|pane|tab|dialog|window|wizard|button|option))?(?: to (?:load|open|appear|be (?:shown|displayed|available))| (?:loads|opens|appears|is (?:shown|displayed|loaded|available)))\b/i
      : /^(.+?) (?:appears?|shows up|(?:is|are) (?:shown|listed|displayed|visible|present))\b/i
  const label = shows.exec(thing)?.[1]
  // A name is short and bears a capital, digit or hyphen; "the vault" is a description that a screen need not repeat.
  const isName = label !== undefined && label.split(' ').length <= 5 && /[A-Z0-9_-]/.test(label)
  return isName && !/^(?:it|this|that|they|you|the|a|an|your)\b/i.test(label) ? label : undefined
}

function isShown({ nodes, title }: Screen, label: string): boolean {
  return (
    nodes.some(node => matchLabel(label, labelOf(node)) ?? matchLabel(label, node.text)) ||
    title.split(/ [-|] /).some(each => matchLabel(label, each))
  )
}

interface Held {
  text: string
  box: ScreenNode['box']
}

/** What a field or property holds: the field of that name, the definition of a term, the cell beside its label. */
function valueOf(screen: Screen, label: string, where: readonly string[]): Held | undefined {
  const [field] = findField(screen, { label, where }).best
  if (field) {
    const { node } = field
    const state = node.checked === true || node.pressed ? 'Enabled' : 'Disabled'
    return { text: /^(?:checkbox|switch)$/.test(node.role) ? state : textOf(node), box: node.box }
  }
  const bearers = screen.nodes.filter(node => node.role !== 'heading' && matchLabel(label, labelOf(node)))
  for (const bearer of bearers) {
    const next = screen.nodes.find(
      node =>
        node.order > bearer.order &&
        ![...lineage(node)].includes(bearer) &&
        !/^(?:button|img|tooltip)$/.test(node.role) &&
        (node.children.length === 0 || /^(?:definition|cell|gridcell|link)$/.test(node.role)) &&
        labelOf(node) !== '' &&
        labelOf(node) !== ':' &&
        !matchLabel(label, labelOf(node)),
    )
    if (next && isBeside(bearer, next)) return { text: labelOf(next).replace(/^:\s*/, ''), box: next.box }
  }
  // > | Status: Running, in one piece
  const pair = screen.nodes.flatMap(node => {
    const [, name, text] = node.children.length === 0 ? (/^([^:]{2,60}):\s+(.+)$/.exec(labelOf(node)) ?? []) : []
    return name !== undefined && text !== undefined && matchLabel(label, name) ? [{ text, box: node.box }] : []
  })
  return pair[0]
}

/** In the same row, list of properties or other small thing, and not somewhere further down the page. */
function isBeside(bearer: ScreenNode, next: ScreenNode): boolean {
  if (!bearer.box || !next.box) return true
  const [dx, dy] = [next.box.x - bearer.box.x, next.box.y - bearer.box.y]
  return dy > -20 && dy < 80 && dx > -40 && dx < 900
}

/** The value that the reader is told to note must be on screen, and is kept. A secret is not told. */
export async function capture({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const label = (action.target ?? '').replace(/^(?:the|your)\s+/i, '').replace(/^value of (?:the )?/i, '')
  const deadline = Date.now() + driver.surroundings.plan.limits.action
  for (;;) {
    const screen = await quietScreen(driver)
    const held = valueOf(screen, label, action.where)
    if (held && held.text !== '') {
      driver.lastBox = held.box
      const isSecret = /\b(?:key|secret|password|token|connection string|credential)s?\b/i.test(label)
      return passed(
        isSecret ? `${label} is on screen` : `${label} is “${held.text}”`,
        remarksOnPlaces(screen, action.where, driver),
      )
    }
    const isNamed = screen.nodes.some(node => textOf(node).toLowerCase().includes(label.toLowerCase()))
    if (!isNamed || Date.now() > deadline) {
      if (isNamed) return passed(`“${label}” is on screen`)
      return {
        ...assumed(`“${label}” was not found on screen by that name.`),
        remarks: remarksOnPlaces(screen, said.where, driver),
      }
    }
    await sleep(100)
  }
}

function isIdle({ nodes }: Screen): boolean {
  return !nodes.some(node => /\bin progress\b|\bloading\b/i.test(node.text))
}

/** How long nothing may change for a picture of the page to be taken, and how long that is waited for. Milliseconds. */
const settling = { still: 250, limit: 5_000 }

/** Waits until a page shows what it has to show: a page that makes people wait is quiet in the middle of it. */
export async function settle(driver: Driver): Promise<void> {
  const deadline = Date.now() + settling.limit
  let before: string | undefined
  for (;;) {
    const screen = await quietScreen(driver)
    const shape = shapeOf(screen)
    // A progress bar of the shell's own never ends, and says what it loads (`portal-facts.md` §2).
    const waits = screen.nodes.some(({ name, text }) => /^loading(?:\.{3}|…)?$/i.test(name || text))
    if ((!waits && shape === before) || Date.now() > deadline) return
    before = shape
    await sleep(settling.still)
  }
}

function waitFailed(target: string, why: string, said: PlannedAction['said']): StepFailure {
  return new StepFailure(
    {
      rule: 'wait-failed',
      message: `What the article waits for (“${target}”) did not come to a good end: ${why}.`,
      found: [why],
      remedy: 'Look at the screenshot and at the request log for the reason.',
      place: said.place,
    },
    { verdict: 'product' },
  )
}

/** The form does not accept what the article made of it. */
function validationFailed(words: string, why: string[], said: PlannedAction['said']): StepFailure {
  return new StepFailure(
    {
      rule: 'validation-failed',
      message: `The form was not accepted: “${words}”`,
      found: why.filter(each => each !== words),
      remedy: 'Something that the form requires is missing or not accepted: add it to the steps before this one.',
      place: said.place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
}

function differs(target: string, value: string, shown: string, said: PlannedAction['said']): StepFailure {
  return new StepFailure(
    {
      rule: 'not-as-described',
      message: `The article says that “${target}” is “${value}”; it is “${shown}”.`,
      said: value,
      found: [shown],
      remedy: 'Mend the sentence, or the steps before it.',
      place: said.place,
    },
    { verdict: 'doc', drift: 'misleading' },
  )
}

function notShown(label: string, said: PlannedAction['said']): StepFailure {
  return new StepFailure(
    {
      rule: 'not-as-described',
      message: `The article says that “${label}” is to be seen; nothing on screen is called so.`,
      said: label,
      remedy: 'Mend the sentence, or the steps before it.',
      place: said.place,
    },
    { verdict: 'doc', drift: 'misleading' },
  )
}

/** What a page says when an operation that was started on it failed; undefined while it doesn't. */
export async function complaintOf(driver: Driver): Promise<string | undefined> {
  const screen = await takeScreen(driver.page).catch(() => undefined)
  const complaint =
    screen &&
    complaints(screen).find(text =>
      /\b(?:deployment|creation|deletion|validation)\b.*\bfailed\b|\bfailed to\b/i.test(text),
    )
  if (screen === undefined || complaint === undefined) return undefined
  const [said] = screen.nodes.filter(node => node.children.length === 0 && labelOf(node) === complaint)
  const message = said && [...lineage(said)].find(({ role }) => /^(?:alert|alertdialog|status|listitem)$/.test(role))
  return message ? wordsIn(message).slice(0, 600) : complaint
}

/** What a message says, its buttons left out. */
function wordsIn(message: ScreenNode): string {
  const inButtons = new Set(
    [...descendants(message)]
      .filter(({ role }) => role === 'button')
      .flatMap(button => [button, ...descendants(button)]),
  )
  return [...descendants(message)]
    .filter(node => node.children.length === 0 && !inButtons.has(node))
    .map(labelOf)
    .filter(Boolean)
    .join(': ')
}

/** What an open dialog asks that the article has to do with: not what the portal asks unbidden. */
export async function questionOf({ page }: Driver): Promise<string | undefined> {
  const screen = await takeScreen(page).catch(() => undefined)
  const dialog = screen?.nodes.findLast(node => /^(?:alert)?dialog$/.test(node.role))
  if (!dialog) return undefined
  const words = `${dialog.name} ${textOf(dialog)}`.trim()
  return unasked.test(words) || words === '' ? undefined : words.slice(0, 200)
}
