import { useSyncExternalStore } from 'react'

const tickMs = 15_000
const now = () => Math.floor(Date.now() / tickMs) * tickMs

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, tickMs)
  return () => clearInterval(timer)
}

/** The time, moving in steps that "3 minutes ago" needs. */
export const useNow = (): number => useSyncExternalStore(subscribe, now)
