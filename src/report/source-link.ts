import { posix } from 'node:path'
import type { RunResult } from '../result/result.ts'

/**
 * The address of a line in the repository, at the commit that the articles were read at (docs.github.com, "Getting
 * permanent links to files"); undefined where there is none, and for what was changed since that commit.
 */
export function sourceLink({ repository, commit }: RunResult, path: string, line: number): string | undefined {
  if (!repository || !commit || repository.changed.includes(path)) return undefined
  const inside = posix.normalize(posix.join(repository.prefix, path))
  if (inside.startsWith('..') || posix.isAbsolute(path)) return undefined
  // `plain=1`: without it GitHub shows Markdown rendered, where lines have no address.
  return `${repository.address}/blob/${commit}/${inside.split('/').map(encodeURIComponent).join('/')}?plain=1#L${line}`
}
