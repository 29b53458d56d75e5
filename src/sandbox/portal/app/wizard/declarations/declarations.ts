import type { Declare } from '../declaration.ts'
import { recoveryServicesVault } from './recovery-services-vault.ts'
import { resourceGroup } from './resource-group.ts'
import { storageAccount } from './storage-account.ts'
import { virtualMachine } from './virtual-machine.ts'
import { virtualNetwork } from './virtual-network.ts'

/** By gallery item (`#create/<item>`, portal-facts.md §10), lower case. */
export const declarations: Readonly<Record<string, Declare>> = {
  'microsoft.recoveryservices': recoveryServicesVault,
  'microsoft.resourcegroup': resourceGroup,
  'microsoft.virtualnetwork-arm': virtualNetwork,
  'microsoft.virtualmachine': virtualMachine,
  'microsoft.storageaccount-arm': storageAccount,
}
