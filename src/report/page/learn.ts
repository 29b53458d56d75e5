import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { frontmatter } from 'micromark-extension-frontmatter'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { posix } from 'node:path'
import { visit } from 'unist-util-visit'
import type { BlockContent, Blockquote, Heading, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import type { Element } from 'hast'
import { imagePath } from '../image-path.ts'
import { markup, type Markup } from '../markup.ts'
import { box, decorate, type Box, type Decorations } from './box.ts'
import { append, prepend } from './element.ts'
import { replaceSpan, type Span } from './spans.ts'

/** What reading an article needs to know of its surroundings. */
export interface LearnContext {
  /** The text of an article or include, by its path. */
  textOf(path: string): string | undefined
  /** Draws an image of the article. */
  picture(image: { path: string; source: string; alt: string }): Markup
  /** Called with each file's tree, whose offsets are that file's, before it becomes a part of another one. */
  mark(root: Root, path: string, text: string): void
  /** The labels and ids of the tabs, pivots and monikers that were carried out; empty where the article has none. */
  variant: string[]
  decorations: Decorations
}

/**
 * Reads Markdown with the extensions of Microsoft Learn and makes of them what a reader of Learn sees: alerts, images,
 * tabs, zones, includes, checklists, code from files. Front matter is left out.
 */
export function readLearn(path: string, text: string, context: LearnContext, parents: string[] = []): Root {
  const file: File = { path, text, context, parents: [...parents, path] }
  const root = parser.parse(text)
  root.children = flow(root.children, file)
  visit(root, 'heading', heading => nameHeading(heading, context.decorations))
  visit(root, 'image', (node, index, parent) => {
    if (!parent || index === undefined) return
    parent.children[index] = image(file, { source: node.url, alt: node.alt ?? '' }, node.position)
  })
  context.mark(root, path, text)
  return root
}

interface File {
  path: string
  text: string
  context: LearnContext
  parents: string[]
}

/** A line such as `::: zone pivot="cli"`: where a part of the article begins or ends. */
interface Directive {
  type: 'directive'
  name: string
  attributes: string
}

const parser = remark()
  .use(remarkGfm)
  .use(function () {
    const data = this.data()
    ;(data.micromarkExtensions ??= []).push(frontmatter(['yaml']))
    ;(data.fromMarkdownExtensions ??= []).push(frontmatterFromMarkdown(['yaml']))
  })

function flow(children: RootContent[], file: File): RootContent[] {
  return tabs(
    zones(
      children.flatMap(child => block(child, file)),
      file,
    ),
    file,
  )
}

function block(node: RootContent, file: File): (RootContent | Directive)[] {
  if (node.type === 'yaml') return []
  if (node.type === 'paragraph') return paragraph(node, file)
  if (node.type === 'blockquote') return [quote(node, file)]
  if (node.type === 'list')
    for (const item of node.children) item.children = flow(item.children, file) as typeof item.children
  if (node.type === 'table')
    for (const cell of node.children.flatMap(row => row.children))
      cell.children = inline(cell.children, span(cell), file)
  return [node]
}

// > | :::image type="content" source="media/create.png" alt-text="Screenshot of the page.":::
// > | ::: zone pivot="portal"
// > | [!INCLUDE [sign-in](includes/sign-in.md)]
function paragraph(node: Paragraph, file: File): (RootContent | Directive)[] {
  const whole = source(node, file)
  const include = /^\s*\[!INCLUDE\s*\[[^\]]*\]\(([^)]*)\)\s*\]\s*$/i.exec(whole)?.[1]
  if (include !== undefined) return [included(include, file)]
  const code = /^\s*\[!code-?([\w-]*)\[[^\]]*\]\(([^)]*)\)\s*\]\s*$/i.exec(whole)
  if (code) return [codeFromFile(code[2] ?? '', file)]
  const directives = [...whole.matchAll(/^[ \t]*:{3,}[ \t]*([a-z-]+)([^\n]*)$/gim)].filter(
    ([, name]) => name && partNames.test(name),
  )
  if (directives.length === 0) return [{ ...node, children: inline(node.children, span(node), file) }]
  let from = span(node).start
  return [
    ...directives.map(directive => ({ directive, at: within(node, directive) })),
    { directive: undefined, at: endOf(node) },
  ].flatMap(({ directive, at }) => {
    const text = piece(node, { start: from, end: at.start }, file)
    from = at.end
    return directive
      ? [...text, { type: 'directive' as const, name: directive[1] ?? '', attributes: directive[2] ?? '' }]
      : text
  })
}

/** The part of a paragraph between two directives, if anything stands there. */
function piece(node: Paragraph, { start, end }: Span, file: File): Paragraph[] {
  const whole = span(node)
  if (file.text.slice(start, end).trim() === '') return []
  const behind = replaceSpan(node.children, { start: whole.start, end: start }, file.text, [])
  const children = replaceSpan(behind, { start: end, end: whole.end }, file.text, [])
  return [{ ...node, children: inline(children, { start, end }, file) }]
}

function endOf(node: Paragraph): Span {
  const { end } = span(node)
  return { start: end, end }
}

const partNames = /^(?:zone|moniker|row|column|image)(?:-end)?$(?<!^image$)/i

function inline(children: PhrasingContent[], whole: Span, file: File): PhrasingContent[] {
  const text = file.text.slice(whole.start, whole.end)
  let result = children
  for (const match of text.matchAll(
    /:{3,}[ \t]*(image|no-loc|code|video)\b([\s\S]*?):{3,}|\[!INCLUDE\s*\[[^\]]*\]\(([^)]*)\)\s*\]/gi,
  )) {
    const found = { start: whole.start + match.index, end: whole.start + match.index + match[0].length }
    result = replaceSpan(result, found, file.text, replacement(match, file, found))
  }
  return result
}

function replacement(match: RegExpExecArray, file: File, { start, end }: Span): PhrasingContent[] {
  const [, name = '', attributes = '', include] = match
  if (include !== undefined) return [included(include, file, 'span')]
  const kind = name.toLowerCase()
  const at = { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } }
  if (kind === 'image')
    return [image(file, { source: attribute(attributes, 'source'), alt: attribute(attributes, 'alt-text') }, at)]
  if (kind === 'no-loc') return [{ type: 'text', value: attribute(attributes, 'text'), position: at }]
  return [codeFromFile(attribute(attributes, 'source'), file, 'span')]
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`, 'i').exec(attributes)?.[1] ?? ''
}

function image(file: File, { source, alt }: { source: string; alt: string }, position: Paragraph['position']): Box {
  const path = imagePath(source, file.path) ?? source
  const picture = box('span', [], file.context.decorations, element => {
    element.properties = { className: ['figure'] }
    append(element, file.context.picture({ path, source, alt }))
  })
  return position ? { ...picture, position } : picture
}

function included(address: string, file: File, name: 'div' | 'span' = 'div'): Box {
  const path = posix.normalize(posix.join(posix.dirname(file.path), address))
  const text = file.parents.includes(path) || file.parents.length > 5 ? undefined : file.context.textOf(path)
  if (text === undefined) {
    return box(name, [], file.context.decorations, element => {
      element.properties = { className: ['missing'] }
      append(element, markup`Include <code>${address}</code> (its text is not part of this report)`)
    })
  }
  const { children } = readLearn(path, text, file.context, file.parents)
  const [first] = children
  const content = name === 'span' && first?.type === 'paragraph' ? first.children : children
  return { ...box(name, content, file.context.decorations, element => (element.properties = {})), included: true }
}

function codeFromFile(address: string, file: File, name: 'div' | 'span' = 'div'): Box {
  return box(name, [], file.context.decorations, element => {
    element.properties = { className: ['missing'] }
    append(element, markup`Code from <code>${address}</code>`)
  })
}

const alerts: Record<string, string> = {
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  caution: 'Caution',
  warning: 'Warning',
}

// > | > [!NOTE]
//   | > A vault keeps deleted items for 14 days.
function quote(node: Blockquote, file: File): Blockquote {
  const [first] = node.children
  const head = first?.type === 'paragraph' ? /^\s*\[!(\w+)([^\]]*)\]/.exec(source(first, file)) : null
  const kind = head?.[1]?.toLowerCase() ?? ''
  if (first?.type === 'paragraph' && head) {
    const { start } = span(first)
    first.children = replaceSpan(first.children, { start, end: start + head[0].length }, file.text, [])
    if (source(first, file).trim() === head[0].trim()) node.children = node.children.slice(1)
  }
  node.children = flow(node.children, file) as BlockContent[]
  if (alerts[kind]) decorate(node, file.context.decorations, element => alert(element, kind))
  if (kind === 'div') {
    const style = /class="([\w-]+)"/.exec(head?.[2] ?? '')?.[1] ?? ''
    decorate(node, file.context.decorations, element => plain(element, style))
  }
  if (kind === 'video') {
    const address = (head?.[2] ?? '').trim()
    decorate(node, file.context.decorations, element => {
      plain(element, 'missing')
      append(element, /^https:\/\//.test(address) ? markup`Video: <a href="${address}">${address}</a>` : markup`Video`)
    })
  }
  return node
}

function alert(element: Element, kind: string): void {
  element.tagName = 'div'
  element.properties = { className: ['alert', `alert-${kind}`] }
  prepend(element, markup`<p class="alert-title">${alerts[kind]}</p>`)
}

function plain(element: Element, style: string): void {
  element.tagName = 'div'
  element.properties = ['checklist', 'nextstepaction', 'missing', 'mx-imgBorder'].includes(style)
    ? { className: [style] }
    : {}
}

/** Puts what stands between `::: zone` and `::: zone-end` (or moniker) into a section that says whom it is for. */
function zones(children: (RootContent | Directive)[], file: File): RootContent[] {
  const root: RootContent[] = []
  const open: { name: string; attributes: string; children: RootContent[] }[] = []
  const close = () => {
    const part = open.pop()
    if (!part) return
    const ids = /(?:pivot|target|range)\s*=\s*"([^"]*)"/i.exec(part.attributes)?.[1]?.split(/\s*,\s*/) ?? []
    const target = open.at(-1)?.children ?? root
    if (ids.length === 0) target.push(...part.children)
    else target.push(section(part.name, ids.join(', '), ids, part.children, file))
  }
  for (const child of children) {
    if (child.type !== 'directive') (open.at(-1)?.children ?? root).push(child)
    else if (child.name.endsWith('-end')) close()
    else if (/zone|moniker/.test(child.name)) open.push({ ...child, children: [] })
  }
  while (open.length > 0) close()
  return root
}

/** Learn's tabs: headings that link to `#tab/<id>`, up to a thematic break. */
function tabs(children: RootContent[], file: File): RootContent[] {
  const result: RootContent[] = []
  let group: { id: string; label: string; depth: number; children: RootContent[] }[] = []
  const flush = () => {
    if (group.length > 0) result.push(tabGroup(group, file))
    group = []
  }
  for (const child of children) {
    const tab = child.type === 'heading' ? tabOf(child, file) : undefined
    const [first] = group
    if (tab && (!first || first.depth === tab.depth)) group.push({ ...tab, children: [] })
    else if (first && child.type === 'thematicBreak') flush()
    else if (first && child.type === 'heading' && child.depth < first.depth) {
      flush()
      result.push(child)
    } else (group.at(-1)?.children ?? result).push(child)
  }
  flush()
  return result
}

function tabOf(node: Heading, file: File) {
  const [link, ...others] = node.children
  if (others.length > 0 || link?.type !== 'link' || !link.url.startsWith('#tab/')) return undefined
  const label = link.children.map(child => ('value' in child ? child.value : source(child, file))).join('')
  return { id: link.url.slice('#tab/'.length).split('/')[0] ?? '', label, depth: node.depth }
}

function tabGroup(group: { id: string; label: string; children: RootContent[] }[], file: File): Box {
  const { variant, decorations } = file.context
  const parts = group.map(({ id, label, children }) => section('tab', label, [id, label], children, file))
  return box('div', parts, decorations, element => {
    element.properties = {
      className: ['tabs'],
      dataTabs: String(group.some(tab => isCarriedOut([tab.id, tab.label], variant))),
    }
  })
}

function section(kind: string, label: string, ids: string[], children: RootContent[], { context }: File): Box {
  const active = isCarriedOut(ids, context.variant)
  return box('section', children, context.decorations, element => {
    element.properties = {
      className: ['part', active ? 'part-tested' : 'part-other'],
      dataKind: kind,
      dataLabel: label,
    }
    const note = active || context.variant.length === 0 ? '' : 'not part of this run'
    prepend(
      element,
      markup`<p class="part-title">${label}${note && markup` <span class="part-note">${note}</span>`}</p>`,
    )
  })
}

function isCarriedOut(ids: string[], variant: string[]): boolean {
  const names = variant.flatMap(one => [one.toLowerCase(), one.toLowerCase().split(/[:=]/).at(-1) ?? ''])
  return ids.some(id => names.includes(id.toLowerCase()))
}

function nameHeading(heading: Heading, decorations: Decorations): void {
  decorate(heading, decorations, element => {
    const name = textOf(element)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s+/g, '-')
    element.properties = { ...element.properties, id: `a-${name}` }
  })
}

function textOf(element: Element): string {
  return element.children
    .map(child => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('')
}

function span(node: { position?: Paragraph['position'] }): Span {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }
}

function within(node: Paragraph, match: RegExpExecArray): Span {
  const start = span(node).start + match.index
  return { start, end: start + match[0].length }
}

function source(node: { position?: Paragraph['position'] }, { text }: File): string {
  const { start, end } = span(node)
  return text.slice(start, end)
}
