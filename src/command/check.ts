import { Option, type Command } from 'commander'
import type { Environment } from './environment.ts'
import type { Exit } from './verbatim.ts'

export interface CheckOptions {
  format?: 'text' | 'json'
  config?: string
}

/** `verbatim check`: what was understood of articles, without a cloud. */
export function defineCheck(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('check')
    .description('show what was understood of articles, and what was not, without a cloud')
    .argument('<articles...>', 'Markdown articles, runbooks (.yaml) or folders of them')
    .addOption(new Option('--format <format>', 'text (default) or json').choices(['text', 'json']))
    .option('--config <file>', 'the configuration to use')
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing to complain of, 1 an error in an article, 2 wrong use.

Examples:
  verbatim check article.md
  verbatim check docs/ --format json > understood.json`,
    )
    .action(async (names: string[], options: CheckOptions) => {
      const { checkCommand } = await import('./check-command.ts')
      exit(await checkCommand(names, options, environment))
    })
}
