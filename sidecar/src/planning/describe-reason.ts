import type { Reason } from './operation.ts'

/** "In the source group Engineering, through Platform". */
export function describeReason(_reason: Reason): string {
  throw new Error('being written')
}
