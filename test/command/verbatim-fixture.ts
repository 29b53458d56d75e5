import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'
import type { RunResult } from '../../src/result/result.ts'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'

/** The program as users start it. */
export const program = fileURLToPath(new URL('../../dist/verbatim.js', import.meta.url))

/** The project's folder, with its own articles. */
export const project = fileURLToPath(new URL('../../', import.meta.url))

/** A command that has ended. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A folder of its own with a few files, and the program in it. */
export interface World {
  folder: string
  write(files: Record<string, string>): void
  verbatim(args: string[], options?: { env?: NodeJS.ProcessEnv; cwd?: string }): Promise<Ended>
  /** Starts the program without waiting for its end; it is ended with the test. */
  start(args: string[], options?: { env?: NodeJS.ProcessEnv }): Started
  result(output: string): RunResult
}

export interface Started {
  process: ChildProcess
  ended: Promise<Ended>
  /** Resolves when standard output or standard error holds a text. @throws Error when the program ends before. */
  said(text: string | RegExp): Promise<string>
}

export const test = base.extend<{ world: World; attached: Attached; sandboxOptions: string[] }>({
  world: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'verbatim-test-'))
    const started: Started[] = []
    const start: World['start'] = (args, { env } = {}) => {
      const running = startProgram(args, { cwd: folder, env })
      started.push(running)
      return running
    }
    await use({
      folder,
      write(files) {
        for (const [name, text] of Object.entries(files)) {
          mkdirSync(dirname(join(folder, name)), { recursive: true })
          writeFileSync(join(folder, name), text)
        }
      },
      verbatim: (args, { env, cwd = folder } = {}) => startProgram(args, { cwd, env }).ended,
      start,
      result: output => JSON.parse(readFileSync(join(folder, output, 'result.json'), 'utf8')) as RunResult,
    })
    for (const running of started) if (running.process.exitCode === null) running.process.kill('SIGKILL')
    await Promise.allSettled(started.map(running => running.ended))
    rmSync(folder, { recursive: true, force: true })
  },
  /** For the sandbox that outlives the runs. */
  sandboxOptions: [[], { option: true }],
  attached: async ({ world, sandboxOptions }, use) => {
    const sandbox = world.start(['sandbox', '--json', ...sandboxOptions])
    const printed = await sandbox.said(/^\}/m)
    world.write({ 'cloud.json': printed })
    await use(attachedTo(JSON.parse(printed) as SandboxDefinition))
    sandbox.process.kill('SIGTERM')
    await sandbox.ended
  },
})

/** A sandbox that outlives the runs of a test, and a look into it through Resource Manager. */
export interface Attached {
  definition: SandboxDefinition
  resourceGroups(): Promise<string[]>
}

function attachedTo(definition: SandboxDefinition): Attached {
  return {
    definition,
    async resourceGroups() {
      const { openResourceManager } = await import('../../src/cloud/resource-manager.ts')
      const { CloudDefinition } = await import('../../src/cloud/definition.ts')
      const manager = await openResourceManager(CloudDefinition.parse(definition))
      return (await manager.resourceGroups()).map(group => group.name)
    },
  }
}

function startProgram(args: string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv | undefined }): Started {
  if (!existsSync(program)) throw new Error('The program is not built: run `npm run build`.')
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const listeners = new Set<() => void>()
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString()
    for (const listener of listeners) listener()
  })
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString()
    for (const listener of listeners) listener()
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, stdout, stderr }))
  })
  return {
    process: child,
    ended,
    said: text =>
      new Promise((resolve, reject) => {
        const look = () => {
          const heard = stdout + stderr
          if (typeof text === 'string' ? !heard.includes(text) : !text.test(heard)) return
          listeners.delete(look)
          resolve(stdout)
        }
        listeners.add(look)
        look()
        ended.then(
          ({ code }) =>
            reject(new Error(`The program ended with ${code} before it said ${String(text)}:\n${stdout}${stderr}`)),
          reject,
        )
      }),
  }
}

/** Neither the test runner's settings nor the machine's colours reach the program. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:FORCE_COLOR|PW_|PWTEST|PLAYWRIGHT|TEST_|NODE_OPTIONS|AZURE_|VERBATIM_)/.test(name),
  )
  return { ...Object.fromEntries(kept), NO_COLOR: '1' }
}
