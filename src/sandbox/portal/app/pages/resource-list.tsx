import { SearchRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { typeTitle } from '../catalog.ts'
import type { BladeHost } from '../host.ts'
import { useHost } from '../host.ts'
import { groupOf, typeOf } from '../resource-manager.ts'
import type { Subscription } from '../resource-manager.ts'
import type { Route } from '../route.ts'
import { EntryIcon } from '../entry-icon.tsx'
import type { Command } from './command-bar.tsx'
import { CommandBar } from './command-bar.tsx'
import { displayName } from './display-name.ts'
import { useLoaded } from './loaded.ts'
import type { Row } from './resource-grid.tsx'
import { ResourceGrid } from './resource-grid.tsx'

const creators: Record<string, Route> = {
  resourcegroups: { page: 'create', item: 'Microsoft.ResourceGroup' },
  'microsoft.recoveryservices/vaults': { page: 'create', item: 'Microsoft.RecoveryServices' },
  'microsoft.network/virtualnetworks': { page: 'create', item: 'Microsoft.VirtualNetwork-ARM' },
  'microsoft.compute/virtualmachines': { page: 'create', item: 'Microsoft.VirtualMachine' },
  'microsoft.storage/storageaccounts': { page: 'create', item: 'Microsoft.StorageAccount-ARM' },
  all: { page: 'create-hub' },
}

/** A page of resources of one type, groups or subscriptions (portal-facts.md §4). A service's own list of vaults begins with a choice of their kind. */
export function ResourceList({ type, fromService = false }: { type: string; fromService?: boolean }) {
  const host = useHost()
  const [rows, reload] = useLoaded(type, async signal => {
    await host.delays.wait('list', signal)
    return withoutFresh(host, await readRows(host, type))
  })
  const [filter, setFilter] = useLateFilter(host)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const hasCreate = useLateCommand(host)

  const create: Command = {
    name: fromService ? host.settings.traits.vaultCommand : host.settings.traits.createCommand,
    icon: 'add',
    ...menuOf(type, host),
    onPress: () => host.navigate(fromService ? vaultStart(host) : creatorOf(type)),
  }
  const all = rows.type === 'loaded' ? rows.value : []
  const shown = all.filter(({ name }) => name.toLowerCase().includes(filter.applied.toLowerCase()))
  // What is gone by now is selected no more.
  const chosen = all.filter(({ id }) => selected.has(id))
  const commands: Command[] = [
    ...(hasCreate && type !== 'subscriptions' ? [create] : []),
    { name: 'Manage view', icon: 'manage' },
    { name: 'Refresh', icon: 'refresh', onPress: reload },
    { name: 'Export to CSV', icon: 'export' },
    { name: 'Open query', icon: 'open' },
    { name: 'Assign tags', icon: 'tag', disabled: chosen.length === 0, onPress: () => void assignTags(host, chosen) },
    ...(type === 'subscriptions' ? [] : [deletionOf(host, type, chosen)]),
  ]

  return (
    <div className="ext-list">
      <CommandBar kind="menubar" commands={commands} further={[{ name: 'Group by none', icon: 'group' }]} />
      <div className="ext-filters">
        <div className="ext-filter-box">
          <SearchRegular aria-hidden="true" />
          <input
            type="search"
            aria-label="Filter for any field..."
            placeholder="Filter for any field..."
            value={filter.typed}
            onChange={event => setFilter(event.target.value)}
          />
        </div>
        <Pills type={type} />
      </div>
      {rows.type === 'failed' && <p role="alert">{rows.error.message}</p>}
      <p className="ext-count">
        {rows.type === 'loading'
          ? 'Loading...'
          : `Showing ${shown.length === 0 ? 0 : 1} to ${shown.length} of ${all.length} records.`}
      </p>
      {rows.type === 'loaded' && shown.length === 0 ? (
        <Nothing type={type} />
      ) : (
        <ResourceGrid
          rows={shown}
          columns={columnsOf(type)}
          selected={selected}
          onSelect={setSelected}
          onDelete={type === 'subscriptions' ? undefined : row => deleteThese(host, type, [row])}
        />
      )}
    </div>
  )
}

function deletionOf(host: BladeHost, type: string, chosen: Row[]): Command {
  return {
    name: 'Delete',
    icon: 'delete',
    disabled: chosen.length === 0,
    onPress: () => deleteThese(host, type, chosen),
  }
}

function deleteThese(host: BladeHost, type: string, chosen: Row[]) {
  const resources = chosen.map(({ id, name }) => ({ id, name, type: typeOf(id) }))
  const [first, ...others] = resources
  if (!first) return
  // A group is never deleted without its name.
  const isOneGroup = type.toLowerCase() === 'resourcegroups' && others.length === 0
  host.openPane(isOneGroup ? { ...first, type: 'delete-group' } : { type: 'delete-several', resources })
}

/** Adds a tag to each of the chosen; those that they have stay. */
async function assignTags(host: BladeHost, chosen: Row[]) {
  const title = 'Assign tags'
  const answer = await host.askPane({
    type: 'form',
    title,
    button: 'Save',
    fields: [
      { kind: 'note', text: `Tags for ${chosen.map(({ name }) => name).join(', ')}` },
      { kind: 'input', id: 'name', label: 'Name' },
      { kind: 'input', id: 'value', label: 'Value', optional: true },
    ],
  })
  if (!answer) return
  const tags = { [answer['name'] ?? '']: answer['value'] ?? '' }
  for (const { id, name } of chosen) {
    await host.carryOut({
      change: {
        method: 'PATCH',
        id: `${id}/providers/Microsoft.Resources/tags/default`,
        body: { operation: 'Merge', properties: { tags } },
      },
      texts: {
        running: { title: 'Saving tags', description: `Saving the tags of '${name}'...` },
        done: { title: 'Tags saved', description: `Successfully saved the tags of '${name}'.` },
        failed: { title: 'Failed to save tags', description: `The tags of '${name}' were not saved.` },
      },
    })
  }
}

/** A command of another name leads elsewhere: it makes another thing. */
export function vaultStart({ settings }: BladeHost): Route {
  if (settings.traits.vaultCommand === 'Vault') return { page: 'start-create-vault' }
  return { page: 'unknown', hash: 'view/Elsewhere/Create Backup vault' }
}

/** Machines are created from a menu (portal-facts.md §6.1, §14). */
function menuOf(type: string, { navigate, settings }: BladeHost): Pick<Command, 'menu'> {
  if (type.toLowerCase() !== 'microsoft.compute/virtualmachines') return {}
  const machine: Route = { page: 'create', item: 'Microsoft.VirtualMachine' }
  const elsewhere: Route = { page: 'unknown', hash: 'view/Elsewhere/More VMs and related solutions' }
  return {
    menu: [
      {
        name: settings.traits.machineItem,
        onPress: () => navigate(machine),
      },
      { name: 'More VMs and related solutions', onPress: () => navigate(elsewhere) },
    ],
  }
}

/** What was just created is missing until the list is refreshed a little later (portal-facts.md §4). */
async function withoutFresh(host: BladeHost, rows: Row[]) {
  const fresh = await Promise.all(rows.map(({ id }) => host.isFresh(id)))
  return rows.filter((_, index) => !fresh[index])
}

function creatorOf(type: string): Route {
  return creators[type.toLowerCase()] ?? { page: 'create', item: type }
}

async function readRows({ resourceManager }: BladeHost, type: string): Promise<Row[]> {
  const subscriptions = await resourceManager.subscriptions()
  if (type === 'subscriptions') return subscriptions.map(describeSubscription)
  const rows = await Promise.all(
    subscriptions.map(async subscription => readRowsOf(subscription, type, resourceManager)),
  )
  return rows.flat()
}

async function readRowsOf(subscription: Subscription, type: string, resourceManager: BladeHost['resourceManager']) {
  const locations = await resourceManager.locations(subscription.subscriptionId)
  const cells = (location: string) => ({
    Location: displayName(locations, location),
    Subscription: subscription.displayName,
  })
  if (type.toLowerCase() === 'resourcegroups') {
    const groups = await resourceManager.groups(subscription.subscriptionId)
    return groups.map(({ id, name, location }): Row => ({ id, name, type, cells: cells(location) }))
  }
  const resources = await resourceManager.resources(subscription.id)
  return resources
    .filter(resource => type === 'all' || resource.type.toLowerCase() === type.toLowerCase())
    .map(({ id, name, type: own, location }): Row => ({
      id,
      name,
      type: own,
      cells: { ...cells(location), Type: typeTitle(own), 'Resource group': groupOf(id) },
    }))
}

function describeSubscription({ id, displayName: name, subscriptionId, state }: Subscription): Row {
  return {
    id,
    name,
    type: 'subscriptions',
    cells: { 'Subscription ID': subscriptionId, Status: state === 'Enabled' ? 'Active' : state },
  }
}

function columnsOf(type: string): string[] {
  if (type === 'subscriptions') return ['Subscription ID', 'Status']
  if (type.toLowerCase() === 'resourcegroups') return ['Subscription', 'Location']
  return [...(type === 'all' ? ['Type'] : []), 'Resource group', 'Location', 'Subscription']
}

/** Filtering sets in some time after the last key. */
function useLateFilter({ delays }: BladeHost) {
  const [typed, setTyped] = useState('')
  const [applied, setApplied] = useState('')
  useEffect(() => {
    const stop = new AbortController()
    delays.wait('filter', stop.signal).then(
      () => setApplied(typed.trim()),
      () => undefined,
    )
    return () => stop.abort()
  }, [delays, typed])
  return [{ typed, applied }, setTyped] as const
}

/** The first command turns up later than the others. */
function useLateCommand({ delays }: BladeHost) {
  const [here, setHere] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    delays.wait('lateCommand', stop.signal).then(
      () => setHere(true),
      () => undefined,
    )
    return () => stop.abort()
  }, [delays])
  return here
}

function Pills({ type }: { type: string }) {
  const { openPane } = useHost()
  const say = (title: string) => openPane({ type: 'stub', title })
  const fields = ['Subscription', ...(type.toLowerCase() === 'resourcegroups' ? [] : ['Resource group']), 'Location']
  return (
    <ul aria-label="Resource filters" className="ext-pills">
      {(type === 'subscriptions' ? ['Status'] : fields).map(field => (
        <li key={field}>
          <button
            type="button"
            aria-label={`Editor to filter the results by ${field}. ${field} equals all`}
            onClick={() => say(`Filter by ${field}`)}
          >
            {field} equals <strong>all</strong>
          </button>
          <button type="button" aria-label={`Remove ${field} filter`} onClick={() => say(`Remove ${field} filter`)}>
            ×
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          aria-label="Add filter to narrow down the list of resources"
          onClick={() => say('Add filter')}
        >
          + Add filter
        </button>
      </li>
    </ul>
  )
}

function Nothing({ type }: { type: string }) {
  const kind =
    type === 'all' ? 'resources' : typeTitle(type, 'many').replace(/^[A-Z](?=[a-z])/, letter => letter.toLowerCase())
  return (
    <div className="ext-empty">
      <EntryIcon title={typeTitle(type, 'many')} large />
      <h3>No {kind} to display</h3>
      <p>Try changing or clearing your filters.</p>
    </div>
  )
}
