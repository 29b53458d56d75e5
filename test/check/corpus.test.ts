import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { readArticle } from '../../src/article/read-article.ts'
import { mayHoldProcedure } from '../../src/check/may-hold-procedure.ts'
import type { Files } from '../../src/check/rule.ts'
import { markdownIn } from '../bench/markdown-in.ts'

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
const present = existsSync(corpus)

test('the quick look never drops a file of the corpus in which parsing finds a procedure', () => {
  test.skip(!present, 'There is no corpus beside the project.')
  test.setTimeout(300_000)
  const files: Files = {
    docsRoot: corpus,
    text: path => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    exists: path => existsSync(path),
  }
  let skipped = 0
  for (const path of markdownIn(corpus)) {
    const text = readFileSync(path, 'utf8')
    if (mayHoldProcedure({ path, text }, files)) continue
    skipped++
    const { procedures } = readArticle({ path, text }, { docsRoot: corpus, readFile: files.text })
    expect(
      procedures.map(({ title }) => title),
      join(path),
    ).toEqual([])
  }
  expect(skipped).toBeGreaterThan(300)
})

test.describe('the quick look sees', () => {
  const files: Files = {
    docsRoot: 'd',
    text: path => (path === 'd/i/x.md' ? '1. Select **Save**.\n' : undefined),
    exists: () => false,
  }
  const seen: Record<string, boolean> = {
    '1. Select **Save**.\n': true,
    '> 3) Run it.\n': true,
    '- In the menu, select\n  **Networking**.\n': true,
    '* Select __Save__.\n': true,
    'First, sign in to the portal.\n': true,
    '[!INCLUDE [x](i/x.md)]\n': true,
    '[!include [x](~/i/x.md)]\n': true,
    '[!INCLUDE [x](i/gone.md)]\n': false,
    '- **Vaults** hold backups.\n': false,
    '- **Vaults:** Select **Save** to keep them.\n': false,
    '- [Vaults](a.md): select **Save** to keep them.\n': false,
    '- Select **Save**.\n- **Vaults** hold backups.\n': true,
    '- **Open, select **Save**.\n': true,
    '- Vaults hold backups.\n': false,
    '# About\n\nA vault holds backups.\n': false,
  }
  for (const [text, sees] of Object.entries(seen))
    test(`${sees ? 'a procedure' : 'none'} in ${JSON.stringify(text)}`, () => {
      expect(mayHoldProcedure({ path: 'd/a.md', text }, files)).toBe(sees)
    })
})
