import type { Instant } from '../../identity/ids.ts'
import { type PrunedStore, pruneStore, readPrunedAt } from '../../state/retention/prune-store.ts'
import type { Db } from '../../store/transaction.ts'

const dayMs = 86_400_000

interface DailyPruningOptions {
  readonly db: Db
  /** Told after each time. */
  readonly pruned: (numbers: PrunedStore) => void
  readonly report: (error: unknown) => void
}

/** Forgets once a day what is older than it is kept, beside everything else that happens. */
export function createDailyPruning({ db, pruned, report }: DailyPruningOptions) {
  const stopping = new AbortController()
  let pruning: Promise<void> | undefined

  async function prune(now: Instant): Promise<void> {
    const last = await readPrunedAt(db)
    // Also when the clock was set back: a time to come must not keep everything until then.
    if (last !== undefined && Math.abs(now - last) < dayMs) return
    pruned(await pruneStore(db, now, stopping.signal))
  }

  return {
    /** Looks whether a day has passed, and does not wait for what follows from it. */
    look(now: Instant): void {
      pruning ??= prune(now)
        .catch(report)
        .finally(() => {
          pruning = undefined
        })
    },
    async stop(): Promise<void> {
      stopping.abort()
      await pruning
    },
  }
}
