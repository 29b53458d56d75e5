import { lockRoutes, lockVersions } from '../../lock.ts'
import type { Provider } from '../../provider.ts'
import { permissionRoutes, permissionVersions } from './permissions.ts'

/** Locks, and what the caller may do. The sandbox has no role assignments: its definition names who may do what. */
export function createAuthorization(): Provider {
  return {
    namespace: 'Microsoft.Authorization',
    types: [
      { name: 'locks', apiVersions: lockVersions, regions: [], routes: lockRoutes },
      { name: 'permissions', apiVersions: permissionVersions, regions: [], routes: permissionRoutes },
    ],
  }
}
