import type { Provider } from '../../provider.ts'
import { genericTypes } from '../generic.ts'
import { createBackup } from './backup.ts'
import { createDeletedVaults } from './deleted-vaults.ts'
import { namespace } from './namespace.ts'
import { createVaults } from './vaults.ts'

/** Recovery Services vaults with their backups, and what is known of vaults that are gone. */
export function createRecoveryServices(): Provider {
  const deletedVaults = createDeletedVaults()
  return {
    namespace,
    types: [createVaults(createBackup(), deletedVaults), deletedVaults.type, ...genericTypes(namespace, others)],
  }
}

const others =
  'vaults/backupResourceGuardProxies vaults/privateEndpointConnections vaults/replicationFabrics vaults/replicationPolicies'
