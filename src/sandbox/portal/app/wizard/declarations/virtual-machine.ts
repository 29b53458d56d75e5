import type { Resource, ResourceManager } from '../../resource-manager.ts'
import type { Answers, Declare, Scope, TemplateResource } from '../declaration.ts'
import { newKey, newName } from '../declaration.ts'
import type { PickerOption } from '../kit.ts'
import { checkMachineName, checkPassword, checkResourceName, checkUserName, placeOf } from '../names.ts'

/** "Create a virtual machine" (portal-facts.md §6). */
export const virtualMachine: Declare = () => ({
  title: 'Create a virtual machine',
  frame: 'CreateVirtualMachine.ReactView',
  tabs: [
    { id: 'basics', title: 'Basics', fields: basics },
    {
      id: 'disks',
      title: 'Disks',
      fields: [
        { kind: 'heading', text: 'OS disk' },
        {
          kind: 'pick',
          id: 'diskType',
          label: 'OS disk type',
          options: [
            { key: 'Premium_LRS', text: 'Premium SSD (locally-redundant storage)' },
            { key: 'StandardSSD_LRS', text: 'Standard SSD (locally-redundant storage)' },
            { key: 'Standard_LRS', text: 'Standard HDD (locally-redundant storage)' },
          ],
        },
        { kind: 'check', id: 'deleteDisk', label: 'Delete with VM', initial: true },
      ],
    },
    { id: 'networking', title: 'Networking', fields: networking },
    {
      id: 'management',
      title: 'Management',
      fields: [
        { kind: 'heading', text: 'Identity' },
        { kind: 'check', id: 'identity', label: 'Enable system assigned managed identity' },
      ],
    },
    {
      id: 'monitoring',
      title: 'Monitoring',
      fields: [
        {
          kind: 'radio',
          id: 'boot',
          label: 'Boot diagnostics',
          options: [
            { key: 'managed', text: 'Enable with managed storage account (recommended)' },
            { key: 'off', text: 'Disable' },
          ],
          initial: 'managed',
        },
      ],
    },
    {
      id: 'advanced',
      title: 'Advanced',
      fields: [{ kind: 'input', id: 'userData', label: 'User data', placeholder: 'Optional' }],
    },
    { id: 'tags', title: 'Tags', fields: [{ kind: 'tags' }] },
  ],
  async conflict({ subscription, group, value }, resourceManager) {
    const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${value('name')}`
    const taken = await resourceManager.find<Resource>(id)
    return taken ? `A virtual machine named '${value('name')}' already exists in '${group}'.` : undefined
  },
  keyPair: ({ value }) => (isGenerating(value) ? value('keyName') || `${value('name')}_key` : undefined),
  outcome: { type: 'deployment', name: 'CreateVm', resources },
})

const isLinux = ({ value }: Answers) => images.find(({ key }) => key === value('image'))?.system === 'linux'
const hasPassword = (answers: Answers) => !isLinux(answers) || answers.value('authentication') === 'password'
const hasKey = (answers: Answers) => !hasPassword(answers)
const isGenerating = (value: Answers['value']) =>
  images.find(({ key }) => key === value('image'))?.system === 'linux' &&
  value('authentication') === 'ssh' &&
  value('keySource') === 'new'

const image = (key: string, text: string, system: 'linux' | 'windows', reference: string) => ({
  key,
  text,
  system,
  reference,
})

const images = [
  image('ubuntu', 'Ubuntu Server 24.04 LTS - x64 Gen2', 'linux', 'Canonical:ubuntu-24_04-lts:server'),
  image(
    'ubuntu22',
    'Ubuntu Server 22.04 LTS - x64 Gen2',
    'linux',
    'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2',
  ),
  image('debian', 'Debian 12 "Bookworm" - x64 Gen2', 'linux', 'Debian:debian-12:12-gen2'),
  image(
    'windows',
    'Windows Server 2022 Datacenter: Azure Edition - x64 Gen2',
    'windows',
    'MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition',
  ),
  image(
    'windows19',
    'Windows Server 2019 Datacenter - x64 Gen2',
    'windows',
    'MicrosoftWindowsServer:WindowsServer:2019-datacenter-gensecond',
  ),
]

const basics = [
  { kind: 'heading', text: 'Project details' },
  { kind: 'subscription' },
  { kind: 'group' },
  { kind: 'heading', text: 'Instance details' },
  { kind: 'input', id: 'name', label: 'Virtual machine name', required: true, check: checkMachineName },
  { kind: 'region', zones: true },
  {
    kind: 'pick',
    id: 'availability',
    label: 'Availability options',
    options: [
      { key: 'none', text: 'No infrastructure redundancy required' },
      { key: 'zone', text: 'Availability zone' },
    ],
  },
  {
    kind: 'pick',
    id: 'zones',
    label: 'Availability zone',
    options: ['1', '2', '3'].map(key => ({ key, text: `Zone ${key}` })),
    when: answers => answers.value('availability') === 'zone',
  },
  {
    kind: 'pick',
    id: 'security',
    label: 'Security type',
    options: [
      { key: 'Standard', text: 'Standard' },
      { key: 'TrustedLaunch', text: 'Trusted launch virtual machines' },
    ],
    // The article about extended zones takes Standard for the default there (portal-facts.md §6.1).
    initial: (_, { zone }) => (zone === undefined ? 'TrustedLaunch' : 'Standard'),
  },
  { kind: 'pick', id: 'image', label: 'Image', required: true, options: images },
  {
    kind: 'radio',
    id: 'architecture',
    label: 'VM architecture',
    options: [
      { key: 'x64', text: 'x64' },
      { key: 'Arm64', text: 'Arm64' },
    ],
    initial: 'x64',
  },
  {
    kind: 'pick',
    id: 'size',
    label: 'Size',
    required: true,
    options: (_, loaded) => loaded,
    load: readSizes,
    initial: options => options.find(({ key }) => key === 'Standard_D2s_v3')?.key,
  },
  { kind: 'heading', text: 'Administrator account' },
  {
    kind: 'radio',
    id: 'authentication',
    label: 'Authentication type',
    options: [
      { key: 'ssh', text: 'SSH public key' },
      { key: 'password', text: 'Password' },
    ],
    initial: 'ssh',
    when: isLinux,
  },
  { kind: 'input', id: 'user', label: 'Username', required: true, check: checkUserName },
  {
    kind: 'pick',
    id: 'keySource',
    label: 'SSH public key source',
    options: [
      { key: 'new', text: 'Generate new key pair' },
      { key: 'own', text: 'Use existing public key' },
    ],
    when: hasKey,
  },
  {
    kind: 'input',
    id: 'keyName',
    label: 'Key pair name',
    placeholder: 'Name the SSH public key',
    when: answers => hasKey(answers) && answers.value('keySource') === 'new',
  },
  {
    kind: 'input',
    id: 'publicKey',
    label: 'SSH public key',
    required: true,
    when: answers => hasKey(answers) && answers.value('keySource') === 'own',
    check: key =>
      /^ssh-\S+ \S+/.test(key) ? undefined : 'The key must be an SSH public key in the format of OpenSSH.',
  },
  { kind: 'password', id: 'password', label: 'Password', required: true, when: hasPassword, check: checkPassword },
  {
    kind: 'password',
    id: 'confirmation',
    label: 'Confirm password',
    required: true,
    when: hasPassword,
    check: (text, { value }) => (text === value('password') ? undefined : 'Password and confirm password must match.'),
  },
  { kind: 'heading', text: 'Inbound port rules' },
  {
    kind: 'radio',
    id: 'inbound',
    label: 'Public inbound ports',
    options: [
      { key: 'none', text: 'None' },
      { key: 'selected', text: 'Allow selected ports' },
    ],
    initial: 'selected',
  },
  {
    kind: 'pick',
    id: 'port',
    label: 'Select inbound ports',
    options: [
      { key: '22', text: 'SSH (22)' },
      { key: '80', text: 'HTTP (80)' },
      { key: '443', text: 'HTTPS (443)' },
      { key: '3389', text: 'RDP (3389)' },
    ],
    initial: (_, answers) => (isLinux(answers) ? '22' : '3389'),
    when: answers => answers.value('inbound') === 'selected',
  },
] satisfies ReturnType<Declare>['tabs'][number]['fields']

const networking = [
  { kind: 'heading', text: 'Network interface' },
  {
    kind: 'pick',
    id: 'network',
    label: 'Virtual network',
    required: true,
    options: ({ value }, loaded) => [
      ...loaded,
      { key: newKey(`${value('name')}-vnet`), text: `(new) ${value('name')}-vnet` },
    ],
    load: scope => readNetworks(scope, ({ id, name }) => [{ key: id, text: name }]),
    createNew: {
      text: 'Create new',
      about: 'A network with the address space 10.0.0.0/16 is created together with the machine.',
      check: name => checkResourceName(name, 2, 64),
    },
  },
  {
    kind: 'pick',
    id: 'subnet',
    label: 'Subnet',
    required: true,
    options: ({ value }, loaded) =>
      newName(value('network')) === undefined
        ? loaded.filter(({ key }) => key.startsWith(`${value('network')}/`))
        : [{ key: newKey('default'), text: '(new) default (10.0.0.0/24)' }],
    load: scope =>
      readNetworks(scope, ({ properties }) =>
        (properties?.subnets ?? []).map(({ id, name, properties: subnet }) => ({
          key: id,
          text: `${name} (${subnet.addressPrefix ?? subnet.addressPrefixes?.[0] ?? ''})`,
        })),
      ),
  },
  {
    kind: 'pick',
    id: 'address',
    label: 'Public IP',
    options: ({ value }) => [
      { key: 'none', text: 'None' },
      { key: newKey(`${value('name')}-ip`), text: `(new) ${value('name')}-ip` },
    ],
    initial: options => options[1]?.key,
    createNew: {
      text: 'Create new',
      about: 'A standard address is created together with the machine.',
      check: name => checkResourceName(name, 1, 80),
    },
  },
  {
    kind: 'radio',
    id: 'rules',
    label: 'NIC network security group',
    options: [
      { key: 'none', text: 'None' },
      { key: 'basic', text: 'Basic' },
      { key: 'advanced', text: 'Advanced' },
    ],
    initial: 'basic',
  },
  { kind: 'check', id: 'deleteNetwork', label: 'Delete public IP and NIC when VM is deleted' },
] satisfies ReturnType<Declare>['tabs'][number]['fields']

interface Network extends Resource {
  extendedLocation?: { name: string }
  properties?: {
    subnets?: { id: string; name: string; properties: { addressPrefix?: string; addressPrefixes?: string[] } }[]
  }
}

/** Networks of the machine's region or extended zone. */
async function readNetworks(scope: Scope, read: (network: Network) => PickerOption[]): Promise<PickerOption[]> {
  const path = `/subscriptions/${scope.subscription}/providers/Microsoft.Network/virtualNetworks`
  const networks = await scope.resourceManager.list<Network>(path)
  return networks
    .filter(({ location, extendedLocation }) => location === scope.location && extendedLocation?.name === scope.zone)
    .flatMap(read)
}

async function readSizes({ resourceManager, subscription, location }: Scope): Promise<PickerOption[]> {
  const path = `/subscriptions/${subscription}/providers/Microsoft.Compute/locations/${location}/vmSizes`
  const sizes = await sizesAt(resourceManager, path)
  return sizes.map(({ name, numberOfCores, memoryInMB }) => ({
    key: name,
    text: `${name} - ${numberOfCores} ${numberOfCores === 1 ? 'vcpu' : 'vcpus'}, ${memoryInMB / 1024} GiB memory`,
  }))
}

const sizesAt = (resourceManager: ResourceManager, path: string) =>
  resourceManager.list<{ name: string; numberOfCores: number; memoryInMB: number }>(path)

/** The machine, its interface, and what of address, rules and network is new. */
function resources(answers: Answers): TemplateResource[] {
  const { value, tags } = answers
  const place = placeOf(answers)
  const name = value('name')
  const network = newName(value('network'))
  const address = newName(value('address'))
  const rules = value('rules') === 'basic' ? `${name}-nsg` : undefined
  const networkType = (type: string, own: string, properties: object, dependsOn: string[] = []): TemplateResource => ({
    type: `Microsoft.Network/${type}`,
    apiVersion: '2024-05-01',
    name: own,
    ...place,
    tags,
    dependsOn,
    properties,
  })
  const idOf = (type: string, own: string) => `[resourceId('Microsoft.Network/${type}', '${own}')]`
  const made = [
    ...(network === undefined ? [] : [networkType('virtualNetworks', network, newNetwork)]),
    ...(rules === undefined ? [] : [networkType('networkSecurityGroups', rules, { securityRules: rulesOf(value) })]),
    ...(address === undefined
      ? []
      : [
          {
            ...networkType('publicIPAddresses', address, { publicIPAllocationMethod: 'Static' }),
            sku: { name: 'Standard' },
          },
        ]),
  ]
  const subnet =
    network === undefined
      ? value('subnet')
      : `[resourceId('Microsoft.Network/virtualNetworks/subnets', '${network}', 'default')]`
  const cleaned = answers.isOn('deleteNetwork') ? { deleteOption: 'Delete' } : {}
  const card = networkType(
    'networkInterfaces',
    `${name}-nic`,
    {
      ipConfigurations: [
        {
          name: 'ipconfig1',
          properties: {
            subnet: { id: subnet },
            privateIPAllocationMethod: 'Dynamic',
            ...(address === undefined
              ? {}
              : { publicIPAddress: { id: idOf('publicIPAddresses', address), properties: cleaned } }),
          },
        },
      ],
      ...(rules === undefined ? {} : { networkSecurityGroup: { id: idOf('networkSecurityGroups', rules) } }),
    },
    made.map(({ type, name: own }) => `[resourceId('${type}', '${own}')]`),
  )
  return [
    ...made,
    card,
    {
      type: 'Microsoft.Compute/virtualMachines',
      apiVersion: '2024-07-01',
      name,
      ...place,
      tags,
      ...(value('availability') === 'zone' ? { zones: [value('zones')] } : {}),
      ...(answers.isOn('identity') ? { identity: { type: 'SystemAssigned' } } : {}),
      dependsOn: [idOf('networkInterfaces', `${name}-nic`)],
      properties: {
        hardwareProfile: { vmSize: value('size') },
        storageProfile: {
          imageReference: imageOf(value('image')),
          osDisk: {
            createOption: 'FromImage',
            managedDisk: { storageAccountType: value('diskType') },
            deleteOption: answers.isOn('deleteDisk') ? 'Delete' : 'Detach',
          },
        },
        networkProfile: {
          networkInterfaces: [{ id: idOf('networkInterfaces', `${name}-nic`), properties: cleaned }],
        },
        ...(value('security') === 'TrustedLaunch'
          ? {
              securityProfile: {
                securityType: 'TrustedLaunch',
                uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
              },
            }
          : {}),
        diagnosticsProfile: { bootDiagnostics: { enabled: value('boot') === 'managed' } },
        osProfile: systemOf(answers),
      },
    },
  ]
}

const newNetwork = {
  addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
  subnets: [{ name: 'default', properties: { addressPrefix: '10.0.0.0/24' } }],
}

function rulesOf(value: Answers['value']) {
  if (value('inbound') !== 'selected') return []
  return [
    {
      name: { 22: 'SSH', 80: 'HTTP', 443: 'HTTPS', 3389: 'RDP' }[value('port')] ?? 'Inbound',
      properties: {
        priority: 300,
        protocol: 'Tcp',
        access: 'Allow',
        direction: 'Inbound',
        sourceAddressPrefix: '*',
        sourcePortRange: '*',
        destinationAddressPrefix: '*',
        destinationPortRange: value('port'),
      },
    },
  ]
}

function imageOf(key: string) {
  const [publisher, offer, sku] = images.find(one => one.key === key)?.reference.split(':') ?? []
  return { publisher, offer, sku, version: 'latest' }
}

function systemOf(answers: Answers) {
  const { value } = answers
  const common = { computerName: value('name').slice(0, 15), adminUsername: value('user') }
  if (!isLinux(answers)) return { ...common, adminPassword: value('password'), windowsConfiguration: {} }
  if (hasPassword(answers))
    return { ...common, adminPassword: value('password'), linuxConfiguration: { disablePasswordAuthentication: false } }
  const path = `/home/${value('user')}/.ssh/authorized_keys`
  return {
    ...common,
    linuxConfiguration: {
      disablePasswordAuthentication: true,
      ssh: { publicKeys: [{ path, keyData: value('publicKey') }] },
    },
  }
}
