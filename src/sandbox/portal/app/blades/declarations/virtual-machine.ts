import type { BladeHost } from '../../host.ts'
import type { Command } from '../../pages/command-bar.tsx'
import type { Resource } from '../../resource-manager.ts'
import { groupIdOf, nameOf } from '../../resource-manager.ts'
import { deleteCommand, describePlace, refreshCommand } from '../common.ts'
import type { Cell, Fact, ResourceDeclaration, Scope } from '../declaration.ts'
import { listIn, textIn } from '../property.ts'

/** Menu of a machine: Connect got a group of its own, and Networking too (learn.microsoft.com, "Azure portal virtual machine experience"). */
export const virtualMachine: ResourceDeclaration = {
  menu: ({ machineMenu }) =>
    machineMenu === 'flat'
      ? {
          Settings: ['Networking', 'Connect', 'Disks', 'Size', 'Properties', 'Locks'],
          Operations: ['Bastion', 'Auto-shutdown', 'Backup', 'Disaster recovery', 'Run command'],
          Monitoring: ['Insights', 'Alerts', 'Metrics'],
        }
      : {
          Connect: ['Connect', 'Bastion'],
          Networking: ['Network settings', 'Load balancing'],
          Settings: ['Disks', 'Extensions + applications', 'Properties', 'Locks'],
          'Availability + scale': ['Size', 'Availability + scaling'],
          'Backup + disaster recovery': ['Backup', 'Disaster recovery'],
          Operations: ['Auto-shutdown', 'Run command'],
          Monitoring: ['Insights', 'Alerts', 'Metrics'],
        },
  blades: {
    overview: {
      kind: 'overview',
      async read(resource, scope) {
        const { host, id } = scope
        const [place, state, network] = await Promise.all([
          describePlace(resource, scope),
          readState(id, host),
          readNetwork(resource, host),
        ])
        return {
          commands: commandsFor(scope, state),
          facts: [
            place.group,
            { label: 'Status', value: states[state] ?? state },
            place.location,
            place.subscription,
            place.subscriptionId,
            { label: 'Operating system', value: systemOf(resource) },
            { label: 'Size', value: textIn(resource.properties, 'hardwareProfile', 'vmSize') ?? '' },
            { label: 'Public IP address', value: network.address },
            { label: 'Virtual network/subnet', value: network.subnet },
            place.tags,
          ],
        }
      },
    },
    connect: {
      kind: 'properties',
      async read(resource, { host }) {
        const { address } = await readNetwork(resource, host)
        const user = textIn(resource.properties, 'osProfile', 'adminUsername') ?? ''
        const isWindows = systemOf(resource) === 'Windows'
        return [
          { label: 'Connecting using', value: 'Public IP address' },
          { label: 'Public IP address', value: address },
          { label: 'Admin username', value: user },
          { label: 'Port', value: isWindows ? '3389' : '22' },
          isWindows
            ? { label: 'Native RDP', value: `mstsc /v:${address}:3389` }
            : { label: 'Native SSH', value: `ssh ${user}@${address}` },
        ] satisfies Fact[]
      },
    },
  },
}

const states: Readonly<Record<string, string>> = {
  running: 'Running',
  stopped: 'Stopped',
  deallocated: 'Stopped (deallocated)',
}

async function readState(id: string, { resourceManager }: BladeHost): Promise<string> {
  const { statuses } = await resourceManager.get<{ statuses: { code: string }[] }>(`${id}/instanceView`)
  const power = statuses.find(({ code }) => code.startsWith('PowerState/'))
  return power?.code.replace('PowerState/', '') ?? 'Unknown'
}

function systemOf({ properties }: Resource): string {
  if (textIn(properties, 'storageProfile', 'osDisk', 'osType') === 'Windows') return 'Windows'
  const system = properties?.['osProfile']
  return typeof system === 'object' && system !== null && 'windowsConfiguration' in system ? 'Windows' : 'Linux'
}

/** The first interface's address and subnet, as links where they can be had. */
async function readNetwork({ properties }: Resource, { resourceManager }: BladeHost) {
  const [first] = listIn(properties, 'networkProfile', 'networkInterfaces')
  const cardId = textIn(first, 'id')
  const card = cardId === undefined ? undefined : await resourceManager.find<Resource>(cardId)
  const [configuration] = listIn(card?.properties, 'ipConfigurations')
  const addressId = textIn(configuration, 'properties', 'publicIPAddress', 'id')
  const address = addressId === undefined ? undefined : await resourceManager.find<Resource>(addressId)
  const subnetId = textIn(configuration, 'properties', 'subnet', 'id')
  return { address: textIn(address?.properties, 'ipAddress') ?? '-', subnet: describeSubnet(subnetId) }
}

// > | …/virtualNetworks/net1/subnets/default
//     ^ net1/default
function describeSubnet(id: string | undefined): Cell {
  const [, network] = /^(.*\/virtualNetworks\/[^/]+)\/subnets\/[^/]+$/i.exec(id ?? '') ?? []
  if (id === undefined || network === undefined) return '-'
  return { text: `${nameOf(network)}/${nameOf(id)}`, route: { page: 'resource', id: network, item: 'overview' } }
}

/** What a machine can be told to do; Stop also gives its hardware back (learn.microsoft.com, "States and billing status of Azure VMs"). */
function commandsFor(scope: Scope, state: string): Command[] {
  const { id, host } = scope
  const running = state === 'running'
  const connect = () => host.navigate({ page: 'resource', id, item: 'connect' })
  return [
    {
      name: 'Connect',
      icon: 'connect',
      menu: [
        { name: 'Connect', onPress: connect },
        {
          name: 'Connect via Bastion',
          onPress: () => host.navigate({ page: 'resource', id, item: 'bastion' }),
        },
      ],
    },
    { name: 'Start', icon: 'run', disabled: running, onPress: () => void tell(scope, 'start') },
    { name: 'Restart', icon: 'restart', disabled: !running, onPress: () => void tell(scope, 'restart') },
    { name: 'Stop', icon: 'stop', disabled: state === 'deallocated', onPress: () => void tell(scope, 'deallocate') },
    { name: 'Capture', icon: 'backup' },
    deleteCommand(scope),
    refreshCommand(scope),
    { name: 'Feedback', icon: 'feedback' },
  ]
}

const verbs = {
  start: { name: 'start', doing: 'Starting', done: 'Started', asks: false },
  restart: { name: 'restart', doing: 'Restarting', done: 'Restarted', asks: true },
  deallocate: { name: 'stop', doing: 'Stopping', done: 'Stopped', asks: true },
} as const

async function tell({ id, host }: Scope, action: keyof typeof verbs): Promise<void> {
  const { name: verb, doing, done, asks } = verbs[action]
  const name = nameOf(id)
  const question = {
    type: 'confirm',
    title: `${verb.replace(/^./, letter => letter.toUpperCase())} this virtual machine`,
    text: `Do you want to ${verb} '${name}'?`,
    accept: 'Yes',
    decline: 'No',
  } as const
  if (asks && !(await host.askPane(question))) return
  const group = nameOf(groupIdOf(id))
  await host.carryOut({
    change: { method: 'POST', id: `${id}/${action}` },
    texts: {
      running: {
        title: `${doing} virtual machine`,
        description: `${doing} virtual machine '${name}' in '${group}'...`,
      },
      done: { title: `${done} virtual machine`, description: `${done} virtual machine '${name}'.` },
      failed: {
        title: `Failed to ${verb} virtual machine`,
        description: `The virtual machine '${name}' did not ${verb}.`,
      },
    },
  })
}
