import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { RunResult } from '../../src/result/result.ts'
import { lineOf, ownArticle } from './own-article.ts'
import { project, test } from './verbatim-fixture.ts'

test('runs the own article on both surfaces, leaves its reports, and nothing in the cloud', async ({
  world,
  attached,
}) => {
  world.write({ 'article.md': ownArticle })
  const { code, stdout } = await world.verbatim([
    'run',
    'article.md',
    '--surface',
    'portal,arm',
    '--cloud',
    'cloud.json',
    '--output',
    'out',
  ])
  expect(code, stdout).toBe(0)
  const result = RunResult.parse(world.result('out'))
  expect(result.articles.map(article => [article.surface, article.status])).toEqual([
    ['portal', 'passed'],
    ['arm', 'passed'],
  ])
  expect(result.state).toBe('finished')
  expect(result.cloud).toMatchObject({ name: 'sandbox', rehearsal: true, facts: { portalEra: '2026' } })
  expect(result.articles.flatMap(article => article.resources.map(resource => resource.status)).sort()).toEqual([
    'as-described',
    'as-described',
    'deleted',
    'deleted',
  ])
  expect(result.cleanup.map(item => item.status)).toEqual(['gone', 'gone', 'gone', 'gone'])
  expect(await attached.resourceGroups()).toEqual([])
  for (const file of ['index.html', 'junit.xml', '.gitignore'])
    expect(existsSync(join(world.folder, 'out', file)), file).toBe(true)
  expect(stdout).toContain('Report: out/index.html')
  expect(stdout).toContain('Rehearsal on the sandbox: says nothing about Azure')
})

test('follows navigation only on paper on the ARM surface, and says so', async ({ world }) => {
  world.write({ 'article.md': ownArticle })
  const { code } = await world.verbatim(['run', 'article.md', '--surface', 'arm', '--output', 'out'])
  expect(code).toBe(0)
  const [article] = world.result('out').articles
  const search = article?.steps.find(step => step.place.start.line === lineOf(ownArticle, 'enter **resiliency**'))
  expect(search?.status).toBe('assumed')
  const create = article?.steps.find(step => step.place.start.line === lineOf(ownArticle, 'select **Create**.'))
  expect(create?.status).toBe('passed')
  expect(article?.requests.map(({ method }) => method)).toEqual(expect.arrayContaining(['PUT', 'GET', 'DELETE']))
})

test('carries out nothing of an earlier run whose output folder is used again', async ({ world, attached }) => {
  world.write({ 'first.md': ownArticle, 'second.md': ownArticle })
  const run = (article: string) =>
    world.verbatim(['run', article, '--surface', 'arm', '--cloud', 'cloud.json', '--output', 'out'])
  const first = await run('first.md')
  expect(first.code, first.stdout).toBe(0)
  const second = await run('second.md')
  expect(second.code, second.stdout).toBe(0)
  const { articles, cleanup } = world.result('out')
  expect(articles.map(({ path }) => path)).toEqual(['second.md'])
  expect(readdirSync(join(world.folder, 'out/specs')).filter(name => name.endsWith('.spec.mjs'))).toHaveLength(1)
  // Each run has a correlation of its own.
  expect(new Set(articles[0]?.requests.map(({ correlation }) => correlation)).size).toBe(1)
  expect(articles[0]?.resources.map(({ status }) => status).sort()).toEqual(['as-described', 'deleted'])

  const again = await run('second.md')
  expect(again.code, again.stdout).toBe(0)
  const [article] = world.result('out').articles
  const earlier = cleanup.map(({ id }) => id.split('/').at(-1) ?? id)
  expect(earlier.length).toBeGreaterThan(0)
  expect(article?.resources.filter(({ name }) => earlier.includes(name))).toEqual([])
  expect(article?.requests.filter(({ path }) => earlier.some(name => path.includes(name)))).toEqual([])
  expect(await attached.resourceGroups()).toEqual([])
})

test('refuses an output folder of other things, and leaves it alone', async ({ world }) => {
  world.write({ 'article.md': ownArticle, 'out/specs/own.md': 'mine', 'out/journal/own.md': 'mine' })
  const run = (output: string) => world.verbatim(['run', 'article.md', '--surface', 'arm', '--output', output])
  const { code, stderr } = await run('out')
  expect(code).toBe(2)
  expect(stderr).toContain("The folder 'out' holds other things than the results of a run: journal, specs.")
  expect(readdirSync(join(world.folder, 'out'), { recursive: true }).sort()).toEqual([
    ...['journal', 'journal/own.md', 'specs', 'specs/own.md'],
  ])
  const file = await run('article.md')
  expect(file.code).toBe(2)
  expect(file.stderr).toContain("'article.md' is a file, and results go into a folder.")
})

test('runs all articles of a folder into one result, and one failure stops no other', async ({ world }) => {
  world.write({
    'docs/good.md': ownArticle,
    'docs/bad.md': ownArticle.replace('North Europe', 'Atlantis').replaceAll('contoso', 'fabrikam'),
    'docs/concept.md': '# What is a vault\n\nA place for backups.\n',
  })
  const { code, stdout } = await world.verbatim(['run', 'docs', '--surface', 'arm', '--output', 'out'])
  expect(code, stdout).toBe(1)
  expect(world.result('out').articles.map(({ path, status }) => [path, status])).toEqual([
    ['docs/bad.md', 'failed'],
    ['docs/good.md', 'passed'],
  ])
  expect(stdout).toContain('1 Markdown file')
})

test('keeps articles of one run apart that call what they make by the same name', async ({ world }) => {
  world.write({
    'docs/one.md': ownArticle,
    'docs/two.md': ownArticle.replaceAll('\n', '\r\n'),
    'docs/three.md': `\uFEFF${ownArticle}`,
  })
  const { code, stdout } = await world.verbatim(['run', 'docs', '--surface', 'arm', '--output', 'out'])
  expect(code, stdout).toBe(0)
  const groups = world.result('out').articles.map(({ names }) => names['contoso-recovery'])
  expect(new Set(groups).size).toBe(3)
})

test('refuses what it does not understand before it touches anything', async ({ world, attached }) => {
  const article = ownArticle.replace(
    '1. Select **Review + create**.',
    '1. Decide on a backup policy with your manager.\n\n1. Select **Review + create**.',
  )
  world.write({ 'article.md': article })
  const { code, stdout } = await world.verbatim([
    'run',
    'article.md',
    '--surface',
    'arm',
    '--cloud',
    'cloud.json',
    '--output',
    'out',
  ])
  expect(code).toBe(2)
  expect(stdout).toContain(`article.md:${lineOf(article, 'Decide on')}`)
  expect(world.result('out').articles[0]?.status).toBe('refused')
  expect(await attached.resourceGroups()).toEqual([])
})

test('leaves out what a runbook skips by name, with its reason', async ({ world }) => {
  const article = ownArticle.replace(
    '1. Select **Review + create**.',
    '1. Decide on a backup policy with your manager.\n\n1. Select **Review + create**.',
  )
  world.write({
    'article.md': article,
    'article.runbook.yaml': 'skip:\n  - step: "Create the vault #7"\n    reason: There is no manager here.\n',
  })
  const { code, stdout } = await world.verbatim(['run', 'article.md', '--surface', 'arm', '--output', 'out'])
  expect(code, stdout).toBe(0)
  const skipped = world.result('out').articles[0]?.steps.find(step => step.status === 'skipped')
  expect(skipped).toMatchObject({ number: '7', reason: 'There is no manager here.' })
})

test('takes answers from the runbook and from the environment', async ({ world }) => {
  world.write({
    'article.md': ownArticle
      .replace('Select **North Europe**.', 'Select a region.')
      .replace('Enter *contoso-vault*.', 'Enter a unique name.'),
    'article.runbook.yaml': 'answers:\n  Region: { env: BACKUP_REGION }\n',
  })
  const { code, stdout } = await world.verbatim(['run', 'article.md', '--surface', 'arm', '--output', 'out'], {
    env: { BACKUP_REGION: 'Japan West' },
  })
  expect(code, stdout).toBe(0)
  const vault = world.result('out').articles[0]?.resources.find(({ type }) => type.endsWith('/vaults'))
  expect(vault?.status).toBe('as-described')
})

test('keeps secrets out of every file that a failed run leaves', async ({ world, attached }) => {
  world.write({ 'article.md': ownArticle.replace('**+ Vault**', '**+ Store**') })
  const { stdout, stderr } = await world.verbatim(['run', 'article.md', '--cloud', 'cloud.json', '--output', 'out'])
  const { unzipSync } = await import('fflate')
  const { credential, person } = attached.definition
  const secrets = [credential.clientSecret, person.password].flatMap(secret => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ])
  const files = readdirSync(join(world.folder, 'out'), { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  )
  const contents = files.flatMap(({ parentPath, name }) => {
    const bytes = readFileSync(join(parentPath, name))
    if (!name.endsWith('.zip')) return [{ name, bytes }]
    return Object.entries(unzipSync(bytes)).map(([inner, each]) => ({
      name: `${name}/${inner}`,
      bytes: Buffer.from(each),
    }))
  })
  expect(contents.some(({ name }) => name.includes('.zip/'))).toBe(true)
  for (const { name, bytes } of [...contents, { name: 'output', bytes: Buffer.from(stdout + stderr) }]) {
    for (const secret of secrets) expect(bytes.includes(secret), `${name} holds a secret`).toBe(false)
    expect(/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}/.test(bytes.toString('latin1')), `${name} holds a token`).toBe(false)
  }
})

test('makes the reports again from what a run stored', async ({ world }) => {
  world.write({ 'article.md': ownArticle })
  await world.verbatim(['run', 'article.md', '--surface', 'arm', '--output', 'out'])
  const before = readFileSync(join(world.folder, 'out', 'junit.xml'), 'utf8')
  const { code } = await world.verbatim(['report', 'out'])
  expect(code).toBe(0)
  expect(readFileSync(join(world.folder, 'out', 'junit.xml'), 'utf8')).toBe(before)
})

test.describe('the corpus article', () => {
  const shared = join(project, '..', 'shared', 'corpus', 'extended-zones', 'backup-virtual-machine.md')
  test.skip(!existsSync(shared), 'the corpus is not beside this checkout')

  test('passes in the portal of 2024 and through Resource Manager', async ({ world }) => {
    const { code, stdout } = await world.verbatim([
      'run',
      shared,
      '--surface',
      'portal,arm',
      '--portal-era',
      '2024',
      '--output',
      'out',
    ])
    expect(code, stdout).toBe(0)
    expect(world.result('out').articles.map(({ status, drift }) => [status, drift])).toEqual([
      ['drifted', 'cosmetic'],
      ['passed', undefined],
    ])
  })

  test('fails in the portal of 2026 at the sentence about Backup center', async ({ world }) => {
    const { code, stdout } = await world.verbatim(['run', shared, '--portal-era', '2026', '--output', 'out'])
    expect(code, stdout).toBe(1)
    const failed = world.result('out').articles[0]?.steps.find(step => step.status === 'failed')
    expect(failed?.place.start.line).toBe(lineOf(readFileSync(shared, 'utf8'), '**Backup center** from'))
    expect(failed?.error?.message).toContain('“Backup center”')
    expect(failed?.error?.found?.length).toBeGreaterThan(0)
  })
})
