import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { azures } from '../cloud/azures.ts'
import { CloudDefinition, cloudNames, namedCloud, readCloud } from '../cloud/definition.ts'
import { readSession, sessionFile } from '../cloud/portal-session.ts'
import type { Environment } from './environment.ts'
import type { Fault } from '../sandbox/fault.ts'
import { makeKeys } from '../sandbox/keys.ts'
import type { portalChoice } from './portal-choice.ts'
import { UserError } from './user-error.ts'

/** A cloud, opened for a command. */
export interface OpenCloud {
  definition: CloudDefinition
  /** It was started for this command, and ends with it. */
  private: boolean
  close(): Promise<void>
}

/** What a private sandbox is started with. */
export interface SandboxChoice extends ReturnType<typeof portalChoice> {
  seed?: number | undefined
  faults?: readonly Fault[] | undefined
}

/**
 * The cloud that `--cloud` names: a private sandbox by default, a name of Azure's clouds, or a definition in a file.
 *
 * @throws UserError or CloudError where there is none by that name or in that file, or settings are missing.
 */
export async function openCloud(
  name: string,
  { env, cwd, portal, sandbox }: Pick<Environment, 'env' | 'cwd'> & { portal: boolean; sandbox: SandboxChoice },
): Promise<OpenCloud> {
  if (name === 'sandbox') return startPrivateSandbox(sandbox)
  if (Object.values(sandbox).some(value => value !== undefined))
    throw new UserError(
      '--portal-era, --portal-drift, --portal-seed, --portal-pace, --seed and --faults are only for a sandbox that the run starts itself.',
      'Leave them out, or give them to `verbatim sandbox`.',
    )
  const close = async () => undefined
  const definition = findCloud(name, { env, cwd, portal })
  if (portal) checkPerson(definition, name)
  return { definition, private: false, close }
}

/**
 * The definition of a cloud that is already there, by name or file. Where it names nobody for the portal, the session that
 * `verbatim login` stored for it is taken, if there is one.
 *
 * @throws UserError or CloudError where there is none by that name or in that file, or settings are missing.
 */
export function findCloud(
  name: string,
  { env, cwd, portal }: Pick<Environment, 'env' | 'cwd'> & { portal: boolean },
): CloudDefinition {
  const hosts = azures[name]
  if ((cloudNames as readonly string[]).includes(name) && hosts) {
    const session = sessionFile({ name, portal: hosts.portal, tenant: env.AZURE_TENANT_ID }, env)
    return namedCloud(name, env, { portal, session: existsSync(session) ? session : undefined })
  }
  const path = resolve(cwd, name)
  if (!existsSync(path))
    throw new UserError(
      `There is no cloud named '${name}', and no such file.`,
      `Use one of ${cloudNames.join(', ')}, or the path of a cloud definition.`,
    )
  const definition = readCloud(name, readFileSync(path, 'utf8'), env, dirname(path))
  const session = sessionFile(definition, env)
  return definition.person || !existsSync(session) ? definition : { ...definition, person: { storageState: session } }
}

/** @throws UserError where nobody is named who could sign in to the portal, or their session or certificate is not there. */
export function checkPerson({ person, entra }: CloudDefinition, name: string): void {
  const remedy = `Sign in with \`verbatim login --cloud ${name}\`, or name somebody else as docs/azure.md says.`
  if (!person) throw new UserError(`The cloud '${name}' names nobody who could sign in to its portal.`, remedy)
  if ('clientCertificate' in person) {
    const { certificate, key, pfx } = person.clientCertificate
    const missing = [certificate, key, pfx].find(file => file !== undefined && !existsSync(file))
    if (missing === undefined) return
    throw new UserError(
      `The certificate file '${missing}' of ${person.userName} does not exist.`,
      'Correct `person.clientCertificate` of the cloud.',
    )
  }
  if (!('storageState' in person)) return
  const session = readSession(person.storageState, entra)
  if (session.status === 'missing')
    throw new UserError(`The portal session '${person.storageState}' does not exist.`, remedy)
  if (session.status === 'unreadable')
    throw new UserError(`The portal session '${person.storageState}' can't be used: ${session.why}.`, remedy)
  if (session.status === 'expired')
    throw new UserError(`The portal session '${person.storageState}' expired ${tellTime(session.expires)}.`, remedy, {
      exitCode: 3,
    })
}

/** > on 2026-11-27 at 22:49 UTC */
export function tellTime(time: number | undefined): string {
  if (time === undefined) return 'at a time that it does not tell'
  const [date, clock] = new Date(time).toISOString().split('T')
  return `on ${date} at ${clock?.slice(0, 5)} UTC`
}

async function startPrivateSandbox(options: SandboxChoice): Promise<OpenCloud> {
  const keys = makeKeys()
  const { startSandbox } = await import('../sandbox/sandbox.ts')
  const sandbox = await startSandbox({ ...options, keys })
  return { definition: CloudDefinition.parse(sandbox.definition), private: true, close: () => sandbox.stop() }
}
