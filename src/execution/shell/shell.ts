import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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
      if (!plan.shell) throw notAllowed(place)
      session ??= await startSession(secrets, heard)
      const { status, timedOut, ended } = await session.send(action.code, limit)
      if (ended) session = undefined
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
    async close() {
      await session?.end()
      session = undefined
    },
  }
}

interface Session {
  /** Runs a block. `ended` where the session ended with it: by a failure, an `exit`, or the time limit (milliseconds). */
  send(code: string, limit: number): Promise<{ status: number; timedOut: boolean; ended: boolean }>
  end(): Promise<void>
}

/** How long the last words of a session that has ended are waited for. Milliseconds. */
const lastWords = 500

async function startSession(secrets: Record<string, string>, heard: (text: string) => void): Promise<Session> {
  const { $ } = await import('zx')
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-shell-'))
  const shell: ProcessPromise = $({
    cwd: folder,
    env: withoutSecrets(process.env, Object.values(secrets)),
    detached: true,
    nothrow: true,
    quiet: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    halt: false,
  })`bash --noprofile --norc`
  const marker = `verbatim-${crypto.randomUUID()}`
  const answers = listen(shell.stdout.setEncoding('utf8'), marker, heard)
  const closed = once(shell.stdout, 'close')
  const exited = new Promise<number>(resolve => shell.child?.once('exit', code => resolve(code ?? 1)))
  // Writing to a shell that has ended: how it ended is told by its exit code.
  shell.stdin.on('error', () => undefined)
  // One stream, so that both keep their order; the marker has its own way out, whatever a block does to its output.
  shell.stdin.write('exec 2>&1 3>&1\n')

  return {
    async send(code, limit) {
      const block = join(folder, '.verbatim-block.sh')
      writeFileSync(block, `${code.replace(/\r\n?/g, '\n')}\n`)
      const answered = answers.next()
      // A person stops at the first command that fails: so does the block. What it set stays for the next one. Line by
      // line, because a syntax error takes the rest of its line along.
      shell.stdin.write(`set -e\nsource ${quote(block)} </dev/null\n`)
      shell.stdin.write(
        `{ verbatim_status=$?; set +e; } 2>/dev/null\nprintf '\\n%s %d\\n' ${marker} $verbatim_status >&3\n`,
      )
      const expiry = new AbortController()
      const timer = sleep(limit, 'timeout' as const, { signal: expiry.signal }).catch(() => 'timeout' as const)
      const first = await Promise.race([answered, exited.then(status => ({ exit: status })), timer])
      expiry.abort()
      if (typeof first === 'number') return { status: first, timedOut: false, ended: false }
      if (first !== 'timeout') await Promise.race([closed, sleep(lastWords)])
      await end()
      return { status: first === 'timeout' ? 1 : first.exit, timedOut: first === 'timeout', ended: true }
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
    await Promise.all([exited, Promise.race([closed, sleep(lastWords)])])
    answers.flush()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Hears what a shell prints, and finds the markers that stand at the end of each block, with its exit code. */
function listen(stream: NodeJS.ReadableStream, marker: string, heard: (text: string) => void) {
  const sign = `\n${marker} `
  let pending: ((status: number) => void) | undefined
  let kept = ''
  stream.on('data', (text: string) => {
    kept += text
    const found = new RegExp(`${sign}(\\d+)\\n`).exec(kept)
    if (found) {
      heard(kept.slice(0, found.index))
      kept = kept.slice(found.index + found[0].length)
      return pending?.(Number(found[1]))
    }
    // The start of a marker may come before its end: what could be one is kept back.
    const line = kept.lastIndexOf('\n')
    const rest = line < 0 ? '' : kept.slice(line)
    const keep = rest !== '' && (sign.startsWith(rest) || rest.startsWith(sign)) ? rest.length : 0
    heard(kept.slice(0, kept.length - keep))
    kept = keep === 0 ? '' : rest
  })
  return {
    /** The exit code at the next marker. */
    next: () => new Promise<number>(resolve => (pending = resolve)),
    flush() {
      heard(kept)
      kept = ''
    },
  }
}

/** Variables that are known to hold what nobody may read. */
const secretName = /SECRET|TOKEN|PASSWORD|PASSWD|(?:^|_)(?:KEY|PAT|CREDENTIALS?)(?:_|$)/i

function withoutSecrets(env: NodeJS.ProcessEnv, secrets: readonly string[]): Record<string, string> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => {
    const [name, value] = entry
    if (value === undefined || /^(?:VERBATIM_|npm_)/.test(name) || secretName.test(name)) return false
    return !secrets.some(secret => secret.length >= 4 && value.includes(secret))
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

/** The plan refuses such an article beforehand; nothing may come past that. */
function notAllowed(place: Place): StepFailure {
  return new StepFailure(
    {
      rule: 'shell-not-allowed',
      message: 'The step runs code, which is not allowed for this run.',
      remedy: 'Read the code, then pass --allow-shell or say `shell: true` in the runbook.',
      place,
    },
    { verdict: 'driver' },
  )
}
