const references: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }

/** Text as Markdown that shows just that text: an article's words must not become links, mentions, images, lists or HTML. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]|~#<>&]/g, character => references[character] ?? `\\${character}`)
    .replace(/^(?:[-+]|\d+(?=[.)]))/, start => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    .replace(/@(?=\w)/g, '@\u2060')
    .replace(/(https?):\/\//gi, '$1:\u2060//')
}

/** Text as a code span, whatever backquotes it holds; in a table, where a bar would end the cell, `table` escapes bars. */
export function codeSpan(text: string, { table = false }: { table?: boolean } = {}): string {
  const line = text.replace(/\s+/g, ' ')
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(match => match[0].length)) + 1)
  const padded = /^`|`$|^ .* $/.test(line) ? ` ${line} ` : line
  const span = `${fence}${padded}${fence}`
  return table ? span.replace(/\|/g, '\\|') : span
}

/** A block of code, whatever fences it holds. */
export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(match => match[0].length)) + 1)
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`
}
