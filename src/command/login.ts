import type { Command } from 'commander'
import type { Environment } from './environment.ts'
import type { Exit } from './verbatim.ts'

export interface LoginOptions {
  cloud?: string
  output?: string
  headless?: boolean
  wait?: string
  config?: string
}

/** `verbatim login`: stores the portal session of a person who signs in. */
export function defineLogin(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('login')
    .description('sign in to a cloud’s portal in a browser, and keep the session for runs')
    .option(
      '--cloud <name or file>',
      'azure (default), azure-us-government, azure-china, or the path of a cloud definition',
    )
    .option('--output <file>', 'where the session goes (default: a file of its own in the user’s configuration folder)')
    .option('--headless', 'without a window, for those who drive the browser from outside')
    .option('--wait <minutes>', 'how long the person may take (default: 10)')
    .option('--config <file>', 'the configuration to use')
    .addHelpText(
      'after',
      `
The session is as good as a password: its file can be read only by who made it. \`verbatim run --cloud <the same>\` uses it
where nobody else is named for the portal.

Examples:
  verbatim login --cloud azure
  verbatim login --cloud azure --output portal.json    then: VERBATIM_STORAGE_STATE=portal.json verbatim run …`,
    )
    .action(async (options: LoginOptions) => {
      const { loginCommand } = await import('./login-command.ts')
      exit(await loginCommand(options, environment))
    })
}
