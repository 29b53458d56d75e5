import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProcessPromise } from 'zx'
import type { Run } from '../../action/action.ts'
import type { Place } from '../../article/article.ts'
import { maskWith } from '../mask.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome, type Surroundings } from '../surface.ts'

/** One shell session: variables, functions and the working directory last from block to block. */
export interface Shell {
  run(action: Run, place: Place): Promise<Outcome>
  /** What was printed since the last call, masked, at most the last 20,000 characters. */
  takeOutput(): string | undefined
  /** Ends the session with everything that it started. */
  close(): Promise<void>
}

/**
 * Opens a session of bash through zx, when the first block is run. The session has a working directory of its own,
 * which goes with it, and neither the cloud's definition nor a secret of the run in its environment: an article is
 * untrusted input.
 */
export function openShell({ plan, secrets }: Pick<Surroundings, 'plan' | 'secrets'>): Shell {
  const mask = maskWith(Object.values(secrets))
  const limit = plan.limits.step
  let session: Session | undefined
  let output = ''
  const heard = (text: string) => {
    output = (output + text).slice(-20_000)
  }
  return {
    async run(action, place) {
      session ??= await startSession(secrets, heard)
      const { status, timedOut } = await session.send(action.code, limit)
      if (timedOut)
        throw shellFailure(`The code did not end within ${Math.round(limit / 1000)} s.`, {
          place,
          output: mask(output),
          timedOut: true,
        })
      if (status !== 0)
        throw shellFailure(`The code ended with exit code ${status}.`, { place, output: mask(output), timedOut: false })
      return passed('exit code 0')
    },
    takeOutput() {
      const told = mask(output)
      output = ''
      return told === '' ? undefined : told
    },
    close: async () => session?.end(),
  }
}

interface Session {
  send(code: string, limit: number): Promise<{ status: number; timedOut: boolean }>
  end(): Promise<void>
}

async function startSession(secrets: Record<string, string>, heard: (text: string) => void): Promise<Session> {
  const { $ } = await import('zx')
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-shell-'))
  const marker = `verbatim-${crypto.randomUUID()}`
  const shell: ProcessPromise = $({
    cwd: folder,
    env: withoutSecrets(process.env, secrets),
    detached: true,
    nothrow: true,
    quiet: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    halt: false,
  })`bash --noprofile --norc`
  let pending: ((status: number) => void) | undefined
  let heardSoFar = ''
  shell.stdout.on('data', (data: Buffer) => {
    heardSoFar += data.toString()
    const [before, status, after] = splitAt(heardSoFar, marker)
    if (status === undefined) {
      // The start of a marker may come before its end: keep what could be one.
      const keep = heardSoFar.lastIndexOf('\n') + 1
      heard(heardSoFar.slice(0, keep))
      heardSoFar = heardSoFar.slice(keep)
      return
    }
    heard(before)
    heardSoFar = after
    pending?.(status)
  })
  shell.stderr.on('data', (data: Buffer) => heard(data.toString()))
  const ended = (async () => (await shell).exitCode ?? 1)()

  return {
    async send(code, limit) {
      const block = join(folder, '.verbatim-block.sh')
      writeFileSync(block, `${code}\n`)
      const answered = new Promise<number>(resolve => {
        pending = resolve
      })
      // A person stops at the first command that fails: so does the block. What it set stays for the next one.
      shell.stdin.write(`set -e; source ${quote(block)} </dev/null; set +e; printf '\\n%s %d\\n' ${marker} 0\n`)
      const expiry = new AbortController()
      const timer = new Promise<'timeout'>(resolve => {
        const clock = setTimeout(() => resolve('timeout'), limit)
        expiry.signal.addEventListener('abort', () => clearTimeout(clock))
      })
      const status = await Promise.race([answered, ended, timer])
      expiry.abort()
      if (status === 'timeout') await end()
      return { status: status === 'timeout' ? 1 : status, timedOut: status === 'timeout' }
    },
    end,
  }

  /** Ends the whole process group: what the code left in the background goes with the session. */
  async function end(): Promise<void> {
    const { pid } = shell
    if (pid !== undefined) {
      try {
        process.kill(-pid, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

function splitAt(text: string, marker: string): [string, number | undefined, string] {
  const found = new RegExp(`\\n${marker} (\\d+)\\n`).exec(text)
  if (!found) return [text, undefined, '']
  return [text.slice(0, found.index), Number(found[1]), text.slice(found.index + found[0].length)]
}

function withoutSecrets(env: NodeJS.ProcessEnv, secrets: Record<string, string>): Record<string, string> {
  const known = new Set(Object.values(secrets))
  const kept = Object.entries(env).filter((entry): entry is [string, string] => {
    const [name, value] = entry
    return value !== undefined && !name.startsWith('VERBATIM_') && !name.startsWith('npm_') && !known.has(value)
  })
  return Object.fromEntries(kept)
}

function quote(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`
}

function shellFailure(
  message: string,
  { place, output, timedOut }: { place: Place; output: string; timedOut: boolean },
): StepFailure {
  const last = output.trim().split('\n').slice(-5)
  return new StepFailure(
    {
      rule: timedOut ? 'shell-timed-out' : 'shell-failed',
      message,
      found: last,
      remedy:
        'Run the block by hand to see what it needs; mend the article, or name what it needs in its prerequisites.',
      place,
    },
    { verdict: 'doc', drift: 'blocking', timedOut },
  )
}
