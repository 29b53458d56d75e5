import { fork, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ordersVariable, type WorkerOrders } from './orders.ts'
import { authorityFile } from './spec.ts'
import { engineReportFile, type EngineReport } from './engine-report.ts'

/** How Playwright is started. */
export interface EngineOptions {
  config: string
  orders: WorkerOrders
  cwd: string
  env: NodeJS.ProcessEnv
  debug: boolean
  ui: boolean
  /** Whether Playwright's own reporters write to this process's output. */
  printing: boolean
}

/** A Playwright under way. */
export interface Engine {
  /** Resolves when it has ended, with what it printed where that was kept. */
  ended: Promise<{ code: number | null; printed: string }>
  /** Asks the workers to stop; after `grace` milliseconds the whole process group is ended. */
  stop(grace?: number): void
  kill(): void
}

/**
 * Starts Playwright Test on the generated specs, as a process group of its own: Ctrl+C reaches only the command, which
 * then stops Playwright and cleans up. The cloud's definition and the secrets go along in the environment.
 */
export function startEngine({ config, orders, cwd, env, debug, ui, printing }: EngineOptions): Engine {
  const child = fork(playwrightCommand(), ['test', '--config', config, ...(ui ? ['--ui'] : [])], {
    cwd,
    detached: true,
    env: {
      ...withoutTestRunner(env),
      [ordersVariable]: JSON.stringify(orders),
      ...trusting(orders),
      ...(debug ? { PWDEBUG: '1' } : {}),
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', printing ? 'inherit' : 'pipe', printing ? 'inherit' : 'pipe', 'ipc'],
  })
  let printed = ''
  const keep = (data: Buffer) => {
    printed = (printed + data.toString()).slice(-20_000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const ended = new Promise<{ code: number | null; printed: string }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, printed }))
  })
  // It may be waited for much later.
  ended.catch(() => undefined)
  return {
    ended,
    stop(grace = 20_000) {
      signal(child, 'SIGINT')
      const clock = setTimeout(() => signalGroup(child, 'SIGKILL'), grace)
      ended.then(
        () => clearTimeout(clock),
        () => clearTimeout(clock),
      )
    },
    kill: () => signalGroup(child, 'SIGKILL'),
  }
}

/** With client certificates Playwright itself speaks TLS for the browser, and trusts what Node trusts. */
function trusting({ cloud, output }: WorkerOrders): NodeJS.ProcessEnv {
  const certified = cloud.person !== undefined && 'clientCertificate' in cloud.person
  return certified && cloud.certificateAuthority ? { NODE_EXTRA_CA_CERTS: authorityFile(output) } : {}
}

/** What Playwright told beside the journal; nothing where it didn't come so far. */
export function readEngineReport(output: string): EngineReport | undefined {
  const path = join(output, engineReportFile)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as EngineReport) : undefined
}

function playwrightCommand(): string {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js')
}

/** Verbatim's own tests run inside Playwright, too: a Playwright inside of a Playwright must not take over its role. */
function withoutTestRunner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:TEST_|PW_TEST|PLAYWRIGHT_TEST|NODE_OPTIONS$|PWTEST_)/.test(name)),
  )
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.exitCode === null) child.kill(name)
}

function signalGroup({ pid, exitCode }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null) return
  try {
    process.kill(-pid, name)
  } catch {
    // The group has ended by itself.
  }
}
