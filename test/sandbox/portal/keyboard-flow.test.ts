import { createArmReader } from './arm-reader.ts'
import { tabTo } from './keyboard.ts'
import { expect, search, signIn, test } from './portal-fixture.ts'

const group = 'keys-only-group'
const vault = 'keys-only-vault'

/** The way to the wizard, and the names of its controls: one year's against the other's. */
const paths: Record<
  '2024' | '2026',
  { query: string; menu: string[]; name: string; groupBox: string; vaultName: string }
> = {
  '2024': {
    query: 'backup center',
    menu: [],
    name: 'textbox "Name *"',
    groupBox: 'combobox "Resource group *"',
    vaultName: 'textbox "Vault name *"',
  },
  '2026': {
    query: 'resiliency',
    menu: ['button "Manage"', 'link "Vaults"'],
    name: 'textbox "Name"',
    groupBox: 'combobox "Create new or use existing Resource group"',
    vaultName: 'textbox "Vault name"',
  },
}

for (const era of ['2024', '2026'] as const) {
  test.describe(`in ${era}`, () => {
    test.use({ era })

    test('everything can be done with the keyboard alone', async ({ world }) => {
      test.setTimeout(90_000)
      const { page, frame } = world
      const path = paths[era]
      const arm = createArmReader(world.sandbox)
      const press = (key: string) => page.keyboard.press(key)
      const heading = (name: string | RegExp) =>
        expect(page.locator('.fxs-blade-active').getByRole('heading', { level: 2, name }).first()).toBeVisible()
      await signIn(world)

      await search(page, path.query, 'Services', era === '2024' ? 'Backup center' : 'Resiliency')
      await press('Enter')
      await heading(era === '2024' ? 'Backup center' : 'Resiliency')
      for (const item of path.menu) {
        await tabTo(page, item)
        await press('Enter')
      }
      await tabTo(page, 'menuitem "Vault"')
      await press('Enter')
      await heading('Start: Create Vault')
      await tabTo(page, 'radio "Recovery Services vault"')
      await press(' ')
      await tabTo(page, 'button "Continue"')
      await press('Enter')
      await heading('Create Recovery Services vault')

      await tabTo(page, path.groupBox)
      await tabTo(page, 'button "Resource group: Create new"')
      await press('Enter')
      await tabTo(page, path.name)
      await page.keyboard.type(group)
      await tabTo(page, 'button "OK"')
      await press('Enter')
      await tabTo(page, path.vaultName)
      await page.keyboard.type(vault)
      await tabTo(page, /combobox "Region/)
      await press('ArrowDown')
      await page.keyboard.type('west us')
      await press('Enter')
      await tabTo(page, /combobox "Region.*West US$/)
      await tabTo(page, 'button "Review + create"')
      await press('Enter')
      const form = era === '2024' ? page.locator('.fxs-blade-active') : frame('RecoveryServicesVaultCreate')
      await expect(form.getByText('Validation passed')).toBeVisible()
      await tabTo(page, 'button "Create"')
      await press('Enter')

      await heading(/^Microsoft.RecoveryServicesV2-\d{14} \| Overview$/)
      await tabTo(page, 'button "Go to resource"')
      await press('Enter')
      await heading(vault)
      expect(await arm.vault(group, vault)).toMatchObject({ name: vault, location: 'westus' })

      await search(page, group, 'Resource Groups', group)
      await press('Enter')
      await heading(group)
      await tabTo(page, 'button "Delete resource group"')
      await press('Enter')
      await tabTo(page, /textbox "(Enter|Type the) resource group name/)
      await page.keyboard.type(group)
      await tabTo(page, 'button "Delete"')
      await press('Enter')
      await tabTo(page, 'button "Delete"')
      await press('Enter')
      await expect.poll(() => arm.groups(), { timeout: 15_000 }).toEqual([])
    })
  })
}
