import type { Command } from 'commander'
import type { Environment } from './environment.ts'
import type { Exit } from './verbatim.ts'

export interface DoctorOptions {
  cloud?: string
  json?: boolean
  config?: string
}

/** `verbatim doctor`: what a run needs, and what of it is missing. */
export function defineDoctor(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('doctor')
    .description('check all that a run needs, and say what is missing and how to get it')
    .argument('[articles...]', 'articles or folders whose resource types count (default: all that are known)')
    .option('--cloud <name or file>', 'the cloud of the run (default: that of the configuration, else the sandbox)')
    .option('--json', 'print the checks as JSON')
    .option('--config <file>', 'the configuration to use')
    .addHelpText(
      'after',
      `
Nothing is made or changed in the cloud.

Exit codes: 0 all that is needed is there; 2 something is set wrongly; 3 something of the surroundings is missing

Examples:
  verbatim doctor --cloud azure
  verbatim doctor article.md --cloud cloud.json --json`,
    )
    .action(async (articles: string[], options: DoctorOptions) => {
      const { doctorCommand } = await import('./doctor-command.ts')
      exit(await doctorCommand(articles, options, environment))
    })
}
