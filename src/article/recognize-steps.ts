import type { List, ListItem, PhrasingContent } from 'mdast'
import { looksLikeInstruction, looksLikeInterfaceInstruction } from './imperative.ts'
import { plainText } from './inline.ts'

/**
 * Whether a list's items are steps. A numbered list is one unless none of its items tells the reader to do something;
 * a list with bullets only if each item names what to do in the user interface, as the single step of a procedure does.
 */
export function holdsSteps(list: List, { heading, lead }: { heading: string; lead: string }): boolean {
  if (otherHeadings.test(heading)) return false
  const openings = list.children.map(opening)
  if (list.ordered) return openings.some(({ text }) => looksLikeInstruction(text)) && !openings.every(isLink)
  if (otherLeads.test(lead)) return false
  return openings.length > 0 && openings.every(isInterfaceStep)
}

/** Whether a paragraph is a procedure of its own: signing in, under its own heading or as the article's first act. */
export function holdsProseInstruction(text: string, heading: string, withinProcedure: boolean): boolean {
  if (withinProcedure || otherHeadings.test(heading)) return false
  return /^(?:first, )?(?:sign|log) in to (?:the |your )?\S/i.test(text)
}

const otherHeadings =
  /^(?:prerequisites?|requirements|before you (?:begin|start)|next steps?|related (?:content|articles|topics|links)|see also|more information|additional resources|limitations|known issues|faqs?|frequently asked questions|what's new|key takeaways|learn more\b.*|extend your learning\b.*)$/i
const otherLeads =
  /\b(?:you can|can be|you learn|learn(?:ed)? how|such as|for example|supports?|includes?|include|benefits|features?|following (?:requirements|limitations|considerations))\b/i

interface Opening {
  text: string
  children: PhrasingContent[]
}

function opening(item: ListItem): Opening {
  const first = item.children.find(child => child.type === 'paragraph')
  return first ? { text: plainText(first.children), children: first.children } : { text: '', children: [] }
}

function isLink({ children }: Opening): boolean {
  return children.length === 1 && (children[0]?.type === 'link' || children[0]?.type === 'linkReference')
}

// > | - In the menu, select **Networking**.
function isInterfaceStep({ text, children }: Opening): boolean {
  if (children[0]?.type !== 'text') return false
  if (/^(?:sign|log) in to/i.test(text)) return true
  return beginsAsInterfaceStep(text) && children.some(({ type }) => type === 'strong')
}

/** Whether the text of an item begins with something to be done to a user interface. */
export function beginsAsInterfaceStep(text: string): boolean {
  const [sentence = ''] = text.split(/[.:](?:\s|$)/)
  return looksLikeInterfaceInstruction(firstWords(sentence))
}

/** The beginning, up to its first verb: *In the menu, select* but not *The portal lets you select*. */
function firstWords(sentence: string): string {
  const comma = sentence.indexOf(', ')
  const leading = /^(?:in|on|at|from|under|to|if|when|for|after|once|within|next|then|optionally)\b/i.test(sentence)
  return leading && comma > 0
    ? sentence.slice(comma + 2)
    : sentence.split(/\s+/, 3).join('\u00a0').replaceAll('\u00a0', ' ')
}
