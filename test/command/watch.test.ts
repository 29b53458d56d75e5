import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { ownArticle } from './own-article.ts'
import { test, type Started, type World } from './verbatim-fixture.ts'

const watch = ['watch', 'article.md', '--surface', 'arm', '--no-open']
const ready = 'Save to run again'
const wrong = ownArticle.replace('North Europe', 'Atlantis')

test('runs an article again when it is saved, and its open page shows the new result', async ({ world, page }) => {
  world.write({ 'article.md': ownArticle })
  const watching = world.start(watch)
  await page.goto(addressIn(await watching.said('Live page: ')))
  await watching.said(ready)
  await expect(page.locator('.headline')).toContainText('rehearsal went through')
  world.write({ 'article.md': wrong })
  await expect(page.locator('.headline')).toContainText('failed', { timeout: 30_000 })
  await expect(page.getByText('Atlantis').first()).toBeVisible()
  world.write({ 'article.md': ownArticle })
  await expect(page.locator('.headline')).toContainText('rehearsal went through', { timeout: 30_000 })
  const { code, stderr } = await ended(watching)
  expect(code, stderr).toBe(0)
})

test('shows the steps on the page while they are carried out', async ({ world, page }) => {
  world.write({ 'article.md': resting })
  const watching = world.start([...watch, '--allow-shell'])
  await page.goto(addressIn(await watching.said('Live page: ')))
  await expect(page.getByText('This run has not ended.')).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('.step.s-passed').first()).toBeVisible({ timeout: 30_000 })
  const { code, stderr } = await ended(watching)
  expect(code, stderr).toBe(130)
})

test('watches includes and the runbook too, also one that comes into being', async ({ world }) => {
  world.write({
    'article.md': ownArticle.replace(
      '## Clean up resources',
      '[!INCLUDE [rest](includes/rest.md)]\n\n## Clean up resources',
    ),
    'includes/rest.md': 'Have a rest.\n',
  })
  const watching = world.start(watch)
  await watching.said(ready)
  world.write({ 'includes/rest.md': 'Have a long rest.\n' })
  await watching.said('Saved: includes/rest.md')
  await runs(watching, 2)
  world.write({ 'article.runbook.yaml': 'owner: contoso\n' })
  await watching.said('Saved: article.runbook.yaml')
  await runs(watching, 3)
  expect(lastRun(world)).toContain('"owner":"contoso"')
  // A mistake is told, and waits to be mended.
  world.write({ 'article.runbook.yaml': 'ovner: contoso\n' })
  await watching.said('article.runbook.yaml:1:1')
  world.write({ 'article.runbook.yaml': 'owner: fabrikam\n' })
  await expect.poll(() => lastRun(world), { timeout: 30_000 }).toContain('"owner":"fabrikam"')
})

test('saves during a run wait for its end, and many of them make one run', async ({ world, attached }) => {
  world.write({ 'article.md': ownArticle.replace('## Clean up resources', pause(4)) })
  const watching = world.start([...watch, '--allow-shell', '--cloud', 'cloud.json'])
  await watching.said('Go to resource')
  for (const name of ['one', 'two', 'three']) world.write({ 'article.md': ownArticle.replaceAll('contoso', name) })
  await expect.poll(async () => (await attached.resourceGroups()).length).toBeLessThanOrEqual(1)
  await watching.said(/Saved: article\.md[\s\S]*Save to run again/)
  const text = (await ended(watching)).stdout
  expect(text.match(/Save to run again/g)).toHaveLength(2)
  expect(text.match(/Saved: /g)).toHaveLength(1)
  expect(text.indexOf('Saved: ')).toBeGreaterThan(text.indexOf('Cleaning up'))
})

test('Ctrl+C during a run stops its steps and cleans up', async ({ world, attached }) => {
  world.write({ 'article.md': resting })
  const watching = world.start([...watch, '--allow-shell', '--cloud', 'cloud.json'])
  await expect.poll(async () => (await attached.resourceGroups()).length, { timeout: 30_000 }).toBe(1)
  watching.process.kill('SIGINT')
  const { code, stdout } = await watching.ended
  expect(code, stdout).toBe(130)
  expect(await attached.resourceGroups()).toEqual([])
})

test('Ctrl+C before the first step ends it as well', async ({ world, attached }) => {
  world.write({ 'article.md': resting })
  const watching = world.start([...watch, '--allow-shell', '--cloud', 'cloud.json'])
  await watching.said('Live page: ')
  watching.process.kill('SIGINT')
  const { code, stdout } = await watching.ended
  expect(code, stdout).toBe(130)
  expect(await attached.resourceGroups()).toEqual([])
})

test('leaves one folder behind, whose page is at rest, and nothing in the history', async ({ world }) => {
  world.write({ 'article.md': ownArticle })
  const watching = world.start(watch)
  await watching.said(ready)
  world.write({ 'article.md': ownArticle.replaceAll('contoso', 'fabrikam') })
  await runs(watching, 2)
  await ended(watching)
  const [folder, ...others] = readdirSync(join(world.folder, 'reports'))
  expect(others).toEqual([])
  expect(readFileSync(join(world.folder, 'reports', folder ?? '', 'index.html'), 'utf8')).not.toContain('EventSource')
  const shown = await world.verbatim(['show', '--print'])
  expect(shown.stdout).toBe(`reports/${folder}/index.html\n`)
})

test('the live page is for this machine alone, and only pages and pictures are served', async ({ world }) => {
  world.write({ 'article.md': ownArticle })
  const watching = world.start(watch)
  const address = addressIn(await watching.said('Live page: '))
  await watching.said(ready)
  expect(new URL(address).hostname).toBe('127.0.0.1')
  const statuses = await Promise.all([
    statusOf(address, {}),
    statusOf(address, { host: 'contoso.example' }),
    statusOf(`${address}result.json`, {}),
    statusOf(`${address}journal/run.jsonl`, {}),
    statusOf(`${address}..%2f..%2farticle.html`, {}),
  ])
  expect(statuses).toEqual([200, 403, 404, 404, 404])
})

test('names the mistake where there is no article', async ({ world }) => {
  const { code, stderr } = await world.verbatim(['watch', 'none.md'])
  expect([code, stderr]).toEqual([2, expect.stringContaining("There is no file 'none.md'.")])
  const help = await world.verbatim(['watch', '--help'])
  expect(help.stdout).toContain('Examples:')
})

test('show opens the newest report in the browser', async ({ world }) => {
  world.write({
    'reports/one/index.html': '',
    'bin/xdg-open': '#!/bin/sh\nprintf %s "$1" > opened\n',
    'reports/history/2026-11.jsonl': '',
  })
  chmodSync(join(world.folder, 'bin/xdg-open'), 0o755)
  test.skip(process.platform !== 'linux', 'other platforms open pages with other commands')
  const { code } = await world.verbatim(['show'], {
    env: { PATH: `${join(world.folder, 'bin')}:${process.env['PATH']}` },
  })
  expect(code).toBe(0)
  await expect.poll(() => existsSync(join(world.folder, 'opened'))).toBe(true)
  expect(readFileSync(join(world.folder, 'opened'), 'utf8')).toBe(join(world.folder, 'reports/one/index.html'))
})

const resting = ownArticle.replace('## Clean up resources', pause(60))

function pause(seconds: number): string {
  return `## Rest\n\n1. Run the command:\n\n   \`\`\`bash\n   sleep ${seconds}\n   \`\`\`\n\n## Clean up resources`
}

function addressIn(text: string): string {
  return /Live page: (\S+)/.exec(text)?.[1] ?? ''
}

/** Waits until a number of runs have ended. */
async function runs(watching: Started, number: number): Promise<void> {
  await watching.said(new RegExp(`(?:${ready}[\\s\\S]*){${number}}`))
}

function ended(watching: Started) {
  watching.process.kill('SIGINT')
  return watching.ended
}

function lastRun(world: World): string {
  const folders = readdirSync(join(world.folder, 'reports')).sort()
  const file = join(world.folder, 'reports', folders.at(-1) ?? '', 'result.json')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function statusOf(address: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(address, { headers }, response => {
      response.resume()
      resolve(response.statusCode)
    }).once('error', reject)
  })
}
