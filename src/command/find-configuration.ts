import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const fileNames = ['verbatim.config.ts', 'verbatim.config.mjs', 'verbatim.config.yaml', 'verbatim.config.yml']

/** The nearest configuration upwards from a folder, as far as the git repository reaches. */
export function findConfiguration(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = fileNames.map(name => join(folder, name)).find(path => existsSync(path))
    if (found !== undefined || existsSync(join(folder, '.git')) || dirname(folder) === folder) return found
  }
}
