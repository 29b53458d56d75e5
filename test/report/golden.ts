import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { dirname } from 'node:path'
import { expect } from '@playwright/test'

/** Compares text with a file under `fixtures/results`; `UPDATE=1` writes the file instead. */
export function expectGolden(text: string, name: string): void {
  const file = fileURLToPath(new URL(`../../fixtures/results/${name}`, import.meta.url))
  if (process.env['UPDATE'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  expect(text, name).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `missing: run with UPDATE=1 to write ${name}`)
}
