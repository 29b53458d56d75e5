import { setTimeout as sleep } from 'node:timers/promises'
import { reachableOf } from '../../../src/execution/portal/driver.ts'
import { findControl } from '../../../src/execution/portal/find.ts'
import { takeScreen } from '../../../src/execution/portal/screen.ts'
import { select } from '../../../src/execution/portal/select.ts'
import { set } from '../../../src/execution/portal/set.ts'
import { expect, test, type World } from './world.ts'

const choose = (world: World, target: string, where: string[] = []) =>
  world.perform(select, { do: 'select', target, where })
const refuse = (world: World, target: string, where: string[] = []) =>
  world.fail(select, { do: 'select', target, where })

/** A button that says on the page that it was selected. */
const button = (label: string, more = '') =>
  `<button ${more} onclick="document.title = 'Pressed'; document.body.append('pressed ' + ${JSON.stringify(label).replaceAll('"', "'")})">${label}</button>`

test('selects a button and tells what came of it', async ({ world, page }) => {
  await world.show(
    `<h1>Vaults</h1><button onclick="document.body.innerHTML = '<h1>Create a vault</h1>'">+ Vault</button>`,
  )
  expect(await choose(world, 'Vault')).toMatchObject({
    status: 'passed',
    effect: 'heading “Create a vault” appeared',
    remarks: [],
  })
  await expect(page.getByRole('heading')).toHaveText('Create a vault')
})

test('fails where a command changes nothing, though only its class says that it is dead', async ({ world }) => {
  await world.show('<button class="disabled" style="opacity: 0.4">Create</button>')
  const failure = await refuse(world, 'Create')
  expect(failure.problem.rule).toBe('no-effect')
  expect(failure.verdict).toBe('product')
})

test('tells what the page complains of when a command changes nothing', async ({ world }) => {
  await world.show('<p role="alert">The value must not be empty.</p><button>Create</button>')
  expect((await refuse(world, 'Create')).problem.found).toEqual(['The value must not be empty.'])
})

for (const attribute of ['disabled', 'aria-disabled="true"'])
  test(`fails at a command that is ${attribute}, and says why it may be`, async ({ world }) => {
    await world.show(
      `<p role="alert">The name is not valid.</p><div role="button" tabindex="0" ${attribute === 'disabled' ? 'aria-disabled="true"' : attribute}>Create</div>`,
    )
    const failure = await refuse(world, 'Create')
    expect(failure.problem.rule).toBe('control-disabled')
    expect(failure.problem.found).toContain('The name is not valid.')
  })

test('waits for a command that comes late', async ({ world }) => {
  await world.show(
    `<script>setTimeout(() => { document.body.innerHTML = ${JSON.stringify(button('Create'))} }, 600)</script>`,
  )
  expect((await choose(world, 'Create')).status).toBe('passed')
})

test('waits for a command that becomes enabled late', async ({ world }) => {
  await world.show(
    `${button('Create', 'disabled id="late"')}<script>setTimeout(() => { late.disabled = false }, 600)</script>`,
  )
  expect((await choose(world, 'Create')).status).toBe('passed')
})

test('says what comes nearest where there is no such command', async ({ world }) => {
  await world.show('<title>Vaults - Microsoft Azure</title><button>+ Vault</button><button>Refresh</button>')
  const failure = await refuse(world, 'Store')
  expect(failure.problem).toMatchObject({ rule: 'control-not-found', said: 'Store' })
  expect(failure.problem.found).toEqual(expect.arrayContaining(['+ Vault', 'Refresh']))
  expect(failure).toMatchObject({ verdict: 'doc', drift: 'blocking' })
})

test('never guesses between two equal commands, and says where each is', async ({ world }) => {
  await world.show(
    `<section aria-label="Disks" role="region">${button('Edit')}</section><section aria-label="Network" role="region">${button('Edit')}</section>`,
  )
  const failure = await refuse(world, 'Edit')
  expect(failure.problem).toMatchObject({
    rule: 'control-ambiguous',
    found: ['button “Edit” in region “Disks”', 'button “Edit” in region “Network”'],
  })
  expect(failure.verdict).toBe('driver')
  expect((await choose(world, 'Edit', ['Network'])).status).toBe('passed')
})

test.describe('where the article says “tab”', () => {
  test.use({ title: 'Select the Review + create tab.' })

  test('selects the tab, not the button of the same name', async ({ world, page }) => {
    await world.show(
      `<div role="tablist"><button role="tab" onclick="document.title = 'tab'">Review + create</button></div>
      <button onclick="document.title = 'button'">Review + create</button>`,
    )
    await choose(world, 'Review + create')
    await expect(page).toHaveTitle('tab')
  })
})

test('selects the button of a name that a tab bears, too', async ({ world, page }) => {
  await world.show(
    `<div role="tablist"><button role="tab" onclick="document.title = 'tab'">Review + create</button></div>
    <button onclick="document.title = 'button'">Review + create</button>`,
  )
  await choose(world, 'Review + create')
  await expect(page).toHaveTitle('button')
})

test('takes a tab that is selected for selected', async ({ world }) => {
  await world.show('<div role="tablist"><button role="tab" aria-selected="true">Basics</button></div>')
  expect(await choose(world, 'Basics')).toMatchObject({ status: 'passed', effect: 'Basics is selected already' })
})

test('tells a label in other words of the same meaning, and finds “Next” for “Next: Disks”', async ({ world }) => {
  await world.show(button('Review + create'))
  expect((await choose(world, 'Review + Create')).remarks).toMatchObject([
    { drift: 'cosmetic', rule: 'label-differs', found: 'Review + create' },
  ])
  await world.show(button('Next'))
  expect((await choose(world, 'Next: Disks')).remarks).toMatchObject([{ drift: 'cosmetic', found: 'Next' }])
})

for (const [said, shown] of [
  ['Next: Disks', 'Next'],
  ['Next : Disks >', 'Next'],
  ['Next', 'Next : Disks >'],
  ['Next', 'Next: Disks'],
] as const)
  test(`takes the button “${shown}” for “${said}”, and tells so`, async ({ world }) => {
    await world.show(button(shown))
    const { status, remarks } = await choose(world, said)
    expect(status).toBe('passed')
    expect(remarks).toMatchObject([{ drift: 'cosmetic', rule: 'label-differs', found: shown }])
  })

test('takes the button that says just “Next” where there is one, and tells nothing', async ({ world, page }) => {
  await world.show(button('Next') + button('Next: Disks'))
  expect((await choose(world, 'Next')).remarks).toEqual([])
  expect(await page.locator('body').innerText()).toMatch(/pressed Next$/)
})

test('never takes “Next: Disks” for “Next: Networking”', async ({ world }) => {
  await world.show(button('Next: Disks'))
  expect((await refuse(world, 'Next: Networking')).problem.rule).toBe('control-not-found')
})

test('tells the name that a product bears now as misleading', async ({ world }) => {
  await world.show(button('Microsoft Entra ID'))
  expect((await choose(world, 'Azure Active Directory')).remarks).toMatchObject([
    { drift: 'misleading', rule: 'label-differs', found: 'Microsoft Entra ID' },
  ])
})

/** A box to choose from what sounds like a command, as forms have it. */
const commandList = `<div role="combobox" tabindex="0" aria-label="Choose an option" onclick="this.nextElementSibling.hidden = false">Keep the data</div>
  <div role="listbox" hidden>${['Keep the data', 'Delete the data']
    .map(
      option =>
        `<div role="option" tabindex="-1" onclick="this.parentNode.previousElementSibling.textContent = this.textContent; this.parentNode.hidden = true">${option}</div>`,
    )
    .join('')}</div>`

test('chooses an option that sounds like a command from the field that the article names', async ({ world, page }) => {
  await world.show(commandList)
  const outcome = await choose(world, 'Delete the data', ['Choose an option'])
  expect(outcome).toMatchObject({ status: 'passed', effect: 'Choose an option shows Delete the data' })
  await expect(page.getByRole('combobox')).toHaveText('Delete the data')
})

test('selects the command, where it is at hand, and not the option of the field beside it', async ({ world, page }) => {
  await world.show(commandList + button('Delete the data'))
  await choose(world, 'Delete the data', ['Choose an option'])
  await expect(page).toHaveTitle('Pressed')
  await expect(page.getByRole('combobox')).toHaveText('Keep the data')
})

test('says what a field offers where it does not offer the option', async ({ world }) => {
  await world.show(commandList)
  const failure = await refuse(world, 'Archive the data', ['Choose an option'])
  expect(failure.problem.rule).toBe('value-not-offered')
  expect(failure.problem.found).toEqual(expect.arrayContaining(['Keep the data', 'Delete the data']))
})

test('tells that a place which the article names is not there', async ({ world }) => {
  await world.show(`<h1>Vaults</h1>${button('Create')}`)
  expect((await choose(world, 'Create', ['Backup center'])).remarks).toMatchObject([
    { drift: 'misleading', rule: 'place-not-found' },
  ])
  expect((await choose(world, 'Create', ['Vaults'])).remarks).toEqual([])
})

test('leaves a prompt out that does not come up, and answers one that does', async ({ world }) => {
  const yes = { do: 'select', target: 'Yes', when: 'prompted' } as const
  await world.show('<h1>Vaults</h1>')
  expect(await world.perform(select, yes)).toMatchObject({ status: 'skipped' })
  await world.show(button('Yes'))
  expect(await world.perform(select, yes)).toMatchObject({ status: 'passed' })
})

test('fails at a prompt that comes up and does not react', async ({ world }) => {
  await world.show('<button>Yes</button>')
  const failure = await world.fail(select, { do: 'select', target: 'Yes', when: 'prompted' })
  expect(failure.problem.rule).toBe('no-effect')
})

for (const [title, inside] of [
  ['nothing', ''],
  ['a bar that never ends', '<div role="progressbar" aria-label="Loading"></div>'],
  ['the word Loading', '<p>Loading...</p>'],
] as const)
  test(`a page whose frame holds ${title} is no fault of the article`, async ({ world }) => {
    await world.show(
      `<header><button>Menu</button></header><h2>Vaults</h2><iframe srcdoc='${inside}' width="900" height="600"></iframe>`,
    )
    const failure = await refuse(world, 'Create')
    expect(failure.problem.rule).toBe('page-empty')
    expect(failure.verdict).toBe('environment')
  })

test('a page whose frame says something is looked through as ever', async ({ world }) => {
  await world.show(
    `<h2>Vaults</h2><iframe srcdoc="<h3>No vaults to display</h3>" width="900" height="600"></iframe>
    <iframe width="20" height="20"></iframe>`,
  )
  const failure = await refuse(world, 'Create')
  expect(failure.problem.rule).toBe('control-not-found')
  expect(failure.verdict).toBe('doc')
})

test('reaches a command in a frame of another site', async ({ world, page }) => {
  await world.show('frames.html')
  await page.waitForLoadState('networkidle')
  const frame = page.frames().find(each => each.url().includes('where=shown'))
  await frame?.evaluate(() => {
    for (const each of document.querySelectorAll('button')) each.onclick = () => document.body.append('pressed')
  })
  expect((await choose(world, 'Vault', ['Vaults'])).status).toBe('passed')
  expect(await frame?.evaluate(() => document.body.textContent)).toContain('pressed')
})

test('never takes a command of a parked blade for the one on screen', async ({ world }) => {
  await world.show(`<div style="position: absolute; left: -4000px">${button('Create')}</div><h1>Vaults</h1>`)
  expect((await refuse(world, 'Create')).problem.rule).toBe('control-not-found')
})

const covers: [what: string, html: string, reachable: boolean][] = [
  ['a free button', '<button>Create</button>', true],
  [
    'a button under a pane',
    '<button>Create</button><div style="position: fixed; inset: 0; background: white"></div>',
    false,
  ],
  [
    'a button under a pane that lets the pointer through',
    '<button>Create</button><div style="position: fixed; inset: 0; pointer-events: none"></div>',
    true,
  ],
  ['a button with an icon over its middle', '<button><b>Create</b></button>', true],
  ['a button below the fold', '<div style="height: 4000px"></div><button>Create</button>', true],
  [
    'a button in a frame',
    '<iframe srcdoc="<button>Create</button>" style="width: 400px; height: 200px"></iframe>',
    true,
  ],
  [
    'a button in a frame under a pane',
    `<iframe srcdoc="<button>Create</button>" style="width: 400px; height: 200px"></iframe>
    <div style="position: fixed; inset: 0; background: white"></div>`,
    false,
  ],
]

for (const [what, html, reachable] of covers)
  test(`takes ${what} for ${reachable ? 'within reach' : 'out of reach'}`, async ({ world, page }) => {
    await world.show(html)
    await expect(async () =>
      expect((await takeScreen(page)).nodes.some(({ name }) => name === 'Create')).toBe(true),
    ).toPass()
    const { best } = findControl(await takeScreen(page), { label: 'Create', where: [] })
    expect(await reachableOf(page, best)).toHaveLength(reachable ? 1 : 0)
  })

test('says that something lies over a command', async ({ world }) => {
  await world.show(`${button('Create')}<div style="position: fixed; inset: 0; background: white">Busy</div>`)
  const failure = await refuse(world, 'Create')
  expect(failure.problem.rule).toBe('control-covered')
  expect(failure.verdict).toBe('driver')
})

test('takes the one of two equal commands that is not covered', async ({ world, page }) => {
  await world.show(
    `<div style="position: fixed; left: 0; top: 0; width: 300px; height: 100px"><button onclick="document.title = 'under'">Delete</button></div>
    <div role="dialog" aria-label="Sure?" style="position: fixed; left: 0; top: 0; width: 600px; height: 400px; background: white; padding: 150px"><button onclick="document.title = 'over'">Delete</button></div>`,
  )
  await choose(world, 'Delete')
  await expect(page).toHaveTitle('over')
})

test('puts a survey away that lies over the command, and tells so', async ({ world, page }) => {
  await world.show(
    `${button('Create')}<div id="survey" role="dialog" aria-label="Survey" style="position: fixed; inset: 0; background: white">
    Rate your experience <button onclick="survey.remove()">No thanks</button></div>`,
  )
  const outcome = await choose(world, 'Create')
  expect(outcome.remarks).toMatchObject([{ rule: 'interruption-dismissed' }])
  await expect(page.locator('#survey')).toHaveCount(0)
})

test('answers the question whether anybody is still there, and tells so', async ({ world, page }) => {
  await world.show(
    `${button('Create')}<dialog id="idle" aria-label="Session timeout">You were inactive, and your session is about to end.
    <button onclick="idle.close()">Stay signed in</button><button>Sign out</button></dialog><script>idle.showModal()</script>`,
  )
  const outcome = await choose(world, 'Create')
  expect(outcome.remarks).toMatchObject([{ rule: 'interruption-dismissed', message: /Stay signed in/ }])
  await expect(page.locator('#idle')).toBeHidden()
})

const essentials = `
  <dl id="essentials">
    <div><dt>Resource group <a href="#group">(move)</a></dt><dd><a href="#rg">harbor-rg</a></dd></div>
    <div><dt>Status</dt><dd>Active</dd></div>
    <div><dt>Subscription <a href="#subscription">(move)</a></dt><dd><a href="#sub">Verbatim</a></dd></div>
  </dl>`

test('takes the link in parentheses beside what a step names, whatever its word, and tells so', async ({
  world,
  page,
}) => {
  await world.show(essentials)
  const { remarks } = await world.perform(select, { do: 'select', target: '(change)', where: ['Subscription'] })
  expect(page.url()).toContain('#subscription')
  expect(remarks).toMatchObject([{ rule: 'label-differs', drift: 'cosmetic', found: '(move)' }])
})

test('takes no link in parentheses where the step names nothing that one stands beside', async ({ world }) => {
  await world.show(essentials)
  for (const where of [[], ['Essentials'], ['Status']])
    expect((await world.fail(select, { do: 'select', target: '(change)', where })).problem.rule).toBe(
      'control-not-found',
    )
})

test('never puts away a dialog of the product’s own', async ({ world, page }) => {
  await world.show(
    `${button('Create')}<div id="dialog" role="dialog" aria-label="Unsaved edits" style="position: fixed; inset: 0; background: white">
    Your edits will be lost. <button onclick="dialog.remove()">OK</button><button onclick="dialog.remove()">Dismiss</button></div>`,
  )
  expect((await refuse(world, 'Create')).problem.rule).toBe('control-covered')
  await expect(page.locator('#dialog')).toHaveCount(1)
})

test('sets a field again that the form had reset meanwhile, and tells so', async ({ world, page }) => {
  await world.show(`<label>Vault name <input id="box"></label>${button('Next')}`)
  await world.perform(set, { do: 'set', target: 'Vault name', value: 'copper' })
  await page.locator('#box').evaluate(element => ((element as HTMLInputElement).value = ''))
  const outcome = await choose(world, 'Next')
  expect(outcome.remarks).toMatchObject([{ rule: 'value-reset' }])
  expect(await page.locator('#box').inputValue()).toBe('copper')
})

test('keeps the browser on the cloud’s hosts', async ({ world, page }) => {
  await page.route('https://elsewhere.example/**', route =>
    route.fulfill({ body: '<button>Create</button>', contentType: 'text/html' }),
  )
  await page.goto('https://elsewhere.example/')
  const failure = await refuse(world, 'Create')
  expect(failure.problem.rule).toBe('left-the-cloud')
  expect(failure.verdict).toBe('environment')
})

test('puts a page that asks for sign-in down to the session, not to the article', async ({ world, page }) => {
  await page.route('https://login.example/**', route =>
    route.fulfill({ body: '<button>Next</button>', contentType: 'text/html' }),
  )
  await page.goto('https://login.example/')
  const failure = await refuse(world, 'Next')
  expect(failure.problem.rule).toBe('not-signed-in')
  expect(failure.verdict).toBe('environment')
})

test.describe('among search results', () => {
  const pick = (world: World, target: string) => choose(world, target, ['search results'])

  test.beforeEach(async ({ world, page }) => {
    await world.show('search.html')
    await page.evaluate(() => {
      for (const option of document.querySelectorAll<HTMLElement>('[role=option]'))
        option.onclick = () =>
          (document.title = `${option.parentElement?.getAttribute('aria-label')}: ${option.innerText}`)
    })
  })

  test('takes the service rather than the Marketplace’s offer of the same name', async ({ world, page }) => {
    await pick(world, 'Recovery Services vaults')
    await expect(page).toHaveTitle('Services: Recovery Services vaults')
  })

  test('takes the resource group for a name that the run gave', async ({ world, page }) => {
    world.driver.surroundings.plan.names['tin'] = 'copper'
    await pick(world, 'copper')
    await expect(page).toHaveTitle('Resource groups: copper Resource group')
  })

  test('gives up on a search that finds no such thing, however long each attempt takes', async ({ world }) => {
    test.setTimeout(60_000)
    world.driver.lastSearch = { value: 'vault', box: undefined }
    // A picture of the screen is taken before each use.
    let pictures = 0
    world.driver.beforeUse = async () => {
      pictures++
      await sleep(1_500)
    }
    const failure = await world.fail(select, { do: 'select', target: 'Backup center', where: ['search results'] })
    expect(failure.problem.rule).toBe('search result-not-found')
    expect(pictures).toBeLessThanOrEqual(2)
  })

  test('says what a thing became that the portal has renamed and moved', async ({ world, page }) => {
    await page.evaluate(() => {
      const option = document.querySelector<HTMLElement>('[role=option]')
      if (option) option.innerText = 'Resiliency'
    })
    const failure = await world.fail(select, { do: 'select', target: 'Backup center', where: ['search results'] })
    expect(failure.problem).toMatchObject({
      rule: 'search result-not-found',
      found: expect.arrayContaining(['Resiliency']),
      remedy: expect.stringContaining('Resiliency > Manage > Vaults > + Vault'),
    })
    expect(failure).toMatchObject({ verdict: 'doc', drift: 'blocking' })
  })

  test('takes nothing by the beginning of its name otherwise', async ({ world }) => {
    expect(
      (await world.fail(select, { do: 'select', target: 'Recovery', where: ['search results'] })).problem.rule,
    ).toBe('search result-not-found')
  })
})
