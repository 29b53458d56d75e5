import { randomUUID } from 'node:crypto'
import type { Resource } from '../../estate.ts'
import { resourceNotFound } from '../../failures.ts'
import { normalizeLocation, regionNames } from '../../location.ts'
import { page } from '../../paging.ts'
import type { ResourceType } from '../../provider.ts'
import type { ArmRequest } from '../../request.ts'
import type { Route } from '../../route.ts'
import { apiVersions, namespace } from './namespace.ts'

const type = `${namespace}/locations/deletedVaults`

/** Those that know that a deleted vault is kept for a while (azure-facts.md §4.5). */
const softDeleteVersions = apiVersions.filter(version => version >= '2025-08-01')

/** A vault that was deleted and could still be brought back. */
interface DeletedVault {
  name: string
  location: string
  vaultId: string
  deleted: Date
}

export interface DeletedVaults {
  type: ResourceType
  remember(vault: Pick<Resource, 'id' | 'location'>): void
}

export function createDeletedVaults(): DeletedVaults {
  const deletedVaults: DeletedVault[] = []
  return {
    type: {
      name: 'locations/deletedVaults',
      apiVersions: softDeleteVersions,
      regions: regionNames,
      routes: routesOf(deletedVaults),
    },
    remember({ id, location }) {
      deletedVaults.push({ name: randomUUID(), location, vaultId: id, deleted: new Date() })
    },
  }
}

function routesOf(deletedVaults: readonly DeletedVault[]): Route[] {
  const path = `/subscriptions/:subscription/providers/${namespace}/locations/:location/deletedVaults`
  const common = {
    method: 'GET',
    type,
    apiVersions: softDeleteVersions,
    action: `${type}/read`,
  } as const
  const inLocation = ({ parameters }: ArmRequest) =>
    deletedVaults.filter(({ location }) => location === normalizeLocation(parameters['location'] ?? ''))
  return [
    {
      ...common,
      path,
      answer: (request, estate) =>
        page(
          request,
          inLocation(request).map(vault => describeDeletedVault(vault, estate.subscription)),
        ),
    },
    {
      ...common,
      path: `${path}/:vault`,
      answer(request, estate) {
        const name = request.parameters['vault'] ?? ''
        const vault = inLocation(request).find(one => one.name === name)
        if (!vault) throw resourceNotFound(type, name, '')
        return { status: 200, body: describeDeletedVault(vault, estate.subscription) }
      },
    },
  ]
}

function describeDeletedVault({ name, location, vaultId, deleted }: DeletedVault, subscription: string) {
  const purge = new Date(deleted.getTime() + 14 * 24 * 60 * 60 * 1000)
  return {
    id: `/subscriptions/${subscription}/providers/${namespace}/locations/${location}/deletedVaults/${name}`,
    name,
    type,
    properties: { vaultId, vaultDeletionTime: deleted.toISOString(), purgeAt: purge.toISOString() },
  }
}
