import type { Provider } from '../provider.ts'
import { createAuthorization } from './authorization/authorization.ts'
import { createCompute } from './compute/compute.ts'
import { createEdgeZones } from './edge-zones/edge-zones.ts'
import { createGenericProviders } from './generic.ts'
import { createNetwork } from './network/network.ts'
import { createRecoveryServices } from './recovery-services/recovery-services.ts'
import { createResources } from './resources/resources.ts'
import { createStorage } from './storage/storage.ts'

/** Every provider of the sandbox; a new one is a folder here and a line in this list. */
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
