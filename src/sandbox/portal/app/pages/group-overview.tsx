import { Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import { describePlace } from '../blades/common.ts'
import type { Fact } from '../blades/declaration.ts'
import { typeTitle } from '../catalog.ts'
import { useHost } from '../host.ts'
import type { Deployment, Resource, ResourceGroup } from '../resource-manager.ts'
import { nameOf, subscriptionOf } from '../resource-manager.ts'
import { EntryIcon } from '../entry-icon.tsx'
import type { Command } from './command-bar.tsx'
import { CommandBar } from './command-bar.tsx'
import { Essentials } from './essentials.tsx'
import { useLoaded } from './loaded.ts'
import { NotFound } from './not-found.tsx'
import { displayName } from './display-name.ts'
import { RouteLink } from './route-link.tsx'

/** A resource group's first page: what it is and what is in it. */
export function GroupOverview({ id }: { id: string }) {
  const host = useHost()
  const { resourceManager, delays, navigate, openPane, settings } = host
  const name = nameOf(id)
  const [group, reload] = useLoaded(id, async signal => {
    await delays.wait('list', signal)
    const found = await resourceManager.find<ResourceGroup>(id)
    if (!found) return undefined
    const [place, locations, resources, deployments] = await Promise.all([
      describePlace(found, { id, host }),
      resourceManager.locations(subscriptionOf(id)),
      resourceManager.resources(id),
      resourceManager.list<Deployment>(`${id}/providers/Microsoft.Resources/deployments`),
    ])
    const state = found.properties.provisioningState
    const facts: Fact[] = [
      place.subscription,
      place.subscriptionId,
      place.location,
      describeDeployments(id, deployments),
      ...(state === 'Deleting' ? [{ label: 'Provisioning state', value: state }] : []),
      place.tags,
    ]
    return { facts, locations, resources }
  })

  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())

  if (group.type === 'failed') return <NotFound id={id} message={group.error.message} />
  if (group.type === 'loaded' && !group.value) return <NotFound id={id} />
  const details = group.type === 'loaded' ? group.value : undefined
  // What is gone by now is selected no more.
  const chosen = (details?.resources ?? []).filter(resource => selected.has(resource.id))
  // A command of another name does another thing: it empties the group and keeps it.
  const deletesGroup = settings.traits.deleteGroup === 'Delete resource group'
  const commands: Command[] = [
    { name: 'Create', icon: 'add', onPress: () => navigate({ page: 'create-hub' }) },
    { name: 'Manage view', icon: 'manage' },
    {
      name: settings.traits.deleteGroup,
      icon: 'delete',
      disabled: !deletesGroup && !details?.resources.length,
      onPress: () =>
        openPane(
          deletesGroup
            ? { type: 'delete-group', id, name }
            : { type: 'delete-several', resources: details?.resources ?? [] },
        ),
    },
    { name: 'Refresh', icon: 'refresh', onPress: reload },
    { name: 'Export to CSV', icon: 'export' },
    { name: 'Open query', icon: 'open' },
    { name: 'Assign tags', icon: 'tag', disabled: true },
    { name: 'Move', icon: 'move' },
    {
      name: 'Delete',
      icon: 'delete',
      disabled: chosen.length === 0,
      onPress: () => openPane({ type: 'delete-several', resources: chosen }),
    },
  ]

  return (
    <div className="ext-overview">
      <CommandBar kind="toolbar" commands={commands} />
      {!details && <Spinner className="ext-spinner" label="Loading..." />}
      {details && (
        <>
          <Essentials facts={details.facts} />
          <Members
            resources={details.resources}
            locate={location => displayName(details.locations, location)}
            selected={selected}
            onSelect={setSelected}
          />
        </>
      )}
    </div>
  )
}

/** How many deployments ended how; leads to the list of them. */
function describeDeployments(id: string, deployments: Deployment[]): Fact {
  const counts = new Map<string, number>()
  for (const { properties } of deployments)
    counts.set(properties.provisioningState, (counts.get(properties.provisioningState) ?? 0) + 1)
  const text = [...counts].map(([state, count]) => `${count} ${state}`).join(', ')
  const route = { page: 'resource', id, item: 'deployments' } as const
  return { label: 'Deployments', value: { text: text || 'No deployments', route } }
}

interface MembersProps {
  resources: Resource[]
  locate(location: string): string
  selected: ReadonlySet<string>
  onSelect(selected: ReadonlySet<string>): void
}

function Members({ resources, locate, selected, onSelect }: MembersProps) {
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
                <th role="columnheader" className="ext-grid-narrow" aria-label="Selection" />
                {['Name', 'Type', 'Location'].map(column => (
                  <th role="columnheader" key={column}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ id, name, type, location }) => (
                <tr key={id} aria-selected={selected.has(id)}>
                  <td role="gridcell">
                    <input
                      type="checkbox"
                      aria-label="Select row"
                      checked={selected.has(id)}
                      onChange={() => onSelect(toggled(selected, id))}
                    />
                  </td>
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
                  <td role="gridcell" colSpan={4}>
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

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}
