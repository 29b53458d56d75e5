import { parseDocument } from 'yaml'
import type { Message, Place } from './article.ts'
import { placeBetween, type SourceFile } from './source-file.ts'

/** The YAML on top of an article. What can't be read is a message, and what can is kept. */
export function readFrontMatter(
  value: string,
  file: SourceFile,
  place: Place,
): { frontMatter: Record<string, unknown>; problems: Message[] } {
  const document = parseDocument(value, { logLevel: 'silent', uniqueKeys: false })
  const start = file.text.indexOf('\n', place.start.offset) + 1
  const problems = document.errors.map(({ message, pos }): Message => {
    const [from, to] = pos.map(offset => Math.min(start + offset, place.end.offset)) as [number, number]
    return {
      rule: 'front-matter',
      severity: 'error',
      message: `Unexpected front matter, expected YAML: ${message.split('\n')[0] ?? ''}`,
      place: placeBetween(file, from, Math.max(from, to)),
    }
  })
  return { frontMatter: toRecord(document), problems }
}

function toRecord(document: ReturnType<typeof parseDocument>): Record<string, unknown> {
  try {
    const content: unknown = document.toJS({ maxAliasCount: 50 })
    if (content === null || typeof content !== 'object' || Array.isArray(content)) return {}
    return { ...content }
  } catch {
    return {}
  }
}
