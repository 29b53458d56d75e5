import { goTo } from '../../../src/execution/portal/go-to.ts'
import { wait } from '../../../src/execution/portal/observe.ts'
import { search } from '../../../src/execution/portal/search.ts'
import { select } from '../../../src/execution/portal/select.ts'
import { set } from '../../../src/execution/portal/set.ts'
import { toggle } from '../../../src/execution/portal/toggle.ts'
import { expect, test, type World } from './world.ts'

/**
 * What breaks naive automation on the real portal (`portal-facts.md` §18), row by row. A page of a few lines shows each
 * break, and what a reader would come to is what the driver must come to. Rows that are not about the screen have their
 * tests elsewhere, and are named at the end.
 */
const choose = (world: World, target: string, where: string[] = []) =>
  world.perform(select, { do: 'select', target, where })
const enter = (world: World, target: string, value: string, where: string[] = []) =>
  world.perform(set, { do: 'set', target, value, where })
const titled = (label: string, title = label, more = '') =>
  `<button ${more} onclick="document.title = '${title}'">${label}</button>`

/** Serves a frame of another site. */
const frame = (world: World, body: string) =>
  world.page.context().route('https://frame.example/blade', route => route.fulfill({ contentType: 'text/html', body }))

test('goto with load or network idle: a page that polls for ever counts as loaded', async ({ world, page }) => {
  await page.context().route('https://portal.example/poll', () => undefined)
  await world.show(`${titled('Create')}<script>setInterval(() => fetch('/poll').catch(() => {}), 300)</script>`)
  await world.perform(goTo, { do: 'goTo', target: 'https://portal.example/page.html' })
  await choose(world, 'Create')
  await expect(page).toHaveTitle('Create')
})

test('page.getByRole only: content in a cross-site frame is found', async ({ world, page }) => {
  await frame(world, `<button onclick="document.body.append('made')">+ Create</button>`)
  await world.show('<iframe src="https://frame.example/blade" style="width: 500px; height: 300px"></iframe>')
  await choose(world, 'Create')
  await expect(page.frameLocator('iframe').getByText('made')).toBeVisible()
})

test('a frame that is put up anew while its button is about to be used: the button is looked up again', async ({
  world,
  page,
}) => {
  await frame(world, `<button onclick="document.body.append('made')">+ Create</button>`)
  await world.show('<p><iframe src="https://frame.example/blade" style="width: 500px; height: 300px"></iframe></p>')
  let times = 0
  world.driver.beforeUse = async () => {
    if (times++ > 0) return
    await page.evaluate(() => {
      const paragraph = document.querySelector('p')
      if (paragraph) paragraph.innerHTML = String(paragraph.innerHTML)
    })
  }
  await choose(world, 'Create')
  await expect(page.frameLocator('iframe').getByText('made')).toBeVisible()
})

test('a session that ends while a button in a frame is about to be used is told as such', async ({ world, page }) => {
  await frame(world, '<button>+ Create</button>')
  await world.show('<iframe src="https://frame.example/blade" style="width: 500px; height: 300px"></iframe>')
  const { entra } = world.driver.surroundings.cloud
  await page.context().route(`${entra}/**`, route => route.fulfill({ contentType: 'text/html', body: 'Sign in' }))
  world.driver.beforeUse = async () => {
    await page.evaluate(address => location.assign(address), `${entra}/authorize`)
    await page.waitForURL(url => url.href.startsWith(entra))
  }
  const failure = await world.fail(select, { do: 'select', target: 'Create', where: [] })
  expect({ rule: failure.problem.rule, verdict: failure.verdict }).toEqual({
    rule: 'not-signed-in',
    verdict: 'environment',
  })
})

test('fixed frame URL or index: of frames of one name the one on screen is taken, prewarmed and parked ones are not', async ({
  world,
  page,
}) => {
  await frame(world, `<button onclick="this.after('made')">Create</button>`)
  const one = (style: string) =>
    `<iframe name="List.ReactView" src="https://frame.example/blade" style="width: 400px; height: 200px; ${style}"></iframe>`
  await world.show(
    one('visibility: hidden') + one('position: absolute; left: -4000px') + one('display: none') + `<p>${one('')}</p>`,
  )
  await choose(world, 'Create')
  await expect(page.frameLocator('p iframe').getByText('made')).toBeVisible()
})

test('“visible” as filter: what is parked beside the window or under a cover is not taken', async ({ world, page }) => {
  await world.show(`<div style="position: absolute; left: -4000px">${titled('Create', 'parked')}</div>
    <div style="position: absolute; left: 0; top: 0; width: 200px; height: 80px">${titled('Create', 'covered')}</div>
    <div style="position: absolute; left: 0; top: 0; width: 300px; height: 200px; background: white"><br><br><br><br>${titled('Create', 'free')}</div>`)
  await choose(world, 'Create')
  await expect(page).toHaveTitle('free')
})

const names: [what: string, shown: string, said: string, drift: string | undefined][] = [
  ['an icon glyph', '\uE710 Create', 'Create', undefined],
  ['a plus sign', '+ Create', 'Create', undefined],
  ['a count', 'Basics (1)', 'Basics', undefined],
  ['an arrow', 'Next : Disks &gt;', 'Next: Disks', undefined],
  ['an ellipsis', 'Browse…', 'Browse', undefined],
  ['other case', 'Review + create', 'Review + Create', 'cosmetic'],
]
for (const [what, shown, said, drift] of names)
  test(`exact names: ${what} is ${drift ? 'reported as cosmetic' : 'no difference'}`, async ({ world, page }) => {
    await world.show(titled(shown, 'done'))
    const { remarks } = await choose(world, said)
    expect(remarks.map(remark => remark.drift)).toEqual(drift ? [drift] : [])
    await expect(page).toHaveTitle('done')
  })

for (const mark of ['*', '<span aria-hidden="true">*</span>', '(required)', ':'])
  test(`exact names: a field marked ${mark} is found by its label`, async ({ world, page }) => {
    await world.show(`<label for="box">Vault name ${mark}</label><input id="box">`)
    await enter(world, 'Vault name', 'copper')
    await expect(page.locator('#box')).toHaveValue('copper')
  })

test('substring names: Create is not Create new, West US is not West US 2', async ({ world, page }) => {
  await world.show(`${titled('Create new')}${titled('Create')}
    <label>Region <select><option>(US) West US 2</option><option>(US) West US 3</option><option>(US) West US</option></select></label>`)
  await choose(world, 'Create')
  await expect(page).toHaveTitle('Create')
  await enter(world, 'Region', 'West US')
  await expect(page.locator('select')).toHaveValue('(US) West US')
})

test('substring names: of two Deletes the one of the pane, then the one of the dialog over it', async ({
  world,
  page,
}) => {
  await world.show(`${titled('Delete', 'wrong')}<section aria-label="Delete a resource group" style="position: fixed; right: 0; top: 0; width: 400px; height: 400px; z-index: 2; background: white">
    <h2>Delete a resource group</h2><button onclick="sure.showModal()">Delete</button></section>
    <dialog id="sure" aria-label="Delete confirmation">${titled('Delete', 'deleted')}${titled('Go back')}</dialog>`)
  await choose(world, 'Delete', ['Delete a resource group'])
  await choose(world, 'Delete')
  await expect(page).toHaveTitle('deleted')
})

test('first match wins: a tab and a button of one name are told apart by the sentence', async ({ world, page }) => {
  world.driver.step = { ...world.driver.step, title: 'Select the Review + create tab.' }
  await world.show(`${titled('Review + create', 'button')}${titled('Review + create', 'tab', 'role="tab"')}`)
  await choose(world, 'Review + create')
  await expect(page).toHaveTitle('tab')
})

test('first match wins: the field is taken, not its info button', async ({ world, page }) => {
  await world.show(
    '<span>Region</span><button aria-label="Region">i</button><div><input aria-label="Region" id="box"></div>',
  )
  await enter(world, 'Region', 'North Europe')
  await expect(page.locator('#box')).toHaveValue('North Europe')
})

test('fill into keyed inputs: keys are pressed where filling is not heard', async ({ world, page }) => {
  await world.show(`<label>Name <input id="box" onkeyup="document.title = this.value"></label>`)
  await enter(world, 'Name', 'copper')
  await expect(page).toHaveTitle('copper')
})

/** A search box that drops what is typed in its first moments, and hears nothing but keys. */
const searchBox = (
  hears: string,
) => `<input role="combobox" aria-label="Search resources, services, and docs (G+/)" id="box">
  <div role="listbox" aria-label="List of search results" id="list"></div>
  <script>box.${hears} = () => { if (box.value === 'vaults') list.innerHTML = '<div role="option">Recovery Services vaults</div>' }</script>`

for (const hears of ['oninput', 'onkeyup'])
  test(`fill into search: results are waited for where the box listens ${hears}`, async ({ world }) => {
    await world.show(searchBox(hears))
    expect((await world.perform(search, { do: 'search', value: 'vaults' })).effect).toBe('1 results came up')
  })

for (const role of ['option', 'treeitem', 'menuitem', 'radio'])
  test(`selectOption: a list of ${role}s opens on the mouse button, and the field shows the choice`, async ({
    world,
    page,
  }) => {
    const list = { option: 'listbox', treeitem: 'tree', menuitem: 'menu', radio: 'listbox' }[role]
    await world.show(`<div role="combobox" tabindex="0" aria-label="Region" id="box" style="border: 1px solid; width: 200px">Choose</div>
      <script>box.onmousedown = () => {
        if (document.querySelector('[role=${list}]')) return
        const list = Object.assign(document.createElement('div'), { innerHTML: '<div role="${list}"><div role="${role}">(US) West US 2</div><div role="${role}">(US) West US</div></div>' })
        list.onmousedown = event => { box.textContent = event.target.textContent; list.remove() }
        document.body.append(list)
      }</script>`)
    await enter(world, 'Region', 'West US')
    await expect(page.locator('#box')).toHaveText('(US) West US')
  })

test('scripted click: handlers of the mouse button are reached', async ({ world, page }) => {
  await world.show(
    `<div role="button" tabindex="0" onmousedown="this.down = true" onmouseup="if (this.down) document.title = 'done'">Create</div>`,
  )
  await choose(world, 'Create')
  await expect(page).toHaveTitle('done')
})

test('trusting isEnabled: a button that only looks dead is found out by its missing effect', async ({ world }) => {
  await world.show('<button class="fxs-disabled" title="Not now" style="opacity: 0.4">OK</button>')
  expect((await world.fail(select, { do: 'select', target: 'OK' })).problem.rule).toBe('no-effect')
})

test('setting fields quickly: “Loading...” is waited out, and what a late load resets is set again', async ({
  world,
  page,
}) => {
  await world.show(`<label>Vault name <input id="box"></label>
    <div role="combobox" aria-disabled="true" tabindex="0" aria-label="Region" id="region">Loading...</div>${titled('Review + create', 'sent')}
    <script>setTimeout(() => { region.textContent = 'North Europe'; region.removeAttribute('aria-disabled'); box.value = '' }, 900)</script>`)
  await enter(world, 'Vault name', 'copper')
  await enter(world, 'Region', 'North Europe')
  expect((await choose(world, 'Review + create')).remarks).toMatchObject([{ rule: 'value-reset' }])
  await expect(page.locator('#box')).toHaveValue('copper')
})

test('waiting for the Create button: it is used once validation has passed', async ({ world, page }) => {
  await world.show(`<p id="say">Running final validation...</p>${titled('Create', 'sent', 'id="send" disabled')}
    <script>setTimeout(() => { say.textContent = 'Validation passed'; send.disabled = false }, 700)</script>`)
  await world.perform(wait, { do: 'wait', target: 'validation passes' })
  await choose(world, 'Create')
  await expect(page).toHaveTitle('sent')
})

test('assuming success after Create: “failed” ends the wait at once', async ({ world }) => {
  await world.show(
    `<h2 id="say">Deployment is in progress</h2><script>setTimeout(() => { say.textContent = 'Your deployment failed' }, 500)</script>`,
  )
  const failure = await world.fail(wait, { do: 'wait', target: 'the deployment to finish' })
  expect(failure).toMatchObject({ verdict: 'product', problem: { rule: 'wait-failed' } })
})

test('toasts, coachmarks, surveys: what covers the command is put away and told', async ({ world, page }) => {
  await world.show(
    `${titled('Create')}<div id="toast" role="dialog" aria-label="Feedback survey" style="position: fixed; inset: 0; background: white">Rate your visit <button onclick="toast.remove()">Not now</button></div>`,
  )
  expect((await choose(world, 'Create')).remarks).toMatchObject([{ rule: 'interruption-dismissed' }])
  await expect(page).toHaveTitle('Create')
})

test('fold-away commands: they are found under “More commands”, and that is told', async ({ world, page }) => {
  await world.show(`<div role="toolbar"><button aria-haspopup="menu" aria-expanded="false" aria-label="More commands"
    onclick="this.setAttribute('aria-expanded', 'true'); more.hidden = false">…</button></div><div role="menu" id="more" hidden><button role="menuitem" onclick="document.title = 'moved'">Move</button></div>`)
  expect((await choose(world, 'Move')).remarks).toMatchObject([{ rule: 'found-folded' }])
  await expect(page).toHaveTitle('moved')
})

test('fold-away commands: tools of the header are found under “More portal tools”', async ({ world, page }) => {
  await world.show(`<header><button aria-expanded="false" aria-label="More portal tools" onclick="tools.hidden = false; this.setAttribute('aria-expanded', 'true')">…</button>
    <div id="tools" hidden>${titled('Cloud Shell')}</div></header>`)
  await choose(world, 'Cloud Shell')
  await expect(page).toHaveTitle('Cloud Shell')
})

test('collapsed menus: the group that the step names is opened, and no other', async ({ world, page }) => {
  const group = (
    name: string,
    item: string,
  ) => `<li><button aria-expanded="false" onclick="this.setAttribute('aria-expanded', 'true'); this.nextElementSibling.hidden = false">${name}</button>
    <ul hidden><li>${titled(item, `${name} ${item}`)}</li></ul></li>`
  await world.show(`<nav><ul>${group('Settings', 'Locks')}${group('Manage', 'Vaults')}</ul></nav>`)
  expect((await choose(world, 'Vaults', ['Manage'])).remarks).toEqual([])
  await expect(page).toHaveTitle('Manage Vaults')
  await expect(page.getByText('Locks')).toBeHidden()
})

test('unsaved-changes prompts: they are left to the article', async ({ world, page }) => {
  await world.show(
    `${titled('Create')}<dialog id="ask">Your unsaved edits will be discarded. <button onclick="ask.close()">OK</button></dialog><script>ask.showModal()</script>`,
  )
  expect((await world.fail(select, { do: 'select', target: 'Create' })).problem.rule).toBe('control-covered')
  await expect(page.locator('#ask')).toBeVisible()
})

test('session expiry: a page of sign-in is the session’s fault', async ({ world, page }) => {
  await page
    .context()
    .route('https://login.example/**', route =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Pick an account</h1>' }),
    )
  await world.show(`<button onclick="location.href = 'https://login.example/authorize'">Create</button>`)
  await choose(world, 'Create')
  const failure = await world.fail(select, { do: 'select', target: 'Continue' })
  expect(failure).toMatchObject({ verdict: 'environment', problem: { rule: 'not-signed-in' } })
})

test('class selectors: a page without any class, id or test id is enough', async ({ world, page }) => {
  await world.show(
    `<label>Vault name <input></label><label><input type="checkbox"> I agree</label>${titled('Create', 'sent')}`,
  )
  await enter(world, 'Vault name', 'copper')
  await world.perform(toggle(true), { do: 'check', target: 'I agree' })
  await choose(world, 'Create')
  await expect(page).toHaveTitle('sent')
})

test('destructive ambiguity: two equal Deletes are a failure with both candidates', async ({ world }) => {
  await world.show(
    `<section aria-label="Tin">${titled('Delete', 'tin')}</section><section aria-label="Copper">${titled('Delete', 'copper')}</section>`,
  )
  const { problem } = await world.fail(select, { do: 'select', target: 'Delete' })
  expect(problem).toMatchObject({
    rule: 'control-ambiguous',
    found: ['button “Delete” in region “Tin”', 'button “Delete” in region “Copper”'],
  })
})

test('drift hidden by helpfulness: a decoy that is nearly the label is not taken', async ({ world }) => {
  await world.show(titled('Recreate') + titled('Create vaults'))
  const failure = await world.fail(select, { do: 'select', target: 'Create vault' })
  expect(failure).toMatchObject({ verdict: 'doc', drift: 'blocking', problem: { rule: 'control-not-found' } })
  expect(failure.problem.found).toContain('Create vaults')
})

// Virtualised lists: files-and-tabs.test.ts. Searching at once for a new resource: select.test.ts, "among search results".
// Language, settings, wrong tenant or subscription: the guards before a run. Screenshots: capture-page.test.ts.
