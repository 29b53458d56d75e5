import { looksLikeInterfaceInstruction } from '../article/imperative.ts'
import { mayHoldProcedure as mayHoldSteps } from '../article/read-article.ts'
import { beginsAsInterfaceStep } from '../article/recognize-steps.ts'
import { localTarget } from './rules/local-target.ts'
import type { Files } from './rule.ts'

/**
 * Whether parsing a file, with its includes, may find a procedure, in a small part of the time. False only when it
 * can't: there is no numbered list, no bullet with an instruction and a label in bold, no sentence that signs in, and
 * none of that in an include.
 */
export function mayHoldProcedure(file: { path: string; text: string }, files: Files, depth = 0): boolean {
  const { path, text } = file
  if (!mayHoldSteps(text)) return false
  if (numbered.test(text) || signsIn(text) || someBulletInstructs(text)) return true
  if (depth > deepest) return true
  return [...text.matchAll(include)].some(([, target = '']) => {
    const found = localTarget(target.trim().replace(/\s+["'].*$/, ''), path, files.docsRoot)
    const included = found === undefined ? undefined : files.text(found)
    return included !== undefined && mayHoldProcedure({ path: found ?? '', text: included }, files, depth + 1)
  })
}

const numbered = /(?:^|[\r\n])[ \t>]*(?:[-*+][ \t]+)*\d{1,9}[.)](?:\s|$)/
const signingIn = /(?:sign|log)\W{1,8}in\W{1,8}to\b/gi
const unread = /<[^>]*>|:::.*?:::|!\[[^\]]*\]\([^)]*\)|&\w+;|first, /gi
const bullets = /(?:^|[\r\n])[ \t>]*[-*+](?:[ \t]*[\r\n][ \t>]*|[ \t]+)/g
const include = /\[!INCLUDE\s{0,5}-?\s{0,5}\[[^\]\n]{0,400}\]\s{0,5}\(([^)\n]{1,1000})\)/gi
const deepest = 8

// > | > First, sign in to the portal.
//       ^ no other word before it
function signsIn(text: string): boolean {
  return [...text.matchAll(signingIn)].some(({ index }) => {
    const before = text.slice(Math.max(0, index - 1000), index).replace(/^[^]*[\r\n]/, '')
    return !/^\s*#|\p{L}/u.test(before.replace(unread, ''))
  })
}

// > | - In the menu, select **Networking**.
function someBulletInstructs(text: string): boolean {
  const starts = [...text.matchAll(bullets)].map(({ index, 0: marker }) => index + marker.length)
  return starts.some((start, at) => {
    const item = text.slice(start, Math.min(starts[at + 1] ?? text.length, start + 2000))
    const blank = item.search(/(?:\n|\r(?!\n))[ \t>]*[\r\n]/)
    const words = blank < 0 ? item : item.slice(0, blank)
    if (!/\*\*|__/.test(words) || named.test(words)) return false
    return /[&<\\]|!\[|\[!|:::|\]:/.test(words) ? looksLikeInterfaceInstruction(words) : beginsAsInterfaceStep(words)
  })
}

// > | - **Inventory:** Provides ...      - [Manage customers](a.md) by ...
//       ^ what begins with a name is no instruction
const named =
  /^(?:\*\*(?!\s)[^*_`<\\[\]&\n]*(?:[A-Za-z0-9]\*\*(?!\*)|[.:?)]\*\*(?=\s))|\[[^*_`<\\[\]&\n]+\]\([^\s()<\\]+\))/
