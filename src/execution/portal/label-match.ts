import type { Drift } from '../../result/result.ts'
import { withoutGlyphs } from './screen.ts'

/** How a label on screen matches what the article says; a smaller `rank` is a better match. */
export interface LabelMatch {
  rank: number
  /** Absent where a reader sees no difference. */
  drift?: Drift
  how?: string
}

/**
 * Compares an article's label with one on screen. Icons, a leading `+`, a required mark, a closing colon or ellipsis
 * and a count are decoration that readers don't read (`portal-facts.md` §12, §18); a difference in case or between
 * `+` and `and` is cosmetic drift (§14); anything else is another label.
 */
export function matchLabel(said: string, shown: string): LabelMatch | undefined {
  const [a, b] = [withoutGlyphs(said), withoutGlyphs(shown)]
  if (a === '' || b === '') return undefined
  if (a === b) return { rank: 0 }
  const [plainA, plainB] = [undecorated(a), undecorated(withoutCount(b))]
  if (plainA === '' || plainB === '') return undefined
  if (plainA === plainB) return { rank: 1 }
  if (plainA.toLowerCase() === plainB.toLowerCase()) return { rank: 2, drift: 'cosmetic', how: 'upper and lower case' }
  if (joined(plainA) === joined(plainB)) return { rank: 3, drift: 'cosmetic', how: 'spelling of “+”, “and” or a space' }
  if (renamed(plainA) === joined(plainB) || joined(plainA) === renamed(plainB))
    return { rank: 4, drift: 'misleading', how: 'the product has another name now' }
  return undefined
}

/** Products that bear another name and are the same (`portal-facts.md` §14). A rename that moved something isn't one of these. */
const renames: readonly [was: RegExp, is: string][] = [
  [/^(?:azure active directory|azure ad|azuread)\b/i, 'Microsoft Entra ID'],
]

function renamed(label: string): string | undefined {
  const rename = renames.find(([was]) => was.test(label))
  return rename && joined(label.replace(...rename))
}

/**
 * Compares a value with an option or with what a field shows. Beside decoration, a leading group in parentheses doesn't
 * count: `(US) West US` is West US, `(New) rg` is rg; `West US 2` is another value (`portal-facts.md` §5.1, §12).
 */
export function matchValue(said: string, shown: string): LabelMatch | undefined {
  const direct = matchLabel(said, shown)
  if (direct) return direct
  const [[groupA, bareA], [groupB, bareB]] = [groupOf(withoutGlyphs(said)), groupOf(withoutGlyphs(shown))]
  if (groupB === undefined || (groupA !== undefined && groupA.toLowerCase() !== groupB.toLowerCase())) return undefined
  const inner = matchLabel(bareA, bareB)
  return inner && { ...inner, rank: inner.rank + 1 }
}

/** > | (US) West US */
function groupOf(value: string): [group: string | undefined, bare: string] {
  const [, group, bare] = /^(\([^)]*\))\s*(.*)$/.exec(value) ?? []
  return [group, bare ?? value]
}

/** A tab counts its errors: "Basics (1)". What an article says is no count. */
function withoutCount(label: string): string {
  return label.replace(/\s*\(\d+\)$/, '')
}

function undecorated(label: string): string {
  return label
    .replace(/^[+＋<‹]\s*/, '')
    .replace(/\s*[>›]$/, '')
    .replace(/[\s*:.…]+$/, '')
    .replace(/\s*:\s*/g, ': ')
    .trim()
}

/** Between digits a space or a hyphen means something: "1-2" is not "12". */
function joined(label: string): string {
  return label
    .toLowerCase()
    .replace(/\s+(?:and|&)\s+/g, '+')
    .replace(/[’'"“”]/g, '')
    .replace(/(?<!\d)[\s-]+|[\s-]+(?!\d)/g, '')
}
