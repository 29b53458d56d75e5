import { useState } from 'react'
import { useHost } from '../host.ts'
import type { Resource } from '../resource-manager.ts'
import { useKit } from './kit-context.ts'
import type { Project } from './project.ts'
import { groupOptions, regionOptions, subscriptionOptions, textOf, useProject } from './project.ts'
import { GroupField, RegionField, SubscriptionField } from './project-fields.tsx'
import { describeTagList, TagsGrid } from './tags.tsx'
import type { VaultForm } from './vault-form.ts'
import { findVaultProblems, initialVault, publicAccesses, redundancies, writeVaultTemplate } from './vault-form.ts'
import type { FormState, WizardPage } from './wizard.tsx'
import { Wizard } from './wizard.tsx'

/** "Create Recovery Services vault" (portal-facts.md §6). */
export function VaultWizard() {
  const { resourceManager, deploy, setDirty } = useHost()
  const project = useProject()
  const [form, setForm] = useState(initialVault)
  const change = (part: Partial<VaultForm>) => {
    setDirty(true)
    setForm({ ...form, ...part })
  }
  const { selected: subscription = '' } = project.subscriptions
  const { selected: group = '' } = project.groups
  const { selected: region = '' } = project.locations
  const isNew = group === project.newGroup

  const validate = async () => {
    if (isNew) return undefined
    const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.RecoveryServices/vaults/${form.name}`
    const taken = await resourceManager.find<Resource>(id)
    return taken ? `The vault name '${form.name}' is already in use in resource group '${group}'.` : undefined
  }
  const create = () =>
    deploy({
      subscription,
      group: { name: group, isNew, location: region },
      deployment: `Microsoft.RecoveryServicesV2-${timestamp(new Date())}`,
      template: writeVaultTemplate(form, region),
    })

  const part = { form, project, change }
  return (
    <Wizard
      pages={[basics(part), redundancy(part), properties(part), networking(part), tagsPage(part)]}
      problems={findVaultProblems(form, project)}
      validate={validate}
      create={create}
    />
  )
}

interface Part {
  form: VaultForm
  project: Project
  change(part: Partial<VaultForm>): void
}

function basics(part: Part): WizardPage {
  const { form, project } = part
  return {
    id: 'basics',
    title: 'Basics',
    render: state => <Basics {...part} state={state} />,
    review: [
      ['Subscription', textOf(subscriptionOptions(project), project.subscriptions.selected)],
      ['Resource group', textOf(groupOptions(project), project.groups.selected)],
      ['Vault name', form.name],
      ['Region', textOf(regionOptions(project), project.locations.selected)],
    ],
  }
}

function Basics({ form, project, change, state }: Part & { state: FormState }) {
  const { TextField } = useKit()
  return (
    <>
      <h2 className="ext-section">Project details</h2>
      <p>Choose the subscription and the resource group in which you want to create the vault.</p>
      <SubscriptionField project={project} state={state} />
      <GroupField project={project} state={state} />
      <h2 className="ext-section">Instance details</h2>
      <TextField
        label="Vault name"
        required
        info="2 to 50 characters: letters, digits and hyphens, beginning with a letter."
        placeholder="Enter the name for your vault."
        value={form.name}
        error={state.problemOf('name')}
        onChange={name => change({ name })}
        onBlur={() => state.leave('name')}
      />
      <RegionField project={project} state={state} />
    </>
  )
}

function redundancy(part: Part): WizardPage {
  const { form } = part
  return {
    id: 'redundancy',
    title: 'Redundancy',
    render: () => <Redundancy {...part} />,
    review: [
      ['Backup Storage Redundancy', textOf(redundancies, form.redundancy)],
      ['Cross Region Restore', form.crossRegionRestore ? 'Enabled' : 'Disabled'],
    ],
  }
}

function Redundancy({ form, change }: Part) {
  const { RadioField } = useKit()
  return (
    <>
      <p>The redundancy of backup storage can be changed only until something is protected in the vault.</p>
      <RadioField
        label="Backup Storage Redundancy"
        info="How many copies of the recovery points are kept, and where."
        options={redundancies}
        selected={form.redundancy}
        onPick={key => change({ redundancy: key, ...(key === 'GeoRedundant' ? {} : { crossRegionRestore: false }) })}
      />
      {form.redundancy === 'GeoRedundant' && (
        <RadioField
          label="Cross Region Restore"
          info="Lets you restore in the paired region at any time."
          options={[
            { key: 'Enabled', text: 'Enable' },
            { key: 'Disabled', text: 'Disable' },
          ]}
          selected={form.crossRegionRestore ? 'Enabled' : 'Disabled'}
          onPick={key => change({ crossRegionRestore: key === 'Enabled' })}
        />
      )}
    </>
  )
}

function properties(part: Part): WizardPage {
  return {
    id: 'properties',
    title: 'Vault properties',
    render: () => <Properties {...part} />,
    review: [['Immutability', part.form.immutability ? 'Enabled' : 'Disabled']],
  }
}

function Properties({ form, change }: Part) {
  const { CheckField } = useKit()
  return (
    <>
      <h2 className="ext-section">Immutability</h2>
      <p>An immutable vault refuses operations that would lose recovery points.</p>
      <CheckField
        label="Enable immutability"
        info="It can be made irreversible later."
        checked={form.immutability}
        onChange={immutability => change({ immutability })}
      />
    </>
  )
}

function networking(part: Part): WizardPage {
  return {
    id: 'networking',
    title: 'Networking',
    render: () => <Networking {...part} />,
    review: [['Connectivity method', textOf(publicAccesses, part.form.publicAccess)]],
  }
}

function Networking({ form, change }: Part) {
  const { RadioField } = useKit()
  return (
    <>
      <h2 className="ext-section">Network connectivity</h2>
      <RadioField
        label="Connectivity method"
        info="Whether the vault can be reached from public networks."
        options={publicAccesses}
        selected={form.publicAccess}
        onPick={publicAccess => change({ publicAccess })}
      />
    </>
  )
}

function tagsPage({ form, change }: Part): WizardPage {
  return {
    id: 'tags',
    title: 'Tags',
    render: () => <TagsGrid tags={form.tags} onChange={tags => change({ tags })} />,
    review: describeTagList(form.tags),
  }
}

/** 20260112153045 */
function timestamp(now: Date) {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  return local.toISOString().replace(/\D/g, '').slice(0, 14)
}
