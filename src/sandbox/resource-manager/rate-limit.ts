import type { Pace } from '../pace.ts'
import { providerThrottled, requestsThrottled } from './failures.ts'
import type { Knock } from './front-door.ts'
import type { Principal } from './request.ts'

/** How many requests each sender may still send. */
export interface RateLimits {
  /**
   * Counts a request against what its sender may do in a subscription, or in the tenant where the path has none, and
   * tells what is left, as headers. Throws an ArmFailure 429 when nothing is.
   */
  spend(knock: Pick<Knock, 'method' | 'path'>, principal: Principal, subscription?: string): Record<string, string>
  /** Counts a request against what its provider allows in a subscription, likewise. */
  spendProvider(action: string, subscription: string): Record<string, string>
}

/**
 * Token buckets as Resource Manager has had them since 2024 (azure-facts.md §4.4): each principal has some for each
 * subscription, and all principals together have fifteen times as much for it. The tenant's are as large as a
 * subscription's.
 *
 * They follow the sandbox's clock. At the fast pace a hundred seconds pass in one, so they refill a hundred times as fast; and
 * as a client then sends in a moment what takes it a minute in Azure, they hold a hundred times as much: 25,000 reads with
 * 2,500 more each second are enough for a hundred clients of one program.
 */
export function createRateLimits(pace: Pace): RateLimits {
  const buckets = new Map<string, Bucket>()

  function bucketOf(key: string, { capacity, refill }: Limit, factor = 1): Bucket {
    const now = pace.now()
    const size = { capacity: capacity * factor * pace.speed, refill: refill * factor }
    const bucket = buckets.get(key) ?? { ...size, tokens: size.capacity, at: now }
    bucket.tokens = Math.min(bucket.capacity, bucket.tokens + (now - bucket.at) * bucket.refill)
    bucket.at = now
    buckets.set(key, bucket)
    return bucket
  }

  return {
    spend(knock, { objectId }, subscription) {
      const kind = kindOf(knock.method)
      const scope = subscription === undefined ? 'tenant' : 'subscription'
      const place = `${subscription ?? 'tenant'} ${kind}`
      const spent = new Map([[`${scope}-${kind}`, bucketOf(`${place} ${objectId}`, limits[kind])]])
      if (subscription !== undefined) spent.set(`subscription-global-${kind}`, bucketOf(place, limits[kind], 15))
      const wait = Math.max(...[...spent.values()].map(({ tokens, refill }) => Math.ceil((1 - tokens) / refill)))
      if (wait <= 0) spent.forEach(bucket => (bucket.tokens -= 1))
      const remaining = Object.fromEntries(
        [...spent].map(([name, { tokens }]) => [`x-ms-ratelimit-remaining-${name}`, String(Math.floor(tokens))]),
      )
      if (wait > 0) {
        const headers = { ...remaining, ...pace.retryAfter(wait) }
        throw requestsThrottled(subscription ?? 'tenant', operationOf(knock), wait, headers)
      }
      return remaining
    },
    spendProvider(action, subscription) {
      const found = limitsOf(action)
      if (found.length === 0) return {}
      const told = new Map<string, string[]>()
      for (const { index, limit } of found) {
        const { capacity, seconds, header, refuses } = limit
        const bucket = bucketOf(`${subscription} provider ${index}`, { capacity, refill: capacity / seconds })
        const wait = Math.ceil((1 - bucket.tokens) / bucket.refill)
        if (wait > 0 && refuses) throw providerThrottled(action, { capacity, seconds, wait }, pace.retryAfter(wait))
        bucket.tokens = Math.max(0, bucket.tokens - 1)
        if (!header) continue
        const left = String(Math.floor(bucket.tokens))
        told.set(header.name, [...(told.get(header.name) ?? []), header.label ? `${header.label};${left}` : left])
      }
      return Object.fromEntries(
        [...told].map(([name, values]) => [`x-ms-ratelimit-remaining-${name}`, values.join(',')]),
      )
    },
  }
}

/** What providers allow beside Resource Manager, as actions (azure-facts.md §3.2, §4.4; Learn, "Storage account scale limits"). */
interface ProviderLimit {
  action: RegExp
  capacity: number
  /** In how many seconds all of it comes back. */
  seconds: number
  /** How it stands in the header `x-ms-ratelimit-remaining-…`; without it nobody hears of it before it is spent. */
  header?: { name: 'resource' | 'subscription-resource-requests'; label?: string }
  /** Refuses what goes beyond. */
  refuses?: boolean
}

const compute = (verb: string, action: RegExp): ProviderLimit[] =>
  [3, 30].map(minutes => ({
    action,
    capacity: minutes === 3 ? 240 : 1200,
    seconds: minutes * 60,
    header: { name: 'resource', label: `Microsoft.Compute/${verb}${minutes}Min` },
  }))

const providerLimits: readonly ProviderLimit[] = [
  { action: /^microsoft\.storage\/storageaccounts\/read$/, capacity: 800, seconds: 300, refuses: true },
  {
    action: /^microsoft\.recoveryservices\//,
    capacity: 500,
    seconds: 300,
    header: { name: 'subscription-resource-requests' },
  },
  ...compute('PutVM', /^microsoft\.compute\/virtualmachines\/write$/),
  ...compute('DeleteVM', /^microsoft\.compute\/virtualmachines\/delete$/),
]

/** By action: they are few, and every request has one. */
const limitsByAction = new Map<string, readonly { index: number; limit: ProviderLimit }[]>()

function limitsOf(action: string) {
  const known = limitsByAction.get(action)
  if (known) return known
  const found = [...providerLimits.entries()].flatMap(([index, limit]) =>
    limit.action.test(action.toLowerCase()) ? [{ index, limit }] : [],
  )
  limitsByAction.set(action, found)
  return found
}

type Kind = 'reads' | 'writes' | 'deletes'

interface Limit {
  capacity: number
  /** Tokens per second of Azure's. */
  refill: number
}

interface Bucket extends Limit {
  tokens: number
  /** When it was last filled up, as the clock showed. */
  at: number
}

const limits: Record<Kind, Limit> = {
  reads: { capacity: 250, refill: 25 },
  writes: { capacity: 200, refill: 10 },
  deletes: { capacity: 200, refill: 10 },
}

function kindOf(method: string): Kind {
  if (method === 'GET' || method === 'HEAD') return 'reads'
  return method === 'DELETE' ? 'deletes' : 'writes'
}

/**
 * What the error calls the operation: the method and the path without its names (azure-docs issue 105248).
 * > POST/SUBSCRIPTIONS/RESOURCEGROUPS/PROVIDERS/MICROSOFT.COMPUTE/VIRTUALMACHINES/START
 */
function operationOf({ method, path }: Pick<Knock, 'method' | 'path'>) {
  const [before = '', below = ''] = path.split(/\/providers\//i)
  const types = (segments: string[]) => segments.filter((_, index) => index % 2 === 0)
  const [namespace, ...rest] = below.split('/')
  const words = [
    method,
    ...types(before.split('/').slice(1)),
    ...(namespace ? ['providers', namespace] : []),
    ...types(rest),
  ]
  return words.join('/').toUpperCase()
}
