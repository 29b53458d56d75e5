import type { Usage } from '@azure/arm-compute'
import type { Estate, Resource } from '../../estate.ts'
import { ArmFailure } from '../../failure.ts'
import { normalizeLocation, regionNames } from '../../location.ts'
import type { PlannedResource, ResourceType } from '../../provider.ts'
import type { JsonObject } from '../../request.ts'
import { objectAt } from '../../request.ts'
import { serviceFailure } from '../lifecycle.ts'
import { askedSize, findSize } from './machine-sizes.ts'
import { machineVersions, namespace } from './namespace.ts'

const type = `${namespace}/locations/usages`

export const usages: ResourceType = {
  name: 'locations/usages',
  apiVersions: machineVersions,
  regions: regionNames,
  routes: [
    {
      type,
      apiVersions: machineVersions,
      method: 'GET',
      path: `/subscriptions/:subscription/providers/${namespace}/locations/:location/usages`,
      action: `${type}/read`,
      answer: ({ parameters }, estate) => ({
        status: 200,
        body: { value: usagesOf(normalizeLocation(parameters['location'] ?? ''), estate) },
      }),
    },
  ],
}

/** Refuses a machine, or a bigger size of one, for which its region has no vCPUs left. Throws an ArmFailure. */
export function checkCores(machine: PlannedResource, estate: Estate): void {
  const [sentence] = exceeded([machine], estate)
  if (sentence !== undefined) throw serviceFailure(409, 'OperationNotAllowed', sentence)
}

/**
 * What of a template is refused because its machines together want more vCPUs than their regions have left. A machine whose
 * properties wait for something that isn't there yet, `[reference(…)]`, is refused when it is its turn.
 */
export function preflightCores(machines: readonly PlannedResource[], estate: Estate): ArmFailure[] {
  const known = machines.filter(({ body }) => body['properties'] !== undefined)
  return exceeded(known, estate).map(message => new ArmFailure(400, { code: 'QuotaExceeded', message }))
}

/**
 * The vCPUs that a subscription has in a region, whatever their family. Azure's errors that people have published tell of
 * 4, 10 and 20; that it is 20 in every region is the sandbox's choice.
 */
const mostCores = 20

/** Azure's default; nobody reaches it with that many vCPUs. */
const mostMachines = 25_000

/** A sentence for each region whose quota would be exceeded. */
function exceeded(wanted: readonly PlannedResource[], estate: Estate): string[] {
  const regions = [...new Set(wanted.map(({ location }) => location))]
  return regions.flatMap(region => {
    const used = coresIn(machinesIn(region, estate))
    const required = sum(wanted.filter(({ location }) => location === region).map(one => additional(one, estate)))
    return required > 0 && used + required > mostCores ? [quotaExceeded(region, used, required)] : []
  })
}

/** What a machine needs beyond what it has already. */
function additional(wanted: PlannedResource, estate: Estate): number {
  const known = machinesIn(wanted.location, estate).find(({ id }) => id.toLowerCase() === wanted.id.toLowerCase())
  return coresOf(objectAt(wanted.body, 'properties')) - (known ? coresOf(known.properties) : 0)
}

/** Also those that are deallocated: they count, too (azure/virtual-machines/quotas). */
function machinesIn(region: string, estate: Estate): Resource[] {
  return [...estate.resources.values()].filter(
    ({ type, location, deletion }) => type === `${namespace}/virtualMachines` && location === region && !deletion,
  )
}

function coresIn(machines: readonly Resource[]): number {
  return sum(machines.map(({ properties }) => coresOf(properties)))
}

function coresOf(properties: JsonObject): number {
  return findSize(askedSize(properties))?.cores ?? 0
}

const quotaExceeded = (region: string, used: number, required: number) =>
  `Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - Deployment Model: Resource Manager, Location: ${region}, Current Limit: ${mostCores}, Current Usage: ${used}, Additional Required: ${required}, (Minimum) New Limit Required: ${used + required}. Submit a request for Quota increase at https://aka.ms/ProdportalCRP/#blade/Microsoft_Azure_Capacity/UsageAndQuota.ReactView. Please read more about quota limits at https://aka.ms/azure-quota`

function usagesOf(region: string, estate: Estate) {
  const machines = machinesIn(region, estate)
  return [
    {
      unit: 'Count',
      currentValue: coresIn(machines),
      limit: mostCores,
      name: { value: 'cores', localizedValue: 'Total Regional vCPUs' },
    },
    {
      unit: 'Count',
      currentValue: machines.length,
      limit: mostMachines,
      name: { value: 'virtualMachines', localizedValue: 'Virtual Machines' },
    },
  ] satisfies Usage[]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
