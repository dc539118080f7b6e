import { useEffect, useState } from 'react'

/** The value once it has stayed the same for a while; at once when it became empty. */
export function useDebounced(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}
