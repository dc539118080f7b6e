export type Delay = (action: () => void) => void

/**
 * Runs actions a fixed time after they were handed in. One timer serves all, and what is due within the timer's own
 * resolution of 1 ms runs with it: thousands of answers a second would otherwise each come a millisecond late.
 */
export function createDelay(ms: number): Delay {
  if (ms <= 0) return (action) => action()
  const waiting: { readonly due: number; readonly action: () => void }[] = []
  let head = 0

  function runDue(): void {
    const until = performance.now() + 1
    for (let next = waiting[head]; next && next.due <= until; next = waiting[head]) {
      head += 1
      next.action()
    }
    if (head > 1000) head -= waiting.splice(0, head).length
    const next = waiting[head]
    if (next) setTimeout(runDue, Math.max(next.due - performance.now(), 0))
  }

  return (action) => {
    if (head === waiting.length) setTimeout(runDue, ms)
    waiting.push({ due: performance.now() + ms, action })
  }
}
