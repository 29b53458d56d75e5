import type { Page } from '@playwright/test'
import { createArmReader } from './arm-reader.ts'
import { createMachines } from './estate.ts'
import { expect, search, searchBox, signIn, test } from './portal-fixture.ts'

test('nobody gets in without signing in, and a deep link survives it', async ({ world }) => {
  const { page, sandbox } = world
  await page.goto(`${sandbox.definition.portal}/#create/Microsoft.RecoveryServices`)
  await expect(page).toHaveURL(url => url.origin === sandbox.definition.entra)
  await signIn(world, '#create/Microsoft.RecoveryServices')
  await expect(page.getByRole('heading', { level: 2, name: 'Create Recovery Services vault' })).toBeVisible()
  await expect(page).toHaveTitle('Create Recovery Services vault - Microsoft Azure')
})

test('the header has the names of the live portal', async ({ world }) => {
  const { page, sandbox } = world
  await signIn(world)
  await expect(page.getByRole('banner')).toMatchAriaSnapshot(`
    - banner "Microsoft Azure":
      - button "Show portal menu"
      - button "Show Microsoft Cloud menu"
      - heading "Microsoft Azure" [level=1]:
        - link "Microsoft Azure":
          - /url: "#home"
      - text: /Verbatim sandbox.*not Azure/
      - search:
        - combobox "Search resources, services, and docs (G+/)"
      - button "Copilot"
      - button "Cloud Shell"
      - button "Notifications"
      - button "Settings"
      - button "Support + Troubleshooting"
      - button "Feedback"
      - button /^Account menu Currently signed in as /
  `)
  const { userName } = sandbox.definition.person
  await expect(page.getByRole('button', { name: `Account menu Currently signed in as ${userName} ` })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Resource groups' })).toHaveCount(2)
  await expect(page.locator('[data-testid], [data-test-id]')).toHaveCount(0)
})

test.describe('in a narrow window', () => {
  test.use({ viewport: { width: 1000, height: 800 } })

  test('the tools fold under one button', async ({ world }) => {
    const { page } = world
    await page.setViewportSize({ width: 1280, height: 800 })
    await signIn(world)
    await expect(page.getByRole('button', { name: 'Notifications' })).toBeVisible()
    await page.setViewportSize({ width: 1279, height: 800 })
    await expect(page.getByRole('button', { name: 'Notifications' })).toHaveCount(0)
    await page.getByRole('button', { name: 'More portal tools' }).click()
    await page.getByRole('menuitem', { name: 'Notifications' }).click()
    await expect(page.getByRole('region', { name: 'Notifications' })).toBeVisible()
  })

  test('commands that do not fit are under "More commands"', async ({ world }) => {
    const { page } = world
    await createArmReader(world.sandbox).createGroup('narrow-group', 'westus')
    const { subscription } = world.sandbox.definition
    await signIn(world, `#resource/subscriptions/${subscription}/resourceGroups/narrow-group`)
    const overview = world.overview()
    await overview.getByRole('button', { name: 'More commands' }).click()
    await expect(overview.getByRole('menuitem').filter({ hasText: 'Move' })).toBeVisible()
    await expect(page.getByRole('heading', { level: 2, name: 'narrow-group' })).toBeVisible()
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('nothing of the shell is cut off, and a form can be sent', async ({ world }) => {
    const { page, frame } = world
    await signIn(world, '#create/Microsoft.RecoveryServices')
    await expect(page.getByRole('button', { name: /^Account menu/ })).toBeInViewport({ ratio: 1 })
    await expect(searchBox(page)).toBeInViewport({ ratio: 1 })
    await expect(page.getByText('Verbatim sandbox: a replica, not Azure')).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('heading', { name: 'Create Recovery Services vault' })).toBeInViewport({ ratio: 1 })
    const form = frame('RecoveryServicesVaultCreate')
    await expect(form.getByRole('button', { name: 'Review + create', exact: true })).toBeInViewport({ ratio: 1 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('pages of resources are as wide as the window, and wide tables scroll by themselves', async ({ world }) => {
    const { page, sandbox } = world
    const arm = createArmReader(sandbox)
    const scope = `/subscriptions/${sandbox.definition.subscription}/resourceGroups/a-group-with-quite-a-long-name`
    await arm.createGroup('a-group-with-quite-a-long-name', 'westus')
    await arm.createVault('a-group-with-quite-a-long-name', 'a-vault-with-quite-a-long-name', 'westus')
    const [till = ''] = await createMachines(arm, scope, 'westus', ['till'])
    await arm.put(`${scope}/providers/Microsoft.Resources/deployments/a-try-of-quite-a-long-name`, '2021-04-01', {
      properties: { mode: 'Incremental', template: { resources: [] } },
    })
    const deployment = encodeURIComponent(
      `${scope}/providers/Microsoft.Resources/deployments/a-try-of-quite-a-long-name`,
    )
    const places = [
      `#resource${scope}`,
      `#resource${scope}/providers/Microsoft.RecoveryServices/vaults/a-vault-with-quite-a-long-name`,
      `#resource${till}`,
      `#resource${till}/tags`,
      `#resource${scope}/providers/Microsoft.Network/virtualNetworks/net/subnets`,
      `#view/HubsExtension/DeploymentDetailsBlade/~/overview/id/${deployment}`,
    ]
    await signIn(world)
    for (const place of places) {
      await page.goto(`${sandbox.definition.portal}/${place}`)
      const content = page.frameLocator('.fxs-blade-active iframe.fxs-reactview-frame-active').locator('.ext-blade > *')
      await expect(content.locator('dl, tr').first()).toBeVisible()
      const widths = await content.first().evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))
      expect.soft(widths.scrollWidth, place).toBe(widths.clientWidth)
    }
  })
})

test('the search shows sections, twins and chips, and leaves traces', async ({ world }) => {
  const { page } = world
  await signIn(world)
  await search(page, 'resiliency', 'Services', 'Resiliency')
  await expect(page.getByRole('listbox')).toMatchAriaSnapshot(`
    - listbox "List of search results":
      - group "Services":
        - option "Resiliency"
      - group "Marketplace":
        - option /Resiliency/
      - group "Documentation":
        - option "Resiliency in Azure"
      - group "Didn't find what you were looking for?":
        - option "Continue searching in Microsoft Entra ID"
  `)
  await expect(page.getByRole('button', { name: 'Filter, Services (1)' })).toBeVisible()
  await page.getByRole('button', { name: 'Filter, Marketplace (1)' }).click()
  await expect(page.getByRole('group', { name: 'Services' })).toHaveCount(0)
  await page.getByRole('option', { name: 'Resiliency' }).click()

  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(searchBox(page)).toHaveAttribute('aria-expanded', 'true')
  await expect(page.locator('[role=option]')).toHaveCount(1)
  await expect(page.locator('[role=option]')).toBeHidden()
  await page.keyboard.press('Escape')
})

test('what is typed too early into the search box is lost, and later the answer takes a while', async ({ world }) => {
  const { page } = world
  await signIn(world)
  await page.reload({ waitUntil: 'commit' })
  expect(await putIntoSearch(page, 'vault')).toEqual({ kept: '', answered: false })
  await search(page, 'vault', 'Services', 'Recovery Services vaults')
  expect(await putIntoSearch(page, 'resource')).toEqual({ kept: 'resource', answered: false })
  await expect(page.getByRole('option', { name: 'Resource groups', exact: true })).toBeVisible()
})

/** Puts a text into the search box as soon as there is one. Tells what is left of it a moment later, and whether results are there by then. */
function putIntoSearch(page: Page, text: string) {
  return page.evaluate(async text => {
    const box = await new Promise<HTMLInputElement>(resolve => {
      const look = () => {
        const found = document.querySelector<HTMLInputElement>('header input[role=combobox]')
        if (found) resolve(found)
        else requestAnimationFrame(look)
      }
      look()
    })
    const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    setter?.call(box, text)
    box.dispatchEvent(new Event('input', { bubbles: true }))
    await new Promise(resolve => setTimeout(resolve, 50))
    return { kept: box.value, answered: document.querySelector('[role=listbox]') !== null }
  }, text)
}

test.describe('with a search that hears keys only', () => {
  test.use({ drifts: ['search-keys'], pace: 'instant' })

  test('a text that is put into the box at once is lost, and one that is typed is found', async ({ world }) => {
    const { page } = world
    await signIn(world)
    await search(page, 'vault', 'Services', 'Recovery Services vaults')
    await searchBox(page).fill('resource')
    await expect(searchBox(page)).toHaveValue('vault')
    await search(page, 'resource', 'Services', 'Resource groups')
  })
})

test.describe('with results as they were marked up before', () => {
  test.use({ drifts: ['search-markup'], pace: 'instant' })

  test('the search shows a list for each section', async ({ world }) => {
    const { page } = world
    await signIn(world)
    const found = page.getByRole('list', { name: 'Services' }).getByRole('listitem').filter({ hasText: 'Resiliency' })
    await expect(async () => {
      await searchBox(page).fill('resiliency')
      await expect(found).toBeVisible({ timeout: 500 })
    }).toPass({ timeout: 15_000 })
    await expect(page.getByRole('listbox')).toHaveCount(0)
    await found.click()
    await expect(page.getByRole('heading', { level: 2, name: 'Resiliency' })).toBeVisible()
  })
})

test('a new group is found only by a later search', async ({ world }) => {
  const { page } = world
  await signIn(world)
  await search(page, 'resource', 'Services', 'Resource groups')
  await createArmReader(world.sandbox).createGroup('late-group', 'westus')
  await searchBox(page).fill('late')
  await expect(page.getByText('No results were found.')).toBeVisible()
  await search(page, 'late-group', 'Resource Groups', 'late-group')
})

test('keys lead to the search, to lists and to the menu of a service', async ({ world }) => {
  const { page } = world
  await signIn(world)
  await page.keyboard.press('g')
  await page.keyboard.press('/')
  await expect(searchBox(page)).toBeFocused()
  await expect(searchBox(page)).toHaveValue('')
  await page.keyboard.press('Escape')
  await page.getByRole('main').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByRole('heading', { level: 2, name: 'Resource Manager | Resource groups' })).toBeVisible()
  await page.keyboard.press('Control+/')
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused()
})

test('a page that is left is parked, and one frame of several is the active one', async ({ world }) => {
  const { page, frame } = world
  await signIn(world, '#browse/all')
  await expect(frame('BrowseResource').getByRole('menubar')).toBeVisible()
  const frames = page.locator('iframe[name="BrowseResource.ReactView"]')
  await expect(frames).toHaveCount(2)
  await expect(page.locator('iframe.fxs-reactview-frame-active')).toHaveCount(1)
  const [portalSite, frameSite] = [
    new URL(page.url()).hostname,
    new URL((await frames.first().getAttribute('src')) ?? '').hostname,
  ]
  expect(frameSite).not.toBe(portalSite)

  expect(await page.evaluate(goAndWatch)).toEqual({ wasUnnamed: true, frames: 2 })
  await expect(page.getByRole('heading', { level: 2, name: 'Recovery Services vaults' })).toBeVisible()
  await expect(frame('BrowseResource').getByRole('menubar')).toBeVisible()
  await expect(page.locator('iframe.fxs-reactview-frame-active')).toHaveCount(1)
  // The twin goes, and another one waits, unseen, for its turn.
  const own = page.getByRole('region', { name: 'Recovery Services vaults' }).locator('iframe')
  await expect(own.and(page.locator('[data-first]'))).toHaveCount(1)
  await expect(own).toHaveCount(2)
  await expect(own.filter({ visible: true })).toHaveCount(1)
  await expect(page.getByRole('navigation', { name: 'breadcrumb' }).getByRole('link')).toHaveText([
    'Home',
    'All resources',
  ])
  const parked = page.getByRole('heading', { level: 2, name: 'All resources' })
  await expect(parked).toBeVisible()
  expect((await parked.boundingBox())?.x).toBeLessThan(-1000)
})

/** Goes to the list of vaults. Tells whether the close button lost its name meanwhile, and how many frames the list began with; these are marked. */
function goAndWatch(): Promise<{ wasUnnamed: boolean; frames: number }> {
  return new Promise(resolve => {
    let wasUnnamed = false
    const look = () => {
      wasUnnamed ||= document.querySelector(`[aria-label="Close content 'undefined'"]`) !== null
      const frames = [...document.querySelectorAll('iframe')].filter(frame => frame.closest('[aria-label^="Recovery"]'))
      if (!frames.some(({ src }) => src.includes('/React/Index'))) return
      watch.disconnect()
      for (const { dataset } of frames) dataset['first'] = ''
      resolve({ wasUnnamed, frames: frames.length })
    }
    const watch = new MutationObserver(look)
    watch.observe(document, { subtree: true, childList: true, attributes: true })
    location.hash = '#browse/Microsoft.RecoveryServices%2Fvaults'
  })
}

test('back and forward move between places, and the breadcrumb knows the way', async ({ world }) => {
  const { page } = world
  const title = (name: string) => expect(page.locator('.fxs-blade-active h2').first()).toHaveText(name)
  await signIn(world)
  await page.getByRole('link', { name: 'All resources' }).click()
  await title('All resources')
  await page.getByRole('button', { name: 'Show portal menu' }).click()
  await page.getByRole('navigation', { name: 'Portal menu' }).getByRole('link', { name: 'Create a resource' }).click()
  await title('Create a resource')
  await page.goBack()
  await title('All resources')
  await page.goForward()
  await title('Create a resource')
  await page.getByRole('navigation', { name: 'breadcrumb' }).getByRole('link', { name: 'Home' }).click()
  await expect(page.getByRole('heading', { level: 3, name: 'Azure services' })).toBeVisible()
  await expect(page).toHaveTitle('Home - Microsoft Azure')
})

test('an ended session leads back to the sign-in page', async ({ world }) => {
  const { page, sandbox } = world
  await signIn(world, '#browse/all')
  await expect(page.getByRole('heading', { level: 2, name: 'All resources' })).toBeVisible()
  await page.context().clearCookies()
  await page.reload()
  await expect(page).toHaveURL(url => url.origin === sandbox.definition.entra)
})

test('another site gets no token from the portal', async ({ world }) => {
  const { page, sandbox } = world
  await signIn(world)
  const response = await page.request.post(`${sandbox.definition.portal}/api/DelegationToken`, {
    headers: { origin: 'https://elsewhere.example' },
  })
  expect(response.status()).toBe(403)
  expect((await page.request.post(`${sandbox.definition.portal}/api/DelegationToken`)).status()).toBe(200)
})
