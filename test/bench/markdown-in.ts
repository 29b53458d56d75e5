import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Every Markdown file below a folder. */
export function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.md'))
    .map(path => join(folder, path))
}
