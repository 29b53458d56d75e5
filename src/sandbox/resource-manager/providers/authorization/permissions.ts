import type { Role } from '../../role.ts'
import type { Route } from '../../route.ts'

export const permissionVersions = ['2022-04-01', '2018-07-01', '2015-07-01']

/** What the built-in roles grant at the subscription (learn.microsoft.com/azure/role-based-access-control/built-in-roles). */
const granted: Record<Role, { actions: string[]; notActions: string[] }> = {
  Owner: { actions: ['*'], notActions: [] },
  Contributor: {
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
  },
  Reader: { actions: ['*/read'], notActions: [] },
}

/** What the caller's roles let it do: one entry for each. */
export const permissionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/:subscription/providers/Microsoft.Authorization/permissions',
    apiVersions: permissionVersions,
    action: 'Microsoft.Authorization/permissions/read',
    answer({ principal }, { roles }) {
      const role = roles.get(principal.objectId)
      const value = role ? [{ ...granted[role], dataActions: [], notDataActions: [] }] : []
      return { status: 200, body: { value } }
    },
  },
]
