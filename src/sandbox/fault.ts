import { AsyncLocalStorage } from 'node:async_hooks'
import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import type { ServerName } from './request-log.ts'

/** Which requests a fault hits. Everything left out matches. */
export interface FaultMatch {
  server?: ServerName | undefined
  /** Upper case. */
  method?: string | undefined
  /** A regular expression over path and query, case-insensitive. */
  path?: string | undefined
  /** How many matching requests are hit; 1 by default. Use `Infinity` (or a large number) for all. */
  times?: number | undefined
  /** How many matching requests go through before the first is hit. */
  after?: number | undefined
  /** How likely each matching request is hit, from 0 to 1; 1 by default. The sandbox's seed decides. */
  chance?: number | undefined
}

/** How an operation ends that a fault hits. */
export interface OperationFault {
  /** `never` goes on until the sandbox stops. */
  end: 'failed' | 'canceled' | 'never'
  code?: string | undefined
  message?: string | undefined
}

/**
 * Something that goes wrong on purpose, as plain data. Throttling is an answer 429, with or without `retry-after`
 * (azure-facts.md §6).
 *
 * - `answer`: instead of the real one. `drop`, `hang`: no answer. `delay`: the real one, later.
 * - `challenge`: 401 that asks for a token with other claims, as continuous access evaluation does.
 * - `operation`: the operation that the request starts ends otherwise.
 * - `expire`: everybody is signed out; then the request is answered as it deserves.
 * - `stale`: the first request is answered truly, those after it with the same again.
 */
export type Fault = FaultMatch &
  (
    | { do: 'answer'; status: number; body?: unknown; headers?: Record<string, string> | undefined }
    | { do: 'drop' }
    | { do: 'hang' }
    | { do: 'delay'; milliseconds: number }
    | { do: 'challenge' }
    | { do: 'expire' }
    | ({ do: 'operation' } & OperationFault)
    | { do: 'stale' }
  )

/** What becomes of operations that are started while a request is answered. */
export const operationFaults = new AsyncLocalStorage<OperationFault>()

/** The faults in force, counted down as they hit. */
export interface Faults {
  add(fault: Fault): void
  /** Forgets all that have not hit yet. */
  clear(): void
  middleware(server: ServerName): MiddlewareHandler
}

/** Collects faults; `stopped` ends what hangs or waits, `expire` signs everybody out. Throws a SyntaxError when a path is no regular expression. */
export function createFaults(stopped: AbortSignal, expire: () => void, random: () => number): Faults {
  const armed: Armed[] = []

  function take(server: ServerName, method: string, target: string): Armed | undefined {
    for (const rule of armed) {
      const { fault } = rule
      if (rule.left <= 0) continue
      if (fault.server && fault.server !== server) continue
      if (fault.method && fault.method !== method) continue
      if (!rule.path.test(target)) continue
      if (rule.passing > 0) {
        rule.passing -= 1
        continue
      }
      if (fault.chance !== undefined && random() >= fault.chance) continue
      if (fault.do !== 'stale' || rule.stale.has(target)) rule.left -= 1
      return rule
    }
    return undefined
  }

  return {
    add(fault) {
      armed.push({
        fault,
        path: new RegExp(fault.path ?? '', 'i'),
        passing: fault.after ?? 0,
        left: fault.times ?? 1,
        stale: new Map(),
      })
    },
    clear: () => void armed.splice(0),
    middleware: server => async (context, next) => {
      if (armed.length === 0) return next()
      const { pathname, search } = new URL(context.req.url)
      const target = pathname + search
      const rule = take(server, context.req.method, target)
      if (!rule) return next()
      const { fault } = rule
      if (fault.do === 'answer') return answer(fault)
      if (fault.do === 'challenge') return challenge()
      if (fault.do === 'expire') {
        expire()
        return next()
      }
      if (fault.do === 'operation') return operationFaults.run(fault, () => next())
      if (fault.do === 'stale') {
        const before = rule.stale.get(target)
        if (before) return before.clone()
        await next()
        rule.stale.set(target, context.res.clone())
        return
      }
      if (fault.do === 'delay') {
        await ending(stopped, fault.milliseconds)
        return next()
      }
      if (fault.do === 'hang') await ending(stopped)
      ;(context.env as HttpBindings).incoming.socket.destroy()
      return new Response(null, { status: 500 })
    },
  }
}

interface Armed {
  fault: Fault
  path: RegExp
  passing: number
  left: number
  /** Address -> the answer to be given again. */
  stale: Map<string, Response>
}

/** The claims are those of Azure: a token that was issued after this moment (azure-facts.md §6). */
function challenge() {
  const claims = { access_token: { nbf: { essential: true, value: String(Math.floor(Date.now() / 1000)) } } }
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64')
  const message = 'Continuous access evaluation resulted in challenge.'
  return answer({
    do: 'answer',
    status: 401,
    body: { error: { code: 'InteractionRequired', message } },
    headers: { 'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${encoded}"` },
  })
}

function answer({ status, body, headers }: Extract<Fault, { do: 'answer' }>) {
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
  return new Response(text, { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } })
}

/** Resolves when the time is over or the sandbox stops, whichever comes first; without a time only the latter. */
function ending(stopped: AbortSignal, milliseconds?: number) {
  return new Promise<void>(resolve => {
    if (stopped.aborted) return resolve()
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
    stopped.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
