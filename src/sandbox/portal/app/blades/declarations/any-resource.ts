import { deleteCommand, describePlace, refreshCommand } from '../common.ts'
import type { ResourceDeclaration } from '../declaration.ts'

/** A type that has no declaration of its own. */
export const anyResource: ResourceDeclaration = {
  menu: () => ({ Settings: ['Properties', 'Locks'] }),
  blades: {
    overview: {
      kind: 'overview',
      async read(resource, scope) {
        const { group, location, subscription, subscriptionId, tags } = await describePlace(resource, scope)
        return {
          commands: [deleteCommand(scope), refreshCommand(scope)],
          facts: [group, location, subscription, subscriptionId, tags],
        }
      },
    },
  },
}
