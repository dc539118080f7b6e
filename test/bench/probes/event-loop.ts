const everyMs = 5

/** The longest time that the event loop ran nothing else. */
export interface Stop {
  readonly ms: number
  /** What this thread computed in it. The rest it waited: for the disk, or for a core that other processes had. */
  readonly cpuMs: number
}

/** Watches the event loop of the calling thread with a timer of 5 ms: how late it comes is how long the loop stood. */
export function watchEventLoop(): { stop(): Stop } {
  let last = performance.now()
  let lastCpu = threadCpuMs()
  let longest: Stop = { ms: 0, cpuMs: 0 }
  const look = () => {
    const now = performance.now()
    const cpu = threadCpuMs()
    if (now - last - everyMs > longest.ms) longest = { ms: now - last - everyMs, cpuMs: cpu - lastCpu }
    last = now
    lastCpu = cpu
  }
  const timer = setInterval(look, everyMs)
  return {
    stop() {
      clearInterval(timer)
      look()
      return longest
    },
  }
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
