import { createHash } from 'node:crypto'
import { dirname, isAbsolute, posix, relative, resolve } from 'node:path'
import type { BlockContent, DefinitionContent, Heading, List, Paragraph as MdastParagraph, RootContent } from 'mdast'
import type { Article, Message, Place, Procedure, Section, Variant } from './article.ts'
import { readFrontMatter } from './front-matter.ts'
import { plainText, readInline } from './inline.ts'
import type { Directive } from './learn-directives.ts'
import { readItems, readProse, type Surroundings } from './read-items.ts'
import { holdsProseInstruction, holdsSteps } from './recognize-steps.ts'
import { directivesWithin, endOf, openSource, placeBetween, placeOf, startOf, type SourceFile } from './source-file.ts'
import { VariantTrack } from './variants.ts'

export interface ArticleSource {
  path: string
  text: string
}

export interface ReadArticleOptions {
  /** Includes and code from files are read inside of this folder only. */
  docsRoot: string
  /** The text of a file, undefined when there is none. The path is written like the article's. */
  readFile(path: string): string | undefined
  /** Parses also what leaves no trace in an article: slower, and the same is read. */
  whole?: boolean
}

/**
 * Reads an article in Microsoft Learn's Markdown, unmodified (portal-facts.md §16). Never throws because of what it
 * reads: what is wrong with an article is one of its messages.
 */
export function readArticle(source: ArticleSource, options: ReadArticleOptions): Article {
  const reader = new Reader(source, options)
  return reader.read()
}

/**
 * Whether reading a text may find a procedure, in a small part of the time: false only when it holds no include, no
 * numbered list, no list with bullets beside something bold, and nothing about signing in.
 */
export function mayHoldProcedure(text: string): boolean {
  return (
    /(?:^\uFEFF?|[\r\n])[ \t>]*(?:[-*+][ \t]+)*\d{1,9}[.)](?:\s|$)/.test(text) ||
    /\[!INCLUDE/i.test(text) ||
    (/\*\*|__/.test(text) && /(?:^\uFEFF?|[\r\n])[ \t>]*[-*+](?:\s|$)/.test(text)) ||
    /(?:sign|log)[\s\S]{0,20}?in/i.test(text)
  )
}

type Block = RootContent | BlockContent | DefinitionContent

class Reader implements Surroundings {
  readonly article: Article
  private readonly options: ReadArticleOptions
  private readonly text: string
  private readonly open: SourceFile[] = []
  private readonly track = new VariantTrack()
  private readonly slugs = new Map<string, number>()
  private headings: Heading[] = []
  private headingTexts: string[] = []
  private lead = ''
  private procedure: Procedure | undefined

  constructor({ path, text }: ArticleSource, options: ReadArticleOptions) {
    this.options = options
    this.text = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text
    const end = { line: 1, column: 1, offset: 0 }
    this.article = {
      type: 'article',
      path,
      hash: createHash('sha256').update(text).digest('hex'),
      title: '',
      frontMatter: {},
      sections: [],
      procedures: [],
      images: [],
      includes: [],
      messages: [],
      place: { path, start: { ...end }, end: { ...end } },
    }
  }

  read(): Article {
    const file = openSource(this.article.path, this.text, this.options)
    this.article.place = placeBetween(file, 0, this.text.length)
    this.readFile(file)
    this.variants(file, this.text.length + 1)
    for (const place of this.track.unclosed())
      this.message('zone-end', 'warning', 'Unexpected end of the file in a zone, expected `::: zone-end`', place)
    const { article } = this
    if (article.title === '' && typeof article.frontMatter.title === 'string') article.title = article.frontMatter.title
    for (const procedure of article.procedures) if (procedure.title === '') procedure.title = article.title
    return article
  }

  message(rule: string, severity: Message['severity'], message: string, place: Place): void {
    this.article.messages.push({ rule, severity, message, place })
  }

  variants(file: SourceFile, offset: number): Variant[] {
    return this.track.at(file, offset, this)
  }

  tabs(): VariantTrack {
    return this.track
  }

  /** Opens what an include or a code directive names, or says why it can't. */
  resolveFile(target: string, from: SourceFile, place: Place): { path: string; text: string } | undefined {
    const { docsRoot, readFile } = this.options
    const [bare = ''] = decodePath(target).split(/[?#]/)
    const path = bare.startsWith('~/')
      ? posix.join(docsRoot.replaceAll('\\', '/'), bare.slice(2))
      : posix.join(dirname(from.path.replaceAll('\\', '/')), bare)
    if (bare === '' || bare.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(bare) || !isInside(docsRoot, path)) {
      const message = `Unexpected path \`${target}\`, expected a file inside the documentation's folder`
      this.message('include-outside', 'error', message, place)
      return undefined
    }
    const text = readFile(path)
    if (text === undefined) {
      this.message('include-missing', 'error', `Unexpected path \`${target}\`: there is no such file`, place)
      return undefined
    }
    if (!this.article.includes.includes(path)) this.article.includes.push(path)
    return { path, text }
  }

  /** Opens an included file and hands it over; an include that includes itself is a message. */
  include(directive: Directive, from: SourceFile, use: (file: SourceFile) => void): void {
    const place = placeBetween(from, directive.start, directive.end)
    const target = directive.attributes.source ?? ''
    const found = this.resolveFile(target, from, place)
    if (!found) return
    if (this.open.some(file => file.path === found.path) || this.open.length >= deepestInclude) {
      const message = `Unexpected include of \`${target}\`, which is being read: an include can't include itself`
      this.message('include-cycle', 'error', message, place)
      return
    }
    if (++this.includeCount > mostIncludes) return
    const file = openSource(found.path, found.text, this.options)
    this.open.push(file)
    use(file)
    this.variants(file, found.text.length + 1)
    this.open.pop()
  }

  private includeCount = 0

  private readFile(file: SourceFile): void {
    if (this.open.length === 0) {
      this.open.push(file)
      this.readBlocks(file, file.tree.children)
      this.open.pop()
    } else this.readBlocks(file, file.tree.children)
  }

  private readBlocks(file: SourceFile, blocks: Block[]): void {
    for (const block of blocks) this.readBlock(file, block)
  }

  private readBlock(file: SourceFile, block: Block): void {
    if (block.type === 'yaml') return this.readYaml(file, block.value, placeOf(file, block))
    if (block.type === 'heading') return this.readHeading(file, block)
    if (block.type === 'thematicBreak') return this.endTabs(file, block)
    if (block.type === 'list') return this.readList(file, block)
    if (block.type === 'blockquote') return this.readQuote(file, block.children)
    if (block.type === 'paragraph') return this.readParagraph(file, block)
    if (block.type === 'definition' || block.type === 'html') return
    this.attach(file, block)
  }

  private readYaml(file: SourceFile, value: string, place: Place): void {
    if (file.path !== this.article.path || Object.keys(this.article.frontMatter).length > 0) return
    const { frontMatter, problems } = readFrontMatter(value, file, place)
    this.article.frontMatter = frontMatter
    this.article.messages.push(...problems)
  }

  private readHeading(file: SourceFile, heading: Heading): void {
    if (this.track.openTab(file, heading)) {
      this.procedure = undefined
      return
    }
    const title = this.inlineText(file, heading)
    const section: Section = {
      type: 'section',
      title,
      depth: heading.depth,
      slug: this.slugOf(title),
      place: placeOf(file, heading),
    }
    this.article.sections.push(section)
    if (heading.depth === 1 && this.article.title === '') this.article.title = title
    while ((this.headings.at(-1)?.depth ?? 0) >= heading.depth) {
      this.headings.pop()
      this.headingTexts.pop()
    }
    if (heading.depth > 1 || this.article.sections.length > 1) {
      this.headings.push(heading)
      this.headingTexts.push(title)
    }
    this.lead = ''
    this.procedure = undefined
  }

  private endTabs(file: SourceFile, block: Block): void {
    if (this.track.closeTabs(file, startOf(block))) this.procedure = undefined
  }

  private readList(file: SourceFile, list: List): void {
    const titles = this.headingTexts
    if (!holdsSteps(list, { heading: titles.at(-1) ?? this.article.title, lead: this.lead })) {
      this.collectImages(file, list)
      this.lead = ''
      return
    }
    const procedure = this.procedureFor(file, list)
    procedure.steps.push(...readItems(list, file, this, procedure.steps))
    this.settle(procedure)
    this.lead = ''
  }

  private settle(procedure: Procedure): void {
    const [first] = procedure.steps
    const last = procedure.steps.findLast(step => step.place.path === first?.place.path)
    if (!first || !last) return
    procedure.variants = procedure.variants.length > 0 ? procedure.variants : first.variants
    procedure.place = { path: first.place.path, start: first.place.start, end: last.place.end }
    if (!this.article.procedures.includes(procedure)) this.article.procedures.push(procedure)
    this.procedure = procedure
  }

  /** A list goes on after an image or a note, and wherever its first number says so. */
  private procedureFor(file: SourceFile, list: List): Procedure {
    const current = this.procedure
    const count = current?.steps.filter(({ depth }) => depth === 1).length ?? 0
    const continues =
      list.ordered === true && (this.lead === '' || (list.start ?? 1) === count + 1) && list.start !== null
    if (current && continues && ((list.start ?? 1) === count + 1 || (list.start ?? 1) === 1 || this.lead === ''))
      return current
    return this.newProcedure(file, list)
  }

  private newProcedure(file: SourceFile, block: Block): Procedure {
    const headings = [...this.headingTexts]
    return {
      type: 'procedure',
      title: headings.at(-1) ?? this.article.title,
      headings,
      variants: this.variants(file, startOf(block)),
      steps: [],
      place: placeOf(file, block),
    }
  }

  private readQuote(file: SourceFile, children: Block[]): void {
    for (const child of children) {
      if (child.type === 'list') this.collectImages(file, child)
      if (child.type === 'paragraph') readProse(child, file, this)
    }
  }

  private readParagraph(file: SourceFile, paragraph: MdastParagraph): void {
    const include = loneInclude(file, paragraph)
    if (include) return this.include(include, file, included => this.readFile(included))
    const { step, text } = readProse(paragraph, file, this)
    const heading = this.headingTexts.at(-1) ?? ''
    if (step && holdsProseInstruction(text, heading, this.procedure !== undefined)) {
      const procedure = this.newProcedure(file, paragraph)
      procedure.steps.push(step)
      this.settle(procedure)
      this.procedure = undefined
    }
    if (text !== '') this.lead = text
  }

  // > | 1. Run this command:
  // > |
  // > | ```azurecli
  //     ^ not indented, and yet the step's
  private attach(file: SourceFile, block: Block): void {
    const step = this.procedure?.steps.at(-1)
    if (!step || this.lead !== '' || (block.type !== 'code' && block.type !== 'table')) return
    if (!/:$/.test(step.text) || step.content.at(-1)?.type !== 'paragraph' || step.place.path !== file.path) return
    const [owner] = readItems(
      {
        type: 'list',
        ordered: false,
        spread: false,
        children: [
          {
            type: 'listItem',
            spread: false,
            children: [block],
            ...(block.position ? { position: block.position } : {}),
          },
        ],
      },
      file,
      this,
      [],
    )
    if (!owner) return
    step.content.push(...owner.content)
    step.place = { ...step.place, end: owner.place.end }
  }

  private collectImages(file: SourceFile, list: List): void {
    for (const item of list.children)
      for (const child of item.children) {
        if (child.type === 'paragraph') readProse(child, file, this)
        if (child.type === 'list') this.collectImages(file, child)
      }
  }

  private inlineText(file: SourceFile, heading: Heading): string {
    return plainText(
      readInline(heading.children, file, ({ kind, attributes }) =>
        kind === 'noLoc' || kind === 'uiControl' ? [{ type: 'text', value: attributes.text ?? '' }] : [],
      ),
    )
  }

  /** As Learn makes it: lower case, no punctuation, hyphens for spaces, and a number behind one that is taken. */
  private slugOf(title: string): string {
    const slug = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-')
    const taken = this.slugs.get(slug) ?? 0
    this.slugs.set(slug, taken + 1)
    return taken === 0 ? slug : `${slug}-${taken}`
  }
}

/** More than Learn allows, which is not to nest includes at all. */
const deepestInclude = 8
const mostIncludes = 200

/** The directive of a paragraph that is nothing but an include. */
export function loneInclude(file: SourceFile, paragraph: MdastParagraph): Directive | undefined {
  const [directive, ...others] = directivesWithin(file, startOf(paragraph), endOf(paragraph))
  if (directive?.kind !== 'include' || others.length > 0) return undefined
  return directive.start === startOf(paragraph) && directive.end >= endOf(paragraph) ? directive : undefined
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path))
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}
