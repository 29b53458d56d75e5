import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { lineOf } from './own-article.ts'
import { project, test } from './verbatim-fixture.ts'

for (const surface of ['portal', 'arm'])
  test(`tells on the ${surface} surface with Azure's reason that a group can't go whose vault protects a machine, and removes it`, async ({
    world,
    attached,
  }) => {
    test.slow()
    cpSync(join(project, 'runbooks'), join(world.folder, 'runbooks'), { recursive: true })
    const path = join(world.folder, 'runbooks/back-up-virtual-machine.md')
    // The article forgets to stop the backup before it deletes the group.
    const [before = '', cleanUp = ''] = readFileSync(path, 'utf8').split('## Clean up resources')
    const forgetful = `${before}## Clean up resources\n\n${cleanUp.slice(cleanUp.indexOf('1. In the search box'))}`
    writeFileSync(path, forgetful)
    const args = ['run', 'runbooks/back-up-virtual-machine.md', '--surface', surface, '--cloud', 'cloud.json']
    const { code, stdout } = await world.verbatim([...args, '--output', 'out'])
    expect(code, stdout).toBe(1)
    const [article] = world.result('out').articles
    const failed = article?.steps.find(({ status }) => status === 'failed')
    expect(failed).toMatchObject({ verdict: 'product' })
    expect(failed?.place.start.line).toBe(lineOf(forgetful, '1. Select **Delete** once more'))
    expect(failed?.error?.message).toContain('could not be deleted')
    const { cleanup } = world.result('out')
    expect(cleanup.map(({ status }) => status)).not.toContain('left')
    expect(cleanup.map(({ message = '' }) => message).join()).toContain('stopped the backup of webvm')
    expect(await attached.resourceGroups()).toEqual([])
  })
