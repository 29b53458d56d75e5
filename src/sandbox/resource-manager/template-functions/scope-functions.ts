import { groupId } from '../estate.ts'
import type { TemplateFunction, TemplateFunctions } from '../expression.ts'
import { invalidTemplate } from '../failures.ts'
import type { TemplatePlace } from '../template.ts'
import { pureFunctions } from './pure-functions.ts'

/** What depends on nothing but where a template is deployed (Learn, `template-functions-resource`, `-scope`, `-deployment`). */
export function scopeFunctions({ group, estate, deployment }: TemplatePlace): TemplateFunctions {
  const root = groupId(estate, group.name)
  const subscription = `/subscriptions/${estate.subscription}`
  const own: readonly (readonly [string, TemplateFunction])[] = [
    ['resourceid', (...parts) => resourceId(root, parts.map(String))],
    ['subscriptionresourceid', (...parts) => resourceId(subscription, parts.map(String))],
    ['tenantresourceid', (...parts) => resourceId('', parts.map(String))],
    ['extensionresourceid', (scope, ...parts) => resourceId(String(scope), parts.map(String))],
    [
      'resourcegroup',
      () => ({
        id: root,
        name: group.name,
        type: 'Microsoft.Resources/resourceGroups',
        location: group.location,
        tags: group.tags ?? {},
        properties: { provisioningState: 'Succeeded' },
      }),
    ],
    [
      'subscription',
      () => ({
        id: subscription,
        subscriptionId: estate.subscription,
        tenantId: estate.tenant,
        displayName: estate.subscriptionName,
      }),
    ],
    ['tenant', () => ({ tenantId: estate.tenant })],
    ['deployment', () => ({ name: deployment, properties: { mode: 'Incremental', provisioningState: 'Running' } })],
    [
      'environment',
      () => ({
        name: 'AzureCloud',
        suffixes: {
          storage: 'core.windows.net',
          keyvaultDns: '.vault.azure.net',
          sqlServerHostname: '.database.windows.net',
        },
      }),
    ],
  ]
  return new Map([...pureFunctions, ...own])
}

/**
 * > resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'sub')
 * A group may stand in front of the type, and a subscription in front of that.
 */
export function resourceId(root: string, parts: readonly string[]): string {
  const start = parts.findIndex(part => part.includes('/'))
  if (start < 0) throw invalidTemplate("The template function 'resourceId' needs a resource type.")
  const [group, subscription] = [parts[start - 1], parts[start - 2]]
  const [namespace = '', ...types] = (parts[start] ?? '').split('/')
  const names = parts.slice(start + 1)
  if (names.length !== types.length)
    throw invalidTemplate(
      `Unable to evaluate template language function 'resourceId': the type '${parts[start] ?? ''}' requires '${types.length}' resource name argument(s).`,
    )
  return `${scopeOf(root, group, subscription)}/providers/${namespace}/${types.map((type, index) => `${type}/${names[index] ?? ''}`).join('/')}`
}

function scopeOf(root: string, group: string | undefined, subscription: string | undefined): string {
  if (group === undefined) return root
  // Of a subscription itself, what stands in front of the type is the subscription.
  if (!/\/resourceGroups\//i.test(root)) return `/subscriptions/${group}`
  const inGroup = root.replace(/[^/]+$/, () => group)
  return subscription === undefined
    ? inGroup
    : inGroup.replace(/^\/subscriptions\/[^/]+/, () => `/subscriptions/${subscription}`)
}
