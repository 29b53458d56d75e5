import type { Provider } from '../../provider.ts'
import { namespace } from './namespace.ts'
import { networkInterfaces } from './network-interfaces.ts'
import { networkSecurityGroups } from './network-security-groups.ts'
import { publicIPAddresses } from './public-ip-addresses.ts'
import { virtualNetworks } from './virtual-networks.ts'

/** Virtual networks and what machines need of them: subnets, peerings, security groups, addresses, interfaces. */
export function createNetwork(): Provider {
  return { namespace, types: [virtualNetworks, networkSecurityGroups, publicIPAddresses, networkInterfaces] }
}
