import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import type { Environment } from './environment.ts'
import { UserError } from './user-error.ts'
import type { Exit } from './verbatim.ts'

/** `verbatim setup`: sees to it that there is a browser. */
export function defineSetup(program: Command, environment: Environment, exit: Exit): void {
  program
    .command('setup')
    .description('see to it that there is a browser for the portal surface')
    .addHelpText(
      'after',
      `
Takes the browser that the configuration names, else Playwright's own, else installed Chrome, Edge or Chromium.
If there is none, tries Playwright's installer, then, as root on Debian, apt.

Example:
  verbatim setup`,
    )
    .action(async () => {
      await setUp(environment)
      exit(0)
    })
}

/** @throws UserError with the one command to type, where no browser could be had. */
export async function setUp(environment: Environment): Promise<void> {
  const { cwd, env, stdout } = environment
  const { findBrowser } = await import('../execution/portal/browser.ts')
  const { readConfiguration } = await import('./configuration.ts')
  const { configuration } = await readConfiguration(cwd)
  const choice = { wanted: configuration.browser, headed: false, env, platform: process.platform }
  const say = (text: string) => stdout.write(`${text}\n`)
  const there = await findBrowser(choice)
  if (there) return void say(`Browser: ${there.name}`)
  if (configuration.browser !== undefined) throw noBrowser(configuration.browser)

  say('There is no browser yet. Trying Playwright’s installer (npx playwright install chromium) ...')
  run(process.execPath, [playwright(), 'install', 'chromium'], environment)
  const playwrights = await findBrowser(choice)
  if (playwrights) return void say(`Browser: ${playwrights.name}`)

  if (!isDebianRoot()) throw noBrowser(undefined)
  say('That did not work. Trying Debian’s Chromium (apt-get install chromium) ...')
  run('apt-get', ['update', '-q'], environment)
  const install = (name: string) =>
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], environment)
  install('chromium')
  // Quicker without a window; older releases don't have it apart.
  install('chromium-headless-shell')
  const debians = await findBrowser(choice)
  if (!debians) throw noBrowser(undefined)
  say(`Browser: ${debians.name}`)
}

export function noBrowser(wanted: string | undefined): UserError {
  if (wanted !== undefined)
    return new UserError(
      `The browser that the configuration names ('${wanted}') is not here.`,
      'Install it, or change `browser` in the configuration (chromium, chrome, msedge, or a path).',
    )
  return new UserError(
    'There is no browser for the portal surface.',
    'Type: npx playwright install --with-deps chromium',
    { exitCode: 2 },
  )
}

function run(command: string, args: readonly string[], { cwd, env }: Environment): void {
  spawnSync(command, args, {
    cwd,
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

function playwright(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js')
}

function isDebianRoot(): boolean {
  return process.platform === 'linux' && existsSync('/etc/debian_version') && process.getuid?.() === 0
}
