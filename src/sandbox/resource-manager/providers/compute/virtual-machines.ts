import { randomUUID } from 'node:crypto'
import type { OSDisk, OSProfile, StorageProfile, VirtualMachineInstanceView } from '@azure/arm-compute'
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
import { makeDisk } from './disks.ts'
import { askedSize, findSize, sizes } from './machine-sizes.ts'
import { machineVersions, namespace } from './namespace.ts'
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
    if (!findSize(size))
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
    const { adminPassword: _password, ...system } = checkedSystem(objectAt(properties, 'osProfile'), previous)
    checkCores({ id, location, body }, estate)
    return shapeOf(body, {
      vmId: previous?.properties['vmId'] ?? randomUUID(),
      timeCreated: previous?.properties['timeCreated'] ?? new Date().toISOString(),
      ...properties,
      hardwareProfile: { ...objectAt(properties, 'hardwareProfile'), vmSize: size },
      osProfile: { ...proposedSystem, ...system },
      storageProfile: storageOf(objectAt(properties, 'storageProfile'), around, previous),
    })
  },
  preflight: preflightCores,
  made(estate, resource) {
    makeDisk(estate, resource)
    if (!power.has(resource)) power.set(resource, 'running')
  },
  deleted(estate, resource) {
    const { osDisk } = resource.properties['storageProfile'] as { osDisk?: JsonObject }
    const id = textAt(objectAt(osDisk ?? {}, 'managedDisk'), 'id')
    const disk = id === undefined ? undefined : findResource(estate, id)
    if (disk) disk.properties = { ...disk.properties, diskState: 'Unattached' }
    if (disk && osDisk?.['deleteOption'] === 'Delete') estate.resources.delete(disk.id.toLowerCase())
  },
})

/** Power states of machines: they are no part of what a machine was asked to be. */
const power = new WeakMap<Resource, 'running' | 'stopped' | 'deallocated'>()

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
  ...(['start', 'restart', 'powerOff', 'deallocate'] as const).map((verb): Route => ({
    ...common,
    method: 'POST',
    path: `${machinePath}/${verb}`,
    action: `${type}/${verb}/action`,
    answer(request, estate): ArmAnswer {
      const resource = requireMachine(request, estate)
      const operation = estate.operations.start(async () => {
        await estate.pace.pass(6)
        power.set(resource, verb === 'deallocate' ? 'deallocated' : verb === 'powerOff' ? 'stopped' : 'running')
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

export const virtualMachines: ResourceType = {
  name: 'virtualMachines',
  apiVersions: machineVersions,
  regions: regionNames,
  lifecycle,
  routes,
}

/** What of an operating system's settings a machine is refused for, in the words of Azure. */
function checkedSystem(system: JsonObject, previous: Resource | undefined): JsonObject {
  const user = textAt(system, 'adminUsername')
  const password = textAt(system, 'adminPassword')
  const linux = objectAt(system, 'linuxConfiguration')
  const keys = objectsAt(objectAt(linux, 'ssh'), 'publicKeys')
  if (previous) return system
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

function storageOf(storage: JsonObject, { name, group, estate }: Surroundings, previous: Resource | undefined) {
  const before = objectAt(objectAt(previous?.properties ?? {}, 'storageProfile'), 'osDisk')
  const asked = objectAt(storage, 'osDisk')
  const disk = textAt(asked, 'name') ?? textAt(before, 'name') ?? `${name}_OsDisk_1_${randomUUID().replaceAll('-', '')}`
  return {
    ...proposedStorage,
    ...storage,
    osDisk: {
      ...proposedDisk,
      ...asked,
      name: disk,
      managedDisk: {
        storageAccountType: 'Premium_LRS',
        ...objectAt(asked, 'managedDisk'),
        id: `${groupId(estate, group)}/providers/${namespace}/disks/${disk}`,
      },
    },
  }
}

const proposedSystem = { allowExtensionOperations: true, secrets: [] } satisfies OSProfile

const proposedStorage = { dataDisks: [] } satisfies StorageProfile

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
  const state = power.get(resource) ?? 'running'
  return {
    computerName: textAt(objectAt(resource.properties, 'osProfile'), 'computerName') ?? resource.name,
    statuses: [
      { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' },
      { code: `PowerState/${state}`, level: 'Info', displayStatus: `VM ${state}` },
    ],
  } satisfies VirtualMachineInstanceView
}
