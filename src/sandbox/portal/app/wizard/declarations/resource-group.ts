import type { Declare } from '../declaration.ts'
import { checkGroupName } from '../names.ts'

/** "Create a resource group": no deployment page follows, only a notification (portal-facts.md §6). */
export const resourceGroup: Declare = traits => ({
  title: 'Create a resource group',
  frame: 'CreateResourceGroup.ReactView',
  tabs: [
    {
      id: 'basics',
      title: 'Basics',
      fields: [
        { kind: 'heading', text: 'Project details' },
        { kind: 'text', text: 'A resource group holds related resources. You decide what belongs together.' },
        { kind: 'subscription' },
        {
          kind: 'input',
          id: 'name',
          label: traits.groupName,
          required: true,
          info: 'Letters, digits, periods, underscores, hyphens and parentheses.',
          check: name => checkGroupName(name, []),
        },
        { kind: 'heading', text: 'Resource details' },
        { kind: 'region' },
      ],
    },
    { id: 'tags', title: 'Tags', fields: [{ kind: 'tags' }] },
  ],
  outcome: { type: 'group' },
})
