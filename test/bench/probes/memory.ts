/** Largest resident size of this process since it began, all threads included. */
export const peakMemoryMB = (): number => process.resourceUsage().maxRSS / 1024

/** Resident now. */
export const memoryMB = (): number => process.memoryUsage.rss() / 1024 / 1024
