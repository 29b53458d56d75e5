import { resourcesVersions } from '../../api-version.ts'
import { deploymentRoutes } from '../../deployment.ts'
import type { Provider } from '../../provider.ts'
import { tagNameRoutes } from '../../tag-name.ts'
import { tagRoutes } from '../../tag.ts'

/** Resource Manager's own namespace. */
export function createResources(): Provider {
  return {
    namespace: 'Microsoft.Resources',
    types: [
      { name: 'resourceGroups', apiVersions: resourcesVersions, regions: [] },
      { name: 'deployments', apiVersions: resourcesVersions, regions: [], routes: deploymentRoutes },
      { name: 'tags', apiVersions: resourcesVersions, regions: [], routes: [...tagRoutes, ...tagNameRoutes] },
    ],
  }
}
