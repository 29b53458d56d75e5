import type {
  AzureIaaSVMProtectionPolicy,
  AzureVmWorkloadProtectionPolicy,
  LongTermRetentionPolicy,
} from '@azure/arm-recoveryservicesbackup'
import type { Estate, Resource } from '../../estate.ts'
import { ArmFailure } from '../../failure.ts'
import { resourceNotFound } from '../../failures.ts'
import { readFilter } from '../../filter.ts'
import { page } from '../../paging.ts'
import type { ArmRequest, JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import type { Route } from '../../route.ts'
import type { Wire } from '../wire.ts'
import { vaultFailure } from './failure.ts'
import { apiVersions, namespace } from './namespace.ts'

const type = `${namespace}/vaults`
const policyType = `${type}/backupPolicies`

export interface Policies {
  routes: readonly Route[]
  /** Whether a vault has the policy of that id. */
  has(vault: Resource, id: string): boolean
}

/**
 * The backup policies of vaults: three that are there from the start, Standard and Enhanced ones beside them. How often they
 * back up and how long that is kept is checked;
 * one that protects items can't be deleted.
 */
export function createPolicies({
  vaultOf,
  itemsOf,
}: {
  vaultOf(request: ArmRequest, estate: Estate): Resource
  /** How many items a policy protects. */
  itemsOf(policy: string): number
}): Policies {
  const known = new WeakMap<Resource, Map<string, { name: string; properties: JsonObject }>>()
  const policiesOf = (vault: Resource) => {
    const own = known.get(vault) ?? new Map(firstPolicies.map(one => [one.name.toLowerCase(), one]))
    known.set(vault, own)
    return own
  }
  const describe = (vault: Resource, { name, properties }: { name: string; properties: JsonObject }): JsonObject => ({
    id: `${vault.id}/backupPolicies/${name}`,
    name,
    type: policyType,
    properties: { ...properties, protectedItemsCount: itemsOf(`${vault.id}/backupPolicies/${name}`) },
  })
  const all = `/subscriptions/:subscription/resourcegroups/:group/providers/${type}/:name/backupPolicies`
  const one = `${all}/:policy`
  const common = { type, apiVersions }
  const find = (request: ArmRequest, estate: Estate) => {
    const vault = vaultOf(request, estate)
    return { vault, policy: policiesOf(vault).get((request.parameters['policy'] ?? '').toLowerCase()) }
  }

  return {
    has: (vault, id) =>
      [...policiesOf(vault).values()].some(
        ({ name }) => id.toLowerCase() === `${vault.id}/backupPolicies/${name}`.toLowerCase(),
      ),
    routes: [
      {
        ...common,
        method: 'GET',
        path: all,
        action: `${policyType}/read`,
        answer(request, estate) {
          const vault = vaultOf(request, estate)
          const management = readFilter(request.query('$filter')).get('backupmanagementtype')
          const found = [...policiesOf(vault).values()].filter(
            ({ properties }) => management === undefined || properties['backupManagementType'] === management,
          )
          return page(
            request,
            found.map(policy => describe(vault, policy)),
          )
        },
      },
      {
        ...common,
        method: 'GET',
        path: one,
        action: `${policyType}/read`,
        answer(request, estate) {
          const { vault, policy } = find(request, estate)
          if (!policy) throw notFound(request)
          return { status: 200, body: describe(vault, policy) }
        },
      },
      {
        ...common,
        method: 'PUT',
        path: one,
        action: `${policyType}/write`,
        answer(request, estate) {
          const { vault, policy } = find(request, estate)
          const name = policy?.name ?? request.parameters['policy'] ?? ''
          const properties = objectAt(request.body, 'properties')
          checkPolicy(name, properties)
          const made = { name, properties: { timeZone: 'UTC', policyType: 'V1', ...properties } }
          policiesOf(vault).set(name.toLowerCase(), made)
          return { status: 200, body: describe(vault, made) }
        },
      },
      {
        ...common,
        method: 'DELETE',
        path: one,
        action: `${policyType}/delete`,
        answer(request, estate) {
          const { vault, policy } = find(request, estate)
          if (!policy) return { status: 204 }
          if (itemsOf(`${vault.id}/backupPolicies/${policy.name}`) > 0)
            throw vaultFailure(
              'BMSUserErrorPolicyInUse',
              `The backup policy '${policy.name}' protects items. Stop their protection or give them another policy first.`,
            )
          policiesOf(vault).delete(policy.name.toLowerCase())
          return { status: 200 }
        },
      },
    ],
  }
}

function notFound({ parameters }: ArmRequest): ArmFailure {
  return resourceNotFound(
    policyType,
    `${parameters['name'] ?? ''}/${parameters['policy'] ?? ''}`,
    parameters['group'] ?? '',
  )
}

/** The words are the sandbox's own; the limits are those of the portal's form (learn.microsoft.com, Azure VM backup support matrix). */
function checkPolicy(name: string, properties: JsonObject) {
  const refuse = (message: string) => vaultFailure('BMSUserErrorInvalidPolicyInput', message)
  if (!/^[A-Za-z][A-Za-z0-9-]{2,149}$/.test(name))
    throw refuse(
      `The policy name '${name}' is invalid. It has 3 to 150 letters, digits and hyphens and starts with a letter.`,
    )
  if (textAt(properties, 'backupManagementType') === undefined) throw refuse("'backupManagementType' is required.")
  if (properties['backupManagementType'] !== 'AzureIaasVM') return
  const schedule = objectAt(properties, 'schedulePolicy')
  if (textAt(schedule, 'schedulePolicyType') === undefined) throw refuse("'schedulePolicy' is required.")
  if (textAt(objectAt(properties, 'retentionPolicy'), 'retentionPolicyType') === undefined)
    throw refuse("'retentionPolicy' is required.")
  const enhanced = properties['policyType'] === 'V2'
  const hourly = textAt(schedule, 'scheduleRunFrequency') === 'Hourly'
  if (hourly && !enhanced) throw refuse('Only an Enhanced policy (policyType V2) backs up every few hours.')
  const instant = properties['instantRpRetentionRangeInDays']
  const most = enhanced ? 30 : 5
  if (instant !== undefined && !(Number(instant) >= 1 && Number(instant) <= most))
    throw refuse(`'instantRpRetentionRangeInDays' is from 1 to ${most}, not ${String(instant)}.`)
}

const retention = {
  retentionPolicyType: 'LongTermRetentionPolicy',
  dailySchedule: {
    retentionTimes: ['2026-01-01T19:30:00Z'],
    retentionDuration: { count: 30, durationType: 'Days' },
  },
} satisfies Wire<LongTermRetentionPolicy>

const firstPolicies: readonly { name: string; properties: JsonObject }[] = [
  {
    name: 'DefaultPolicy',
    properties: {
      backupManagementType: 'AzureIaasVM',
      policyType: 'V1',
      schedulePolicy: {
        schedulePolicyType: 'SimpleSchedulePolicy',
        scheduleRunFrequency: 'Daily',
        scheduleRunTimes: ['2026-01-01T19:30:00Z'],
      },
      retentionPolicy: retention,
      instantRpRetentionRangeInDays: 2,
      timeZone: 'UTC',
    } satisfies Wire<AzureIaaSVMProtectionPolicy>,
  },
  {
    name: 'EnhancedPolicy',
    properties: {
      backupManagementType: 'AzureIaasVM',
      policyType: 'V2',
      schedulePolicy: {
        schedulePolicyType: 'SimpleSchedulePolicyV2',
        scheduleRunFrequency: 'Hourly',
        hourlySchedule: { interval: 4, scheduleWindowStartTime: '2026-01-01T08:00:00Z', scheduleWindowDuration: 12 },
      },
      retentionPolicy: retention,
      instantRpRetentionRangeInDays: 2,
      timeZone: 'UTC',
    } satisfies Wire<AzureIaaSVMProtectionPolicy>,
  },
  {
    name: 'HourlyLogBackup',
    properties: {
      backupManagementType: 'AzureWorkload',
      workLoadType: 'SQLDataBase',
      settings: { timeZone: 'UTC', issqlcompression: false, isCompression: false },
      subProtectionPolicy: [
        {
          policyType: 'Full',
          schedulePolicy: {
            schedulePolicyType: 'SimpleSchedulePolicy',
            scheduleRunFrequency: 'Daily',
            scheduleRunTimes: ['2026-01-01T19:30:00Z'],
          },
          retentionPolicy: retention,
        },
        {
          policyType: 'Log',
          schedulePolicy: { schedulePolicyType: 'LogSchedulePolicy', scheduleFrequencyInMins: 60 },
          retentionPolicy: {
            retentionPolicyType: 'SimpleRetentionPolicy',
            retentionDuration: { count: 30, durationType: 'Days' },
          },
        },
      ],
    } satisfies Wire<AzureVmWorkloadProtectionPolicy>,
  },
]
