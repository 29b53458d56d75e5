import { createArmReader, type ArmReader } from './arm-reader.ts'
import { command, notifications } from './blade.ts'
import { createMachines } from './estate.ts'
import type { World } from './portal-fixture.ts'
import { expect, signIn, test } from './portal-fixture.ts'

const group = 'closing-group'
const groupId = ({ sandbox }: World) => `/subscriptions/${sandbox.definition.subscription}/resourceGroups/${group}`

async function resourcesIn(world: World, arm: ArmReader): Promise<string[]> {
  const { value } = await arm.get<{ value: { name: string }[] }>(`${groupId(world)}/resources`, '2021-04-01')
  return value.map(({ name }) => name.replace(/_OsDisk.*/, ' (disk)')).sort()
}

test('several resources go together, after the word and one more question, and one that is locked stays', async ({
  world,
}) => {
  const { page, frame } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await createMachines(arm, groupId(world), 'westus', ['till'])
  await arm.createVault(group, 'kept-vault', 'westus')
  await arm.createVault(group, 'old-vault', 'westus')
  await arm.lock(`${groupId(world)}/providers/Microsoft.RecoveryServices/vaults/kept-vault`)
  await signIn(world, '#browse/all')
  const list = frame('BrowseResource')
  await expect(command(list, 'Delete')).toBeDisabled()
  for (const name of ['net', 'till-nic', 'till', 'kept-vault'])
    await list
      .getByRole('row')
      .filter({ has: list.getByRole('link', { name, exact: true }) })
      .getByRole('checkbox')
      .check()
  await command(list, 'Delete').click()
  const pane = page.getByRole('region', { name: 'Delete Resources' })
  await expect(pane.getByRole('heading', { name: 'Resources to be deleted (4)' })).toBeVisible()
  const accept = pane.getByRole('button', { name: 'Delete', exact: true })
  const box = pane.getByRole('textbox', { name: 'Enter "delete" to confirm deletion' })
  for (const almost of ['', 'Delete', 'delete ', 'till']) {
    await box.fill(almost)
    await expect(accept).toBeDisabled()
  }
  await box.fill('delete')
  await accept.click()
  const question = page.getByRole('dialog', { name: 'Delete confirmation' })
  await question.getByRole('button', { name: 'Go back' }).click()
  expect(await resourcesIn(world, arm)).toHaveLength(6)
  await accept.click()
  await question.getByRole('button', { name: 'Delete', exact: true }).click()

  const told = await notifications(world)
  await expect(told.getByText('Failed to delete 1 of 4 resources')).toBeVisible({ timeout: 15_000 })
  await expect(told.getByText(/'kept-vault'.*ScopeLocked/)).toBeVisible()
  expect(await resourcesIn(world, arm)).toEqual(['kept-vault', 'old-vault', 'till (disk)'])
  await expect(list.getByText('Showing 1 to 3 of 3 records.')).toBeVisible()
})

test('one group that is chosen in the list asks for its name all the same', async ({ world }) => {
  const { page, frame } = world
  await createArmReader(world.sandbox).createGroup(group, 'westus')
  await signIn(world, '#browse/resourcegroups')
  const list = frame('BrowseResource')
  await list.getByRole('checkbox', { name: 'Select row' }).check()
  await command(list, 'Delete').click()
  const pane = page.getByRole('region', { name: 'Delete a resource group' })
  await pane.getByRole('textbox').fill(group)
  world.sandbox.addFault({ do: 'operation', end: 'never', method: 'DELETE', path: `/${group}` })
  await pane.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  // It goes on by itself, and is told when it has ended.
  await expect(page.getByRole('alert').filter({ hasText: `Deleting resource group ${group}` })).toBeVisible()
  await command(list, 'Refresh').click()
  await expect(list.getByRole('link', { name: group })).toBeVisible()
  await expect((await notifications(world)).getByText(`Deleting resource group ${group}`)).toBeVisible()
})

test('a tag is assigned to what is chosen in a list, beside those that it has', async ({ world }) => {
  const { page, frame } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await arm.put(groupId(world), '2021-04-01', { location: 'westus', tags: { stage: 'test' } })
  await signIn(world, '#browse/resourcegroups')
  const list = frame('BrowseResource')
  await list.getByRole('checkbox', { name: 'Select row' }).check()
  await command(list, 'Assign tags').click()
  const pane = page.getByRole('region', { name: 'Assign tags' })
  await expect(pane.getByRole('button', { name: 'Save' })).toBeDisabled()
  await pane.getByRole('textbox', { name: 'Name' }).fill('team')
  await pane.getByRole('textbox', { name: 'Value' }).fill('docs')
  await pane.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(async () => (await arm.get<{ tags: object }>(groupId(world), '2021-04-01')).tags)
    .toEqual({ stage: 'test', team: 'docs' })
})

test.describe('with a decoy', () => {
  test.use({ drifts: ['decoy-deletion'] })

  test('the command "Delete resources" empties a group and keeps it', async ({ world }) => {
    const { page } = world
    const arm = createArmReader(world.sandbox)
    await arm.createGroup(group, 'westus')
    await arm.createVault(group, 'old-vault', 'westus')
    await signIn(world, `#resource${groupId(world)}`)
    await expect(command(world.overview(), 'Delete resource group')).toHaveCount(0)
    await command(world.overview(), 'Delete resources').click()
    const pane = page.getByRole('region', { name: 'Delete Resources' })
    await pane.getByRole('textbox').fill('delete')
    await pane.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await expect.poll(() => resourcesIn(world, arm)).toEqual([])
    expect(await arm.groups()).toEqual([group])
  })
})

test('a deployment names its subscription, and is deleted from the history', async ({ world }) => {
  const { page, frame } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  const deployment = `${groupId(world)}/providers/Microsoft.Resources/deployments/first-try`
  await arm.put(deployment, '2021-04-01', { properties: { mode: 'Incremental', template: { resources: [] } } })
  await signIn(world, `#view/HubsExtension/DeploymentDetailsBlade/~/overview/id/${encodeURIComponent(deployment)}`)
  const details = frame('DeploymentDetails')
  await expect(details.getByRole('link', { name: 'Verbatim Sandbox' })).toBeVisible()
  await command(details, 'Delete').click()
  await page.getByRole('dialog', { name: 'Delete deployment' }).getByRole('button', { name: 'Yes' }).click()
  await expect(page.getByRole('heading', { name: 'Azure services' })).toBeVisible()
  const { value } = await arm.get<{ value: unknown[] }>(
    `${groupId(world)}/providers/Microsoft.Resources/deployments`,
    '2021-04-01',
  )
  expect(value).toEqual([])
})

test('a deployment that goes on is canceled', async ({ world }) => {
  const { sandbox, frame } = world
  const arm = createArmReader(sandbox)
  await arm.createGroup(group, 'westus')
  const deployment = `${groupId(world)}/providers/Microsoft.Resources/deployments/first-try`
  sandbox.addFault({ do: 'operation', end: 'never', method: 'PUT', path: '/deployments/' })
  const vault = { type: 'Microsoft.RecoveryServices/vaults', apiVersion: '2024-04-01', name: 'v1', location: 'westus' }
  await arm.put(deployment, '2021-04-01', {
    properties: { mode: 'Incremental', template: { resources: [{ ...vault, sku: { name: 'RS0' }, properties: {} }] } },
  })
  await signIn(world, `#view/HubsExtension/DeploymentDetailsBlade/~/overview/id/${encodeURIComponent(deployment)}`)
  const details = frame('DeploymentDetails')
  await command(details, 'Cancel').click()
  await expect((await notifications(world)).getByText('Canceled deployment', { exact: true })).toBeVisible()
})

test('a command that the sandbox has not says so', async ({ world }) => {
  const { page, frame } = world
  await signIn(world, '#browse/all')
  await command(frame('BrowseResource'), 'Export to CSV').click()
  await expect(page.getByRole('region', { name: 'Export to CSV' })).toContainText('This is not part of the sandbox.')
})

test('what a list only shows says so, too', async ({ world }) => {
  const { page, frame } = world
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await signIn(world, '#browse/all')
  const list = frame('BrowseResource')
  const panes = {
    'Add filter to narrow down the list of resources': 'Add filter',
    'Remove Location filter': 'Remove Location filter',
  }
  for (const [button, title] of Object.entries(panes)) {
    await list.getByRole('button', { name: button }).click()
    await expect(page.getByRole('region', { name: title })).toContainText('This is not part of the sandbox.')
  }
})

test('the menu of a row asks before it deletes', async ({ world }) => {
  const { page, frame, sandbox } = world
  await createArmReader(sandbox).createGroup(group, 'westus')
  await signIn(world, '#browse/resourcegroups')
  const row = frame('BrowseResource').getByRole('row').filter({ hasText: group })
  await row.getByRole('button', { name: 'Open context menu' }).click()
  await expect(row.getByRole('menuitem')).toHaveText(['Open', 'Delete'])
  await row.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByRole('region', { name: 'Delete a resource group' })).toBeVisible()
})

test('resources that are checked in their group are deleted from there', async ({ world }) => {
  const { page, sandbox } = world
  const arm = createArmReader(sandbox)
  await arm.createGroup(group, 'westus')
  const vault = `${groupId(world)}/providers/Microsoft.RecoveryServices/vaults/v1`
  await arm.put(vault, '2024-04-01', { location: 'westus', sku: { name: 'RS0', tier: 'Standard' }, properties: {} })
  await signIn(world, `#resource${groupId(world)}`)
  const overview = world.overview()
  await overview.getByRole('row').filter({ hasText: 'v1' }).getByRole('checkbox', { name: 'Select row' }).check()
  await command(overview, 'Delete').last().click()
  await expect(page.getByRole('heading', { name: 'Resources to be deleted (1)' })).toBeVisible()
})
