#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { defineCheck } from './check.ts'
import { defineDoctor } from './doctor.ts'
import { processEnvironment, type Environment } from './environment.ts'
import { defineFix } from './fix.ts'
import { defineLogin } from './login.ts'
import { definePlan } from './plan.ts'
import { defineReport } from './report.ts'
import { defineRun } from './run.ts'
import { defineSandbox } from './sandbox.ts'
import { defineSetup } from './setup.ts'
import { defineShow } from './show.ts'
import { defineSweep } from './sweep.ts'
import { defineWatch } from './watch.ts'
import { reportError } from './report-error.ts'
import { version } from './version.ts'

/** Called by a command with the exit code that it ends with. */
export type Exit = (code: number) => void

/** Runs one command line. @returns the exit code; see `verbatim --help`. */
async function verbatim(argv: readonly string[], environment: Environment): Promise<number> {
  let code = 0
  const exit: Exit = ended => {
    code = ended
  }
  const program = new Command('verbatim')
    .description('Runs how-to articles as tests, and reports which sentence is no longer true.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: text => environment.stdout.write(text),
      writeErr: text => environment.stderr.write(text),
    })
    .showHelpAfterError('Run `verbatim --help` for the commands and their options.')
    .addHelpText('after', examples)
  for (const define of [
    defineRun,
    defineCheck,
    definePlan,
    defineReport,
    defineFix,
    defineShow,
    defineWatch,
    defineSandbox,
    defineSweep,
    defineLogin,
    defineDoctor,
    defineSetup,
  ])
    define(program, environment, exit)
  try {
    await program.parseAsync([...argv])
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return reportError(error, environment)
  }
}

const examples = `
Examples:
  verbatim run runbooks/create-a-vault.md                 run an article in the portal of a private sandbox
  verbatim run articles/ --surface arm --cloud azure      run a folder's articles through Resource Manager
  verbatim check article.md                               what was understood, without a cloud
  verbatim plan article.md                                what a run would do

Exit codes:
  0 all passed   1 an article or the product is wrong   2 wrong use, refused, or nothing was run
  3 surroundings or driver failed   4 something was left behind   130 interrupted`

process.exitCode = await verbatim(process.argv, processEnvironment())
