import { useCallback, useSyncExternalStore } from 'react'

/** What "3 minutes ago" needs. */
const slowTickMs = 15_000

/** The time, moving in steps. */
export function useNow(tickMs = slowTickMs): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const timer = setInterval(changed, tickMs)
      return () => clearInterval(timer)
    },
    [tickMs],
  )
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / tickMs) * tickMs)
}
