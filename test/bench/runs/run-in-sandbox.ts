import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../../src/command/package-root.ts'
import type { RunResult } from '../../../src/result/result.ts'
import { startSandbox, type SandboxOptions } from '../../../src/sandbox/sandbox.ts'
import { openSandbox } from '../sandbox-client.ts'
import { everythingIn } from './left-behind.ts'

/** The project's folder, with a slash at its end. */
export const project = fileURLToPath(packageRoot())

/** Articles of a folder to be run in a sandbox of their own. */
export interface Orders {
  folder: string
  articles: readonly string[]
  /** Where the results go; emptied before. */
  output: string
  arguments: readonly string[]
  sandbox: SandboxOptions
  /** Milliseconds after which the run is interrupted, as by Ctrl+C. */
  limit: number
}

export interface Ran {
  code: number | null
  result: RunResult | undefined
  /** What the program printed. */
  said: string
  /** Ids of what is in the subscription after the run has cleaned up. It was empty before. */
  left: string[]
}

/** Starts a sandbox, runs `verbatim run` attached to it, looks at what it left, and stops the sandbox. */
export async function runInSandbox({
  folder,
  articles,
  output,
  arguments: more,
  sandbox,
  limit,
}: Orders): Promise<Ran> {
  rmSync(output, { recursive: true, force: true })
  const cloud = await startSandbox(sandbox)
  const client = openSandbox(cloud.definition)
  const definition = `${output}.cloud.json`
  try {
    writeFileSync(definition, JSON.stringify(cloud.definition), { mode: 0o600 })
    const { code, said } = await verbatim(
      ['run', ...articles, '--cloud', definition, '--output', output, '--no-record', ...more],
      { cwd: folder, limit },
    )
    await client.clearFaults()
    return { code, said, result: readResult(output), left: await everythingIn(cloud.definition.subscription, client) }
  } finally {
    rmSync(definition, { force: true })
    client.close()
    await cloud.stop()
  }
}

/** Runs the built program. */
export function verbatim(
  args: readonly string[],
  { cwd, limit }: { cwd: string; limit: number },
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(project, 'dist/verbatim.js'), ...args], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const keep = (data: Buffer) => (said += data.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const clock = setTimeout(() => child.kill('SIGINT'), limit)
    child.once('error', reject)
    child.once('close', code => {
      clearTimeout(clock)
      resolve({ code, said })
    })
  })
}

/** Does work on all items, `lanes` of them at a time, in order of the list. */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
    }),
  )
}

function readResult(output: string): RunResult | undefined {
  const path = join(output, 'result.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunResult) : undefined
}
