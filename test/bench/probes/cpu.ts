/** What all threads of this process compute from now on: hardly depends on what else the machine does. */
export function watchCpu(): { seconds(): number } {
  const before = process.cpuUsage()
  return {
    seconds() {
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1e6
    },
  }
}
