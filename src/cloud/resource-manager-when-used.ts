import type { CloudDefinition } from './definition.ts'
import { openResourceManager, type Conversation, type ResourceManager } from './resource-manager.ts'

/**
 * A Resource Manager that is opened when it is first asked for something: Azure's packages take half a second to load, and
 * what is done in a browser before need not wait for them. `prepare` opens it at a moment when there is time; where that
 * fails, the first one who asks hears of it.
 */
export function resourceManagerWhenUsed(
  cloud: CloudDefinition,
  conversation: Conversation,
): { manager: ResourceManager; prepare: () => Promise<void> } {
  let opened: Promise<ResourceManager> | undefined
  const open = () => (opened ??= openResourceManager(cloud, conversation))
  const known = { subscriptionId: cloud.subscription ?? '' }
  const manager = new Proxy(known, {
    get(target, name) {
      // A promise that is given this must not take it for another promise.
      if (name === 'then') return undefined
      if (name in target) return Reflect.get(target, name) as unknown
      return async (...wanted: unknown[]) => {
        const real = await open()
        return (Reflect.get(real, name) as (...wanted: unknown[]) => unknown)(...wanted)
      }
    },
  }) as ResourceManager
  return {
    manager,
    async prepare() {
      await open().catch(() => undefined)
    },
  }
}
