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
}

/**
 * Something that goes wrong on purpose, as plain data: an answer instead of the real one, a dropped connection, or a
 * request that is never answered. Throttling is an answer 429, with or without `retry-after` (azure-facts.md §6).
 */
export type Fault = FaultMatch &
  (
    | { do: 'answer'; status: number; body?: unknown; headers?: Record<string, string> | undefined }
    | { do: 'drop' }
    | { do: 'hang' }
    | { do: 'delay'; milliseconds: number }
  )

/** The faults in force, counted down as they hit. */
export interface Faults {
  add(fault: Fault): void
  middleware(server: ServerName): MiddlewareHandler
}

/** Collects faults; `stopped` ends what hangs or waits. Throws a SyntaxError when a path is no regular expression. */
export function createFaults(stopped: AbortSignal): Faults {
  const armed: { fault: Fault; path: RegExp; passing: number; left: number }[] = []

  function take(server: ServerName, method: string, target: string): Fault | undefined {
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
      rule.left -= 1
      return fault
    }
    return undefined
  }

  return {
    add(fault) {
      armed.push({ fault, path: new RegExp(fault.path ?? '', 'i'), passing: fault.after ?? 0, left: fault.times ?? 1 })
    },
    middleware: server => async (context, next) => {
      const { pathname, search } = new URL(context.req.url)
      const fault = take(server, context.req.method, pathname + search)
      if (!fault) return next()
      if (fault.do === 'answer') return answer(fault)
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
