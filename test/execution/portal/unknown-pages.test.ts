import { capture, verify } from '../../../src/execution/portal/observe.ts'
import { select } from '../../../src/execution/portal/select.ts'
import { set } from '../../../src/execution/portal/set.ts'
import { close, expand, toggle } from '../../../src/execution/portal/toggle.ts'
import { expect, test, type World } from './world.ts'

/** Pages as other libraries and plain HTML make them: the driver knows roles and names, and no page. */
const choose = (world: World, target: string, where: string[] = []) =>
  world.perform(select, { do: 'select', target, where })
const enter = (world: World, target: string, value: string, where: string[] = []) =>
  world.perform(set, { do: 'set', target, value, where })

test('fills a plain form: labels before, around and beside fields, groups, lists, dates', async ({ world, page }) => {
  await world.show(`<form>
    <p><label for="a">Name of the store</label> <input id="a"></p>
    <p><label>Owner <input id="b"></label></p>
    <fieldset><legend>Access tier</legend>
      <label><input type="radio" name="tier" value="hot" checked> Hot</label>
      <label><input type="radio" name="tier" value="cool"> Cool</label></fieldset>
    <label>Region <select id="c"><option>(Europe) North Europe</option><option>(US) West US 2</option><option>(US) West US</option></select></label>
    <label>Kind <input id="d" list="kinds"></label><datalist id="kinds"><option>Tin<option>Copper</datalist>
    <label>Start date <input id="e" type="date"></label>
    <label>Start time <input id="f" type="time"></label>
    <label>Days <input id="g" type="range" min="0" max="30" value="3"></label>
    <label>Notes <textarea id="h"></textarea></label>
    <table><tr><td>Cost center</td><td><input id="i"></td></tr></table>
    <div role="textbox" contenteditable="true" aria-label="Description" id="j" style="border: 1px solid; width: 200px; height: 20px"></div>
  </form>`)
  await enter(world, 'Name of the store', 'copper')
  await enter(world, 'Owner', 'Ada')
  await enter(world, 'Access tier', 'Cool')
  await enter(world, 'Region', 'West US')
  await enter(world, 'Kind', 'Tin')
  await enter(world, 'Start date', '11/22/2026')
  await enter(world, 'Start time', '2:30 PM')
  await enter(world, 'Days', '14')
  await enter(world, 'Notes', 'none')
  await enter(world, 'Cost center', '4711')
  await enter(world, 'Description', 'a store')
  const held = await page.evaluate(() => [
    ...Array.from('abcdefghi', id => (document.getElementById(id) as HTMLInputElement).value),
    document.getElementById('j')?.textContent,
    document.querySelector<HTMLInputElement>('input[name=tier]:checked')?.value,
  ])
  expect(held).toEqual([
    'copper',
    'Ada',
    '(US) West US',
    'Tin',
    '2026-11-22',
    '14:30',
    '14',
    'none',
    '4711',
    'a store',
    'cool',
  ])
})

/** Boxes with a list, as the Authoring Practices describe them and as libraries draw them. */
const lists: [what: string, html: string][] = [
  [
    'an editable box that lists what fits',
    `<label for="box">Size</label><input id="box" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="list">
    <ul id="list" role="listbox" hidden></ul>
    <script>box.oninput = () => {
      list.hidden = false; box.setAttribute('aria-expanded', 'true')
      list.innerHTML = ['Small', 'Large', 'Extra large'].filter(each => each.toLowerCase().includes(box.value.toLowerCase())).map(each => '<li role="option">' + each + '</li>').join('')
      for (const each of list.children) each.onclick = () => { box.value = each.textContent; list.hidden = true }
    }</script>`,
  ],
  [
    'a box that opens by the arrow key only',
    `<div id="box" role="combobox" tabindex="0" aria-label="Size" aria-expanded="false">Small</div><ul id="list" role="listbox" hidden><li role="option">Large</li></ul>
    <script>box.onkeydown = event => { if (event.key === 'ArrowDown') list.hidden = false }
      list.firstChild.onclick = () => { box.textContent = 'Large'; list.hidden = true }</script>`,
  ],
  [
    'an outlined field with a floating label',
    `<div style="position: relative; width: 240px"><label id="label" style="position: absolute; left: 12px; top: 16px; pointer-events: none">Size</label>
      <div id="box" role="combobox" tabindex="0" aria-haspopup="listbox" aria-expanded="false" aria-labelledby="label box" style="padding: 24px; border: 1px solid">​</div></div>
    <script>box.onmousedown = () => {
      const layer = document.createElement('div')
      layer.style = 'position: fixed; inset: 0; z-index: 1300'
      layer.innerHTML = '<ul role="listbox" style="background: white; width: 200px"><li role="option">Small</li><li role="option">Large</li></ul>'
      for (const each of layer.querySelectorAll('li')) each.onclick = () => { box.textContent = each.textContent; layer.remove() }
      document.body.append(layer)
    }</script>`,
  ],
]

for (const [what, html] of lists)
  test(`chooses from ${what}`, async ({ world, page }) => {
    await world.show(html)
    await enter(world, 'Size', 'Large')
    expect(await page.locator('#box').evaluate(box => (box as HTMLInputElement).value || box.textContent)).toBe('Large')
  })

test('types into a box whose floating label lies over it', async ({ world, page }) => {
  await world.show(`<div style="position: relative; width: 240px"><input id="box" style="width: 220px; height: 40px">
    <label for="box" style="position: absolute; inset: 0; padding: 12px">Vault name *</label></div>`)
  await enter(world, 'Vault name', 'copper')
  await expect(page.locator('#box')).toHaveValue('copper')
})

test('opens the dropdown that the step names, and then the modal’s button', async ({ world, page }) => {
  await world.show(`<div class="dropdown"><button class="btn dropdown-toggle" aria-expanded="false" onclick="this.setAttribute('aria-expanded', 'true'); menu.style.display = 'block'">Actions</button>
      <ul id="menu" class="dropdown-menu" style="display: none"><li><a class="dropdown-item" href="#" onclick="modal.style.display = 'block'; menu.style.display = 'none'">Delete</a></li></ul></div>
    <button onclick="document.title = 'wrong'">Cancel</button>
    <div id="modal" class="modal" role="dialog" aria-modal="true" aria-labelledby="title" style="display: none; position: fixed; inset: 0; background: #0008; z-index: 1050">
      <div style="background: white; margin: 100px"><h5 id="title">Delete the disk?</h5><button onclick="document.title = 'cancelled'">Cancel</button><button onclick="document.title = 'deleted'; modal.style.display = 'none'">Delete</button></div></div>`)
  await choose(world, 'Delete', ['Actions'])
  await expect(page.locator('#modal')).toBeVisible()
  await choose(world, 'Delete')
  await expect(page).toHaveTitle('deleted')
})

test('opens details, and finds what they hide when the step names them', async ({ world, page }) => {
  await world.show(`<details><summary>Advanced</summary><button onclick="document.title = 'rotated'">Rotate keys</button></details>
    <details><summary>Danger zone</summary><button onclick="document.title = 'gone'">Remove</button></details>`)
  await world.perform(expand, { do: 'expand', target: 'Advanced' })
  await choose(world, 'Rotate keys')
  await expect(page).toHaveTitle('rotated')
  expect((await world.perform(expand, { do: 'expand', target: 'Advanced' })).effect).toContain('already')
  await choose(world, 'Remove', ['Danger zone'])
  await expect(page).toHaveTitle('gone')
})

/** A list of machines with commands in each row. */
const machines = `<table><thead><tr><th></th><th>Name</th><th>Status</th><th></th></tr></thead><tbody>
  ${['tin', 'copper', 'copper-2']
    .map(
      name => `<tr><td><input type="checkbox" aria-label="Select row" id="${name}"></td><td><a href="#${name}">${name}</a></td><td>Running</td>
    <td><button onclick="document.title = 'Restart ${name}'">Restart</button><button aria-label="Open context menu" onclick="document.title = 'Menu of ${name}'">…</button></td></tr>`,
    )
    .join('')}</tbody></table>`

test('uses the button, check box and menu of the row that the step names', async ({ world, page }) => {
  await world.show(machines)
  await choose(world, 'Restart', ['row for copper'])
  await expect(page).toHaveTitle('Restart copper')
  await choose(world, '...', ['copper-2'])
  await expect(page).toHaveTitle('Menu of copper-2')
  await world.perform(toggle(true), { do: 'check', target: 'copper' })
  await expect(page.locator('#copper')).toBeChecked()
  await expect(page.locator('#copper-2')).not.toBeChecked()
  expect((await world.fail(select, { do: 'select', target: 'Restart' })).problem.rule).toBe('control-ambiguous')
})

test('never looks for a command in the menu of just any row', async ({ world, page }) => {
  await world.show(`<table><tr><td>tin</td><td><button aria-haspopup="menu" aria-expanded="false" aria-label="Open context menu"
    onclick="document.title = 'opened'">…</button></td></tr></table>`)
  expect((await world.fail(select, { do: 'select', target: 'Delete' })).problem.rule).toBe('control-not-found')
  await expect(page).not.toHaveTitle('opened')
})

test('works inside of web components, and sees what changes there', async ({ world, page }) => {
  await world.show(`<x-form></x-form><script>
    customElements.define('x-form', class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: 'open' })
        root.innerHTML = '<label for="name">Vault name</label><input id="name"><x-button></x-button><p id="said"></p>'
        this.addEventListener('press', () => setTimeout(() => { root.querySelector('#said').textContent = 'Saved ' + root.querySelector('#name').value }, 300))
      }
    })
    customElements.define('x-button', class extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode: 'open' }).innerHTML = '<button>Save</button>'
        this.shadowRoot.firstChild.onclick = () => this.dispatchEvent(new Event('press', { bubbles: true, composed: true }))
      }
    })</script>`)
  await enter(world, 'Vault name', 'copper')
  await choose(world, 'Save')
  await expect(page.getByText('Saved copper')).toBeVisible()
})

test('works in a frame of another site inside of a frame', async ({ world, page }) => {
  await page.context().route('https://frame.example/inner', route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<label>Vault name <input id="name"></label><button onclick="this.replaceWith('Saved ' + document.getElementById('name').value)">Save</button>`,
    }),
  )
  await page.context().route('https://frame.example/outer', route =>
    route.fulfill({
      contentType: 'text/html',
      body: '<iframe src="https://frame.example/inner" style="width: 500px; height: 200px"></iframe>',
    }),
  )
  await world.show(
    '<h1>Vaults</h1><iframe src="https://frame.example/outer" style="width: 600px; height: 300px"></iframe>',
  )
  await enter(world, 'Vault name', 'copper')
  await choose(world, 'Save')
  await expect(page.frameLocator('iframe').frameLocator('iframe').getByText('Saved copper')).toBeVisible()
})

test('takes the button of an open modal dialog rather than the same one under it', async ({ world, page }) => {
  await world.show(`<h1>Disks</h1><button onclick="document.title = 'under'">Delete</button>
    <dialog id="sure"><h2>Sure?</h2><button onclick="document.title = 'over'; sure.close()">Delete</button></dialog><script>sure.showModal()</script>`)
  await choose(world, 'Delete')
  await expect(page).toHaveTitle('over')
})

test('takes the button of the dialog also where the step names the page under it', async ({ world, page }) => {
  await world.show(`<section aria-label="Disks"><button onclick="document.title = 'under'">Delete</button></section>
    <dialog id="sure"><h2>Sure?</h2><button onclick="document.title = 'over'; sure.close()">Delete</button></dialog><script>sure.showModal()</script>`)
  await choose(world, 'Delete', ['Disks'])
  await expect(page).toHaveTitle('over')
})

test('takes the button of a popover or callout that lies over the page', async ({ world, page }) => {
  await world.show(`<button onclick="document.title = 'page'">OK</button>
    <div popover id="callout"><label>Name <input></label><button onclick="document.title = 'callout'; callout.hidePopover()">OK</button></div><script>callout.showPopover()</script>`)
  await choose(world, 'OK')
  await expect(page).toHaveTitle('callout')
})

test('takes the button of the pane at the side rather than the one of the page', async ({ world, page }) => {
  await world.show(`<button onclick="document.title = 'page'">Save</button>
    <section aria-label="Add a subnet" style="position: fixed; right: 0; top: 0; bottom: 0; width: 400px; z-index: 5; background: white"><button onclick="document.title = 'pane'">Save</button></section>`)
  await choose(world, 'Save')
  await expect(page).toHaveTitle('pane')
})

test('doesn’t guess between two equal buttons of one page', async ({ world }) => {
  await world.show('<section>Tin <button>Edit</button></section><section>Copper <button>Edit</button></section>')
  const failure = await world.fail(select, { do: 'select', target: 'Edit' })
  expect(failure.problem.rule).toBe('control-ambiguous')
  expect(failure.problem.found).toHaveLength(2)
})

test('prefers the page to the header and the trail of pages', async ({ world, page }) => {
  await world.show(`<header><button onclick="document.title = 'header'">Settings</button></header>
    <nav aria-label="breadcrumb"><a href="#home" onclick="document.title = 'trail'">Vaults</a></nav>
    <main><button onclick="document.title = 'page'">Settings</button><a href="#vaults" onclick="document.title = 'list'">Vaults</a></main>`)
  await choose(world, 'Settings')
  await expect(page).toHaveTitle('page')
  await choose(world, 'Vaults')
  await expect(page).toHaveTitle('list')
})

test('closes a pane, a dialog, a message and a menu without a button', async ({ world, page }) => {
  await world.show(`<section id="pane" aria-label="Notifications"><h2>Notifications</h2><button aria-label="Close" onclick="pane.remove()">x</button></section>
    <dialog id="dialog" open><p>Done.</p><button aria-label="Close" onclick="dialog.remove()">x</button></dialog>
    <div role="alert" id="toast">Deployment succeeded <button aria-label="Dismiss toast notification" onclick="toast.remove()">x</button></div>`)
  await world.perform(close, { do: 'close', target: 'the notification' })
  await expect(page.locator('#toast')).toHaveCount(0)
  await world.perform(close, { do: 'close', target: 'the dialog' })
  await expect(page.locator('#dialog')).toHaveCount(0)
  await world.perform(close, { do: 'close', target: 'Notifications' })
  await expect(page.locator('#pane')).toHaveCount(0)
  await world.show(
    `<div id="menu" role="menu"><button role="menuitem">Copy</button></div><script>onkeydown = event => { if (event.key === 'Escape') menu.remove() }</script>`,
  )
  await world.perform(close, { do: 'close', target: 'the menu' })
  await expect(page.locator('#menu')).toHaveCount(0)
})

test('opens a node of a tree that a click only selects', async ({ world, page }) => {
  await world.show(`<ul role="tree"><li role="treeitem" tabindex="0" aria-expanded="false" aria-label="Compute" aria-selected="false" id="node"
    onclick="this.setAttribute('aria-selected', 'true')" onkeydown="if (event.key === 'ArrowRight') this.setAttribute('aria-expanded', 'true')">Compute</li></ul>`)
  await world.perform(expand, { do: 'expand', target: 'Compute' })
  await expect(page.locator('#node')).toHaveAttribute('aria-expanded', 'true')
})

test('reads properties wherever pages put them, and keeps what is to be noted', async ({ world }) => {
  await world.show(`<dl><dt>Status</dt><dd>Running</dd></dl><table><tr><th>Location</th><td>North Europe</td></tr></table>
    <div><span>Public IP address</span><span>:</span><a href="#ip">203.0.113.7</a></div><label>Access key <input type="password" value="canary-4711"></label><p>Sku: Standard</p>`)
  const check = (target: string, value: string) => world.perform(verify, { do: 'verify', target, value })
  expect((await check('Status', 'Running')).status).toBe('passed')
  expect((await check('Location', 'North Europe')).status).toBe('passed')
  expect((await check('Sku', 'Standard')).status).toBe('passed')
  expect((await world.perform(capture, { do: 'capture', target: 'Public IP address' })).effect).toBe(
    'Public IP address is “203.0.113.7”',
  )
  expect((await world.perform(capture, { do: 'capture', target: 'Access key' })).effect).not.toContain('canary')
  const failure = await world.fail(verify, { do: 'verify', target: 'Status', value: 'Stopped' })
  expect(failure.problem).toMatchObject({ rule: 'not-as-described', found: ['Running'] })
  const absent = await world.fail(verify, { do: 'verify', target: 'tin-7 appears in the list' })
  expect(absent.problem).toMatchObject({ rule: 'not-as-described', said: 'tin-7' })
})
