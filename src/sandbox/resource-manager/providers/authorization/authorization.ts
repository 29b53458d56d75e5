import { lockRoutes, lockVersions } from '../../lock.ts'
import type { Provider } from '../../provider.ts'

/** Locks. The sandbox has no role assignments: whoever its definition names may do everything. */
export function createAuthorization(): Provider {
  return {
    namespace: 'Microsoft.Authorization',
    types: [{ name: 'locks', apiVersions: lockVersions, regions: [], routes: lockRoutes }],
  }
}
