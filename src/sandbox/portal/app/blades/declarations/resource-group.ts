import { GroupOverview } from '../../pages/group-overview.tsx'
import type { Deployment } from '../../resource-manager.ts'
import type { ListBlade, ResourceDeclaration, Row } from '../declaration.ts'

/** Settings > Deployments of a group, the newest first (portal-facts.md §7). */
const deployments: ListBlade = {
  kind: 'list',
  title: 'Deployments',
  columns: ['Deployment name', 'Status', 'Last modified', 'Duration'],
  empty: 'There are no deployments.',
  async read({ id, host }) {
    const found = await host.resourceManager.list<Deployment>(`${id}/providers/Microsoft.Resources/deployments`)
    const timeOf = ({ properties }: Deployment) => properties.timestamp ?? ''
    return found.sort((one, other) => timeOf(other).localeCompare(timeOf(one))).map(describeDeployment)
  },
}

export const resourceGroup: ResourceDeclaration = {
  menu: () => ({
    Settings: ['Deployments', 'Policies', 'Properties', 'Locks'],
    'Cost Management': ['Cost analysis', 'Budgets'],
    Monitoring: ['Insights', 'Alerts', 'Metrics'],
  }),
  blades: {
    overview: { kind: 'page', content: GroupOverview, frame: 'ResourceOverview.ReactView' },
    deployments,
  },
}

function describeDeployment({ id, name, properties }: Deployment): Row {
  const { provisioningState, timestamp, duration = '' } = properties
  return {
    key: id,
    cells: [
      { text: name, route: { page: 'deployment', id, item: 'overview' } },
      provisioningState,
      timestamp ? new Date(timestamp).toLocaleString('en-US') : '',
      describeDuration(duration),
    ],
  }
}

// > | PT1M4.2S
//     ^ 1 minute 4 seconds
function describeDuration(duration: string): string {
  const [, minutes = '0', seconds = '0'] = /^PT(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/.exec(duration) ?? []
  const parts = [
    [Number(minutes), 'minute'],
    [Number(seconds), 'second'],
  ] as const
  const shown = parts.filter(([count], index) => count > 0 || index === 1)
  return shown.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ')
}
