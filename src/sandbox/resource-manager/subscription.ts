import { subscriptionsVersions } from './api-version.ts'
import type { Estate } from './estate.ts'
import { describeExtendedZone, describeRegion, extendedZones, regions } from './location.ts'
import type { ArmAnswer, ArmRequest } from './request.ts'
import type { Route } from './route.ts'

const common = {
  apiVersions: subscriptionsVersions,
  method: 'GET',
} as const

/** The subscriptions, their tenant and the regions they may use. */
export const subscriptionRoutes: readonly Route[] = [
  {
    ...common,
    path: '/subscriptions',
    action: 'Microsoft.Resources/subscriptions/read',
    answer(request, estate) {
      const value = listSubscriptions(request, estate)
      return { status: 200, body: { value, count: { type: 'Total', value: value.length } } }
    },
  },
  {
    ...common,
    path: '/subscriptions/:subscription',
    action: 'Microsoft.Resources/subscriptions/read',
    answer: (_request, estate) => ({ status: 200, body: describeSubscription(estate) }),
  },
  {
    ...common,
    path: '/subscriptions/:subscription/locations',
    action: 'Microsoft.Resources/subscriptions/locations/read',
    answer: listLocations,
  },
  {
    ...common,
    path: '/tenants',
    action: 'Microsoft.Resources/tenants/read',
    answer: (_request, { tenant }) => ({
      status: 200,
      body: { value: [{ id: `/tenants/${tenant}`, tenantId: tenant, countryCode: 'US', tenantCategory: 'Home' }] },
    }),
  },
]

/** Those in which the caller has a role: the others are not there for them. */
function listSubscriptions({ principal }: ArmRequest, { estates }: Estate) {
  return estates.filter(({ roles }) => roles.has(principal.objectId)).map(describeSubscription)
}

function describeSubscription({ subscription, subscriptionName, tenant }: Estate) {
  return {
    id: `/subscriptions/${subscription}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: subscription,
    tenantId: tenant,
    displayName: subscriptionName,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  }
}

function listLocations(request: ArmRequest, { subscription }: Estate): ArmAnswer {
  const extended = request.query('includeExtendedLocations') === 'true' ? extendedZones : []
  return {
    status: 200,
    body: {
      value: [
        ...regions.map(region => describeRegion(region, subscription)),
        ...extended.map(zone => describeExtendedZone(zone, subscription)),
      ],
    },
  }
}
