import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/**
 * The folder that includes must stay inside of: the configured one, else the git repository's top, else `otherwise`, by
 * default the article's folder.
 */
export function docsRootFor(path: string, configured: string | undefined, cwd: string, otherwise?: string): string {
  if (configured !== undefined) return shownPath(configured, cwd)
  for (let folder = dirname(resolve(cwd, path)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git')) || existsSync(join(folder, 'docfx.json'))) return shownPath(folder, cwd)
    if (dirname(folder) === folder) return shownPath(otherwise ?? dirname(resolve(cwd, path)), cwd)
  }
}

/** A path as one would type it from the working directory; absolute where it lies outside. */
export function shownPath(path: string, cwd: string): string {
  const from = relative(cwd, resolve(cwd, path))
  const shown =
    from === ''
      ? '.'
      : from.startsWith('..') && from.split(sep).filter(part => part === '..').length > 3
        ? resolve(cwd, path)
        : from
  return shown.split(sep).join('/')
}
