import { expect, test } from '@playwright/test'
import type { ExpectedResource } from '../../src/plan/plan.ts'
import { planOf } from './plan-of.ts'

/** An article whose one form, on the page named, has these rows and is sent by the command. */
function formOf(
  page: string,
  rows: readonly (readonly [string, string])[],
  submit = 'Create',
  ...before: string[]
): string {
  return [
    '# Make it',
    '',
    '## Make it',
    '',
    ...before.map(step => `1. ${step}`),
    `1. On the **${page}** page, enter or select these values:`,
    '',
    '    | Setting | Value |',
    '    | --- | --- |',
    ...rows.map(([setting, value]) => `    | ${setting} | ${value} |`),
    '',
    `1. Select **${submit}**.`,
    '',
  ].join('\n')
}

/** What a form's article makes on the ARM surface, under the article's names. */
function made(text: string): ExpectedResource[] {
  return planOf(text, { surface: 'arm', names: 'literal' }).resources
}

function madeOne(text: string, type: string): ExpectedResource {
  const found = made(text).find(each => each.type.endsWith(`/${type}`))
  if (!found) throw new Error(`No ${type} is made.`)
  return found
}

const inGroup = '/subscriptions/{subscription}/resourceGroups/group1'
const network = `${inGroup}/providers/Microsoft.Network`

const machineRows = [
  ['Resource group', 'Select **Create new**. <br> Enter *group1* in **Name**. <br> Select **OK**.'],
  ['Virtual machine name', 'Enter *vm1*.'],
  ['Region', 'Select **North Europe**.'],
  ['Username', 'Enter *casey*.'],
] as const
const machine = (...more: (readonly [string, string])[]) =>
  formOf('Create a virtual machine', [...machineRows, ...more])

test.describe('a virtual machine', () => {
  test('comes with network, address, rules and card, each before what refers to it', () => {
    expect(made(machine()).map(({ type, id }) => [type.split('/').at(-1), id.split('/').at(-1)])).toEqual([
      ['resourceGroups', 'group1'],
      ['virtualNetworks', 'vm1-vnet'],
      ['publicIPAddresses', 'vm1-ip'],
      ['networkSecurityGroups', 'vm1-nsg'],
      ['networkInterfaces', 'vm1-nic'],
      ['virtualMachines', 'vm1'],
    ])
  })

  test('leaves to the portal what the portal makes by itself', () => {
    const types = planOf(machine(), { surface: 'portal' }).resources.map(({ type }) => type.split('/').at(-1))
    expect(types).toEqual(['resourceGroups', 'virtualMachines'])
  })

  for (const [what, row, missing] of [
    ['no address', ['Public IP', 'Select **None**.'], 'publicIPAddresses'],
    ['no rules', ['NIC network security group', 'Select **None**.'], 'networkSecurityGroups'],
    ['no network where there is one', ['Virtual network', 'Select **net1**.'], 'virtualNetworks'],
  ] as const)
    test(`comes with ${what}, where the article says so`, () => {
      expect(made(machine(row)).map(({ type }) => type.split('/').at(-1))).not.toContain(missing)
    })

  for (const [row, path, value] of [
    [['Security type', 'Select **Standard**.'], 'properties.securityProfile', undefined],
    [
      ['Security type', 'Select **Trusted launch virtual machines**.'],
      'properties.securityProfile.uefiSettings',
      { secureBootEnabled: true, vTpmEnabled: true },
    ],
    [['Availability zone', 'Select **Zone 2**.'], 'zones', ['2']],
    [['Size', 'Select **Standard_B2s - 2 vcpus, 4 GiB memory**.'], 'properties.hardwareProfile.vmSize', 'Standard_B2s'],
    [
      ['OS disk type', 'Select **Standard SSD**.'],
      'properties.storageProfile.osDisk.managedDisk.storageAccountType',
      'StandardSSD_LRS',
    ],
    [['Boot diagnostics', 'Select **Disable**.'], 'properties.diagnosticsProfile.bootDiagnostics.enabled', false],
    [['Enable system assigned managed identity', 'Select the check box.'], 'identity', { type: 'SystemAssigned' }],
    [
      ['Image', 'Select **Windows Server 2019 Datacenter - x64 Gen2**.'],
      'properties.osProfile.linuxConfiguration',
      undefined,
    ],
  ] as const)
    test(`reads ${row[0]}: ${row[1]}`, () => {
      expect(at(madeOne(machine(row), 'virtualMachines').body, path)).toEqual(value)
    })

  test('has what the form holds where no sentence says so', () => {
    const { body } = madeOne(machine(), 'virtualMachines')
    expect(at(body, 'properties.hardwareProfile.vmSize')).toBe('Standard_D2s_v3')
    expect(at(body, 'properties.diagnosticsProfile.bootDiagnostics.enabled')).toBe(true)
    expect(at(body, 'properties.storageProfile.osDisk.managedDisk.storageAccountType')).toBe('Premium_LRS')
    expect(at(body, 'properties.osProfile.linuxConfiguration.ssh.publicKeys.0')).toEqual({
      path: '/home/casey/.ssh/authorized_keys',
      keyData: '{secret:ssh-public-key}',
    })
  })

  test('refers to its card, and the card to network, address and rules', () => {
    expect(at(madeOne(machine(), 'virtualMachines').body, 'properties.networkProfile.networkInterfaces.0.id')).toBe(
      `${network}/networkInterfaces/vm1-nic`,
    )
    const { properties } = madeOne(machine(), 'networkInterfaces').body as { properties: object }
    expect(properties).toMatchObject({
      networkSecurityGroup: { id: `${network}/networkSecurityGroups/vm1-nsg` },
      ipConfigurations: [
        {
          properties: {
            subnet: { id: `${network}/virtualNetworks/vm1-vnet/subnets/default` },
            publicIPAddress: { id: `${network}/publicIPAddresses/vm1-ip` },
          },
        },
      ],
    })
  })

  test('keeps its region as the article says it, also where that is an extended zone', () => {
    const text = machine().replace('North Europe', 'Los Angeles')
    expect(made(text).map(({ location }) => location?.value)).toEqual(Array(6).fill('Los Angeles'))
  })

  test('tells settings that nobody has mapped', () => {
    const { unmapped } = madeOne(machine(['Azure Spot discount', 'Select **On**.']), 'virtualMachines')
    expect(unmapped.map(({ setting }) => setting)).toEqual(['Azure Spot discount'])
  })

  test('tells an option that a field without a place in the request does not offer', () => {
    const unmappedWith = (option: string) =>
      madeOne(machine(['Public inbound ports', `Select **${option}**.`]), 'virtualMachines').unmapped
    expect(unmappedWith('Allow selected ports')).toEqual([])
    expect(unmappedWith('Compass Thimble')).toMatchObject([{ offered: ['None', 'Allow selected ports'] }])
  })
})

const groupRow = ['Resource group', 'Select **group1**.'] as const
const regionRow = ['Region', 'Select **North Europe**.'] as const

test.describe('a virtual network', () => {
  const page = 'Create virtual network'
  const rows = [groupRow, ['Virtual network name', 'Enter *net1*.'], regionRow] as const

  test('has the address space and the subnet of the form', () => {
    expect(madeOne(formOf(page, rows), 'virtualNetworks').body).toEqual({
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ name: 'default', properties: { addressPrefix: '10.0.0.0/24' } }],
      },
    })
  })

  for (const [what, steps, subnets] of [
    [
      'added to the one that is there',
      [
        'Select **Add a subnet**, enter *front* in **Name** and *10.0.1.0/24* in **IPv4 address range**, and then select **Add**.',
      ],
      [
        { name: 'default', properties: { addressPrefix: '10.0.0.0/24' } },
        { name: 'front', properties: { addressPrefix: '10.0.1.0/24' } },
      ],
    ],
    [
      'in the place of the one that is there',
      [
        'Select **Delete subnet**.',
        'Select **Add a subnet**, enter *front* in **Name** and *10.0.1.0/24* in **IPv4 address range**, and then select **Add**.',
      ],
      [{ name: 'front', properties: { addressPrefix: '10.0.1.0/24' } }],
    ],
  ] as const)
    test(`has a subnet ${what}`, () => {
      const text = formOf(page, rows).replace(
        '1. Select **Create**.',
        [...steps, 'Select **Create**.'].map(step => `1. ${step}`).join('\n'),
      )
      const { body, properties } = madeOne(text, 'virtualNetworks')
      expect(at(body, 'properties.subnets')).toEqual(subnets)
      expect(properties.map(({ path }) => path)).toContain('properties.subnets.name=front')
    })
})

test.describe('a storage account', () => {
  const page = 'Create a storage account'
  const rows = [groupRow, ['Storage account name', 'Enter *store1*.'], regionRow] as const
  const account = (...more: (readonly [string, string])[]) =>
    madeOne(formOf(page, [...rows, ...more]), 'storageAccounts').body

  test('offers no other redundancy than those of its list', () => {
    const { unmapped } = madeOne(
      formOf(page, [...rows, ['Redundancy', 'Select **Saddle Meadow**.']]),
      'storageAccounts',
    )
    expect(unmapped).toMatchObject([
      {
        setting: 'Redundancy',
        offered: [
          'Locally-redundant storage (LRS)',
          ...['Geo', 'Zone', 'Geo-zone'].map(each => expect.stringMatching(`^${each}-`)),
        ],
      },
    ])
  })

  test('has what the form sends by itself', () => {
    expect(account()).toEqual({
      kind: 'StorageV2',
      sku: { name: 'Standard_GRS' },
      properties: {
        accessTier: 'Hot',
        supportsHttpsTrafficOnly: true,
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: true,
        minimumTlsVersion: 'TLS1_2',
        publicNetworkAccess: 'Enabled',
      },
    })
  })

  for (const [rowsOf, path, value] of [
    [[['Redundancy', 'Select **Locally-redundant storage (LRS)**.']], 'sku.name', 'Standard_LRS'],
    [
      [
        ['Performance', 'Select **Premium**.'],
        ['Redundancy', 'Select **Zone-redundant storage (ZRS)**.'],
      ],
      'sku.name',
      'Premium_ZRS',
    ],
    [
      [['Access tier', 'Select **Cool: Optimized for infrequently accessed data and backup scenarios**.']],
      'properties.accessTier',
      'Cool',
    ],
    [[['Public network access', 'Select **Disable**.']], 'properties.publicNetworkAccess', 'Disabled'],
  ] as const)
    test(`reads ${rowsOf.map(row => row.join(': ')).join(', ')}`, () => {
      expect(at(account(...rowsOf), path)).toBe(value)
    })
})

test.describe('what belongs to something else', () => {
  const vault = formOf('Create Recovery Services vault', [
    ['Resource group', 'Select **Create new**. <br> Enter *group1* in **Name**. <br> Select **OK**.'],
    ['Vault name', 'Enter *vault1*.'],
    regionRow,
  ])
  const protection = (...steps: string[]) =>
    [
      vault,
      machine().replace('# Make it\n\n## Make it', '## Make the machine'),
      '## Protect it',
      '',
      ...[
        'On the **Configure backup** page, for **Vault**, select **vault1**.',
        ...steps,
        'Under **Virtual machines**, select **Add**.',
        'On the **Select virtual machines** pane, select the **vm1** check box, and then select **OK**.',
        'Select **Enable backup**.',
      ].map(step => `1. ${step}`),
      '',
    ].join('\n')
  const protect = (...steps: string[]) => madeOne(protection(...steps), 'protectedItems')

  test('a protected item is in the vault, under the names of the machine and its group', () => {
    const container = 'iaasvmcontainer;iaasvmcontainerv2;group1;vm1'
    const { id, body } = protect()
    expect(id).toBe(
      `${inGroup}/providers/Microsoft.RecoveryServices/vaults/vault1/backupFabrics/Azure/protectionContainers/${container}/protectedItems/vm;iaasvmcontainerv2;group1;vm1`,
    )
    expect(at(body, 'properties.sourceResourceId')).toBe(`${inGroup}/providers/Microsoft.Compute/virtualMachines/vm1`)
  })

  test('the only protected item is the one that is deleted where nobody names it', () => {
    const text = `${protection()}1. Select **Stop backup**.\n1. For **Choose an option**, select **Delete Backup Data**.\n1. Select **Stop backup**.\n`
    const { steps } = planOf(text, { surface: 'arm', names: 'literal' })
    const effects = steps.flatMap(({ actions }) => actions.flatMap(({ effect }) => effect ?? []))
    expect(effects.at(-1)).toMatchObject({ kind: 'delete', id: protect().id })
  })

  for (const [steps, policy] of [
    [[], 'EnhancedPolicy'],
    [['For **Policy sub type**, select **Standard**.'], 'DefaultPolicy'],
    [['For **Backup policy**, select **Nightly (every day)**.'], 'Nightly'],
  ] as const)
    test(`a protected item has the policy ${policy}`, () => {
      expect(String(at(protect(...steps).body, 'properties.policyId'))).toMatch(
        new RegExp(`/backupPolicies/${policy}$`),
      )
    })

  for (const [said, level] of [
    ['Delete', 'CanNotDelete'],
    ['Read-only', 'ReadOnly'],
  ] as const)
    test(`a lock of type ${said} is on the group whose page is open`, () => {
      const group = [
        '## Lock it',
        '',
        '1. Select **Go to resource group**.',
        '1. Select **Add**.',
        '1. On the **Add lock** pane, enter *keep* for **Lock name**.',
        `1. For **Lock type**, select **${said}**.`,
        '1. Select **OK**.',
        '',
      ]
      const text = formOf('Create a resource group', [['Resource group', 'Enter *group1*.'], regionRow])
      const { id, body } = madeOne([text, ...group].join('\n'), 'locks')
      expect(id).toBe(`${inGroup}/providers/Microsoft.Authorization/locks/keep`)
      expect(body).toEqual({ properties: { level } })
    })

  test('tags are in the request and read back', () => {
    const text = formOf('Create a resource group', [['Resource group', 'Enter *group1*.'], regionRow]).replace(
      '1. Select **Create**.',
      '1. On the **Tags** tab, enter *cost.center* for **Name** and *4711* for **Value**.\n1. Select **Create**.',
    )
    const { body, properties } = madeOne(text, 'resourceGroups')
    expect(body).toEqual({ tags: { 'cost.center': '4711' } })
    expect(properties).toEqual([expect.objectContaining({ path: 'tags.cost\\.center', expected: '4711' })])
  })
})

function at(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], data)
}
