import type { FrameLocator } from '@playwright/test'
import { createArmReader } from './arm-reader.ts'
import type { World } from './portal-fixture.ts'
import { expect, signIn, test } from './portal-fixture.ts'

const group = 'day-shift-group'
const password = 'Correct-horse-7'

interface Kept {
  location: string
  extendedLocation?: { name: string }
  tags?: Record<string, string>
  sku?: { name: string }
  properties: Record<string, unknown>
}

const read = ({ sandbox }: World, type: string, name: string, version: string) =>
  createArmReader(sandbox).get<Kept>(
    `/subscriptions/${sandbox.definition.subscription}/resourceGroups/${group}/providers/${type}/${name}`,
    version,
  )

const networkOf = (world: World, name: string) => read(world, 'Microsoft.Network/virtualNetworks', name, '2024-05-01')
const machineOf = (world: World, name: string) => read(world, 'Microsoft.Compute/virtualMachines', name, '2024-07-01')

test('a virtual network is created in an extended zone, with one more subnet from a pane of the shell', async ({
  world,
}) => {
  await createArmReader(world.sandbox).createGroup(group, 'westus')
  const { page } = world
  await signIn(world, '#browse/Microsoft.Network%2FvirtualNetworks')
  await world.frame('BrowseResource').getByRole('menuitem').filter({ hasText: 'Create' }).click()
  const form = world.frame('CreateVirtualNetwork')
  await pick(form, /Resource group/, group)
  await form.getByRole('textbox', { name: 'Virtual network name' }).fill('zone-net')
  await form.getByRole('button', { name: 'Deploy to an Azure Extended Zone' }).click()
  const zones = page.getByRole('region', { name: 'Azure Extended Zones' })
  await expect(zones.getByRole('button', { name: 'Select', exact: true })).toBeDisabled()
  await zones.getByRole('radio', { name: 'Los Angeles' }).check()
  await zones.getByRole('button', { name: 'Select', exact: true }).click()
  await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('Los Angeles ((US) West US)')

  await form.getByRole('tab', { name: 'Address space' }).click()
  await form.getByRole('button', { name: 'Add a subnet' }).click()
  const pane = page.getByRole('region', { name: 'Add a subnet' })
  await pane.getByLabel('Name').fill('back-end')
  await pane.getByLabel('IPv4 address range').fill('10.9.0.0/24')
  await pane.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(form.getByRole('alert')).toHaveText("The range of subnet 'back-end' is not in the address space.")
  await form.getByRole('button', { name: 'Delete subnet back-end' }).click()
  await form.getByRole('button', { name: 'Add a subnet' }).click()
  await pane.getByLabel('Name').fill('back-end')
  await pane.getByRole('button', { name: 'Add', exact: true }).click()
  await create(world, form)

  const kept = await networkOf(world, 'zone-net')
  expect(kept).toMatchObject({ location: 'westus', extendedLocation: { name: 'losangeles' } })
  expect(kept.properties['subnets']).toMatchObject([
    { name: 'default', properties: { addressPrefixes: ['10.0.0.0/24'] } },
    { name: 'back-end', properties: { addressPrefixes: ['10.0.1.0/24'] } },
  ])
})

test('a pane that is closed answers nothing, and another region forgets the zone', async ({ world }) => {
  const { page } = world
  await signIn(world, '#create/Microsoft.VirtualNetwork-ARM')
  const form = world.frame('CreateVirtualNetwork')
  const region = form.getByRole('combobox', { name: 'Region' })
  const zones = page.getByRole('region', { name: 'Azure Extended Zones' })
  await expect(region).toHaveText('(US) East US')
  await form.getByRole('button', { name: 'Deploy to an Azure Extended Zone' }).click()
  await zones.getByRole('button', { name: /^Close/ }).click()
  await expect(region).toHaveText('(US) East US')
  await form.getByRole('button', { name: 'Deploy to an Azure Extended Zone' }).click()
  await zones.getByRole('radio', { name: 'Perth' }).check()
  await zones.getByRole('button', { name: 'Select', exact: true }).click()
  await expect(region).toHaveText(/^Perth/)
  await pick(form, 'Region', '(US) West US')
  await expect(region).toHaveText('(US) West US')
})

test('a virtual machine is created from the menu of Create, with a network and an address of its own', async ({
  world,
}) => {
  await createArmReader(world.sandbox).createGroup(group, 'westus')
  await signIn(world, '#browse/Microsoft.Compute%2FvirtualMachines')
  const list = world.frame('BrowseResource')
  await list.getByRole('menuitem').filter({ hasText: 'Create' }).click()
  await list.getByRole('menuitem', { name: 'Virtual machine', exact: true }).click()
  const form = world.frame('CreateVirtualMachine')
  await pick(form, /Resource group/, group)
  await form.getByRole('textbox', { name: 'Virtual machine name' }).fill('shift-vm')
  await expect(form.getByRole('combobox', { name: 'Security type' })).toHaveText('Trusted launch virtual machines')
  await form.getByRole('radio', { name: 'Password', exact: true }).check()
  await form.getByRole('textbox', { name: 'Username' }).fill('admin')
  await form.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  await expect(form.getByRole('alert')).toHaveText('The specified username is not allowed.')
  await form.getByRole('textbox', { name: 'Username' }).fill('shiftlead')
  await form.getByRole('textbox', { name: 'Confirm password' }).fill(password)
  await form.getByRole('tab', { name: 'Networking' }).click()
  await expect(form.getByRole('combobox', { name: 'Subnet' })).toHaveText('(new) default (10.0.0.0/24)')
  await expect(form.getByRole('combobox', { name: 'Public IP' })).toHaveText('(new) shift-vm-ip')
  await create(world, form)

  const { location, properties } = await machineOf(world, 'shift-vm')
  expect(location).toBe('westus')
  expect(properties).toMatchObject({
    hardwareProfile: { vmSize: 'Standard_D2s_v3' },
    osProfile: { adminUsername: 'shiftlead', linuxConfiguration: { disablePasswordAuthentication: false } },
  })
  expect(JSON.stringify(properties)).not.toContain(password)
  const card = await read(world, 'Microsoft.Network/networkInterfaces', 'shift-vm-nic', '2024-05-01')
  expect(JSON.stringify(card)).toContain('shift-vm-ip')
  expect(JSON.stringify(card)).toContain('shift-vm-nsg')
})

test('a machine in an extended zone sees the networks of that zone alone, and its key is downloaded once', async ({
  world,
}) => {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  const { page } = world
  await signIn(world, '#create/Microsoft.VirtualNetwork-ARM')
  const network = world.frame('CreateVirtualNetwork')
  await pick(network, /Resource group/, group)
  await network.getByRole('textbox', { name: 'Virtual network name' }).fill('zone-net')
  await pickZone(world, network)
  await create(world, network)

  await page.goto(`${world.sandbox.definition.portal}/#create/Microsoft.VirtualMachine`)
  const form = world.frame('CreateVirtualMachine')
  await pick(form, /Resource group/, group)
  await form.getByRole('textbox', { name: 'Virtual machine name' }).fill('zone-vm')
  await form.getByRole('textbox', { name: 'Username' }).fill('zoneuser')
  await form.getByRole('tab', { name: 'Networking' }).click()
  await expect(form.getByRole('combobox', { name: 'Virtual network' })).toHaveText('(new) zone-vm-vnet')
  await form.getByRole('tab', { name: 'Basics' }).click()
  await pickZone(world, form)
  await expect(form.getByRole('combobox', { name: 'Security type' })).toHaveText('Standard')
  await form.getByRole('tab', { name: 'Networking' }).click()
  await expect(form.getByRole('combobox', { name: 'Virtual network' })).toHaveText('zone-net')
  await expect(form.getByRole('combobox', { name: 'Subnet' })).toHaveText('default (10.0.0.0/24)')
  await form.getByRole('button', { name: 'Review + create' }).click()
  await expect(form.getByText('Validation passed')).toBeVisible()
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  const coming = page.waitForEvent('download')
  await form
    .getByRole('dialog', { name: 'Generate new key pair' })
    .getByRole('button', { name: 'Download private key and create resource' })
    .click()
  expect((await coming).suggestedFilename()).toBe('zone-vm_key.pem')
  await finish(world)

  const kept = await machineOf(world, 'zone-vm')
  expect(kept).toMatchObject({ location: 'westus', extendedLocation: { name: 'losangeles' } })
  expect(JSON.stringify(kept.properties)).toMatch(/ssh-rsa AAAAB3NzaC1yc2E/)
})

test('a key pair that is declined leaves nothing behind', async ({ world }) => {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await signIn(world, '#create/Microsoft.VirtualMachine')
  const form = world.frame('CreateVirtualMachine')
  await pick(form, /Resource group/, group)
  await form.getByRole('textbox', { name: 'Virtual machine name' }).fill('declined-vm')
  await form.getByRole('textbox', { name: 'Username' }).fill('zoneuser')
  await form.getByRole('button', { name: 'Review + create' }).click()
  await expect(form.getByText('Validation passed')).toBeVisible()
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await form.getByRole('button', { name: 'Return to create a virtual machine' }).click()
  await expect(form.getByText('nothing was created')).toBeVisible()
  const { subscription } = world.sandbox.definition
  const left = await arm.get<{ value: unknown[] }>(
    `/subscriptions/${subscription}/resourceGroups/${group}/resources`,
    '2021-04-01',
  )
  expect(left.value).toEqual([])
})

test('a storage account whose name is taken is refused by validation, and created under another', async ({ world }) => {
  const arm = createArmReader(world.sandbox)
  await arm.createGroup(group, 'westus')
  await signIn(world, '#create/Microsoft.StorageAccount-ARM')
  const form = world.frame('CreateStorageAccount')
  await pick(form, /Resource group/, group)
  const name = form.getByRole('textbox', { name: 'Storage account name' })
  await name.fill('Shift-Storage')
  await expect(form.getByRole('alert')).toHaveCount(0)
  await name.blur()
  await expect(form.getByRole('alert')).toContainText('lowercase letters and numbers')
  await name.fill('shiftstorage')
  await pick(form, 'Redundancy', 'Locally-redundant storage (LRS)')
  await form.getByRole('tab', { name: 'Tags' }).click()
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('team')
  await form.getByRole('textbox', { name: 'Value', exact: true }).fill('docs')
  await create(world, form)
  const kept = await read(world, 'Microsoft.Storage/storageAccounts', 'shiftstorage', '2024-01-01')
  expect(kept).toMatchObject({ sku: { name: 'Standard_LRS' }, tags: { team: 'docs' } })

  await world.page.goto(`${world.sandbox.definition.portal}/#create/Microsoft.StorageAccount-ARM`)
  await pick(form, /Resource group/, group)
  await name.fill('shiftstorage')
  await form.getByRole('button', { name: 'Review + create' }).click()
  await expect(form.getByText('Validation failed.')).toBeVisible()
  await expect(form.getByText('The storage account named shiftstorage is already taken.')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
})

for (const [era, next] of [
  ['2024', 'Next : Disks >'],
  ['2025', 'Next: Disks'],
] as const)
  test.describe(`in ${era}`, () => {
    test.use({ era })

    test('the same wizards are in the main document, with the labels of their time', async ({ world }) => {
      const { page } = world
      await signIn(world, '#browse/Microsoft.Compute%2FvirtualMachines')
      const list = world.frame('BrowseResource')
      await list.getByRole('menuitem').filter({ hasText: 'Create' }).click()
      await list.getByRole('menuitem', { name: 'Azure virtual machine', exact: true }).click()
      const form = page.locator('.fxs-blade-active')
      await expect(form.getByRole('textbox', { name: 'Virtual machine name *' })).toBeVisible()
      await expect(form.getByText(next)).toBeVisible()
      await page.goto(`${world.sandbox.definition.portal}/#create/Microsoft.VirtualNetwork-ARM`)
      await expect(form.getByRole('tab', { name: 'IP Addresses' })).toBeVisible()
    })
  })

async function pick(form: FrameLocator, name: string | RegExp, option: string) {
  const box = form.getByRole('combobox', { name })
  await expect(box).not.toHaveText('Loading...')
  await box.click()
  await form.getByRole('option', { name: option, exact: true }).click()
  await expect(box).toHaveText(option)
}

async function pickZone({ page }: World, form: FrameLocator) {
  await expect(form.getByRole('combobox', { name: 'Region' })).not.toHaveText('Loading...')
  await form.getByRole('button', { name: 'Deploy to an Azure Extended Zone' }).click()
  const zones = page.getByRole('region', { name: 'Azure Extended Zones' })
  await zones.getByRole('radio', { name: 'Los Angeles' }).check()
  await zones.getByRole('button', { name: 'Select', exact: true }).click()
}

async function create(world: World, form: FrameLocator) {
  await form.getByRole('button', { name: 'Review + create' }).click()
  await expect(form.getByText('Validation passed')).toBeVisible()
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await finish(world)
}

async function finish({ frame }: World) {
  await expect(frame('DeploymentDetails').getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({
    timeout: 15_000,
  })
}
