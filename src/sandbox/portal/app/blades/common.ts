import { typeTitle } from '../catalog.ts'
import type { Command } from '../pages/command-bar.tsx'
import { displayName } from '../pages/display-name.ts'
import type { Resource } from '../resource-manager.ts'
import { groupIdOf, groupOf, nameOf, subscriptionOf, typeOf } from '../resource-manager.ts'
import type { BladeDeclaration, Cell, Fact, Scope } from './declaration.ts'
import { LocksBlade } from '../pages/locks-blade.tsx'
import { TagsBlade } from '../pages/tags-blade.tsx'
import { textIn } from './property.ts'

/** What every resource has, and resource groups and subscriptions too (portal-facts.md §2). */
export const commonBlades: Readonly<Record<string, BladeDeclaration>> = {
  tags: { kind: 'page', content: TagsBlade, frame: 'ResourceTags.ReactView', form: true },
  locks: { kind: 'page', content: LocksBlade, frame: 'ManagementLocks.ReactView', form: true },
  properties: { kind: 'properties', read: describeResource },
}

/** Where a resource is, as its Essentials say it. */
export interface PlaceFacts {
  group: Fact
  location: Fact
  subscription: Fact
  subscriptionId: Fact
  tags: Fact
}

export async function describePlace(
  { location, tags }: Pick<Resource, 'location' | 'tags'>,
  { id, host }: Pick<Scope, 'id' | 'host'>,
): Promise<PlaceFacts> {
  const subscriptionId = subscriptionOf(id)
  const [subscriptions, locations] = await Promise.all([
    host.resourceManager.subscriptions(),
    host.resourceManager.locations(subscriptionId),
  ])
  const name = subscriptions.find(one => one.subscriptionId === subscriptionId)?.displayName ?? subscriptionId
  const change: Cell = {
    text: host.settings.traits.move,
    route: { page: 'unknown', hash: 'view/Elsewhere/Move resources' },
  }
  return {
    group: {
      label: 'Resource group',
      value: { text: groupOf(id), route: { page: 'resource', id: groupIdOf(id), item: 'overview' } },
      change,
    },
    location: { label: 'Location', value: displayName(locations, location) },
    subscription: {
      label: 'Subscription',
      value: {
        text: name,
        route: { page: 'resource', id: `/subscriptions/${subscriptionId}`, item: 'overview' },
      },
      change,
    },
    subscriptionId: { label: 'Subscription ID', value: subscriptionId },
    tags: describeTags(id, tags),
  }
}

/** Leads to the Tags page, where they are changed. */
export function describeTags(id: string, tags: Record<string, string> | undefined): Fact {
  const route = { page: 'resource', id, item: 'tags' } as const
  const pairs = Object.entries(tags ?? {}).map(([name, value]) => `${name} : ${value}`)
  return {
    label: 'Tags',
    value: pairs.length > 0 ? pairs.join(', ') : { text: 'Add tags', route },
    change: { text: '(edit)', route },
  }
}

export async function describeResource(resource: Resource, scope: Scope): Promise<Fact[]> {
  const { group, location, subscription, subscriptionId } = await describePlace(resource, scope)
  const state = textIn(resource, 'properties', 'provisioningState')
  const facts: Fact[] = [
    { label: 'Name', value: resource.name },
    { label: 'Type', value: typeOf(scope.id) },
    location,
    { label: 'Resource ID', value: scope.id },
    { label: group.label, value: group.value },
    { label: subscription.label, value: subscription.value },
    subscriptionId,
    ...(state ? [{ label: 'Provisioning state', value: state }] : []),
  ]
  return groupOf(scope.id) === '' ? facts.filter(({ label }) => !/^(Location|Resource group)$/.test(label)) : facts
}

/** Asks once, then deletes. */
export function deleteCommand({ id, host }: Scope): Command {
  return {
    name: 'Delete',
    icon: 'delete',
    onPress: () => host.openPane({ type: 'delete-resource', id, name: nameOf(id), kind: typeTitle(typeOf(id)) }),
  }
}

export const refreshCommand = ({ reload }: Scope): Command => ({ name: 'Refresh', icon: 'refresh', onPress: reload })
