import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './verbatim-fixture.ts'

const greeting = `# Greet from a shell

## Say hello

1. Keep a name in a variable:

   \`\`\`bash
   name=Ada
   mkdir greetings && cd greetings
   \`\`\`

1. Greet:

   \`\`\`bash
   echo "Hello, $name" > hello.txt
   cat hello.txt
   \`\`\`
`

const run = ['run', 'article.md', '--surface', 'shell', '--output', 'out']

test('runs the code under the steps in one session when that is allowed', async ({ world }) => {
  world.write({ 'article.md': greeting })
  const { code, stdout } = await world.verbatim([...run, '--allow-shell'])
  expect(code, stdout).toBe(0)
  const [article] = world.result('out').articles
  expect(article?.steps.map(step => [step.status, step.output?.trim()])).toEqual([
    ['passed', undefined],
    ['passed', 'Hello, Ada'],
  ])
})

test('runs the code when the runbook allows it', async ({ world }) => {
  world.write({ 'article.md': greeting, 'article.runbook.yaml': 'shell: true\nsurfaces: [shell]\n' })
  expect((await world.verbatim(['run', 'article.md', '--output', 'out'])).code).toBe(0)
})

test('names the line of code that fails, and what it printed', async ({ world }) => {
  const article = greeting.replace('cat hello.txt', 'cat goodbye.txt\n   echo unreachable')
  world.write({ 'article.md': article })
  const { code, stdout } = await world.verbatim([...run, '--allow-shell'])
  expect(code, stdout).toBe(1)
  expect(stdout).toContain('The code ended with exit code 1.')
  expect(stdout).toContain('No such file or directory')
  expect(stdout).toMatch(/article\.md:1[45]:/)
  expect(world.result('out').articles[0]?.steps[1]?.output).not.toContain('unreachable')
})

test('ends everything that a step started when its time is over', async ({ world }) => {
  const witness = join(world.folder, 'still-there')
  world.write({
    'article.md': greeting.replace('cat hello.txt', `(sleep 6; touch '${witness}') & sleep 60`),
    'article.runbook.yaml': 'shell: true\nlimits: { step: 2 }\n',
  })
  const began = Date.now()
  const { code, stdout } = await world.verbatim(run)
  expect(code, stdout).not.toBe(0)
  expect(world.result('out').articles[0]?.steps[1]).toMatchObject({ status: 'failed', timedOut: true })
  // The background job would have left its witness six seconds after it began.
  await expect.poll(() => Date.now() - began, { timeout: 20_000 }).toBeGreaterThan(9_000)
  expect(existsSync(witness)).toBe(false)
})

test('gives the code neither the cloud’s credentials nor the run’s orders', async ({ world }) => {
  world.write({ 'article.md': greeting.replace('cat hello.txt', 'env') })
  const { code } = await world.verbatim([...run, '--allow-shell'])
  expect(code).toBe(0)
  const output = world.result('out').articles[0]?.steps[1]?.output ?? ''
  expect(output).toContain('PATH=')
  expect(output).not.toMatch(/VERBATIM_|clientSecret/)
})

test('refuses code with a placeholder that the reader was to replace', async ({ world }) => {
  world.write({ 'article.md': greeting.replace('cat hello.txt', 'cat <file-name>') })
  const { code, stdout } = await world.verbatim([...run, '--allow-shell'])
  expect(code).toBe(2)
  expect(stdout).toContain('<file-name>')
})
