import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Option, type Command } from 'commander'
import { makeKeys } from '../sandbox/keys.ts'
import type { SandboxDefinition } from '../sandbox/sandbox.ts'
import type { Environment } from './environment.ts'
import { openInBrowser } from './open-in-browser.ts'
import { addPortalOptions, portalChoice, type PortalOptions } from './portal-choice.ts'
import { UserError } from './user-error.ts'
import type { Exit } from './verbatim.ts'

interface SandboxOptions extends PortalOptions {
  json?: boolean
  open?: boolean
  port?: string
  seed?: string
  faults?: string
  pace?: 'fast' | 'realistic'
  people?: string
}

/** `verbatim sandbox`: the embedded cloud on its own. */
export function defineSandbox(program: Command, environment: Environment, exit: Exit): void {
  const command = program
    .command('sandbox')
    .description('start the embedded cloud on its own, for runs to attach to and people to look at')
    .option('--json', 'print the cloud definition, which --cloud takes, and nothing else')
    .option('--open', 'open the portal in your browser')
    .option('--port <number>', 'the portal’s port; the other servers take the next three (default: free ports)')
    .option('--seed <number>', 'the seed of its chances')
    .option('--faults <file>', 'what goes wrong on purpose (YAML, see docs/sandbox.md)')
    .option('--people <number>', 'so many more people, each with a subscription of their own')
    .addOption(
      new Option('--pace <pace>', 'fast: minutes become fractions of seconds (default); realistic: seconds').choices([
        'fast',
        'realistic',
      ]),
    )
    .addHelpText(
      'after',
      `
Examples:
  verbatim sandbox --open                              prints its addresses and who may sign in, and opens the portal
  verbatim sandbox --json > cloud.json &               then: verbatim run article.md --cloud cloud.json
  verbatim sandbox --portal-era 2024 --port 8443`,
    )
    .action(async (options: SandboxOptions) => {
      exit(await runSandbox(options, environment))
    })
  addPortalOptions(command)
}

async function runSandbox(
  { json, open, port, seed, pace, people, faults: faultsFile, ...portal }: SandboxOptions,
  { stdout, cwd, env }: Environment,
): Promise<number> {
  const keys = makeKeys()
  const { startSandbox } = await import('../sandbox/sandbox.ts')
  const first = port === undefined ? undefined : portNumber(port)
  if (seed !== undefined && !/^\d+$/.test(seed))
    throw new UserError(`--seed takes a whole number, not '${seed}'.`, 'Say for example --seed 7.')
  const ports =
    first === undefined ? undefined : { portal: first, frame: first + 1, entra: first + 2, resourceManager: first + 3 }
  const faults = faultsFile === undefined ? undefined : (await import('./faults.ts')).readFaults(faultsFile, cwd)
  const sandbox = await startSandbox({
    ...portalChoice(portal),
    keys,
    seed: seed === undefined ? undefined : Number(seed),
    pace,
    ports,
    faults,
    people: people === undefined ? undefined : peopleNumber(people),
  })
  const { definition } = sandbox
  // Before anything is written: who reads it may end the program at once.
  const ended = new Promise<void>(resolve => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  let folder: string | undefined
  try {
    if (json) stdout.write(`${JSON.stringify(definition, null, 2)}\n`)
    else {
      folder = await mkdtemp(join(tmpdir(), 'verbatim-sandbox-'))
      const authority = join(folder, 'authority.pem')
      await writeFile(authority, definition.certificateAuthority, { mode: 0o600 })
      stdout.write(
        [...describe(definition), ...environmentForSdks(definition, authority), ...commandsForAz(definition, folder)]
          .concat([
            '',
            'Browsers warn about its certificate, which it made itself. Ctrl+C ends it, with all that is in it.',
          ])
          .join('\n') + '\n',
      )
    }
    if (open) openInBrowser(definition.portal, env)
    await ended
  } finally {
    await sandbox.stop()
    if (folder) await rm(folder, { recursive: true, force: true })
  }
  return 0
}

function describe(definition: SandboxDefinition): string[] {
  const [, other, ...neighbours] = definition.people
  return [
    'The sandbox is up. It is not Azure, and nothing here says anything about Azure.',
    `  Portal            ${definition.portal}  (era ${definition.facts.portalEra})`,
    `  Entra             ${definition.entra}`,
    `  Resource Manager  ${definition.resourceManager}`,
    `  Sign in as        ${definition.person.userName}  ${definition.person.password}`,
    ...(other
      ? [`  or with a code    ${other.userName}  ${other.password}  (TOTP secret ${other.totpSecret ?? ''})`]
      : []),
    `  Subscription      ${definition.subscription}`,
    ...neighbours.flatMap(({ userName, password, own }) => [
      `  Sign in as        ${userName}  ${password}`,
      `  Subscription      ${own?.subscription ?? ''}`,
    ]),
    '  A certificate, a federated token and a managed identity are in what `--json` prints.',
  ]
}

/** What the JavaScript SDKs read from the environment, and what they don't (azure-facts.md §2.1, §2.3). */
function environmentForSdks(
  { entra, resourceManager, tenant, subscription, credential }: SandboxDefinition,
  authority: string,
): string[] {
  return [
    '',
    'For the SDKs, in the shell that starts your program:',
    `export AZURE_AUTHORITY_HOST=${entra} AZURE_TENANT_ID=${tenant} AZURE_SUBSCRIPTION_ID=${subscription}`,
    `export AZURE_CLIENT_ID=${credential.clientId} AZURE_CLIENT_SECRET=${credential.clientSecret}`,
    `export NODE_EXTRA_CA_CERTS=${quoted(authority)}`,
    'export NO_PROXY="localhost,127.0.0.1${NO_PROXY:+,$NO_PROXY}"',
    '',
    'No variable tells them the rest. In code, credentials need { disableInstanceDiscovery: true }, and clients',
    `  { endpoint: '${resourceManager}', credentialScopes: '${resourceManager}/.default',`,
    `    credentials: { scopes: ['${resourceManager}/.default'] } }`,
  ]
}

/**
 * How az signs in here (azure-facts.md §5): it finds a cloud of one's own only under `/adfs`. Its settings lie in a folder
 * of their own, so that the person's stay as they are. `--password=` is one word, because a secret may begin with a dash.
 */
function commandsForAz({ entra, resourceManager, tenant, credential }: SandboxDefinition, folder: string): string[] {
  return [
    '',
    'For az, in a shell of its own:',
    `export AZURE_CONFIG_DIR=${quoted(join(folder, 'az'))} REQUESTS_CA_BUNDLE=${quoted(join(folder, 'authority.pem'))}`,
    'export NO_PROXY="localhost,127.0.0.1${NO_PROXY:+,$NO_PROXY}"',
    `az cloud register --name sandbox --endpoint-resource-manager ${resourceManager} \\`,
    `  --endpoint-active-directory ${entra}/adfs --endpoint-active-directory-resource-id ${resourceManager}/ \\`,
    `  --endpoint-active-directory-graph-resource-id ${entra}/graph/ --endpoint-management ${resourceManager}/`,
    'az cloud set --name sandbox',
    `az login --service-principal --username ${credential.clientId} --password=${credential.clientSecret} --tenant ${tenant}`,
  ]
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

function peopleNumber(people: string): number {
  const number = Number(people)
  if (/^\d+$/.test(people) && number <= 1000) return number
  throw new UserError(`--people takes a number from 0 to 1000, not '${people}'.`, 'Say for example --people 3.')
}

function portNumber(port: string): number {
  const number = Number(port)
  if (Number.isInteger(number) && number > 0 && number < 65_533) return number
  throw new UserError(`--port takes a number from 1 to 65532, not '${port}'.`, 'Say for example --port 8443.')
}
