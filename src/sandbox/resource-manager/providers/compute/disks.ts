import { randomUUID } from 'node:crypto'
import type { DiskProperties } from '@azure/arm-compute'
import type { Estate, Resource } from '../../estate.ts'
import { findResource } from '../../estate.ts'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import { objectAt, textAt } from '../../request.ts'
import type { JsonObject } from '../../request.ts'
import { declare, objectsAt, referrersOf, serviceFailure, shapeOf } from '../lifecycle.ts'
import { diskVersions, namespace } from './namespace.ts'

const machineType = `${namespace}/virtualMachines`

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
      if (
        textAt(objectAt(properties, 'creationData'), 'createOption') === 'Empty' &&
        !(Number(properties['diskSizeGB']) > 0)
      )
        throw serviceFailure(
          400,
          'InvalidParameter',
          "Required parameter 'disk.diskSizeGB' is missing (null).",
          'disk.diskSizeGB',
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
      const owner = referrersOf(id, estate).find(({ type }) => type === machineType)
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

/** Makes the disks that a machine asks for and that aren't there, gives it those, and takes those away that it has no more. */
export function attachDisks(estate: Estate, machine: Resource) {
  const storage = objectAt(machine.properties, 'storageProfile')
  const osDisk = objectAt(storage, 'osDisk')
  makeDisk(estate, machine, osDisk, {
    osType: osDisk['osType'],
    creationData: { createOption: 'FromImage' } satisfies DiskProperties['creationData'],
  })
  const data = objectsAt(storage, 'dataDisks')
  for (const disk of data)
    makeDisk(estate, machine, disk, {
      creationData: { createOption: 'Empty' } satisfies DiskProperties['creationData'],
    })
  const own = new Set([osDisk, ...data].map(disk => idOf(disk).toLowerCase()))
  for (const disk of disksOf(estate, machine)) if (!own.has(disk.id.toLowerCase())) detach(disk)
}

/** Takes a machine's disks away from it when it is gone. Those that should go with it do. */
export function detachDisks(estate: Estate, machine: Resource) {
  const storage = objectAt(machine.properties, 'storageProfile')
  const going = [objectAt(storage, 'osDisk'), ...objectsAt(storage, 'dataDisks')]
    .filter(disk => disk['deleteOption'] === 'Delete')
    .map(disk => idOf(disk).toLowerCase())
  for (const disk of disksOf(estate, machine)) {
    detach(disk)
    if (going.includes(disk.id.toLowerCase())) estate.resources.delete(disk.id.toLowerCase())
  }
}

function disksOf(estate: Estate, { id }: Resource) {
  return [...estate.resources.values()].filter(
    ({ type, beside }) =>
      type === `${namespace}/disks` && String(beside['managedBy']).toLowerCase() === id.toLowerCase(),
  )
}

function detach(disk: Resource) {
  const { managedBy: _machine, ...beside } = disk.beside
  Object.assign(disk, { beside, properties: { ...disk.properties, diskState: 'Unattached' } })
}

const idOf = (disk: JsonObject) => String(objectAt(disk, 'managedDisk')['id'])

function makeDisk(estate: Estate, machine: Resource, asked: JsonObject, properties: JsonObject) {
  const id = idOf(asked)
  const known = findResource(estate, id)
  if (known) {
    known.beside = { ...known.beside, managedBy: machine.id }
    known.properties = { ...known.properties, diskState: 'Attached' }
    return
  }
  const now = new Date()
  const sku = String(objectAt(asked, 'managedDisk')['storageAccountType'])
  estate.resources.set(id.toLowerCase(), {
    id,
    name: String(asked['name']),
    type: `${namespace}/disks`,
    group: machine.group,
    location: machine.location,
    tags: machine.tags,
    sku: { name: sku, tier: sku.slice(0, sku.indexOf('_')) },
    kind: undefined,
    identity: undefined,
    beside: { ...machine.beside, managedBy: machine.id },
    properties: {
      ...proposed,
      diskState: 'Attached',
      diskSizeGB: asked['diskSizeGB'],
      timeCreated: now.toISOString(),
      uniqueId: randomUUID(),
      ...properties,
    },
    provisioningState: 'Succeeded',
    etag: '',
    deletion: undefined,
    createdTime: now,
    changedTime: now,
  })
}
