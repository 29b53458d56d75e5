import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { RecoveryServicesClient } from '@azure/arm-recoveryservices'
import { ResourceManagementClient } from '@azure/arm-resources'
import { SubscriptionClient } from '@azure/arm-resources-subscriptions'
import { ClientSecretCredential } from '@azure/identity'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'

/**
 * What `verbatim run` is measured against on the ARM surface: the same resources made, read back and deleted by a script
 * with Azure's SDK. Usage: plain-sdk-script.js CLOUD TIMES NAME
 */
const [, , cloudFile = '', timesFile = '', name = 'plain'] = process.argv
const cloud = JSON.parse(readFileSync(cloudFile, 'utf8')) as SandboxDefinition
const tlsOptions = { ca: cloud.certificateAuthority }
const credential = new ClientSecretCredential(cloud.tenant, cloud.credential.clientId, cloud.credential.clientSecret, {
  authorityHost: cloud.entra,
  disableInstanceDiscovery: true,
  tlsOptions,
})
const options = {
  endpoint: cloud.resourceManager,
  credentialScopes: [`${cloud.audience}/.default`],
  credentials: { scopes: [`${cloud.audience}/.default`] },
  tlsOptions,
}
const resources = new ResourceManagementClient(credential, cloud.subscription, options)
const services = new RecoveryServicesClient(credential, cloud.subscription, options)
const subscriptions = new SubscriptionClient(credential, options)
const polling = { updateIntervalInMs: 50 }
const [group, vault] = [`${name}-recovery`, `${name}-vault`]

const first = Date.now()
await subscriptions.subscriptions.get(cloud.subscription)
const locations: string[] = []
for await (const { name: location } of subscriptions.subscriptions.listLocations(cloud.subscription))
  if (location) locations.push(location)
if (!locations.includes('northeurope')) throw new Error('There is no North Europe.')
if ((await readGroup()) ?? (await readVault())) throw new Error('It is there already.')
await resources.resourceGroups.createOrUpdate(group, { location: 'northeurope' })
await services.vaults.beginCreateOrUpdateAndWait(
  group,
  vault,
  {
    location: 'northeurope',
    sku: { name: 'RS0', tier: 'Standard' },
    properties: { publicNetworkAccess: 'Enabled' },
  },
  polling,
)
if ((await readGroup())?.properties?.provisioningState !== 'Succeeded') throw new Error('There is no group.')
const made = await readVault()
if (made?.properties?.provisioningState !== 'Succeeded' || made.location !== 'northeurope')
  throw new Error('There is no vault as described.')
await resources.resourceGroups.beginDeleteAndWait(group, polling)
while (await readGroup()) await sleep(100)
writeFileSync(timesFile, JSON.stringify({ body: first, first, last: Date.now() }))

function readGroup() {
  return resources.resourceGroups.get(group).catch(nothing)
}

function readVault() {
  return services.vaults.get(group, vault).catch(nothing)
}

function nothing(error: unknown): undefined {
  if ((error as { statusCode?: number }).statusCode === 404) return undefined
  throw error
}
