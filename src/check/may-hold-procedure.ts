import { mayHoldProcedure as mayHold } from '../article/read-article.ts'
import { mayHoldSteps } from '../article/sections-without-steps.ts'
import { localTarget } from './rules/local-target.ts'
import type { Files } from './rule.ts'

/**
 * Whether parsing a file, with its includes, may find a procedure, in a small part of the time. False only when it
 * can't: there is no numbered list, no bullet with an instruction and a label in bold, no sentence that signs in, and
 * none of that in an include.
 */
export function mayHoldProcedure(file: { path: string; text: string }, files: Files, depth = 0): boolean {
  const { path, text } = file
  if (!mayHold(text)) return false
  if (mayHoldSteps(text)) return true
  if (depth > deepest) return true
  return [...text.matchAll(include)].some(([, target = '']) => {
    const found = localTarget(target.trim().replace(/\s+["'].*$/, ''), path, files.docsRoot)
    const included = found === undefined ? undefined : files.text(found)
    return included !== undefined && mayHoldProcedure({ path: found ?? '', text: included }, files, depth + 1)
  })
}

const include = /\[!INCLUDE\s{0,5}-?\s{0,5}\[[^\]\n]{0,400}\]\s{0,5}\(([^)\n]{1,1000})\)/gi
const deepest = 8
