import { deleteCommand, describePlace, refreshCommand } from '../common.ts'
import type { ResourceDeclaration } from '../declaration.ts'
import { textIn } from '../property.ts'

const replications: Readonly<Record<string, string>> = {
  LRS: 'Locally-redundant storage (LRS)',
  ZRS: 'Zone-redundant storage (ZRS)',
  GRS: 'Geo-redundant storage (GRS)',
  RAGRS: 'Read-access geo-redundant storage (RA-GRS)',
  GZRS: 'Geo-zone-redundant storage (GZRS)',
  RAGZRS: 'Read-access geo-zone-redundant storage (RA-GZRS)',
}

const kinds: Readonly<Record<string, string>> = {
  StorageV2: 'StorageV2 (general purpose v2)',
  Storage: 'Storage (general purpose v1)',
}

export const storageAccount: ResourceDeclaration = {
  menu: () => ({
    'Data storage': ['Containers', 'File shares', 'Queues', 'Tables'],
    'Security + networking': ['Networking', 'Access keys', 'Encryption'],
    'Data management': ['Redundancy', 'Data protection', 'Lifecycle management'],
    Settings: ['Configuration', 'Endpoints', 'Properties', 'Locks'],
    Monitoring: ['Insights', 'Alerts', 'Metrics'],
  }),
  blades: {
    overview: {
      kind: 'overview',
      async read(resource, scope) {
        const { group, location, subscription, subscriptionId, tags } = await describePlace(resource, scope)
        const [performance = '', replication = ''] = (resource.sku?.name ?? '').split('_')
        const kind = textIn(resource, 'kind') ?? ''
        const created = textIn(resource.properties, 'creationTime')
        return {
          commands: [
            { name: 'Upload', icon: 'export' },
            { name: 'Open in Explorer', icon: 'open' },
            deleteCommand(scope),
            { name: 'Move', icon: 'move' },
            refreshCommand(scope),
            { name: 'Feedback', icon: 'feedback' },
          ],
          facts: [
            group,
            location,
            subscription,
            subscriptionId,
            { label: 'Performance', value: performance },
            { label: 'Replication', value: replications[replication] ?? replication },
            { label: 'Account kind', value: kinds[kind] ?? kind },
            { label: 'Provisioning state', value: textIn(resource.properties, 'provisioningState') ?? '' },
            ...(created ? [{ label: 'Created', value: new Date(created).toLocaleString('en-US') }] : []),
            tags,
          ],
        }
      },
    },
  },
}
