import { Option, type Command } from 'commander'
import type { Environment } from './environment.ts'
import { UserError } from './user-error.ts'
import type { Exit } from './verbatim.ts'

export interface CheckOptions {
  format?: 'text' | 'json' | 'sarif' | 'github'
  actions?: boolean
  config?: string
  /** False where nothing stored is to be used. */
  cache?: boolean
  /** The name of a rule, or true for the grammar. */
  explain?: string | true
}

/** `verbatim check`: what was understood of articles, what was not, and what is wrong with them, without a cloud. */
export function defineCheck(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('check')
    .description('find what is wrong with articles, and what of them is not understood, without a cloud')
    .argument('[articles...]', 'Markdown articles, runbooks (.yaml) or folders of them')
    .addOption(
      new Option('--format <format>', 'text (default), json, sarif, or github for annotations of a workflow').choices([
        'text',
        'json',
        'sarif',
        'github',
      ]),
    )
    .option('--actions', 'also list what each step asks for (text only; json always does)')
    .option('--explain [rule]', 'print the instructions that are understood, or what a rule finds and why')
    .option('--config <file>', 'the configuration to use')
    .option('--no-cache', 'neither use nor keep results in $XDG_CACHE_HOME/verbatim')
    .addHelpText(
      'after',
      `
Exit codes: 0 no errors, 1 an error in an article, 2 wrong use, 3 Verbatim itself failed on a file.
Each message names its rule; the configuration changes severities: rules: { no-clean-up: error }.

Examples:
  verbatim check article.md
  verbatim check article.md --actions                   what each step was understood as
  verbatim check docs/ --format json > understood.json
  verbatim check --explain unknown-step`,
    )
    .action(async (names: string[], options: CheckOptions) => {
      if (options.explain !== undefined) {
        const { explainCommand } = await import('./check-explain.ts')
        return exit(explainCommand(options.explain, environment))
      }
      if (names.length === 0)
        throw new UserError('No article is named.', 'Name Markdown files, runbooks or folders: verbatim check docs/')
      const { checkCommand } = await import('./check-command.ts')
      exit(await checkCommand(names, options, environment))
    })
}
