import type { Provider } from '../provider.ts'
import { createAuthorization } from './authorization.ts'
import { createCompute } from './compute.ts'
import { createEdgeZones } from './edge-zones.ts'
import { createGenericProviders } from './generic.ts'
import { createNetwork } from './network.ts'
import { createRecoveryServices } from './recovery-services.ts'
import { createResources } from './resources.ts'
import { createStorage } from './storage.ts'

/** Every provider of the sandbox; a new one is a file here and a line in this list. */
export function createProviders(): Provider[] {
  return [
    createAuthorization(),
    createCompute(),
    createEdgeZones(),
    createNetwork(),
    createRecoveryServices(),
    createResources(),
    createStorage(),
    ...createGenericProviders(),
  ].toSorted((a, b) => a.namespace.localeCompare(b.namespace))
}
