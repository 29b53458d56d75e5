import type { SandboxClient } from '../sandbox-client.ts'

/**
 * What is in a subscription: resource groups, resources, locks, and backup items that were deleted softly. A vault that was
 * deleted empty is not among them: the service remembers it for 14 days by itself, and nobody can end that.
 *
 * @returns ids.
 */
export async function everythingIn(subscription: string, client: SandboxClient): Promise<string[]> {
  const root = `/subscriptions/${subscription}`
  const list = async (path: string, apiVersion: string) =>
    (await client.get<{ value: { id: string }[] }>(`${root}${path}`, apiVersion)).value.map(({ id }) => id)
  const [groups, resources, locks] = await Promise.all([
    list('/resourcegroups', '2021-04-01'),
    list('/resources', '2021-04-01'),
    list('/providers/Microsoft.Authorization/locks', '2016-09-01'),
  ])
  const vaults = resources.filter(id => /\/vaults\/[^/]+$/i.test(id))
  const items = await Promise.all(
    vaults.map(async id => {
      const { value } = await client.get<{ value: { id: string }[] }>(`${id}/backupProtectedItems`, '2023-02-01')
      return value.map(item => item.id)
    }),
  )
  return [...groups, ...resources, ...locks, ...items.flat()]
}
