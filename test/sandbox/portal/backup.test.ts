import type { World } from './portal-fixture.ts'
import { createArmReader, type ArmReader } from './arm-reader.ts'
import { createMachines } from './estate.ts'
import { command, notifications } from './blade.ts'
import { expect, signIn, test } from './portal-fixture.ts'

const group = 'shift-group'
const vault = 'night-vault'

interface Item {
  name: string
  properties: { policyId?: string; protectionState?: string; isScheduledForDeferredDelete?: boolean }
}

async function itemsOf(world: World, arm: ArmReader) {
  const { value } = await arm.get<{ value: Item[] }>(`${vaultId(world)}/backupProtectedItems`, '2024-04-01')
  return value.map(({ properties }) => properties)
}

const groupId = ({ sandbox }: World) => `/subscriptions/${sandbox.definition.subscription}/resourceGroups/${group}`
const vaultId = (world: World) => `${groupId(world)}/providers/Microsoft.RecoveryServices/vaults/${vault}`

async function prepare(world: World) {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await arm.createVault(group, vault, 'westus')
  await createMachines(arm, groupId(world), 'westus', ['till', 'scale'])
  return arm
}

const ways = {
  '2024': {
    service: '#view/Microsoft_Azure_DataProtection/BackupCenterMenuBlade/~/overview',
    command: 'Backup',
    subType: 'Standard',
    policy: 'DefaultPolicy',
    option: 'treeitem',
  },
  '2026': {
    service: '#view/Microsoft_Azure_BCDRCenter/AbcCenterMenuBlade/~/overview',
    command: 'Configure protection',
    subType: 'Enhanced',
    policy: 'EnhancedPolicy',
    option: 'option',
  },
} as const

for (const era of ['2024', '2026'] as const) {
  test.describe(`in ${era}`, () => {
    test.use({ era })

    test('two machines are protected, from the service to the vault’s items', async ({ world }) => {
      const { page } = world
      const way = ways[era]
      const arm = await prepare(world)
      const form = (frame: string) =>
        era === '2024' ? page.locator('.fxs-blade-active') : world.frame(frame).locator('body')
      await signIn(world, way.service)
      await command(world.frame(era === '2024' ? 'BackupCenterOverview' : 'ResiliencyOverview'), way.command).click()
      await expect(page.getByRole('heading', { level: 2, name: 'Start: Configure Backup' })).toBeVisible()
      const start = form('StartConfigureBackup')
      await expect(start.getByRole('combobox', { name: 'Datasource type' })).toHaveText('Azure Virtual machines')
      await expect(start.getByRole('button', { name: 'Continue' })).toBeDisabled()
      await start.getByRole('combobox', { name: 'Vault' }).click()
      const options = era === '2024' ? page : start
      await options.getByRole(way.option, { name: vault }).click()
      await start.getByRole('button', { name: 'Continue' }).click()

      await expect(page.getByRole('heading', { level: 2, name: 'Configure backup', exact: true })).toBeVisible()
      const configure = form('ConfigureBackup')
      await expect(configure.getByRole('radio', { name: way.subType })).toBeChecked()
      await expect(configure.getByRole('combobox', { name: 'Backup policy' })).toHaveText(way.policy)
      await expect(configure.getByRole('button', { name: 'Enable backup' })).toBeDisabled()
      await configure.getByRole('button', { name: 'Add', exact: true }).click()
      const pane = page.getByRole('region', { name: 'Select virtual machines' })
      await pane.getByRole('checkbox', { name: 'till' }).check()
      await pane.getByRole('checkbox', { name: 'scale' }).check()
      await pane.getByRole('button', { name: 'OK' }).click()
      await expect(configure.getByRole('row', { name: `till ${group}` })).toBeVisible()
      await configure.getByRole('button', { name: 'Enable backup' }).click()

      await expect(page.getByRole('heading', { level: 2, name: `${vault} | Backup items` })).toBeVisible()
      const items = world.frame('ResourceProperties')
      await expect(items.getByRole('row', { name: 'Azure Virtual Machine 2' })).toBeVisible()
      expect(await itemsOf(world, arm)).toMatchObject([
        { policyId: `${vaultId(world)}/backupPolicies/${way.policy}` },
        { policyId: `${vaultId(world)}/backupPolicies/${way.policy}` },
      ])
      // What is protected is not offered again.
      await items.getByRole('link', { name: 'Azure Virtual Machine' }).click()
      await expect(items.getByRole('row', { name: /^till/ })).toContainText('Initial backup pending')
      await command(items, 'Add').click()
      await form('BackupGoal').getByRole('button', { name: 'Backup', exact: true }).click()
      // The one that was left is parked and still part of the document.
      const active = page.locator('.fxs-blade-active')
      await expect(active.getByRole('heading', { level: 2, name: 'Configure backup', exact: true })).toBeVisible()
      await form('ConfigureBackup').getByRole('button', { name: 'Add', exact: true }).click()
      await expect(page.getByRole('region', { name: 'Select virtual machines' })).toContainText(
        'No virtual machines found.',
      )
    })
  })
}

test('a protected machine keeps its vault, and its data goes in two steps and comes back', async ({ world }) => {
  const { page } = world
  const arm = await prepare(world)
  const item = `${vaultId(world)}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;${group};till/protectedItems/vm;iaasvmcontainerv2;${group};till`
  await arm.put(item, '2024-04-01', {
    properties: {
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      sourceResourceId: `${groupId(world)}/providers/Microsoft.Compute/virtualMachines/till`,
      policyId: `${vaultId(world)}/backupPolicies/DefaultPolicy`,
    },
  })
  await signIn(world, `#resource${vaultId(world)}`)
  const overview = world.overview()
  await command(overview, 'Delete').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect((await notifications(world)).getByText(/existing resources within the vault/)).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await arm.vault(group, vault)).toMatchObject({ name: vault })

  await page.goto(`${world.sandbox.definition.portal}/#resource${item}`)
  await expect(page.getByRole('heading', { level: 2, name: 'till' })).toBeVisible()
  await command(overview, 'Stop backup').click()
  const pane = page.getByRole('region', { name: 'Stop Backup' })
  const accept = pane.getByRole('button', { name: 'Stop backup', exact: true })
  await expect(accept).toBeDisabled()
  await pane.getByRole('combobox', { name: 'Choose an option' }).click()
  await page.getByRole('option', { name: 'Delete Backup Data' }).click()
  await pane.getByRole('textbox', { name: 'Type the name of Backup item' }).fill('Till')
  await expect(accept).toBeDisabled()
  await pane.getByRole('textbox', { name: 'Type the name of Backup item' }).fill('till')
  await accept.click()
  await expect(overview.getByRole('status')).toContainText('soft deleted')
  expect(await itemsOf(world, arm)).toMatchObject([{ isScheduledForDeferredDelete: true }])
  await command(overview, 'Undelete').click()
  await expect(command(overview, 'Resume backup')).toBeEnabled()
  await expect(overview.getByText('Protection stopped')).toBeVisible()
  expect(await itemsOf(world, arm)).toMatchObject([{ protectionState: 'ProtectionStopped' }])
})
