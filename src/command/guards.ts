import type { Allowed, CloudDefinition } from '../cloud/definition.ts'
import type { ExpectedResource, Plan, Refusal } from '../plan/plan.ts'
import { costs, type Cost, type ResourceType } from '../plan/resource-type.ts'
import { UserError } from './user-error.ts'

/** What a run may use: the configuration's limits and the cloud definition's, both of which hold. */
export interface Guards {
  allow: readonly Allowed[]
  maxCost: Cost | undefined
}

/** The limits of a run. Without a word on costs, a real cloud is spared what is expensive. */
export function guardsOf(
  cloud: CloudDefinition,
  { allow, maxCost }: { allow?: Allowed | undefined; maxCost?: Cost | undefined },
): Guards {
  return {
    allow: [allow, cloud.allow].filter(each => each !== undefined),
    maxCost: maxCost ?? (cloud.rehearsal ? undefined : 'medium'),
  }
}

/** @throws UserError where the tenant or the subscription is not among those that a run may use. */
export function guardCloud({ name, tenant, subscription }: CloudDefinition, { allow }: Guards): void {
  for (const { tenants, subscriptions } of allow) {
    refuseOther('tenant', tenant, tenants, name)
    refuseOther('subscription', subscription, subscriptions, name)
  }
}

/** @throws UserError where the subscription turns out to be in another tenant than the cloud names by its id. */
export function guardTenant({ tenant, subscription }: CloudDefinition, found: string | undefined): void {
  if (!tenant || !found || !isTenantId(tenant) || tenant.toLowerCase() === found.toLowerCase()) return
  throw new UserError(
    `The subscription ${subscription} is in the tenant ${found}, not in ${tenant}.`,
    'Correct AZURE_TENANT_ID or AZURE_SUBSCRIPTION_ID, or `tenant` or `subscription` of the cloud definition.',
  )
}

/** A tenant may also be named by its domain, which Resource Manager does not tell. */
function isTenantId(tenant: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant)
}

/** A plan with a refusal for each resource that would be in a region, or cost more, than a run may. */
export function guardPlan(plan: Plan, guards: Guards, resourceTypes: readonly ResourceType[]): Plan {
  const { resources } = plan
  const refusals = resources.flatMap(resource => {
    const type = resourceTypes.find(each => each.type.toLowerCase() === resource.type.toLowerCase())
    return [...regionRefusals(resource, guards, type), ...costRefusals(resource, guards, type)]
  })
  return refusals.length === 0 ? plan : { ...plan, refusals: [...plan.refusals, ...refusals] }
}

function refuseOther(what: string, used: string | undefined, allowed: readonly string[] | undefined, cloud: string) {
  if (allowed === undefined || allowed.some(each => each.toLowerCase() === used?.toLowerCase())) return
  throw new UserError(
    used === undefined
      ? `The cloud '${cloud}' names no ${what}, and only ${list(allowed)} may be used.`
      : `The ${what} ${used} of the cloud '${cloud}' may not be used: only ${list(allowed)}.`,
    `Use another ${what}, or add it to \`allow.${what}s\` of the configuration or the cloud definition.`,
  )
}

function regionRefusals(
  { type, name, location, resourceGroup, place }: ExpectedResource,
  { allow }: Guards,
  known: ResourceType | undefined,
): Refusal[] {
  // Of what a template or a command makes, only the file of its type tells whether it has a region at all.
  const placed = known ? known.location !== undefined : resourceGroup === undefined
  return allow.flatMap(({ regions }): Refusal[] => {
    if (regions === undefined || (location === undefined && !placed)) return []
    if (location === undefined)
      return [
        {
          rule: 'region-unknown',
          message: `${type} '${name}' would be made in a region that the article leaves to the portal, and only ${list(regions)} may be used.`,
          remedy: `Give the region in the runbook: \`answers: { ${known?.location?.[0] ?? 'Region'}: … }\`.`,
          place,
        },
      ]
    if (regions.some(region => plainRegion(region) === plainRegion(location.value))) return []
    return [
      {
        rule: 'region-not-allowed',
        message: `${type} '${name}' would be made in ${location.value}, and only ${list(regions)} may be used.`,
        remedy:
          'Give another region in the runbook, or add it to `allow.regions` of the configuration or the cloud definition.',
        place: location.place,
        said: location.value,
      },
    ]
  })
}

/** > `(US) West US` and `westus` are one region. */
function plainRegion(region: string): string {
  return region
    .replace(/^\([^)]*\)/, '')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase()
}

function costRefusals(
  { type, name, place }: ExpectedResource,
  { maxCost }: Guards,
  known: ResourceType | undefined,
): Refusal[] {
  const cost = known?.cost ?? 'medium'
  if (maxCost === undefined || costs.indexOf(cost) <= costs.indexOf(maxCost)) return []
  return [
    {
      rule: 'cost-not-allowed',
      message: `${type} '${name}' is of the cost class ${cost}, and a run may make what is ${maxCost} at most.`,
      remedy: `Say --max-cost ${cost} (or \`maxCost: ${cost}\` in the configuration) if it may cost that much.`,
      place,
    },
  ]
}

function list(names: readonly string[]): string {
  return names.join(', ')
}
