/** A link of Markdown or HTML, with its address and where that stands. Offsets are UTF-16 units. */
export interface Link {
  target: string
  start: number
  end: number
}

/** The links of a text that name a section, outside of code and comments. A scan of lines: cheaper than parsing again. */
export function linksIn(text: string): Link[] {
  if (!text.includes('#')) return []
  const links: Link[] = []
  for (const { line, start } of proseLines(text)) {
    if (!line.includes('#')) continue
    const prose = line.replace(/(`+)(?!`)[^`]*\1(?!`)/g, code => ' '.repeat(code.length))
    for (const match of prose.matchAll(/\]\(\s{0,3}<?([^\s()<>]{0,500}#[^\s()<>]{0,200})>?/g))
      links.push(linkAt(match[1] ?? '', start + match.index + match[0].indexOf(match[1] ?? '')))
    const definition = /^ {0,3}\[[^\]\n]{1,200}\]:\s{0,5}<?([^\s<>]{0,500}#[^\s<>]{0,200})>?/.exec(prose)
    if (definition?.[1]) links.push(linkAt(definition[1], start + definition[0].lastIndexOf(definition[1])))
  }
  return links
}

/** The anchors that Learn makes of a text's headings, and those that it names itself. In lower case. */
export function headingAnchors(text: string): Set<string> {
  const anchors = new Set<string>()
  const taken = new Map<string, number>()
  let before = ''
  for (const { line } of proseLines(text)) {
    const title =
      /^[ >]{0,20}#{1,6}[ \t]+(.*?)[ \t#]*$/.exec(line)?.[1] ??
      (/^ {0,3}(?:=+|-{2,})\s*$/.test(line) ? before : undefined)
    if (title) {
      const slug = slugOf(title)
      const count = taken.get(slug) ?? 0
      taken.set(slug, count + 1)
      anchors.add(count === 0 ? slug : `${slug}-${count}`)
    }
    if (line.includes('<'))
      for (const match of line.matchAll(
        /<[a-z][a-z0-9]{0,9}\s[^<>]{0,200}?\b(?:id|name)\s*=\s*["']?([^"'\s>]{1,200})/gi,
      ))
        anchors.add((match[1] ?? '').toLowerCase())
    before = line.trim()
  }
  return anchors
}

function slugOf(title: string): string {
  return title
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/[*`]|\\(?=\W)/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

function linkAt(target: string, start: number): Link {
  return { target, start, end: start + target.length }
}

/** The lines that are neither fenced code nor comment. */
function* proseLines(text: string): Generator<{ line: string; start: number }> {
  let fence: string | undefined
  let comment = false
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(start, end).replace(/\r$/, '')
    const marker = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      if (marker !== undefined && marker.startsWith(fence)) fence = undefined
    } else if (comment) comment = !line.includes('-->')
    else if (marker !== undefined) fence = marker
    else {
      const opened = line.lastIndexOf('<!--')
      comment = opened >= 0 && !line.includes('-->', opened)
      yield { line, start }
    }
    start = end + 1
  }
}
