import { useState } from 'react'
import { useHost } from '../host.ts'
import type { ResourceGroup } from '../resource-manager.ts'
import { useKit } from './kit-context.ts'
import { checkGroupName } from './names.ts'
import type { Project } from './project.ts'
import { regionOptions, subscriptionOptions, textOf, useProject } from './project.ts'
import { RegionField, SubscriptionField } from './project-fields.tsx'
import type { Tag } from './tags.tsx'
import { checkTags, describeTagList, TagsGrid, toRecord } from './tags.tsx'
import type { FormState, Problem } from './wizard.tsx'
import { Wizard } from './wizard.tsx'

/** "Create a resource group": no deployment page follows, only a notification (portal-facts.md §6). */
export function GroupWizard() {
  const { resourceManager, createGroup, setDirty, settings } = useHost()
  const project = useProject()
  const [name, setName] = useState('')
  const [tags, setTags] = useState<Tag[]>([])
  const { selected: subscription = '' } = project.subscriptions
  const { selected: location = '' } = project.locations
  const label = settings.era === '2024' ? 'Resource group' : 'Resource group name'

  const validate = async () => {
    const taken = await resourceManager.find<ResourceGroup>(`/subscriptions/${subscription}/resourceGroups/${name}`)
    return taken ? `A resource group with the name '${name}' already exists.` : undefined
  }

  return (
    <Wizard
      pages={[
        {
          id: 'basics',
          title: 'Basics',
          render: state => (
            <Basics
              {...{ project, state, label, name }}
              onName={value => {
                setDirty(true)
                setName(value)
              }}
            />
          ),
          review: [
            ['Subscription', textOf(subscriptionOptions(project), subscription)],
            [label, name],
            ['Region', textOf(regionOptions(project), location)],
          ],
        },
        {
          id: 'tags',
          title: 'Tags',
          render: () => (
            <TagsGrid
              tags={tags}
              onChange={next => {
                setDirty(true)
                setTags(next)
              }}
            />
          ),
          review: describeTagList(tags),
        },
      ]}
      problems={findProblems(name, tags, project)}
      validate={validate}
      create={() => createGroup({ subscription, name, location, tags: toRecord(tags) })}
    />
  )
}

interface BasicsProps {
  project: Project
  state: FormState
  label: string
  name: string
  onName(name: string): void
}

function Basics({ project, state, label, name, onName }: BasicsProps) {
  const { TextField } = useKit()
  return (
    <>
      <h2 className="ext-section">Project details</h2>
      <p>A resource group holds related resources. You decide what belongs together.</p>
      <SubscriptionField project={project} state={state} />
      <TextField
        label={label}
        required
        info="Letters, digits, periods, underscores, hyphens and parentheses."
        value={name}
        error={state.problemOf('name')}
        onChange={onName}
        onBlur={() => state.leave('name')}
      />
      <h2 className="ext-section">Resource details</h2>
      <RegionField project={project} state={state} />
    </>
  )
}

function findProblems(name: string, tags: Tag[], project: Project): Problem[] {
  const problems: Problem[] = []
  const existing = project.groups.items.map(group => group.name)
  const broken = checkGroupName(name, existing)
  if (broken) problems.push({ tab: 'basics', field: 'name', message: broken, kind: name === '' ? 'required' : 'rule' })
  if (!project.locations.selected) {
    problems.push({ tab: 'basics', field: 'region', message: 'The value must not be empty.', kind: 'required' })
  }
  const tagProblem = checkTags(tags)
  if (tagProblem) problems.push({ tab: 'tags', field: 'tags', message: tagProblem, kind: 'rule' })
  return problems
}
