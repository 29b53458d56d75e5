import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { project, test } from './verbatim-fixture.ts'

const articles = readdirSync(join(project, 'runbooks')).filter(name => name.endsWith('.md'))

for (const surface of ['portal', 'arm'])
  test(`runs every article of ours on the ${surface} surface, reads back what they make, and leaves nothing`, async ({
    world,
    attached,
  }) => {
    test.setTimeout(600_000)
    cpSync(join(project, 'runbooks'), join(world.folder, 'runbooks'), { recursive: true })
    const args = ['run', 'runbooks', '--surface', surface, '--cloud', 'cloud.json', '--output', 'out']
    const { code, stdout } = await world.verbatim(args)
    expect(code, stdout).toBe(0)
    const result = world.result('out')
    expect(result.articles.map(({ path, status }) => [path, status])).toEqual(
      articles.map(name => [`runbooks/${name}`, 'passed']),
    )
    for (const { path, resources } of result.articles) {
      expect(resources.length, path).toBeGreaterThan(0)
      expect(
        resources.flatMap(({ differences }) => differences),
        path,
      ).toEqual([])
    }
    expect(result.cleanup.filter(({ status }) => status === 'left')).toEqual([])
    expect(await attached.resourceGroups()).toEqual([])
  })
