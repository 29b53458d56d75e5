import type { Place } from '../../article/article.ts'
import type { Files } from '../rule.ts'

/** The source text of a place; empty where its file is gone. */
export function sourceOf({ path, start, end }: Place, files: Files): string {
  return files.text(path)?.slice(start.offset, end.offset) ?? ''
}
