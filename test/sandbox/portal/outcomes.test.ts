import { createArmReader } from './arm-reader.ts'
import { expect, signIn, test } from './portal-fixture.ts'

test('a locked group stays, and a notification says why', async ({ world }) => {
  const { page, sandbox } = world
  const { subscription } = sandbox.definition
  const arm = createArmReader(sandbox)
  await arm.createGroup('locked-group', 'westus')
  const scope = `/subscriptions/${subscription}/resourceGroups/locked-group`
  await signIn(world, `#resource${scope}`)
  await arm.lock(scope)
  await world.overview().getByRole('button').filter({ hasText: 'Delete resource group' }).click()
  const pane = page.getByRole('region', { name: 'Delete a resource group' })
  const box = pane.getByRole('textbox', { name: 'Enter resource group name to confirm deletion' })
  await box.fill('Locked-Group')
  await expect(pane.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled()
  await box.fill('locked-group')
  await pane.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete confirmation' })
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await expect(dialog).toHaveCount(0)
  await pane.getByRole('button', { name: 'Delete', exact: true }).click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()

  await page.getByRole('button', { name: 'Notifications' }).click()
  const notifications = page.getByRole('region', { name: 'Notifications' })
  await expect(notifications.getByText('Failed to delete resource group locked-group')).toBeVisible()
  await expect(notifications.getByText(/ScopeLocked/)).toBeVisible()
  expect(await arm.groups()).toEqual(['locked-group'])
})

test('a vault is deleted after one question, and its page closes', async ({ world }) => {
  const { page, frame, sandbox } = world
  const arm = createArmReader(sandbox)
  await arm.createGroup('vault-group', 'westus')
  await arm.createVault('vault-group', 'old-vault', 'westus')
  await signIn(world, '#browse/Microsoft.RecoveryServices%2Fvaults')
  await frame('BrowseResource').getByRole('link', { name: 'old-vault' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'old-vault' })).toBeVisible()
  const overview = world.overview()
  await expect(overview.getByRole('region', { name: 'Essentials' })).toMatchAriaSnapshot(`
    - region "Essentials":
      - button "Essentials" [expanded]
      - term:
        - text: Resource group
        - link "(move)"
      - definition:
        - link "vault-group"
      - term: Location
      - definition: West US
      - term:
        - text: Subscription
        - link "(move)"
      - definition:
        - link "Verbatim Sandbox"
      - term: Subscription ID
      - definition: ${sandbox.definition.subscription}
  `)
  await overview.getByRole('button').filter({ hasText: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Recovery Services vaults' })).toBeVisible({
    timeout: 15_000,
  })
  await expect(frame('BrowseResource').getByText('No Recovery Services vaults to display')).toBeVisible()
})

test('a deployment that fails says so on its page and in a notification', async ({ world }) => {
  const { page, frame, sandbox } = world
  const arm = createArmReader(sandbox)
  await arm.createGroup('bad-luck', 'westus')
  sandbox.addFault({
    ...{ do: 'operation', end: 'failed', method: 'PUT', path: '/deployments/' },
    ...{ code: 'QuotaExceeded', message: 'There are too many vaults.' },
  })
  await signIn(world, '#create/Microsoft.RecoveryServices')
  const form = frame('RecoveryServicesVaultCreate')
  await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
  await form.getByRole('combobox', { name: 'Resource group' }).click()
  await form.getByRole('option', { name: 'bad-luck' }).click()
  await form.getByRole('textbox', { name: 'Vault name' }).fill('unlucky-vault')
  await form.getByRole('button', { name: 'Review + create', exact: true }).click()
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(frame('DeploymentDetails').getByRole('heading', { name: 'Your deployment failed' })).toBeVisible()
  await expect(frame('DeploymentDetails').getByText('There are too many vaults. (Code: QuotaExceeded)')).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'Deployment failed' })).toBeVisible()
  await expect(frame('DeploymentDetails').getByRole('button', { name: 'Go to resource' })).toHaveCount(0)
  const scope = `/subscriptions/${sandbox.definition.subscription}/resourceGroups/bad-luck`
  expect(await arm.get<{ value: unknown[] }>(`${scope}/resources`, '2021-04-01')).toEqual({ value: [] })
})

test('a session that expires leads to sign-in, and from there back to the same page', async ({ world }) => {
  const { page, sandbox } = world
  const arm = createArmReader(sandbox)
  await arm.createGroup('kept-group', 'westus')
  const { subscription } = sandbox.definition
  await signIn(world, '#browse/Microsoft.Resources%2FresourceGroups')
  const list = world.frame('BrowseResource')
  await list.getByRole('link', { name: 'kept-group' }).waitFor()
  sandbox.addFault({ do: 'expire', server: 'resource-manager', method: 'GET', path: '/resourcegroups/kept-group' })
  await list.getByRole('link', { name: 'kept-group' }).click()

  await page.waitForURL(url => url.origin === sandbox.definition.entra)
  const { person } = sandbox.definition
  await page.locator('input[name=loginfmt]').fill(person.userName)
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=passwd]').fill(person.password)
  await page.locator('#idSIButton9').click()
  await page.locator('#idBtn_Back').click()
  await expect(page.getByRole('heading', { level: 2, name: 'kept-group' })).toBeVisible({ timeout: 15_000 })
  expect(page.url()).toContain(`/subscriptions/${subscription}/resourceGroups/kept-group`)
  // Programs don't sign in, and nothing happened to them.
  expect(await arm.groups()).toEqual(['kept-group'])
})

test.describe('at once', () => {
  test.use({ pace: 'instant' })

  test('a name that is taken after the validation ends the deployment in a conflict', async ({ world }) => {
    const { frame, sandbox } = world
    const arm = createArmReader(sandbox)
    for (const group of ['quick-group', 'slow-group']) await arm.createGroup(group, 'westus')
    await signIn(world, '#create/Microsoft.StorageAccount-ARM')
    const form = frame('CreateStorageAccount')
    await expect(form.getByRole('combobox', { name: 'Region' })).toHaveText('(US) East US')
    await form.getByRole('combobox', { name: /Resource group/ }).click()
    await form.getByRole('option', { name: 'slow-group' }).click()
    await form.getByRole('textbox', { name: 'Storage account name' }).fill('wantedtwice')
    await form.getByRole('button', { name: 'Review + create', exact: true }).click()
    await expect(form.getByText('Validation passed')).toBeVisible()
    const quick = `/subscriptions/${sandbox.definition.subscription}/resourceGroups/quick-group`
    await arm.put(`${quick}/providers/Microsoft.Storage/storageAccounts/wantedtwice`, '2024-01-01', {
      ...{ location: 'westus', kind: 'StorageV2', sku: { name: 'Standard_LRS' }, properties: {} },
    })
    await form.getByRole('button', { name: 'Create', exact: true }).click()
    const details = frame('DeploymentDetails')
    await expect(details.getByRole('heading', { name: 'Your deployment failed' })).toBeVisible()
    await expect(details.getByRole('row', { name: /wantedtwice .* Conflict/ })).toBeVisible()
  })
})
