import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { project, test } from './verbatim-fixture.ts'

const article = readFileSync(join(project, 'runbooks', 'create-recovery-services-vault.md'), 'utf8')

test('compares what one article makes on two surfaces, and says so in every report', async ({ world }) => {
  test.slow()
  world.write({ 'vault.md': article })
  const { stdout } = await world.verbatim(['run', 'vault.md', '--surface', 'portal,arm', '--output', 'out'])
  const { articles, comparisons = [] } = world.result('out')
  expect(
    comparisons.map(({ type, name, status }) => `${type.split('/').at(-1)} ${name} ${status}`).sort(),
    stdout,
  ).toEqual(['resourceGroups contoso-recovery equal', 'vaults contoso-vault equal'])
  expect(comparisons.every(({ equal }) => equal > 0)).toBe(true)
  // The article deletes its group in the end: it was compared as it was.
  for (const { resources } of articles)
    expect(resources.find(({ type }) => type.endsWith('/resourceGroups'))).toMatchObject({
      status: 'deleted',
      snapshot: expect.anything(),
    })
  expect(stdout).toContain('2 of 2 resources are equal on both surfaces')
  const page = readFileSync(join(world.folder, 'out', 'articles', `${articles[0]?.id}.html`), 'utf8')
  expect(page).toContain('The same article on two surfaces')
})

test('compares nothing where an article runs on one surface', async ({ world }) => {
  world.write({ 'vault.md': article })
  const { stdout } = await world.verbatim(['run', 'vault.md', '--surface', 'arm', '--output', 'out'])
  expect(world.result('out').comparisons).toBeUndefined()
  expect(stdout).not.toContain('Compared')
})
