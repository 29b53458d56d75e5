import { RecoveryServicesClient } from '@azure/arm-recoveryservices'
import type { Vault } from '@azure/arm-recoveryservices'
import { ResourceManagementClient } from '@azure/arm-resources'
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline'
import { ClientSecretCredential } from '@azure/identity'
import type { Sandbox } from '../../../src/sandbox/sandbox.ts'

/** What Resource Manager knows, whatever a page shows. */
export interface ArmReader {
  groups(): Promise<string[]>
  createGroup(name: string, location: string): Promise<void>
  createVault(group: string, name: string, location: string): Promise<void>
  vault(group: string, name: string): Promise<Vault>
  /** The answer to a GET of anything, with its version. */
  get<T>(path: string, apiVersion: string): Promise<T>
  put(path: string, apiVersion: string, body: object): Promise<void>
  /** Forbids deletions at that scope. */
  lock(scope: string): Promise<void>
}

export function createArmReader({ definition }: Sandbox): ArmReader {
  const { tenant, subscription, entra, resourceManager, certificateAuthority, credential } = definition
  const tlsOptions = { ca: certificateAuthority }
  const identity = new ClientSecretCredential(tenant, credential.clientId, credential.clientSecret, {
    authorityHost: entra,
    disableInstanceDiscovery: true,
    tlsOptions,
  })
  const options = { endpoint: resourceManager, tlsOptions, credentialScopes: [`${definition.audience}/.default`] }
  const resources = new ResourceManagementClient(identity, subscription, options)
  const recovery = new RecoveryServicesClient(identity, subscription, options)

  return {
    async groups() {
      const names: string[] = []
      for await (const { name } of resources.resourceGroups.list()) names.push(name ?? '')
      return names
    },
    async createGroup(name, location) {
      await resources.resourceGroups.createOrUpdate(name, { location })
    },
    async createVault(group, name, location) {
      const vault = { location, sku: { name: 'RS0', tier: 'Standard' }, properties: {} }
      await recovery.vaults.beginCreateOrUpdateAndWait(group, name, vault, { updateIntervalInMs: 20 })
    },
    vault: (group, name) => recovery.vaults.get(group, name),
    async get<T>(path: string, apiVersion: string) {
      const url = `${resourceManager}${path}?api-version=${apiVersion}`
      const { bodyAsText } = await resources.sendRequest(createPipelineRequest({ url }))
      return JSON.parse(bodyAsText ?? '') as T
    },
    put,
    lock: scope =>
      put(`${scope}/providers/Microsoft.Authorization/locks/keep`, '2016-09-01', {
        properties: { level: 'CanNotDelete' },
      }),
  }

  async function put(path: string, apiVersion: string, body: object) {
    const { status, bodyAsText } = await resources.sendRequest(
      createPipelineRequest({
        url: `${resourceManager}${path}?api-version=${apiVersion}`,
        method: 'PUT',
        headers: createHttpHeaders({ 'content-type': 'application/json' }),
        body: JSON.stringify(body),
      }),
    )
    if (status >= 400) throw new Error(bodyAsText ?? String(status))
  }
}
