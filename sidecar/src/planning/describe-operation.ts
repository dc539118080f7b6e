import type { Operation } from './operation.ts'

/** "Create the account ada (Ada Lovelace)". */
export function describeOperation(_operation: Operation): string {
  throw new Error('being written')
}
