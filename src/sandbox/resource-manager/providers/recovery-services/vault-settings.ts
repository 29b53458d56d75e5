import type { BackupResourceConfig, BackupResourceVaultConfig } from '@azure/arm-recoveryservicesbackup'
import type { Estate, Resource } from '../../estate.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import type { Route } from '../../route.ts'
import { mergePatch } from '../../merge-patch.ts'
import { vaultFailure } from './failure.ts'
import { apiVersions, namespace } from './namespace.ts'

const type = `${namespace}/vaults`
const vaultPath = `/subscriptions/:subscription/resourcegroups/:group/providers/${type}/:name`

/** One of the two settings of a vault that az reads and writes (azure-facts.md §4.5): they show what the vault itself says. */
interface Setting {
  path: string
  read(vault: Resource, used: boolean): JsonObject
  /** What of the vault's properties changes. Throws an ArmFailure. */
  write(asked: JsonObject, used: boolean): JsonObject
}

const softDelete: Setting = {
  path: 'backupconfig/vaultconfig',
  read({ properties }) {
    const security = objectAt(objectAt(properties, 'securitySettings'), 'softDeleteSettings')
    const state = textAt(security, 'softDeleteState') ?? 'Enabled'
    return {
      enhancedSecurityState: textAt(security, 'enhancedSecurityState') === 'Disabled' ? 'Disabled' : 'Enabled',
      softDeleteFeatureState: state === 'AlwaysON' ? 'Enabled' : state,
      softDeleteRetentionPeriodInDays: Number(security['softDeleteRetentionPeriodInDays'] ?? 14),
    } satisfies BackupResourceVaultConfig
  },
  write(asked) {
    const state = textAt(asked, 'softDeleteFeatureState')
    if (state !== undefined && !['Enabled', 'Disabled', 'AlwaysON'].includes(state))
      throw vaultFailure('BMSUserErrorInvalidInput', `The soft delete state '${state}' is not valid.`)
    const enhanced = textAt(asked, 'enhancedSecurityState')
    const days = asked['softDeleteRetentionPeriodInDays']
    return {
      securitySettings: {
        softDeleteSettings: {
          ...(state === undefined ? {} : { softDeleteState: state }),
          ...(enhanced === undefined ? {} : { enhancedSecurityState: enhanced }),
          ...(days === undefined ? {} : { softDeleteRetentionPeriodInDays: days }),
        },
      },
    }
  },
}

const redundancies = ['GeoRedundant', 'LocallyRedundant', 'ZoneRedundant']

const storage: Setting = {
  path: 'backupstorageconfig/vaultstorageconfig',
  read({ properties }, used) {
    const settings = objectAt(properties, 'redundancySettings')
    const redundancy = textAt(settings, 'standardTierStorageRedundancy') ?? 'GeoRedundant'
    return {
      storageModelType: redundancy,
      storageType: redundancy,
      storageTypeState: used ? 'Locked' : 'Unlocked',
      crossRegionRestoreFlag: settings['crossRegionRestore'] === 'Enabled',
    } satisfies BackupResourceConfig
  },
  write(asked, used) {
    const redundancy = textAt(asked, 'storageModelType') ?? textAt(asked, 'storageType')
    if (redundancy !== undefined && !redundancies.includes(redundancy))
      throw vaultFailure(
        'BMSUserErrorInvalidInput',
        `The storage redundancy '${redundancy}' is not one of '${redundancies.join(', ')}'.`,
      )
    if (used && redundancy !== undefined)
      throw vaultFailure(
        'BMSUserErrorStorageTypeLocked',
        'The storage redundancy of a vault can be changed only before something is protected in it.',
      )
    const restore = asked['crossRegionRestoreFlag']
    return {
      redundancySettings: {
        ...(redundancy === undefined ? {} : { standardTierStorageRedundancy: redundancy }),
        ...(typeof restore === 'boolean' ? { crossRegionRestore: restore ? 'Enabled' : 'Disabled' } : {}),
      },
    }
  },
}

/** `isUsed` says whether a vault protects something. The words of refusals are the sandbox's own. */
export function vaultSettingRoutes({
  vaultOf,
  isUsed,
}: {
  vaultOf(request: ArmRequest, estate: Estate): Resource
  isUsed(vault: Resource): boolean
}): Route[] {
  return [softDelete, storage].flatMap(({ path, read, write }): Route[] => {
    const [kind = '', name = ''] = path.split('/')
    const show = (vault: Resource): ArmAnswer => ({
      status: 200,
      body: { id: `${vault.id}/${path}`, name, type: `${type}/${kind}`, properties: read(vault, isUsed(vault)) },
    })
    const common = { type, apiVersions, path: `${vaultPath}/${path}` }
    return [
      {
        ...common,
        method: 'GET',
        action: `${type}/${kind}/read`,
        answer: (request, estate) => show(vaultOf(request, estate)),
      },
      ...(['PUT', 'PATCH'] as const).map((method): Route => ({
        ...common,
        method,
        action: `${type}/${kind}/write`,
        answer(request, estate) {
          const vault = vaultOf(request, estate)
          const changed = write(objectAt(request.body, 'properties'), isUsed(vault))
          vault.properties = mergePatch(vault.properties, changed)
          return show(vault)
        },
      })),
    ]
  })
}
