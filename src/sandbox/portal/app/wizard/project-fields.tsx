import { useHost } from '../host.ts'
import { CreateNew } from './create-new.tsx'
import { useKit } from './kit-context.ts'
import { checkGroupName } from './names.ts'
import type { ChosenZone } from './answers.ts'
import type { Project } from './project.ts'
import { groupOptions, regionOptions, subscriptionOptions } from './project.ts'
import type { FormState } from './wizard.tsx'

/** Subscription, which is on every form. */
export function SubscriptionField({ project, state }: { project: Project; state: FormState }) {
  const { PickerField } = useKit()
  return (
    <PickerField
      label="Subscription"
      required
      info="All resources in a subscription are billed together."
      options={subscriptionOptions(project)}
      selected={project.subscriptions.selected}
      placeholder="Select a subscription"
      loading={project.subscriptions.loading}
      error={state.problemOf('subscription')}
      onPick={project.pickSubscription}
    />
  )
}

/** Resource group with "Create new": the group is made together with the resource (portal-facts.md §5.1). */
export function GroupField({ project, state }: { project: Project; state: FormState }) {
  const { PickerField } = useKit()
  const existing = project.groups.items.map(group => group.name)
  return (
    <PickerField
      label="Resource group"
      name="Create new or use existing Resource group"
      required
      nested
      info="A resource group is a collection of resources that share the same lifecycle, permissions, and policies."
      options={groupOptions(project)}
      selected={project.groups.selected}
      placeholder="Select a resource group"
      loading={project.groups.loading}
      error={state.problemOf('group')}
      onPick={project.pickGroup}
    >
      <CreateNew
        opener="Resource group: Create new"
        text="Create new"
        about="A resource group is a container that holds related resources for a solution."
        check={name => checkGroupName(name, existing)}
        onName={project.createGroup}
      />
    </PickerField>
  )
}

interface RegionFieldProps {
  project: Project
  state: FormState
  zone?: ChosenZone | undefined
  /** Where it is given, extended zones can be chosen (portal-facts.md §17.23). */
  onZone?(zone: ChosenZone | undefined): void
}

export function RegionField({ project, state, zone, onZone }: RegionFieldProps) {
  const { PickerField, LinkButton } = useKit()
  const { askPane } = useHost()
  const { subscriptions, locations } = project
  const options = regionOptions(project)
  const shown = options.map(option =>
    zone !== undefined && option.key === locations.selected
      ? { ...option, text: `${zone.displayName} (${option.text})` }
      : option,
  )
  const pickZone = async () => {
    const picked = await askPane({ type: 'extended-zones', subscription: subscriptions.selected ?? '' })
    if (!picked) return
    const { home = '', name = '', displayName = '' } = picked
    project.pickRegion(home)
    onZone?.({ name, displayName })
  }
  return (
    <PickerField
      label="Region"
      required
      nested={onZone !== undefined}
      info="Where the resource and its data are kept."
      options={shown}
      selected={locations.selected}
      placeholder="Select a region"
      loading={locations.loading}
      error={state.problemOf('region')}
      onPick={name => {
        onZone?.(undefined)
        project.pickRegion(name)
      }}
    >
      {onZone && (
        <div className="ext-create-new">
          <LinkButton text="Deploy to an Azure Extended Zone" onPress={() => void pickZone()} />
        </div>
      )}
    </PickerField>
  )
}
