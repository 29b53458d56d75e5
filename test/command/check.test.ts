import { mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { rules } from '../../src/check/rules/index.ts'
import { test, type World } from './verbatim-fixture.ts'

const good = '# Create a vault\n\n1. For **Region**, select **West US**.\n1. Select **Save**.\n'
const bad = '# Create a vault\n\n1. Select **Save**.\n1. Westernize **Region**.\n'

interface Json {
  articles: {
    path: string
    title: string
    steps: { line: number; text: string; actions: { do: string; target?: string }[]; unread?: { text: string }[] }[]
    messages: { rule: string; severity: string; message: string; place: { path: string; start: { line: number } } }[]
    coverage: { steps: { total: number; notUnderstood: number } }
  }[]
  coverage: { steps: { total: number; notUnderstood: number } }
}

const json = (stdout: string) => JSON.parse(stdout) as Json
const rulesIn = (stdout: string) => json(stdout).articles.map(({ messages }) => messages.map(({ rule }) => rule))

test('shows the line with a caret under the span, and ends with 1 where an article has an error', async ({ world }) => {
  world.write({ 'a.md': bad })
  const { code, stdout } = await world.verbatim(['check', 'a.md'])
  expect(stdout).toContain('a.md:4:4: error: Unknown instruction “Westernize Region”.')
  expect(stdout).toContain('    4 | 1. Westernize **Region**.\n      |    ^^^^^^^^^^^^^^^^^^^^^')
  expect(stdout).toContain('50 % of 2 steps understood')
  expect(code).toBe(1)
})

test('ends with 0 where there is nothing to complain of', async ({ world }) => {
  world.write({ 'a.md': good })
  const { code, stdout, stderr } = await world.verbatim(['check', 'a.md'])
  expect(stderr).toBe('')
  expect(stdout).toContain('1 file: 0 errors, 0 warnings, 0 remarks')
  expect(code).toBe(0)
})

test('lists what each step asks for', async ({ world }) => {
  world.write({ 'a.md': good })
  const { stdout } = await world.verbatim(['check', 'a.md', '--actions'])
  expect(stdout).toContain('set “Region” = “West US”')
})

test('writes JSON and nothing else', async ({ world }) => {
  world.write({ 'docs/a.md': bad, 'docs/b.md': '# About vaults\n\nNothing to do.\n' })
  const { code, stdout } = await world.verbatim(['check', 'docs', '--format', 'json'])
  const { articles, coverage } = json(stdout)
  expect(articles.map(({ path, title }) => ({ path, title }))).toEqual([
    { path: 'docs/a.md', title: 'Create a vault' },
    { path: 'docs/b.md', title: 'About vaults' },
  ])
  expect(articles[0]?.steps).toMatchObject([
    { line: 3, text: 'Select Save.', actions: [{ do: 'select', target: 'Save' }] },
    { line: 4, actions: [], unread: [{ text: 'Westernize Region' }] },
  ])
  expect(articles[1]?.messages.map(({ rule }) => rule)).toEqual(['no-procedure'])
  expect(coverage.steps).toMatchObject({ total: 2, notUnderstood: 1 })
  expect(code).toBe(1)
})

test('takes a folder as given, with hidden folders, and leaves packages alone', async ({ world }) => {
  world.write({ 'd/.github/x.md': good, 'd/y.MD': good, 'd/node_modules/p/z.md': good, 'd/includes/i.md': good })
  const { stdout } = await world.verbatim(['check', 'd', '--format', 'json'])
  expect(json(stdout).articles.map(({ path }) => path)).toEqual(['d/.github/x.md', 'd/includes/i.md', 'd/y.MD'])
})

test('reads includes inside the folder that was given', async ({ world }) => {
  world.write({
    'd/sub/a.md': '# Create\n\n1. Select **Save**.\n\n   [!INCLUDE [x](../includes/x.md)]\n',
    'd/includes/x.md': 'Westernize **Region**.\n',
  })
  const { stdout } = await world.verbatim(['check', 'd', '--format', 'json'])
  const messages = json(stdout).articles.flatMap(article => article.messages)
  expect(messages.filter(({ rule }) => rule === 'unknown-step')[0]?.place).toMatchObject({
    path: 'd/includes/x.md',
    start: { line: 1 },
  })
})

test('writes SARIF 2.1.0 with the rules and their pages', async ({ world }) => {
  world.write({ 'my docs/a.md': bad })
  const { stdout, code } = await world.verbatim(['check', 'my docs', '--format', 'sarif'])
  const log = JSON.parse(stdout) as {
    version: string
    runs: {
      tool: { driver: { rules: { id: string; helpUri: string; defaultConfiguration: { level: string } }[] } }
      results: {
        ruleId: string
        ruleIndex: number
        level: string
        locations: { physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> } }[]
        partialFingerprints: Record<string, string>
      }[]
    }[]
  }
  expect(log.version).toBe('2.1.0')
  const [run] = log.runs
  const driver = run?.tool.driver
  expect(driver?.rules.map(({ id }) => id)).toEqual(Object.keys(rules))
  for (const rule of driver?.rules ?? []) {
    expect(new URL(rule.helpUri).pathname).toMatch(new RegExp(`/docs/rules/${rule.id}\\.md$`))
    expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level)
  }
  const [result] = run?.results ?? []
  expect(result).toMatchObject({ ruleId: 'unknown-step', level: 'error' })
  expect(driver?.rules[result?.ruleIndex ?? -1]?.id).toBe('unknown-step')
  const location = result?.locations[0]?.physicalLocation
  expect(location?.artifactLocation.uri).toBe('my%20docs/a.md')
  expect(location?.region).toEqual({ startLine: 4, startColumn: 4, endLine: 4, endColumn: 25 })
  expect(result?.partialFingerprints['verbatim/v1']).toMatch(/^[0-9a-f]{32}$/)
  expect(code).toBe(1)
})

test('keeps a fingerprint when lines move', async ({ world }) => {
  const fingerprint = async (text: string) => {
    world.write({ 'a.md': text })
    const { stdout } = await world.verbatim(['check', 'a.md', '--format', 'sarif'])
    return /"verbatim\/v1":"(\w+)"/.exec(stdout)?.[1]
  }
  expect(await fingerprint(bad)).toBe(await fingerprint(bad.replace('\n\n', '\n\nAn introduction.\n\n')))
})

test('writes annotations for a workflow, errors first', async ({ world }) => {
  world.write({ 'a,b.md': `${bad.replace('1. ', '1. Decide on a name, 100% yours.\n1. ')}` })
  const { stdout } = await world.verbatim(['check', 'a,b.md', '--format', 'github'])
  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^::error file=a%2Cb\.md,line=5,endLine=5,col=4,endColumn=24,title=unknown-step::Unknown/)
  expect(lines.at(-1)).toMatch(/^::notice .*title=manual-step::.*100%25/)
})

test('lets the configuration change severities', async ({ world }) => {
  world.write({ 'a.md': bad, 'verbatim.config.yaml': 'rules:\n  unknown-step: warning\n' })
  const lenient = await world.verbatim(['check', 'a.md'])
  expect(lenient.stdout).toContain('a.md:4:4: warning: Unknown instruction')
  expect(lenient.code).toBe(0)
  world.write({ 'verbatim.config.yaml': 'rules:\n  unknown-step: off\n' })
  expect((await world.verbatim(['check', 'a.md'])).stdout).not.toContain('Unknown instruction')
})

const wrong: { title: string; args: string[]; files?: Record<string, string>; says: string }[] = [
  { title: 'no article', args: [], says: 'No article is named.' },
  {
    title: 'an unknown rule to explain',
    args: ['--explain', 'no-such-rule'],
    says: "There is no rule 'no-such-rule'.",
  },
  { title: 'an unknown format', args: ['a.md', '--format', 'fax'], says: 'Allowed choices are text, json' },
  {
    title: 'an unknown rule in the configuration',
    args: ['a.md'],
    files: { 'a.md': good, 'verbatim.config.yaml': 'rules:\n  no-cleanup: off\n' },
    says: "'no-cleanup', and there is no such rule.",
  },
]
for (const { title, args, files = {}, says } of wrong)
  test(`ends with 2 and says why for ${title}`, async ({ world }) => {
    world.write(files)
    const { code, stderr } = await world.verbatim(['check', ...args])
    expect(stderr).toContain(says)
    expect(code).toBe(2)
  })

test('a broken runbook is a message at its place, and the other files are checked all the same', async ({ world }) => {
  world.write({ 'd/a.md': good, 'd/a.runbook.yaml': 'owner: me\nanswer: {}\n', 'd/b.md': bad })
  const { stdout, code } = await world.verbatim(['check', 'd'])
  expect(stdout).toContain("d/a.runbook.yaml:2:1: error: Unknown key 'answer'.")
  expect(stdout).toContain('d/b.md:4:4: error: Unknown instruction')
  expect(code).toBe(1)
})

test('explains the grammar and the rules', async ({ world }) => {
  const grammar = await world.verbatim(['check', '--explain'])
  expect(grammar.stdout).toMatch(/^select$/m)
  expect(grammar.stdout).toContain('select “Review + create”')
  const rule = await world.verbatim(['check', '--explain', 'unknown-step'])
  expect(rule.stdout).toContain(rules['unknown-step'].summary)
  expect(rule.code).toBe(0)
})

test('an article cannot move the cursor of a terminal', async ({ world }) => {
  world.write({ 'a.md': bad.replace('Westernize', 'Westernize \u001b[2J\u009b31m') })
  const { stdout } = await world.verbatim(['check', 'a.md', '--actions'])
  expect(stdout).toContain('Westernize')
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
})

test.describe('what was found before', () => {
  const cached = async (world: World, args: string[]) =>
    world.verbatim(['check', ...args], { env: { XDG_CACHE_HOME: join(world.folder, 'cache') } })
  const entries = (world: World) => {
    const builds = join(world.folder, 'cache/verbatim/check')
    return readdirSync(builds).flatMap(build => readdirSync(join(builds, build)).map(name => join(builds, build, name)))
  }
  const files = {
    'd/a.md': '# Create\n\n1. Select **Save**.\n\n   [!INCLUDE [x](x.md)]\n\n   ![The page.](p.png)\n',
    'd/x.md': 'Select **Next**.\n',
    'd/p.png': '',
  }

  test('is told again, word for word', async ({ world }) => {
    world.write({ ...files, 'd/b.md': bad })
    const first = await cached(world, ['d'])
    const kept = entries(world).map(path => readFileSync(path, 'utf8'))
    // Two results may share a file: their names depend on the world's folder.
    expect(kept.flatMap(text => text.trimEnd().split('\n'))).toHaveLength(3)
    expect(await cached(world, ['d'])).toEqual(first)
    expect(entries(world).map(path => readFileSync(path, 'utf8'))).toEqual(kept)
  })

  test('does not hold when the article, an include or an image changes', async ({ world }) => {
    world.write(files)
    expect(rulesIn((await cached(world, ['d/a.md', '--format', 'json'])).stdout)).toEqual([[]])
    world.write({ 'd/x.md': 'Westernize **Region**.\n' })
    expect(rulesIn((await cached(world, ['d/a.md', '--format', 'json'])).stdout)).toEqual([['unknown-step']])
    world.write({ 'd/a.md': files['d/a.md'].replace('p.png', 'q.png'), 'd/x.md': 'Select **Next**.\n' })
    expect(rulesIn((await cached(world, ['d/a.md', '--format', 'json'])).stdout)).toEqual([['image-missing']])
    world.write({ 'd/q.png': '' })
    expect(rulesIn((await cached(world, ['d/a.md', '--format', 'json'])).stdout)).toEqual([[]])
    expect(entries(world)).toHaveLength(1)
  })

  test('does not hold when a runbook comes or changes', async ({ world }) => {
    world.write({ 'a.md': bad })
    expect((await cached(world, ['a.md'])).code).toBe(1)
    world.write({ 'a.runbook.yaml': 'skip:\n  - step: "Create a vault #2"\n    reason: People do it.\n' })
    expect((await cached(world, ['a.md'])).code).toBe(0)
    world.write({ 'a.runbook.yaml': 'skip:\n  - step: "Create a vault #1"\n    reason: People do it.\n' })
    expect((await cached(world, ['a.md'])).code).toBe(1)
  })

  test('is forgotten when its file is torn or forged', async ({ world }) => {
    world.write({ 'a.md': bad })
    const first = await cached(world, ['a.md'])
    const [entry = ''] = entries(world)
    truncateSync(entry, Math.floor(statSync(entry).size / 2))
    expect(await cached(world, ['a.md'])).toEqual(first)
    writeFileSync(entry, readFileSync(entry, 'utf8').replace('unknown-step', 'unknown-stop'))
    expect(await cached(world, ['a.md'])).toEqual(first)
  })

  test('survives several checks at once', async ({ world }) => {
    world.write(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`d/${index}.md`, bad])))
    const all = await Promise.all(Array.from({ length: 4 }, () => cached(world, ['d'])))
    for (const each of all) expect(each).toEqual(all[0])
    expect(await cached(world, ['d'])).toEqual(all[0])
    const lines = () => entries(world).flatMap(path => readFileSync(path, 'utf8').trimEnd().split('\n'))
    expect(new Set(lines().map(line => line.split('\t')[0])).size).toBe(30)
    const before = lines().length
    await cached(world, ['d'])
    expect(lines()).toHaveLength(before)
  })

  test('is kept once, however often it was replaced', async ({ world }) => {
    const sizes: number[] = []
    for (let change = 0; change < 5; change++) {
      world.write({ 'a.md': `# Create ${change}\n\n${'1. Select **Save**.\n'.repeat(6000)}` })
      await cached(world, ['a.md'])
      sizes.push(entries(world).reduce((sum, path) => sum + statSync(path).size, 0))
    }
    const [one = 0] = sizes
    expect(Math.max(...sizes)).toBeLessThan(3.5 * one)
    expect(entries(world)).toHaveLength(1)
  })

  test('is not needed: without a place to keep it, the check goes on', async ({ world }) => {
    world.write({ 'a.md': bad, cache: 'a file where a folder would be' })
    expect((await cached(world, ['a.md'])).code).toBe(1)
    mkdirSync(join(world.folder, 'other'))
    const none = await world.verbatim(['check', 'a.md', '--no-cache'], {
      env: { XDG_CACHE_HOME: join(world.folder, 'other') },
    })
    expect(none.code).toBe(1)
    expect(readdirSync(join(world.folder, 'other'))).toEqual([])
  })
})
