import { randomUUID } from 'node:crypto'
import type { SecurityRule } from '@azure/arm-network'
import { regionNames } from '../../location.ts'
import type { ResourceType } from '../../provider.ts'
import type { JsonObject } from '../../request.ts'
import { objectAt } from '../../request.ts'
import { declare, objectsAt, referrersOf, serviceFailure, shapeOf } from '../lifecycle.ts'
import { partRoutes } from '../parts.ts'
import { apiVersions, name, namespace } from './namespace.ts'

const lifecycle = declare(namespace, {
  name,
  shape(body, previous, { id }) {
    const properties = objectAt(body, 'properties')
    const rules = objectsAt(properties, 'securityRules')
    for (const rule of rules) checkRule(rule, rules)
    return shapeOf(body, {
      resourceGuid: previous?.properties['resourceGuid'] ?? randomUUID(),
      ...properties,
      securityRules: rules.map(rule => ruleOf(rule, id, 'securityRules')),
      defaultSecurityRules: defaultRules.map(rule => ruleOf(rule, id, 'defaultSecurityRules')),
    })
  },
  blocked(resource, estate) {
    const users = referrersOf(resource.id, estate)
    if (users.length === 0) return undefined
    return serviceFailure(
      400,
      'InUseNetworkSecurityGroupCannotBeDeleted',
      `Network security group ${resource.id} cannot be deleted because it is in use by the following resources: ${users.map(({ id }) => id).join(', ')}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
    )
  },
})

/** Security groups; their rules have addresses of their own. */
export const networkSecurityGroups: ResourceType = {
  name: 'networkSecurityGroups',
  apiVersions,
  regions: regionNames,
  lifecycle,
  routes: partRoutes({
    owner: `${namespace}/networkSecurityGroups`,
    collection: 'securityRules',
    apiVersions,
    lifecycle,
  }),
}

function checkRule(rule: JsonObject, rules: readonly JsonObject[]) {
  const properties = objectAt(rule, 'properties')
  const own = String(rule['name'])
  const priority = Number(properties['priority'])
  if (!Number.isInteger(priority) || priority < 100 || priority > 4096)
    throw serviceFailure(
      400,
      'SecurityRuleInvalidPriority',
      `Security rule has invalid Priority. Value provided: ${String(properties['priority'])}. Security rule name: ${own}. The value must be between 100 and 4096.`,
    )
  const twin = rules.find(other => {
    const { priority: taken, direction } = objectAt(other, 'properties')
    return other !== rule && Number(taken) === priority && direction === properties['direction']
  })
  if (twin)
    throw serviceFailure(
      400,
      'SecurityRuleConflict',
      `Security rule ${own} conflicts with rule ${String(twin['name'])}. Rules cannot have the same Priority and Direction. To learn more, see aka.ms/nsgrules.`,
    )
}

function ruleOf(rule: JsonObject, group: string, collection: string): JsonObject {
  return {
    name: rule['name'],
    id: `${group}/${collection}/${String(rule['name'])}`,
    properties: { ...objectAt(rule, 'properties'), provisioningState: 'Succeeded' },
    type: `${namespace}/networkSecurityGroups/${collection}`,
  }
}

type Rule = Pick<Required<SecurityRule>, 'direction' | 'access' | 'priority'>

const defaultRules = [
  defaultRule('AllowVnetInBound', 'VirtualNetwork', 'VirtualNetwork', {
    priority: 65000,
    direction: 'Inbound',
    access: 'Allow',
  }),
  defaultRule('AllowAzureLoadBalancerInBound', 'AzureLoadBalancer', '*', {
    priority: 65001,
    direction: 'Inbound',
    access: 'Allow',
  }),
  defaultRule('DenyAllInBound', '*', '*', { priority: 65500, direction: 'Inbound', access: 'Deny' }),
  defaultRule('AllowVnetOutBound', 'VirtualNetwork', 'VirtualNetwork', {
    priority: 65000,
    direction: 'Outbound',
    access: 'Allow',
  }),
  defaultRule('AllowInternetOutBound', '*', 'Internet', { priority: 65001, direction: 'Outbound', access: 'Allow' }),
  defaultRule('DenyAllOutBound', '*', '*', { priority: 65500, direction: 'Outbound', access: 'Deny' }),
]

function defaultRule(name: string, source: string, destination: string, rule: Rule) {
  return {
    name,
    properties: {
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      ...rule,
    } satisfies SecurityRule,
  }
}
