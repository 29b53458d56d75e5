import { createArmReader } from './arm-reader.ts'
import { command, notifications } from './blade.ts'
import { createMachines, createNetwork } from './estate.ts'
import { tabTo } from './keyboard.ts'
import type { World } from './portal-fixture.ts'
import { expect, signIn, test } from './portal-fixture.ts'

const group = 'kept-group'
const scopeOf = ({ sandbox }: World) => `/subscriptions/${sandbox.definition.subscription}/resourceGroups/${group}`

const locksOf = async (world: World) => {
  const { value } = await createArmReader(world.sandbox).get<{ value: { name: string; properties: object }[] }>(
    `${scopeOf(world)}/providers/Microsoft.Authorization/locks`,
    '2020-05-01',
  )
  return value.map(({ name, properties }) => ({ name, ...properties }))
}

const tagsOf = async (world: World) => {
  const arm = createArmReader(world.sandbox)
  const { tags } = await arm.get<{ tags?: Record<string, string> }>(scopeOf(world), '2021-04-01')
  return tags ?? {}
}

test('a lock is added to a group from its menu, forbids a deletion, is edited, and deleted', async ({ world }) => {
  const { page } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await arm.createVault(group, 'kept-vault', 'westus')
  await signIn(world, `#resource${scopeOf(world)}`)
  await page.locator('.fxs-blade-active').getByRole('button', { name: 'Settings', exact: true }).click()
  await page.locator('.fxs-blade-active').getByRole('link', { name: 'Locks' }).click()
  await expect(page.getByRole('heading', { level: 2, name: `${group} | Locks` })).toBeVisible()
  const locks = world.frame('ManagementLocks')
  await expect(locks.getByText('This resource has no locks.')).toBeVisible()

  await command(locks, 'Add').click()
  await locks.getByRole('textbox', { name: 'Lock name' }).fill('keep/it')
  await locks.getByRole('textbox', { name: 'Notes' }).fill('Asked for by the night shift')
  await locks.getByRole('button', { name: 'OK' }).click()
  await expect(locks.getByRole('alert')).toContainText('must not contain')
  await locks.getByRole('textbox', { name: 'Lock name' }).fill('keep')
  await locks.getByRole('combobox', { name: 'Lock type' }).click()
  await locks.getByRole('option', { name: 'Delete' }).click()
  await locks.getByRole('button', { name: 'OK' }).click()
  await expect(locks.getByRole('row', { name: `keep Delete ${group} Asked for by the night shift` })).toBeVisible()
  expect(await locksOf(world)).toEqual([{ name: 'keep', level: 'CanNotDelete', notes: 'Asked for by the night shift' }])

  await page.goto(
    `${world.sandbox.definition.portal}/#resource${scopeOf(world)}/providers/Microsoft.RecoveryServices/vaults/kept-vault`,
  )
  await command(world.frame('ResourceOverview'), 'Delete').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect((await notifications(world)).getByText(/ScopeLocked/)).toBeVisible()
  expect(await arm.vault(group, 'kept-vault')).toMatchObject({ name: 'kept-vault' })
  await page.keyboard.press('Escape')

  await page.locator('.fxs-blade-active').getByRole('button', { name: 'Settings', exact: true }).click()
  await page.locator('.fxs-blade-active').getByRole('link', { name: 'Locks' }).click()
  // The group's lock is inherited.
  await expect(locks.getByRole('row', { name: `keep Delete ${group}` })).toBeVisible()
  await locks.getByRole('button', { name: 'Edit' }).click()
  await locks.getByRole('combobox', { name: 'Lock type' }).click()
  await locks.getByRole('option', { name: 'Read-only' }).click()
  await locks.getByRole('button', { name: 'OK' }).click()
  await expect(locks.getByRole('row', { name: `keep Read-only ${group}` })).toBeVisible()
  expect(await locksOf(world)).toMatchObject([{ name: 'keep', level: 'ReadOnly' }])
  await locks.getByRole('button', { name: 'Delete' }).click()
  await expect(locks.getByText('This resource has no locks.')).toBeVisible()
  expect(await locksOf(world)).toEqual([])
})

test('tags are reached from Essentials, refused, discarded and applied', async ({ world }) => {
  const { page } = world
  await createArmReader(world.sandbox).createGroup(group, 'westus')
  await signIn(world, `#resource${scopeOf(world)}`)
  await world.frame('ResourceOverview').getByRole('link', { name: 'Add tags' }).click()
  await expect(page.getByRole('heading', { level: 2, name: `${group} | Tags` })).toBeVisible()
  const tags = world.frame('ResourceTags')
  const box = (name: string) => tags.getByRole('textbox', { name, exact: true }).last()
  const apply = tags.getByRole('button', { name: 'Apply' })
  await expect(apply).toBeDisabled()
  await box('Name').fill('a?b')
  await box('Value').fill('docs')
  await expect(tags.getByRole('alert')).toContainText("'a?b' contains a character that is not permitted")
  await expect(apply).toBeDisabled()
  await page.getByRole('link', { name: 'Overview' }).click()
  const question = page.getByRole('dialog', { name: 'Discard unsaved edits?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await tags.getByRole('button', { name: 'Discard changes' }).click()
  await expect(box('Name')).toHaveValue('')

  await box('Name').fill('team')
  await box('Value').fill('docs')
  await box('Value').press('Tab')
  await expect(tags.getByRole('textbox', { name: 'Name', exact: true })).toHaveCount(2)
  await box('Name').fill('Team')
  await expect(tags.getByRole('alert')).toHaveText('The tag name is used more than once.')
  await box('Name').fill('stage')
  await box('Value').fill('test')
  await apply.click()
  await expect.poll(() => tagsOf(world)).toEqual({ team: 'docs', stage: 'test' })
  await tags.getByRole('button', { name: 'Delete tag team' }).click()
  await apply.click()
  await expect.poll(() => tagsOf(world)).toEqual({ stage: 'test' })
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(world.frame('ResourceOverview').getByText('stage : test')).toBeVisible()
})

test("a vault's redundancy and the retention of soft delete are set from its properties", async ({ world }) => {
  const { page } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await arm.createVault(group, 'kept-vault', 'westus')
  const id = `${scopeOf(world)}/providers/Microsoft.RecoveryServices/vaults/kept-vault`
  await signIn(world, `#resource${id}/properties`)
  const properties = world.frame('ResourceProperties')
  await expect(properties.getByText(id)).toBeVisible()
  await properties.getByRole('button', { name: 'Update' }).first().click()
  const redundancy = page.getByRole('region', { name: 'Backup Configuration' })
  await redundancy.getByRole('radio', { name: 'Locally-redundant' }).check()
  await expect(redundancy.getByText('Cross Region Restore')).toHaveCount(0)
  await redundancy.getByRole('button', { name: 'Save' }).click()
  await expect(properties.getByText('Locally-redundant')).toBeVisible()
  await properties.getByRole('button', { name: 'Update' }).last().click()
  const security = page.getByRole('region', { name: 'Security Settings' })
  await expect(security.getByText('Soft delete is always on for this vault')).toBeVisible()
  await security.getByRole('textbox').fill('30')
  await security.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(async () => (await arm.vault(group, 'kept-vault')).properties)
    .toMatchObject({
      redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant' },
      securitySettings: { softDeleteSettings: { softDeleteRetentionPeriodInDays: 30, softDeleteState: 'AlwaysON' } },
    })
})

test.describe('in 2024, with the keyboard', () => {
  test.use({ era: '2024' })

  test('a lock and a tag are added in the main document', async ({ world }) => {
    const { page } = world
    await createArmReader(world.sandbox).createGroup(group, 'westus')
    await signIn(world, `#resource${scopeOf(world)}/locks`)
    const blade = page.locator('.fxs-blade-active')
    await expect(blade.getByText('This resource has no locks.')).toBeVisible()
    await tabTo(page, 'button "Add"')
    await page.keyboard.press('Enter')
    await page.keyboard.type('night')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.type('read')
    await page.keyboard.press('Enter')
    await tabTo(page, 'button "OK"')
    await page.keyboard.press('Enter')
    await expect(blade.getByRole('row', { name: `night Read-only ${group}` })).toBeVisible()
    await tabTo(page, 'button "Delete"')
    await page.keyboard.press('Enter')
    await expect(blade.getByText('This resource has no locks.')).toBeVisible()
    expect(await locksOf(world)).toEqual([])

    await tabTo(page, 'searchbox "Search"')
    await page.keyboard.type('tags')
    await tabTo(page, 'link "Tags"')
    await page.keyboard.press('Enter')
    await expect(blade.getByRole('grid', { name: 'Tags' })).toBeVisible()
    await tabTo(page, 'textbox "Name"')
    await page.keyboard.type('team')
    await page.keyboard.press('Tab')
    await page.keyboard.type('docs')
    await tabTo(page, 'button "Apply"')
    await page.keyboard.press('Enter')
    await expect.poll(() => tagsOf(world)).toEqual({ team: 'docs' })
  })
})

test('a machine is stopped, started and restarted from its page', async ({ world }) => {
  const { page } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  const [till = ''] = await createMachines(arm, scopeOf(world), 'westus', ['till'])
  const power = async () => {
    const { statuses } = await arm.get<{ statuses: { code: string }[] }>(`${till}/instanceView`, '2024-07-01')
    return statuses.map(({ code }) => code).filter(code => code.startsWith('PowerState'))
  }
  await signIn(world, `#resource${till}`)
  const overview = world.overview()
  await expect(overview.getByText('Running', { exact: true })).toBeVisible()
  await expect(command(overview, 'Start')).toBeDisabled()
  await command(overview, 'Stop').click()
  const question = page.getByRole('dialog', { name: 'Stop this virtual machine' })
  await question.getByRole('button', { name: 'No' }).click()
  expect(await power()).toEqual(['PowerState/running'])
  await command(overview, 'Stop').click()
  await question.getByRole('button', { name: 'Yes' }).click()
  await expect(overview.getByText('Stopped (deallocated)')).toBeVisible()
  expect(await power()).toEqual(['PowerState/deallocated'])
  await expect(command(overview, 'Restart')).toBeDisabled()
  await command(overview, 'Start').click()
  await expect(overview.getByText('Running', { exact: true })).toBeVisible()
  expect(await power()).toEqual(['PowerState/running'])
  await command(overview, 'Connect').click()
  await overview.getByRole('menuitem', { name: 'Connect', exact: true }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'till | Connect' })).toBeVisible()
  await expect(world.frame('ResourceProperties').getByText('ssh shiftlead@')).toBeVisible()
})

test('a subnet is added in a pane, a wrong one is refused, and one in use stays', async ({ world }) => {
  const { page } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await createMachines(arm, scopeOf(world), 'westus', ['till'])
  const network = `${scopeOf(world)}/providers/Microsoft.Network/virtualNetworks/net`
  const subnetsOf = async () =>
    (await arm.get<{ value: { name: string }[] }>(`${network}/subnets`, '2024-05-01')).value.map(({ name }) => name)
  await signIn(world, `#resource${network}`)
  await world.overview().getByRole('link', { name: '1 subnet' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'net | Subnets' })).toBeVisible()
  // The menu shows where one is, also when a link of the page led there.
  await expect(page.locator('.fxs-blade-active').getByRole('link', { name: 'Subnets', exact: true })).toBeVisible()
  const list = world.frame('ResourceProperties')
  await expect(list.getByRole('row', { name: 'default 10.0.0.0/24 250' })).toBeVisible()
  const add = async (name: string, range?: string) => {
    await command(list, 'Subnet').click()
    const pane = page.getByRole('region', { name: 'Add a subnet' })
    await pane.getByRole('textbox', { name: 'Name' }).fill(name)
    if (range !== undefined) await pane.getByRole('textbox', { name: 'IPv4 address range' }).fill(range)
    await pane.getByRole('button', { name: 'Add', exact: true }).click()
  }
  await add('tills')
  await expect(list.getByRole('row', { name: 'tills 10.0.1.0/24 251' })).toBeVisible()
  await add('overlap', '10.0.0.128/25')
  await expect((await notifications(world)).getByText('Failed to add subnet')).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await subnetsOf()).toEqual(['default', 'tills'])

  const deleteRow = async (name: RegExp) => {
    await list.getByRole('row', { name }).getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog', { name: 'Delete subnet' }).getByRole('button', { name: 'Yes' }).click()
  }
  await deleteRow(/^default/)
  await expect((await notifications(world)).getByText('Failed to delete subnet')).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await subnetsOf()).toEqual(['default', 'tills'])
  await deleteRow(/^tills/)
  await expect(list.getByRole('row', { name: /^tills/ })).toHaveCount(0)
  expect(await subnetsOf()).toEqual(['default'])
})

test('the deployments of a group are listed, and each leads to its page', async ({ world }) => {
  const { page } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await arm.put(`${scopeOf(world)}/providers/Microsoft.Resources/deployments/first-try`, '2021-04-01', {
    properties: {
      mode: 'Incremental',
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [],
      },
    },
  })
  await signIn(world, `#resource${scopeOf(world)}`)
  await world
    .overview()
    .getByRole('link', { name: /succeeded|deploying/i })
    .click()
  await expect(page.getByRole('heading', { level: 2, name: `${group} | Deployments` })).toBeVisible()
  await world.frame('ResourceProperties').getByRole('link', { name: 'first-try' }).click()
  await expect(page.getByRole('heading', { level: 2, name: /^first-try/ })).toBeVisible()
})

test('a network is described by its address space and its properties', async ({ world }) => {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  const network = await createNetwork(arm, scopeOf(world), 'westus')
  await signIn(world, `#resource${network}/address-space`)
  const page = world.frame('ResourceProperties')
  await expect(page.getByRole('row', { name: '10.0.0.0/16 10.0.0.0 - 10.0.255.255 65536' })).toBeVisible()
  await world.page.locator('.fxs-blade-active').getByRole('link', { name: 'Properties' }).click()
  await expect(page.getByText(network, { exact: true })).toBeVisible()
})
