import { fork, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a prepared Playwright is started with. */
export interface StartOrder {
  /** Arguments of Playwright's command line. */
  args: string[]
  /** Added to the environment that it was prepared with. */
  env: NodeJS.ProcessEnv
}

/** A process that has begun to load Playwright, and waits to be told what to run. */
export interface PreparedEngine {
  /** Starts it. @returns its process, a group of its own; undefined where it has ended already. */
  start(order: StartOrder): ChildProcess | undefined
  /** Ends it where it was never started. */
  discard(): void
}

/** Prepares a Playwright in a folder. What it prints is piped. */
export function prepareEngine(cwd: string, env: NodeJS.ProcessEnv): PreparedEngine {
  const entry = fileURLToPath(new URL('./engine-start.js', import.meta.url))
  const child = fork(entry, [playwrightCommand()], {
    cwd,
    detached: true,
    env: engineEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let failed = false
  child.once('error', () => (failed = true))
  let started = false
  return {
    start(order) {
      if (failed || child.exitCode !== null || !child.connected) return undefined
      started = true
      child.send(order)
      return child
    },
    discard() {
      // It has made nothing yet, and nobody should wait for it to have loaded.
      if (!started && child.exitCode === null) child.kill('SIGKILL')
    },
  }
}

/** The path of Playwright's command line. */
export function playwrightCommand(): string {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js')
}

/** Verbatim's own tests run inside Playwright, too: a Playwright inside of a Playwright must not take over its role. */
export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(?:TEST_|PW_TEST|PLAYWRIGHT_TEST|NODE_OPTIONS$|PWTEST_)/
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name))), NODE_NO_WARNINGS: '1' }
}
