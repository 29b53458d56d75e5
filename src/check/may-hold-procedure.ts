import { looksLikeInterfaceInstruction } from '../article/imperative.ts'
import { mayHoldProcedure as mayHoldSteps } from '../article/read-article.ts'
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
  if (numbered.test(text) || signingIn.test(text) || someBulletInstructs(text)) return true
  if (depth > deepest) return true
  return [...text.matchAll(include)].some(([, target = '']) => {
    const found = localTarget(target.trim().replace(/\s+["'].*$/, ''), path, files.docsRoot)
    const included = found === undefined ? undefined : files.text(found)
    return included !== undefined && mayHoldProcedure({ path: found ?? '', text: included }, files, depth + 1)
  })
}

const numbered = /(?:^|\n)[ \t>]*(?:[-*+][ \t]+)*\d{1,9}[.)][ \t]+\S/
const signingIn = /(?:^|\n)[ \t>]*(?:[-*+][ \t]+)?(?:first, )?(?:sign|log) in to\b/i
const bullets = /(?:^|\n)[ \t>]*[-*+][ \t]+/g
const include = /\[!INCLUDE\s{0,5}-?\s{0,5}\[[^\]\n]{0,400}\]\s{0,5}\(([^)\n]{1,1000})\)/gi
const deepest = 8

// > | - In the menu, select **Networking**.
function someBulletInstructs(text: string): boolean {
  const starts = [...text.matchAll(bullets)].map(({ index, 0: marker }) => index + marker.length)
  return starts.some((start, at) => {
    const item = text.slice(start, Math.min(starts[at + 1] ?? text.length, start + 2000))
    const blank = item.search(/\n[ \t>]*\r?\n/)
    const words = blank < 0 ? item : item.slice(0, blank)
    return /\*\*|__/.test(words) && looksLikeInterfaceInstruction(words)
  })
}
