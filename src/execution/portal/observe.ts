import { setTimeout as sleep } from 'node:timers/promises'
import type { PlannedAction } from '../../plan/plan.ts'
import type { Remark } from '../../result/result.ts'
import { StepFailure } from '../step-failure.ts'
import { assumed, passed, type Outcome } from '../surface.ts'
import { explain, findOne, quietScreen, type Driver } from './driver.ts'
import { complaints, findField, remarkOn } from './find.ts'
import { remarksOnPlaces } from './places.ts'
import { matchLabel, matchValue } from './label-match.ts'
import { labelOf, takeScreen, textOf, type Screen } from './screen.ts'

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

/** Waits until the page says that what was under way has ended. */
export async function wait({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const target = action.target ?? ''
  const about = subject.exec(target)?.[0].toLowerCase()
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
    const good = told.find(words => ended.test(words))
    if (good) return passed(`the page says “${good}”`)
    const waited = Date.now() - began
    if (isIdle(screen) && waited > step * 0.4)
      return assumed('Nothing on screen is under way, and nothing says that it has ended.')
    if (waited > step * 0.9) throw waitFailed(target, 'it did not end within the step’s time limit', said)
    await sleep(200)
  }
}

/** Each thing that the page says by itself: the words of a container are those of several. */
function statementsOn({ nodes }: Screen): string[] {
  return nodes
    .filter(node => node.children.length === 0 || /^(?:heading|status|alert|paragraph|listitem|cell)$/.test(node.role))
    .map(labelOf)
}

/** What the article tells the reader to see must be on screen; a named field must hold the named value. */
export async function verify({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const target = action.target ?? ''
  const value = action.do === 'verify' ? action.value : undefined
  const deadline = Date.now() + driver.surroundings.plan.limits.action
  for (;;) {
    const screen = await takeScreen(driver.page)
    const [field] = value === undefined ? [] : findField(screen, { label: target, where: action.where }).best
    if (field && value !== undefined && matchValue(value, textOf(field.node)))
      return passed(`${target} shows ${textOf(field.node)}`)
    if (value === undefined && screen.nodes.some(node => matchLabel(target, labelOf(node))))
      return passed(`“${target}” is on screen`)
    if (Date.now() < deadline && value !== undefined) {
      await sleep(200)
      continue
    }
    if (field && value !== undefined) throw differs(target, value, textOf(field.node), said)
    return assumed(`Whether “${target}” holds can't be read off the screen for certain.`)
  }
}

/** The value that the reader is told to note must be on screen. */
export async function capture({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const label = (action.target ?? '').replace(/^(?:the|your)\s+/i, '')
  const screen = await quietScreen(driver)
  const bearer = screen.nodes.find(node => matchLabel(label, labelOf(node)) && node.role !== 'heading')
  if (!bearer) {
    if (screen.nodes.some(node => textOf(node).toLowerCase().includes(label.toLowerCase())))
      return passed(`“${label}” is on screen`)
    return assumed(`“${label}” was not found on screen by that name.`)
  }
  const after = screen.nodes.find(
    node => node.order > bearer.order && node.children.length === 0 && textOf(node) !== '',
  )
  driver.lastBox = after?.box
  return after
    ? passed(`${label} is on screen`)
    : { ...assumed(`“${label}” has no value on screen.`), remarks: remarksOnPlaces(screen, said.where, driver) }
}

function isIdle({ nodes }: Screen): boolean {
  return !nodes.some(node => /\bin progress\b|\bloading\b/i.test(node.text))
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

/** What a page says when an operation that was started on it failed; undefined while it doesn't. */
export async function complaintOf(driver: Driver): Promise<string | undefined> {
  const screen = await takeScreen(driver.page).catch(() => undefined)
  return (
    screen &&
    complaints(screen).find(text =>
      /\b(?:deployment|creation|deletion|validation)\b.*\bfailed\b|\bfailed to\b/i.test(text),
    )
  )
}
