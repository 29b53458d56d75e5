import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import picocolors from 'picocolors'
import { RunResult } from '../../src/result/result.ts'
import { badge } from '../../src/report/badge.ts'
import { digests } from '../../src/report/digest.ts'
import { findingRules } from '../../src/report/finding-rules.ts'
import { findings } from '../../src/report/finding.ts'
import { githubAnnotations, githubSummary } from '../../src/report/github.ts'
import { issue } from '../../src/report/issue.ts'
import { junit } from '../../src/report/junit.ts'
import { sarif } from '../../src/report/sarif.ts'
import { articleLine, closing, failureBlock, stepLine } from '../../src/report/terminal.ts'
import { expectGolden } from './golden.ts'
import { sources, storedResults } from './stored-results.ts'

const colours = picocolors.createColors(false)

for (const [name, run] of Object.entries(storedResults)) {
  test.describe(`the stored result '${name}'`, () => {
    test('is valid and stays as it is stored', () => {
      expect(RunResult.parse(run)).toEqual(run)
      expectGolden(`${JSON.stringify(run, undefined, 1)}\n`, `${name}/result.json`)
      for (const hash of new Set(Object.values(run.sources)))
        expectGolden(sources(hash) ?? '', `${name}/sources/${hash}.md`)
    })

    test('reads as before in JUnit, SARIF, on the terminal and on GitHub', () => {
      expectGolden(junit(run), `${name}/junit.xml`)
      expectGolden(sarif(run, sources), `${name}/results.sarif`)
      expectGolden(terminalOf(run), `${name}/terminal.txt`)
      expectGolden(githubAnnotations(run), `${name}/annotations.txt`)
      expectGolden(githubSummary(run), `${name}/summary.md`)
      expectGolden(
        digests(run)
          .map(digest => digest.content)
          .join('\n---\n\n'),
        `${name}/digest.md`,
      )
      for (const [index, article] of run.articles.entries()) {
        expectGolden(badge(article, run), `${name}/badges/${index + 1}.svg`)
        const text = issue(article, run, sources)
        if (text)
          expectGolden(`${text.title}\n${text.labels.join(', ')}\n\n${text.body}`, `${name}/issues/${index + 1}.md`)
      }
    })
  })
}

test('every report of a rehearsal says so, and none says verified', () => {
  const run = storedResults['rehearsed']
  const article = run?.articles[0]
  if (!run || !article) throw new Error('no rehearsal is stored')
  const notice = 'Rehearsal on the sandbox: says nothing about Azure'
  for (const report of [junit(run), sarif(run, sources), terminalOf(run), githubAnnotations(run), githubSummary(run)]) {
    expect(report).toContain(notice)
  }
  for (const digest of digests(run)) expect(digest.content).toContain(notice)
  expect(badge(article, run)).toContain('rehearsal on the sandbox')
  expect(badge(article, run)).not.toContain('verified')
})

test('a rehearsal that fails makes no issue', () => {
  const { run, article } = wrong()
  expect(issue(article, run, sources)).toBeDefined()
  expect(issue(article, { ...run, cloud: { ...run.cloud, rehearsal: true } }, sources)).toBeUndefined()
})

test('faults of the surroundings make no issue and no SARIF result', () => {
  const run = storedResults['surroundings']
  const article = run?.articles[0]
  if (!run || !article) throw new Error('no fault of the surroundings is stored')
  expect(issue(article, run, sources)).toBeUndefined()
  const log = JSON.parse(sarif(run, sources)) as {
    runs: [{ results: unknown[]; invocations: [{ toolExecutionNotifications: unknown[] }] }]
  }
  expect(log.runs[0].results).toEqual([])
  expect(log.runs[0].invocations[0].toolExecutionNotifications).toHaveLength(1)
})

test('findings keep their fingerprint when lines move and lose it when words change', () => {
  const { article } = wrong()
  const [before] = findings(article)
  const moved = article.steps.map(step =>
    step.error
      ? {
          ...step,
          error: { ...step.error, place: { ...step.error.place, start: { line: 99, column: 1, offset: 3000 } } },
        }
      : step,
  )
  const reworded = article.steps.map(step => (step.error ? { ...step, id: 'another' } : step))
  expect(findings({ ...article, steps: moved })[0]?.fingerprint).toBe(before?.fingerprint)
  expect(findings({ ...article, steps: reworded })[0]?.fingerprint).not.toBe(before?.fingerprint)
})

test('the terminal shows the line of the article with a caret under the words in question', () => {
  const { run, article } = wrong()
  const step = article.steps.find(step => step.status === 'failed')
  if (!step) throw new Error('no step failed')
  const lines = failureBlock(article, step, path => sources(run.sources[path] ?? ''), { colours, width: 100 }).split(
    '\n',
  )
  const caret = lines.findIndex(line => line.includes('^'))
  const from = lines[caret]?.indexOf('^') ?? 0
  const to = lines[caret]?.lastIndexOf('^') ?? 0
  expect(lines[caret - 1]?.slice(from, to + 1)).toBe('select **+ Add vault**')
})

test('the caret stays under its words when a line is longer than the terminal', () => {
  const { run, article } = wrong()
  const step = article.steps.find(step => step.status === 'failed')
  if (!step?.error) throw new Error('no step failed')
  const text = `${'word '.repeat(60)}select here${' word'.repeat(60)}`
  const start = { line: 1, column: 301, offset: 300 }
  const place = { path: article.path, start, end: { line: 1, column: 312, offset: 311 } }
  const far = { ...step, error: { ...step.error, place } }
  const block = failureBlock({ ...article, steps: [far] }, far, () => text, { colours, width: 60 })
  const lines = block.split('\n')
  const caret = lines.findIndex(line => line.includes('^'))
  const from = lines[caret]?.indexOf('^') ?? 0
  expect(lines[caret - 1]?.slice(from, from + 11)).toBe('select here')
  expect(lines[caret - 1]?.length).toBeLessThanOrEqual(60)
  expect(run.exitCode).toBeDefined()
})

test('an escape sequence in an article does not reach the terminal', () => {
  const { article } = wrong()
  const [step] = article.steps
  if (!step) throw new Error('the article has no steps')
  const title = 'Select \u001b]0;owned\u0007\u001b[2J**Create**\u202e'
  expect(stepLine({ ...step, title }, { colours })).not.toMatch(/[\u001b\u0007\u202e]/)
})

test('colours come from the caller alone', () => {
  const { article } = wrong()
  const [step] = article.steps
  if (!step) throw new Error('the article has no steps')
  expect(stepLine(step, { colours })).not.toContain('\u001b')
  expect(stepLine(step, { colours: picocolors.createColors(true) })).toContain('\u001b[32m')
})

test('step lines fit the terminal', () => {
  const { article } = wrong()
  for (const step of article.steps) expect(stepLine(step, { colours, width: 60 }).length).toBeLessThanOrEqual(60)
})

test('a drift below the limit does not fail in JUnit, and one above does', () => {
  const run = storedResults['drifted']
  if (!run) throw new Error('no drift is stored')
  const failures = (failOn: 'blocking' | 'misleading' | 'cosmetic') =>
    junit(run, { failOn }).match(/<failure /g)?.length ?? 0
  expect([failures('blocking'), failures('misleading'), failures('cosmetic')]).toEqual([1, 2, 3])
})

test('an article that failed never looks passed in JUnit, whatever part of the result tells why', () => {
  const cases = (name: string) => junit(storedResults[name] ?? fail(name)).match(/<(?:failure|error) /g)?.length ?? 0
  expect(cases('wrong-resource')).toBe(1)
  expect(cases('left-behind')).toBe(1)
  expect(cases('refused')).toBe(2)
  const { run, article } = wrong()
  const silent = { ...article, steps: [], resources: [], refusals: [] }
  expect(junit({ ...run, articles: [silent] })).toContain('<error message="The article failed" type="doc"/>')
})

test('what an article says cannot break out of a workflow command or of Markdown', () => {
  const { run, article } = wrong()
  const evil = '%0A::error::x\n::set-output name=a::b | <img src=x> @everyone [a](http://x) `c`'
  const steps = article.steps.map(step =>
    step.error ? { ...step, title: evil, error: { ...step.error, message: evil } } : step,
  )
  const changed = { ...run, articles: [{ ...article, title: evil, steps }] }
  const commands = githubAnnotations(changed).trimEnd().split('\n')
  expect(commands.every(line => /^::(?:error|notice|warning) /.test(line))).toBe(true)
  for (const text of [
    githubSummary(changed),
    digests(changed)[0]?.content ?? '',
    issue(changed.articles[0] ?? article, changed, sources)?.body ?? '',
  ]) {
    expect(text).not.toMatch(/<img|[^\\]\[a\]\(|@everyone/)
  }
})

function fail(name: string): never {
  throw new Error(`no result '${name}' is stored`)
}

function wrong() {
  const run = storedResults['wrong-article']
  const article = run?.articles[0]
  if (!run || !article) throw new Error('no wrong article is stored')
  return { run, article }
}

function terminalOf(run: RunResult): string {
  const options = { colours, width: 100 }
  const textOf = (path: string) => sources(run.sources[path] ?? '')
  const articles = run.articles.map(article =>
    [
      articleLine(article, run.cloud, options),
      ...article.steps.flatMap(step =>
        [stepLine(step, options), failureBlock(article, step, textOf, options)].filter(Boolean),
      ),
    ].join('\n'),
  )
  return `${articles.join('\n\n')}\n\n${closing(run, options)}`
}

test('SARIF describes every rule and gives every result a place, as GitHub’s code scanning asks for', () => {
  for (const run of Object.values(storedResults)) {
    const log = JSON.parse(sarif(run, sources)) as {
      runs: { tool: { driver: { rules: Record<string, unknown>[] } }; results: { locations: unknown[] }[] }[]
    }
    const [{ tool, results }] = log.runs as [(typeof log.runs)[0]]
    for (const rule of tool.driver.rules)
      for (const part of ['name', 'shortDescription', 'fullDescription', 'help', 'helpUri'])
        expect(rule[part], `${part} of ${String(rule.id)}`).toBeTruthy()
    for (const { locations } of results) expect(locations).toHaveLength(1)
  }
})

test('every rule that a run may find is described, also for readers', () => {
  const ofTheTool =
    'browser-gone driver-error cloud-unavailable left-the-cloud not-signed-in interruption-dismissed value-reset'.split(
      ' ',
    )
  const source = fileURLToPath(new URL('../../src/', import.meta.url))
  const code = readdirSync(join(source, 'execution'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(source, 'execution', name), 'utf8'))
  const found = code.flatMap(text =>
    [...text.matchAll(/\brule: ([^,\n]*)/g)].flatMap(([, value = '']) =>
      [...value.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, name = '']) => name),
    ),
  )
  expect(found.length).toBeGreaterThan(25)
  expect([...new Set(found)].filter(name => !(name in findingRules) && !ofTheTool.includes(name))).toEqual([])
  const page = readFileSync(join(source, '../docs/findings.md'), 'utf8')
  for (const [name, text] of Object.entries(findingRules)) expect(page).toContain(`## ${name}\n\n${text}\n`)
})
