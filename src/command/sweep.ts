import type { Command } from 'commander'
import type { Environment } from './environment.ts'
import type { Exit } from './verbatim.ts'

export interface SweepOptions {
  cloud?: string
  dryRun?: boolean
  olderThan?: string
}

/** `verbatim sweep`: removes what killed runs left. */
export function defineSweep(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('sweep')
    .description('remove what killed runs left in a cloud, by their ledgers')
    .argument('[folders...]', 'output folders of runs, or folders that hold such folders', ['reports'])
    .option('--cloud <name or file>', 'a name of Azure’s clouds or the path of a definition (default: azure)')
    .option(
      '--older-than <time>',
      'only what runs left that began so long ago: 30m, 2h, 1d; with --cloud also groups that bear such a run’s tag',
    )
    .option('--dry-run', 'only say what would be removed')
    .addHelpText(
      'after',
      `
Removes only what a ledger shows to have been absent before its run. Ledgers of runs that still go on, and of other
clouds, are left alone. With --cloud and --older-than, resource groups are removed too whose ledger is lost, if the tag
that runs leave on what they made names a run that began so long ago, and this very group.

Examples:
  verbatim sweep --cloud cloud.json            what runs under reports/ left in an attached sandbox
  verbatim sweep --cloud azure --older-than 1d every night, after the runs
  verbatim sweep reports/night --cloud azure --dry-run`,
    )
    .action(async (folders: string[], options: SweepOptions) => {
      const { sweepCommand } = await import('./sweep-command.ts')
      exit(await sweepCommand(folders, options, environment))
    })
}
