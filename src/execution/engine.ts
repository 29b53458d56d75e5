import { fork, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ordersVariable, type WorkerOrders } from './orders.ts'
import { engineEnvironment, playwrightCommand, type PreparedEngine } from './prepared-engine.ts'
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
  /** One that has loaded already. */
  prepared?: PreparedEngine | undefined
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
export function startEngine({ config, orders, cwd, env, debug, ui, printing, prepared }: EngineOptions): Engine {
  const args = ['test', '--config', config, ...(ui ? ['--ui'] : [])]
  const trust = trusting(orders)
  const more = { [ordersVariable]: JSON.stringify(orders), ...trust, ...(debug ? { PWDEBUG: '1' } : {}) }
  // What a person works with needs the terminal itself, and Node reads whom it trusts when it begins.
  const fresh = printing || debug || ui || Object.keys(trust).length > 0
  const ready = fresh ? undefined : prepared?.start({ args, env: more })
  prepared?.discard()
  const child =
    ready ??
    fork(playwrightCommand(), args, {
      cwd,
      detached: true,
      env: { ...engineEnvironment(env), ...more },
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
