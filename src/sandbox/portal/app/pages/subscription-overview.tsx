import { Spinner } from '@fluentui/react-components'
import { describeTags } from '../blades/common.ts'
import { useHost } from '../host.ts'
import type { Subscription } from '../resource-manager.ts'
import { CommandBar } from './command-bar.tsx'
import { Essentials } from './essentials.tsx'
import { useLoaded } from './loaded.ts'
import { NotFound } from './not-found.tsx'

/** A subscription's first page. */
export function SubscriptionOverview({ id }: { id: string }) {
  const { resourceManager, delays, settings } = useHost()
  const [subscription, reload] = useLoaded(id, async signal => {
    await delays.wait('list', signal)
    const [found, { properties }] = await Promise.all([
      resourceManager.get<Subscription>(id),
      resourceManager.get<{ properties: { tags?: Record<string, string> } }>(
        `${id}/providers/Microsoft.Resources/tags/default`,
      ),
    ])
    return { ...found, tags: properties.tags }
  })
  if (subscription.type === 'failed') return <NotFound id={id} message={subscription.error.message} />
  return (
    <div className="ext-overview">
      <CommandBar kind="toolbar" commands={[{ name: 'Refresh', icon: 'refresh', onPress: reload }]} />
      {subscription.type === 'loading' && <Spinner className="ext-spinner" label="Loading..." />}
      {subscription.type === 'loaded' && (
        <Essentials
          facts={[
            { label: 'Subscription ID', value: subscription.value.subscriptionId },
            { label: 'Subscription name', value: subscription.value.displayName },
            { label: 'Directory', value: `${settings.tenantName} (${settings.tenantDomain})` },
            { label: 'Status', value: subscription.value.state === 'Enabled' ? 'Active' : subscription.value.state },
            describeTags(id, subscription.value.tags),
          ]}
        />
      )}
    </div>
  )
}
