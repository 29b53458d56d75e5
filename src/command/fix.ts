import type { Command } from 'commander'
import type { Environment } from './environment.ts'
import { collect } from './run.ts'
import type { Exit } from './verbatim.ts'

export interface FixOptions {
  apply?: boolean
  only?: string[]
}

/** `verbatim fix`: applies the suggestions of a run to the articles. */
export function defineFix(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('fix')
    .description('show what a run suggests to change in the articles, and change what was reviewed')
    .argument('[result]', 'a result.json, the output folder of a run, or the folder that holds such folders', 'reports')
    .option('--apply', 'change all of it without asking')
    .option('--only <rules...>', 'only suggestions of these rules', collect)
    .addHelpText(
      'after',
      `
On a terminal each change is asked for. Elsewhere they are only shown, unless --apply is given. An article that has changed
since the run, or whose changes overlap, is left as it is.

Exit codes: 0 nothing is left to change; 1 something is; 2 something could not be changed.

Examples:
  verbatim fix                                     the suggestions of the last run, one by one
  verbatim fix reports/night --only value-not-offered --apply
  verbatim fix reports/night > night.patch         a patch for \`git apply\``,
    )
    .action(async (result: string, options: FixOptions) => {
      const { fixCommand } = await import('./fix-command.ts')
      exit(await fixCommand(result, options, environment))
    })
}
