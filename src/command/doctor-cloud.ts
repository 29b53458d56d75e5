import { get } from 'node:https'
import { armError } from '../cloud/arm-error.ts'
import { createCredential } from '../cloud/credential.ts'
import type { CloudDefinition } from '../cloud/definition.ts'
import { openResourceManager, type Permission, type ResourceManager } from '../cloud/resource-manager.ts'
import { readRunTag } from '../execution/run-tag.ts'
import { missing, ok, unknown, warning, type Check } from './doctor-check.ts'

/** How far clocks may differ, in milliseconds: Entra's tokens allow five minutes, a one-time code half a minute. */
const skewLimit = { tokens: 300_000, codes: 30_000 }

/** Whether Entra answers at its address, over trusted TLS, in the tenant, and by the same clock. */
export async function checkEntra({ entra, tenant, certificateAuthority, person }: CloudDefinition): Promise<Check[]> {
  const address = `${entra.replace(/\/$/, '')}/${tenant ?? 'organizations'}/v2.0/.well-known/openid-configuration`
  const answer = await ask(address, certificateAuthority)
  if ('code' in answer)
    return [
      missing(
        'Entra',
        `${entra} can't be reached: ${answer.code}.`,
        /CERT|VERIFY|SELF_SIGNED|ISSUER/.test(answer.code)
          ? 'Its certificate is not trusted: give `certificateAuthority` of the cloud definition, or NODE_EXTRA_CA_CERTS.'
          : 'Check `entra` of the cloud, the network and the proxy (HTTPS_PROXY, NO_PROXY).',
      ),
    ]
  const reached =
    answer.status === 200
      ? ok('Entra', `${entra} answers`)
      : missing(
          'Entra',
          `${entra} answers ${answer.status} for the tenant ${tenant ?? ''}.`,
          'Check AZURE_TENANT_ID, or `tenant` of the cloud definition.',
          answer.status < 500 ? 2 : 3,
        )
  if (answer.skew === undefined) return [reached, unknown('clock', 'Entra does not tell its time')]
  const seconds = Math.round(Math.abs(answer.skew) / 1000)
  const limit = person && 'totpSecret' in person && person.totpSecret ? skewLimit.codes : skewLimit.tokens
  const clock =
    Math.abs(answer.skew) <= limit
      ? ok('clock', `within ${seconds} s of Entra’s`)
      : missing(
          'clock',
          `This machine’s clock differs by ${seconds} s from Entra’s.`,
          'Set the clock by a time server.',
        )
  return [reached, clock]
}

/** Types of resources that a run may make; not all are `needed` where no article is named. */
export interface WantedTypes {
  types: readonly string[]
  needed: boolean
}

/** What only Resource Manager can tell: token, subscription, rights, registrations, leftovers. Nothing is changed. */
export async function checkResourceManager(
  cloud: CloudDefinition,
  { types, needed }: WantedTypes,
  now: number,
): Promise<Check[]> {
  const refused = await refusalOfToken(cloud)
  if (refused) return [refused]
  const token = ok('credential', `${cloud.credential.kind}: a token is given`)
  let manager: ResourceManager
  try {
    manager = await openResourceManager(cloud)
  } catch (error) {
    return [token, missing('subscription', messageOf(error), 'Set AZURE_SUBSCRIPTION_ID.', 2)]
  }
  const subscription = await checkSubscription(cloud, manager)
  if (subscription.status === 'missing') return [token, subscription]
  const registrations = await checkRegistrations(manager, { types, needed })
  return [
    token,
    subscription,
    await checkPermissions(manager, { types, needed }),
    ...registrations,
    await checkRegions(cloud, manager),
    unknown('quotas', 'are not asked for: a run that exceeds one is told by the cloud, as `environment`'),
    await checkGroups(manager, now),
  ]
}

async function refusalOfToken(cloud: CloudDefinition): Promise<Check | undefined> {
  try {
    const credential = await createCredential(cloud)
    await credential.getToken(`${cloud.audience}/.default`, { abortSignal: AbortSignal.timeout(60_000) })
    return undefined
  } catch (error) {
    const { code, message } = armError(error)
    return missing(
      'credential',
      `${cloud.credential.kind}: ${code}: ${firstLine(message)}`,
      'Check `credential` of the cloud definition, or the variables that docs/azure.md names.',
    )
  }
}

async function checkSubscription(cloud: CloudDefinition, manager: ResourceManager): Promise<Check> {
  const name = 'subscription'
  try {
    const { id, name: called, tenant, state } = await manager.subscription()
    if (tenant && cloud.tenant && isId(cloud.tenant) && tenant.toLowerCase() !== cloud.tenant.toLowerCase())
      return missing(name, `${id} is in the tenant ${tenant}, not in ${cloud.tenant}.`, 'Correct AZURE_TENANT_ID.', 2)
    if (state && state !== 'Enabled')
      return missing(name, `${called} (${id}) is ${state}.`, 'Ask the owner of the subscription’s account.')
    return ok(name, `${called} (${id})`)
  } catch (error) {
    const { code, message } = armError(error)
    return missing(
      name,
      `${manager.subscriptionId}: ${code}: ${firstLine(message)}`,
      'Check AZURE_SUBSCRIPTION_ID and `resourceManager`, and give the program a role in the subscription.',
    )
  }
}

async function checkPermissions(manager: ResourceManager, { types, needed }: WantedTypes): Promise<Check> {
  const name = 'permissions'
  const groups = 'Microsoft.Resources/subscriptions/resourceGroups'
  const wanted = [...new Set([groups, ...types.map(type => (/\/resourceGroups$/i.test(type) ? groups : type))])]
  try {
    const granted = await manager.permissions()
    const lacking = wanted
      .flatMap(type => ['write', 'delete'].map(verb => `${type}/${verb}`))
      .filter(action => !mayDo(action, granted))
    if (lacking.length === 0) return ok(name, `may create and delete ${wanted.length} types, groups among them`)
    const told = `The program may not do ${lacking.slice(0, 4).join(', ')}${lacking.length > 4 ? ` and ${lacking.length - 4} more` : ''}.`
    if (needed || lacking.some(action => action.startsWith(groups)))
      return missing(
        name,
        told,
        'Give it a role in the subscription that may, such as Contributor or, for locks, Owner.',
      )
    return warning(name, told, 'Articles that need it fail: give the program a role that may, or leave them out.')
  } catch (error) {
    const { code, message } = armError(error)
    return unknown(name, `Resource Manager does not tell them: ${code}: ${firstLine(message)}`)
  }
}

/** Whether some entry grants an action that the same entry does not take away again. `*` stands for anything. */
function mayDo(action: string, granted: readonly Permission[]): boolean {
  const matches = (pattern: string) =>
    new RegExp(
      `^${pattern
        .split('*')
        .map(part => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
        .join('.*')}$`,
      'i',
    ).test(action)
  return granted.some(({ actions, notActions }) => actions.some(matches) && !notActions.some(matches))
}

async function checkRegistrations(manager: ResourceManager, { types, needed }: WantedTypes): Promise<Check[]> {
  const namespaces = [...new Set(types.map(type => type.split('/')[0] ?? ''))].filter(
    namespace => !/^(?:microsoft\.resources|microsoft\.authorization)?$/i.test(namespace),
  )
  return Promise.all(
    namespaces.map(async namespace => {
      const name = `provider ${namespace}`
      try {
        const state = await manager.registration(namespace)
        if (state === 'Registered') return ok(name, 'is registered')
        const told =
          state === undefined
            ? 'There is no such resource provider in this cloud.'
            : `It is ${state} in the subscription.`
        return (needed ? missing : warning)(name, told, `az provider register --namespace ${namespace}`)
      } catch (error) {
        return unknown(name, firstLine(messageOf(error)))
      }
    }),
  )
}

/** An allow-list with a region that isn't one would refuse everything. */
async function checkRegions({ allow }: CloudDefinition, manager: ResourceManager): Promise<Check> {
  const name = 'regions'
  const locations = await manager.locations().catch(() => [])
  if (locations.length === 0) return unknown(name, 'Resource Manager lists none')
  const plain = (region: string) => region.replace(/[^a-z0-9]/gi, '').toLowerCase()
  const known = new Set(locations.flatMap(each => [plain(each.name), plain(each.displayName)]))
  const wrong = (allow?.regions ?? []).filter(region => !known.has(plain(region)))
  if (wrong.length > 0)
    return missing(name, `The subscription has no region ${wrong.join(', ')}.`, 'Correct `allow.regions`.', 2)
  return ok(name, allow?.regions ? `only ${allow.regions.join(', ')}` : `${locations.length} are there, all allowed`)
}

async function checkGroups(manager: ResourceManager, now: number): Promise<Check> {
  const name = 'leftover groups'
  try {
    const tagged = (await manager.resourceGroups()).filter(group => {
      const tag = readRunTag(group)
      return tag !== undefined && tag.at < now - 3_600_000
    })
    if (tagged.length === 0) return ok(name, 'none bears the tag of a run of more than an hour ago')
    return warning(
      name,
      `Older runs left ${tagged.map(group => group.name).join(', ')}.`,
      'verbatim sweep --cloud <the same> --older-than 1h',
    )
  } catch (error) {
    return unknown(name, firstLine(messageOf(error)))
  }
}

/** `skew` is how far Entra's clock is ahead of ours, in milliseconds. */
function ask(address: string, ca: string | undefined): Promise<{ status: number; skew?: number } | { code: string }> {
  return new Promise(resolve => {
    const request = get(
      address,
      { ...(ca ? { ca } : {}), timeout: 20_000, headers: { accept: 'application/json' } },
      response => {
        response.resume()
        const date = Date.parse(response.headers.date ?? '')
        resolve({ status: response.statusCode ?? 0, ...(Number.isNaN(date) ? {} : { skew: date - Date.now() }) })
      },
    )
    request.once('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
    request.once('error', error => resolve({ code: (error as NodeJS.ErrnoException).code ?? error.message }))
  })
}

function isId(tenant: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}
