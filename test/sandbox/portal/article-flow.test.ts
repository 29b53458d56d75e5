import { createArmReader } from './arm-reader.ts'
import type { World } from './portal-fixture.ts'
import { expect, search, signIn, test } from './portal-fixture.ts'

const group = 'night-shift-group'
const vault = 'night-shift-vault'

test.describe('in 2024, with the mouse', () => {
  test.use({ era: '2024' })

  test('a vault is created from Backup center and deleted with its group', async ({ world }) => {
    const { page, frame } = world
    const arm = createArmReader(world.sandbox)
    await signIn(world)
    await (await search(page, 'backup', 'Services', 'Backup center')).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Backup center' })).toBeVisible()
    await frame('BackupCenterOverview').getByRole('menuitem').filter({ hasText: 'Vault' }).click()
    await startVault(world)

    const form = page.locator('.fxs-blade-active')
    await expect(form.getByRole('combobox', { name: 'Subscription' })).toHaveText('Verbatim Sandbox')
    await form.getByRole('button', { name: 'Resource group: Create new' }).click()
    await form.getByRole('textbox', { name: 'Name *', exact: true }).fill(group)
    await form.getByRole('button', { name: 'OK' }).click()
    await expect(form.getByRole('combobox', { name: 'Resource group' })).toHaveText(`(New) ${group}`)
    await form.getByRole('textbox', { name: 'Vault name *' }).fill(vault)
    await form.getByRole('combobox', { name: 'Region' }).click()
    await page.getByRole('textbox', { name: /^Type to filter/ }).fill('west us')
    await page.getByRole('treeitem', { name: '(US) West US', exact: true }).click()
    await form.getByRole('button', { name: 'Review + create' }).click()
    await expect(form.getByText('Validation passed')).toBeVisible()
    expect(await arm.groups()).toEqual([])
    await form.getByRole('button', { name: 'Create', exact: true }).click()
    await finishDeployment(world)
    expect(await arm.vault(group, vault)).toMatchObject({ name: vault, location: 'westus' })

    await deleteGroup(world, 'Type the resource group name:')
    await expect.poll(() => arm.groups(), { timeout: 15_000 }).toEqual([])
  })
})

test.describe('in 2026, with the mouse', () => {
  test.use({ era: '2026' })

  test('a vault is created from Resiliency and deleted with its group', async ({ world }) => {
    const { page, frame } = world
    const arm = createArmReader(world.sandbox)
    await signIn(world)
    await (await search(page, 'resiliency', 'Services', 'Resiliency')).click()
    await page.getByRole('button', { name: 'Manage' }).click()
    await page.locator('.fxs-blade-active').getByRole('link', { name: 'Vaults' }).click()
    await frame('BrowseResource').getByRole('menuitem').filter({ hasText: 'Vault' }).click()
    await startVault(world)

    const form = frame('RecoveryServicesVaultCreate')
    await expect(form.getByRole('combobox', { name: 'Subscription' })).toHaveText('Verbatim Sandbox')
    await form.getByRole('button', { name: 'Resource group: Create new' }).click()
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill(group)
    await form.getByRole('button', { name: 'OK' }).click()
    const groupBox = form.getByRole('combobox', { name: 'Create new or use existing Resource group' })
    await expect(groupBox).toHaveText(`(New) ${group}`)
    await form.getByRole('textbox', { name: 'Vault name' }).fill(vault)
    await form.getByRole('combobox', { name: 'Region' }).click()
    await form.getByRole('textbox', { name: 'Filter items...' }).fill('west us')
    await form.getByRole('option', { name: '(US) West US', exact: true }).click()
    await form.getByRole('button', { name: 'Review + create' }).click()
    await expect(form.getByText('Validation passed')).toBeVisible()
    await form.getByRole('button', { name: 'Create', exact: true }).click()
    await finishDeployment(world)
    expect(await arm.vault(group, vault)).toMatchObject({ name: vault, location: 'westus' })

    await deleteGroup(world, 'Enter resource group name to confirm deletion')
    await expect.poll(() => arm.groups(), { timeout: 15_000 }).toEqual([])
  })
})

async function startVault({ page, frame }: World) {
  await expect(page.getByRole('heading', { level: 2, name: 'Start: Create Vault' })).toBeVisible()
  const start = frame('StartCreateVault')
  await start.getByRole('radio', { name: 'Recovery Services vault' }).check()
  await start.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Create Recovery Services vault' })).toBeVisible()
}

async function finishDeployment({ page, frame, overview }: World) {
  const details = frame('DeploymentDetails')
  await expect(details.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({ timeout: 15_000 })
  await details.getByRole('button', { name: 'Go to resource' }).click()
  await expect(page.getByRole('heading', { level: 2, name: vault })).toBeVisible()
  await expect(overview().getByRole('link', { name: group })).toBeVisible()
}

async function deleteGroup({ page, overview }: World, boxLabel: string) {
  await (await search(page, group, 'Resource Groups', group)).click()
  await overview().getByRole('button').filter({ hasText: 'Delete resource group' }).click()
  const pane = page.getByRole('region', { name: 'Delete a resource group' })
  await expect(pane.getByRole('cell', { name: vault })).toBeVisible()
  await pane.getByRole('textbox', { name: boxLabel }).fill(`${group} `)
  await expect(pane.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled()
  await pane.getByRole('textbox', { name: boxLabel }).fill(group)
  await pane.getByRole('button', { name: 'Delete', exact: true }).click()
  await page
    .getByRole('dialog', { name: 'Delete confirmation' })
    .getByRole('button', { name: 'Delete', exact: true })
    .click()
}
