import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { ownArticle } from './own-article.ts'
import { project, test } from './verbatim-fixture.ts'

/** Packages that take long to load, and are for clouds, browsers and shells only. */
const heavy =
  /node_modules\/(@azure\/[\w-]+|@playwright\/test|playwright(?:-core)?|zx|hono|@hono\/[\w-]+|jose|@peculiar\/[\w-]+|fflate)\//

for (const args of [
  ['--help'],
  ['check', 'article.md'],
  ['plan', 'article.md'],
  ['run', 'nowhere.md'],
  ['show', '--print'],
])
  test(`loads no heavy package for verbatim ${args.join(' ')}`, async ({ world }) => {
    world.write({ 'article.md': ownArticle })
    // With this variable node writes down every script that it loaded.
    await world.verbatim(args, { env: { NODE_V8_COVERAGE: join(world.folder, 'loaded') } })
    const loaded = readdirSync(join(world.folder, 'loaded')).flatMap(name => {
      const { result } = JSON.parse(readFileSync(join(world.folder, 'loaded', name), 'utf8')) as {
        result: { url: string }[]
      }
      return result.map(({ url }) => url)
    })
    expect(loaded.some(url => url.endsWith('/dist/verbatim.js'))).toBe(true)
    expect(loaded.filter(url => heavy.test(url))).toEqual([])
  })

test('has no install script but its own build, and no telemetry', () => {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  expect(Object.keys(scripts).filter(name => /install$/.test(name))).toEqual([])
  expect(scripts.prepare).toBe('npm run build')
})
