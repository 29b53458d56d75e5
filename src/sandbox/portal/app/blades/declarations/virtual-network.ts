import type { Resource } from '../../resource-manager.ts'
import { nameOf } from '../../resource-manager.ts'
import { formatAddress, parseRange, proposeRange, sizeOf } from '../../wizard/address-range.ts'
import { deleteCommand, describePlace, refreshCommand } from '../common.ts'
import type { ListBlade, ResourceDeclaration, Scope } from '../declaration.ts'
import { listIn, textIn } from '../property.ts'

interface Subnet {
  id: string
  name: string
  properties: { addressPrefix?: string; addressPrefixes?: string[]; ipConfigurations?: unknown[] }
}

const rangesOf = ({ properties }: Subnet) =>
  properties.addressPrefix === undefined ? (properties.addressPrefixes ?? []) : [properties.addressPrefix]

/** Azure keeps the first four addresses of a subnet and its last (learn.microsoft.com, "Azure Virtual Network FAQ"). */
const kept = 5

/** Settings > Subnets; one is added in a pane of the shell (portal-facts.md §2, §6). */
const subnets: ListBlade = {
  kind: 'list',
  title: 'Subnets',
  columns: ['Name', 'IPv4', 'Available IPs', 'Delegated to', 'Security group'],
  empty: 'This virtual network has no subnets.',
  commands: scope => [
    { name: 'Subnet', icon: 'add', onPress: () => void addSubnet(scope) },
    { name: 'Gateway subnet', icon: 'add', disabled: true },
  ],
  async read(scope) {
    const found = await scope.host.resourceManager.list<Subnet>(`${scope.id}/subnets`)
    return found.map(subnet => {
      const used = kept + (subnet.properties.ipConfigurations ?? []).length
      const size = rangesOf(subnet).reduce((sum, range) => sum + sizeOf(parseRange(range)), 0)
      return {
        key: subnet.id,
        cells: [
          subnet.name,
          rangesOf(subnet).join(', '),
          String(Math.max(size - used, 0)),
          '-',
          nameOf(textIn(subnet, 'properties', 'networkSecurityGroup', 'id') ?? '-'),
        ],
        actions: [{ text: 'Delete', press: () => void deleteSubnet(scope, subnet) }],
      }
    })
  },
}

const addressSpace: ListBlade = {
  kind: 'list',
  title: 'Address space',
  columns: ['Address space', 'Address range', 'Address count'],
  empty: 'This virtual network has no address space.',
  async read({ id, host }) {
    return spacesOf(await host.resourceManager.get<Resource>(id)).map(prefix => {
      const range = parseRange(prefix)
      return {
        key: prefix,
        cells: [
          prefix,
          range ? `${formatAddress(range.first)} - ${formatAddress(range.last)}` : '',
          String(sizeOf(range)),
        ],
      }
    })
  },
}

export const virtualNetwork: ResourceDeclaration = {
  menu: () => ({
    Settings: ['Address space', 'Connected devices', 'Subnets', 'DNS servers', 'Peerings', 'Properties', 'Locks'],
    Monitoring: ['Alerts', 'Metrics', 'Diagram'],
  }),
  blades: {
    overview: {
      kind: 'overview',
      async read(resource, scope) {
        const { group, location, subscription, subscriptionId, tags } = await describePlace(resource, scope)
        const to = (item: string) => ({ page: 'resource', id: scope.id, item }) as const
        const count = listIn(resource.properties, 'subnets').length
        return {
          commands: [
            { name: 'Move', icon: 'move' },
            deleteCommand(scope),
            refreshCommand(scope),
            { name: 'Feedback', icon: 'feedback' },
          ],
          facts: [
            group,
            location,
            subscription,
            subscriptionId,
            {
              label: 'Address space',
              value: { text: spacesOf(resource).join(', '), route: to('address-space') },
            },
            { label: 'Subnets', value: { text: `${count} subnet${count === 1 ? '' : 's'}`, route: to('subnets') } },
            { label: 'DNS servers', value: 'Azure provided DNS service' },
            tags,
          ],
        }
      },
    },
    subnets,
    'address-space': addressSpace,
  },
}

const spacesOf = ({ properties }: Resource) => listIn(properties, 'addressSpace', 'addressPrefixes').map(String)

async function addSubnet({ id, host }: Scope): Promise<void> {
  const network = await host.resourceManager.get<Resource>(id)
  const taken = (await host.resourceManager.list<Subnet>(`${id}/subnets`)).flatMap(rangesOf)
  const newer = host.settings.traits.forms === 'newer'
  const answer = await host.askPane({
    type: 'form',
    title: newer ? 'Add a subnet' : 'Add subnet',
    button: newer ? 'Add' : 'Save',
    fields: [
      { kind: 'input', id: 'name', label: 'Name' },
      {
        kind: 'input',
        id: 'range',
        label: newer ? 'IPv4 address range' : 'Subnet address range',
        initial: proposeRange(spacesOf(network), taken) ?? '',
      },
    ],
  })
  if (!answer) return
  const { name = '', range = '' } = answer
  await host.carryOut({
    change: { method: 'PUT', id: `${id}/subnets/${name}`, body: { properties: { addressPrefixes: [range] } } },
    texts: {
      running: { title: 'Adding subnet', description: `Adding subnet '${name}' to '${nameOf(id)}'...` },
      done: { title: 'Subnet added', description: `Successfully added subnet '${name}' to '${nameOf(id)}'.` },
      failed: { title: 'Failed to add subnet', description: `The subnet '${name}' was not added.` },
    },
  })
}

async function deleteSubnet({ host }: Scope, { id, name }: Subnet): Promise<void> {
  const question = {
    type: 'confirm',
    title: 'Delete subnet',
    text: `Do you want to delete subnet '${name}'?`,
    accept: 'Yes',
    decline: 'No',
  } as const
  if (!(await host.askPane(question))) return
  await host.carryOut({
    change: { method: 'DELETE', id },
    texts: {
      running: { title: 'Deleting subnet', description: `Deleting subnet '${name}'...` },
      done: { title: 'Deleted subnet', description: `Successfully deleted subnet '${name}'.` },
      failed: { title: 'Failed to delete subnet', description: `The subnet '${name}' was not deleted.` },
    },
  })
}
