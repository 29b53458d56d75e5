import type { Locator } from '@playwright/test'
import { createArmReader } from './arm-reader.ts'
import type { World } from './portal-fixture.ts'
import { expect, signIn, test } from './portal-fixture.ts'

/** What a page of the live portal is made of, so that the replica can't slide towards what a driver likes (portal-facts.md §17.38). */
interface Page {
  name: string
  /** What portal-facts.md says of it. */
  section: string
  hash: string
  /** The frame that holds it; without one, the shell. */
  frame?: string
  open?: (world: World) => Promise<Locator>
  structure: string
}

const projectFields = `
      - heading "Project details" [level=2]
      - button "Subscription"
      - combobox "Subscription"
      - button "Toggle"
      - button "Resource group"
      - combobox "Create new or use existing Resource group"
      - button "Toggle"
      - 'button "Resource group: Create new"'
      - heading "Instance details" [level=2]`
const footer = `
    - button "Previous" [disabled]
    - button "Next"
    - button "Review + create"
    - link "Give feedback"`
const zoneLink = `
      - combobox "Region"
      - button "Toggle"
      - button "Deploy to an Azure Extended Zone"`
const tabs = (...names: string[]) => ['    - tablist:', ...names.map(name => `      - tab "${name}"`)].join('\n')

const pages: Page[] = [
  {
    name: 'Home',
    section: '§1.3, §17.6',
    hash: '#home',
    open: async ({ page }) => page.getByRole('main'),
    structure: `
    - region "Home":
      - heading "Azure services" [level=3]
      - grid "Azure services":
        - row:
          - gridcell "Create a resource"
          - gridcell "Resource groups"
      - heading "Resources" [level=3]
      - tablist "Resources":
        - tab "Recent" [selected]
        - tab "Favorite"
      - heading "Navigate" [level=3]
      - grid "Navigate":
        - row:
          - gridcell "Subscriptions"
          - gridcell "Resource groups"
          - gridcell "All resources"
          - gridcell "Dashboard"`,
  },
  {
    name: 'Create virtual network',
    section: '§5, §6',
    hash: '#create/Microsoft.VirtualNetwork-ARM',
    frame: 'CreateVirtualNetwork',
    structure: `${tabs('Basics', 'Security', 'Address space', 'Tags', 'Review + create')}
    - tabpanel "Basics":${projectFields}
      - textbox "Virtual network name"${zoneLink}${footer}`,
  },
  {
    name: 'Create a virtual machine',
    section: '§5, §6',
    hash: '#create/Microsoft.VirtualMachine',
    frame: 'CreateVirtualMachine',
    structure: `${tabs('Basics', 'Disks', 'Networking', 'Management', 'Monitoring', 'Advanced', 'Tags', 'Review + create')}
    - tabpanel "Basics":${projectFields}
      - textbox "Virtual machine name"${zoneLink}
      - combobox "Availability options"
      - combobox "Security type"
      - combobox "Image"
      - radiogroup "VM architecture"
      - combobox "Size"
      - heading "Administrator account" [level=2]
      - radiogroup "Authentication type"
      - textbox "Username"
      - combobox "SSH public key source"
      - heading "Inbound port rules" [level=2]
      - radiogroup "Public inbound ports"
      - combobox "Select inbound ports"${footer}`,
  },
  {
    name: 'Create a storage account',
    section: '§5, §6',
    hash: '#create/Microsoft.StorageAccount-ARM',
    frame: 'CreateStorageAccount',
    structure: `${tabs('Basics', 'Advanced', 'Networking', 'Data protection', 'Encryption', 'Tags', 'Review + create')}
    - tabpanel "Basics":${projectFields}
      - textbox "Storage account name"
      - combobox "Region"
      - combobox "Preferred storage type"
      - radiogroup "Performance"
      - combobox "Redundancy"${footer}`,
  },
  {
    name: 'Create a resource group',
    section: '§5, §6',
    hash: '#create/Microsoft.ResourceGroup',
    frame: 'CreateResourceGroup',
    structure: `${tabs('Basics', 'Tags', 'Review + create')}
    - tabpanel "Basics":
      - combobox "Subscription"
      - textbox "Resource group name"
      - combobox "Region"${footer}`,
  },
  {
    name: 'Start: Create Vault',
    section: '§6',
    hash: '#view/Microsoft_Azure_DataProtection/StartCreateVaultBlade',
    frame: 'StartCreateVault',
    structure: `
    - radiogroup "Vault type":
      - radio "Recovery Services vault"
      - radio "Backup vault"
    - button "Continue" [disabled]
    - button "Cancel"`,
  },
  {
    name: 'the overview of a resource group',
    section: '§2',
    hash: '#resource/GROUP',
    frame: 'ResourceOverview',
    structure: `
    - toolbar "Command bar":
      - group:
        - button /Create/
        - button /Manage view/
        - button /Delete resource group/
        - button /Refresh/
    - region "Essentials":
      - button "Essentials" [expanded]
      - term:
        - text: Subscription
        - link "(move)"
      - term: Subscription ID
      - term: Location
      - term: Deployments
    - tablist:
      - tab "Resources" [selected]
    - tabpanel "Resources":
      - grid "Resources":
        - rowgroup:
          - row "Selection Name Type Location"
        - rowgroup:
          - row "Select row kept-vault Recovery Services vault West US"`,
  },
  {
    name: 'the pane that deletes a resource group',
    section: '§8',
    hash: '#resource/GROUP',
    frame: 'ResourceOverview',
    async open({ page, overview }) {
      await overview()
        .getByRole('button', { name: /Delete resource group/ })
        .click()
      return page.getByRole('region', { name: 'Delete a resource group' })
    },
    structure: `
    - region "Delete a resource group":
      - heading "Delete a resource group" [level=2]
      - button "Close content 'Delete a resource group'"
      - heading "Resource group to be deleted" [level=3]
      - heading "Dependent resources to be deleted (1)" [level=3]
      - table:
        - rowgroup:
          - row "Name Resource type"
        - rowgroup:
          - row "kept-vault Recovery Services vault"
      - textbox "Enter resource group name to confirm deletion"
      - button "Delete" [disabled]
      - button "Cancel"`,
  },
  {
    name: 'the page of a deployment',
    section: '§7',
    hash: '#view/HubsExtension/DeploymentDetailsBlade/~/overview/id/DEPLOYMENT',
    open: async ({ page }) => page.locator('.fxs-blade-active'),
    structure: `
    - heading "first-try | Overview" [level=2]
    - text: Deployment
    - navigation "first-try menu":
      - list:
        - listitem:
          - link "Overview"
        - listitem:
          - link "Inputs"
        - listitem:
          - link "Outputs"
        - listitem:
          - link "Template"`,
  },
  {
    name: 'what a deployment came to',
    section: '§7',
    hash: '#view/HubsExtension/DeploymentDetailsBlade/~/overview/id/DEPLOYMENT',
    frame: 'DeploymentDetails',
    structure: `
    - toolbar "Command bar":
      - group:
        - button /Delete/
        - button /Cancel/
        - button /Redeploy/
        - button /Download/
        - button /Refresh/
    - heading "Your deployment is complete" [level=2]`,
  },
  {
    name: 'the notifications',
    section: '§7',
    hash: '#home',
    async open({ page }) {
      await page.getByRole('button', { name: /^Notifications/ }).click()
      return page.getByRole('region', { name: 'Notifications' })
    },
    structure: `
    - region "Notifications":
      - heading "Notifications" [level=2]
      - button "More events in the activity log"
      - button "Dismiss all"`,
  },
]

for (const { name, section, hash, frame, open, structure } of pages)
  test(`${name} is made as the live one is (${section})`, async ({ world }) => {
    const arm = createArmReader(world.sandbox)
    const group = `/subscriptions/${world.sandbox.definition.subscription}/resourceGroups/kept-group`
    const deployment = `${group}/providers/Microsoft.Resources/deployments/first-try`
    if (/GROUP|DEPLOYMENT/.test(hash)) {
      await arm.createGroup('kept-group', 'westus')
      await arm.createVault('kept-group', 'kept-vault', 'westus')
    }
    if (hash.includes('DEPLOYMENT'))
      await arm.put(deployment, '2021-04-01', { properties: { mode: 'Incremental', template: { resources: [] } } })
    await signIn(world, hash.replace('/GROUP', group).replace('DEPLOYMENT', encodeURIComponent(deployment)))
    const place = open ? await open(world) : world.frame(frame ?? '').locator('body')
    await expect(place).toMatchAriaSnapshot(structure, { timeout: 10_000 })
  })
