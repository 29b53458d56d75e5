import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { readSteps } from '../../src/action/read-step.ts'
import { readArticle } from '../../src/article/read-article.ts'

const shared = resolve(import.meta.dirname, '../../../shared')
const scorer = join(shared, 'gold/score.mjs')
const targets = { strict: 0.93, driving: 0.95, placed: 0.85 }

for (const name of ['dev-a', 'dev-b']) {
  test(`agrees with the hand-made labels of ${name}`, () => {
    const labels = join(shared, `gold/${name}.gold.jsonl`)
    test.skip(!existsSync(labels), 'the labelled articles are not here: ../shared is absent')
    const scores = score(labels, filesIn(labels))
    for (const [kind, least] of Object.entries(targets))
      expect(scores[kind], `${kind} F1`).toBeGreaterThanOrEqual(least)
  })
}

function filesIn(labels: string): string[] {
  const lines = readFileSync(labels, 'utf8').trim().split('\n')
  return [...new Set(lines.map(line => (JSON.parse(line) as { file: string }).file))]
}

function score(labels: string, files: string[]): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-gold-'))
  const predicted = join(folder, 'predicted.json')
  writeFileSync(predicted, JSON.stringify({ articles: files.map(read) }))
  const output = execFileSync(process.execPath, [scorer, labels, predicted], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return Object.fromEntries(
    [...output.matchAll(/^(\w+)\s+F1 ([\d.]+)/gm)].map(([, kind = '', value]) => [kind, Number(value)]),
  )
}

function read(file: string) {
  const docsRoot = join(shared, 'corpus')
  const path = join(docsRoot, file)
  const readFile = (name: string) => (existsSync(name) ? readFileSync(name, 'utf8') : undefined)
  const article = readArticle({ path, text: readFileSync(path, 'utf8') }, { docsRoot, readFile })
  const readings = readSteps(article).flatMap(procedure => procedure.readings)
  return {
    path,
    steps: readings.map(({ step, actions }) => ({ line: step.place.start.line, text: step.text, actions })),
  }
}
