import type { Readable, Writable } from 'node:stream'
import pc from 'picocolors'

/** The surroundings of a command. Tests pass others. */
export interface Environment {
  cwd: string
  env: NodeJS.ProcessEnv
  /** Where answers come from; none where nobody can be asked. */
  stdin?: Readable & { isTTY?: boolean }
  stdout: Writable & { isTTY?: boolean; columns?: number }
  stderr: Writable & { isTTY?: boolean }
  now(): Date
}

export function processEnvironment(): Environment {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
  }
}

/** Colours only on a terminal, and never where `NO_COLOR` is set; `FORCE_COLOR` overrules. */
export function coloursFor({ env, stdout }: Pick<Environment, 'env' | 'stdout'>): ReturnType<typeof pc.createColors> {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== ''
  const wanted = forced || (stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb' && !env.CI)
  return pc.createColors(wanted)
}
