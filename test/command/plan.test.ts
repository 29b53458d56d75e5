import { expect } from '@playwright/test'
import { ownArticle } from './own-article.ts'
import { test } from './verbatim-fixture.ts'

test('prints what a run would do, and asks nothing of a cloud', async ({ world }) => {
  world.write({ 'article.md': ownArticle })
  const { code, stdout } = await world.verbatim(['plan', 'article.md', '--surface', 'arm'])
  expect(code, stdout).toBe(0)
  for (const words of ['Microsoft.RecoveryServices/vaults', 'North Europe', 'PUT ']) expect(stdout).toContain(words)
})

test('reads what an article in a folder includes from elsewhere in that folder', async ({ world }) => {
  const [first = '', ...others] = ownArticle.split('\n1. ')
  world.write({
    'docs/vaults/create.md': `${first}\n[!INCLUDE [sign in](../includes/steps.md)]\n`,
    'docs/includes/steps.md': others.map(step => `1. ${step}`).join('\n'),
  })
  const { code, stdout } = await world.verbatim(['plan', 'docs', '--surface', 'arm'])
  expect(code, stdout).toBe(0)
  expect(stdout).toContain('includes/steps.md')
})
