import { describeItem, itemColumns, listAllItems, vaultOf } from '../blades/backup.ts'
import type { ListBlade } from '../blades/declaration.ts'
import { nameOf } from '../resource-manager.ts'

/** What all vaults protect: Backup instances in Backup center, Protected items in Resiliency (portal-facts.md §14). */
export const protectedItems: ListBlade = {
  kind: 'list',
  title: 'Protected items',
  columns: ['Name', 'Resource group', 'Vault', ...itemColumns],
  empty: 'Nothing is protected.',
  commands: ({ host }) => [
    {
      name: host.settings.traits.protectCommand,
      icon: 'add',
      onPress: () => host.navigate({ page: 'start-configure-backup' }),
    },
  ],
  async read({ host }) {
    const items = await listAllItems(host.resourceManager)
    return items.map(item => {
      const vault = vaultOf(item.id)
      const route = { page: 'resource', id: vault, item: 'overview' } as const
      return describeItem(item, [{ text: nameOf(vault), route }])
    })
  },
}
