import { unified } from 'unified'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize, { defaultSchema, type Options as Schema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkRehype from 'remark-rehype'
import { visit } from 'unist-util-visit'
import type { Element, Properties, Root as Html } from 'hast'
import type { ArticleResult, StepResult } from '../../result/result.ts'
import { trusted, type Markup } from '../markup.ts'
import { decorationOf, type Decorations } from './box.ts'
import { readLearn, type LearnContext } from './learn.ts'
import { mark } from './mark.ts'

export interface RenderedArticle {
  html: Markup
  /** Steps whose place is in none of the texts that could be read. */
  unplaced: StepResult[]
}

/** The article as its readers know it, marked with what happened; its own HTML is sanitised. */
export function renderArticle(
  article: ArticleResult,
  text: string,
  { textOf, picture, evidence }: Pick<LearnContext, 'textOf' | 'picture'> & { evidence(step: StepResult): Markup },
): RenderedArticle {
  const decorations: Decorations = { nonce: article.hash, all: [] }
  const placed = new Set<StepResult>()
  const root = readLearn(article.path, text, {
    textOf,
    picture,
    variant: article.variant,
    decorations,
    mark: (root, path, text) => mark(root, path, text, { article, decorations, evidence, placed }),
  })
  const processor = unified()
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize, schema)
    .use(() => (tree: Html) => decorateAll(tree, decorations))
    .use(rehypeStringify, { allowDangerousHtml: true })
  const html = processor.stringify(processor.runSync(root))
  return { html: trusted(html), unplaced: article.steps.filter(step => !placed.has(step)) }
}

/** What an article's HTML may hold: no address that a browser would fetch by itself, no class or style, no form. */
const schema: Schema = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []).filter(name => !['input', 'picture', 'source'].includes(name)), 'u'],
  attributes: {
    '*': ['dataMark', 'title', 'dir', 'lang', 'align'],
    a: ['href', 'id', 'name'],
    img: ['alt'],
    ol: ['start', 'type', 'reversed'],
    li: ['value'],
    td: ['colSpan', 'rowSpan', 'align'],
    th: ['colSpan', 'rowSpan', 'align', 'scope'],
    details: ['open'],
    time: ['dateTime'],
  },
  clobberPrefix: 'a-',
  protocols: { href: ['http', 'https', 'mailto'] },
}

function decorateAll(tree: Html, decorations: Decorations): void {
  const found: (() => void)[] = []
  visit(tree, 'element', (element, index, parent) => {
    const decoration = decorationOf(element.properties['dataMark'], decorations)
    delete element.properties['dataMark']
    if (element.tagName === 'a') link(element.properties)
    if (element.tagName === 'pre') element.properties['tabIndex'] = 0
    if (element.tagName === 'table' && parent && index !== undefined) {
      found.push(() => (parent.children[parent.children.indexOf(element)] = scrolling(element)))
    }
    if (decoration) found.push(() => decoration(element))
  })
  for (const apply of found) apply()
}

/** A table that is wider than a phone scrolls by itself, with the keyboard too. */
function scrolling(table: Element): Element {
  const properties = { className: ['scrolling'], tabIndex: 0, role: 'group', ariaLabel: 'Table' }
  return { type: 'element', tagName: 'div', properties, children: [table] }
}

/** A link leads to where Learn would lead; what stands beside the article has no address here. */
function link(properties: Properties): void {
  const { href } = properties
  if (typeof href !== 'string') return
  if (href.startsWith('#')) properties['href'] = `#a-${href.slice(1)}`
  else if (href.startsWith('/') && !href.startsWith('//')) properties['href'] = `https://learn.microsoft.com${href}`
  else if (!/^(?:https?|mailto):/.test(href)) {
    delete properties['href']
    properties['title'] = href
  }
  if (/^https?:/.test(String(properties['href']))) properties['rel'] = ['noreferrer']
}
