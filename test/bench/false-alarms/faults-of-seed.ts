import type { Fault } from '../../../src/sandbox/fault.ts'
import { hash } from '../mutation/generate-mutants.ts'

/** What goes wrong in one run, and by which words a report that blames the surroundings must name it. */
export interface Trouble {
  kind: TroubleKind
  faults: Fault[]
  named: RegExp
}

export const troubleKinds = [
  'throttled, with Retry-After',
  'throttled, without Retry-After',
  'burst of server errors',
  'dropped connections',
  'dropped connections of the portal',
  'slow answers',
  'another token asked for',
  'operation that fails',
  'session that expires',
  'stale lists',
] as const
export type TroubleKind = (typeof troubleKinds)[number]

/** The kinds take turns; how often, when and to what requests is decided by the seed. */
export function troubleOf(seed: number): Trouble {
  const kind = troubleKinds[seed % troubleKinds.length] ?? 'slow answers'
  let draws = 0
  /** A whole number from `least` to `most`. */
  const draw = (least: number, most: number) => least + (hash(`${seed} ${kind} ${draws++}`) % (most - least + 1))
  return { kind, ...troubles[kind](draw) }
}

type Draw = (least: number, most: number) => number

const manager = { server: 'resource-manager' } as const
const throttledBody = { error: { code: 'TooManyRequests', message: 'The request is being throttled.' } }
const timesOf = (draw: Draw, most: number) => ({ after: draw(0, 12), times: draw(1, most) })

const troubles: Record<TroubleKind, (draw: Draw) => Omit<Trouble, 'kind'>> = {
  'throttled, with Retry-After': draw => ({
    faults: [
      {
        ...manager,
        do: 'answer',
        status: 429,
        body: throttledBody,
        headers: { 'retry-after': '1' },
        ...timesOf(draw, 3),
      },
    ],
    named: /429|TooManyRequests|throttl/i,
  }),
  'throttled, without Retry-After': draw => ({
    faults: [{ ...manager, do: 'answer', status: 429, body: throttledBody, ...timesOf(draw, 3) }],
    named: /429|TooManyRequests|throttl/i,
  }),
  'burst of server errors': draw => {
    const status = [500, 502, 503, 504][draw(0, 3)] ?? 500
    const body = { error: { code: 'InternalServerError', message: 'Encountered internal server error.' } }
    return {
      faults: [{ ...manager, do: 'answer', status, body, ...timesOf(draw, 5) }],
      named: new RegExp(`${status}|InternalServerError|internal server error`, 'i'),
    }
  },
  'dropped connections': draw => ({
    faults: [{ ...manager, do: 'drop', ...timesOf(draw, 3) }],
    named: /ECONNRESET|socket hang up|connection|network|ERR_|fetch/i,
  }),
  'dropped connections of the portal': draw => ({
    faults: [{ server: draw(0, 1) === 0 ? 'portal' : 'frame', do: 'drop', ...timesOf(draw, 2) }],
    named: /connection|network|ERR_|empty|blank|browser/i,
  }),
  'slow answers': draw => ({
    faults: [{ ...manager, do: 'delay', milliseconds: draw(300, 2_500), after: draw(0, 10), times: draw(3, 15) }],
    named: /time|slow|still/i,
  }),
  'another token asked for': draw => ({
    faults: [{ ...manager, do: 'challenge', ...timesOf(draw, 2) }],
    named: /401|challenge|claims|sign|token/i,
  }),
  'operation that fails': draw => ({
    faults: [
      {
        ...manager,
        do: 'operation',
        method: 'PUT',
        path: '/providers/',
        end: draw(0, 1) === 0 ? 'failed' : 'canceled',
        code: 'CloudInternalError',
        message: 'The operation could not be completed because of an internal error. Try again later.',
        after: draw(0, 1),
      },
    ],
    named: /CloudInternalError|internal error|cancell?ed/i,
  }),
  'session that expires': draw => ({
    faults: [{ ...manager, do: 'expire', after: draw(0, 40) }],
    named: /session|sign/i,
  }),
  'stale lists': draw => ({
    faults: [
      {
        ...manager,
        do: 'stale',
        method: 'GET',
        path: draw(0, 1) === 0 ? '/resourcegroups\\?' : '/resources\\?',
        times: draw(2, 6),
      },
    ],
    named: /stale|list|not yet|still/i,
  }),
}
