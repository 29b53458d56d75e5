import type { Delays } from '../delays.ts'
import type { DeploymentOrder, GroupOrder, NamedResource, Task } from '../host.ts'
import type { Deployment, ResourceManager } from '../resource-manager.ts'
import { nameOf, ResourceManagerError } from '../resource-manager.ts'
import { typeTitle } from '../catalog.ts'
import type { Route } from '../route.ts'
import type { NotificationStore } from './notification-store.ts'

/** Long-running work that goes on while the person looks at something else, told by notifications (portal-facts.md §7, §8). */
export interface Operations {
  /** Creates a new group, then starts the deployment; resolves with the deployment's id. */
  deploy(order: DeploymentOrder): Promise<string>
  createGroup(order: GroupOrder): Promise<void>
  deleteGroup(id: string, name: string): Promise<void>
  deleteResource(id: string, name: string, type: string): Promise<void>
  /** Tells of all in one notification; what others still need is tried again once those are gone. */
  deleteSeveral(resources: readonly NamedResource[]): Promise<void>
  /** Resolves when it has ended: true when it succeeded. Why not is in a notification. */
  carryOut(task: Task): Promise<boolean>
  isFresh(id: string): boolean
}

interface Surroundings {
  resourceManager: ResourceManager
  delays: Delays
  notifications: NotificationStore
  /** Called when something was created, deleted or changed. */
  onChange(change: { type: 'created' | 'deleted' | 'changed'; id: string }): void
}

export function createOperations({ resourceManager, delays, notifications, onChange }: Surroundings): Operations {
  const freshUntil = new Map<string, number>()

  async function followDeployment(id: string, group: string, notification: number) {
    const name = nameOf(id)
    const deployment = await untilEnded(() => resourceManager.get<Deployment>(id))
    const { provisioningState, error, outputResources } = deployment.properties
    if (provisioningState !== 'Succeeded') {
      return notifications.update(notification, {
        status: 'error',
        title: 'Deployment failed',
        description: `Deployment '${name}' to resource group '${group}' failed. ${error?.message ?? ''}`.trim(),
        actions: [{ label: 'Go to deployment', route: { page: 'deployment', id, item: 'overview' } }],
      })
    }
    for (const resource of outputResources ?? []) {
      freshUntil.set(resource.id.toLowerCase(), Date.now() + delays.next('freshResource'))
      onChange({ type: 'created', id: resource.id })
    }
    notifications.update(notification, {
      status: 'success',
      title: 'Deployment succeeded',
      description: `Deployment '${name}' to resource group '${group}' was successful.`,
      actions: afterDeployment(deployment),
    })
  }

  async function untilEnded(read: () => Promise<Deployment>) {
    for (;;) {
      await delays.wait('poll')
      const deployment = await read()
      if (/^(Succeeded|Failed|Canceled)$/.test(deployment.properties.provisioningState)) return deployment
    }
  }

  async function carryOut({ change, soft, texts }: Task) {
    const notification = notifications.add({ status: 'progress', ...texts.running })
    try {
      const hasEnded = await resourceManager.start(change)
      while (!(await hasEnded())) await delays.wait('poll')
    } catch (error) {
      const description = `${texts.failed.description} ${describe(error)}`
      notifications.update(notification, { status: 'error', title: texts.failed.title, description })
      return false
    }
    notifications.update(notification, { status: 'success', ...texts.done })
    onChange({ type: change.method === 'DELETE' && !soft ? 'deleted' : 'changed', id: change.id })
    return true
  }

  const remove = async (id: string, texts: Task['texts']) =>
    void (await carryOut({ change: { method: 'DELETE', id }, texts }))

  return {
    async deploy({ subscription, group, deployment, template }) {
      const scope = `/subscriptions/${subscription}/resourceGroups/${group.name}`
      if (group.isNew) {
        await resourceManager.put(scope, { location: group.location })
        onChange({ type: 'created', id: scope })
      }
      const id = `${scope}/providers/Microsoft.Resources/deployments/${deployment}`
      try {
        await resourceManager.put(id, { properties: { mode: 'Incremental', template, parameters: {} } })
      } catch (error) {
        // A group of which nothing comes would be left half-made.
        if (group.isNew) {
          await resourceManager.start({ method: 'DELETE', id: scope }).catch(() => undefined)
          onChange({ type: 'deleted', id: scope })
        }
        throw error
      }
      const notification = notifications.add({
        status: 'progress',
        title: 'Deployment in progress...',
        description: `Deployment to resource group '${group.name}' is in progress.`,
        actions: [{ label: 'Go to deployment', route: { page: 'deployment', id, item: 'overview' } }],
      })
      followDeployment(id, group.name, notification).catch((error: unknown) =>
        notifications.update(notification, {
          status: 'error',
          title: 'Deployment failed',
          description: describe(error),
        }),
      )
      return id
    },

    async createGroup({ subscription, name, location, tags }) {
      const id = `/subscriptions/${subscription}/resourceGroups/${name}`
      await resourceManager.put(id, { location, tags })
      freshUntil.set(id.toLowerCase(), Date.now() + delays.next('freshResource'))
      notifications.add({
        status: 'success',
        title: 'Resource group created',
        description: `Resource group '${name}' was created.`,
        actions: [{ label: 'Go to resource group', route: { page: 'resource', id, item: 'overview' } }],
      })
      onChange({ type: 'created', id })
    },

    deleteGroup: (id, name) =>
      remove(id, {
        running: { title: `Deleting resource group ${name}`, description: `Deleting resource group '${name}'...` },
        done: {
          title: `Deleted resource group ${name}`,
          description: `Deleted resource group '${name}' successfully.`,
        },
        failed: {
          title: `Failed to delete resource group ${name}`,
          description: `Resource group '${name}' was not deleted.`,
        },
      }),

    deleteResource(id, name, type) {
      const kind = typeTitle(type).replace(/^./, letter => letter.toLowerCase())
      return remove(id, {
        running: { title: `Deleting ${kind}`, description: `Deleting ${kind} '${name}'...` },
        done: { title: `Deleted ${kind}`, description: `Successfully deleted ${kind} '${name}'.` },
        failed: { title: `Failed to delete ${kind}`, description: `The ${kind} '${name}' was not deleted.` },
      })
    },

    async deleteSeveral(resources) {
      const count = countResources(resources.length)
      const notification = notifications.add({
        status: 'progress',
        title: `Deleting ${count}`,
        description: `Deleting ${resources.map(({ name }) => `'${name}'`).join(', ')}...`,
      })
      let left = [...resources]
      let refusals: string[] = []
      for (let before = Infinity; left.length > 0 && left.length < before;) {
        before = left.length
        refusals = []
        const refused: NamedResource[] = []
        for (const resource of left) {
          try {
            const hasEnded = await resourceManager.start({ method: 'DELETE', id: resource.id })
            while (!(await hasEnded())) await delays.wait('poll')
            onChange({ type: 'deleted', id: resource.id })
          } catch (error) {
            refused.push(resource)
            refusals.push(`'${resource.name}': ${describe(error)}`)
          }
        }
        left = refused
      }
      notifications.update(
        notification,
        left.length === 0
          ? { status: 'success', title: `Deleted ${count}`, description: `Successfully deleted ${count}.` }
          : {
              status: 'error',
              title: `Failed to delete ${left.length} of ${count}`,
              description: refusals.join(' '),
            },
      )
    },

    carryOut,

    isFresh: id => (freshUntil.get(id.toLowerCase()) ?? 0) > Date.now(),
  }
}

function afterDeployment({ properties }: Deployment): { label: string; route: Route }[] {
  const [first] = properties.outputResources ?? []
  return first ? [{ label: 'Go to resource', route: { page: 'resource', id: first.id, item: 'overview' } }] : []
}

const countResources = (count: number) => (count === 1 ? '1 resource' : `${count} resources`)

function describe(error: unknown) {
  if (error instanceof ResourceManagerError) return `${error.message} (Code: ${error.code})`
  return error instanceof Error ? error.message : String(error)
}
