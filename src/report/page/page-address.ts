import type { ArticleResult, RunResult } from '../../result/result.ts'
import { fingerprint } from '../finding.ts'

/** The file of an article's page under the output folder. */
export function pageOf(run: RunResult, article: ArticleResult): string {
  return `articles/${slugOf(run, article)}.html`
}

/** The name of an article's files, without extension: safe on every file system and unique in the run. */
export function slugOf(run: RunResult, article: ArticleResult): string {
  return slugsOf(run).get(article.id) ?? slug(article.id)
}

const known = new WeakMap<RunResult, Map<string, string>>()

function slugsOf(run: RunResult): Map<string, string> {
  const cached = known.get(run)
  if (cached) return cached
  const counts = new Map<string, number>()
  for (const { id } of run.articles) counts.set(slug(id), (counts.get(slug(id)) ?? 0) + 1)
  const unique = (id: string) => (counts.get(slug(id)) === 1 ? slug(id) : `${slug(id)}-${fingerprint(id).slice(0, 8)}`)
  const slugs = new Map(run.articles.map(({ id }) => [id, unique(id)]))
  known.set(run, slugs)
  return slugs
}

function slug(id: string): string {
  const name = id
    .toLowerCase()
    .replace(/\.md\b/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return name.length > 100 ? `${name.slice(0, 90)}-${fingerprint(id).slice(0, 8)}` : name || fingerprint(id)
}
