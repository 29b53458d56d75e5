import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlannedStep } from '../../../src/plan/plan.ts'
import { download } from '../../../src/execution/portal/download.ts'
import { stepsToRepeat } from '../../../src/execution/portal/repeat.ts'
import { select } from '../../../src/execution/portal/select.ts'
import { set } from '../../../src/execution/portal/set.ts'
import { close, toggle } from '../../../src/execution/portal/toggle.ts'
import { upload } from '../../../src/execution/portal/upload.ts'
import { expect, place, test as base, type World } from './world.ts'

const choose = (world: World, target: string, where: string[] = []) =>
  world.perform(select, { do: 'select', target, where })

/** A world whose article lies in a folder with a template, and whose run has an output folder. */
const test = base.extend<{ folder: string }>({
  folder: async ({ world }, use, info) => {
    const folder = info.outputPath('article')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'template.json'), '{"from": "the article"}')
    writeFileSync(info.outputPath('secret.json'), '{"from": "elsewhere"}')
    const { surroundings } = world.driver
    surroundings.plan.article.path = join(folder, 'article.md')
    Object.assign(surroundings, { output: info.outputPath('output') })
    await use(folder)
  },
})

const shows = `onchange="this.files[0].text().then(text => { said.textContent = this.files[0].name + ' ' + text })"`

test('uploads the file beside the article through a field', async ({ world, page, folder }) => {
  void folder
  await world.show(`<label>Template <input type="file" ${shows}></label><p id="said"></p>`)
  const outcome = await world.perform(upload, { do: 'upload', target: 'the template.json file' })
  expect(outcome).toMatchObject({ status: 'passed', remarks: [] })
  await expect(page.locator('#said')).toContainText('from": "the article')
})

test('uploads a small file of its own where there is none, and tells so', async ({ world, page, folder }) => {
  void folder
  await world.show(`<input type="file" aria-label="Data" ${shows}><p id="said"></p>`)
  const outcome = await world.perform(upload, { do: 'upload', target: 'people.csv' })
  expect(outcome.remarks).toMatchObject([{ rule: 'file-generated' }])
  await expect(page.locator('#said')).toContainText('people.csv')
})

test('never takes a file from outside of the article’s folder', async ({ world, page, folder }) => {
  void folder
  await world.show(`<input type="file" aria-label="Data" ${shows}><p id="said"></p>`)
  const outcome = await world.perform(upload, { do: 'upload', target: '../secret.json' })
  expect(outcome.remarks).toMatchObject([{ rule: 'file-generated' }])
  await expect(page.locator('#said')).not.toContainText('elsewhere')
})

/** A button behind which the field for files hides. */
const hidden = `<button onclick="const field = Object.assign(document.createElement('input'), { type: 'file' }); field.onchange = () => document.body.append(field.files[0].name); field.click()">Load file</button>`

test('uploads through the chooser that a button opens, or that the step before has opened', async ({
  world,
  page,
  folder,
}) => {
  void folder
  await world.show(hidden)
  await world.perform(upload, { do: 'upload', target: 'template.json' })
  await expect(page.getByText('template.json')).toBeVisible()
  await world.show(hidden)
  expect((await choose(world, 'Load file')).effect).toBe('the chooser of files opened')
  await world.perform(upload, { do: 'upload', target: 'template.json' })
  await expect(page.getByText('template.json')).toBeVisible()
})

const file =
  '<a download="myVM.rdp" href="data:application/rdp;base64,Y29wcGVy">Download RDP file</a><a href="#x">Download</a>'

test('downloads a file by the button that says so, and keeps it', async ({ world, folder }) => {
  void folder
  await world.show(file)
  expect((await world.perform(download, { do: 'download', target: 'the RDP file' })).effect).toBe(
    'myVM.rdp was downloaded',
  )
  const { surroundings } = world.driver
  const kept = join(surroundings.output, 'downloads', surroundings.plan.id, 'myVM.rdp')
  expect(readFileSync(kept, 'utf8')).toBe('copper')
})

test('takes a file for downloaded that the selected button has brought', async ({ world, folder }) => {
  void folder
  await world.show(file)
  expect((await choose(world, 'Download RDP file')).effect).toBe('myVM.rdp was downloaded')
  expect((await world.perform(download, { do: 'download', target: 'the file' })).effect).toBe('myVM.rdp was downloaded')
})

test('fails where a button brings no file', async ({ world }) => {
  await world.show('<button onclick="document.body.append(1)">Download</button>')
  const failure = await world.fail(download, { do: 'download', target: 'the template' })
  expect(failure.problem.rule).toBe('no-effect')
})

test('goes on in the tab that a link opens, and comes back when it is closed', async ({ world, page }) => {
  await page.context().route('https://portal.example/second', route =>
    route.fulfill({
      contentType: 'text/html',
      body: '<title>Second</title><label>Vault name <input></label><button onclick="document.title = 1">Save</button>',
    }),
  )
  await world.show(
    '<a href="https://portal.example/second" target="_blank">Open settings</a><button onclick="document.title = 2">Refresh</button>',
  )
  const outcome = await choose(world, 'Open settings')
  expect(outcome).toMatchObject({ effect: 'a new tab opened: Second', remarks: [{ rule: 'tab-followed' }] })
  await world.perform(set, { do: 'set', target: 'Vault name', value: 'copper' })
  await choose(world, 'Save')
  expect((await world.perform(close, { do: 'close', target: 'the browser tab' })).status).toBe('passed')
  await choose(world, 'Refresh')
  await expect(page).toHaveTitle('2')
})

test('closes a tab that leads out of the cloud, and tells so', async ({ world, page }) => {
  await page.context().route('https://elsewhere.example/', route => route.abort('blockedbyclient'))
  await world.show('<a href="https://elsewhere.example/" target="_blank">Learn more</a>')
  expect((await choose(world, 'Learn more')).remarks).toMatchObject([{ rule: 'tab-not-followed' }])
  expect(page.context().pages()).toEqual([page])
  expect(world.driver.page).toBe(page)
})

test('says that there is no tab to close', async ({ world }) => {
  await world.show('<h1>Vaults</h1>')
  expect((await world.fail(close, { do: 'close', target: 'the browser tab' })).problem.rule).toBe('no-other-tab')
})

/** Long lists that draw only the rows in sight. */
const longList = (
  more: string,
) => `${more}<div role="grid" id="grid" style="height: 200px; width: 400px; overflow: auto; border: 1px solid"><div id="all" style="position: relative"></div></div>
<script>
  let names = Array.from({ length: 300 }, (_, at) => 'vm-' + at)
  const draw = () => {
    all.style.height = names.length * 20 + 'px'
    const first = Math.floor(grid.scrollTop / 20)
    all.innerHTML = names.slice(first, first + 12).map((name, at) => '<div role="row" style="position: absolute; height: 20px; overflow: hidden; top: ' + (first + at) * 20 + 'px"><input type="checkbox" aria-label="Select row"><a href="#' + name + '">' + name + '</a></div>').join('')
  }
  grid.onscroll = draw
  draw()
</script>`

test('scrolls through a long list to the row that is meant', async ({ world, page }) => {
  await world.show(longList(''))
  const outcome = await choose(world, 'vm-150')
  expect(outcome.remarks).toMatchObject([{ rule: 'row-brought-up' }])
  await expect(page).toHaveURL(/#vm-150$/)
})

test('filters a long list first, where it has a box for that', async ({ world, page }) => {
  await world.show(
    longList(
      '<input type="search" aria-label="Filter for any field..." oninput="names = [\'vm-7\', \'vm-70\', \'vm-77\'].filter(each => each.includes(this.value)); draw()">',
    ),
  )
  expect((await choose(world, 'vm-77')).remarks).toMatchObject([{ message: /filtered/ }])
  await expect(page).toHaveURL(/#vm-77$/)
})

test('checks the box of a row that is far down', async ({ world, page }) => {
  await world.show(longList(''))
  await world.perform(toggle(true), { do: 'check', target: 'vm-90' })
  await expect(page.getByRole('row', { name: 'vm-90', exact: false }).getByRole('checkbox')).toBeChecked()
})

test('fills a grid of tags row by row, by keys', async ({ world, page }) => {
  await world.show(`<table id="tags"></table><script>
    const add = () => {
      const row = tags.insertRow()
      row.innerHTML = '<td><input aria-label="Name"></td><td><input aria-label="Value"></td>'
      let keys = 0
      row.onkeydown = () => keys++
      row.onchange = () => { if (keys > 0 && row === tags.rows[tags.rows.length - 1]) add() }
    }
    add()
  </script><button onclick="document.title = 'next'">Next</button>`)
  for (const [name, value] of [
    ['env', 'test'],
    ['team', 'docs'],
  ] as const) {
    await world.perform(set, { do: 'set', target: 'Name', value: name, where: ['Tags'] })
    await world.perform(set, { do: 'set', target: 'Value', value, where: ['Tags'] })
  }
  expect((await choose(world, 'Next')).remarks).toEqual([])
  expect(await page.locator('input').evaluateAll(all => all.map(each => (each as HTMLInputElement).value))).toEqual([
    'env',
    'test',
    'team',
    'docs',
    '',
    '',
  ])
})

const stepOf = (number: string, more: Partial<PlannedStep> = {}): PlannedStep => ({
  id: number,
  number,
  procedure: 'Do',
  title: 'Do it.',
  place,
  actions: [],
  images: [],
  ...more,
})
const steps = ['1', '2', '3', '4'].map(number => stepOf(number))
const last = stepOf('5')
const repeated: [target: string, numbers: string[] | RegExp][] = [
  ['steps 2 to 4', ['2', '3', '4']],
  ['step 3', ['3']],
  ['the previous step', ['4']],
  ['steps 1-3 again', ['1', '2', '3']],
  ['steps 2 to 4 for the second network', /different the second time/],
  ['steps 1-3 to create myVM2', /different the second time/],
  ['steps 4 to 7', /not certain/],
  ['the procedure', /not certain/],
]

for (const [target, numbers] of repeated)
  test(`repeats ${target}: ${numbers instanceof RegExp ? 'only with a reason why not' : numbers.join(', ')}`, () => {
    const found = stepsToRepeat(target, last, [...steps, last])
    if (numbers instanceof RegExp) expect(found).toMatch(numbers)
    else expect(found).toMatchObject(numbers.map(number => ({ number })))
  })
