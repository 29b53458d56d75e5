import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { CheckedFile } from '../check/checked-file.ts'
import { checkedFileOf, type CheckJob, type Finding } from './check-file.ts'
import type { Asked, CheckSurroundings } from './check-surroundings.ts'

/** `$XDG_CACHE_HOME/verbatim`, by default `~/.cache/verbatim`: results of this very build of Verbatim. */
export function cacheFolder(env: NodeJS.ProcessEnv, build: string): string {
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(env.HOME ?? homedir(), '.cache')
  return join(base, 'verbatim', 'check', build)
}

/**
 * What earlier checks found. A stored result holds while everything that the check asked its surroundings would be
 * answered in the same way.
 *
 * Results are lines, appended to sixteen shards (to make a file for each article takes a tenth of the time of its
 * check); the last one of an article counts. Each carries a checksum: a line that another process is writing, or that
 * was torn, counts as none. Nothing here ever throws: a result that isn't kept is found anew.
 */
export class CheckCache {
  private readonly shards = new Map<string, Shard>()
  private waiting = 0

  constructor(
    private readonly folder: string,
    private readonly cwd: string,
    private readonly surroundings: CheckSurroundings,
  ) {}

  read(job: CheckJob): CheckedFile | undefined {
    try {
      const name = this.nameOf(job)
      const [, checksum = '', asked = '', found = '', steps = ''] = this.shardOf(name).read(name)?.split('\t') ?? []
      if (checksum === '' || checksumOf(asked, found, steps) !== checksum) return undefined
      if (!this.surroundings.stillHolds(JSON.parse(asked) as Asked)) return undefined
      return checkedFileOf({ found, steps })
    } catch {
      return undefined
    }
  }

  /** Keeps a finding, at the latest when the cache is closed. */
  write(job: CheckJob, { asked, found, steps }: Finding): void {
    if (asked === undefined) return
    const name = this.nameOf(job)
    const line = [name, checksumOf(asked, found, steps), asked, found, steps].join('\t') + '\n'
    this.shardOf(name).add(line)
    this.waiting += line.length
    if (this.waiting > mostWaiting) this.flush()
  }

  close(): void {
    this.flush()
    for (const shard of this.shards.values()) shard.close()
  }

  private flush(): void {
    if (this.waiting === 0) return
    this.waiting = 0
    try {
      if (mkdirSync(this.folder, { recursive: true }) !== undefined) removeOldBuilds(this.folder)
      for (const shard of this.shards.values()) shard.flush()
    } catch {
      // There is no place to keep anything.
    }
  }

  private shardOf(name: string): Shard {
    const known = this.shards.get(name.charAt(0))
    if (known) return known
    const shard = new Shard(join(this.folder, name.charAt(0)))
    this.shards.set(name.charAt(0), shard)
    return shard
  }

  private nameOf({ path, runbook, docsRoot }: CheckJob): string {
    const name = createHash('sha256').update(JSON.stringify([this.cwd, path, runbook ?? null, docsRoot]))
    return name.digest('hex').slice(0, nameLength)
  }
}

/** Hexadecimal digits. */
const nameLength = 40
/** UTF-16 units. What waits is lost when the program is killed. */
const mostWaiting = 4_000_000
/** Bytes of results that newer ones replaced. */
const mostReplaced = 1_000_000

/** A file of lines that each begin with a name. It is looked through when it is first asked. */
class Shard {
  private lines: Map<string, { at: number; length: number }> | undefined
  private readonly waiting: string[] = []
  private file: number | undefined

  constructor(private readonly path: string) {}

  /** The last line of that name, without its end. @throws what the operating system says of the file. */
  read(name: string): string | undefined {
    this.lines ??= this.look()
    const line = this.lines.get(name)
    if (!line || this.file === undefined) return undefined
    const bytes = Buffer.allocUnsafe(line.length)
    readSync(this.file, bytes, 0, line.length, line.at)
    return bytes.toString('utf8')
  }

  add(line: string): void {
    this.waiting.push(line)
  }

  /** Appends what waits in one write, so that the lines of several processes don't mix. */
  flush(): void {
    const text = this.waiting.splice(0).join('')
    if (text !== '') appendFileSync(this.path, text)
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file)
    this.file = undefined
  }

  private look(): Map<string, { at: number; length: number }> {
    const lines = new Map<string, { at: number; length: number }>()
    let bytes: Buffer
    try {
      this.file = openSync(this.path, 'r')
      bytes = readFileSync(this.file)
    } catch {
      return lines
    }
    let live = 0
    for (let at = 0, end = bytes.indexOf(10); end >= 0; at = end + 1, end = bytes.indexOf(10, at)) {
      const name = bytes.toString('latin1', at, Math.min(at + nameLength, end))
      live += end - at - (lines.get(name)?.length ?? 0)
      lines.set(name, { at, length: end - at })
    }
    if (bytes.length - live > Math.max(live, mostReplaced)) this.compact(bytes, lines)
    return lines
  }

  /** Leaves out the lines that newer ones replaced. What another process appends meanwhile is lost. */
  private compact(bytes: Buffer, lines: ReadonlyMap<string, { at: number; length: number }>): void {
    try {
      const path = `${this.path}.${process.pid}`
      writeFileSync(
        path,
        Buffer.concat([...lines.values()].map(({ at, length }) => bytes.subarray(at, at + length + 1))),
      )
      renameSync(path, this.path)
    } catch {
      // It stays as it is: the next check tries again.
    }
  }
}

function checksumOf(...parts: readonly [asked: string, found: string, steps: string]): string {
  return createHash('sha1').update(parts.join('\t')).digest('hex')
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
