import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** The sandbox's clock: how long what takes Azure seconds takes here, and when a client is told to ask again. */
export interface Pace {
  /** Waits what is `seconds` in Azure, give or take a fifth. Rejects with an AbortError when the sandbox stops. */
  pass(seconds: number): Promise<void>
  /**
   * Headers that tell a poller when to ask again. The fast pace uses `x-ms-retry-after-ms`, which az honours and the
   * JavaScript clients ignore in favour of their own interval (azure-facts.md §3.1).
   */
  retryAfter(seconds: number): Record<string, string>
  /** How many of Azure's seconds pass in one. */
  speed: number
  /** What the clock shows, in Azure's seconds. */
  now(): number
}

/**
 * `realistic` takes seconds, `fast` a hundredth. The same seed gives the same durations in the same order. `milliseconds`
 * is the clock on the wall, for tests that can't wait; `speed`, how many of Azure's seconds pass in one, for those that look on.
 */
export function createPace(
  pace: 'fast' | 'realistic',
  seed: number,
  stopped: AbortSignal,
  milliseconds = () => performance.now(),
  speed = pace === 'fast' ? 100 : 1,
): Pace {
  const random = randomNumbers(seed)
  // Each wait listens.
  setMaxListeners(0, stopped)
  return {
    async pass(seconds) {
      await sleep(((seconds * 1000) / speed) * (0.8 + 0.4 * random()), undefined, { signal: stopped })
    },
    retryAfter: seconds =>
      pace === 'fast'
        ? { 'x-ms-retry-after-ms': String(Math.ceil((seconds * 1000) / speed)) }
        : { 'retry-after': String(seconds) },
    speed,
    now: () => (milliseconds() / 1000) * speed,
  }
}

/** Mulberry32: small, and the same on every machine. */
export function randomNumbers(seed: number) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
