const startWith = 4
/** Above this multiple of the fastest usual answer the product is working at its limit, or making us wait. */
const tooSlow = 4
/** Differences below this are noise of the network, whatever the multiple. */
const noiseMs = 50
/** Calls that count towards the usual duration: small enough to follow a change, large enough to forget an outlier. */
const smoothing = 16

interface Usual {
  ms: number
  readonly best: number
}

export type AdaptiveConcurrency = ReturnType<typeof createAdaptiveConcurrency>

/**
 * How many requests a target is given at once: from 4, more for every full round of answers in usual time, half as many
 * when answers take several times as long or the product throttles.
 */
export function createAdaptiveConcurrency(allowed: number) {
  let most = allowed
  const usual = new Map<string, Usual>()
  let limit = Math.min(startWith, most)
  let inTime = 0
  let careful = false
  /** Answers to requests that were under way when the limit was halved say nothing about the new one. */
  let toIgnore = 0

  /** Twice as many after each round until the first sign of trouble, then one more a round. */
  function grow(): void {
    inTime += 1
    if (careful && inTime < limit) return
    inTime = 0
    limit = Math.min(most, limit + 1)
  }

  function shrink(underWay: number): void {
    limit = Math.max(1, Math.floor(limit / 2))
    careful = true
    inTime = 0
    toIgnore = underWay
  }

  function judge(seen: Usual, underWay: number): void {
    if (isSlow(seen)) {
      // One long wait is one reason to shrink, not one for each of the answers in whose average it lives on.
      seen.ms = seen.best
      shrink(underWay)
    } else grow()
  }

  return {
    get limit(): number {
      return limit
    },
    /** One call of `kind` took `ms`; `underWay` others still run. Kinds differ in duration, so each is its own measure. */
    answered(kind: string, ms: number, underWay: number): void {
      const seen = follow(usual.get(kind), ms)
      usual.set(kind, seen)
      if (toIgnore > 0) toIgnore -= 1
      else judge(seen, underWay)
    },
    /** The setting was changed. */
    allow(requests: number): void {
      most = requests
      limit = Math.min(limit, most)
    },
    /** The product said that we ask too much. */
    throttled(underWay: number): void {
      shrink(underWay)
    },
  }
}

const isSlow = ({ ms, best }: Usual): boolean => ms > best * tooSlow && ms > best + noiseMs

/** The best drifts upwards, so that a product that became slower for good is not held at one request for ever. */
function follow(seen: Usual | undefined, ms: number): Usual {
  if (!seen) return { ms, best: Math.max(ms, 0.1) }
  const average = seen.ms + (ms - seen.ms) / smoothing
  return { ms: average, best: Math.max(0.1, Math.min(seen.best * 1.002, average)) }
}
