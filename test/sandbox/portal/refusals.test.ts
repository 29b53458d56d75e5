import { createArmReader, type ArmReader } from './arm-reader.ts'
import { reviewVault } from './blade.ts'
import { createMachines } from './estate.ts'
import type { World } from './portal-fixture.ts'
import { expect, signIn, test } from './portal-fixture.ts'

const group = 'full-group'
const groupId = ({ sandbox }: World) => `/subscriptions/${sandbox.definition.subscription}/resourceGroups/${group}`

async function resourcesIn(world: World, arm: ArmReader): Promise<string[]> {
  const { value } = await arm.get<{ value: { name: string }[] }>(`${groupId(world)}/resources`, '2021-04-01')
  return value.map(({ name }) => name).sort()
}

test('a machine for which the region has no vCPUs left fails the validation, and nothing is made', async ({
  world,
}) => {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  const names = Array.from({ length: 10 }, (_, index) => `till${index}`)
  await createMachines(arm, groupId(world), 'westus', names)
  const before = await resourcesIn(world, arm)
  await signIn(world, '#create/Microsoft.VirtualMachine')
  const form = world.frame('CreateVirtualMachine')
  await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
  await form.getByRole('combobox', { name: /Resource group/ }).click()
  await form.getByRole('option', { name: group }).click()
  await form.getByRole('textbox', { name: 'Virtual machine name' }).fill('one-more')
  await form.getByRole('radio', { name: 'Password', exact: true }).check()
  await form.getByRole('textbox', { name: 'Username' }).fill('shiftlead')
  for (const box of ['Password', 'Confirm password'])
    await form.getByRole('textbox', { name: box, exact: true }).fill('Correct-horse-7')
  await form.getByRole('button', { name: 'Review + create', exact: true }).click()
  await expect(form.getByText('Validation failed. Required information is missing or not valid.')).toBeVisible()
  await expect(form.getByRole('alert')).toContainText(
    'exceeding approved Total Regional Cores quota. Additional details - Deployment Model: Resource Manager, Location: westus, Current Limit: 20, Current Usage: 20, Additional Required: 2',
  )
  await expect(form.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
  expect(await resourcesIn(world, arm)).toEqual(before)
})

test('a region that lacks the type fails the validation, and nothing is made', async ({ world }) => {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'jioindiawest')
  await signIn(world, '#create/Microsoft.RecoveryServices')
  // The region of the group is proposed.
  const form = await reviewVault(world, group, 'lost-vault')
  await expect(form.getByText('Validation failed. Required information is missing or not valid.')).toBeVisible()
  await expect(form.getByRole('alert')).toContainText(
    "The provided location 'jioindiawest' is not available for resource type 'Microsoft.RecoveryServices/vaults'. List of available regions for the resource type is 'eastus,",
  )
  await expect(form.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
  expect(await resourcesIn(world, arm)).toEqual([])
})

test('a deployment that is refused after all leaves no new group behind, and the form says why', async ({ world }) => {
  const { sandbox, page } = world
  const arm = createArmReader(sandbox)
  await signIn(world, '#create/Microsoft.RecoveryServices')
  const form = world.frame('RecoveryServicesVaultCreate')
  await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
  await form.getByRole('button', { name: 'Resource group: Create new' }).click()
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('short-lived-group')
  await form.getByRole('button', { name: 'OK' }).click()
  await form.getByRole('textbox', { name: 'Vault name' }).fill('lost-vault')
  await form.getByRole('button', { name: 'Review + create', exact: true }).click()
  await expect(form.getByText('Validation passed')).toBeVisible()
  const error = { code: 'RequestDisallowedByPolicy', message: 'A policy forbids vaults here.' }
  sandbox.addFault({ do: 'answer', method: 'PUT', path: '/deployments/', status: 403, body: { error } })
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(form.getByRole('alert')).toContainText('A policy forbids vaults here.')
  await expect.poll(() => arm.groups()).toEqual([])
  await expect(page.getByRole('heading', { level: 2, name: 'Create Recovery Services vault' })).toBeVisible()
})

test('a group that may only be read takes nothing new, and the form says why', async ({ world }) => {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await arm.put(`${groupId(world)}/providers/Microsoft.Authorization/locks/still`, '2016-09-01', {
    properties: { level: 'ReadOnly' },
  })
  await signIn(world, '#create/Microsoft.RecoveryServices')
  const form = await reviewVault(world, group, 'locked-vault')
  await expect(form.getByRole('alert')).toContainText(/cannot perform write operation|is locked|ReadOnly/i)
  await expect(form.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
  expect(await resourcesIn(world, arm)).toEqual([])
})
