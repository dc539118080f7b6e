import type { AdaptiveConcurrency } from './adaptive-concurrency.ts'

/** Who is served first when a target has no slot left: a person who waits to sign in, a push, then everything else. */
export const lanes = ['login', 'push', 'bulk'] as const
export type Lane = (typeof lanes)[number]

export type Slots = ReturnType<typeof createSlots>

/** The requests that one target is given at once, shared by everybody who writes to it. */
export function createSlots(concurrency: AdaptiveConcurrency, monotonic: () => number) {
  const waiting: Record<Lane, (() => void)[]> = { login: [], push: [], bulk: [] }
  let underWay = 0

  function next(): void {
    while (underWay < concurrency.limit) {
      const start = lanes
        .map((lane) => waiting[lane])
        .find((queue) => queue.length > 0)
        ?.shift()
      if (!start) return
      underWay += 1
      start()
    }
  }

  return {
    get limit(): number {
      return concurrency.limit
    },

    allow(requests: number): void {
      concurrency.allow(requests)
    },

    throttled(): void {
      concurrency.throttled(underWay)
    },

    /** Runs `call` as soon as a slot is free. `kind` is what its duration is compared with. */
    async run<T>(lane: Lane, kind: string, call: () => Promise<T>): Promise<T> {
      await new Promise<void>((resolve) => {
        waiting[lane].push(resolve)
        next()
      })
      const since = monotonic()
      try {
        return await call()
      } finally {
        underWay -= 1
        concurrency.answered(kind, monotonic() - since, underWay)
        next()
      }
    },
  }
}
