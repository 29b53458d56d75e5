import type { Command } from 'commander'
import type { Environment } from './environment.ts'
import type { Exit } from './verbatim.ts'

export interface SweepOptions {
  cloud?: string
  dryRun?: boolean
}

/** `verbatim sweep`: removes what killed runs left. */
export function defineSweep(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('sweep')
    .description('remove what killed or broken-off runs left in a cloud, by their ledgers')
    .argument('[folders...]', 'output folders of runs, or folders that hold some', ['reports'])
    .option(
      '--cloud <name or file>',
      'the cloud that was left dirty: a name of Azure’s clouds or the path of a definition',
      'azure',
    )
    .option('--dry-run', 'only say what would be removed')
    .addHelpText(
      'after',
      `
Removes only what a ledger shows to have been absent before its run. Ledgers of runs that still go on, and of other
clouds, are left alone.

Examples:
  verbatim sweep --cloud cloud.json            what runs under reports/ left in an attached sandbox
  verbatim sweep reports/night --cloud azure --dry-run`,
    )
    .action(async (folders: string[], options: SweepOptions) => {
      const { sweepCommand } = await import('./sweep-command.ts')
      exit(await sweepCommand(folders, options, environment))
    })
}
