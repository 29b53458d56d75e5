import type { Element } from 'hast'
import type { Data, Node, Parent, PhrasingContent, RootContent } from 'mdast'

/** An element of our own around or between what the article says; it gets its looks from a decoration. */
export interface Box extends Parent {
  type: 'box'
  /** Its content comes from another file, whose offsets are not this file's. */
  included?: true
  data: Data
  children: (RootContent | PhrasingContent)[]
}

declare module 'mdast' {
  interface RootContentMap {
    box: Box
  }
  interface PhrasingContentMap {
    box: Box
  }
  interface BlockContentMap {
    box: Box
  }
}

/** What is done to an element after the article's HTML has been sanitised. */
export type Decoration = (element: Element) => void

/**
 * The decorations of one page. An element is tied to its decoration by an attribute that goes through the sanitiser;
 * its value begins with the article's own hash, which an article cannot contain, so no article can borrow our looks.
 */
export interface Decorations {
  nonce: string
  all: Decoration[]
}

/** A box that is drawn as the named element and then decorated. */
export function box(
  name: 'div' | 'span' | 'section',
  children: Box['children'],
  decorations: Decorations,
  decoration: Decoration,
): Box {
  const node: Box = { type: 'box', data: { hName: name }, children }
  decorate(node, decorations, decoration)
  return node
}

/** Ties a decoration to a node of the article; several decorations of one node are applied in order. */
export function decorate(node: Node, decorations: Decorations, decoration: Decoration): void {
  const properties = node.data?.hProperties ?? {}
  const before =
    typeof properties['dataMark'] === 'string' ? decorations.all[indexOf(properties['dataMark'])] : undefined
  const index = decorations.all.push(element => {
    before?.(element)
    decoration(element)
  })
  node.data = { ...node.data, hProperties: { ...properties, dataMark: `${decorations.nonce}-${index - 1}` } }
}

/** The decoration that an attribute's value stands for, if it is one of ours. */
export function decorationOf(value: unknown, decorations: Decorations): Decoration | undefined {
  if (typeof value !== 'string' || !value.startsWith(`${decorations.nonce}-`)) return undefined
  return decorations.all[indexOf(value)]
}

function indexOf(mark: string): number {
  return Number(mark.slice(mark.lastIndexOf('-') + 1))
}
