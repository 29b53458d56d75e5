import { set } from '../../../src/execution/portal/set.ts'
import { expect, test, type World } from './world.ts'

const enter = (world: World, target: string | undefined, value: string, where: string[] = []) =>
  world.perform(set, { do: 'set', ...(target === undefined ? {} : { target }), value, where })

const refuse = (world: World, target: string, value: string, where: string[] = []) =>
  world.fail(set, { do: 'set', target, value, where })

test('types into the box of that name', async ({ world, page }) => {
  await world.show('<label>Vault name <input></label>')
  const outcome = await enter(world, 'Vault name', 'copper')
  expect(outcome).toMatchObject({ status: 'passed', remarks: [] })
  expect(await page.getByLabel('Vault name').inputValue()).toBe('copper')
})

test('replaces what stands in the box', async ({ world, page }) => {
  await world.show('<label>Vault name <input value="old and long"></label>')
  await enter(world, 'Vault name', 'copper')
  expect(await page.getByLabel('Vault name').inputValue()).toBe('copper')
})

test('presses keys where a box listens to nothing else', async ({ world, page }) => {
  await world.show(`<label>Vault name <input id="box"></label><output id="model"></output>
    <script>
      let keyed = false
      const box = document.getElementById('box')
      box.onkeydown = () => { keyed = true }
      box.oninput = () => { if (!keyed) box.value = '' }
      box.onkeyup = () => { document.getElementById('model').textContent = box.value; keyed = false }
    </script>`)
  await enter(world, 'Vault name', 'copper')
  expect(await page.getByLabel('Vault name').inputValue()).toBe('copper')
  await expect(page.locator('#model')).toHaveText('copper')
})

test('presses a key also where only the page’s own memory listens to keys', async ({ world, page }) => {
  await world.show(`<label>Tag name <input onkeyup="document.getElementById('model').textContent = this.value"></label>
    <output id="model"></output>`)
  await enter(world, 'Tag name', 'cost')
  await expect(page.locator('#model')).toHaveText('cost')
})

test('says what a box shows that cuts what is typed', async ({ world }) => {
  await world.show('<label>Vault name <input maxlength="3"></label>')
  const failure = await refuse(world, 'Vault name', 'copper')
  expect(failure.problem).toMatchObject({ rule: 'value-not-taken', found: ['cop'] })
  expect(failure.verdict).toBe('product')
})

test('says what the page complains of when a box does not accept a value', async ({ world }) => {
  await world.show(`<label>Vault name <input id="box"></label><div id="say" role="alert"></div>
    <script>
      const box = document.getElementById('box')
      box.onblur = () => {
        box.setAttribute('aria-invalid', 'true')
        document.getElementById('say').textContent = 'The name is not valid.'
      }
    </script>`)
  const failure = await refuse(world, 'Vault name', 'c')
  expect(failure.problem).toMatchObject({ rule: 'value-refused', found: ['The name is not valid.'] })
  expect(failure).toMatchObject({ verdict: 'doc', drift: 'blocking' })
})

test('types a secret by its name, and never tells it', async ({ world, page }) => {
  await world.show('<label>Password <input type="password"></label>')
  const outcome = await world.perform(set, { do: 'set', target: 'Password', value: 'password' }, { secret: 'password' })
  expect(await page.getByLabel('Password').inputValue()).toBe('canary-7431')
  expect(JSON.stringify(outcome)).not.toContain('canary')
  expect(world.driver.setFields).toEqual([])

  await world.show('<label>Password <input type="password" maxlength="9"></label>')
  const failure = await world.fail(set, { do: 'set', target: 'Password', value: 'password' }, { secret: 'password' })
  expect(failure.message + JSON.stringify(failure.problem)).not.toMatch(/canary-?7?4?3?1?/)
})

test('takes the box behind its label, past the info button of the same name', async ({ world, page }) => {
  await world.show('<div><span>Days</span><button aria-label="Days">i</button><input id="box"></div>')
  await enter(world, 'Days', '30')
  expect(await page.locator('#box').inputValue()).toBe('30')
})

test('types into the one box of the dialog that the article names', async ({ world, page }) => {
  await world.show(`<input aria-label="Search resources, services, and docs (G+/)"><input aria-label="Filter">
    <div role="dialog" aria-label="Delete a resource group"><input id="box"></div>`)
  await enter(world, undefined, 'copper', ['Delete a resource group'])
  expect(await page.locator('#box').inputValue()).toBe('copper')
})

/** A pane with one box, named as given, and a box that lies outside of it. */
const pane = (box: string, more = '') =>
  `<input aria-label="Filter"><section role="region" aria-label="Delete a resource group">
    <label>${box} <input id="box"></label>${more}<button>Delete</button></section>`

test('types into the only box of the named pane, though other words stand above it, and tells so', async ({
  world,
  page,
}) => {
  await world.show(pane('Enter resource group name to confirm deletion'))
  const label = 'Type the resource group name:'
  const { remarks } = await enter(world, label, 'copper', ['Delete a resource group'])
  expect(remarks).toMatchObject([
    { drift: 'cosmetic', rule: 'label-differs', found: 'Enter resource group name to confirm deletion' },
  ])
  expect(await page.locator('#box').inputValue()).toBe('copper')
})

for (const [what, html, where] of [
  ['a box that is called otherwise', pane('Reason for feedback'), ['Delete a resource group']],
  [
    'one of two boxes',
    pane('Enter resource group name to confirm deletion', '<label>Reason <input></label>'),
    ['Delete a resource group'],
  ],
  [
    'a box beside which there is a list',
    pane(
      'Enter resource group name to confirm deletion',
      '<label>Reason <select><option>Cost</option></select></label>',
    ),
    ['Delete a resource group'],
  ],
  ['a box of another pane', pane('Enter resource group name to confirm deletion'), ['Move resources']],
  ['a box where the article names no pane', pane('Enter resource group name to confirm deletion'), []],
] as const)
  test(`never takes ${what} for the box that is meant`, async ({ world, page }) => {
    await world.show(html)
    const failure = await refuse(world, 'Type the resource group name:', 'copper', [...where])
    expect(failure.problem.rule).toBe('field-not-found')
    expect(failure).toMatchObject({ verdict: 'doc', drift: 'blocking' })
    expect(await page.locator('#box').inputValue()).toBe('')
  })

/** A pane with places to choose from, and a command beside them. */
const zones = (role: string) =>
  `<div role="dialog" aria-label="Azure Extended Zones"><h2>Azure Extended Zones</h2>
    ${['Los Angeles', 'Perth'].map(zone => `<div role="${role}" tabindex="0" aria-label="${zone}" aria-checked="false" onclick="this.setAttribute('aria-checked', 'true'); document.title = this.ariaLabel">${zone}</div>`).join('')}
    <button>Select</button></div>`

for (const role of ['radio', 'option'])
  test(`chooses the ${role} in the pane that the article names like a field`, async ({ world, page }) => {
    await world.show(zones(role))
    expect((await enter(world, 'Azure Extended Zones', 'Los Angeles')).status).toBe('passed')
    await expect(page).toHaveTitle('Los Angeles')
  })

test('says that the named pane holds no such thing', async ({ world }) => {
  await world.show(zones('radio'))
  expect((await refuse(world, 'Azure Extended Zones', 'Lisbon')).problem.rule).toBe('field-not-found')
})

test('says which fields there are where none bears the label', async ({ world }) => {
  await world.show('<label>Vault alias <input></label><label>Region <input></label>')
  const failure = await refuse(world, 'Vault name', 'copper')
  expect(failure.problem.rule).toBe('field-not-found')
  expect(failure.problem.found).toContain('Vault alias')
  expect(failure).toMatchObject({ verdict: 'doc', drift: 'blocking' })
})

test('never guesses between two fields of one name', async ({ world }) => {
  await world.show('<label>Name <input></label><label>Name <input></label>')
  const failure = await refuse(world, 'Name', 'copper')
  expect(failure.problem).toMatchObject({ rule: 'field-ambiguous', found: [/.*/, /.*/].map(() => expect.any(String)) })
})

test('says that a field is disabled', async ({ world }) => {
  await world.show('<label>Name <input disabled></label>')
  expect((await refuse(world, 'Name', 'copper')).problem.rule).toBe('field-disabled')
})

/** A list that reacts to the mouse button only, and hangs its options at the end of the page. */
const dropdown = (options: string[], more = '') => `
  <div><span>Region</span><button aria-label="Region">i</button>
    <div id="box" role="combobox" aria-label="Region" tabindex="0" aria-expanded="false" style="width:200px">Choose</div></div>
  <script>
    const box = document.getElementById('box')
    box.onmousedown = () => setTimeout(() => {
      if (document.getElementById('list')) return
      box.setAttribute('aria-expanded', 'true')
      const list = document.createElement('div')
      list.id = 'list'
      list.setAttribute('role', ${more.includes('tree') ? "'tree'" : "'listbox'"})
      for (const text of ${JSON.stringify(options)}) {
        const option = document.createElement('div')
        option.setAttribute('role', ${more.includes('tree') ? "'treeitem'" : "'option'"})
        option.textContent = text
        option.onmousedown = () => { ${more.includes('stubborn') ? '' : 'box.textContent = text;'} list.remove(); box.setAttribute('aria-expanded', 'false') }
        list.append(option)
      }
      document.body.append(list)
    }, 150)
  </script>`

for (const kind of ['listbox', 'tree'])
  test(`chooses the one option that is meant from a ${kind} that opens on the mouse button`, async ({
    world,
    page,
  }) => {
    await world.show(dropdown(['(US) West US 2', '(US) West US', '(US) West US 3'], kind))
    const outcome = await enter(world, 'Region', 'West US')
    await expect(page.locator('#box')).toHaveText('(US) West US')
    expect(outcome).toMatchObject({ status: 'passed', remarks: [] })
    expect(outcome.effect).toContain('(US) West US')
  })

test('opens nothing where the field shows the value already', async ({ world, page }) => {
  await world.show(dropdown(['(US) West US']).replace('>Choose<', '>(US) West US<'))
  expect((await enter(world, 'Region', 'West US')).effect).toContain('already')
  await expect(page.locator('#list')).toHaveCount(0)
})

test('tells an option that is written otherwise', async ({ world }) => {
  await world.show(dropdown(['(US) West US']))
  expect((await enter(world, 'Region', 'west us')).remarks).toMatchObject([
    { rule: 'value-differs', drift: 'cosmetic', found: '(US) West US' },
  ])
})

test.describe('with little time', () => {
  test.use({ limit: 1_500 })

  test('says what a list offers instead', async ({ world }) => {
    await world.show(dropdown(['(US) West US 2', '(US) East US', '(Europe) North Europe']))
    const failure = await refuse(world, 'Region', 'West US')
    expect(failure.problem.rule).toBe('value-not-offered')
    expect(failure.problem.found?.[0]).toContain('West US 2')
    expect(failure).toMatchObject({ verdict: 'doc', drift: 'blocking' })
  })
})

test('never guesses between two options of one name', async ({ world }) => {
  await world.show(dropdown(['(US) Central', '(Asia) Central']))
  expect((await refuse(world, 'Region', 'Central')).problem).toMatchObject({
    rule: 'value-ambiguous',
    found: ['(US) Central', '(Asia) Central'],
  })
})

test('sees that a field does not take what was chosen', async ({ world }) => {
  await world.show(dropdown(['(US) West US'], 'stubborn'))
  expect((await refuse(world, 'Region', 'West US')).problem).toMatchObject({
    rule: 'value-not-taken',
    found: ['Choose'],
  })
})

test('waits until a field has loaded', async ({ world, page }) => {
  await world.show(`${dropdown(['(US) West US']).replace('>Choose<', ' aria-disabled="true">Loading...<')}
    <script>setTimeout(() => { box.removeAttribute('aria-disabled'); box.textContent = 'Choose' }, 700)</script>`)
  await enter(world, 'Region', 'West US')
  await expect(page.locator('#box')).toHaveText('(US) West US')
})

test('filters a long list that shows only its first rows', async ({ world, page }) => {
  await world.show(`<div id="box" role="combobox" aria-label="Region" tabindex="0" style="width:200px">Choose</div>
    <script>
      const box = document.getElementById('box')
      const all = Array.from({ length: 60 }, (_, index) => 'Region ' + index)
      box.onclick = () => {
        if (document.getElementById('layer')) return
        const layer = document.createElement('div')
        layer.id = 'layer'
        const filter = document.createElement('input')
        filter.setAttribute('aria-label', 'Filter items...')
        const list = document.createElement('div')
        list.setAttribute('role', 'listbox')
        const fill = () => {
          list.replaceChildren(...all.filter(text => text.includes(filter.value)).slice(0, 5).map(text => {
            const option = document.createElement('div')
            option.setAttribute('role', 'option')
            option.textContent = text
            option.onclick = () => { box.textContent = text; layer.remove() }
            return option
          }))
        }
        filter.oninput = fill
        layer.append(filter, list)
        document.body.append(layer)
        fill()
      }
    </script>`)
  test.setTimeout(30_000)
  world.driver.surroundings.plan.limits.action = 8_000
  await enter(world, 'Region', 'Region 47')
  await expect(page.locator('#box')).toHaveText('Region 47')
})

test('chooses a radio button of the group that the field is', async ({ world, page }) => {
  await world.show(`<div role="radiogroup" aria-label="Access">
    <label><input type="radio" name="a" checked> Public</label><label><input type="radio" name="a"> Private</label></div>
    <div role="radiogroup" aria-label="Backup">
    <label><input type="radio" name="b" checked> Public</label><label><input type="radio" name="b"> Private</label></div>`)
  await enter(world, 'Backup', 'Private')
  expect(await page.locator('[name=a]').nth(1).isChecked()).toBe(false)
  expect(await page.locator('[name=b]').nth(1).isChecked()).toBe(true)
  expect((await enter(world, 'Backup', 'Private')).effect).toContain('already')
})

test('turns a switch on and off by its value', async ({ world, page }) => {
  await world.show(
    `<button role="switch" aria-checked="false" aria-label="Soft delete"
      onclick="this.setAttribute('aria-checked', this.getAttribute('aria-checked') === 'false')">x</button>`,
  )
  await enter(world, 'Soft delete', 'Enabled')
  await expect(page.getByRole('switch')).toHaveAttribute('aria-checked', 'true')
  await enter(world, 'Soft delete', 'Disabled')
  await expect(page.getByRole('switch')).toHaveAttribute('aria-checked', 'false')
})

test('chooses from a list of the browser’s own', async ({ world, page }) => {
  await world.show('<label>Size <select><option>Small</option><option>Large</option></select></label>')
  await enter(world, 'Size', 'Large')
  expect(await page.getByLabel('Size').inputValue()).toBe('Large')
})

for (const [type, value] of [
  ['date', '2026-03-01'],
  ['time', '10:30'],
  ['number', '-5'],
] as const)
  test(`enters a ${type} whole`, async ({ world, page }) => {
    await world.show(`<label>Start <input type="${type}"></label>`)
    await enter(world, 'Start', value)
    expect(await page.getByLabel('Start').inputValue()).toBe(value)
  })
