import type { Provider } from '../provider.ts'
import { createAuthorization } from './authorization.ts'
import { createRecoveryServices } from './recovery-services.ts'
import { createResources } from './resources.ts'

/** Every provider of the sandbox; a new one is a file here and a line in this list. */
export function createProviders(): Provider[] {
  return [createAuthorization(), createRecoveryServices(), createResources()]
}
