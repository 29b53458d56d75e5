import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { RunResult } from '../result/result.ts'
import type { HtmlOptions } from './html.ts'
import type { Sources } from './sources.ts'

/** What a run left in its output folder: all that reports need. */
export interface StoredRun {
  run: RunResult
  sources: Sources
  /** Small pictures as data URIs, large ones by their place beside the page. */
  picture: NonNullable<HtmlOptions['picture']>
}

/**
 * Reads `result.json` and, when they are asked for, `sources/<sha256>.md` and pictures of an output folder. Pictures of at most
 * `inlineBelow` bytes become part of the page, others stay beside it.
 * Throws when there is no result, or when it is not of this version's schema.
 */
export function readOutputFolder(folder: string, { inlineBelow = 12_000 }: { inlineBelow?: number } = {}): StoredRun {
  const file = join(folder, 'result.json')
  if (!existsSync(file))
    throw new Error(`There is no result.json in '${folder}'. Run an article first, or name the folder of a run.`)
  const run = RunResult.parse(JSON.parse(readFileSync(file, 'utf8')))
  return { run, sources: sourcesIn(folder), picture: picturesIn(folder, inlineBelow) }
}

function sourcesIn(folder: string): Sources {
  const known = new Map<string, string | undefined>()
  return hash => {
    if (!/^[0-9a-f]{64}$/.test(hash)) return undefined
    if (!known.has(hash)) {
      const file = join(folder, 'sources', `${hash}.md`)
      known.set(hash, existsSync(file) ? readFileSync(file, 'utf8') : undefined)
    }
    return known.get(hash)
  }
}

const types: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
}

function picturesIn(folder: string, inlineBelow: number): StoredRun['picture'] {
  return path => {
    const type = types[extname(path).toLowerCase()]
    const inside = !path.split(/[\\/]/).includes('..') && !/^(?:[a-z]+:|[\\/])/i.test(path)
    if (!type || !inside) return undefined
    const file = join(folder, path)
    if (!existsSync(file)) return undefined
    if (statSync(file).size > inlineBelow) return path
    return `data:${type};base64,${readFileSync(file, 'base64')}`
  }
}
