import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { posix, resolve } from 'node:path'

/** A file's text and its SHA-256; undefined when there is no such file. */
export interface KnownFile {
  text: string
  hash: string
}

/** What a check asked about other files, and was told: a stored result holds as long as the answers stay the same. */
export interface Asked {
  /** Path -> SHA-256 of its text, `null` where there is no such file. */
  read: Record<string, string | null>
  exists: Record<string, boolean>
}

/** The files around articles, each looked at once in a run. Paths count from the working directory. */
export class CheckSurroundings {
  private readonly texts = new Map<string, KnownFile>()
  private readonly hashes = new Map<string, string | null>()
  private readonly listings = new Map<string, ReadonlySet<string>>()
  private kept = 0

  constructor(private readonly cwd: string) {}

  read(path: string): KnownFile | undefined {
    const known = this.texts.get(path)
    if (known) return known
    if (this.hashes.get(path) === null) return undefined
    const found = readText(resolve(this.cwd, path))
    this.hashes.set(path, found?.hash ?? null)
    if (found) this.keep(path, found)
    return found
  }

  hash(path: string): string | null {
    const known = this.hashes.get(path)
    return known === undefined ? (this.read(path)?.hash ?? null) : known
  }

  /** Looks for the exact spelling: a build on Linux tells `Media` from `media`, wherever the author works. */
  exists(path: string): boolean {
    const folder = posix.dirname(path)
    let listing = this.listings.get(folder)
    if (!listing) {
      listing = list(resolve(this.cwd, folder))
      this.listings.set(folder, listing)
    }
    return listing.has(posix.basename(path))
  }

  /** Whether everything that was asked would be answered in the same way today. */
  stillHolds({ read, exists }: Asked): boolean {
    for (const path in read) if (this.hash(path) !== read[path]) return false
    for (const path in exists) if (this.exists(path) !== exists[path]) return false
    return true
  }

  private keep(path: string, file: KnownFile): void {
    this.kept += file.text.length
    if (this.kept > mostKept) {
      this.texts.clear()
      this.kept = file.text.length
    }
    this.texts.set(path, file)
  }
}

/** UTF-16 units. */
const mostKept = 16_000_000

/** @returns undefined where there is no file. @throws what the operating system says of one that can't be read. */
export function readText(path: string): KnownFile | undefined {
  try {
    const bytes = readFileSync(path)
    const text = bytes.toString('utf8')
    return {
      text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text,
      hash: createHash('sha256').update(bytes).digest('hex'),
    }
  } catch (error) {
    if (error instanceof Error && missing.has((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

const missing = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'ERR_INVALID_ARG_VALUE'])

function list(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder))
  } catch {
    return new Set()
  }
}
