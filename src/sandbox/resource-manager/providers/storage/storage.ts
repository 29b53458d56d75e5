import type { Provider } from '../../provider.ts'
import { nameAvailability } from './name-availability.ts'
import { namespace } from './namespace.ts'
import { storageAccounts } from './storage-accounts.ts'

export function createStorage(): Provider {
  return { namespace, types: [storageAccounts, nameAvailability] }
}
