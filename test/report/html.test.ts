import { expect, test, type Page } from '@playwright/test'
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RunResult } from '../../src/result/result.ts'
import { html } from '../../src/report/html.ts'
import { runPage } from '../../src/report/page/run-page.ts'
import { surroundingsOf } from '../../src/report/page/surroundings.ts'
import { historyOf, stored, writePages } from './pages.ts'
import { sources, storedResults } from './stored-results.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const sides = [
  { width: 320, height: 640, colorScheme: 'light' },
  { width: 1024, height: 768, colorScheme: 'dark' },
  { width: 1600, height: 1000, colorScheme: 'light' },
] as const

for (const [name, run] of Object.entries(storedResults)) {
  test(`the page of '${name}' has no fault that axe finds, fits from phone to wide screen, light and dark, and asks the network for nothing`, async ({
    page,
  }) => {
    const asked: string[] = []
    const said: string[] = []
    page.on('request', request => asked.push(request.url()))
    page.on('console', message => said.push(message.text()))
    page.on('pageerror', error => said.push(error.message))
    const address = writePages(run, name === 'night' ? { history: historyOf(run) } : {})
    for (const { colorScheme, ...side } of sides) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(side)
      await page.goto(address)
      expect(await overflow(page), `${side.width} px`).toBe('')
      expect(await faults(page), `${side.width} px, ${colorScheme}`).toEqual([])
    }
    expect(asked.filter(url => !/^(?:file|data):/.test(url))).toEqual([])
    expect(said).toEqual([])
  })
}

test('the pages of the articles of a night are as good as those of one article', async ({ page }) => {
  const run = stored('night')
  const address = writePages(run)
  await page.goto(address)
  const pages = await page
    .locator('tbody th a')
    .evaluateAll(links => links.map(link => (link as HTMLAnchorElement).href))
  expect(new Set(pages).size).toBe(run.articles.length)
  for (const article of pages) {
    await page.goto(article)
    expect(await faults(page)).toEqual([])
    await expect(page.getByRole('link', { name: 'All articles of this run' })).toHaveAttribute('href', '../index.html')
  }
})

test('the first screen says that the article is not true, which sentence, and what it should say', async ({ page }) => {
  await page.goto(writePages(stored('wrong-article')))
  for (const [width, height] of [
    [1024, 768],
    [1600, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expect(page.getByText('This article is no longer true')).toBeInViewport({ ratio: 1 })
    await expect(page.locator('.sentence').first()).toBeInViewport({ ratio: 1 })
    if (width > 400) await expect(page.locator('.findings ins').first()).toBeInViewport({ ratio: 1 })
  }
})

test('each kind of result has its own answer', async ({ page }) => {
  const answers: Record<string, string> = {
    passed: 'This article is still true',
    rehearsed: 'The rehearsal went through',
    'wrong-article': 'This article is no longer true',
    'wrong-service': 'The service failed, so the article can’t be judged',
    'wrong-resource': 'This article is no longer true',
    surroundings: 'Not known: the surroundings failed, not the article',
    drifted: 'It went through, but readers get stuck in one place',
    refused: 'Not tried: 2 instructions can’t be carried out as written',
    'on-paper': 'True as far as it was tried',
    shell: 'This article is still true',
    interrupted: 'Not known: the run ended too early',
    'left-behind': 'The steps went through, but 1 resource was left behind',
    empty: 'Nothing was run. An empty run is not a pass.',
    night: '1 of 11 articles is no longer true, and 1 more says something else than the product',
  }
  expect(Object.keys(answers).sort()).toEqual(Object.keys(storedResults).sort())
  for (const [name, answer] of Object.entries(answers)) {
    await page.goto(writePages(stored(name)))
    await expect(page.locator('.answer .headline')).toHaveText(answer)
  }
})

test('every page of a rehearsal says what it is in its title, at its top and at its end', async ({ page }) => {
  const rehearsal: RunResult = { ...stored('night'), cloud: stored('rehearsed').cloud }
  for (const { content } of html(rehearsal, sources)) {
    await page.setContent(content)
    const notice = page.getByText('Rehearsal on the sandbox: says nothing about Azure')
    await expect(notice.first()).toBeVisible()
    await expect(notice).toHaveCount(2)
    expect(await page.title()).toMatch(/^Rehearsal · /)
  }
})

test('nothing that was not carried out looks green', async ({ page }) => {
  for (const name of ['on-paper', 'interrupted', 'refused', 'surroundings', 'wrong-article']) {
    const run = stored(name)
    await page.goto(writePages(run))
    const green = await page
      .locator('.article :is(.said, tr.row, .code, .badge):is(.s-passed, .i-passed)')
      .evaluateAll(elements => elements.map(element => element.closest('.step')?.id))
    const passed = run.articles[0]?.steps.flatMap((step, index) =>
      step.status === 'passed' || step.status === 'failed' ? [`step-${index + 1}`] : [],
    )
    expect(passed, name).toEqual(expect.arrayContaining(green))
  }
})

test('an answer is green only when every step passed', async ({ page }) => {
  for (const [name, run] of Object.entries(storedResults)) {
    await page.goto(writePages(run))
    const all =
      run.articles.length === 1 &&
      !run.cloud.rehearsal &&
      run.articles[0]?.status === 'passed' &&
      run.articles[0].steps.every(step => step.status === 'passed')
    const left = run.cleanup.some(item => item.status === 'left')
    await expect(page.locator('.answer.a-passed'), name).toHaveCount(all && !left ? 1 : 0)
  }
})

test('what an article brings along does not run, does not load and does not borrow our looks', async ({ page }) => {
  const dialogs: string[] = []
  page.on('dialog', dialog => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(writePages(stored('passed')))
  await page.locator('.article').getByText('What is deleted?').click()
  await expect(page.locator('.article').getByText('Not a mark of ours.')).toBeVisible()
  expect(
    await page
      .locator('.article')
      .getByText('Not a mark of ours.')
      .evaluate(element => element.closest('.said')),
  ).toBeNull()
  expect(dialogs).toEqual([])
})

test('the suggested change is copied as a sentence and as a patch', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(writePages(stored('wrong-article')))
  const finding = page.locator('.findings')
  await finding.getByRole('button', { name: 'Copy the sentence' }).click()
  await expect(page.getByRole('status')).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    '1. On the **Recovery Services vaults** page, select **Create**. The form opens beside the list.',
  )
  await finding.getByRole('button', { name: 'Copy as a patch' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('+++ b/docs/articles/create-vault.md\n@@ -30,7 +30,7 @@')
})

test('the element that was used is outlined on the screenshot, beside the image of the article', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 1000 })
  await page.goto(writePages(stored('wrong-article')))
  const shot = page.locator('#step-4 .shot').first()
  await shot.scrollIntoViewIfNeeded()
  const picture = await shot.locator('img').boundingBox()
  const outline = await shot.locator('.outline').boundingBox()
  if (!picture || !outline) throw new Error('no picture or no outline is visible')
  expect((outline.x - picture.x) / picture.width).toBeCloseTo(264 / 1280, 1)
  expect(outline.width / picture.width).toBeCloseTo(96 / 1280, 1)
  await expect.poll(() => shot.locator('img').evaluate(image => (image as HTMLImageElement).naturalWidth)).toBe(1280)
  await expect(page.locator('#step-4 .pictures img')).toHaveCount(2)
})

test('on a wide screen evidence stands beside its step, and no piece covers another', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 1000 })
  for (const name of ['passed', 'wrong-article', 'on-paper']) {
    await page.goto(writePages(stored(name)))
    await expect(page.locator('.figure img').first()).toHaveJSProperty('complete', true)
    const boxes = await page.locator('.article .evidence').evaluateAll(notes =>
      notes
        .filter(note => (note as HTMLElement).offsetParent)
        .map(note => {
          const { top, bottom, left } = note.getBoundingClientRect()
          const step = note.parentElement?.getBoundingClientRect()
          return { top, bottom, left, stepTop: step?.top ?? 0, stepRight: step?.right ?? 0 }
        }),
    )
    expect(boxes.length).toBeGreaterThan(3)
    for (const [index, box] of boxes.entries()) {
      expect(box.left).toBeGreaterThan(box.stepRight)
      expect(box.top).toBeGreaterThanOrEqual(Math.max(box.stepTop - 1, (boxes[index - 1]?.bottom ?? 0) - 1))
    }
    const sheet = await page.locator('.article').boundingBox()
    expect((sheet?.y ?? 0) + (sheet?.height ?? 0)).toBeGreaterThanOrEqual(boxes.at(-1)?.bottom ?? 0)
  }
})

test('a keyboard reaches evidence, tabs and copying, in the order of reading', async ({ page }) => {
  await page.goto(writePages(stored('wrong-article')))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  const order: string[] = []
  for (let index = 0; index < 60; index++) {
    await page.keyboard.press('Tab')
    order.push(
      await page.evaluate(() => document.activeElement?.closest('.findings,.article,.source')?.className ?? ''),
    )
  }
  const seen = order.filter((name, index) => name !== '' && name !== order[index - 1])
  expect(seen.slice(0, 2).map(name => name.split(' ')[0])).toEqual(['findings', 'article'])
  await page.getByRole('tab', { name: 'Portal' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Azure CLI' })).toBeFocused()
  await expect(page.getByRole('tabpanel', { name: 'Azure CLI' })).toBeVisible()
  await expect(page.getByRole('tabpanel', { name: 'Portal' })).toBeHidden()
})

test('a link to a line opens the text and leads there', async ({ page }) => {
  await page.goto(writePages(stored('wrong-article')))
  await page.locator('.findings').getByRole('link', { name: 'line 33' }).click()
  await expect(page.locator('.source span:target')).toHaveText(/select \*\*\+ Add vault\*\*/)
  await expect(page.locator('.source span:target')).toBeInViewport()
})

test('with a repository a link to a line leads there', async ({ page }) => {
  const sourceLink = (path: string, line: number) => `https://example.com/blob/main/${path}#L${line}`
  await page.goto(writePages(stored('wrong-article'), { sourceLink }))
  await expect(page.locator('.findings').getByRole('link', { name: 'line 33' })).toHaveAttribute(
    'href',
    'https://example.com/blob/main/docs/articles/create-vault.md#L33',
  )
})

test('without scripts everything can be read', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(writePages(stored('wrong-article')))
  await expect(page.getByText('az backup vault show').first()).toBeVisible()
  await page.goto(writePages(stored('night')))
  await expect(page.locator('tbody tr')).toHaveCount(stored('night').articles.length)
  await expect(page.locator('form.filters')).toBeHidden()
  await context.close()
})

test('filters live in the address and survive being opened again', async ({ page }) => {
  const run = stored('night')
  const address = writePages(run, { history: historyOf(run) })
  await page.goto(address)
  await page.getByLabel('Owner', { exact: true }).selectOption('omarhaddad')
  await page.getByLabel('Search').fill('tag')
  await expect(page.locator('tbody tr:visible')).toHaveCount(2)
  await expect(page.locator('#shown')).toHaveText('2 of 11 articles')
  const filtered = page.url()
  expect(filtered).toContain('#q=tag&owner=omarhaddad')
  await page.goto('about:blank')
  await page.goto(filtered)
  await expect(page.getByLabel('Search')).toHaveValue('tag')
  await expect(page.locator('tbody tr:visible')).toHaveCount(2)
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page.locator('tbody tr:visible')).toHaveCount(11)
})

test('articles can be grouped by service, folder, result and age', async ({ page }) => {
  await page.goto(writePages(stored('night')))
  await expect(page.locator('.group:visible h3').first()).toContainText('lenafranke')
  await page.getByLabel('Group by').selectOption('service')
  await expect(page.locator('.group:visible h3')).toHaveText([
    'azure-backup',
    'azure-resource-manager',
    'azure-virtual-machines',
  ])
  await expect(page.locator('tbody tr:visible')).toHaveCount(11)
  await page.getByLabel('Group by').selectOption('owner')
  await expect(page.locator('.group:visible h3')).toHaveCount(3)
  await expect(page.locator('tbody tr:visible')).toHaveCount(11)
})

test('the night says what changed, since when and at which commit, and what is flaky', async ({ page }) => {
  const run = stored('night')
  await page.goto(writePages(run, { history: historyOf(run) }))
  const changes = page.getByRole('region', { name: 'Since the run before' })
  await expect(changes.getByRole('heading', { name: 'Newly broken' })).toBeVisible()
  await expect(changes.getByRole('heading', { name: 'Flaky' })).toBeVisible()
  const broken = page.getByRole('row', { name: /Create a recovery vault for a test environment.*Failed/ })
  await expect(broken).toContainText('since 18 November 2026, at 4f0c2d9a')
  await expect(broken.getByRole('img', { name: /Of the latest 30 results/ })).toBeVisible()
})

test('a night of 2,000 articles with thirty nights behind it shows its first content within 500 ms', async ({
  page,
}) => {
  const run = stored('night')
  const sample = run.articles[8]
  if (!sample) throw new Error('the night has too few articles')
  const articles = Array.from({ length: 2000 }, (_, index) => ({
    ...sample,
    id: `article-${index}`,
    title: `Article ${index}`,
    owner: `owner-${index % 60}`,
    steps: sample.steps.slice(0, 2),
  }))
  const many = { ...run, articles, cleanup: [] }
  const history = historyOf(many)
  const address = writePages({ ...run, articles: [] })
  writeFileSync(fileURLToPath(address), runPage(many, surroundingsOf(many, sources, {}, ''), history))
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    await page.goto(address)
    times.push(
      await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity),
    )
  }
  test.info().annotations.push({ type: 'milliseconds', description: times.map(Math.round).join(', ') })
  expect(times.toSorted((a, b) => a - b)[1]).toBeLessThan(500)
})

test('an article page opens within a second, and stays small without its pictures', async ({ page }) => {
  const pages = html(stored('wrong-article'), sources)
  expect(Buffer.byteLength(pages[0]?.content ?? '')).toBeLessThan(150_000)
  await page.goto(writePages(stored('wrong-article')))
  const load = await page.evaluate(() => performance.getEntriesByType('navigation')[0]?.duration ?? Infinity)
  expect(load).toBeLessThan(1000)
})

test('printed, a page shows its findings and open evidence and no controls', async ({ page }) => {
  await page.goto(writePages(stored('wrong-article')))
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'Copy as a patch' }).first()).toBeHidden()
  await expect(page.locator('#step-4 .evidence .message')).toBeVisible()
  expect(await overflow(page)).toBe('')
})

test('a result whose texts were not kept still shows its steps', async ({ page }) => {
  const [only] = html(stored('wrong-article'), () => undefined)
  await page.setContent(only?.content ?? '')
  await expect(page.locator('.steps .step')).toHaveCount(stored('wrong-article').articles[0]?.steps.length ?? 0)
  await expect(page.locator('.steps .s-passed.step')).toHaveCount(3)
})

/** How much wider than the window the page is, and which elements make it so. */
async function overflow(page: Page): Promise<string> {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= wide) return ''
    const reaching = [...document.querySelectorAll('body *')].filter(
      one => one.getBoundingClientRect().right > wide + 1,
    )
    return `by ${document.documentElement.scrollWidth - wide} px: ${reaching
      .slice(-3)
      .map(one => `${one.tagName}.${one.className} ${one.textContent?.slice(0, 40)}`)
      .join(' | ')}`
  })
}

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    )
  })
}
