import { Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import { typeTitle } from '../catalog.ts'
import { useHost } from '../host.ts'
import type { Resource, ResourceGroup } from '../resource-manager.ts'
import { nameOf, subscriptionOf } from '../resource-manager.ts'
import { EntryIcon } from '../entry-icon.tsx'
import type { Command } from './command-bar.tsx'
import { CommandBar } from './command-bar.tsx'
import { Essentials } from './essentials.tsx'
import { useLoaded } from './loaded.ts'
import { NotFound } from './not-found.tsx'
import { displayName } from './resource-list.tsx'
import { RouteLink } from './route-link.tsx'

/** A resource group's first page: what it is and what is in it. */
export function GroupOverview({ id }: { id: string }) {
  const { resourceManager, delays, settings, navigate, openPane } = useHost()
  const name = nameOf(id)
  const subscriptionId = subscriptionOf(id)
  const [group, reload] = useLoaded(id, async signal => {
    await delays.wait('list', signal)
    const [found, subscriptions, locations] = await Promise.all([
      resourceManager.find<ResourceGroup>(id),
      resourceManager.subscriptions(),
      resourceManager.locations(subscriptionId),
    ])
    if (!found) return undefined
    const subscription = subscriptions.find(one => one.subscriptionId === subscriptionId)
    return { found, subscription, locations, resources: await resourceManager.resources(id) }
  })

  if (group.type === 'failed') return <NotFound id={id} message={group.error.message} />
  if (group.type === 'loaded' && !group.value) return <NotFound id={id} />
  const commands: Command[] = [
    { name: 'Create', icon: 'add', onPress: () => navigate({ page: 'create-hub' }) },
    { name: 'Manage view', icon: 'manage' },
    {
      name: settings.traits.deleteGroup,
      icon: 'delete',
      onPress: () => openPane({ type: 'delete-group', id, name }),
    },
    { name: 'Refresh', icon: 'refresh', onPress: reload },
    { name: 'Export to CSV', icon: 'export' },
    { name: 'Open query', icon: 'open' },
    { name: 'Assign tags', icon: 'tag', disabled: true },
    { name: 'Move', icon: 'move' },
    { name: 'Delete', icon: 'delete', disabled: true },
  ]
  const details = group.type === 'loaded' ? group.value : undefined
  const change = settings.traits.move

  return (
    <div className="ext-overview">
      <CommandBar kind="toolbar" commands={commands} />
      {!details && <Spinner className="ext-spinner" label="Loading..." />}
      {details && (
        <>
          <Essentials
            pairs={[
              [
                'Subscription',
                <RouteLink
                  key="s"
                  route={{ page: 'resource', id: `/subscriptions/${subscriptionId}`, item: 'overview' }}
                >
                  {details.subscription?.displayName ?? subscriptionId}
                </RouteLink>,
                <span key="c" className="ext-change">
                  {change}
                </span>,
              ],
              ['Subscription ID', subscriptionId],
              ['Location', displayName(details.locations, details.found.location)],
              [
                'Deployments',
                details.resources.length > 0 ? `${details.resources.length} Succeeded` : 'No deployments',
              ],
              ['Tags', describeTags(details.found.tags)],
              ...(details.found.properties.provisioningState === 'Deleting'
                ? ([['Provisioning state', 'Deleting']] as [string, string][])
                : []),
            ]}
          />
          <Members resources={details.resources} locate={location => displayName(details.locations, location)} />
        </>
      )}
    </div>
  )
}

export function describeTags(tags: Record<string, string> | undefined) {
  const pairs = Object.entries(tags ?? {})
  return pairs.length > 0 ? pairs.map(([name, value]) => `${name} : ${value}`).join(', ') : 'Add tags'
}

function Members({ resources, locate }: { resources: Resource[]; locate(location: string): string }) {
  const [tab, setTab] = useState('Resources')
  const [filter, setFilter] = useState('')
  const shown = resources.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()))
  return (
    <>
      <div role="tablist" className="fxs-home-tabs">
        {['Resources', 'Recommendations'].map(name => (
          <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => setTab(name)}>
            {name}
          </button>
        ))}
      </div>
      {tab === 'Recommendations' && <p>There are no recommendations.</p>}
      {tab === 'Resources' && (
        <div role="tabpanel" aria-label="Resources">
          <div className="ext-filter-box">
            <input
              type="search"
              aria-label="Filter for any field..."
              placeholder="Filter for any field..."
              value={filter}
              onChange={event => setFilter(event.target.value)}
            />
          </div>
          <p className="ext-count">{`Showing ${shown.length === 0 ? 0 : 1} to ${shown.length} of ${resources.length} records.`}</p>
          <table role="grid" className="ext-grid" aria-label="Resources">
            <thead>
              <tr>
                {['Name', 'Type', 'Location'].map(column => (
                  <th role="columnheader" key={column}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ id, name, type, location }) => (
                <tr key={id}>
                  <td role="gridcell">
                    <EntryIcon title={typeTitle(type)} />{' '}
                    <RouteLink route={{ page: 'resource', id, item: 'overview' }}>{name}</RouteLink>
                  </td>
                  <td role="gridcell">{typeTitle(type)}</td>
                  <td role="gridcell">{locate(location)}</td>
                </tr>
              ))}
              {shown.length === 0 && (
                <tr>
                  <td role="gridcell" colSpan={3}>
                    No resources match your filters.
                  </td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
