import { typeOf } from '../resource-manager.ts'
import { formFrame } from '../wizard/generation.ts'
import type { Traits } from '../../traits.ts'
import { commonBlades } from './common.ts'
import type { BladeDeclaration, ResourceDeclaration } from './declaration.ts'
import { anyResource } from './declarations/any-resource.ts'
import { backupItem } from './declarations/backup-item.ts'
import { recoveryServicesVault } from './declarations/recovery-services-vault.ts'
import { resourceGroup } from './declarations/resource-group.ts'
import { storageAccount } from './declarations/storage-account.ts'
import { subscription } from './declarations/subscription.ts'
import { virtualMachine } from './declarations/virtual-machine.ts'
import { virtualNetwork } from './declarations/virtual-network.ts'

/** By resource type, lower case. */
const declarations: Readonly<Record<string, ResourceDeclaration>> = {
  subscriptions: subscription,
  'microsoft.resources/resourcegroups': resourceGroup,
  'microsoft.recoveryservices/vaults': recoveryServicesVault,
  'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems': backupItem,
  'microsoft.network/virtualnetworks': virtualNetwork,
  'microsoft.compute/virtualmachines': virtualMachine,
  'microsoft.storage/storageaccounts': storageAccount,
}

export function declarationOf(id: string): ResourceDeclaration {
  return declarations[typeOf(id).toLowerCase()] ?? anyResource
}

/** The page behind an item of a resource's menu; undefined where the sandbox has none. */
export function bladeOf(id: string, item: string): BladeDeclaration | undefined {
  return declarationOf(id).blades[item] ?? commonBlades[item]
}

const frames: Record<Exclude<BladeDeclaration['kind'], 'page'>, string> = {
  overview: 'ResourceOverview.ReactView',
  list: 'ResourceProperties.ReactView',
  properties: 'ResourceProperties.ReactView',
}

/** The frame that holds such a page (portal-facts.md §3); undefined when it is in the shell's own document. */
export function frameOf(item: string, blade: BladeDeclaration, traits: Traits): string | undefined {
  if (item === 'overview' && !traits.overviewInFrame) return undefined
  if (blade.kind !== 'page') return frames[blade.kind]
  return blade.form ? formFrame(traits, blade.frame) : blade.frame
}
