import type { ArmReader } from './arm-reader.ts'

/** A virtual network with one subnet, and machines in it. Returns the ids of the machines. */
export async function createMachines(arm: ArmReader, group: string, location: string, names: string[]) {
  const network = await createNetwork(arm, group, location)
  const ids: string[] = []
  for (const name of names) {
    const card = `${group}/providers/Microsoft.Network/networkInterfaces/${name}-nic`
    await arm.put(card, '2024-05-01', {
      location,
      properties: {
        ipConfigurations: [{ name: 'one', properties: { subnet: { id: `${network}/subnets/default` } } }],
      },
    })
    const id = `${group}/providers/Microsoft.Compute/virtualMachines/${name}`
    await arm.put(id, '2024-07-01', {
      location,
      properties: {
        hardwareProfile: { vmSize: 'Standard_D2s_v3' },
        osProfile: { computerName: name, adminUsername: 'shiftlead', adminPassword: 'Correct-horse-7' },
        networkProfile: { networkInterfaces: [{ id: card }] },
      },
    })
    ids.push(id)
  }
  return ids
}

/** `net`, 10.0.0.0/16, with the subnet `default`, 10.0.0.0/24. Returns its id. */
export async function createNetwork(arm: ArmReader, group: string, location: string): Promise<string> {
  const id = `${group}/providers/Microsoft.Network/virtualNetworks/net`
  await arm.put(id, '2024-05-01', {
    location,
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 'default', properties: { addressPrefixes: ['10.0.0.0/24'] } }],
    },
  })
  return id
}
