import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The project's own article, written for the newest portal. */
export const ownArticle = readFileSync(
  fileURLToPath(new URL('../../runbooks/create-recovery-services-vault.md', import.meta.url)),
  'utf8',
)

/** The line of the first occurrence of a text in an article, 1-based. */
export function lineOf(article: string, text: string): number {
  const at = article.indexOf(text)
  if (at < 0) throw new Error(`The article does not hold “${text}”.`)
  return article.slice(0, at).split('\n').length
}

/** The article without the table row of a setting. */
export function withoutRow(article: string, setting: string): string {
  return article
    .split('\n')
    .filter(line => !line.trim().startsWith(`| ${setting} `))
    .join('\n')
}
