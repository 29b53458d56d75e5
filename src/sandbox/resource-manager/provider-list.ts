import { resourcesVersions } from './api-version.ts'
import type { Estate } from './estate.ts'
import { invalidNamespace } from './failures.ts'
import { displayNameOf, regionNames } from './location.ts'
import { page } from './paging.ts'
import type { Provider } from './provider.ts'
import type { ArmRequest, JsonObject } from './request.ts'
import type { Route } from './route.ts'

const common = { apiVersions: resourcesVersions }
const one = '/subscriptions/:subscription/providers/:namespace'

/** What providers there are, and whether the subscription may use them. az reads a type's newest api-version here. */
export const providerRoutes: readonly Route[] = [
  {
    ...common,
    method: 'GET',
    path: '/subscriptions/:subscription/providers',
    action: 'Microsoft.Resources/subscriptions/providers/read',
    answer: (request, estate) =>
      page(
        request,
        estate.providers.map(provider => describe(provider, estate)),
      ),
  },
  {
    ...common,
    method: 'GET',
    path: '/providers',
    action: 'Microsoft.Resources/providers/read',
    answer: (request, estate) => page(request, estate.providers.map(describeForTenant)),
  },
  {
    ...common,
    method: 'GET',
    path: one,
    action: 'Microsoft.Resources/subscriptions/providers/read',
    answer: (request, estate) => ({ status: 200, body: describe(requireProvider(request, estate), estate) }),
  },
  {
    ...common,
    method: 'POST',
    path: `${one}/register`,
    action: 'Microsoft.Resources/subscriptions/providers/register/action',
    answer(request, estate) {
      const provider = requireProvider(request, estate)
      estate.unregistered.delete(provider.namespace.toLowerCase())
      return { status: 200, body: describe(provider, estate) }
    },
  },
  {
    ...common,
    method: 'POST',
    path: `${one}/unregister`,
    action: 'Microsoft.Resources/subscriptions/providers/unregister/action',
    answer(request, estate) {
      const provider = requireProvider(request, estate)
      estate.unregistered.add(provider.namespace.toLowerCase())
      return { status: 200, body: describe(provider, estate) }
    },
  },
]

function requireProvider(request: ArmRequest, estate: Estate) {
  const namespace = request.parameters['namespace'] ?? ''
  const provider = estate.providers.find(one => one.namespace.toLowerCase() === namespace.toLowerCase())
  if (!provider) throw invalidNamespace(namespace)
  return provider
}

function describe(provider: Provider, { subscription, unregistered }: Estate): JsonObject {
  const { namespace } = provider
  return {
    ...describeForTenant(provider),
    id: `/subscriptions/${subscription}/providers/${namespace}`,
    registrationState: unregistered.has(namespace.toLowerCase()) ? 'NotRegistered' : 'Registered',
  }
}

/** Without a subscription nothing is registered. */
function describeForTenant({ namespace, types }: Provider): JsonObject {
  return {
    id: `/providers/${namespace}`,
    namespace,
    registrationPolicy: 'RegistrationRequired',
    resourceTypes: types.map(({ name, apiVersions, regions, lifecycle, generic }) => ({
      resourceType: name,
      locations: (generic ? regionNames : regions).map(displayNameOf),
      apiVersions,
      capabilities: lifecycle ? 'SupportsTags, SupportsLocation' : 'None',
    })),
  }
}
