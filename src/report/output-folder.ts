import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { foldJournal, readJournal } from '../result/journal.ts'
import { RunResult } from '../result/result.ts'
import type { HtmlOptions } from './html.ts'
import type { Sources } from './sources.ts'

/** What stands beside a result in its output folder. */
export interface StoredFiles {
  sources: Sources
  /** Small pictures as data URIs, large ones by their place beside the page. */
  picture: NonNullable<HtmlOptions['picture']>
}

/**
 * The result that a run left in its output folder. Of a run that was killed, what its journal tells.
 *
 * @throws Error when there is none, or when it is not of this version's schema.
 */
export function readOutputFolder(folder: string): RunResult {
  const file = join(folder, 'result.json')
  const stored = existsSync(file) ? parse(readFileSync(file, 'utf8'), file) : undefined
  if (stored?.state === 'finished') return stored
  const told = foldJournal(readJournal(join(folder, 'journal'))) ?? stored
  if (told) return told
  throw new Error(
    `There is no result.json in '${folder}', and no journal. Run an article first, or name the folder of a run.`,
  )
}

/**
 * Reads `sources/<sha256>.md` and pictures of an output folder when they are asked for. Pictures of at most `inlineBelow` bytes
 * become part of the page, others stay beside it.
 */
export function storedFiles(
  folder: string,
  run: Pick<RunResult, 'images'>,
  { inlineBelow = 12_000 }: { inlineBelow?: number } = {},
): StoredFiles {
  const known = new Map<string, string | undefined>()
  return {
    sources: hash => {
      if (!/^[0-9a-f]{64}$/.test(hash)) return undefined
      if (!known.has(hash)) {
        const file = join(folder, 'sources', `${hash}.md`)
        known.set(hash, existsSync(file) ? readFileSync(file, 'utf8') : undefined)
      }
      return known.get(hash)
    },
    picture: path => pictureOf(join(folder), run.images?.[path] ?? path, inlineBelow),
  }
}

/** Whether a path that a result names stays under its output folder: a result may come from a pull request's run. */
export function staysInside(path: string): boolean {
  return !path.split(/[\\/]/).includes('..') && !/^(?:[a-z]+:|[\\/])/i.test(path)
}

function parse(text: string, file: string): RunResult {
  try {
    return RunResult.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`'${file}' is not a result of this version of Verbatim.`, { cause: error })
  }
}

const types: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

function pictureOf(folder: string, path: string, inlineBelow: number): string | undefined {
  const type = types[extname(path).toLowerCase()]
  if (!type || !staysInside(path)) return undefined
  const file = join(folder, path)
  if (!existsSync(file)) return undefined
  if (statSync(file).size > inlineBelow) return path
  return `data:${type};base64,${readFileSync(file, 'base64')}`
}
