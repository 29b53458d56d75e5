import type { Element, ElementContent } from 'hast'
import type { Markup } from '../markup.ts'

/** Puts our own HTML at the start of an element. Only after sanitising. */
export function prepend(element: Element, { html }: Markup): void {
  element.children.unshift({ type: 'raw', value: html })
}

/** Puts our own HTML at the end of an element. Only after sanitising. */
export function append(element: Element, { html }: Markup): void {
  element.children.push({ type: 'raw', value: html })
}

/** Puts our own HTML before the first child that a test holds for, or at the end. Only after sanitising. */
export function insertBefore(element: Element, { html }: Markup, test: (child: ElementContent) => boolean): void {
  const index = element.children.findIndex(test)
  element.children.splice(index < 0 ? element.children.length : index, 0, { type: 'raw', value: html })
}

export function addClass(element: Element, ...names: string[]): void {
  const { className } = element.properties
  element.properties['className'] = [...(Array.isArray(className) ? className : []), ...names]
}
