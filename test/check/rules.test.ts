import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import type { Example } from '../../src/check/rule.ts'
import { ruleIndex, rulePage } from '../../src/check/rule-page.ts'
import { rules, type RuleName } from '../../src/check/rules/index.ts'
import { check } from './checked.ts'

const pages = fileURLToPath(new URL('../../docs/rules/', import.meta.url))
const names = Object.keys(rules) as RuleName[]
/** It tells of a fault of Verbatim's own: no article shows it. */
const withoutExample: RuleName[] = ['check-failed']

for (const name of names) {
  const { examples, severity } = rules[name]

  examples.forEach((example, index) => {
    test(`${name} complains of its wrong example ${index + 1}, and not of the right one`, () => {
      const wrong = check({ text: example.wrong, runbook: runbookOf(example, 'wrong'), files: example.files })
      const said = wrong.messages.filter(({ rule }) => rule === name)
      expect(said, JSON.stringify(wrong.messages)).not.toEqual([])
      for (const message of said) {
        expect(message.severity).toBe(severity)
        expect(message.message).toMatch(/^[A-Z].*[.”]$/s)
      }
      const right = check({ text: example.right, runbook: runbookOf(example, 'right'), files: example.files })
      expect(right.messages.filter(({ rule }) => rule === name)).toEqual([])
      expect(right.messages.filter(each => each.severity === 'error')).toEqual([])
    })
  })

  test(`${name} has a page that says what the rule says`, () => {
    const path = join(pages, `${name}.md`)
    const page = rulePage(name, rules[name])
    if (process.env.UPDATE) {
      mkdirSync(pages, { recursive: true })
      writeFileSync(path, page)
    }
    expect(existsSync(path), 'UPDATE=1 writes it').toBe(true)
    expect(readFileSync(path, 'utf8')).toBe(page)
  })
}

test('every rule but the one about Verbatim itself has an example', () => {
  expect(names.filter(name => rules[name].examples.length === 0)).toEqual(withoutExample)
})

test('every page has a rule, and the index lists them all', () => {
  if (process.env.UPDATE) writeFileSync(join(pages, 'README.md'), ruleIndex())
  const expected = [...names.map(name => `${name}.md`), 'README.md'].sort()
  expect(readdirSync(pages).sort()).toEqual(expected)
  expect(readFileSync(join(pages, 'README.md'), 'utf8')).toBe(ruleIndex())
})

test('every message that reading an article gives is one of the rules', () => {
  const sources = ['read-article.ts', 'read-items.ts', 'variants.ts', 'front-matter.ts']
  const found = sources.flatMap(file => {
    const text = readFileSync(fileURLToPath(new URL(`../../src/article/${file}`, import.meta.url)), 'utf8')
    return [...text.matchAll(/message\(\s*'([a-z-]+)'|rule: '([a-z-]+)'/g)].map(match => match[1] ?? match[2])
  })
  expect(found.length).toBeGreaterThan(5)
  expect(found.filter(name => !names.includes(name as RuleName))).toEqual([])
})

test('a skipped step is not complained of', () => {
  const text = '# Create a vault\n\n1. Decide on a name for your vaults.\n1. Select **Create**.\n'
  const runbook = 'skip:\n  - step: "Create a vault #1"\n    reason: People decide.\n'
  expect(check({ text }).messages.map(({ rule }) => rule)).toContain('manual-step')
  expect(check({ text, runbook }).messages.map(({ rule }) => rule)).not.toContain('manual-step')
})

test('an answer that comes from the environment counts as given', () => {
  const text = '# Create a vault\n\n1. For **Region**, select a region near you.\n1. Select **Create**.\n'
  const rulesOf = (runbook?: string) => check({ text, runbook }).messages.map(({ rule }) => rule)
  expect(rulesOf()).toContain('placeholder-without-answer')
  expect(rulesOf('answers:\n  Region: { env: NEAREST_REGION }\n')).not.toContain('placeholder-without-answer')
})

test('an entry of the runbook is complained of at its place in the runbook', () => {
  const { messages } = check({
    text: '# Create a vault\n\n1. Select **Create**.\n',
    runbook: 'owner: me\nskip:\n  - step: "Create a vault #7"\n    reason: It is gone.\n',
  })
  const [said] = messages.filter(({ rule }) => rule === 'runbook-matches-nothing')
  expect(said?.place).toMatchObject({ path: 'docs/article.runbook.yaml', start: { line: 3 } })
})

test('a file without a procedure gets one message and no other', () => {
  const { messages } = check({ text: '# About\n\n![](gone.png) [x](#gone)\n\n::: zone pivot="a"\n' })
  expect(messages.map(({ rule, severity }) => ({ rule, severity }))).toEqual([
    { rule: 'no-procedure', severity: 'info' },
  ])
})

test('coverage counts what is run, observed, left to people and not understood', () => {
  const { coverage } = check({
    text: '# Create a vault\n\n1. Select **Create**.\n1. Review the settings.\n1. Decide on a name for your vaults.\n1. Westernize **Region**.\n',
  })
  expect(coverage.steps).toEqual({ total: 4, run: 1, observed: 1, notRun: 1, notUnderstood: 1 })
  expect(coverage.surfaces.arm.actions.run).toBe(0)
  expect(coverage.surfaces.portal.actions.run).toBe(1)
})

function runbookOf({ runbook }: Example, which: 'wrong' | 'right'): string | undefined {
  return typeof runbook === 'object' ? runbook[which] : runbook
}
