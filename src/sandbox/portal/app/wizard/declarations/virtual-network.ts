import type { Resource } from '../../resource-manager.ts'
import { contains, overlap, parseRange } from '../address-range.ts'
import type { Declare, Row } from '../declaration.ts'
import { checkResourceName, placeOf } from '../names.ts'

/** "Create virtual network" (portal-facts.md §6): its third tab has another name since 2026 (§14). */
export const virtualNetwork: Declare = traits => ({
  title: 'Create virtual network',
  frame: 'CreateVirtualNetwork.ReactView',
  tabs: [
    {
      id: 'basics',
      title: 'Basics',
      fields: [
        {
          kind: 'text',
          text: 'A virtual network lets resources reach each other, the internet and your own networks.',
        },
        { kind: 'heading', text: 'Project details' },
        { kind: 'subscription' },
        { kind: 'group' },
        { kind: 'heading', text: 'Instance details' },
        {
          kind: 'input',
          id: 'name',
          label: 'Virtual network name',
          required: true,
          check: name => checkResourceName(name, 2, 64),
        },
        { kind: 'region', zones: true },
      ],
    },
    {
      id: 'security',
      title: 'Security',
      fields: [
        { kind: 'heading', text: 'Virtual network encryption' },
        {
          kind: 'check',
          id: 'encryption',
          label: 'Virtual network encryption',
          info: 'Encrypts traffic between the virtual machines of the network.',
        },
      ],
    },
    {
      id: 'addresses',
      title: traits.addressesTab,
      fields: [
        { kind: 'text', text: 'The address space of the network, in CIDR notation, and the subnets that divide it.' },
        {
          kind: 'input',
          id: 'space',
          label: 'IPv4 address space',
          required: true,
          initial: '10.0.0.0/16',
          check: text => (parseRange(text) ? undefined : 'The value must be a range of addresses such as 10.0.0.0/16.'),
        },
        {
          kind: 'list',
          id: 'subnets',
          label: 'Subnets',
          columns: { name: 'Name', range: 'IP address range' },
          initial: [{ name: 'default', range: '10.0.0.0/24' }],
          add: { text: 'Add a subnet', pane: 'Add a subnet', button: 'Add' },
          remove: 'Delete subnet',
          fields: [
            { id: 'name', label: 'Name' },
            { id: 'range', label: 'IPv4 address range', initial: '10.0.1.0/24' },
          ],
          check: (row, rows, answers) => checkSubnet(row, rows, answers.value('space')),
        },
      ],
    },
    { id: 'tags', title: 'Tags', fields: [{ kind: 'tags' }] },
  ],
  async conflict({ subscription, group, value }, resourceManager) {
    const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/${value('name')}`
    const taken = await resourceManager.find<Resource>(id)
    return taken ? `A virtual network named '${value('name')}' already exists in '${group}'.` : undefined
  },
  outcome: {
    type: 'deployment',
    name: 'Microsoft.VirtualNetwork',
    resources: answers => [
      {
        type: 'Microsoft.Network/virtualNetworks',
        apiVersion: '2024-05-01',
        name: answers.value('name'),
        ...placeOf(answers),
        tags: answers.tags,
        properties: {
          addressSpace: { addressPrefixes: [answers.value('space')] },
          subnets: answers
            .rows('subnets')
            .map(({ name, range }) => ({ name, properties: { addressPrefixes: [range] } })),
          ...(answers.isOn('encryption') ? { encryption: { enabled: true, enforcement: 'AllowUnencrypted' } } : {}),
        },
      },
    ],
  },
})

function checkSubnet(row: Row, rows: Row[], space: string): string | undefined {
  const { name = '', range = '' } = row
  const own = parseRange(range)
  const whole = parseRange(space)
  if (!own) return `The range of subnet '${name}' must be one such as 10.0.1.0/24.`
  if (whole && !contains(whole, own)) return `The range of subnet '${name}' is not in the address space.`
  const others = rows.filter(other => other !== row)
  if (others.some(other => other['name']?.toLowerCase() === name.toLowerCase()))
    return `There is more than one subnet named '${name}'.`
  const clash = others.find(other => overlap(own, parseRange(other['range'] ?? '')))
  return clash ? `The ranges of the subnets '${name}' and '${clash['name'] ?? ''}' overlap.` : undefined
}
