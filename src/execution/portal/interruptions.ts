import type { Page } from '@playwright/test'
import type { Remark } from '../../result/result.ts'
import { unasked } from './find.ts'
import { labelOf, lineage, locate, textOf, type Screen, type ScreenNode } from './screen.ts'

/** Words on buttons that put away what nobody asked for: toasts, coachmarks, surveys, tips (`portal-facts.md` §7, §18). */
const puttingAway =
  /^(?:dismiss toast notification|dismiss|got it|no thanks|not now|maybe later|skip(?: tour)?|remind me later|close (?:tip|survey|coachmark|teaching bubble|prompt))$/i

/** Words on the button that answers the question whether anybody is still there, and what such a question is about. */
const staying = /^(?:stay signed in|keep me signed in|continue(?: session)?|i.m still here|yes)$/i
const leaving = /inactiv|been idle|still there|session (?:is about to|will) (?:expire|end|time out)/i

/**
 * Puts away one interruption that may lie over what is looked for. Only known kinds are touched, and each is told.
 *
 * @returns a remark without drift for each that was put away.
 */
export async function dismissInterruption(page: Page, screen: Screen): Promise<Remark[]> {
  const button = screen.nodes.find(
    node =>
      node.role === 'button' &&
      ((puttingAway.test(labelOf(node)) && isUnasked(node)) ||
        (staying.test(labelOf(node)) && asksWhetherToStay(node))),
  )
  if (!button) return []
  try {
    await locate(page, button).click({ timeout: 1_000 })
  } catch {
    return []
  }
  return [{ rule: 'interruption-dismissed', message: `Put away a prompt in the way (“${labelOf(button)}”).` }]
}

/** Only in a dialog that is about nothing else. */
function asksWhetherToStay(button: ScreenNode): boolean {
  const dialog = [...lineage(button)].find(({ role }) => /^(?:alert)?dialog$/.test(role))
  if (!dialog) return false
  const text = `${dialog.name} ${textOf(dialog)}`
  return text.length < 600 && leaving.test(text)
}

/** A button alone may belong to the article's own dialog. */
function isUnasked(button: ScreenNode): boolean {
  if (/toast|survey|coachmark|tip/i.test(button.name)) return true
  return [...lineage(button)]
    .slice(1, 6)
    .some(around => unasked.test(around.name) || (textOf(around).length < 600 && unasked.test(textOf(around))))
}
