import { Spinner } from '@fluentui/react-components'
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
    return resourceManager.get<Subscription>(id)
  })
  if (subscription.type === 'failed') return <NotFound id={id} message={subscription.error.message} />
  return (
    <div className="ext-overview">
      <CommandBar kind="toolbar" commands={[{ name: 'Refresh', icon: 'refresh', onPress: reload }]} />
      {subscription.type === 'loading' && <Spinner className="ext-spinner" label="Loading..." />}
      {subscription.type === 'loaded' && (
        <Essentials
          pairs={[
            ['Subscription ID', subscription.value.subscriptionId],
            ['Subscription name', subscription.value.displayName],
            ['Directory', `${settings.tenantName} (${settings.tenantDomain})`],
            ['Status', subscription.value.state === 'Enabled' ? 'Active' : subscription.value.state],
          ]}
        />
      )}
    </div>
  )
}
