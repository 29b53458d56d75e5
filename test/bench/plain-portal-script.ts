import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RecoveryServicesClient } from '@azure/arm-recoveryservices'
import { ResourceManagementClient } from '@azure/arm-resources'
import { ClientSecretCredential } from '@azure/identity'
import { test, type Page } from '@playwright/test'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'

/**
 * What `verbatim run` is measured against on the portal surface: the project's article of a vault, written by hand as a
 * Playwright script that knows the sandbox's portal of 2026, with the same screenshots and the same reading back. The
 * driver bench starts it with the configuration that `verbatim run` wrote; its times go into a file.
 */
const { BENCH_CLOUD = '', BENCH_OUTPUT = '', BENCH_NAME = 'plain' } = process.env

test('the article, written by hand', async ({ page }) => {
  test.setTimeout(120_000)
  const body = Date.now()
  const cloud = JSON.parse(readFileSync(BENCH_CLOUD, 'utf8')) as SandboxDefinition
  const [group, vault] = [`${BENCH_NAME}-recovery`, `${BENCH_NAME}-vault`]
  const manager = openManager(cloud)
  mkdirSync(BENCH_OUTPUT, { recursive: true })
  const shoot = () => takePicture(page)
  const frame = (name: string) =>
    page.frameLocator(`.fxs-blade-active iframe.fxs-reactview-frame-active[name="${name}.ReactView"]`)
  const first = Date.now()

  await signIn(page, cloud)
  await shoot()
  await search(page, 'resiliency', 'Resiliency', shoot)
  const menu = page.locator('.fxs-blade-active')
  await page.getByRole('button', { name: 'Manage' }).waitFor()
  await shoot()
  if (!(await menu.getByRole('link', { name: 'Vaults' }).isVisible()))
    await page.getByRole('button', { name: 'Manage' }).click()
  await menu.getByRole('link', { name: 'Vaults' }).click()
  const command = frame('BrowseResource').getByRole('menuitem').filter({ hasText: 'Vault' })
  await command.waitFor()
  await shoot()
  await command.click()
  const start = frame('StartCreateVault')
  await start.getByRole('radio', { name: 'Recovery Services vault' }).waitFor()
  await shoot()
  await start.getByRole('radio', { name: 'Recovery Services vault' }).check()
  await shoot()
  await start.getByRole('button', { name: 'Continue' }).click()

  const form = frame('RecoveryServicesVaultCreate')
  await form.getByRole('combobox', { name: 'Subscription' }).getByText('Verbatim Sandbox').waitFor()
  await shoot()
  await form.getByRole('button', { name: 'Resource group: Create new' }).click()
  await shoot()
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(group)
  await shoot()
  await form.getByRole('button', { name: 'OK' }).click()
  await shoot()
  await form.getByRole('textbox', { name: 'Vault name' }).fill(vault)
  await shoot()
  await form.getByRole('combobox', { name: 'Region' }).click()
  await form.getByRole('option', { name: '(Europe) North Europe', exact: true }).click()
  await shoot()
  await form.getByRole('button', { name: 'Review + create' }).click()
  await form.getByText('Validation passed').waitFor()
  await manager.expectNothing(group, vault)
  await shoot()
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await manager.readBack(group, vault)
  const details = frame('DeploymentDetails')
  await details.getByRole('heading', { name: 'Your deployment is complete' }).waitFor()
  await shoot()
  await details.getByRole('button', { name: 'Go to resource' }).click()
  await page.getByRole('heading', { level: 2, name: vault }).waitFor()

  await search(page, group, group, shoot)
  const deletion = frame('ResourceOverview').getByRole('button').filter({ hasText: 'Delete resource group' })
  await deletion.waitFor()
  await shoot()
  await deletion.click()
  const pane = page.getByRole('region', { name: 'Delete a resource group' })
  await shoot()
  await pane.getByRole('textbox').fill(group)
  await shoot()
  await pane.getByRole('button', { name: 'Delete', exact: true }).click()
  const confirm = page.getByRole('dialog', { name: 'Delete confirmation' })
  await shoot()
  await confirm.getByRole('button', { name: 'Delete', exact: true }).click()
  await manager.readAbsence(group)
  writeFileSync(join(BENCH_OUTPUT, 'times.json'), JSON.stringify({ body, first, last: Date.now() }))
})

async function signIn(page: Page, { portal, person }: SandboxDefinition): Promise<void> {
  await page.goto(`${portal}/?l=en.en-us`, { waitUntil: 'domcontentloaded' })
  await page.locator('input[name=loginfmt]').fill(person.userName)
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=passwd]').fill(person.password)
  await page.locator('#idSIButton9').click()
  await page.locator('#idBtn_Back').click()
  await searchBox(page).waitFor()
}

const searchBox = (page: Page) => page.getByRole('combobox', { name: 'Search resources, services, and docs (G+/)' })

async function search(page: Page, text: string, option: string, shoot: () => Promise<void>): Promise<void> {
  await shoot()
  await searchBox(page).fill(text)
  const found = page
    .getByRole('listbox', { name: 'List of search results' })
    .getByRole('option')
    .filter({ has: page.getByText(option, { exact: true }) })
    .first()
  await found.waitFor()
  await shoot()
  await found.click()
}

/** As `verbatim run` takes them: WebP at three quarters. */
async function takePicture(page: Page): Promise<void> {
  const chromium = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const clip = { x: 0, y: 0, width, height, scale: 0.75 }
  const { data } = await chromium.send('Page.captureScreenshot', { format: 'webp', quality: 60, clip })
  await chromium.detach()
  writeFileSync(join(BENCH_OUTPUT, 'picture.webp'), Buffer.from(data, 'base64'))
}

/** Reads what was made, and that it is gone, every tenth of a second. */
function openManager(cloud: SandboxDefinition) {
  const { clientId, clientSecret } = cloud.credential
  const tlsOptions = { ca: cloud.certificateAuthority }
  const credential = new ClientSecretCredential(cloud.tenant, clientId, clientSecret, {
    authorityHost: cloud.entra,
    disableInstanceDiscovery: true,
    tlsOptions,
  })
  const options = {
    endpoint: cloud.resourceManager,
    credentialScopes: [`${cloud.audience}/.default`],
    credentials: { scopes: [`${cloud.audience}/.default`] },
    tlsOptions,
  }
  const resources = new ResourceManagementClient(credential, cloud.subscription, options)
  const services = new RecoveryServicesClient(credential, cloud.subscription, options)
  const readGroup = (group: string) => resources.resourceGroups.get(group).catch(nothing)
  const readVault = (group: string, vault: string) => services.vaults.get(group, vault).catch(nothing)
  return {
    async expectNothing(group: string, vault: string): Promise<void> {
      if ((await readGroup(group)) ?? (await readVault(group, vault))) throw new Error('It is there already.')
    },
    async readBack(group: string, vault: string): Promise<void> {
      while ((await readGroup(group))?.properties?.provisioningState !== 'Succeeded') await sleep(100)
      for (;;) {
        const found = await readVault(group, vault)
        if (found?.properties?.provisioningState === 'Succeeded') {
          if (found.location !== 'northeurope') throw new Error(`The vault is in ${found.location}.`)
          return
        }
        await sleep(100)
      }
    },
    async readAbsence(group: string): Promise<void> {
      while (await readGroup(group)) await sleep(100)
    },
  }
}

function nothing(error: unknown): undefined {
  if ((error as { statusCode?: number }).statusCode === 404) return undefined
  throw error
}
