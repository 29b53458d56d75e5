import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { shownPath } from './shown-path.ts'
import type { Environment } from './environment.ts'
import { openInBrowser } from './open-in-browser.ts'
import { UserError } from './user-error.ts'
import type { Exit } from './verbatim.ts'

/** `verbatim show`: opens the last report. */
export function defineShow(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('show')
    .description('open the last report in the browser')
    .argument('[folder]', 'the output folder of a run, or the folder that holds such folders', 'reports')
    .option('--print', 'only print where it is')
    .addHelpText('after', '\nExample:\n  verbatim show')
    .action((folder: string, { print }: { print?: boolean }) => {
      const path = lastReport(folder, environment.cwd)
      environment.stdout.write(`${shownPath(path, environment.cwd)}\n`)
      if (!print) openInBrowser(path, environment.env)
      exit(0)
    })
}

function lastReport(folder: string, cwd: string): string {
  const path = resolve(cwd, folder)
  const candidates = existsSync(path) ? [path, ...readdirSync(path).map(name => join(path, name))] : []
  const reports = candidates.map(each => join(each, 'index.html')).filter(each => existsSync(each))
  const last = reports.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  if (last !== undefined) return last
  throw new UserError(`There is no report in '${folder}'.`, 'Run an article first: verbatim run <article.md>.')
}
