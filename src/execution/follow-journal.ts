import { closeSync, existsSync, openSync, readSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunEvent } from '../result/journal.ts'

/** Milliseconds between two looks into the folder. */
const interval = 100

const newline = 0x0a

/**
 * Tells every event that the workers append to the files of a journal's folder, whole lines only, in each file's order.
 *
 * @returns a function that tells what is left and ends the following.
 */
export function followJournal(folder: string, tell: (event: RunEvent) => void): () => void {
  const files = new Map<string, { read: number; rest: Buffer }>()
  const clock = setInterval(look, interval)
  return () => {
    clearInterval(clock)
    look()
  }

  function look(): void {
    if (!existsSync(folder)) return
    for (const name of readdirSync(folder)
      .filter(each => each.endsWith('.jsonl'))
      .sort()) {
      const file = files.get(name) ?? { read: 0, rest: Buffer.alloc(0) }
      files.set(name, file)
      const bytes = Buffer.concat([file.rest, readFrom(join(folder, name), file)])
      const end = bytes.lastIndexOf(newline) + 1
      file.rest = bytes.subarray(end)
      for (const line of bytes.subarray(0, end).toString('utf8').split('\n'))
        if (line !== '') tell(JSON.parse(line) as RunEvent)
    }
  }
}

function readFrom(path: string, file: { read: number }): Buffer {
  const descriptor = openSync(path, 'r')
  try {
    const chunks: Buffer[] = []
    for (;;) {
      const chunk = Buffer.alloc(65_536)
      const length = readSync(descriptor, chunk, 0, chunk.length, file.read)
      if (length === 0) break
      file.read += length
      chunks.push(chunk.subarray(0, length))
    }
    return Buffer.concat(chunks)
  } finally {
    closeSync(descriptor)
  }
}
