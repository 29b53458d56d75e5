/** Text that is HTML already, as opposed to text that must be escaped. */
export interface Markup {
  type: 'markup'
  html: string
}

export type Insert = Markup | string | number | false | undefined | Insert[]

/** A template tag for HTML: whatever is inserted is escaped unless it is markup itself; false and undefined vanish. */
export function markup(strings: TemplateStringsArray, ...inserts: Insert[]): Markup {
  const parts = inserts.map((insert, index) => render(insert) + (strings[index + 1] ?? ''))
  return trusted((strings[0] ?? '') + parts.join(''))
}

/** Takes text for HTML as it is. Only for what this project wrote, or for what has been sanitised. */
export function trusted(html: string): Markup {
  return { type: 'markup', html }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML, for content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? '')
}

/** Text as XML 1.0: escaped, without the characters that XML can't hold, with what an attribute would lose as references. */
export function escapeXml(text: string): string {
  return escapeHtml(text.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, '\ufffd'))
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\n\t]/g, character => `&#${character.charCodeAt(0)};`)
}

function render(insert: Insert): string {
  if (insert === false || insert === undefined) return ''
  if (Array.isArray(insert)) return insert.map(render).join('')
  return typeof insert === 'object' ? insert.html : escapeHtml(String(insert))
}
