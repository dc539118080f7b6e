import { median } from './median.ts'

/** The same comparison by time computed: what a machine with other work to do says most reliably. */
export function computing(ours: readonly number[], bare: readonly number[]): string {
  const ratio = median(ours.map((seconds, index) => seconds / (bare[index] ?? Number.NaN)))
  return `computes for ${median(ours).toFixed(2)} s on all threads, the floor ${median(bare).toFixed(2)} s: ${ratio.toFixed(2)} times`
}
