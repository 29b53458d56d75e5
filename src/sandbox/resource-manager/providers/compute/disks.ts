import { randomUUID } from 'node:crypto'
import type { DiskProperties } from '@azure/arm-compute'
import type { Estate, Resource } from '../../estate.ts'
import { findResource } from '../../estate.ts'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import { objectAt, textAt } from '../../request.ts'
import { declare, referrersOf, serviceFailure, shapeOf } from '../lifecycle.ts'
import { diskVersions, namespace } from './namespace.ts'

export const disks: ResourceType = {
  name: 'disks',
  apiVersions: diskVersions,
  regions: regionNames,
  lifecycle: declare(namespace, {
    workingState: 'Updating',
    acceptedStatus: 202,
    seconds: { create: 3, update: 2, delete: 3 },
    operationPath: ({ id, location }, kind, operation) =>
      `${id.split('/').slice(0, 3).join('/')}/providers/${namespace}/locations/${location}/${kind === 'status' ? 'DiskOperations' : 'DiskOperationResults'}/${operation}`,
    shape(body, previous) {
      const properties = objectAt(body, 'properties')
      if (textAt(objectAt(properties, 'creationData'), 'createOption') === undefined)
        throw serviceFailure(
          400,
          'InvalidParameter',
          "Required parameter 'disk.creationData' is missing (null).",
          'disk.creationData',
        )
      return {
        ...shapeOf(body, {
          ...proposed,
          timeCreated: previous?.properties['timeCreated'] ?? new Date().toISOString(),
          uniqueId: previous?.properties['uniqueId'] ?? randomUUID(),
          ...properties,
        }),
        sku: { name: 'Standard_LRS', ...objectAt(body, 'sku') },
      }
    },
    blocked({ id, name }, estate) {
      const [owner] = referrersOf(id, estate)
      if (!owner) return undefined
      return serviceFailure(409, 'OperationNotAllowed', `Disk ${name} is attached to VM ${owner.id}.`)
    },
  }),
}

/** What a disk has that nobody asked for. */
const proposed = {
  diskState: 'Unattached',
  encryption: { type: 'EncryptionAtRestWithPlatformKey' },
  networkAccessPolicy: 'AllowAll',
  publicNetworkAccess: 'Enabled',
} satisfies Partial<DiskProperties>

/** What the disk has that appears beside a machine. */
const proposedBeside = {
  diskState: 'Attached',
  creationData: { createOption: 'FromImage' },
} satisfies Partial<DiskProperties>

/** The system disk, which appears beside the machine. */
export function makeDisk(estate: Estate, resource: Resource) {
  const osDisk = objectAt(objectAt(resource.properties, 'storageProfile'), 'osDisk')
  const id = String(objectAt(osDisk, 'managedDisk')['id'])
  if (findResource(estate, id)) return
  const now = new Date()
  estate.resources.set(id.toLowerCase(), {
    id,
    name: String(osDisk['name']),
    type: `${namespace}/disks`,
    group: resource.group,
    location: resource.location,
    tags: undefined,
    sku: { name: String(objectAt(osDisk, 'managedDisk')['storageAccountType']), tier: 'Premium' },
    kind: undefined,
    identity: undefined,
    beside: { ...resource.beside, managedBy: resource.id },
    properties: {
      osType: 'windowsConfiguration' in objectAt(resource.properties, 'osProfile') ? 'Windows' : 'Linux',
      diskSizeGB: osDisk['diskSizeGB'],
      ...proposedBeside,
      timeCreated: now.toISOString(),
      uniqueId: randomUUID(),
    },
    provisioningState: 'Succeeded',
    etag: '',
    deletion: undefined,
    createdTime: now,
    changedTime: now,
  })
}
