import { useState } from 'react'
import { useKit } from './kit-context.ts'
import { checkGroupName } from './names.ts'
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

/** Resource group with "Create new": a callout that only notes a name; the group is made together with the resource (portal-facts.md §5.1). */
export function GroupField({ project, state }: { project: Project; state: FormState }) {
  const { PickerField, LinkButton } = useKit()
  const [opener, setOpener] = useState<HTMLElement>()
  const close = () => {
    opener?.focus()
    setOpener(undefined)
  }
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
      <div className="ext-create-new">
        <LinkButton name="Resource group: Create new" text="Create new" onPress={setOpener} />
        {opener && <NewGroup project={project} onClose={close} />}
      </div>
    </PickerField>
  )
}

function NewGroup({ project, onClose }: { project: Project; onClose(): void }) {
  const { Callout, CalloutButtons, TextField } = useKit()
  const [name, setName] = useState('')
  const [touched, setTouched] = useState(false)
  const problem = checkGroupName(
    name,
    project.groups.items.map(group => group.name),
  )
  const accept = () => {
    if (problem) return setTouched(true)
    project.createGroup(name)
    onClose()
  }
  return (
    <Callout onCancel={onClose}>
      <p>A resource group is a container that holds related resources for a solution.</p>
      <TextField
        label="Name"
        required
        autoFocus
        value={name}
        error={touched ? problem : undefined}
        onChange={value => {
          setTouched(true)
          setName(value)
        }}
        onEnter={accept}
      />
      <CalloutButtons valid={!problem} onOk={accept} onCancel={onClose} />
    </Callout>
  )
}

export function RegionField({ project, state }: { project: Project; state: FormState }) {
  const { PickerField } = useKit()
  return (
    <PickerField
      label="Region"
      required
      info="Where the resource and its data are kept."
      options={regionOptions(project)}
      selected={project.locations.selected}
      placeholder="Select a region"
      loading={project.locations.loading}
      error={state.problemOf('region')}
      onPick={project.pickRegion}
    />
  )
}
