import { randomUUID } from 'node:crypto'
import type { Estate, Resource } from '../../estate.ts'
import { findGroup, findResource, groupId } from '../../estate.ts'
import { resourceGroupNotFound, resourceNotFound } from '../../failures.ts'
import { normalizeLocation, regionNames } from '../../location.ts'
import { answerResult, answerStatus, signedUrl } from '../../operation.ts'
import { page } from '../../paging.ts'
import type { ResourceType } from '../../provider.ts'
import type { ArmRequest } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import { findOperation } from '../../resource.ts'
import type { Route } from '../../route.ts'
import { vaultFailure } from './failure.ts'
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
  vault: Resource
}

export interface DeletedVaults {
  type: ResourceType
  remember(vault: Resource): void
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
    remember(vault) {
      const { id, location } = vault
      deletedVaults.push({ name: randomUUID(), location, vaultId: id, deleted: new Date(), vault })
    },
  }
}

function routesOf(deletedVaults: DeletedVault[]): Route[] {
  const path = `/subscriptions/:subscription/providers/${namespace}/locations/:location/deletedVaults`
  const common = {
    method: 'GET',
    type,
    apiVersions: softDeleteVersions,
    action: `${type}/read`,
  } as const
  const inLocation = ({ parameters }: ArmRequest) =>
    deletedVaults.filter(({ location }) => location === normalizeLocation(parameters['location'] ?? ''))
  const requireDeleted = (request: ArmRequest) => {
    const name = request.parameters['vault'] ?? ''
    const found = inLocation(request).find(one => one.name.toLowerCase() === name.toLowerCase())
    if (!found) throw resourceNotFound(type, name, '')
    return found
  }
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
      answer: (request, estate) => ({
        status: 200,
        body: describeDeletedVault(requireDeleted(request), estate.subscription),
      }),
    },
    {
      ...common,
      method: 'POST',
      path: `${path}/:vault/undelete`,
      action: `${type}/undelete/action`,
      answer(request, estate) {
        const deleted = requireDeleted(request)
        const group = requireRecoveryGroup(request, estate)
        const id = `${groupId(estate, group)}/providers/${namespace}/vaults/${deleted.vault.name}`
        if (findResource(estate, id)) throw vaultExists(deleted.vault.name, group)
        const operation = estate.operations.start(async () => {
          await estate.pace.pass(8)
          if (findResource(estate, id)) throw vaultExists(deleted.vault.name, group)
          const back = { id, group, deletion: undefined, provisioningState: 'Succeeded', changedTime: new Date() }
          // The same vault, with the policies that it had.
          estate.resources.set(id.toLowerCase(), Object.assign(deleted.vault, back))
          deletedVaults.splice(deletedVaults.indexOf(deleted), 1)
        })
        const address = (kind: string) =>
          signedUrl(request, request.path.replace(/undelete$/i, `${kind}/${operation.id}`))
        return {
          status: 202,
          headers: {
            location: address('operationResults'),
            'azure-asyncoperation': address('operationStatus'),
            ...estate.pace.retryAfter(10),
          },
        }
      },
    },
    {
      ...common,
      path: `${path}/:vault/operationStatus/:operation`,
      answer: (request, estate) => answerStatus(findOperation(request, estate), request, estate.pace),
    },
    {
      ...common,
      path: `${path}/:vault/operationResults/:operation`,
      answer: (request, estate) => answerResult(findOperation(request, estate), request, estate.pace, { status: 200 }),
    },
  ]
}

/** The group into which a vault comes back: `properties.recoveryResourceGroupId`. */
function requireRecoveryGroup({ body }: ArmRequest, estate: Estate): string {
  const id = textAt(objectAt(body, 'properties'), 'recoveryResourceGroupId') ?? ''
  const [, subscription = '', name = ''] = /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)$/i.exec(id) ?? []
  if (subscription.toLowerCase() !== estate.subscription)
    throw vaultFailure(
      'InvalidParameter',
      `'recoveryResourceGroupId' is the id of a resource group of this subscription, not '${id}'.`,
    )
  const group = findGroup(estate, name)
  if (!group) throw resourceGroupNotFound(name)
  return group.name
}

const vaultExists = (name: string, group: string) =>
  vaultFailure('ResourceExists', `There is a vault '${name}' in the resource group '${group}' already.`)

function describeDeletedVault({ name, location, vaultId, deleted }: DeletedVault, subscription: string) {
  const purge = new Date(deleted.getTime() + 14 * 24 * 60 * 60 * 1000)
  return {
    id: `/subscriptions/${subscription}/providers/${namespace}/locations/${location}/deletedVaults/${name}`,
    name,
    type,
    properties: { vaultId, vaultDeletionTime: deleted.toISOString(), purgeAt: purge.toISOString() },
  }
}
