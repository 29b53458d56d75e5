import { Option, type Command } from 'commander'
import type { Environment } from './environment.ts'
import { readFaults } from './faults.ts'
import { UserError } from './user-error.ts'
import type { Exit } from './verbatim.ts'

interface SandboxOptions {
  json?: boolean
  port?: string
  portalEra?: '2024' | '2026'
  seed?: string
  faults?: string
  pace?: 'fast' | 'realistic'
}

/** `verbatim sandbox`: the embedded cloud on its own. */
export function defineSandbox(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('sandbox')
    .description('start the embedded cloud on its own, for runs to attach to and people to look at')
    .option('--json', 'print the cloud definition, which --cloud takes, and nothing else')
    .option('--port <number>', 'the portal’s port; the other servers take the next three (default: free ports)')
    .addOption(
      new Option('--portal-era <year>', 'the year of the portal (default: the newest)').choices(['2024', '2026']),
    )
    .option('--seed <number>', 'the seed of its chances')
    .option('--faults <file>', 'what goes wrong on purpose (YAML, see docs/sandbox.md)')
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
  verbatim sandbox                                     prints its addresses; open the portal's in a browser
  verbatim sandbox --json > cloud.json &               then: verbatim run article.md --cloud cloud.json
  verbatim sandbox --portal-era 2024 --port 8443`,
    )
    .action(async (options: SandboxOptions) => {
      exit(await runSandbox(options, environment))
    })
}

async function runSandbox(
  { json, port, portalEra, seed, pace, faults: faultsFile }: SandboxOptions,
  { stdout, cwd }: Environment,
): Promise<number> {
  const { startSandbox } = await import('../sandbox/sandbox.ts')
  const first = port === undefined ? undefined : portNumber(port)
  if (seed !== undefined && !/^\d+$/.test(seed))
    throw new UserError(`--seed takes a whole number, not '${seed}'.`, 'Say for example --seed 7.')
  const ports =
    first === undefined ? undefined : { portal: first, frame: first + 1, entra: first + 2, resourceManager: first + 3 }
  const faults = faultsFile === undefined ? undefined : await readFaults(faultsFile, cwd)
  const sandbox = await startSandbox({
    portalEra,
    seed: seed === undefined ? undefined : Number(seed),
    pace,
    ports,
    faults,
  })
  const { definition } = sandbox
  if (json) stdout.write(`${JSON.stringify(definition, null, 2)}\n`)
  else
    stdout.write(
      [
        'The sandbox is up. It is not Azure, and nothing here says anything about Azure.',
        `  Portal            ${definition.portal}  (era ${definition.facts.portalEra})`,
        `  Entra             ${definition.entra}`,
        `  Resource Manager  ${definition.resourceManager}`,
        `  Sign in as        ${definition.person.userName}  ${definition.person.password}`,
        `  Subscription      ${definition.subscription}`,
        'Browsers warn about its certificate, which it made itself. Ctrl+C ends it, with all that is in it.',
        '',
      ].join('\n'),
    )
  await new Promise<void>(resolve => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  await sandbox.stop()
  return 0
}

function portNumber(port: string): number {
  const number = Number(port)
  if (Number.isInteger(number) && number > 0 && number < 65_533) return number
  throw new UserError(`--port takes a number from 1 to 65532, not '${port}'.`, 'Say for example --port 8443.')
}
