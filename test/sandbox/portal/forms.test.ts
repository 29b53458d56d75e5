import { createArmReader } from './arm-reader.ts'
import { command } from './blade.ts'
import type { Era } from '../../../src/sandbox/portal/traits.ts'
import type { World } from './portal-fixture.ts'
import { expect, signIn, test } from './portal-fixture.ts'

/** Where the form is: in the shell's document in 2024, in a frame in 2026. */
const formOf = ({ page, frame }: World, era: Era) =>
  era === '2024' ? page.locator('.fxs-blade-active') : frame('RecoveryServicesVaultCreate').locator('body')

const optionRole = { '2024': 'treeitem', '2026': 'option' } as const

for (const era of ['2024', '2026'] as const) {
  test.describe(`in ${era}`, () => {
    test.use({ era })

    test('the form complains when a tab is left or a field broken, and validates at the end', async ({ world }) => {
      const { page, sandbox } = world
      const arm = createArmReader(sandbox)
      await arm.createGroup('stock-group', 'westeurope')
      await arm.createVault('stock-group', 'taken-vault', 'westeurope')
      await signIn(world, '#create/Microsoft.RecoveryServices')
      const form = formOf(world, era)
      const region = form.getByRole('combobox', { name: 'Region' })
      await expect(region).toHaveText('(US) East US')
      await expect(form.getByText('The value must not be empty.')).toHaveCount(0)

      await form.getByRole('tab', { name: 'Redundancy' }).click()
      await expect(form.getByRole('radio', { name: 'Geo-redundant' })).toBeChecked()
      await form.getByRole('tab', { name: 'Basics (2)' }).click()
      await expect(form.getByText('The value must not be empty.')).toHaveCount(2)
      await form.getByRole('button', { name: 'Review + create', exact: true }).click()
      await expect(form.getByText('Validation failed. Required information is missing or not valid.')).toBeVisible()
      await expect(form.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()

      await form.getByRole('tab', { name: 'Basics (2)' }).click()
      const name = form.getByRole('textbox', { name: 'Vault name' })
      await name.fill('9 lives')
      await name.blur()
      await expect(form.getByText('The name must begin with a letter.')).toBeVisible()
      await expect(name).toHaveAttribute('aria-invalid', 'true')
      await name.fill('taken-vault')
      await form.getByRole('combobox', { name: 'Resource group' }).click()
      const options = era === '2024' ? page : form
      await options.getByRole(optionRole[era], { name: 'stock-group' }).click()
      await expect(region).toHaveText('(Europe) West Europe')
      await form.getByRole('button', { name: 'Review + create', exact: true }).click()
      await expect(form.getByText("The vault name 'taken-vault' is already in use")).toBeVisible()
      await expect(form.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()

      await page.evaluate(() => {
        location.hash = '#home'
      })
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      await form.getByRole('tab', { name: 'Basics' }).click()
      await expect(name).toHaveValue('taken-vault')
    })

    test('the region of a group is proposed also when the regions come later than the groups', async ({ world }) => {
      const { page, sandbox } = world
      await createArmReader(sandbox).createGroup('early-group', 'westeurope')
      sandbox.addFault({ do: 'delay', milliseconds: 1500, path: '/locations(\\?|$)' })
      await signIn(world, '#create/Microsoft.RecoveryServices')
      const form = formOf(world, era)
      const region = form.getByRole('combobox', { name: 'Region' })
      await expect(region).toHaveText('Loading...')
      await expect(region).toBeDisabled()
      await form.getByRole('combobox', { name: 'Resource group' }).click()
      const options = era === '2024' ? page : form
      await options.getByRole(optionRole[era], { name: 'early-group' }).click()
      await expect(region).not.toHaveText('(Europe) West Europe')
      await expect(region).toHaveText('(Europe) West Europe')
    })

    test('a name for a new group is refused until it is valid, without the button being disabled', async ({
      world,
    }) => {
      await signIn(world, '#create/Microsoft.RecoveryServices')
      const form = formOf(world, era)
      await form.getByRole('button', { name: 'Resource group: Create new' }).click()
      const ok = form.getByRole('button', { name: 'OK' })
      await expect(ok).toBeEnabled()
      await ok.click()
      const name = form.getByRole('textbox', { name: /^Name/ })
      await expect(name).toBeVisible()
      await expect(form.getByRole('dialog')).toHaveCount(0)
      await expect(ok).toHaveClass(/dimmed|disabled/)
      await name.fill('trailing')
      await expect(ok).not.toHaveClass(/dimmed|disabled/)
      await name.fill('trailing.')
      await expect(form.getByText(/cannot end in a period/)).toBeVisible()
      await form.getByRole('button', { name: 'Cancel' }).click()
      await expect(name).toHaveCount(0)
    })

    test('West US stands beside West US 2 and 3', async ({ world }) => {
      const { page } = world
      await signIn(world, '#create/Microsoft.RecoveryServices')
      const form = formOf(world, era)
      const region = form.getByRole('combobox', { name: 'Region' })
      await expect(region).toHaveText('(US) East US')
      // It is no input, and hears the mouse, not a click that a script makes.
      expect(await region.evaluate(({ tagName }) => tagName)).toBe('DIV')
      await region.dispatchEvent('click')
      await expect(region).toHaveAttribute('aria-expanded', 'false')
      await region.dispatchEvent('mousedown')
      await expect(region).toHaveAttribute('aria-expanded', 'true')
      const scope = era === '2024' ? page : form
      await scope.getByPlaceholder(era === '2024' ? /^Type to filter/ : 'Filter items...').fill('west us')
      await expect(scope.getByRole(optionRole[era])).toHaveText(['(US) West US', '(US) West US 2', '(US) West US 3'])
      await expect(form.getByRole('tabpanel').getByRole(optionRole[era])).toHaveCount(0)
      await scope.getByRole(optionRole[era], { name: '(US) West US 3' }).click()
      await expect(region).toHaveText('(US) West US 3')
    })

    test('what the other tabs say reaches the resource', async ({ world }) => {
      const { page, sandbox } = world
      const arm = createArmReader(sandbox)
      await arm.createGroup('full-group', 'northeurope')
      await signIn(world, '#create/Microsoft.RecoveryServices')
      const form = formOf(world, era)
      const options = era === '2024' ? page : form
      await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
      await form.getByRole('combobox', { name: 'Resource group' }).click()
      await options.getByRole(optionRole[era], { name: 'full-group' }).click()
      await form.getByRole('textbox', { name: 'Vault name' }).fill('full-vault')
      await form.getByRole('tab', { name: 'Redundancy' }).click()
      await form.getByRole('radio', { name: 'Locally-redundant' }).click()
      await form.getByRole('tab', { name: 'Networking' }).click()
      await form.getByRole('radio', { name: 'Deny public access' }).click()
      await form.getByRole('tab', { name: 'Tags' }).click()
      await form.getByRole('textbox', { name: 'Name' }).pressSequentially('purpose')
      await form.getByRole('textbox', { name: 'Value' }).pressSequentially('rehearsal')
      sandbox.addFault({ do: 'delay', milliseconds: 800, method: 'POST', path: '/validate' })
      await form.getByRole('button', { name: 'Review + create', exact: true }).click()
      await expect(form.getByText('Validation is in progress.')).toBeVisible()
      await expect(form.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
      await expect(form.getByText('Validation passed')).toBeVisible()
      await expect(form.getByText('rehearsal')).toBeVisible()
      await form.getByRole('button', { name: 'Create', exact: true }).click()
      const details = world.frame('DeploymentDetails')
      await expect(details.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible()
      expect(await arm.vault('full-group', 'full-vault')).toMatchObject({
        location: 'northeurope',
        tags: { purpose: 'rehearsal' },
        properties: {
          publicNetworkAccess: 'Disabled',
          redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant' },
        },
      })
    })

    test('a group of its own is created without a deployment, and listed after a while', async ({ world }) => {
      const { page, frame, sandbox } = world
      await page.clock.setFixedTime(new Date())
      await signIn(world, '#browse/resourcegroups')
      const list = frame('BrowseResource')
      await command(list, 'Create').click()
      await expect(page.getByRole('heading', { level: 2, name: 'Create a resource group' })).toBeVisible()
      const form = era === '2024' ? page.locator('.fxs-blade-active') : frame('CreateResourceGroup').locator('body')
      await form.getByRole('textbox', { name: /^Resource group/ }).fill('lone-group')
      await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
      await form.getByRole('button', { name: 'Review + create', exact: true }).click()
      await expect(form.getByText('Validation passed')).toBeVisible()
      await form.getByRole('button', { name: 'Create', exact: true }).click()
      await expect(page.getByRole('alert').filter({ hasText: 'Resource group created' })).toBeVisible()
      expect(await createArmReader(sandbox).groups()).toEqual(['lone-group'])
      // The list is behind at first.
      await expect(list.getByText('No resource groups to display')).toBeVisible()
      await page.clock.setFixedTime(Date.now() + 60_000)
      await command(list, 'Refresh').click()
      await expect(list.getByRole('link', { name: 'lone-group' })).toBeVisible()
    })
  })
}

for (const era of ['2024', '2026'] as const)
  test.describe(`in ${era}`, () => {
    test.use({ era })

    test('a list of options stays where a person scrolls it to', async ({ world }) => {
      await signIn(world, '#create/Microsoft.RecoveryServices')
      const form = formOf(world, era)
      await form.getByRole('combobox', { name: 'Region' }).click()
      const options = era === '2024' ? world.page : form
      const last = options.getByRole(optionRole[era]).last()
      await last.hover()
      await last.click()
      await expect(form.getByRole('combobox', { name: 'Region' })).not.toHaveText('(US) East US')
    })
  })
