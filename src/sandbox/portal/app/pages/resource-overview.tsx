import { Spinner } from '@fluentui/react-components'
import { useEffect } from 'react'
import { typeTitle } from '../catalog.ts'
import { pause } from '../delays.ts'
import { useHost } from '../host.ts'
import type { Resource } from '../resource-manager.ts'
import { groupOf, nameOf, subscriptionOf, typeOf } from '../resource-manager.ts'
import type { Command } from './command-bar.tsx'
import { CommandBar } from './command-bar.tsx'
import { Essentials } from './essentials.tsx'
import { describeTags } from './group-overview.tsx'
import { useLoaded } from './loaded.ts'
import { NotFound } from './not-found.tsx'
import { displayName } from './resource-list.tsx'
import { RouteLink } from './route-link.tsx'

/** The first page of a vault, or of anything else that has no page of its own. */
export function ResourceOverview({ id }: { id: string }) {
  const host = useHost()
  const { resourceManager, delays } = host
  const subscriptionId = subscriptionOf(id)
  const [resource, reload] = useLoaded(id, async signal => {
    await delays.wait('list', signal)
    // Right after its deployment a resource is "not found" for a moment (portal-facts.md §17).
    if (await host.isFresh(id)) return undefined
    const [found, subscriptions, locations] = await Promise.all([
      resourceManager.find<Resource>(id),
      resourceManager.subscriptions(),
      resourceManager.locations(subscriptionId),
    ])
    return found && { found, subscription: subscriptions.find(one => one.subscriptionId === subscriptionId), locations }
  })
  const missing = resource.type === 'loaded' && !resource.value

  useEffect(() => {
    if (!missing) return
    const stop = new AbortController()
    const lookAgain = async (): Promise<void> => {
      if (!(await host.isFresh(id))) return
      while (await host.isFresh(id)) await pause(250, stop.signal)
      reload()
    }
    lookAgain().catch(() => undefined)
    return () => stop.abort()
  }, [missing, host, id, reload])

  if (resource.type === 'failed') return <NotFound id={id} message={resource.error.message} />
  if (missing) return <NotFound id={id} />
  const details = resource.type === 'loaded' ? resource.value : undefined
  return (
    <div className="ext-overview">
      <CommandBar kind="toolbar" commands={commandsFor(id, host, reload)} />
      {!details && <Spinner className="ext-spinner" label="Loading..." />}
      {details && (
        <Essentials
          pairs={[
            [
              'Resource group',
              <RouteLink key="g" route={{ page: 'resource', id: groupId(id), item: 'overview' }}>
                {groupOf(id)}
              </RouteLink>,
              <span key="c" className="ext-change">
                {host.settings.traits.move}
              </span>,
            ],
            ['Location', displayName(details.locations, details.found.location)],
            ['Subscription', details.subscription?.displayName ?? subscriptionId],
            ['Subscription ID', subscriptionId],
            ['Tags', describeTags(details.found.tags)],
            ...describeProperties(details.found),
          ]}
        />
      )}
    </div>
  )
}

const groupId = (id: string) => id.replace(/\/providers\/.*$/i, '')

function commandsFor(id: string, { openPane }: ReturnType<typeof useHost>, reload: () => void): Command[] {
  const refresh: Command = { name: 'Refresh', icon: 'refresh', onPress: reload }
  if (typeOf(id).toLowerCase() !== 'microsoft.recoveryservices/vaults') return [refresh]
  return [
    { name: 'Backup', icon: 'add' },
    { name: 'Enable Site Recovery', icon: 'add' },
    {
      name: 'Delete',
      icon: 'delete',
      onPress: () => openPane({ type: 'delete-resource', id, name: nameOf(id), kind: typeTitle(typeOf(id)) }),
    },
    refresh,
    { name: 'Feedback', icon: 'feedback' },
  ]
}

function describeProperties({ type, properties }: Resource): [string, string][] {
  if (type.toLowerCase() !== 'microsoft.recoveryservices/vaults') return []
  const redundancy = properties?.['redundancySettings'] as { standardTierStorageRedundancy?: string } | undefined
  return [
    [
      'Status',
      properties?.['provisioningState'] === 'Succeeded' ? 'Active' : String(properties?.['provisioningState'] ?? ''),
    ],
    ['Backup Storage Redundancy', redundancy?.standardTierStorageRedundancy ?? 'GeoRedundant'],
    ['Public network access', String(properties?.['publicNetworkAccess'] ?? 'Enabled')],
  ]
}
