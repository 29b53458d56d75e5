import { Option, type Command } from 'commander'
import type { Environment } from './environment.ts'
import { reporterNames } from './reporters.ts'
import { collect } from './run.ts'
import type { Exit } from './verbatim.ts'

export interface ReportOptions {
  reporter?: string[]
  output?: string
  failOn?: 'blocking' | 'misleading' | 'cosmetic'
  /** False for `--no-code-owners`. */
  codeOwners?: string | boolean
  record?: boolean
  exitCode?: boolean
  config?: string
}

/** `verbatim report`: makes reports again from what runs stored, also of shards, also after a run was killed. */
export function defineReport(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('report')
    .description('make the reports of stored runs again; several become one')
    .argument('<outputs...>', 'output folders of runs, such as those of shards')
    .option('--reporter <names...>', `${reporterNames.join(', ')} (default: html, junit)`, collect)
    .option('--output <folder>', 'where the reports go (default: the folder of the run, if it is only one)')
    .addOption(
      new Option('--fail-on <drift>', 'the drift from which on a step fails in JUnit (default: misleading)').choices([
        'blocking',
        'misleading',
        'cosmetic',
      ]),
    )
    .option('--code-owners <file>', 'who owns what names no owner (default: the repository’s CODEOWNERS)')
    .option('--no-code-owners', 'only the owners that articles and runbooks name')
    .option('--record', 'enter the run into the history, if it is no rehearsal')
    .option('--exit-code', 'end with the exit code of the run instead of 0')
    .option('--config <file>', 'the configuration to use')
    .addHelpText(
      'after',
      `
Examples:
  verbatim report reports/20260101-0200-abcdef                     html and junit again, also of a killed run
  verbatim report night --reporter sarif,github,issues             others, beside the result
  verbatim report shard-1 shard-2 --output night --record --exit-code`,
    )
    .action(async (outputs: string[], options: ReportOptions) => {
      const { reportCommand } = await import('./report-command.ts')
      exit(await reportCommand(outputs, options, environment))
    })
}
