import type { RateLimitSettings } from './settings.ts'
import type { User } from './user.ts'

interface Bucket {
  tokens: number
  filledAt: number
}

export interface Limited {
  readonly headers: Readonly<Record<string, string>>
  readonly refused: boolean
}

const unlimited: Limited = { headers: {}, refused: false }

/** The token buckets of all users on all nodes (Data Center, rate limits). */
export function createRateLimit(now: () => number) {
  const buckets = new Map<string, Bucket>()
  let requests = 0

  /** Takes one token of this user on the node that the balancer picks. */
  return function limit(settings: RateLimitSettings | undefined, user: Pick<User, 'name' | 'key'>): Limited {
    if (!settings || settings.exempt?.includes(user.name)) return unlimited
    const node = requests++ % (settings.nodes ?? 1)
    const bucket = buckets.get(`${node}:${user.key}`) ?? { tokens: settings.capacity, filledAt: now() }
    buckets.set(`${node}:${user.key}`, bucket)
    refill(bucket, settings, now())
    const allowed = bucket.tokens > 0
    if (allowed) bucket.tokens -= 1
    return { headers: headersOf(bucket, settings, now()), refused: !allowed }
  }
}

function refill(bucket: Bucket, { capacity, fillRate, intervalSeconds }: RateLimitSettings, at: number): void {
  const intervals = Math.floor((at - bucket.filledAt) / (intervalSeconds * 1000))
  bucket.tokens = Math.min(capacity, bucket.tokens + intervals * fillRate)
  bucket.filledAt += intervals * intervalSeconds * 1000
}

/** `Retry-After` is 0 while tokens remain (Data Center, rate limits). */
function headersOf(bucket: Bucket, settings: RateLimitSettings, at: number): Record<string, string> {
  const untilRefill = Math.ceil((bucket.filledAt + settings.intervalSeconds * 1000 - at) / 1000)
  return {
    'x-ratelimit-limit': String(settings.capacity),
    'x-ratelimit-remaining': String(bucket.tokens),
    'x-ratelimit-interval-seconds': String(settings.intervalSeconds),
    'x-ratelimit-fillrate': String(settings.fillRate),
    'retry-after': String(bucket.tokens > 0 ? 0 : Math.max(untilRefill, 1)),
  }
}
