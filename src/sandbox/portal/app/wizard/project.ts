import { useEffect, useState } from 'react'
import { useHost } from '../host.ts'
import type { Location, ResourceGroup, Subscription } from '../resource-manager.ts'
import type { PickerOption } from './kit.ts'

/** Where a new resource goes: the part that every form begins with. */
export interface Project {
  subscriptions: Choice<Subscription>
  groups: Choice<ResourceGroup>
  locations: Choice<Location>
  /** A group that doesn't exist yet. */
  newGroup: string | undefined
  pickSubscription(id: string): void
  pickGroup(name: string): void
  createGroup(name: string): void
  pickRegion(name: string): void
}

interface Choice<Item> {
  loading: boolean
  items: Item[]
  selected: string | undefined
}

const loading = { loading: true, items: [], selected: undefined }

/** Loads what there is to choose from, one after the other; another subscription resets group and region (portal-facts.md §17). */
export function useProject(): Project {
  const { resourceManager, delays, settings, setDirty } = useHost()
  const [subscriptions, setSubscriptions] = useState<Choice<Subscription>>(loading)
  const [groups, setGroups] = useState<Choice<ResourceGroup>>(loading)
  const [regions, setRegions] = useState<Location[]>()
  const [newGroup, setNewGroup] = useState<string>()
  const [pickedRegion, setPickedRegion] = useState<string>()
  // A group's own region is proposed as long as nobody chose one, also when the regions come later than the groups.
  const [proposedRegion, setProposedRegion] = useState<string>()
  const subscription = subscriptions.selected

  useEffect(() => {
    const stop = new AbortController()
    const load = async () => {
      await delays.wait('form', stop.signal)
      const items = await resourceManager.subscriptions()
      stop.signal.throwIfAborted()
      const preferred = items.find(({ subscriptionId }) => subscriptionId === settings.subscription) ?? items[0]
      setSubscriptions({ loading: false, items, selected: preferred?.subscriptionId })
    }
    load().catch(() => undefined)
    return () => stop.abort()
  }, [resourceManager, delays, settings.subscription])

  useEffect(() => {
    setGroups(loading)
    setRegions(undefined)
    setNewGroup(undefined)
    setPickedRegion(undefined)
    setProposedRegion(undefined)
    if (!subscription) return
    const stop = new AbortController()
    const load = async () => {
      await delays.wait('form', stop.signal)
      const found = await resourceManager.groups(subscription)
      stop.signal.throwIfAborted()
      // A new group may have been named meanwhile.
      setGroups(({ selected }) => ({ loading: false, items: found, selected }))
      await delays.wait('form', stop.signal)
      const items = (await resourceManager.locations(subscription)).filter(
        location => isPhysical(location) && !settings.traits.missingRegions.includes(location.name),
      )
      stop.signal.throwIfAborted()
      setRegions(items)
    }
    load().catch(() => undefined)
    return () => stop.abort()
  }, [subscription, resourceManager, delays, settings.traits])

  const selectedRegion =
    [pickedRegion, proposedRegion, 'eastus'].flatMap(name => regions?.find(region => region.name === name) ?? [])[0] ??
    regions?.[0]
  return {
    subscriptions,
    groups,
    locations: regions ? { loading: false, items: regions, selected: selectedRegion?.name } : loading,
    newGroup,
    pickSubscription(id) {
      setDirty(true)
      setSubscriptions({ ...subscriptions, selected: id })
    },
    pickGroup(name) {
      setDirty(true)
      setGroups({ ...groups, selected: name })
      const region = groups.items.find(group => group.name === name)?.location
      if (region && name !== newGroup) setProposedRegion(region)
    },
    createGroup(name) {
      setDirty(true)
      setNewGroup(name)
      setGroups({ ...groups, selected: name })
    },
    pickRegion(name) {
      setDirty(true)
      setPickedRegion(name)
    },
  }
}

const isPhysical = ({ metadata }: Location) => !metadata?.regionType || metadata.regionType === 'Physical'

export function subscriptionOptions({ subscriptions }: Project): PickerOption[] {
  return subscriptions.items.map(({ subscriptionId, displayName }) => ({ key: subscriptionId, text: displayName }))
}

export function groupOptions({ groups, newGroup }: Project): PickerOption[] {
  const known = groups.items.map(({ name }) => ({ key: name, text: name }))
  return newGroup ? [{ key: newGroup, text: `(New) ${newGroup}` }, ...known] : known
}

export function regionOptions({ locations }: Project): PickerOption[] {
  return locations.items
    .map(({ name, regionalDisplayName, displayName }) => ({ key: name, text: regionalDisplayName ?? displayName }))
    .sort((one, other) => one.text.localeCompare(other.text))
}

/** The text that a drop-down shows for its value. */
export function textOf(options: PickerOption[], key: string | undefined): string {
  return options.find(option => option.key === key)?.text ?? ''
}
