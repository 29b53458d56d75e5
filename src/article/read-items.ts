import type {
  BlockContent,
  DefinitionContent,
  List,
  ListItem,
  Paragraph as MdastParagraph,
  PhrasingContent,
  Table as MdastTable,
} from 'mdast'
import type { Code, Content, Image, Message, Note, Paragraph, Place, Row, Step, Table, Variant } from './article.ts'
import { readHtmlTable } from './html-table.ts'
import { plainText, readInline } from './inline.ts'
import type { Directive } from './learn-directives.ts'
import { directivesWithin, endOf, placeBetween, placeOf, pointAt, startOf, type SourceFile } from './source-file.ts'
import type { VariantTrack } from './variants.ts'

/** What reading a list needs of the article around it. */
export interface Surroundings {
  article: { images: Image[] }
  message(rule: string, severity: Message['severity'], message: string, place: Place): void
  variants(file: SourceFile, offset: number): Variant[]
  tabs(): VariantTrack
  resolveFile(target: string, from: SourceFile, place: Place): { path: string; text: string } | undefined
  include(directive: Directive, from: SourceFile, use: (file: SourceFile) => void): void
}

type Block = BlockContent | DefinitionContent

/** The steps of a list, nested ones behind the step that they stand in. `before` are the steps that it continues. */
export function readItems(list: List, file: SourceFile, around: Surroundings, before: Step[]): Step[] {
  const steps: Step[] = []
  let count = before.filter(({ depth }) => depth === 1).length
  for (const item of list.children) new ItemReader(file, around, steps).readItem(item, String(++count), 1)
  return steps
}

/** A paragraph outside of lists, as the only step of its procedure. */
export function readProse(
  paragraph: MdastParagraph,
  file: SourceFile,
  around: Surroundings,
): { step: Step | undefined; text: string } {
  const steps: Step[] = []
  const position = paragraph.position ? { position: paragraph.position } : {}
  new ItemReader(file, around, steps).readItem(
    { type: 'listItem', spread: false, children: [paragraph], ...position },
    '1',
    1,
  )
  return { step: steps[0], text: steps[0]?.text ?? '' }
}

class ItemReader {
  private step!: Step
  private number = ''
  private nested = 0

  constructor(
    private file: SourceFile,
    private readonly around: Surroundings,
    private readonly steps: Step[],
  ) {}

  readItem(item: ListItem, number: string, depth: number): void {
    this.number = number
    this.begin(number, depth, this.around.variants(this.file, startOf(item)), startOf(item))
    this.readBlocks(item.children)
  }

  private begin(number: string, depth: number, variants: Variant[], start: number): void {
    const place = placeBetween(this.file, start, start)
    this.step = { type: 'step', number, depth, text: '', content: [], variants, place }
    this.steps.push(this.step)
  }

  private readBlocks(blocks: Block[]): void {
    for (const block of blocks) this.readBlock(block)
  }

  private readBlock(block: Block): void {
    const { file } = this
    if (block.type === 'heading' && this.around.tabs().openTab(file, block)) return this.enterVariant(startOf(block))
    if (block.type === 'thematicBreak' && this.around.tabs().closeTabs(file, startOf(block))) return
    const variants = this.around.variants(file, startOf(block))
    if (!sameVariants(variants, this.step.variants) && block.type !== 'list') this.enterVariant(startOf(block))
    if (block.type === 'paragraph') return this.readParagraph(block)
    if (block.type === 'heading') return this.addParagraph(block.children, startOf(block), endOf(block))
    if (block.type === 'list') return this.readNested(block)
    if (block.type === 'table') return this.add(readTable(block, file, this.expand))
    if (block.type === 'code') return this.add(this.readCode(block))
    if (block.type === 'blockquote') return this.readQuote(block.children, placeOf(file, block))
    if (block.type === 'html') return this.readHtml(startOf(block), endOf(block))
  }

  /** What follows holds for another choice of the reader's: it becomes a step of its own, with that choice. */
  private enterVariant(start: number): void {
    const variants = this.around.variants(this.file, start)
    if (sameVariants(variants, this.step.variants)) return
    if (this.step.content.length === 0) this.step.variants = variants
    else this.begin(`${this.number}.${++this.nested}`, this.step.depth + 1, variants, start)
  }

  private readNested(list: List): void {
    const owner = this.step
    for (const item of list.children) {
      const reader = new ItemReader(this.file, this.around, this.steps)
      reader.readItem(item, `${this.number}.${++this.nested}`, owner.depth + 1)
    }
  }

  private readParagraph(paragraph: MdastParagraph): void {
    const start = startOf(paragraph)
    const end = endOf(paragraph)
    const [directive, ...others] = directivesWithin(this.file, start, end)
    if (directive?.kind === 'include' && others.length === 0 && directive.start === start && directive.end >= end)
      return this.readInclude(directive)
    if (directive && isSpanOfDirectives(this.file, start, end)) {
      for (const one of [directive, ...others]) this.addDirective(one)
      return
    }
    this.addParagraph(paragraph.children, start, end)
  }

  // > | **Note:** The deployment takes a while.
  //     ^ a note without Learn's marker
  private addBoldNote(inline: PhrasingContent[], place: Place): boolean {
    const [first, ...rest] = inline
    const kind =
      first?.type === 'strong'
        ? /^(note|tip|important|caution|warning)s?\s*[:!.]?$/i.exec(plainText([first]))?.[1]
        : undefined
    if (kind === undefined) return false
    const [next] = rest
    const colon = next?.type === 'text' ? (/^\s*[:\-–—]?\s*/.exec(next.value)?.[0].length ?? 0) : 0
    const from = next ? startOf(next) + colon : place.end.offset
    const children = rest
      .map(node => trimBefore(node, from, this.file))
      .filter(node => node.type !== 'text' || node.value !== '')
    const start = pointAt(this.file, Math.min(from, place.end.offset))
    const paragraph: Paragraph = { type: 'paragraph', children, place: { ...place, start } }
    this.add({ type: 'note', kind: kind.toLowerCase() as Note['kind'], children: [paragraph], place })
    return true
  }

  private addParagraph(children: PhrasingContent[], start: number, end: number): void {
    const inline = readInline(children, this.file, this.expand)
    const place = placeBetween(this.file, start, end)
    if (inline.every(node => node.type === 'image' || isBlank(node))) {
      for (const node of inline) {
        if (node.type === 'image') this.add(imageOf(node, this.file, place))
      }
      return
    }
    for (const node of inline)
      if (node.type === 'image') this.around.article.images.push(imageOf(node, this.file, place))
    if (this.addBoldNote(inline, place)) return
    this.step.text = [this.step.text, plainText(inline)].filter(Boolean).join(' ')
    this.add({ type: 'paragraph', children: inline, place })
  }

  private add(content: Content): void {
    this.step.content.push(content)
    if (content.type === 'image') this.around.article.images.push(content)
    if (content.place.path === this.step.place.path) this.step.place = { ...this.step.place, end: content.place.end }
  }

  private readInclude(directive: Directive): void {
    const outer = this.file
    const { step } = this
    this.around.include(directive, outer, file => {
      this.file = file
      this.readBlocks(file.tree.children.filter((node): node is Block => node.type !== 'yaml') as Block[])
    })
    this.file = outer
    step.place = { ...step.place, end: pointAt(outer, directive.end) }
  }

  private addDirective(directive: Directive): void {
    if (directive.kind === 'image') return this.add(readImage(directive, this.file, this.around))
    if (directive.kind === 'include') return this.readInclude(directive)
    if (directive.kind !== 'code') return
    const code = readCodeFile(directive, this.file, this.around)
    if (code) this.add(code)
  }

  private readCode({
    lang,
    value,
    position,
  }: {
    lang?: string | null | undefined
    value: string
    position?: MdastParagraph['position'] | undefined
  }): Code {
    const place = placeBetween(this.file, position?.start.offset ?? 0, position?.end.offset ?? 0)
    return { type: 'code', language: (lang ?? '').toLowerCase(), value, place }
  }

  private readQuote(children: Block[], place: Place): void {
    const [first] = children
    const marker = first?.type === 'paragraph' ? noteMarker(this.file, first) : undefined
    if (!marker) return this.readBlocks(children)
    const note: Note = { type: 'note', kind: marker.kind, children: [], place }
    for (const child of children) {
      if (child.type === 'list') {
        for (const item of child.children)
          for (const part of item.children)
            if (part.type === 'paragraph') note.children.push(this.noteParagraph(part, 0))
      }
      if (child.type !== 'paragraph') continue
      const paragraph = this.noteParagraph(child, child === first ? marker.end : 0)
      if (paragraph.children.length > 0) note.children.push(paragraph)
    }
    this.add(note)
  }

  private noteParagraph(paragraph: MdastParagraph, from: number): Paragraph {
    const start = Math.max(startOf(paragraph), from)
    const children = readInline(paragraph.children, this.file, this.expand)
      .map(node =>
        node.type === 'text' && startOf(node) < from && endOf(node) <= from
          ? undefined
          : trimBefore(node, from, this.file),
      )
      .filter(node => node !== undefined)
    while (children[0]?.type === 'break' || (children[0]?.type === 'text' && children[0].value.trim() === ''))
      children.shift()
    return { type: 'paragraph', children, place: placeBetween(this.file, start, Math.max(start, endOf(paragraph))) }
  }

  private readHtml(start: number, end: number): void {
    const table = readHtmlTable(this.file, start, end)
    if (table) this.add(table)
  }

  private readonly expand = (directive: Directive, file: SourceFile): PhrasingContent[] => {
    const position = { start: pointAt(file, directive.start), end: pointAt(file, directive.end) }
    const { text = '', source = '' } = directive.attributes
    if (directive.kind === 'noLoc') return [{ type: 'text', value: text, position }]
    if (directive.kind === 'uiControl')
      return [{ type: 'strong', children: [{ type: 'text', value: text, position }], position }]
    if (directive.kind === 'image')
      return [{ type: 'image', url: source, alt: directive.attributes['alt-text'] ?? '', position }]
    if (directive.kind !== 'include') return []
    let found: PhrasingContent[] = []
    this.around.include(directive, file, included => {
      const paragraph = included.tree.children.find(node => node.type === 'paragraph')
      if (paragraph) found = readInline(paragraph.children, included, this.expand).map(node => moved(node, position))
    })
    return found
  }
}

/** An inline include stands where it is included: its text belongs to a paragraph of the other file. */
function moved<Node extends PhrasingContent>(node: Node, position: NonNullable<Node['position']>): Node {
  if ('children' in node)
    return { ...node, position, children: node.children.map(child => moved(child as PhrasingContent, position)) }
  return { ...node, position }
}

function readTable(
  table: MdastTable,
  file: SourceFile,
  expand: (directive: Directive, file: SourceFile) => PhrasingContent[],
): Table {
  const [header, ...rows] = table.children.map((row): Row => {
    const cells = row.children.map(cell => {
      const children = readInline(cell.children, file, expand)
      return { type: 'cell' as const, text: plainText(children), children, place: placeOf(file, cell) }
    })
    return { type: 'row', cells, place: placeOf(file, row) }
  })
  return { type: 'table', header: header?.cells ?? [], rows, place: placeOf(file, table) }
}

function readImage({ attributes, start, end }: Directive, file: SourceFile, around: Surroundings): Image {
  const place = placeBetween(file, start, end)
  if (attributes.unclosed || !attributes.source)
    around.message('image-syntax', 'warning', 'Unexpected `:::image`, expected `source="…"` and a closing `:::`', place)
  return {
    type: 'image',
    source: attributes.source ?? '',
    alt: attributes['alt-text'] ?? '',
    ...(attributes.lightbox ? { lightbox: attributes.lightbox } : {}),
    place,
  }
}

// > | :::code language="azurecli" source="~/scripts/a.sh" id="create" range="2-5":::
function readCodeFile({ attributes, start, end }: Directive, file: SourceFile, around: Surroundings): Code | undefined {
  const place = placeBetween(file, start, end)
  const found = around.resolveFile(attributes.source ?? '', file, place)
  if (!found) return undefined
  const lines = found.text.split(/\r?\n/)
  const chosen = attributes.id
    ? snippet(lines, attributes.id)
    : attributes.range
      ? ranges(lines, attributes.range)
      : lines
  return {
    type: 'code',
    language: (attributes.language ?? '').toLowerCase(),
    value: chosen.join('\n').trimEnd(),
    place,
  }
}

// > | # <create>
// > | az group create …
// > | # </create>
function snippet(lines: string[], id: string): string[] {
  const begin = lines.findIndex(line => line.includes(`<${id}>`))
  const finish = lines.findIndex(line => line.includes(`</${id}>`))
  return begin < 0 ? [] : lines.slice(begin + 1, finish < begin ? undefined : finish)
}

function ranges(lines: string[], range: string): string[] {
  return range.split(',').flatMap(part => {
    const [from = '', to] = part.split('-')
    return lines.slice(Number(from) - 1, to === undefined ? Number(from) : to.trim() === '' ? undefined : Number(to))
  })
}

const noteKinds = new Set(['note', 'tip', 'important', 'caution', 'warning'])

// > | > [!NOTE]
//       ^
function noteMarker(file: SourceFile, paragraph: MdastParagraph): { kind: Note['kind']; end: number } | undefined {
  const start = startOf(paragraph)
  const match = /^\[!(\w{1,12})\]\s*/.exec(file.text.slice(start, start + 40))
  const kind = match?.[1]?.toLowerCase() ?? ''
  return match && noteKinds.has(kind)
    ? { kind: kind as Note['kind'], end: start + match[0].trimEnd().length }
    : undefined
}

function trimBefore(node: PhrasingContent, from: number, file: SourceFile): PhrasingContent {
  if (node.type !== 'text' || startOf(node) >= from) return node
  const cut = from - startOf(node)
  return {
    ...node,
    value: node.value.slice(cut),
    position: { start: pointAt(file, from), end: pointAt(file, endOf(node)) },
  }
}

function isSpanOfDirectives(file: SourceFile, start: number, end: number): boolean {
  let at = start
  for (const directive of directivesWithin(file, start, end)) {
    if (
      !/^[\s>]*$/.test(file.text.slice(at, directive.start)) ||
      !['image', 'code', 'include', 'ignored'].includes(directive.kind)
    )
      return false
    at = directive.end
  }
  return /^[\s>]*$/.test(file.text.slice(at, Math.max(at, end)))
}

function isBlank(node: PhrasingContent): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '')
}

function imageOf(
  node: { url: string; alt?: string | null | undefined; position?: MdastParagraph['position'] | undefined },
  file: SourceFile,
  place: Place,
): Image {
  const { start, end } = node.position ?? {}
  return {
    type: 'image',
    source: node.url,
    alt: node.alt ?? '',
    place: placeBetween(file, start?.offset ?? place.start.offset, end?.offset ?? place.end.offset),
  }
}

function sameVariants(some: Variant[], others: Variant[]): boolean {
  return (
    some.length === others.length && some.every(({ kind, id }, at) => others[at]?.kind === kind && others[at].id === id)
  )
}
