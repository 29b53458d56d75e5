import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame } from '@playwright/test'
import { createArmReader } from './arm-reader.ts'
import { createMachines } from './estate.ts'
import type { World } from './portal-fixture.ts'
import { expect, signIn, test } from './portal-fixture.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What the live portal does too (portal-facts.md §2 to §5, §17), by the rule of axe that it breaks. */
const known = new Set([
  // Sprites and buttons that resize columns have no names.
  'svg-img-alt',
  'button-name',
  // Names say more than is written: glyphs are characters.
  'label-content-name-mismatch',
  'empty-table-header',
  // Headings of blades skip a level.
  'heading-order',
  // Addresses of pages are behind the #, where axe expects places on the page.
  'skip-link',
])

/** Of a whole page, which a frame isn't: the shell around it has the heading and the landmarks. */
const ofPages = ['page-has-heading-one', 'landmark-one-main', 'region']

async function go({ page }: World, hash: string, heading: string) {
  await page.evaluate(to => {
    location.hash = to
  }, hash)
  await expect(
    page.locator('.fxs-blade-active').getByRole('heading', { level: 2, name: heading }).first(),
  ).toBeVisible()
}

interface Axe {
  run(context: object, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** Rules of accessibility that a document breaks, those apart that are known; Fluent's own focus stops don't count. */
async function brokenRules(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe)
  const { violations } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run({ exclude: ['[data-tabster-dummy]'] }, { iframes: false }),
  )
  const expected = frame.parentFrame() ? [...known, ...ofPages] : [...known]
  return violations.filter(({ id }) => !expected.includes(id)).map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

test('a list has the menu bar, the filters and the grid of the live one', async ({ world }) => {
  const { page, frame, sandbox } = world
  const arm = createArmReader(sandbox)
  await arm.createGroup('listed-group', 'westus')
  await arm.createVault('listed-group', 'listed-vault', 'westus')
  await signIn(world, '#browse/Microsoft.RecoveryServices%2Fvaults')
  const list = frame('BrowseResource')
  await expect(list.getByRole('menuitem').filter({ hasText: 'Create' })).toBeVisible()
  // Icons are private-use characters in the names, so "Create" alone finds nothing.
  await expect(list.getByRole('menuitem', { name: 'Create', exact: true })).toHaveCount(0)
  await expect(list.locator('body')).toMatchAriaSnapshot(`
    - menubar "Command bar":
      - group:
        - menuitem /Create/
        - menuitem /Manage view/
        - menuitem /Refresh/
        - menuitem /Export to CSV/
        - menuitem /Open query/
        - menuitem /Assign tags/ [disabled]
        - menuitem /Delete/ [disabled]
      - separator
      - group:
        - menuitem /Group by none/
    - searchbox "Filter for any field..."
    - list "Resource filters":
      - listitem:
        - button "Editor to filter the results by Subscription. Subscription equals all"
        - button "Remove Subscription filter"
  `)
  await expect(list.getByRole('grid').getByRole('row')).toHaveCount(2)
  await expect(list.getByRole('row', { name: /Select row.*listed-vault.*listed-group.*West US.*Verbatim Sandbox/ }))
    .toMatchAriaSnapshot(`
    - row:
      - gridcell "Select row":
        - checkbox "Select row"
      - gridcell /listed-vault/:
        - img "Recovery Services vault"
        - link "listed-vault"
      - gridcell "listed-group"
      - gridcell "West US"
      - gridcell "Verbatim Sandbox"
      - gridcell "Open context menu":
        - button "Open context menu"
  `)
  const address = await list.getByRole('link', { name: 'listed-vault' }).getAttribute('href')
  expect(address).toMatch(/^https:\/\/localhost:\d+#@/)
  await list.getByRole('searchbox').fill('nothing like it')
  await expect(list.getByText('No Recovery Services vaults to display')).toBeVisible()
  await expect(page).toHaveTitle('Recovery Services vaults - Microsoft Azure')
})

for (const { era, drifts, previous, next } of [
  { era: '2024', drifts: [], previous: '< Previous', next: 'Next : Redundancy >' },
  { era: '2026', drifts: ['forms'], previous: 'Previous', next: 'Next' },
] as const) {
  test.describe([`in ${era}`, ...drifts.map(name => `with the drift ${name}`)].join(' '), () => {
    test.use({ era, drifts })

    test('the wizard has the controls of the older generation', async ({ world }) => {
      const { page } = world
      await signIn(world, '#create/Microsoft.RecoveryServices')
      await expect(page.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
      await expect(page.getByRole('region', { name: 'Create Recovery Services vault' })).toMatchAriaSnapshot(`
      - region "Create Recovery Services vault":
        - heading "Create Recovery Services vault" [level=2]
        - button "Close content 'Create Recovery Services vault'"
        - tablist:
          - tab "Basics" [selected]
          - tab "Redundancy"
          - tab "Vault properties"
          - tab "Networking"
          - tab "Tags"
          - tab "Review + create"
        - tabpanel "Basics":
          - heading "Project details" [level=2]
          - button "Subscription"
          - combobox "Subscription *"
          - button "Resource group"
          - combobox "Resource group *"
          - 'button "Resource group: Create new"'
          - heading "Instance details" [level=2]
          - button "Vault name"
          - textbox "Vault name *"
          - button "Region"
          - combobox "Region *"
        - button "Review + create"
        - button "${previous}" [disabled]
        - 'button "${next}"'
    `)
    })
  })
}

for (const { era, drifts, previous, next } of [
  { era: '2024', drifts: ['forms'], previous: '< Previous', next: 'Next : Redundancy >' },
  { era: '2026', drifts: [], previous: 'Previous', next: 'Next' },
] as const) {
  test.describe([`in ${era}`, ...drifts.map(name => `with the drift ${name}`)].join(' '), () => {
    test.use({ era, drifts })

    test('the wizard has the controls of the newer generation', async ({ world }) => {
      const { frame } = world
      await signIn(world, '#create/Microsoft.RecoveryServices')
      const form = frame('RecoveryServicesVaultCreate')
      await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
      await expect(form.locator('body')).toMatchAriaSnapshot(`
    - tablist:
      - tab "Basics" [selected]
      - tab "Redundancy"
      - tab "Vault properties"
      - tab "Networking"
      - tab "Tags"
      - tab "Review + create"
    - tabpanel "Basics":
      - heading "Project details" [level=2]
      - button "Subscription"
      - combobox "Subscription"
      - button "Toggle"
      - button "Resource group"
      - combobox "Create new or use existing Resource group"
      - button "Toggle"
      - 'button "Resource group: Create new"'
      - heading "Instance details" [level=2]
      - button "Vault name"
      - textbox "Vault name"
      - button "Region"
      - combobox "Region"
    - button "${previous}" [disabled]
    - 'button "${next}"'
    - button "Review + create"
    - link "Give feedback"
  `)
      // The mark is seen, and no part of the name.
      await expect(form.locator('label').filter({ hasText: 'Vault name' })).toHaveText('Vault name*')
    })
  })
}

test('the menu of Resiliency has collapsed groups, one of them with an item of its own name', async ({ world }) => {
  const { page } = world
  await signIn(world, '#view/Microsoft_Azure_BCDRCenter/AbcCenterMenuBlade')
  const menu = page.getByRole('navigation', { name: 'Resiliency menu' })
  await expect(menu).toMatchAriaSnapshot(`
    - navigation "Resiliency menu":
      - searchbox "Search"
      - button "Expand all headers"
      - list:
        - listitem:
          - link "Overview"
      - button "Protected items"
      - button "Manage"
      - button "Monitoring"
      - button "Security posture"
  `)
  await expect(menu.getByRole('link', { name: 'Vaults' })).toHaveCount(0)
  await menu.getByRole('button', { name: 'Expand all headers' }).click()
  await expect(menu.getByRole('link', { name: 'Protected items' })).toBeVisible()
  await expect(menu.locator('[data-telemetryname="Menu-vaults"]')).toHaveText('Vaults')
})

const hubs: [type: string, hub: string, list: string][] = [
  ['resourcegroups', 'Resource Manager', 'Resource groups'],
  ['Microsoft.Network%2FvirtualNetworks', 'Network foundation', 'Virtual networks'],
  ['Microsoft.Storage%2FstorageAccounts', 'Storage center', 'Storage accounts'],
]
for (const [type, hub, title] of hubs) {
  test(`the list of ${title} stands beside the menu of a hub, whose address it has`, async ({ world }) => {
    const { page, frame } = world
    await signIn(world, `#browse/${type}`)
    await expect(page.getByRole('heading', { level: 2, name: `${hub} | ${title}` })).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`#view/.*HubBlade/~/${title.toLowerCase().replace(' ', '-')}$`))
    await expect(page.getByRole('navigation', { name: `${hub} menu` }).getByRole('link', { name: title })).toBeVisible()
    await frame('BrowseResource').getByRole('menuitem').filter({ hasText: 'Create' }).click()
    await expect(page.getByRole('heading', { level: 2, name: /^Create (a|virtual)/ })).toBeVisible()
  })

  test.describe('in 2025', () => {
    test.use({ era: '2025' })

    test(`the list of ${title} is on its own`, async ({ world }) => {
      await signIn(world, `#browse/${type}`)
      await expect(world.page.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible()
      await expect(world.page.getByRole('navigation', { name: /menu$/ })).toHaveCount(0)
    })
  })
}

for (const [era, colorScheme] of [
  ['2024', 'light'],
  ['2026', 'light'],
  ['2026', 'dark'],
] as const) {
  test.describe(`in ${era}, ${colorScheme}`, () => {
    test.use({ era })

    test('no page breaks a rule of accessibility that the live one keeps', async ({ world }) => {
      const { page, sandbox } = world
      const { subscription } = sandbox.definition
      const arm = createArmReader(sandbox)
      await arm.createGroup('audited-group', 'westus')
      await arm.createVault('audited-group', 'audited-vault', 'westus')
      const group = `/subscriptions/${subscription}/resourceGroups/audited-group`
      const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/audited-vault`
      const [till = ''] = await createMachines(arm, group, 'westus', ['till'])
      await arm.lock(vault)
      await page.emulateMedia({ colorScheme })
      await signIn(world)
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      expect(background).toBe(colorScheme === 'dark' ? 'rgb(27, 26, 25)' : 'rgb(255, 255, 255)')
      const places: [hash: string, heading: string][] = [
        ['#create/Microsoft.RecoveryServices', 'Create Recovery Services vault'],
        ['#view/Microsoft_Azure_DataProtection/StartCreateVaultBlade', 'Start: Create Vault'],
        [`#resource${group}`, 'audited-group'],
        ['#browse/all', 'All resources'],
        ['#create/hub', 'Create a resource'],
        [`#resource${vault}/locks`, 'audited-vault | Locks'],
        [`#resource${vault}/properties`, 'audited-vault | Properties'],
        [`#resource${vault}/backup`, 'audited-vault | Backup'],
        [`#resource${till}`, 'till'],
        [`#resource${till}/tags`, 'till | Tags'],
        [`#resource${group}/providers/Microsoft.Network/virtualNetworks/net/subnets`, 'net | Subnets'],
        ['#view/Microsoft_Azure_DataProtection/StartConfigureBackupBlade', 'Start: Configure Backup'],
        [
          `#view/Microsoft_Azure_RecoveryServices/ConfigureBackupBlade/id/${encodeURIComponent(vault)}`,
          'Configure backup',
        ],
        [`#resource/subscriptions/${subscription}/resources`, 'Verbatim Sandbox | Resources'],
      ]
      for (const [hash, heading] of places) {
        await go(world, hash, heading)
        const content = page.locator('.fxs-blade-active iframe.fxs-reactview-frame-active')
        const handle = (await content.count()) > 0 ? await content.elementHandle() : null
        const inner = await handle?.contentFrame()
        if (inner) {
          await expect(inner.locator('.ext-blade')).toBeVisible()
          await expect(inner.locator('.ext-spinner')).toHaveCount(0)
          expect.soft(await brokenRules(inner), `${heading}, frame`).toEqual([])
        }
        await expect(page.locator('.fxs-blade-active .ext-spinner')).toHaveCount(0)
        expect.soft(await brokenRules(page.mainFrame()), `${heading}, shell`).toEqual([])
      }
    })
  })
}
