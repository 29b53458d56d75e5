import { existsSync } from 'node:fs'

/** The folder of Verbatim's own package.json, from `dist/` as well as from `src/`; ends in a slash. */
export function packageRoot(): URL {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    if (existsSync(new URL('package.json', folder))) return folder
    if (folder.pathname === '/') throw new Error('Verbatim is not installed as a package: its package.json is missing.')
  }
}
