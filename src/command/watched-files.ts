import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { sha256 } from './articles.ts'

/** What files held at a moment: path -> SHA-256 of the text, undefined for one that did not exist. */
export type Stamps = Map<string, string | undefined>

/** Milliseconds between two looks. Looking works in containers and on network drives too, and for editors that replace files. */
const interval = 200

/** The text is what counts, without the mark that some editors put before it. */
export function stampOf(path: string): string | undefined {
  return existsSync(path) ? stampOfText(readFileSync(path, 'utf8')) : undefined
}

export function stampOfText(text: string): string {
  return sha256(text.replace(/^\uFEFF/, ''))
}

/**
 * Resolves with the paths that differ from their stamps, when they have stayed the same from one look to the next: an editor
 * may write more than once. Resolves with nothing when the signal ends the waiting.
 */
export async function untilChanged(stamps: Stamps, signal: AbortSignal): Promise<string[]> {
  let before: string | undefined
  while (!signal.aborted) {
    const now = [...stamps.keys()].map(path => [path, stampOf(path)] as const)
    const changed = now.filter(([path, stamp]) => stamp !== stamps.get(path)).map(([path]) => path)
    const seen = JSON.stringify(now)
    if (changed.length > 0 && seen === before) return changed
    before = seen
    await sleep(interval, undefined, { signal }).catch(() => undefined)
  }
  return []
}
