import { Option, type Command } from 'commander'
import type { Environment } from './environment.ts'
import { collect } from './run.ts'
import type { Exit } from './verbatim.ts'

export interface PlanOptions {
  surface?: string[]
  names?: 'own' | 'literal'
  allowShell?: boolean
  format?: 'text' | 'json'
  config?: string
}

/** `verbatim plan`: what a run would do, without a cloud. */
export function definePlan(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('plan')
    .description('print what a run would do: actions, values, resources, undo')
    .argument('<articles...>', 'Markdown articles, runbooks (.yaml) or folders of them')
    .option('--surface <names...>', 'portal (default), arm, shell', collect)
    .addOption(new Option('--names <kind>', 'own (default) or literal').choices(['own', 'literal']))
    .option('--allow-shell', 'plan fenced shell code, too')
    .addOption(new Option('--format <format>', 'text (default) or json').choices(['text', 'json']))
    .option('--config <file>', 'the configuration to use')
    .addHelpText(
      'after',
      `
Exit codes: 0 the article can be run, 2 it would be refused.

Examples:
  verbatim plan article.md
  verbatim plan article.runbook.yaml --surface arm --format json`,
    )
    .action(async (names: string[], options: PlanOptions) => {
      const { planCommand } = await import('./plan-command.ts')
      exit(await planCommand(names, options, environment))
    })
}
