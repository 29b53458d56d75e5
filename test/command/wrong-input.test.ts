import { createServer } from 'node:net'
import { expect } from '@playwright/test'
import { test } from './verbatim-fixture.ts'

const article =
  '# Sign in\n\n## Do it\n\n1. Sign in to the [Azure portal](https://portal.azure.com).\n1. Select **Home**.\n'

/** What is typed, the files that are there, and what a user must read. Every one ends with exit code 2. */
const cases: { title: string; args: string[]; files?: Record<string, string>; says: (string | RegExp)[] }[] = [
  {
    title: 'no such file',
    args: ['run', 'nowhere.md'],
    says: ["There is no file or folder 'nowhere.md'.", 'Name a Markdown article'],
  },
  {
    title: 'a folder without articles',
    args: ['run', 'empty'],
    files: { 'empty/notes.txt': 'x' },
    says: ["The folder 'empty' holds no article."],
  },
  {
    title: 'a file that is no article',
    args: ['run', 'notes.txt'],
    files: { 'notes.txt': 'x' },
    says: ["'notes.txt' is neither Markdown nor a runbook."],
  },
  {
    title: 'Markdown without a procedure',
    args: ['run', 'a.md'],
    files: { 'a.md': '# Overview\n\nNothing to do here.\n' },
    says: ['The article has no procedure.', 'a.md:1'],
  },
  {
    title: 'more people than the sandbox holds',
    args: ['sandbox', '--people', '1001'],
    says: ["--people takes a number from 0 to 1000, not '1001'.", 'Say for example --people 3.'],
  },
  {
    title: 'broken front matter',
    args: ['run', 'a.md', '--surface', 'arm'],
    files: { 'a.md': `---\ntitle: "open\n---\n\n${article}` },
    says: [/a\.md:2/, /front matter/i],
  },
  {
    title: 'broken YAML in a runbook',
    args: ['run', 'a.md'],
    files: { 'a.md': article, 'a.runbook.yaml': 'answers: {\n' },
    says: [/a\.runbook\.yaml:\d+:\d+: Broken YAML/],
  },
  {
    title: 'an unknown key in a runbook',
    args: ['run', 'a.md'],
    files: { 'a.md': article, 'a.runbook.yaml': 'owner: me\nanswer: {}\n' },
    says: ["a.runbook.yaml:2:1: Unknown key 'answer'.", 'answers'],
  },
  {
    title: 'a wrong value in a runbook',
    args: ['run', 'a.md'],
    files: { 'a.md': article, 'a.runbook.yaml': 'limits:\n  step: fast\n' },
    says: [/a\.runbook\.yaml:2:3: Wrong value for 'limits\.step'/],
  },
  {
    title: "a runbook's missing article",
    args: ['run', 'b.runbook.yaml'],
    files: { 'b.runbook.yaml': 'article: gone.md\n' },
    says: ["b.runbook.yaml: The runbook's article 'gone.md' does not exist."],
  },
  {
    title: 'an unknown key in the configuration',
    args: ['run', 'a.md'],
    files: { 'a.md': article, 'verbatim.config.yaml': 'workers: 2\nsurface: arm\n' },
    says: ["verbatim.config.yaml:2:1: Unknown key 'surface' in the configuration.", 'surfaces'],
  },
  {
    title: 'a configuration that does not load',
    args: ['run', 'a.md'],
    files: { 'a.md': article, 'verbatim.config.mjs': 'export default {' },
    says: ['verbatim.config.mjs: The configuration can’t be loaded'.replace('’', "'")],
  },
  {
    title: "a surface that doesn't exist",
    args: ['run', 'a.md', '--surface', 'moon'],
    files: { 'a.md': article },
    says: ["There is no surface 'moon'.", 'portal, arm, shell'],
  },
  {
    title: "a cloud that doesn't exist",
    args: ['run', 'a.md', '--surface', 'arm', '--cloud', 'moon'],
    files: { 'a.md': article },
    says: ["There is no cloud named 'moon', and no such file.", 'azure-china'],
  },
  {
    title: "a cloud definition that isn't one",
    args: ['run', 'a.md', '--surface', 'arm', '--cloud', 'c.json'],
    files: { 'a.md': article, 'c.json': '{"name": "x"}' },
    says: ['c.json is not a cloud definition', 'portal'],
  },
  {
    title: 'missing settings of a real cloud',
    args: ['run', 'a.md', '--surface', 'arm', '--cloud', 'azure'],
    files: { 'a.md': article },
    says: ['AZURE_TENANT_ID, AZURE_SUBSCRIPTION_ID', 'docs/azure.md'],
  },
  {
    title: 'a browser that is not there',
    args: ['run', 'a.md'],
    files: { 'a.md': article, 'verbatim.config.yaml': 'browser: /no/such/browser\n' },
    says: ["The browser that the configuration names ('/no/such/browser') is not here."],
  },
  {
    title: 'a reporter that does not exist',
    args: ['run', 'a.md', '--surface', 'arm', '--reporter', 'fax'],
    files: { 'a.md': article },
    says: ["There is no reporter 'fax'."],
  },
  {
    title: 'an unknown option',
    args: ['run', 'a.md', '--fast'],
    files: { 'a.md': article },
    says: ["unknown option '--fast'"],
  },
  { title: 'an unknown command', args: ['walk'], says: ["unknown command 'walk'"] },
  {
    title: 'shell code that was not allowed',
    args: ['run', 'a.md', '--surface', 'shell'],
    files: { 'a.md': '# Hello\n\n## Greet\n\n1. Run the command:\n\n   ```bash\n   echo hello\n   ```\n' },
    says: ['The step runs bash code, which is not allowed for this run.', '--allow-shell', /a\.md:5|a\.md:7/],
  },
]

for (const { title, args, files = {}, says } of cases)
  test(`tells ${title} in one message with a remedy`, async ({ world }) => {
    world.write(files)
    const { code, stdout, stderr } = await world.verbatim(args)
    const heard = stdout + stderr
    for (const words of says) typeof words === 'string' ? expect(heard).toContain(words) : expect(heard).toMatch(words)
    expect(heard).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    expect(code, heard).toBe(2)
  })

test('tells that a port is in use', async ({ world }) => {
  const taken = createServer()
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, stderr } = await world.verbatim(['sandbox', '--port', String(Math.min(port, 65_532))])
  taken.close()
  expect(stderr).toContain(`The port ${port} is in use.`)
  expect(stderr).toContain('--port')
  expect(code).toBe(2)
})

for (const command of ['', 'run', 'check', 'plan', 'report', 'show', 'sandbox', 'sweep', 'setup'])
  test(`explains itself with an example: verbatim ${command} --help`, async ({ world }) => {
    const { code, stdout } = await world.verbatim([...command.split(' ').filter(Boolean), '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Usage: verbatim/)
    expect(stdout).toMatch(/Examples?:\n\s+verbatim/)
  })
