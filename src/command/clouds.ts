import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CloudDefinition, cloudNames, namedCloud, readCloud } from '../cloud/definition.ts'
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
  if ((cloudNames as readonly string[]).includes(name))
    return { definition: namedCloud(name, env, { portal }), private: false, close }
  const path = resolve(cwd, name)
  if (!existsSync(path))
    throw new UserError(
      `There is no cloud named '${name}', and no such file.`,
      `Use one of ${cloudNames.join(', ')}, or the path of a cloud definition.`,
    )
  return { definition: readCloud(name, readFileSync(path, 'utf8')), private: false, close }
}

async function startPrivateSandbox(options: SandboxChoice): Promise<OpenCloud> {
  const keys = makeKeys()
  const { startSandbox } = await import('../sandbox/sandbox.ts')
  const sandbox = await startSandbox({ ...options, keys })
  return { definition: CloudDefinition.parse(sandbox.definition), private: true, close: () => sandbox.stop() }
}
