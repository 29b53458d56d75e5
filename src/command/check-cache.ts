import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { CheckedFile } from '../check/checked-file.ts'
import type { CheckJob } from './check-file.ts'
import type { Asked, CheckSurroundings } from './check-surroundings.ts'

/** `$XDG_CACHE_HOME/verbatim`, by default `~/.cache/verbatim`: results of this very build of Verbatim. */
export function cacheFolder(env: NodeJS.ProcessEnv, build: string): string {
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(env.HOME ?? homedir(), '.cache')
  return join(base, 'verbatim', 'check', build)
}

/**
 * What earlier checks found, a file for each article, named by where it stands and replaced when its text changes. A
 * stored result holds while everything that the check asked its surroundings would be answered in the same way, and it
 * carries a checksum: one that another process is writing, or that was torn, counts as none. Nothing here ever throws.
 */
export class CheckCache {
  private made = false

  constructor(
    private readonly folder: string,
    private readonly cwd: string,
    private readonly surroundings: CheckSurroundings,
  ) {}

  read(job: CheckJob): CheckedFile | undefined {
    try {
      const [checksum = '', asked = '', found = '', steps = ''] = readFileSync(this.pathOf(job), 'utf8').split('\n')
      if (checksumOf(asked, found, steps) !== checksum) return undefined
      if (!this.surroundings.stillHolds(JSON.parse(asked) as Asked)) return undefined
      return { ...(JSON.parse(found) as Omit<CheckedFile, 'steps'>), steps }
    } catch {
      return undefined
    }
  }

  write(job: CheckJob, asked: Asked, { steps, ...found }: CheckedFile): void {
    const parts = [JSON.stringify(asked), JSON.stringify(found), steps] as const
    try {
      if (!this.made) this.make()
      writeFileSync(this.pathOf(job), [checksumOf(...parts), ...parts].join('\n'))
    } catch {
      // A result that isn't kept is found anew.
    }
  }

  private pathOf({ path, runbook, docsRoot }: CheckJob): string {
    const name = createHash('sha256').update(JSON.stringify([this.cwd, path, runbook ?? null, docsRoot]))
    return join(this.folder, name.digest('hex').slice(0, 40))
  }

  private make(): void {
    this.made = true
    if (mkdirSync(this.folder, { recursive: true }) !== undefined) removeOldBuilds(this.folder)
  }
}

function checksumOf(...parts: readonly [asked: string, found: string, steps: string]): string {
  return createHash('sha1').update(parts.join('\n')).digest('hex')
}

/** What other builds left goes when nothing was written there for two weeks. */
function removeOldBuilds(current: string): void {
  const parent = dirname(current)
  const old = Date.now() - 14 * 24 * 60 * 60 * 1000
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name)
    if (name !== basename(current) && statSync(folder).mtimeMs < old) rmSync(folder, { recursive: true, force: true })
  }
}
