import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect } from '@playwright/test'
import type { RunResult } from '../../src/result/result.ts'
import { decodePicture, encodePicture } from '../../src/execution/picture.ts'
import { stored } from '../report/pages.ts'
import { ownArticle } from './own-article.ts'
import { project, test, type World } from './verbatim-fixture.ts'

const rehearsal = 'Rehearsal on the sandbox: says nothing about Azure'
const anyText: unknown = expect.any(String)
const all = 'terminal,html,junit,json,sarif,github,digest,badge,issues'

test('writes a run in every form that was asked for, and each names the cloud', async ({ world }) => {
  world.write({ 'docs/article.md': ownArticle, 'summary.md': 'Before.\n' })
  const { code, stdout } = await world.verbatim(
    ['run', 'docs/article.md', '--surface', 'arm', '--output', 'out', '--reporter', all],
    { env: { GITHUB_STEP_SUMMARY: join(world.folder, 'summary.md') } },
  )
  expect(code, stdout).toBe(0)
  expect(stdout).toContain('::notice title=Rehearsal::')
  for (const file of ['index.html', 'junit.xml', 'results.sarif', 'digests/verbatim-docs.md'])
    expect(read(world, `out/${file}`), file).toContain(rehearsal)
  expect(read(world, 'summary.md')).toMatch(/^Before\.\n## Verbatim: 1 article/)
  const [badge] = readdirSync(join(world.folder, 'out/badges'))
  expect(read(world, `out/badges/${badge}`)).toContain('rehearsal on the sandbox')
  expect(JSON.parse(read(world, 'out/issues/index.json'))).toEqual([])
  expect(existsSync(join(world.folder, 'reports/history'))).toBe(false)
})

test('prints nothing but the result where standard output is JSON, whatever reports are written', async ({ world }) => {
  world.write({ 'article.md': ownArticle })
  const { stdout } = await world.verbatim([
    ...['run', 'article.md', '--surface', 'arm', '--output', 'out', '--format', 'json', '--reporter', all],
  ])
  expect((JSON.parse(stdout) as RunResult).articles).toHaveLength(1)
})

test('refuses a reporter that does not exist, and names those that do', async ({ world }) => {
  world.write({ 'article.md': ownArticle, 'verbatim.config.yaml': 'reporters: [html, pdf]\n' })
  const { code, stderr } = await world.verbatim(['run', 'article.md', '--surface', 'arm'])
  expect(code).toBe(2)
  expect(stderr).toContain("There is no reporter 'pdf'.")
  expect(stderr).toContain('terminal, html, junit, json, sarif, github, digest, badge, issues, list, line, dot')
})

test('fails a step in JUnit from the drift on that the run fails from', async ({ world }) => {
  store(world, 'out', stored('drifted'))
  for (const [failOn, failures] of [
    ['blocking', 1],
    ['cosmetic', 3],
  ] as const) {
    await world.verbatim(['report', 'out', '--reporter', 'junit', '--fail-on', failOn])
    expect(read(world, 'out/junit.xml').match(/<failure /g)).toHaveLength(failures)
  }
})

test('tells each owner, and every article that is wrong once, from a stored night', async ({ world }) => {
  const night = stored('night')
  store(world, 'out', night)
  const { code, stdout } = await world.verbatim(['report', 'out', '--reporter', all])
  expect(code, stdout).toBe(0)
  expect(JSON.parse(read(world, 'out/digests/index.json'))).toEqual([
    { owner: 'lenafranke', title: anyText, path: 'digests/lenafranke.md' },
    { owner: 'omarhaddad', title: anyText, path: 'digests/omarhaddad.md' },
    { owner: 'priyanair', title: anyText, path: 'digests/priyanair.md' },
  ])
  const issues = JSON.parse(read(world, 'out/issues/index.json')) as { fingerprint: string; body: string }[]
  expect(new Set(issues.map(issue => issue.body)).size).toBe(4)
  for (const { fingerprint, body } of issues)
    expect(read(world, `out/${body}`)).toContain(`<!-- verbatim:article=${fingerprint} `)
  expect(readdirSync(join(world.folder, 'out/badges'))).toHaveLength(night.articles.length)
  expect(stdout).toMatch(/^::error file=docs\/articles\/create-vault\.md,line=33,/m)
  expect(stdout).toContain('Ran on Azure')
})

test('takes owners from CODEOWNERS for articles that name none', async ({ world }) => {
  const night = stored('night')
  const articles = night.articles.map(({ owner: _, ...article }) => article)
  store(world, 'out', { ...night, articles })
  world.write({
    '.git/HEAD': '',
    '.github/CODEOWNERS': '* @contoso/everyone\n/docs/articles/tag-group.md @contoso/groups\n',
    'others.txt': '* @fabrikam/docs\n',
  })
  const owners = () => [...new Set(world.result('out').articles.map(article => article.owner))]
  await world.verbatim(['report', 'out', '--no-code-owners'])
  expect(owners()).toEqual([undefined])
  await world.verbatim(['report', 'out', '--code-owners', 'others.txt', '--output', 'other'])
  expect(world.result('other').articles[0]?.owner).toBe('@fabrikam/docs')
  await world.verbatim(['report', 'out'])
  expect(owners()).toEqual(['@contoso/everyone', '@contoso/groups'])
  const { code, stderr } = await world.verbatim(['report', 'out', '--code-owners', 'none.txt'])
  expect(code).toBe(2)
  expect(stderr).toContain('There is no CODEOWNERS file')
})

test('makes one report of several shards, with the texts and pictures of each', async ({ world }) => {
  const night = stored('night')
  const half = Math.ceil(night.articles.length / 2)
  store(world, 'shard-1', { ...night, run: 'one', articles: night.articles.slice(0, half), exitCode: 1 })
  store(world, 'shard-2', { ...night, run: 'two', articles: night.articles.slice(half), exitCode: 4 })
  const missing = await world.verbatim(['report', 'shard-1', 'shard-2'])
  expect(missing.code).toBe(2)
  expect(missing.stderr).toContain('Say --output <folder>.')
  const { code } = await world.verbatim(['report', 'shard-1', 'shard-2', '--output', 'whole', '--exit-code'])
  expect(code).toBe(4)
  expect(
    world
      .result('whole')
      .articles.map(article => article.id)
      .sort(),
  ).toEqual(night.articles.map(article => article.id).sort())
  expect(read(world, 'whole/index.html')).toContain(`${night.articles.length} articles`)
  expect(readdirSync(join(world.folder, 'whole/articles'))).toHaveLength(night.articles.length)
  expect(existsSync(join(world.folder, 'whole/screenshots/vaults.png'))).toBe(true)
})

test('does not mix clouds, and refuses what is no result', async ({ world }) => {
  store(world, 'one', stored('passed'))
  store(world, 'two', stored('rehearsed'))
  world.write({ 'three/result.json': '{"schemaVersion": 7}', 'four/readme.txt': '' })
  const mixed = await world.verbatim(['report', 'one', 'two', '--output', 'out'])
  expect([mixed.code, mixed.stderr]).toEqual([2, expect.stringContaining('different clouds (azure, sandbox)')])
  for (const folder of ['three', 'four', 'five']) {
    const { code, stderr } = await world.verbatim(['report', folder])
    expect(code).toBe(2)
    expect(stderr).toContain(`'${folder}' is not the output folder of a run`)
  }
})

test('copies nothing from outside of a stored run', async ({ world }) => {
  const [article, ...others] = stored('passed').articles
  if (!article) throw new Error('no article is stored')
  const trace = '../secret.zip'
  store(world, 'runs/one', { ...stored('passed'), articles: [{ ...article, trace }, ...others] })
  world.write({ 'runs/secret.zip': 'secret' })
  await world.verbatim(['report', 'runs/one', '--output', 'a/b'])
  expect(existsSync(join(world.folder, 'a/b/index.html'))).toBe(true)
  expect(existsSync(join(world.folder, 'a/secret.zip'))).toBe(false)
})

test('reports a run that was killed as far as it came', async ({ world }) => {
  const lingering = ownArticle.replace(
    '## Clean up resources',
    '## Rest\n\n1. Run the command:\n\n   ```bash\n   sleep 60\n   ```\n\n## Clean up resources',
  )
  world.write({ 'article.md': lingering })
  const running = world.start(['run', 'article.md', '--surface', 'arm', '--allow-shell', '--output', 'out'])
  await running.said('Go to resource')
  running.process.kill('SIGKILL')
  await running.ended
  const { code, stdout } = await world.verbatim(['report', 'out', '--reporter', 'html,junit,terminal'])
  expect(code, stdout).toBe(0)
  const statuses = world.result('out').articles[0]?.steps.map(step => step.status)
  expect(statuses).toContain('passed')
  expect(statuses).toContain('not-run')
  expect(read(world, 'out/index.html')).toContain('This run has not ended.')
  expect(stdout).toContain('not run')
})

test('remembers each night once, tells what broke since, and forgets what is too old', async ({ world }) => {
  const good = stored('passed')
  const bad = { ...stored('wrong-article') }
  const nights: [string, RunResult][] = [
    ['2026-09-01', good],
    ['2026-11-19', good],
    ['2026-11-20', bad],
    ['2026-11-21', bad],
  ]
  for (const [day, run] of nights) {
    store(world, `nights/${day}`, onDay(run, day))
    expect((await world.verbatim(['report', `nights/${day}`, '--record'])).code).toBe(0)
  }
  await world.verbatim(['report', 'nights/2026-11-21', '--record', '--reporter', 'digest'])
  expect(history(world).map(entry => [entry.at.slice(0, 10), entry.status])).toEqual([
    ['2026-09-01', 'passed'],
    ['2026-11-19', 'passed'],
    ['2026-11-20', 'failed'],
    ['2026-11-21', 'failed'],
  ])
  expect(read(world, 'nights/2026-11-21/digests/lenafranke.md')).toContain('Failing since 20 November 2026')
  world.write({ 'verbatim.config.yaml': 'history: nights/history\nkeep: 30\n' })
  cpSync(join(world.folder, 'reports/history'), join(world.folder, 'nights/history'), { recursive: true })
  store(world, 'nights/today', onDay(good, new Date().toISOString().slice(0, 10)))
  await world.verbatim(['report', 'nights/today', '--record'])
  const limit = new Date(Date.now() - 31 * 86_400_000).toISOString()
  const kept = history(world, 'nights/history')
  expect(kept.every(entry => entry.at > limit)).toBe(true)
  expect(
    kept.some(entry => entry.run.endsWith('today') || entry.at > new Date(Date.now() - 86_400_000 * 2).toISOString()),
  ).toBe(true)
})

test('rebuilds an old night with what was known then', async ({ world }) => {
  for (const [day, name] of [
    ['2026-11-19', 'passed'],
    ['2026-11-20', 'wrong-article'],
  ] as const) {
    store(world, day, onDay(stored(name), day))
    await world.verbatim(['report', day, '--record'])
  }
  await world.verbatim(['report', '2026-11-19', '--reporter', 'digest,badge'])
  expect(read(world, '2026-11-19/digests/lenafranke.md')).not.toContain('Failing since')
})

test('a rehearsal never enters the history, not even when it is asked to', async ({ world }) => {
  store(world, 'out', stored('rehearsed'))
  await world.verbatim(['report', 'out', '--record'])
  expect(existsSync(join(world.folder, 'reports/history'))).toBe(false)
})

test('a run that is no rehearsal enters the history by itself, unless it is kept out', async ({ world, attached }) => {
  // The sandbox in the clothes of a real cloud: what decides is the definition alone.
  const { person: _nobody, ...sandbox } = attached.definition
  const credential = { ...sandbox.credential, clientSecret: { env: 'CONTOSO_SECRET' } }
  const definition = { ...sandbox, credential, name: 'contoso', rehearsal: false }
  const env = { CONTOSO_SECRET: sandbox.credential.clientSecret }
  world.write({ 'article.md': ownArticle, 'contoso.json': JSON.stringify(definition) })
  const run = ['run', 'article.md', '--surface', 'arm', '--cloud', 'contoso.json']
  await world.verbatim([...run, '--output', 'aside', '--no-record'], { env })
  expect(existsSync(join(world.folder, 'reports/history'))).toBe(false)
  const { stdout } = await world.verbatim([...run, '--output', 'out'], { env })
  expect(history(world), stdout).toMatchObject([{ cloud: 'contoso', path: 'article.md', status: 'passed' }])
})

test('links lead to the line in the repository at the commit, but not for changed articles', async ({ world }) => {
  world.write({ 'docs/one.md': ownArticle, 'docs/two.md': ownArticle.replaceAll('contoso', 'fabrikam') })
  const git = (...args: string[]) => execFileSync('git', args, { cwd: world.folder, encoding: 'utf8', stdio: 'pipe' })
  git('init', '-q')
  git('add', 'docs')
  git('-c', 'user.name=a', '-c', 'user.email=a@contoso.example', 'commit', '-q', '-m', 'Add articles')
  git('remote', 'add', 'origin', 'https://someone:ghp_notasecret@github.com/contoso/docs.git')
  const commit = git('rev-parse', 'HEAD').trim()
  world.write({ 'docs/two.md': ownArticle.replaceAll('contoso', 'adatum') })
  await world.verbatim(['run', 'docs', '--surface', 'arm', '--output', 'out'])
  const pages = readdirSync(join(world.folder, 'out/articles')).map(name => read(world, `out/articles/${name}`))
  const [one = '', two = ''] = pages.toSorted(
    (a, b) => Number(b.includes('github.com')) - Number(a.includes('github.com')),
  )
  expect(one).toContain(`href="https://github.com/contoso/docs/blob/${commit}/docs/one.md?plain=1#L1"`)
  expect(two).not.toContain('github.com')
  for (const file of readdirSync(join(world.folder, 'out'), { recursive: true, withFileTypes: true }))
    if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name)).includes('ghp_'), file.name).toBe(false)
})

test("keeps the article's own pictures: small ones in the page, large ones beside it, none from elsewhere", async ({
  world,
}) => {
  const article = ownArticle.replace(
    '1. Select **Review + create**.',
    [
      '1. Select **Review + create**.',
      ...['./media/small.png', 'media/large.png', 'media/none.png', '../../outside.png'].map(
        source => `    :::image type="content" source="${source}" alt-text="${source}":::`,
      ),
    ].join('\n\n'),
  )
  world.write({ 'repository/docs/article.md': article, 'repository/.git/HEAD': '' })
  mkdirSync(join(world.folder, 'repository/docs/media'))
  writeFileSync(join(world.folder, 'repository/docs/media/small.png'), picture(8))
  writeFileSync(join(world.folder, 'repository/docs/media/large.png'), picture(120))
  writeFileSync(join(world.folder, 'outside.png'), picture(9))
  const { code, stdout } = await world.verbatim(['run', 'docs/article.md', '--surface', 'arm', '--output', 'out'], {
    cwd: join(world.folder, 'repository'),
  })
  expect(code, stdout).toBe(0)
  const page = read(world, 'repository/out/index.html')
  const { images = {} } = world.result('repository/out')
  expect(Object.keys(images).sort()).toEqual(['docs/media/large.png', 'docs/media/small.png'])
  expect(
    page.includes(`<img src="data:image/png;base64,${picture(8).toString('base64')}" alt="./media/small.png"`),
  ).toBe(true)
  expect(page.includes(`<img src="${images['docs/media/large.png']}" alt="media/large.png"`)).toBe(true)
  expect(images['docs/media/large.png']).toMatch(/^images\/[0-9a-f]{64}\.png$/)
  expect(page.includes(picture(9).toString('base64'))).toBe(false)
  // The report stays whole without its repository.
  cpSync(join(world.folder, 'repository/out'), join(world.folder, 'moved'), { recursive: true })
  await world.verbatim(['report', 'moved'])
  expect(read(world, 'moved/index.html')).toBe(page)
})

test("makes the article's own heavy pictures lighter", async ({ world }) => {
  world.write({
    'docs/article.md': ownArticle.replace(
      '1. Select **Review + create**.',
      '1. Select **Review + create**.\n\n    ![wide](wide.png)\n\n    ![torn](torn.png)\n\n    ![moving](moving.gif)',
    ),
  })
  const wide = encodePicture(shades(1920, 1080), '.png')
  writeFileSync(join(world.folder, 'docs/wide.png'), wide)
  writeFileSync(join(world.folder, 'docs/torn.png'), wide.subarray(0, 200_000))
  writeFileSync(join(world.folder, 'docs/moving.gif'), Buffer.alloc(1_100_000))
  const { code, stdout } = await world.verbatim(['run', 'docs/article.md', '--surface', 'arm', '--output', 'out'])
  expect(code, stdout).toBe(0)
  const { images = {} } = world.result('out')
  expect(Object.keys(images).sort()).toEqual(['docs/torn.png', 'docs/wide.png'])
  expect(images['docs/torn.png']).toMatch(/\.png$/)
  const copy = readFileSync(join(world.folder, 'out', images['docs/wide.png'] ?? ''))
  expect(copy.length).toBeLessThan(wide.length / 4)
  const { width, height, data } = decodePicture(copy, '.jpg')
  expect([width, height]).toEqual([960, 540])
  // What was transparent is white.
  expect([...data.subarray(0, 3)].every(value => value > 240)).toBe(true)
  expect(read(world, 'out/index.html')).toContain(`<img src="${images['docs/wide.png']}" alt="wide"`)
})

/** Stripes of many colours, transparent where it begins. */
function shades(width: number, height: number) {
  const data = new Uint8Array(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel++)
    data.set(pixel < width * 20 ? [0, 0, 0, 0] : [pixel % 251, (pixel * 7) % 241, (pixel >> 8) % 239, 255], pixel * 4)
  return { width, height, data }
}

interface Entry {
  run: string
  at: string
  status: string
}

function history(world: World, folder = 'reports/history'): Entry[] {
  const files = readdirSync(join(world.folder, folder)).sort()
  return files.flatMap(name =>
    read(world, `${folder}/${name}`)
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Entry),
  )
}

/** A stored run as it would have been on another day. */
function onDay(run: RunResult, day: string): RunResult {
  const moved = JSON.stringify(run).replaceAll('2026-11-21T', `${day}T`)
  return { ...(JSON.parse(moved) as RunResult), run: `run-${day}` }
}

/** Writes a stored result and what belongs to it, as a run would leave them. */
function store(world: World, folder: string, run: RunResult): void {
  const results = join(project, 'fixtures/results')
  world.write({ [`${folder}/result.json`]: JSON.stringify(run) })
  for (const part of [`night/sources`, 'drifted/sources', 'screenshots'])
    cpSync(join(results, part), join(world.folder, folder, part.split('/').at(-1) ?? ''), { recursive: true })
}

function read(world: World, path: string): string {
  return readFileSync(join(world.folder, path), 'utf8')
}

/** A PNG of noise, so that it does not become small. */
function picture(side: number): Buffer {
  let seed = side
  const noise = () => (seed = (seed * 69_069 + 12_345) % 4_294_967_296) >>> 24
  const rows = Array.from({ length: side }, () => [0, ...Array.from({ length: side * 3 }, noise)])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, check])
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
