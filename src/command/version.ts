import { readFileSync } from 'node:fs'
import { packageRoot } from './package-root.ts'

/** Verbatim's version, as its package.json says it. */
export const version = (JSON.parse(readFileSync(new URL('package.json', packageRoot()), 'utf8')) as { version: string })
  .version
