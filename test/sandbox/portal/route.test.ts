import { expect, test } from '@playwright/test'
import type { Route } from '../../../src/sandbox/portal/app/route.ts'
import { bladeKey, formatRoute, parseRoute } from '../../../src/sandbox/portal/app/route.ts'

const group = '/subscriptions/0001/resourceGroups/demo'
const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/v1`

const addresses: Record<string, Route> = {
  '': { page: 'home' },
  '#home': { page: 'home' },
  '#allservices': { page: 'all-services' },
  '#menu/subscriptions': { page: 'list', type: 'subscriptions' },
  '#create/hub': { page: 'create-hub' },
  '#create/Microsoft.RecoveryServices': { page: 'create', item: 'Microsoft.RecoveryServices' },
  '#create/Microsoft.RecoveryServices/preview': { page: 'create', item: 'Microsoft.RecoveryServices' },
  '#browse/resourcegroups': { page: 'list', type: 'resourcegroups' },
  '#browse/Microsoft.RecoveryServices%2Fvaults': { page: 'list', type: 'Microsoft.RecoveryServices/vaults' },
  '#view/HubsExtension/BrowseResource/resourceType/Microsoft.RecoveryServices%2Fvaults': {
    page: 'list',
    type: 'Microsoft.RecoveryServices/vaults',
  },
  '#blade/HubsExtension/BrowseResourceGroups': { page: 'list', type: 'resourcegroups' },
  [`#resource${group}`]: { page: 'resource', id: group, item: 'overview' },
  [`#@contoso.example/resource${vault}/properties`]: { page: 'resource', id: vault, item: 'properties' },
  [`#view/HubsExtension/DeploymentDetailsBlade/~/inputs/id/${encodeURIComponent(`${group}/providers/Microsoft.Resources/deployments/d`)}`]:
    { page: 'deployment', id: `${group}/providers/Microsoft.Resources/deployments/d`, item: 'inputs' },
  '#view/Microsoft_Azure_Unheard/OfBlade': { page: 'unknown', hash: 'view/Microsoft_Azure_Unheard/OfBlade' },
}

for (const [address, route] of Object.entries(addresses)) {
  test(`the address "${address}" is read as ${route.page}`, () => {
    expect(parseRoute(address)).toEqual(route)
  })
}

test('an address that was written is read as the same place', () => {
  for (const route of Object.values(addresses)) expect(parseRoute(formatRoute(route, 'contoso.example'))).toEqual(route)
})

test('the items of one menu share a blade, two wizards do not', () => {
  const item = (name: string): Route => ({ page: 'service', service: 'resiliency', item: name })
  expect(bladeKey(item('vaults'))).toBe(bladeKey(item('overview')))
  expect(bladeKey({ page: 'create', item: 'one' })).not.toBe(bladeKey({ page: 'create', item: 'two' }))
})
