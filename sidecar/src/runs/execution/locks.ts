export type Locks = ReturnType<typeof createLocks>

/** Which people, accounts and groups somebody is writing now, over all plans of one target. */
export function createLocks() {
  const held = new Set<string>()
  let waiting: (() => void)[] = []

  return {
    /** All of them or none. */
    tryLock(keys: readonly string[]): boolean {
      if (keys.some((key) => held.has(key))) return false
      for (const key of keys) held.add(key)
      return true
    },
    unlock(keys: readonly string[]): void {
      for (const key of keys) held.delete(key)
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
    /** Calls `wake` once, at the next `unlock`. */
    onUnlock(wake: () => void): void {
      waiting.push(wake)
    },
  }
}
