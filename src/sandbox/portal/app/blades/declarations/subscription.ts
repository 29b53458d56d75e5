import { createElement } from 'react'
import { ResourceList } from '../../pages/resource-list.tsx'
import { SubscriptionOverview } from '../../pages/subscription-overview.tsx'
import type { Subscription } from '../../resource-manager.ts'
import type { ResourceDeclaration } from '../declaration.ts'

const listOf = (type: string) => ({
  kind: 'page' as const,
  content: () => createElement(ResourceList, { type }),
  frame: 'BrowseResource.ReactView',
})

export const subscription: ResourceDeclaration = {
  menu: () => ({
    'Cost Management': ['Cost analysis', 'Budgets'],
    Settings: ['Programmatic deployment', 'Resource groups', 'Resources', 'Resource providers', 'Properties', 'Locks'],
  }),
  blades: {
    overview: { kind: 'page', content: SubscriptionOverview, frame: 'ResourceOverview.ReactView' },
    'resource-groups': listOf('resourcegroups'),
    resources: listOf('all'),
    properties: {
      kind: 'properties',
      async read(_resource, { id, host: { resourceManager, settings } }) {
        const { displayName, subscriptionId, state } = await resourceManager.get<Subscription>(id)
        return [
          { label: 'Subscription name', value: displayName },
          { label: 'Subscription ID', value: subscriptionId },
          { label: 'Status', value: state === 'Enabled' ? 'Active' : state },
          { label: 'Directory', value: `${settings.tenantName} (${settings.tenantDomain})` },
          { label: 'Resource ID', value: id },
        ]
      },
    },
  },
}
