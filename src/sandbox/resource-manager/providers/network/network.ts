import type { Provider } from '../../provider.ts'
import { genericTypes } from '../generic.ts'
import { namespace } from './namespace.ts'
import { networkInterfaces } from './network-interfaces.ts'
import { networkSecurityGroups } from './network-security-groups.ts'
import { publicIPAddresses } from './public-ip-addresses.ts'
import { virtualNetworks } from './virtual-networks.ts'

/** Virtual networks and what machines need of them: subnets, peerings, security groups, addresses, interfaces; other types are stored. */
export function createNetwork(): Provider {
  return {
    namespace,
    types: [
      virtualNetworks,
      networkSecurityGroups,
      publicIPAddresses,
      networkInterfaces,
      ...genericTypes(namespace, others),
    ],
  }
}

const others =
  'applicationGateways applicationSecurityGroups azureFirewalls bastionHosts connections ddosProtectionPlans dnsZones expressRouteCircuits firewallPolicies ipGroups loadBalancers localNetworkGateways natGateways networkWatchers networkWatchers/flowLogs privateDnsZones privateDnsZones/virtualNetworkLinks privateEndpoints privateLinkServices publicIPPrefixes routeTables routeTables/routes serviceEndpointPolicies trafficmanagerprofiles virtualHubs virtualNetworkGateways virtualWans vpnGateways vpnSites'
