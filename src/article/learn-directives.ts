/** One piece of Learn's own syntax, where it stands and what it says. Offsets are UTF-16 units in the file. */
export interface Directive {
  kind: DirectiveKind
  start: number
  end: number
  attributes: Record<string, string>
}

export type DirectiveKind =
  'image' | 'include' | 'code' | 'noLoc' | 'uiControl' | 'zone' | 'zoneEnd' | 'moniker' | 'monikerEnd' | 'ignored'

export interface MaskedText {
  /** As long as the source, with every directive replaced by what Markdown reads as a word or as a blank line. */
  text: string
  /** In the order of the text. */
  directives: Directive[]
}

/**
 * Finds Learn's extensions to Markdown (portal-facts.md §16) outside of code and comments, and masks them, character for
 * character, so that a Markdown parser neither stumbles over them nor moves an offset.
 */
export function maskDirectives(source: string): MaskedText {
  if (!source.includes(':::') && !source.includes('[!')) return { text: source, directives: [] }
  const directives: Directive[] = []
  const pieces: string[] = []
  let copied = 0
  for (const { start, end } of linesOutsideCode(source)) {
    const text = source.slice(start, end)
    const first = start + text.search(/[^\s>]|$/)
    const openings = openingsIn(text)
    let at = Math.max(start, copied)
    for (const offset of openings) {
      const found = start + offset
      if (found < at) continue
      const directive = readDirective(source, found, found === first ? end : undefined, end)
      if (!directive) {
        at = found + 2
        continue
      }
      directives.push(directive)
      const raw = source.slice(directive.start, directive.end)
      pieces.push(source.slice(copied, directive.start), maskOf(directive.kind, raw))
      copied = at = directive.end
    }
  }
  pieces.push(source.slice(copied))
  return { text: pieces.join(''), directives }
}

/** What fills an inline directive: a character of the private use area, which Markdown takes for a letter. */
const filler = '\uE0F0'
const blockKinds = new Set<DirectiveKind>(['zone', 'zoneEnd', 'moniker', 'monikerEnd', 'ignored'])

function maskOf(kind: DirectiveKind, raw: string): string {
  if (blockKinds.has(kind)) return raw.replace(/[^\r\n]/g, ' ')
  return raw
    .split('\n')
    .map((line, index) => {
      const kept = index > 0 ? (/^[ \t>]*/.exec(line)?.[0].length ?? 0) : 0
      return line.slice(0, kept) + line.slice(kept).replace(/[^\r]/g, filler)
    })
    .join('\n')
}

function openingsIn(line: string): number[] {
  if (!line.includes(':::') && !line.includes('[!')) return []
  return [...line.matchAll(/:::|\[!/g)].map(({ index }) => index)
}

/** `blockEnd` is the end of a line that begins with the directive. */
function readDirective(
  source: string,
  at: number,
  blockEnd: number | undefined,
  lineEnd: number,
): Directive | undefined {
  return source[at] === '[' ? readBracket(source, at, lineEnd) : readColons(source, at, blockEnd)
}

// > | [!INCLUDE [title](path)]   [!UICONTROL Save]   [!VIDEO https://…]   [!div class="checklist"]
//     ^
function readBracket(source: string, start: number, lineEnd: number): Directive | undefined {
  const rest = source.slice(start, Math.min(lineEnd, start + longestDirective))
  const include = /^\[!INCLUDE\s{0,5}-?\s{0,5}\[([^\]\n]{0,400})\]\s{0,5}\(([^)\n]{1,1000})\)\s{0,5}\]/i.exec(rest)
  if (include)
    return {
      kind: 'include',
      start,
      end: start + include[0].length,
      attributes: { title: include[1] ?? '', source: (include[2] ?? '').trim().replace(/\s+["'].*$/, '') },
    }
  const control = /^\[!UICONTROL\s+([^\]\n]{1,400})\]/i.exec(rest)
  if (control)
    return {
      kind: 'uiControl',
      start,
      end: start + control[0].length,
      attributes: { text: (control[1] ?? '').trim() },
    }
  const other = /^\[!(?:VIDEO|div|DNL|code|i?b?utton)\b[^\]\n]{0,2000}\]/i.exec(rest)
  return other ? { kind: 'ignored', start, end: start + other[0].length, attributes: {} } : undefined
}

// > | :::image type="content" source="a.png" alt-text="A.":::
//     ^
// > | ::: zone pivot="portal"
//     ^
function readColons(source: string, start: number, lineEnd: number | undefined): Directive | undefined {
  const opening = /^:::\s{0,5}([a-z]+(?:-[a-z]+)?)/i.exec(source.slice(start, start + 40))
  if (!opening) return undefined
  const name = (opening[1] ?? '').toLowerCase()
  const kind = colonKinds[name]
  if (!kind) return undefined
  if (blockKinds.has(kind)) {
    if (lineEnd === undefined) return undefined
    return { kind, start, end: lineEnd, attributes: readAttributes(source.slice(start, lineEnd)) }
  }
  const bodyStart = start + opening[0].length
  const window = source.slice(bodyStart, bodyStart + longestDirective)
  const blank = window.search(/\n[ \t>]*\r?\n/)
  const newline = window.search(/\r?\n/)
  const paragraph = blank < 0 ? window : window.slice(0, blank)
  const close = paragraph.indexOf(':::')
  const bodyEnd = close >= 0 ? close : newline < 0 ? window.length : newline
  let end = bodyStart + bodyEnd + (close >= 0 ? 3 : 0)
  const attributes = readAttributes(paragraph.slice(0, bodyEnd))
  if (close < 0) attributes.unclosed = 'true'
  if (kind === 'image' && attributes.type === 'complex') end = endOfComplexImage(source, end)
  return { kind, start, end, attributes }
}

const longestDirective = 4000

const colonKinds: Record<string, DirectiveKind> = {
  image: 'image',
  'image-end': 'ignored',
  code: 'code',
  'no-loc': 'noLoc',
  zone: 'zone',
  'zone-end': 'zoneEnd',
  moniker: 'moniker',
  'moniker-end': 'monikerEnd',
  row: 'ignored',
  'row-end': 'ignored',
  column: 'ignored',
  'column-end': 'ignored',
  form: 'ignored',
  video: 'ignored',
  api: 'ignored',
}

// > | :::image type="complex" source="a.png" alt-text="A.":::
// > |    The long description.
// > | :::image-end:::
//     ^
function endOfComplexImage(source: string, end: number): number {
  const window = source.slice(end, end + 2 * longestDirective)
  const marker = /:::\s{0,5}image-end\s{0,5}:::/.exec(window)
  return marker ? end + marker.index + marker[0].length : end
}

/** Lenient: a stray quotation mark between two attributes, as authors leave them, changes nothing. */
function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const match of text.matchAll(/(?<![\w-])([\w-]{1,30})\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"':]{1,500}))/g))
    attributes[(match[1] ?? '').toLowerCase()] = match[2] ?? match[3] ?? match[4] ?? ''
  return attributes
}

/** The lines that are neither in a fenced code block nor in an HTML comment. */
function* linesOutsideCode(source: string): Generator<{ start: number; end: number }> {
  let fence: string | undefined
  let comment = false
  for (let start = 0; start < source.length;) {
    const newline = source.indexOf('\n', start)
    const next = newline < 0 ? source.length : newline + 1
    const end = newline < 0 ? source.length : source[newline - 1] === '\r' ? newline - 1 : newline
    const line = source.slice(start, end)
    const marker = fencePattern.exec(line)
    if (fence !== undefined) {
      if (marker && closes(marker[1] ?? '', fence) && line.trimEnd().endsWith(fence[0] ?? '')) fence = undefined
    } else if (comment) {
      if (line.includes('-->')) comment = false
    } else if (marker && !(marker[1]?.startsWith('`') && line.slice(marker[0].length).includes('`'))) {
      fence = marker[1]
    } else {
      const opened = line.lastIndexOf('<!--')
      if (opened >= 0 && !line.includes('-->', opened)) comment = true
      yield { start, end: opened >= 0 ? start + line.indexOf('<!--') : end }
    }
    start = next
  }
}

const fencePattern = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})/

function closes(marker: string, fence: string): boolean {
  return marker[0] === fence[0] && marker.length >= fence.length
}
