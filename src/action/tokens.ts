import type { Delete, Emphasis, Link, LinkReference, PhrasingContent, Strong } from 'mdast'
import type { Place, Point } from '../article/article.ts'

/** A piece of a sentence: what one reads as one thing. */
export interface Token {
  /** `label` is bold, `literal` italic, bold and italic, or code; `mark` is punctuation; `break` a forced line end. */
  kind: 'word' | 'label' | 'literal' | 'link' | 'mark' | 'break'
  text: string
  /** The text in lower case, to compare with. */
  lower: string
  /** Whether white space stands before it. */
  spaced: boolean
  /** The address of a link, also of a label that is one. */
  url?: string
  start: Point
  end: Point
}

/** Markdown's inline nodes as tokens, in the order of the text. Images, comments and footnotes are none. */
export function tokenize(nodes: PhrasingContent[]): Token[] {
  const tokens = new Tokenizer().read(nodes)
  return plainVerbs(joinPairs(joinQuoted(joinBrokenLabels(tokens.flatMap(splitChain)))))
}

/** The text of tokens as one reads it. */
export function textOf(tokens: Token[]): string {
  return tokens
    .map(({ text, spaced, kind }, index) => (kind === 'break' ? ' ' : index > 0 && spaced ? ` ${text}` : text))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

export function placeOf(tokens: Token[], path: string): Place | undefined {
  const first = tokens[0]
  const last = tokens.at(-1)
  return first && last ? { path, start: first.start, end: last.end } : undefined
}

class Tokenizer {
  private readonly tokens: Token[] = []
  private spaced = false

  read(nodes: PhrasingContent[]): Token[] {
    for (const node of nodes) this.readNode(node)
    return this.tokens
  }

  private readNode(node: PhrasingContent): void {
    const { start, end } = node.position ?? nowhere
    if (node.type === 'text') return this.readText(node.value, start as Point)
    if (node.type === 'inlineCode') return this.push('literal', node.value, start as Point, end as Point)
    if (node.type === 'break') {
      this.push('break', '\n', start as Point, end as Point)
      this.spaced = true
      return
    }
    if (node.type === 'strong' || node.type === 'emphasis' || node.type === 'link' || node.type === 'delete')
      return this.readSpan(node, start as Point, end as Point)
    this.spaced ||= node.type === 'image'
  }

  private readSpan(node: Spanning, start: Point, end: Point): void {
    const { text, strong, literal, url } = describe(node)
    const kind = literal ? 'literal' : strong ? 'label' : 'link'
    const bare = text.replace(/\s+/g, ' ')
    if (/^\s/.test(bare)) this.spaced = true
    if (bare.trim() !== '') this.push(kind, bare.trim(), start, end, url)
    if (/\s$/.test(bare)) this.spaced = true
  }

  private readText(value: string, start: Point): void {
    for (const match of value.matchAll(/\s+|[^\s]+/g)) {
      if (match[0].trim() === '') {
        this.spaced = true
        continue
      }
      this.readChunk(match[0], shifted(start, match.index))
    }
  }

  // > | (Optional) Enter a name, for example:
  //     ^        ^           ^              ^ marks
  private readChunk(chunk: string, start: Point): void {
    let from = 0
    while (from < chunk.length && openingMarks.has(chunk[from] ?? ''))
      this.pushPiece('mark', chunk, start, from, ++from)
    let to = chunk.length
    while (to > from && closingMarks.has(chunk[to - 1] ?? '')) to--
    const glued = !this.spaced && this.tokens.at(-1)?.kind === 'word'
    const separates = separators.has(chunk.slice(from, to)) && !glued
    if (to > from) this.pushPiece(separates ? 'mark' : 'word', chunk, start, from, to)
    for (; to < chunk.length; to++) this.pushPiece('mark', chunk, start, to, to + 1)
  }

  private pushPiece(kind: Token['kind'], chunk: string, start: Point, from: number, to: number): void {
    this.push(kind, chunk.slice(from, to), shifted(start, from), shifted(start, to))
  }

  private push(kind: Token['kind'], text: string, start: Point, end: Point, url?: string): void {
    const last = this.tokens.at(-1)
    if (kind === 'word' && last?.kind === 'word' && !this.spaced) {
      last.text += text
      last.lower = last.text.toLowerCase().replaceAll('’', "'")
      last.end = end
      return
    }
    const lower = text.toLowerCase().replaceAll('’', "'")
    this.tokens.push({ kind, text, lower, spaced: this.spaced, start, end, ...(url === undefined ? {} : { url }) })
    this.spaced = false
  }
}

const nowhere = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } }
const openingMarks = new Set(['(', '[', '"', '“', '‘'])
const closingMarks = new Set(['.', ',', ';', ':', '!', '?', ')', ']', '"', '”', '…'])
const separators = new Set(['>', '-', '–', '—', '->', '→', '|', '/', '&'])

function shifted({ line, column, offset }: Point, by: number): Point {
  return { line, column: column + by, offset: offset + by }
}

type Spanning = Delete | Emphasis | Link | LinkReference | Strong

interface Description {
  text: string
  strong: boolean
  literal: boolean
  url?: string
}

function describe(node: Spanning): Description {
  const found: Description = { text: '', strong: node.type === 'strong', literal: node.type === 'emphasis' }
  if (node.type === 'link') found.url = node.url
  for (const child of node.children) {
    if (child.type === 'text' || child.type === 'inlineCode') found.text += child.value
    if (child.type === 'inlineCode' && node.children.length === 1) found.literal = true
    if (child.type === 'break') found.text += ' '
    if (!isSpanning(child)) continue
    const inner = describe(child)
    found.text += inner.text
    if (inner.strong && node.children.length === 1) found.strong = true
    if (inner.literal && node.children.length === 1) found.literal = true
    if (inner.url !== undefined) found.url = inner.url
  }
  return found
}

function isSpanning(node: PhrasingContent): node is Spanning {
  return ['strong', 'emphasis', 'link', 'linkReference', 'delete'].includes(node.type)
}

// > | Select **Settings > Networking**.
//              ^ two labels
function splitChain(token: Token): Token[] {
  if (token.kind !== 'label' || !/\S\s*(?:>|→)\s*\S/.test(token.text)) return [token]
  const parts = token.text.split(/\s*(?:>|→)\s*/).filter(part => part !== '')
  return parts.flatMap((text, index): Token[] => {
    const label = { ...token, text, lower: text.toLowerCase(), spaced: index > 0 || token.spaced }
    return index === 0 ? [label] : [{ ...token, kind: 'mark', text: '>', lower: '>', spaced: true }, label]
  })
}

// > | under P**rovide details**
//           ^ one label, badly marked
function joinBrokenLabels(tokens: Token[]): Token[] {
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    if (token.kind === 'label' && !token.spaced && last?.kind === 'word' && /^[A-Za-z]$/.test(last.text)) {
      joined.pop()
      const text = last.text + token.text
      joined.push({ ...token, text, lower: text.toLowerCase(), spaced: last.spaced, start: last.start })
    } else joined.push(token)
  }
  return joined
}

// > | enter "quotas" into the search box
//           ^ as good as italic
function joinQuoted(tokens: Token[]): Token[] {
  const joined: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const close = token.kind === 'mark' && /^["“]$/.test(token.text) ? closingQuote(tokens, at) : -1
    const last = close < 0 ? undefined : tokens[close]
    if (!last) {
      joined.push(token)
      continue
    }
    const text = textOf(
      tokens.slice(at + 1, close).map((word, index) => (index === 0 ? { ...word, spaced: false } : word)),
    )
    joined.push({
      kind: 'literal',
      text,
      lower: text.toLowerCase(),
      spaced: token.spaced,
      start: token.start,
      end: last.end,
    })
    at = close
  }
  return joined
}

function closingQuote(tokens: Token[], open: number): number {
  for (let at = open + 1; at < Math.min(tokens.length, open + 12); at++) {
    if (tokens[at]?.kind === 'mark' && /^["”]$/.test(tokens[at]?.text ?? '')) return at > open + 1 ? at : -1
    if (tokens[at]?.kind !== 'word' && tokens[at]?.kind !== 'mark') return -1
  }
  return -1
}

const pairs: Record<string, string> = {
  'drop down': 'drop-down',
  'text box': 'text-box',
  'check box': 'checkbox',
  'pop up': 'pop-up',
}

// > | in the **View** drop down
//                     ^ one word
function joinPairs(tokens: Token[]): Token[] {
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    const one = last?.kind === 'word' && token.kind === 'word' ? pairs[`${last.lower} ${token.lower}`] : undefined
    if (last && one !== undefined)
      joined[joined.length - 1] = { ...last, text: `${last.text} ${token.text}`, lower: one, end: token.end }
    else joined.push(token)
  }
  return joined
}

// > | **select** the **Basics** tab
//     ^ a verb, however it is set
function plainVerbs(tokens: Token[]): Token[] {
  return tokens.flatMap((token, at): Token[] => {
    if (at === 0 && isEmphasizedSentence(token)) return readEmphasized(token, tokens)
    if (token.kind !== 'label' || !/^(?:select|click|choose|enter|search for|type|check)$/.test(token.text))
      return [token]
    const next = tokens[at + 1]
    const acts =
      next &&
      (next.kind === 'label' ||
        next.kind === 'literal' ||
        /^(?:the|a|an|your|yourself|it|all|any|one)$/.test(next.lower))
    return [acts ? { ...token, kind: 'word' } : token]
  })
}

// > | **Register the new key** as a second issuer.
//     ^ an instruction that is set in bold, not a label
function isEmphasizedSentence({ kind, text, url }: Token): boolean {
  return (
    kind === 'label' &&
    url === undefined &&
    /^[A-Z][a-z]+ (?:the|a|an|your|each|all|both|its) \S/.test(text) &&
    !text.endsWith('?')
  )
}

// > | **Add a disk**: Select **Add disk**.
//     ^ a title of the step: what to do is said behind it
function readEmphasized(token: Token, tokens: Token[]): Token[] {
  const [, next] = tokens
  const titled = /[:.]$/.test(token.text) || (next?.kind === 'mark' && [':', '-', '–', '—'].includes(next.text))
  if (titled) return tokens.length > 2 ? [] : wordsOf(token)
  return next ? wordsOf(token) : [token]
}

/** The words of a label or literal, each with its share of the span. */
export function wordsOf(token: Token): Token[] {
  return [...token.text.matchAll(/[^\s.,:]+|[.,:]/g)].map((match, index): Token => {
    const text = match[0]
    const start = shifted(token.start, Math.min(match.index, token.end.offset - token.start.offset))
    const kind = /^[.,:]$/.test(text) ? 'mark' : 'word'
    return {
      kind,
      text,
      lower: text.toLowerCase(),
      spaced: index > 0 ? kind === 'word' : token.spaced,
      start,
      end: token.end,
    }
  })
}
