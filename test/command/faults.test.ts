import { expect } from '@playwright/test'
import { ownArticle } from './own-article.ts'
import { test } from './verbatim-fixture.ts'

const article = ownArticle.replaceAll('North Europe', 'West US')

test('a session that expires during a run is the surroundings’ fault, not the article’s', async ({ world }) => {
  world.write({
    'article.md': article,
    'faults.yaml': '- do: expire\n  server: resource-manager\n  method: GET\n  path: /locations\n',
  })
  const { code, stdout } = await world.verbatim(['run', 'article.md', '--faults', 'faults.yaml', '--output', 'out'])
  expect(code, stdout).toBe(3)
  expect(stdout).toContain('The portal asks for sign-in')
  const [told] = world.result('out').articles
  expect(told?.verdict).toBe('environment')
})

for (const { title, text, said } of [
  { title: 'is no YAML', text: '- [', said: 'It is no YAML' },
  { title: 'knows no such fault', text: '- do: explode\n', said: 'The faults can’t be read' },
])
  test(`a file of faults that ${title} gets one message`, async ({ world }) => {
    world.write({ 'article.md': article, 'faults.yaml': text })
    const { code, stderr } = await world.verbatim(['run', 'article.md', '--faults', 'faults.yaml'])
    expect(code).toBe(2)
    expect(stderr.replaceAll("'", '’')).toContain(said)
    expect(stderr).toContain('faults.yaml')
    expect(stderr).not.toMatch(/^ +at /m)
  })
