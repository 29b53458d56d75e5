import { lineage, textOf, type Screen, type ScreenNode } from './screen.ts'

/**
 * What the global search found: options of a list box, or items of lists in the search landmark, as they were once
 * (`portal-facts.md` §1.1, §14). Items are given as options.
 */
export function searchResults({ nodes }: Screen): ScreenNode[] {
  const options = nodes.filter(node => node.role === 'option' && listOf(node) !== undefined)
  const named = options.filter(node => /result/i.test(listOf(node)?.name ?? ''))
  if (options.length > 0) return named.length > 0 ? named : options
  return nodes
    .filter(node => node.role === 'listitem' && [...lineage(node)].some(each => each.role === 'search'))
    .map(node => ({ ...node, role: 'option', name: node.name || textOf(node) }))
}

const listOf = (node: ScreenNode) => [...lineage(node)].find(each => each.role === 'listbox')

/** The name of the section that a result stands in, lower case; empty without one. */
export function sectionOf(result: ScreenNode): string {
  const section = [...lineage(result)].find(each => each.role === 'group' || (each.role === 'list' && each.name !== ''))
  return (section?.name ?? '').toLowerCase()
}
