import type { PortalPace, Settings } from './settings.ts'

type Range = readonly [from: number, to: number]

/** Milliseconds. Realistic ones follow the waits that scripts against the live portal need (portal-facts.md §1.1, §4, §11). */
const ranges = {
  searchReady: { brisk: [250, 450], real: [1500, 3000] },
  search: { brisk: [80, 320], real: [400, 1500] },
  indexLag: { brisk: [700, 1600], real: [5000, 20000] },
  bladeTitle: { brisk: [60, 200], real: [300, 1200] },
  bladeContent: { brisk: [30, 150], real: [300, 1500] },
  twinFrame: { brisk: [500, 900], real: [800, 1200] },
  list: { brisk: [60, 250], real: [400, 2500] },
  lateCommand: { brisk: [100, 350], real: [500, 2500] },
  filter: { brisk: [150, 300], real: [400, 800] },
  form: { brisk: [80, 300], real: [700, 2500] },
  validation: { brisk: [200, 500], real: [1500, 5000] },
  poll: { brisk: [120, 180], real: [2500, 3500] },
  freshResource: { brisk: [300, 800], real: [3000, 9000] },
  toast: { brisk: [2500, 3000], real: [5000, 5000] },
  interruption: { brisk: [900, 2500], real: [5000, 15000] },
  coachmark: { brisk: [3000, 5000], real: [15000, 30000] },
} satisfies Record<string, { brisk: Range; real: Range }>

/** What is no wait: how long a message is shown, and how soon Resource Manager is asked again what it works on. */
const atOnce: Partial<Record<Delay, Range>> = { toast: ranges.toast.brisk, poll: [20, 40] }

function rangeOf(what: Delay, pace: PortalPace): Range {
  return pace === 'instant' ? (atOnce[what] ?? [0, 0]) : ranges[what][pace]
}

export type Delay = keyof typeof ranges

export const delayNames = Object.keys(ranges) as Delay[]

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
      const [from, to] = rangeOf(what, pace)
      return Math.round(from + (to - from) * fraction(`${seed}/${what}/${count}`))
    },
    async wait(what, signal) {
      const milliseconds = delays.next(what)
      if (milliseconds > 0) await pause(milliseconds, signal)
      signal?.throwIfAborted()
    },
    happens: (what, share) => pace !== 'instant' && fraction(`${seed}/${what}`) < share,
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
