import { resourceNotFound } from '../../failures.ts'
import { extendedZones, type ExtendedZone } from '../../location.ts'
import { page } from '../../paging.ts'
import type { Provider } from '../../provider.ts'
import type { ArmRequest, JsonObject } from '../../request.ts'
import type { Route } from '../../route.ts'

const type = 'Microsoft.EdgeZones/extendedZones'
const apiVersions = ['2024-04-01-preview']
const all = `/subscriptions/:subscription/providers/${type}`

/** The extended zones, for which a subscription is registered one by one. */
export function createEdgeZones(): Provider {
  const registered = new Set<string>()
  const describe = (zone: ExtendedZone, subscription: string): JsonObject => ({
    id: `/subscriptions/${subscription}/providers/${type}/${zone.name}`,
    name: zone.name,
    type,
    properties: {
      provisioningState: 'Succeeded',
      registrationState: registered.has(zone.name) ? 'Registered' : 'NotRegistered',
      displayName: zone.displayName,
      regionalDisplayName: `(${zone.prefix}) ${zone.displayName}`,
      regionType: 'Physical',
      regionCategory: 'Other',
      geography: zone.geography,
      geographyGroup: zone.geographyGroup,
      longitude: zone.longitude,
      latitude: zone.latitude,
      homeLocation: zone.home,
    },
  })
  const common = { type, apiVersions }
  const routes: Route[] = [
    {
      ...common,
      method: 'GET',
      path: all,
      action: `${type}/read`,
      answer: (request, estate) =>
        page(
          request,
          extendedZones.map(zone => describe(zone, estate.subscription)),
        ),
    },
    {
      ...common,
      method: 'GET',
      path: `${all}/:zone`,
      action: `${type}/read`,
      answer: (request, estate) => ({ status: 200, body: describe(requireZone(request), estate.subscription) }),
    },
    ...(['register', 'unregister'] as const).map((verb): Route => ({
      ...common,
      method: 'POST',
      path: `${all}/:zone/${verb}`,
      action: `${type}/${verb}/action`,
      answer(request, estate) {
        const zone = requireZone(request)
        if (verb === 'register') registered.add(zone.name)
        else registered.delete(zone.name)
        return { status: 200, body: describe(zone, estate.subscription) }
      },
    })),
  ]
  return { namespace: 'Microsoft.EdgeZones', types: [{ name: 'extendedZones', apiVersions, regions: [], routes }] }
}

function requireZone({ parameters }: ArmRequest): ExtendedZone {
  const name = parameters['zone'] ?? ''
  const zone = extendedZones.find(one => one.name === name.toLowerCase())
  if (!zone) throw resourceNotFound(type, name, '')
  return zone
}
