import { randomUUID } from 'node:crypto'
import type { OSDisk } from '@azure/arm-compute'
import type { Estate, Resource } from '../estate.ts'
import { findResource, groupId } from '../estate.ts'
import { resourceNotFound } from '../failures.ts'
import { regionNames } from '../location.ts'
import { signedUrl } from '../operation.ts'
import type { Provider, Surroundings } from '../provider.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from '../request.ts'
import { objectAt, textAt } from '../request.ts'
import type { Route } from '../route.ts'
import { checkReferences, declare, objectsAt, referrersOf, serviceFailure, shapeOf } from './lifecycle.ts'
import type { Declaration } from './lifecycle.ts'

const namespace = 'Microsoft.Compute'
const machineVersions =
  '2026-04-01 2026-03-01 2025-11-01 2025-04-01 2024-11-01 2024-07-01 2024-03-01 2023-09-01 2023-07-01 2023-03-01 2022-11-01 2022-08-01 2022-03-01 2021-11-01 2021-07-01 2021-04-01 2021-03-01 2020-12-01 2020-06-01 2019-12-01 2019-07-01 2019-03-01 2018-10-01'.split(
    ' ',
  )
const diskVersions =
  '2026-03-02 2025-01-02 2024-03-02 2023-10-02 2023-04-02 2023-01-02 2022-07-02 2022-03-02 2021-12-01 2021-08-01 2021-04-01 2020-12-01 2020-09-30 2020-06-30 2019-11-01 2019-07-01 2018-09-30'.split(
    ' ',
  )

/** Virtual machines, their disks, and the sizes and images that they are made of. */
export function createCompute(): Provider {
  return {
    namespace,
    types: [
      {
        name: 'virtualMachines',
        apiVersions: machineVersions,
        regions: regionNames,
        lifecycle: machines,
        routes: machineRoutes,
      },
      { name: 'disks', apiVersions: diskVersions, regions: regionNames, lifecycle: disks },
      { name: 'locations/vmSizes', apiVersions: machineVersions, regions: regionNames, routes: [sizesRoute] },
    ],
  }
}

interface Size {
  name: string
  cores: number
  /** Mebibytes. */
  memory: number
  disks: number
}

const sizes: readonly Size[] = [
  { name: 'Standard_B1s', cores: 1, memory: 1024, disks: 2 },
  { name: 'Standard_B1ms', cores: 1, memory: 2048, disks: 2 },
  { name: 'Standard_B2s', cores: 2, memory: 4096, disks: 4 },
  { name: 'Standard_B2ms', cores: 2, memory: 8192, disks: 4 },
  { name: 'Standard_D2s_v3', cores: 2, memory: 8192, disks: 4 },
  { name: 'Standard_D4s_v3', cores: 4, memory: 16384, disks: 8 },
  { name: 'Standard_D2s_v5', cores: 2, memory: 8192, disks: 4 },
  { name: 'Standard_D4s_v5', cores: 4, memory: 16384, disks: 8 },
  { name: 'Standard_DS1_v2', cores: 1, memory: 3584, disks: 4 },
  { name: 'Standard_DS2_v2', cores: 2, memory: 7168, disks: 8 },
  { name: 'Standard_E2s_v5', cores: 2, memory: 16384, disks: 4 },
  { name: 'Standard_F2s_v2', cores: 2, memory: 4096, disks: 4 },
]

const machine: Declaration = {
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
    const { id, estate } = around
    const properties = objectAt(body, 'properties')
    const size = textAt(objectAt(properties, 'hardwareProfile'), 'vmSize') ?? 'Standard_D2s_v3'
    if (!sizes.some(({ name }) => name.toLowerCase() === size.toLowerCase()))
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
    return shapeOf(body, {
      vmId: previous?.properties['vmId'] ?? randomUUID(),
      timeCreated: previous?.properties['timeCreated'] ?? new Date().toISOString(),
      ...properties,
      hardwareProfile: { ...objectAt(properties, 'hardwareProfile'), vmSize: size },
      osProfile: { allowExtensionOperations: true, secrets: [], ...system },
      storageProfile: storageOf(objectAt(properties, 'storageProfile'), around, previous),
    })
  },
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
}

const machines = declare(namespace, machine)

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
    dataDisks: [],
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

/** What a machine's system disk has that nobody asked for. */
const proposedDisk = {
  createOption: 'FromImage',
  caching: 'ReadWrite',
  deleteOption: 'Detach',
  diskSizeGB: 127,
} satisfies OSDisk

/** The system disk, which appears beside the machine. */
function makeDisk(estate: Estate, resource: Resource) {
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
      diskState: 'Attached',
      creationData: { createOption: 'FromImage' },
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

const disk: Declaration = {
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
        diskState: 'Unattached',
        timeCreated: previous?.properties['timeCreated'] ?? new Date().toISOString(),
        uniqueId: previous?.properties['uniqueId'] ?? randomUUID(),
        encryption: { type: 'EncryptionAtRestWithPlatformKey' },
        networkAccessPolicy: 'AllowAll',
        publicNetworkAccess: 'Enabled',
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
}

const disks = declare(namespace, disk)

/** Power states of machines: they are no part of what a machine was asked to be. */
const power = new WeakMap<Resource, 'running' | 'stopped' | 'deallocated'>()

const machinePath = `/subscriptions/:subscription/resourcegroups/:group/providers/${namespace}/virtualMachines/:name`
const common = { type: `${namespace}/virtualMachines`, apiVersions: machineVersions }

const machineRoutes: readonly Route[] = [
  {
    ...common,
    method: 'GET',
    path: `${machinePath}/instanceView`,
    action: `${namespace}/virtualMachines/instanceView/read`,
    answer: (request, estate) => ({ status: 200, body: instanceView(requireMachine(request, estate)) }),
  },
  ...(['start', 'restart', 'powerOff', 'deallocate'] as const).map((verb): Route => ({
    ...common,
    method: 'POST',
    path: `${machinePath}/${verb}`,
    action: `${namespace}/virtualMachines/${verb}/action`,
    answer(request, estate): ArmAnswer {
      const resource = requireMachine(request, estate)
      const operation = estate.operations.start(async () => {
        await estate.pace.pass(6)
        power.set(resource, verb === 'deallocate' ? 'deallocated' : verb === 'powerOff' ? 'stopped' : 'running')
      })
      operation.result = () => ({ status: 200 })
      const address = (kind: 'status' | 'result') =>
        signedUrl(request, machines.operationPath(resource, kind, operation.id))
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

function requireMachine(request: ArmRequest, estate: Estate): Resource {
  const { name = '', group = '' } = request.parameters
  const resource = findResource(estate, `${groupId(estate, group)}/providers/${common.type}/${name}`)
  if (!resource || resource.deletion) throw resourceNotFound(common.type, name, group)
  return resource
}

function instanceView(resource: Resource): JsonObject {
  const state = power.get(resource) ?? 'running'
  return {
    computerName: textAt(objectAt(resource.properties, 'osProfile'), 'computerName') ?? resource.name,
    statuses: [
      { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' },
      { code: `PowerState/${state}`, level: 'Info', displayStatus: `VM ${state}` },
    ],
  }
}

const sizesRoute: Route = {
  type: `${namespace}/locations/vmSizes`,
  apiVersions: machineVersions,
  method: 'GET',
  path: `/subscriptions/:subscription/providers/${namespace}/locations/:location/vmSizes`,
  action: `${namespace}/locations/vmSizes/read`,
  answer: () => ({
    status: 200,
    body: {
      value: sizes.map(({ name, cores, memory, disks: most }) => ({
        name,
        numberOfCores: cores,
        osDiskSizeInMB: 1047552,
        resourceDiskSizeInMB: memory * 4,
        memoryInMB: memory,
        maxDataDiskCount: most,
      })),
    },
  }),
}
