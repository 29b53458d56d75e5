import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Environment } from './environment.ts'
import { collect } from './run.ts'
import { UserError } from './user-error.ts'
import type { Exit } from './verbatim.ts'

/** `verbatim report`: makes a run's reports again from what it stored, also after it was killed. */
export function defineReport(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('report')
    .description('make the reports of a stored run again')
    .argument('<output>', 'the output folder of a run')
    .option('--reporter <names...>', 'html, junit (default: both)', collect)
    .addHelpText('after', '\nExample:\n  verbatim report reports/20260101-0200-abcdef')
    .action(async (output: string, { reporter = ['html', 'junit'] }: { reporter?: string[] }) => {
      exit(await reportCommand(output, reporter, environment))
    })
}

async function reportCommand(
  name: string,
  reporters: readonly string[],
  { cwd, stdout }: Environment,
): Promise<number> {
  const unknown = reporters.find(each => !['html', 'junit'].includes(each))
  if (unknown !== undefined)
    throw new UserError(`There is no reporter '${unknown}' for stored runs.`, 'Use html or junit.')
  const output = resolve(cwd, name)
  const { foldJournal, readJournal } = await import('../result/journal.ts')
  const result = foldJournal(readJournal(join(output, 'journal')))
  if (!existsSync(output) || !result)
    throw new UserError(
      `'${name}' is not the output folder of a run.`,
      'Name a folder that `verbatim run` wrote, such as reports/<run>.',
    )
  const { writeReports } = await import('./write-reports.ts')
  const { reportPath, writeResult } = await import('./run-articles.ts')
  writeResult(output, result)
  writeReports(result, { output, reporters, cwd })
  stdout.write(`Report: ${reportPath(output, cwd)}\n`)
  return 0
}
