import type { Settings } from './settings.ts'

type Range = readonly [from: number, to: number]

/** Milliseconds. Realistic ones follow the waits that scripts against the live portal need (portal-facts.md §1.1, §4, §11). */
const ranges = {
  searchReady: { fast: [250, 450], realistic: [1500, 3000] },
  search: { fast: [80, 320], realistic: [400, 1500] },
  indexLag: { fast: [700, 1600], realistic: [5000, 20000] },
  bladeTitle: { fast: [60, 200], realistic: [300, 1200] },
  bladeContent: { fast: [30, 150], realistic: [300, 1500] },
  twinFrame: { fast: [500, 900], realistic: [800, 1200] },
  list: { fast: [60, 250], realistic: [400, 2500] },
  lateCommand: { fast: [100, 350], realistic: [500, 2500] },
  filter: { fast: [150, 300], realistic: [400, 800] },
  form: { fast: [80, 300], realistic: [700, 2500] },
  validation: { fast: [200, 500], realistic: [1500, 5000] },
  poll: { fast: [120, 180], realistic: [2500, 3500] },
  freshResource: { fast: [250, 600], realistic: [3000, 9000] },
  toast: { fast: [2500, 3000], realistic: [5000, 5000] },
  interruption: { fast: [900, 2500], realistic: [5000, 15000] },
  coachmark: { fast: [3000, 5000], realistic: [15000, 30000] },
} satisfies Record<string, { fast: Range; realistic: Range }>

export type Delay = keyof typeof ranges

/** Waits and accidents that one number drives. */
export interface Delays {
  wait(what: Delay, signal?: AbortSignal): Promise<void>
  /** Milliseconds: the same sequence for the same seed, whatever other kinds of delay come in between. */
  next(what: Delay): number
  /** True for about `share` of all seeds. */
  happens(what: string, share: number): boolean
}

export function createDelays({ seed, pace }: Pick<Settings, 'seed' | 'pace'>): Delays {
  const counts = new Map<Delay, number>()
  const delays: Delays = {
    next(what) {
      const count = counts.get(what) ?? 0
      counts.set(what, count + 1)
      const [from, to] = ranges[what][pace]
      return Math.round(from + (to - from) * fraction(`${seed}/${what}/${count}`))
    },
    async wait(what, signal) {
      await pause(delays.next(what), signal)
    },
    happens: (what, share) => fraction(`${seed}/${what}`) < share,
  }
  return delays
}

/** Rejects with the signal's reason when it is aborted first. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })
}

/** FNV-1a with a final mix, as a fraction of one. */
function fraction(text: string) {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}
