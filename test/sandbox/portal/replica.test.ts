import type { Page } from '@playwright/test'
import { createDelays } from '../../../src/sandbox/portal/app/delays.ts'
import { startSandbox } from '../../../src/sandbox/sandbox.ts'
import { createArmReader } from './arm-reader.ts'
import { command, reviewVault } from './blade.ts'
import type { World } from './portal-fixture.ts'
import { expect, signIn, test } from './portal-fixture.ts'

const group = 'copy-group'
const groupId = ({ sandbox }: World) => `/subscriptions/${sandbox.definition.subscription}/resourceGroups/${group}`

/** Of all seeds. */
const shares = { coachmark: 0.3, copilot: 0.3, survey: 0.2, inactivity: 0.1, welcome: 0.4 }
const happens = (what: keyof typeof shares, seed: number) =>
  createDelays({ seed, pace: 'brisk' }).happens(what, shares[what])

test('no document is loaded between one page and the next', async ({ world }) => {
  const { page } = world
  await signIn(world)
  await page.evaluate(() => Object.assign(globalThis, { stillHere: true }))
  await page.getByRole('link', { name: 'All resources' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'All resources' })).toBeVisible()
  await page.evaluate(() => (location.hash = '#create/Microsoft.RecoveryServices'))
  await expect(page.getByRole('heading', { level: 2, name: 'Create Recovery Services vault' })).toBeVisible()
  await page.goBack()
  expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true)
})

test('a live region says what happened, and sprites are images without a name', async ({ world }) => {
  const { page } = world
  await signIn(world, '#browse/all')
  await expect(page.locator('[aria-live]').getByText('Content is ready.')).toBeAttached()
  expect(await page.locator('[role=img]:not([aria-label]), svg[role=img]:not([aria-label])').count()).toBeGreaterThan(
    10,
  )
})

test('the portal says that it is a replica, and loads no picture', async ({ world }) => {
  const { page } = world
  const pictures: string[] = []
  page.on('request', request => {
    if (/image|font/.test(request.resourceType())) pictures.push(request.url())
  })
  await signIn(world)
  await expect(page.getByText('Verbatim sandbox: a replica, not Azure')).toBeVisible()
  await page.getByRole('link', { name: 'All resources' }).click()
  await expect(world.frame('BrowseResource').getByRole('menubar')).toBeVisible()
  expect(pictures.filter(url => !url.startsWith('data:') && !url.endsWith('/favicon.ico'))).toEqual([])
  await expect(page.locator('img')).toHaveCount(0)
})

/** The few that the live portal has too (portal-facts.md §3). */
const fixed = /^(?:web-container|root|settings|__.*)$/

test('ids are others at every load, and nothing is marked for tests', async ({ world }) => {
  const { page, frame } = world
  await signIn(world, '#create/Microsoft.RecoveryServices')
  const form = frame('RecoveryServicesVaultCreate')
  const idsNow = async () => {
    await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
    const ids = [page, form].map(place => place.locator('[id]').evaluateAll(all => all.map(({ id }) => id)))
    return new Set((await Promise.all(ids)).flat().filter(id => !fixed.test(id)))
  }
  const first = await idsNow()
  await page.reload()
  const second = await idsNow()
  expect([...first].length).toBeGreaterThan(5)
  const same = [...second].filter(id => first.has(id))
  expect(same).toEqual([])
  for (const place of [page, form])
    await expect(place.locator('[data-testid], [data-test-id], [data-test]')).toHaveCount(0)
})

test('a page comes under its old title and with dots, and one progress bar never ends', async ({ world }) => {
  const { page } = world
  await signIn(world, '#browse/all')
  await expect(page.getByRole('heading', { level: 2, name: 'All resources' })).toBeVisible()
  await expect(page.locator('.fxs-blade-progress')).toHaveCount(0)
  const seen = await page.evaluate(
    () =>
      new Promise<{ titles: string[]; dots: boolean }>(resolve => {
        const titles: string[] = []
        const look = () =>
          document.querySelector('.fxs-blade-progress, .fxs-progress-dots') && resolve({ titles, dots: true })
        new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
        location.hash = '#browse/Microsoft.Network%2FvirtualNetworks'
        // No title arrives sooner at this pace.
        setTimeout(
          () => titles.push(document.title, document.querySelector('.fxs-blade-active h2')?.textContent ?? ''),
          50,
        )
        setTimeout(() => resolve({ titles, dots: false }), 4_000)
      }),
  )
  expect(seen).toEqual({ titles: ['All resources - Microsoft Azure', 'All resources'], dots: true })
  await expect(page.getByRole('heading', { level: 2, name: 'Virtual networks' })).toBeVisible()
  await expect(world.frame('BrowseResource').getByText('No virtual networks to display')).toBeVisible()
  await expect(page.locator('.fxs-blade-active').getByRole('progressbar', { name: 'Loading prompts...' })).toBeVisible()
})

test('a grid has the rows in sight, joined names, buttons without a name, and a filter that comes late', async ({
  world,
}) => {
  const { page, frame, sandbox } = world
  const arm = createArmReader(sandbox)
  const names = Array.from({ length: 150 }, (_, index) => `stock-${String(index).padStart(3, '0')}`)
  for (let at = 0; at < names.length; at += 10)
    await Promise.all(names.slice(at, at + 10).map(name => arm.createGroup(name, 'westus')))
  await signIn(world, '#browse/resourcegroups')
  const list = frame('BrowseResource')
  await expect(list.getByText('Showing 1 to 150 of 150 records.')).toBeVisible()
  const grid = list.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '151')
  expect(await grid.getByRole('row').count()).toBeLessThan(80)
  await expect(list.getByRole('row', { name: /Select row.*stock-000.*Verbatim Sandbox.*West US/ })).toBeVisible()
  await expect(list.getByRole('link', { name: 'stock-149' })).toHaveCount(0)
  await grid.hover()
  await page.mouse.wheel(0, 20_000)
  await expect(list.getByRole('link', { name: 'stock-149' })).toBeInViewport()
  await expect(list.getByRole('link', { name: 'stock-000' })).toHaveCount(0)
  expect(await grid.locator('button.ext-grid-resize:not([aria-label])').count()).toBeGreaterThan(1)

  await list.getByRole('searchbox').fill('stock-07')
  expect(await list.getByText('Showing 1 to 150 of 150 records.').count()).toBe(1)
  await expect(list.getByText('Showing 1 to 10 of 150 records.')).toBeVisible()
  await expect(grid.getByRole('row')).toHaveCount(11)
})

test('another region takes back what was chosen in the first', async ({ world }) => {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await arm.put(`${groupId(world)}/providers/Microsoft.Network/virtualNetworks/kept-net`, '2024-05-01', {
    location: 'westus',
    properties: {
      addressSpace: { addressPrefixes: ['10.9.0.0/16'] },
      subnets: [{ name: 'shop', properties: { addressPrefix: '10.9.1.0/24' } }],
    },
  })
  await signIn(world, '#create/Microsoft.VirtualMachine')
  const form = world.frame('CreateVirtualMachine')
  const pick = async (label: RegExp | string, option: string) => {
    await form.getByRole('combobox', { name: label }).click()
    await form.getByRole('option', { name: option, exact: true }).click()
  }
  await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
  await pick(/Resource group/, group)
  await form.getByRole('textbox', { name: 'Virtual machine name' }).fill('till')
  await form.getByRole('tab', { name: 'Networking' }).click()
  await pick('Virtual network', 'kept-net')
  await expect(form.getByRole('combobox', { name: 'Subnet' })).toHaveText('shop (10.9.1.0/24)')
  await form.getByRole('tab', { name: /Basics/ }).click()
  await pick('Region', '(US) West US 2')
  await form.getByRole('tab', { name: 'Networking' }).click()
  await expect(form.getByRole('combobox', { name: 'Virtual network' })).toHaveText('(new) till-vnet')
  await expect(form.getByRole('combobox', { name: 'Subnet' })).toHaveText('(new) default (10.0.0.0/24)')
})

test('another subscription takes back the group and the region of the first', async ({ world }) => {
  const { sandbox, frame } = world
  const own = { subscriptionId: sandbox.definition.subscription, displayName: 'Verbatim Sandbox' }
  const other = { subscriptionId: '22222222-0000-4000-8000-000000000000', displayName: 'Day shift' }
  const answers: Record<string, unknown[]> = {
    '/subscriptions': [own, other].map(one => ({ ...one, id: `/subscriptions/${one.subscriptionId}` })),
    [`/subscriptions/${other.subscriptionId}/resourcegroups`]: [],
    [`/subscriptions/${other.subscriptionId}/locations`]: [{ name: 'uksouth', displayName: 'UK South' }],
  }
  for (const [path, value] of Object.entries(answers))
    sandbox.addFault({ do: 'answer', method: 'GET', path: `^${path}\\?`, times: 100, status: 200, body: { value } })
  await signIn(world, '#create/Microsoft.RecoveryServices')
  const form = frame('RecoveryServicesVaultCreate')
  const box = (name: string | RegExp) => form.getByRole('combobox', { name })
  await expect(box('Region')).toHaveText('(US) East US')
  await box('Region').click()
  await form.getByRole('option', { name: '(US) West US', exact: true }).click()
  await form.getByRole('button', { name: 'Resource group: Create new' }).click()
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('first-group')
  await form.getByRole('button', { name: 'OK' }).click()
  await expect(box(/Resource group/)).toHaveText('(New) first-group')
  const pickSubscription = async (name: string) => {
    await box('Subscription').click()
    await form.getByRole('option', { name }).click()
  }
  await pickSubscription('Day shift')
  await expect(box(/Resource group/)).toHaveText('Select a resource group')
  await expect(box('Region')).toHaveText('UK South')
  await pickSubscription('Verbatim Sandbox')
  await expect(box('Region')).toHaveText('(US) East US')
  await box(/Resource group/).click()
  await expect(form.getByRole('option')).toHaveCount(0)
})

for (const [era, next] of [
  ['2024', 'Next : Redundancy >'],
  ['2025', 'Next: Redundancy'],
  ['2026', 'Next'],
] as const)
  test.describe(`in ${era}`, () => {
    test.use({ era })

    test('the footer has the words of its year, and a row of tags comes only when one moves on by key', async ({
      world,
    }) => {
      const { page, frame } = world
      await signIn(world, '#create/Microsoft.RecoveryServices')
      const form =
        era === '2024' ? page.locator('.fxs-blade-active') : frame('RecoveryServicesVaultCreate').locator('body')
      await expect(form.getByRole('button', { name: next, exact: true })).toBeVisible()
      await form.getByRole('tab', { name: 'Tags' }).click()
      const rows = form.getByRole('grid', { name: 'Tags' }).getByRole('row')
      await expect(rows).toHaveCount(2)
      const [name, value] = ['Name', 'Value'].map(label => form.getByRole('textbox', { name: label, exact: true }))
      if (era === '2024') {
        // The older grid hears keys only.
        await name?.fill('team')
        await value?.fill('night')
        await page.keyboard.press('Tab')
        await expect(rows).toHaveCount(2)
        for (const box of [name, value]) await box?.clear()
        await name?.pressSequentially('team')
        await value?.pressSequentially('night')
      } else {
        await name?.fill('team')
        await value?.fill('night')
      }
      await expect(rows).toHaveCount(2)
      await page.keyboard.press('Tab')
      await expect(rows).toHaveCount(3)
    })
  })

test('a message lies over the upper right corner, and the bell keeps it', async ({ world }) => {
  const { page } = world
  await createArmReader(world.sandbox).createGroup(group, 'westus')
  await signIn(world, `#resource${groupId(world)}/tags`)
  const tags = world.frame('ResourceTags')
  await tags.getByRole('textbox', { name: 'Name', exact: true }).fill('team')
  await tags.getByRole('textbox', { name: 'Value', exact: true }).fill('night')
  await tags.getByRole('button', { name: 'Apply' }).click()
  const toast = page.getByRole('alert').filter({ hasText: 'Tags saved' })
  await expect(toast).toBeVisible()
  const box = await toast.boundingBox()
  const { width = 0 } = page.viewportSize() ?? {}
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan(width - 60)
  expect(box?.y).toBeLessThan(120)
  await toast.getByRole('button').first().click()
  await expect(toast).toHaveCount(0)
  await page.getByRole('button', { name: /^Notifications/ }).click()
  await expect(page.getByRole('region', { name: 'Notifications' }).getByText('Tags saved')).toBeVisible()
})

async function orderVault(world: World, name: string) {
  const form = await reviewVault(world, group, name)
  await form.getByRole('button', { name: 'Create', exact: true }).click()
}

test('what was just created is not found at first, and there a little later', async ({ world }) => {
  const { page } = world
  await createArmReader(world.sandbox).createGroup(group, 'westus')
  await page.clock.setFixedTime(new Date())
  await signIn(world, '#create/Microsoft.RecoveryServices')
  await orderVault(world, 'fresh-vault')
  await page.getByRole('alert').filter({ hasText: 'Deployment succeeded' }).getByText('Go to resource').click()
  await expect(page.getByRole('heading', { level: 2, name: 'fresh-vault' })).toBeVisible()
  await expect(world.overview().getByRole('alert')).toContainText("'fresh-vault' was not found.")
  await page.clock.setFixedTime(Date.now() + 60_000)
  await expect(world.overview().getByRole('link', { name: group })).toBeVisible()
  await expect(world.overview().getByRole('alert')).toHaveCount(0)
})

test('a deployment that goes on says so, and leads nowhere yet', async ({ world }) => {
  const { page, frame, sandbox } = world
  await createArmReader(sandbox).createGroup(group, 'westus')
  sandbox.addFault({ do: 'operation', end: 'never', method: 'PUT', path: '/deployments/' })
  await signIn(world, '#create/Microsoft.RecoveryServices')
  await orderVault(world, 'slow-vault')
  const details = frame('DeploymentDetails')
  await expect(details.getByRole('heading', { name: 'Deployment is in progress' })).toBeVisible()
  await expect(page).toHaveTitle(/^Microsoft\.RecoveryServicesV2-\d{14} \| Overview - Microsoft Azure$/)
  await expect(page).toHaveURL(/\/#view\/HubsExtension\/DeploymentDetailsBlade\/~\/overview\/id\/%2Fsubscriptions%2F/)
  await expect(details.getByRole('button', { name: 'Go to resource' })).toHaveCount(0)
})

test('the language is pinned, by the address too', async ({ world }) => {
  const { page, sandbox } = world
  await signIn(world)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.goto(`${sandbox.definition.portal}/?l=en.en-us#browse/all`)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { level: 2, name: 'All resources' })).toBeVisible()
})

const interruptions: [what: keyof typeof shares, (page: Page) => Promise<void>][] = [
  [
    'coachmark',
    async page => {
      const mark = page.getByRole('dialog', { name: "What's new" })
      await mark.getByRole('button', { name: 'Got it' }).click()
      await expect(mark).toHaveCount(0)
    },
  ],
  [
    'copilot',
    async page => {
      const tip = page.getByRole('dialog', { name: 'Meet Copilot' })
      await tip.getByRole('button', { name: 'Got it' }).click()
      await expect(tip).toHaveCount(0)
    },
  ],
  [
    'survey',
    async page => {
      const survey = page.getByRole('dialog', { name: 'Give feedback' })
      await survey.getByRole('button', { name: '4 of 5 stars' }).click()
      await expect(survey).toHaveCount(0)
    },
  ],
  [
    'inactivity',
    async page => {
      const question = page.getByRole('dialog', { name: 'Are you still there?' })
      await expect(question).toBeVisible()
      await expect(page.getByRole('button', { name: 'Show portal menu' }).click({ timeout: 500 })).rejects.toThrow()
      await question.getByRole('button', { name: 'Stay signed in' }).click()
      await page.getByRole('button', { name: 'Show portal menu' }).click()
    },
  ],
  [
    'welcome',
    async page => {
      await expect(page.getByRole('alert').filter({ hasText: 'Signed in' })).toBeVisible()
    },
  ],
]
for (const [what, meet] of interruptions) {
  const seeds = Array.from({ length: 200 }, (_, index) => index + 1)
  const seed = seeds.find(one => happens(what, one) && (what === 'inactivity' || !happens('inactivity', one))) ?? 0
  test.describe(`with seed ${seed}`, () => {
    test.use({ seed })

    test(`${what} comes up unasked`, async ({ world }) => {
      await signIn(world)
      await meet(world.page)
    })
  })
}

test('several people are in the portal at once, each with a subscription of their own', async ({ browser }) => {
  const sandbox = await startSandbox({ people: 2 })
  const { definition } = sandbox
  const people = definition.people.flatMap(person => (person.own ? [{ ...person, own: person.own }] : []))
  expect(people).toHaveLength(2)
  const visits = await Promise.all(
    people.map(async ({ own, ...person }, index) => {
      const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-US' })
      const page = await context.newPage()
      const frame = (name: string) =>
        page.frameLocator(`.fxs-blade-active iframe.fxs-reactview-frame-active[name="${name}.ReactView"]`)
      const world: World = {
        sandbox: { ...sandbox, definition: { ...definition, person } },
        page,
        problems: [],
        frame,
        overview: () => frame('ResourceOverview').locator('body'),
      }
      await signIn(world, '#create/Microsoft.ResourceGroup')
      const form = frame('CreateResourceGroup')
      await form.getByRole('textbox', { name: 'Resource group name' }).fill(`own-group-${index}`)
      await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
      await form.getByRole('button', { name: 'Review + create', exact: true }).click()
      await form.getByRole('button', { name: 'Create', exact: true }).click()
      await expect(page.getByRole('alert').filter({ hasText: 'Resource group created' })).toBeVisible()
      return { world, own }
    }),
  )
  for (const [index, { world, own }] of visits.entries()) {
    await world.page.goto(`${definition.portal}/#browse/resourcegroups`)
    const list = world.frame('BrowseResource')
    await expect(list.getByRole('link', { name: `own-group-${index}` })).toBeVisible()
    await expect(list.getByRole('link', { name: /own-group/ })).toHaveCount(1)
    // Another's address leads nowhere.
    const other = visits[1 - index]?.own.subscription ?? ''
    await world.page.goto(`${definition.portal}/#resource/subscriptions/${other}/resourceGroups/own-group-${1 - index}`)
    await expect(
      world
        .overview()
        .getByText(/does not have authorization|not found/i)
        .first(),
    ).toBeVisible()
    expect(own.subscription).not.toBe(other)
  }
  for (const { world } of visits) await world.page.context().close()
  await sandbox.stop()
})

test('a row of commands belongs to what is chosen, and none is a Create before its time', async ({ world }) => {
  await createArmReader(world.sandbox).createGroup(group, 'westus')
  await world.page.context().addInitScript(noteFirstCommands)
  await signIn(world, '#browse/resourcegroups')
  const list = world.frame('BrowseResource')
  await expect(command(list, 'Refresh')).toBeVisible()
  await expect(command(list, 'Create')).toBeVisible()
  const first = await list.locator('html').evaluate(element => element.dataset['firstCommands'])
  expect(first).toContain('Refresh')
  expect(first).not.toContain('Create')
  await expect(command(list, 'Assign tags')).toBeDisabled()
  await list.getByRole('checkbox', { name: 'Select row' }).first().check()
  await expect(command(list, 'Assign tags')).toBeEnabled()
})

/** Notes what the commands are when a page has its first ones: a command that comes later isn't among them. */
function noteFirstCommands(): void {
  new MutationObserver(() => {
    const { dataset } = document.documentElement
    const items = [...document.querySelectorAll('[role=menuitem]')].map(item => item.textContent ?? '')
    if (items.some(text => text.includes('Refresh'))) dataset['firstCommands'] ??= items.join(' | ')
  }).observe(document, { childList: true, subtree: true })
}
