import { Option, type Command } from 'commander'
import type { Environment } from './environment.ts'
import { collect, type RunOptions } from './run.ts'
import { addPortalOptions, type PortalOptions } from './portal-choice.ts'
import type { Exit } from './verbatim.ts'

export interface WatchOptions extends Pick<
  RunOptions,
  'surface' | 'cloud' | 'headed' | 'names' | 'allowShell' | keyof PortalOptions | 'failOn' | 'config'
> {
  port?: string
  /** False for `--no-open`. */
  open?: boolean
}

/** `verbatim watch`: runs an article again whenever it is saved, and keeps its page live. */
export function defineWatch(program: Command, environment: Environment, exit: Exit): void {
  const command = program
    .command('watch')
    .description('run an article again whenever it is saved, and keep its page live')
    .argument('<article>', 'a Markdown article or a runbook (.yaml)')
    .option('--surface <names...>', 'where: portal (default), arm, shell', collect)
    .option('--cloud <name or file>', 'sandbox (default), a name of Azure’s clouds, or the path of a cloud definition')
    .option('--headed', 'show the browser that carries the steps out')
    .addOption(new Option('--names <kind>', 'own (default) or literal').choices(['own', 'literal']))
    .option('--allow-shell', 'run fenced shell code')
    .addOption(
      new Option('--fail-on <drift>', 'the drift from which on the article fails (default: misleading)').choices([
        'blocking',
        'misleading',
        'cosmetic',
      ]),
    )
    .option('--config <file>', 'the configuration to use')
    .option('--port <number>', 'the port of the live page (default: a free one)')
    .option('--no-open', 'only print the address of the live page')
    .addHelpText(
      'after',
      `
The article, its includes, its runbook and the configuration are watched. What is saved during a run is run after it.
Ctrl+C ends the watching, after a run under way was stopped and cleaned up. Nothing enters the history.

Examples:
  verbatim watch article.md --surface arm            quick: without a browser
  verbatim watch article.md --headed                 see the steps while they are carried out
  verbatim sandbox --json > cloud.json &             a sandbox that stays, so that a run starts faster
  verbatim watch article.md --cloud cloud.json --no-open --port 8080`,
    )
    .action(async (article: string, options: WatchOptions) => {
      const { watchCommand } = await import('./watch-command.ts')
      exit(await watchCommand(article, options, environment))
    })
  addPortalOptions(command)
}
