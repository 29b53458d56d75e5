import { matchLabel } from './label-match.ts'
import { labelOf, type Screen } from './screen.ts'

/** Something of the portal that has another name now. */
export interface Move {
  /** What it is called now, as the screen writes it. */
  now: string
  /** The way from there to what it used to be for, where that is another one now. */
  way: readonly string[]
}

/**
 * What the portal renamed or moved (`portal-facts.md` §14). It serves for suggestions only: to follow a move without a word
 * would hide that the article is out of date.
 */
const moves: readonly { was: readonly string[]; now: readonly string[]; way?: readonly string[] }[] = [
  {
    was: ['Backup center', 'Business Continuity Center', 'Azure Business Continuity Center'],
    now: ['Resiliency', 'Business Continuity Center', 'Azure Business Continuity Center'],
    way: ['Manage', 'Vaults', '+ Vault'],
  },
  { was: ['IP Addresses'], now: ['Address space'] },
  { was: ['Azure virtual machine'], now: ['Virtual machine'] },
  { was: ['Add'], now: ['Create'] },
]

/** What became of a label that an article names, where that is on screen; the newest name first. */
export function moveOf(said: string, { nodes }: Screen): Move | undefined {
  const move = moves.find(({ was }) => was.some(label => matchLabel(said, label)))
  if (!move) return undefined
  const labels = nodes.flatMap(node => (node.children.length === 0 ? [labelOf(node), node.text] : [labelOf(node)]))
  for (const name of move.now) {
    if (matchLabel(said, name)) continue
    const now = labels.find(label => matchLabel(name, label))
    if (now !== undefined) return { now: name, way: move.way ?? [] }
  }
  return undefined
}

/** > | “Backup center” is “Resiliency” now, and what it was for has moved: Resiliency > Manage > Vaults > + Vault. */
export function tellMove(said: string, { now, way }: Move): string {
  const renamed = `“${said}” is “${now}” now`
  return way.length === 0 ? `${renamed}.` : `${renamed}, and what it was for has moved: ${[now, ...way].join(' > ')}.`
}
