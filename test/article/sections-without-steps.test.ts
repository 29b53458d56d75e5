import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { maskDirectives } from '../../src/article/learn-directives.ts'
import { readArticle } from '../../src/article/read-article.ts'
import { sectionsWithoutSteps } from '../../src/article/sections-without-steps.ts'
import { markdownIn } from '../bench/markdown-in.ts'
import { article, markdown, mutated } from './random-markdown.ts'

const prose = 'A vault holds the backups of virtual machines, and it holds what is restored from them.'
const steps = '1. Select **Save**.\n'
const code = 'az group create --name vaults --location westus\n# A comment of the shell, which looks like a heading'

const leftOut = (text: string) => {
  const { text: masked, directives } = maskDirectives(text)
  return sectionsWithoutSteps(masked, directives).map(({ start, end }) => text.slice(start, end))
}

test.describe('what leaves no trace', () => {
  const cases: Record<string, [text: string, out: string[]]> = {
    'prose under a heading': [`# A\n\n${steps}\n## B\n\n${prose}\n`, [`\n${prose}\n`]],
    'prose between steps': [`# A\n\n${prose}\n\n## B\n\n${steps}`, [`\n${prose}\n\n`]],
    'a list, a quote and a table': [
      `# A\n- ${prose}\n> ${prose}\n\n| a | b |\n| - | - |\n`,
      [`- ${prose}\n> ${prose}\n\n| a | b |\n| - | - |\n`],
    ],
    'code, with what looks like a heading': [
      `## A\n\n\`\`\`bash\n${code}\n\`\`\`\n\n## B\n`,
      [`\n\`\`\`bash\n${code}\n\`\`\`\n\n`],
    ],
    'code in a longer fence': [
      `## A\n\n~~~~\n${code}\n~~~\n## no\n~~~~\n\n## B\n`,
      [`\n~~~~\n${code}\n~~~\n## no\n~~~~\n\n`],
    ],
    'a break, without tabs': [`## A\n\n${prose}\n\n---\n\n## B\n`, [`\n${prose}\n\n---\n\n`]],
    'what stands before all headings': [`${prose}\n`, []],
    'front matter with a comment': [`---\n# ${prose}\nkey: ${prose}\n---\n\n# A\n`, []],
    steps: [`# A\n\n${prose}\n\n${steps}`, []],
    'an image': [`# A\n\n${prose}\n\n![x](x.png)\n`, []],
    'a directive': [`# A\n\n${prose}\n\n:::image source="x.png" alt-text="x":::\n`, []],
    'a definition': [`# A\n\n${prose}\n\n[x]: y.md\n`, []],
    'HTML that goes on': [`# A\n\n${prose}\n<!--\n\n# B\n\n-->\n`, []],
    'a fence that isn’t closed': [`# A\n\n${prose}\n\`\`\`\n\n# B\n`, []],
    'code in a list': [`# A\n\n- ${prose}\n   \`\`\`\n   x\n   \`\`\`\n\n# B\n`, []],
    'a heading that is indented': [`# A\n\n${prose}\n\n  ## B\n`, []],
    'a heading that is underlined': [`# A\n\n${prose}\n---\n\n## B\n`, []],
    'the end of tabs': [`# [A](#tab/a)\n\n${prose}\n\n---\n\n## B\n`, []],
  }
  for (const [name, [text, out]] of Object.entries(cases))
    test(`${out.length > 0 ? 'left out' : 'kept'}: ${name}`, () => {
      expect(leftOut(text)).toEqual(out)
      same(text)
      same(text.replaceAll('\n', '\r\n'))
    })
})

test('a heading that turns out to be none is noticed, and the whole is parsed', () => {
  const text = `# A\n\n<!--\n## B\n\n${prose}\n\n## C\n-->\n\n1. Select **Save**.\n`
  expect(leftOut(text)).toHaveLength(1)
  same(text)
})

test.describe('nothing is read otherwise than from the whole', () => {
  const heading = fc.constantFrom('# A\n', '## B\n\n', '### C #\r\n', '## \n', '# [Portal](#tab/portal)\n\n')
  const filling = fc.constantFrom(`${prose}\n\n`, prose, `\`\`\`\n${code}\n\`\`\`\n`, `- ${prose}\n`, steps)
  const sections = fc
    .array(fc.oneof(heading, filling, { weight: 2, arbitrary: markdown }), { maxLength: 12 })
    .map(parts => parts.join(''))

  test('in random sections', () => fc.assert(fc.property(sections, same), { numRuns: 3000 }))

  test('in an article torn at random', () => fc.assert(fc.property(mutated, same), { numRuns: 500 }))

  test('in every file of the corpus', () => {
    const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
    test.skip(!existsSync(corpus), 'There is no corpus beside the project.')
    test.setTimeout(300_000)
    for (const path of markdownIn(corpus)) same(readFileSync(path, 'utf8'))
  })
})

test('most of an article without many steps is left out', () => {
  const long = `# A\n\n${`## B\n\n${`${prose}\n`.repeat(20)}\n`.repeat(20)}${article}`
  expect(leftOut(long).join('').length).toBeGreaterThan(19 * 20 * prose.length)
  same(long)
})

/** Throws where it isn't so: hundreds of expectations would be kept as steps of the test. */
function same(text: string): void {
  const files: Record<string, string> = { 'd/x.md': `## X\n\n${prose}\n\n${steps}` }
  const read = (whole: boolean) =>
    JSON.stringify(readArticle({ path: 'd/a.md', text }, { docsRoot: 'd', readFile: path => files[path], whole }))
  if (read(false) !== read(true)) throw new Error(`Read otherwise than from the whole: ${JSON.stringify(text)}`)
}
