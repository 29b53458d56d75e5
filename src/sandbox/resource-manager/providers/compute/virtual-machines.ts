import { randomUUID } from 'node:crypto'
import type { OSDisk, OSProfile, VirtualMachineInstanceView } from '@azure/arm-compute'
import type { Estate, Resource } from '../../estate.ts'
import { findResource, groupId } from '../../estate.ts'
import { resourceNotFound } from '../../failures.ts'
import { regionNames } from '../../location.ts'
import { signedUrl } from '../../operation.ts'
import type { ResourceType, Surroundings } from '../../provider.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from '../../request.ts'
import { objectAt, textAt } from '../../request.ts'
import type { Route } from '../../route.ts'
import { checkReferences, declare, objectsAt, referrersOf, serviceFailure, shapeOf } from '../lifecycle.ts'
import { attachDisks, detachDisks } from './disks.ts'
import { checkImage, exactVersion } from './machine-images.ts'
import type { Size } from './machine-sizes.ts'
import { askedSize, describeSize, findSize, sizes } from './machine-sizes.ts'
import { machineVersions, namespace } from './namespace.ts'
import type { Power } from './power.ts'
import { generalize, isGeneralized, powerOf, setPower } from './power.ts'
import { checkCores, preflightCores } from './quotas.ts'

const type = `${namespace}/virtualMachines`

const lifecycle = declare(namespace, {
  workingState: 'Creating',
  seconds: { create: 20, update: 8, delete: 12 },
  name: {
    pattern: /^[A-Za-z0-9](?:[\w.-]{0,62}[\w-])?$/,
    failure: asked =>
      serviceFailure(
        400,
        'InvalidParameter',
        `The value '${asked}' is not a valid name of a virtual machine. It has 1 to 64 letters, digits, '.', '_' and '-'.`,
        'vmName',
      ),
  },
  shape(body, previous, around) {
    const { id, location, estate } = around
    const properties = objectAt(body, 'properties')
    const size = askedSize(properties)
    const known = findSize(size)
    if (!known)
      throw serviceFailure(
        400,
        'InvalidParameter',
        `The value ${size} provided for the VM size is not valid. The valid sizes in the current region are: ${sizes.map(({ name }) => name).join(',')}. Find out more on the valid VM sizes in each region at https://aka.ms/azure-regionservices.`,
        'vmSize',
      )
    if (objectsAt(objectAt(properties, 'networkProfile'), 'networkInterfaces').length === 0)
      throw serviceFailure(
        400,
        'InvalidParameter',
        "Required parameter 'networkProfile' is missing (null).",
        'networkProfile',
      )
    checkReferences(
      id,
      properties['networkProfile'] === undefined ? {} : { network: properties['networkProfile'] },
      estate,
    )
    checkFreeInterfaces(around, properties)
    const { adminPassword: _password, ...system } = checkedSystem(properties, previous)
    checkCores({ id, location, body }, estate)
    return shapeOf(body, {
      vmId: previous?.properties['vmId'] ?? randomUUID(),
      timeCreated: previous?.properties['timeCreated'] ?? new Date().toISOString(),
      ...properties,
      hardwareProfile: { ...objectAt(properties, 'hardwareProfile'), vmSize: size },
      osProfile: { ...proposedSystem, ...system },
      storageProfile: storageOf(objectAt(properties, 'storageProfile'), around, { system, size: known, previous }),
    })
  },
  preflight: preflightCores,
  made: attachDisks,
  expand: (machine, names) => (names.has('instanceview') ? { instanceView: instanceView(machine) } : {}),
  deleted(estate, machine) {
    detachDisks(estate, machine)
    deleteInterfaces(estate, machine)
  },
})

/** With a machine go those of its interfaces that should, and with them their public addresses that should. */
function deleteInterfaces(estate: Estate, { properties }: Resource) {
  for (const reference of objectsAt(objectAt(properties, 'networkProfile'), 'networkInterfaces')) {
    if (objectAt(reference, 'properties')['deleteOption'] !== 'Delete') continue
    const card = findResource(estate, textAt(reference, 'id') ?? '')
    if (!card) continue
    estate.resources.delete(card.id.toLowerCase())
    for (const configuration of objectsAt(card.properties, 'ipConfigurations')) {
      const address = objectAt(objectAt(configuration, 'properties'), 'publicIPAddress')
      if (objectAt(address, 'properties')['deleteOption'] === 'Delete')
        estate.resources.delete((textAt(address, 'id') ?? '').toLowerCase())
    }
  }
}

const machinePath = `/subscriptions/:subscription/resourcegroups/:group/providers/${type}/:name`
const common = { type, apiVersions: machineVersions }

const routes: readonly Route[] = [
  {
    ...common,
    method: 'GET',
    path: `${machinePath}/instanceView`,
    action: `${type}/instanceView/read`,
    answer: (request, estate) => ({ status: 200, body: instanceView(requireMachine(request, estate)) }),
  },
  {
    ...common,
    method: 'GET',
    path: `${machinePath}/vmSizes`,
    action: `${type}/vmSizes/read`,
    answer(request, estate) {
      requireMachine(request, estate)
      return { status: 200, body: { value: sizes.map(describeSize) } }
    },
  },
  {
    ...common,
    method: 'POST',
    path: `${machinePath}/generalize`,
    action: `${type}/generalize/action`,
    answer(request, estate) {
      const machine = requireMachine(request, estate)
      if (powerOf(machine) === 'running')
        throw serviceFailure(
          409,
          'OperationNotAllowed',
          'The operation requires the VM to be stopped (deallocated or powered off) before it is generalized.',
        )
      generalize(machine)
      return { status: 200 }
    },
  },
  ...(['start', 'restart', 'powerOff', 'deallocate', 'redeploy', 'reapply'] as const).map((verb): Route => ({
    ...common,
    method: 'POST',
    path: `${machinePath}/${verb}`,
    action: `${type}/${verb}/action`,
    answer(request, estate): ArmAnswer {
      const resource = requireMachine(request, estate)
      if (isGeneralized(resource) && verb !== 'deallocate')
        throw serviceFailure(
          409,
          'OperationNotAllowed',
          `Operation '${verb}' is not allowed on VM '${resource.name}' since the VM is generalized.`,
        )
      const operation = estate.operations.start(async () => {
        await estate.pace.pass(6)
        setPower(resource, endings[verb] ?? powerOf(resource))
      })
      operation.result = () => ({ status: 200 })
      const address = (kind: 'status' | 'result') =>
        signedUrl(request, lifecycle.operationPath(resource, kind, operation.id))
      return {
        status: 202,
        headers: {
          'azure-asyncoperation': address('status'),
          location: address('result'),
          ...estate.pace.retryAfter(10),
        },
      }
    },
  })),
]

const endings: Readonly<Record<string, Power>> = {
  start: 'running',
  restart: 'running',
  powerOff: 'stopped',
  deallocate: 'deallocated',
}

export const virtualMachines: ResourceType = {
  name: 'virtualMachines',
  apiVersions: machineVersions,
  regions: regionNames,
  lifecycle,
  routes,
}

/** What of an operating system's settings a machine is refused for, in the words of Azure. */
function checkedSystem(properties: JsonObject, previous: Resource | undefined): JsonObject {
  const system = objectAt(properties, 'osProfile')
  const user = textAt(system, 'adminUsername')
  const password = textAt(system, 'adminPassword')
  const linux = objectAt(system, 'linuxConfiguration')
  const keys = objectsAt(objectAt(linux, 'ssh'), 'publicKeys')
  // A disk with a system brings its users along.
  if (previous || objectAt(objectAt(properties, 'storageProfile'), 'osDisk')['createOption'] === 'Attach') return system
  if (user === undefined)
    throw serviceFailure(
      400,
      'InvalidParameter',
      "Required parameter 'adminUsername' is missing (null).",
      'adminUsername',
    )
  if (/^(?:admin|administrator|root|guest|user|test|console)$/i.test(user))
    throw serviceFailure(
      400,
      'InvalidParameter',
      'The Admin Username specified is not allowed. The username is reserved.',
      'adminUsername',
    )
  if (password === undefined && keys.length === 0)
    throw serviceFailure(
      400,
      'InvalidParameter',
      "Authentication using either SSH or by user name and password must be enabled in Linux profile. 'linuxConfiguration.disablePasswordAuthentication' is set to 'true', but no SSH public key is given.",
      'linuxConfiguration',
    )
  if (password !== undefined && !strong(password))
    throw serviceFailure(
      400,
      'InvalidParameter',
      'The supplied password must be between 12-72 characters long and must satisfy at least 3 of password complexity requirements from the following: Contains an uppercase character, contains a lowercase character, contains a numeric digit, contains a special character, control characters are not allowed.',
      'adminPassword',
    )
  return system
}

function strong(password: string): boolean {
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^\w]|_/].filter(kind => kind.test(password)).length
  return password.length >= 12 && password.length <= 72 && kinds >= 3
}

/** An interface belongs to one machine. */
function checkFreeInterfaces({ id, estate }: Surroundings, properties: JsonObject) {
  for (const reference of objectsAt(objectAt(properties, 'networkProfile'), 'networkInterfaces')) {
    const used = String(reference['id'])
    const [owner] = referrersOf(used, estate).filter(other => other.id.toLowerCase() !== id.toLowerCase())
    if (owner)
      throw serviceFailure(
        400,
        'NicInUse',
        `Network Interface ${used} is used by existing resource ${owner.id}. In order to use the network interface, it must be dissociated from the resource.`,
      )
  }
}

function storageOf(storage: JsonObject, around: Surroundings, { system, size, previous }: Standing) {
  const { name, group, estate } = around
  const before = objectAt(objectAt(previous?.properties ?? {}, 'storageProfile'), 'osDisk')
  const asked = objectAt(storage, 'osDisk')
  const image = objectAt(storage, 'imageReference')
  if (!previous) checkImage(image, around)
  const own = (disk: string) => `${groupId(estate, group)}/providers/${namespace}/disks/${disk}`
  const attached = textAt(objectAt(asked, 'managedDisk'), 'id')?.split('/').at(-1)
  const disk =
    textAt(asked, 'name') ??
    attached ??
    textAt(before, 'name') ??
    `${name}_OsDisk_1_${randomUUID().replaceAll('-', '')}`
  return {
    ...storage,
    ...(Object.keys(image).length > 0 ? { imageReference: { ...image, ...exactVersion(image) } } : {}),
    osDisk: {
      ...proposedDisk,
      osType: before['osType'] ?? ('windowsConfiguration' in system || isWindows(image) ? 'Windows' : 'Linux'),
      ...asked,
      name: disk,
      managedDisk: { storageAccountType: 'Premium_LRS', id: own(disk), ...objectAt(asked, 'managedDisk') },
    },
    dataDisks: dataDisksOf(objectsAt(storage, 'dataDisks'), around, { size, own }),
  }
}

interface Standing {
  system: JsonObject
  size: Size
  previous: Resource | undefined
}

const isWindows = (image: JsonObject) => /windows/i.test(textAt(image, 'publisher') ?? '')

/** Disks beside the system's: each has a number of its own, and belongs to no other machine. */
function dataDisksOf(
  disks: readonly JsonObject[],
  { id, name, estate }: Surroundings,
  { size, own }: { size: Size; own(disk: string): string },
): JsonObject[] {
  if (disks.length > size.disks)
    throw serviceFailure(
      409,
      'OperationNotAllowed',
      `The maximum number of data disks allowed to be attached to a VM of this size is ${size.disks}.`,
    )
  const numbers = new Set<number>()
  return disks.map(asked => {
    const lun = asked['lun']
    if (typeof lun !== 'number' || numbers.has(lun))
      throw serviceFailure(
        400,
        'InvalidParameter',
        `Required parameter 'dataDisk.lun' is missing (null), or its value ${String(lun)} is not unique.`,
        'dataDisk.lun',
      )
    numbers.add(lun)
    const managed = objectAt(asked, 'managedDisk')
    const disk = textAt(asked, 'name') ?? (textAt(managed, 'id') ?? '').split('/').at(-1)
    const called = disk === undefined || disk === '' ? `${name}_DataDisk_${lun}` : disk
    const complete = {
      caching: 'None',
      deleteOption: 'Detach',
      ...asked,
      name: called,
      managedDisk: { storageAccountType: 'Premium_LRS', id: own(called), ...managed },
    }
    checkFreeDisk(complete, { id, estate })
    return complete
  })
}

function checkFreeDisk(disk: JsonObject, { id, estate }: Pick<Surroundings, 'id' | 'estate'>) {
  const reference = String(objectAt(disk, 'managedDisk')['id'])
  const known = findResource(estate, reference)
  const owner = known?.beside['managedBy']
  if (typeof owner === 'string' && owner.toLowerCase() !== id.toLowerCase())
    throw serviceFailure(
      409,
      'ConflictingUserInput',
      `Disk '${String(disk['name'])}' cannot be attached as the disk is already owned by VM '${owner}'.`,
    )
  if (disk['createOption'] === 'Attach' && !known)
    throw serviceFailure(404, 'NotFound', `Disk ${reference} is not found.`, 'dataDisk.managedDisk.id')
  if (disk['createOption'] === 'Empty' && !known && !(Number(disk['diskSizeGB']) > 0))
    throw serviceFailure(
      400,
      'InvalidParameter',
      "Required parameter 'dataDisk.diskSizeGB' is missing (null).",
      'dataDisk.diskSizeGB',
    )
}

const proposedSystem = { allowExtensionOperations: true, secrets: [] } satisfies OSProfile

/** What a machine's system disk has that nobody asked for. */
const proposedDisk = {
  createOption: 'FromImage',
  caching: 'ReadWrite',
  deleteOption: 'Detach',
  diskSizeGB: 127,
} satisfies OSDisk

function requireMachine(request: ArmRequest, estate: Estate): Resource {
  const { name = '', group = '' } = request.parameters
  const resource = findResource(estate, `${groupId(estate, group)}/providers/${type}/${name}`)
  if (!resource || resource.deletion) throw resourceNotFound(type, name, group)
  return resource
}

function instanceView(resource: Resource) {
  const state = powerOf(resource)
  return {
    computerName: textAt(objectAt(resource.properties, 'osProfile'), 'computerName') ?? resource.name,
    statuses: [
      { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' },
      { code: `PowerState/${state}`, level: 'Info', displayStatus: `VM ${state}` },
      ...(isGeneralized(resource)
        ? [{ code: 'OSState/generalized', level: 'Info' as const, displayStatus: 'VM generalized' }]
        : []),
    ],
  } satisfies VirtualMachineInstanceView
}
