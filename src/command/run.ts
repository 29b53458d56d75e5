import { Option, type Command } from 'commander'
import { prepareEngine } from '../execution/prepared-engine.ts'
import type { Trace } from '../execution/spec.ts'
import { costs, type Cost } from '../plan/resource-type.ts'
import type { Environment } from './environment.ts'
import { addPortalOptions, type PortalOptions } from './portal-choice.ts'
import { reporterNames } from './reporters.ts'
import type { Exit } from './verbatim.ts'

export interface RunOptions extends PortalOptions {
  surface?: string[]
  cloud?: string
  headed?: boolean
  debug?: boolean
  ui?: boolean
  names?: 'own' | 'literal'
  reporter?: string[]
  output?: string
  allowShell?: boolean
  seed?: string
  faults?: string
  workers?: string
  trace?: Trace
  maxCost?: Cost
  failOn?: 'blocking' | 'misleading' | 'cosmetic'
  format?: 'text' | 'json'
  record?: boolean
  refreshImages?: boolean
  config?: string
}

/** `verbatim run`: the main command. */
export function defineRun(program: Command, environment: Environment, exit: Exit): void {
  const command = program
    .command('run')
    .description('run articles and report which sentences are no longer true')
    .argument('<articles...>', 'Markdown articles, runbooks (.yaml) or folders of them')
    .option('--surface <names...>', 'where: portal (default), arm, shell', collect)
    .option(
      '--cloud <name or file>',
      'sandbox (default), azure, azure-us-government, azure-china, or the path of a cloud definition',
    )
    .option('--headed', 'show the browser')
    .option('--debug', 'go through the steps one by one in Playwright’s inspector')
    .option('--ui', 'watch in Playwright’s UI mode')
    .addOption(
      new Option(
        '--names <kind>',
        'own: the run’s own names for what it makes (default); literal: the article’s',
      ).choices(['own', 'literal']),
    )
    .option(
      '--reporter <names...>',
      `${reporterNames.join(', ')} (default: the first three); also Playwright’s list, line, dot`,
      collect,
    )
    .option('--output <folder>', 'where the results go (default: reports/<date>-<run>)')
    .option('--allow-shell', 'run fenced shell code')
    .option('--seed <number>', 'the seed of the private sandbox’s chances')
    .option('--faults <file>', 'what goes wrong on purpose in the private sandbox (YAML, see docs/sandbox.md)')
    .option('--workers <number>', 'how many articles run at once (default: 2)')
    .addOption(
      new Option(
        '--trace <when>',
        'keep Playwright’s trace of each article in the browser (default: retain-on-failure)',
      ).choices(['on', 'retain-on-failure', 'off'] satisfies Trace[]),
    )
    .addOption(
      new Option('--max-cost <class>', 'what a resource may cost (default on a real cloud: medium)').choices(costs),
    )
    .addOption(
      new Option('--fail-on <drift>', 'the drift from which on the exit code is 1 (default: misleading)').choices([
        'blocking',
        'misleading',
        'cosmetic',
      ]),
    )
    .addOption(
      new Option('--format <format>', 'json: nothing but the result on standard output').choices(['text', 'json']),
    )
    .option('--refresh-images', 'write the articles’ stale and missing screenshots anew, without personal data')
    .option('--no-record', 'keep this run out of the history')
    .option('--config <file>', 'the configuration to use')
    .addHelpText(
      'after',
      `
Examples:
  verbatim run article.md                          in the portal of a private sandbox
  verbatim run article.md --surface portal,arm     on both surfaces
  verbatim run article.runbook.yaml --headed       with a runbook, in a window
  verbatim run docs/ --cloud azure --output night  a folder, on Azure
  verbatim sandbox --json > cloud.json &           a sandbox that stays, and a run that attaches to it
  verbatim run article.md --cloud cloud.json`,
    )
    .action(async (names: string[], options: RunOptions) => {
      // Playwright takes longer to load than all that is to be read before it can start.
      const prepared = prepareEngine(environment.cwd, environment.env)
      try {
        const { runCommand } = await import('./run-command.ts')
        exit(await runCommand(names, options, environment, prepared))
      } finally {
        prepared.discard()
      }
    })
  addPortalOptions(command)
}

/** `--surface portal,arm` and `--surface portal --surface arm` alike. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, ...value.split(',').filter(Boolean)]
}
